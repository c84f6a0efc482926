"""The shipped reference values are whole, and a lookup never gives a figure without saying which year it belongs to."""

import pickle
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.errors import BenefitsError
from benefits.reference import NoValueYet, ReferenceValue, Texts, UnknownReference, load_library, read_library
from benefits.reference.citation import entries, own_text
from benefits.vocabulary import Standing, Unit, words

RAW = entries(own_text("values.yaml"))


def shipped() -> list[ReferenceValue]:
    library = load_library()
    return [value for id in library.ids() for value in library.history(id)]


def assert_three_languages(texts: Texts) -> None:
    assert all(texts[language].strip() == texts[language] != "" for language in ("nb", "nn", "en"))


def test_ids_are_sorted_unique_and_dotted() -> None:
    ids = [raw["id"] for raw in RAW]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", id) for id in ids)
    assert load_library().ids() == tuple(ids)


def test_no_entry_has_a_key_that_nobody_reads() -> None:
    of_entry = {"id", "titles", "unit", "per", "standing", "yearly", "population", "warning", "where_to_find", "values"}
    of_entry |= {"index", "value_of", "horizon"}
    of_value = {"date", "value", "price_year", "source", "derived", "disagrees", "entered", "valid_until"}
    assert [raw["id"] for raw in RAW if set(raw) - of_entry] == []
    assert [raw["id"] for raw in RAW for dated in raw.get("values", ()) if set(dated) - of_value] == []


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw["id"])
def test_every_entry_is_whole(raw: dict[str, object]) -> None:
    assert raw["unit"] in words(Unit)
    assert raw["standing"] in words(Standing)
    assert raw.get("yearly") in {None, "carry", "exact"}
    assert "values" in raw or "where_to_find" in raw
    assert "yearly" not in raw or "where_to_find" in raw
    for texts in (raw.get(name) for name in ("titles", "population", "warning", "where_to_find")):
        if texts is not None:
            assert_three_languages(Texts(**texts))


@pytest.mark.parametrize("value", shipped(), ids=lambda value: f"{value.id} {value.valid_from}")
def test_every_value_has_a_source_and_money_has_a_price_year(value: ReferenceValue) -> None:
    assert value.source.title
    assert re.match(r"https?://[a-z0-9.]+", value.source.address)
    assert (value.price_year is not None) == (value.unit == "kroner")
    assert value.unit != "share" or 0 <= value.value <= 1
    assert value.derived is None or assert_three_languages(value.derived) is None
    assert all(other.value != value.value and other.source.title for other in value.disagreements)


def test_no_id_has_two_values_on_one_day() -> None:
    for id in load_library().ids():
        days = [value.valid_from for value in load_library().history(id)]
        assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("id", "on", "figure"),
    [
        ("discharge_ready.day_price", date(2014, 1, 1), 4255),
        ("discharge_ready.day_price", date(2022, 12, 31), 5306),
        ("discharge_ready.day_price", date(2023, 1, 1), 5508),
        ("discharge_ready.day_price", date(2024, 6, 1), 5745),
        ("isf.unit_price", date(2018, 5, 1), 43428),
        ("isf.unit_price", date(2020, 5, 1), 45808),
        ("isf.unit_price", date(2024, 5, 1), 52248),
        ("isf.share", date(2020, 5, 1), 0.5),
        ("isf.share", date(2023, 5, 1), 0.4),
        ("copayment.ceiling", date(2024, 1, 1), 3165),
        ("discount_rate.years_0_40", date(2024, 1, 1), 0.04),
        ("discount_rate.years_40_75", date(2024, 1, 1), 0.03),
        ("discount_rate.after_75", date(2024, 1, 1), 0.02),
        ("vsl", date(2024, 1, 1), 30e6),
        ("marginal_share.short_run_supplies", date(2024, 1, 1), 0.16),
        ("marginal_share.unexpected_admissions", date(2024, 1, 1), 0.5),
        ("marginal_share.growth_funding_rule", date(2024, 1, 1), 0.8),
        ("marginal_share.forecast_change", date(2024, 1, 1), 1.0),
        ("staffing.dho_patients_per_nurse", date(2024, 1, 1), 80),
        ("pay.nurse_month", date(2022, 12, 1), 53360),
        ("payroll_tax.zone_5", date(2026, 1, 1), 0.0),
    ],
)
def test_published_figures_are_the_ones_that_are_shipped(id: str, on: date, figure: float) -> None:
    assert load_library().at(id, on).value == figure


def test_the_consumer_price_chain_from_2020_to_2024() -> None:
    """1.035 x 1.058 x 1.055 x 1.031 = 1.19107."""
    chain = 1.0
    for year in (2021, 2022, 2023, 2024):
        chain *= 1 + load_library().at("cpi.growth", date(year, 7, 1)).value
    assert chain == pytest.approx(1.19107, abs=5e-5)


@pytest.mark.parametrize("year", [2019, 2020, 2025])
def test_price_growth_is_never_borrowed_from_another_year(year: int) -> None:
    with pytest.raises(NoValueYet) as caught:
        load_library().at("cpi.growth", date(year, 6, 1))
    assert caught.value.code == "reference_year_missing"


def test_a_price_for_a_year_that_is_missing_is_carried_forward_and_says_so() -> None:
    library = load_library()
    assert not library.at("isf.unit_price", date(2024, 12, 31)).carried_forward
    later = library.at("isf.unit_price", date(2026, 1, 1))
    assert (later.value, later.price_year, later.carried_forward) == (52248, 2024, True)
    assert later.where_to_find is not None


def test_a_value_that_is_not_set_each_year_is_not_called_carried_forward() -> None:
    assert not load_library().at("vsl", date(2030, 1, 1)).carried_forward


def test_both_prices_of_2022_are_kept() -> None:
    value = load_library().at("discharge_ready.day_price", date(2022, 3, 1))
    assert [other.value for other in value.disagreements] == [5508]


def test_an_empty_entry_says_where_to_find_the_figure() -> None:
    with pytest.raises(NoValueYet) as caught:
        load_library().at("tax_financing_cost", date(2024, 1, 1))
    assert caught.value.code == "reference_empty"
    assert caught.value.where_to_find is not None
    assert caught.value.parameters == {"id": "tax_financing_cost", "date": "2024-01-01"}


def test_a_date_before_the_first_value_is_refused_with_the_first_day() -> None:
    with pytest.raises(NoValueYet) as caught:
        load_library().at("discharge_ready.day_price", date(2013, 12, 31))
    assert caught.value.code == "reference_starts_later"
    assert caught.value.parameters["first"] == "2014-01-01"


def test_a_misspelt_name_is_refused_with_its_neighbours() -> None:
    with pytest.raises(UnknownReference) as caught:
        load_library().at("isf.unitprice", date(2024, 1, 1))
    assert caught.value.nearest[0] == "isf.unit_price"
    assert isinstance(caught.value, KeyError)
    assert isinstance(caught.value, BenefitsError)


def test_values_that_may_never_ship_are_not_there() -> None:
    assert not [id for id in load_library().ids() if "cost_per_patient" in id or "reduction" in id]
    empty = {entry.id for entry in load_library().empty()}
    assert {
        "optimism_bias.correction",
        "pay.hours_per_full_time_year",
        "pay.social_cost_factor",
        "tax_financing_cost",
        "unit_cost.equipment",
        "unit_cost.gp_consultation",
        "unit_cost.institution_day",
        "unit_cost.licence_month",
        "variation.systematic_component_threshold",
    } <= empty


@given(st.dates(date(2014, 1, 1), date(2040, 12, 31)))
def test_a_lookup_never_sees_the_future(on: date) -> None:
    library = load_library()
    value = library.at("discharge_ready.day_price", on)
    assert value.valid_from <= on
    assert all(other.valid_from > on or other.valid_from <= value.valid_from for other in library.history(value.id))
    assert value.carried_forward == (on.year != value.valid_from.year)


@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, unique=True))
def test_the_order_of_values_in_a_file_does_not_matter(days: list[date]) -> None:
    source = "source: {title: T, address: 'https://example.org'}"
    rows = "".join(f"    - {{date: {day}, value: {day.toordinal()}, {source}}}\n" for day in days)
    library = read_library(
        "- id: x\n  titles: {nb: a, nn: a, en: a}\n  unit: share\n  standing: assumed\n  values:\n" + rows
    )
    last = max(days)
    assert library.at("x", last + timedelta(days=1)).value == last.toordinal()
    assert [value.valid_from for value in library.history("x")] == sorted(days)


def test_values_and_refusals_travel_between_processes() -> None:
    value = load_library().at("vsl", date(2024, 1, 1))
    assert pickle.loads(pickle.dumps(value)) == value
    for error in (
        NoValueYet("reference_empty", "x", date(2024, 1, 1), None, None),
        UnknownReference("x", ("y",)),
    ):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
