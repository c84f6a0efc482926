"""A set of reference values as of a day: what comes later changes nothing in it; what is past its validity says so."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.reference import Library, NoValueYet, load_library
from benefits.reference.citation import entries, own_text
from benefits.reference.values import entry_of
from benefits.vocabulary import Exposure, words

RAW = entries(own_text("values.yaml"))
TITLES = {"nb": "Pris", "nn": "Pris", "en": "Price"}
SOURCE = {"title": "Et vedtak", "address": "https://example.org"}
FIRST_VALUES = 62
FIRST_DIGEST = "e231b4556304f362acf86ec220bc95ecf458271c57d7b65a1dcf88555b7305f9"
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def library(*values: dict[str, Any], **rest: Any) -> Library:
    raw = {"id": "a", "titles": TITLES, "unit": "hours", "standing": "official", "where_to_find": TITLES, **rest}
    return Library({"a": entry_of({**raw, "values": [{"source": SOURCE, **one} for one in values]})})


def found(known: Library, on: date) -> float | str:
    try:
        return known.at("a", on).value
    except NoValueYet as mistake:
        return mistake.code


@given(
    pinned=DAYS,
    on=DAYS,
    first=st.lists(st.tuples(DAYS, st.floats(0, 9)), max_size=4, unique_by=lambda one: one[0]),
    later=st.lists(st.tuples(DAYS, st.floats(10, 19), st.integers(1, 900)), max_size=4, unique_by=lambda one: one[0]),
)
def test_what_comes_in_after_a_day_changes_nothing_in_the_set_of_that_day(
    pinned: date, on: date, first: list[tuple[date, float]], later: list[tuple[date, float, int]]
) -> None:
    before = [{"date": day, "value": value} for day, value in first]
    after = [
        {"date": day, "value": value, "entered": pinned + timedelta(days=wait)}
        for day, value, wait in later
        if day not in dict(first)
    ]
    then, now = library(*before).as_known(pinned), library(*before, *after).as_known(pinned)
    if before:
        assert found(now, on) == found(then, on)
    else:
        assert isinstance(found(now, on), str)
    assert [one.value for one in now.history("a")] == [one.value for one in then.history("a")]


def test_a_value_is_in_the_set_from_the_day_it_came_in_and_not_before_it_is_valid() -> None:
    both = library({"date": date(2024, 1, 1), "value": 1.0}, {"date": date(2025, 1, 1), "value": 2.0})
    entered = library({"date": date(2024, 1, 1), "value": 1.0, "entered": date(2025, 3, 1)})
    assert found(both.as_known(date(2024, 12, 31)), date(2025, 6, 1)) == 1.0
    assert found(both.as_known(date(2025, 1, 1)), date(2025, 6, 1)) == 2.0
    assert found(entered.as_known(date(2025, 2, 28)), date(2025, 6, 1)) == "reference_not_known"
    assert found(entered.as_known(date(2025, 3, 1)), date(2025, 6, 1)) == 1.0


@pytest.mark.parametrize(
    ("yearly", "until", "last"),
    [
        (None, None, None),
        (None, date(2024, 6, 30), date(2024, 6, 30)),
        ("carry", None, date(2024, 12, 31)),
        ("carry", date(2025, 6, 30), date(2025, 6, 30)),
    ],
)
def test_a_value_is_past_its_validity_after_its_last_day(
    yearly: str | None, until: date | None, last: date | None
) -> None:
    known = library({"date": date(2024, 3, 1), "value": 1.0, "valid_until": until}, yearly=yearly)
    assert known.at("a", date(2024, 3, 1)).valid_until == last
    assert not known.at("a", last or date(2030, 1, 1)).carried_forward
    if last is not None:
        assert known.at("a", last + timedelta(days=1)).carried_forward


def test_an_own_entry_goes_before_the_one_that_comes_with_the_package() -> None:
    own = {"a": library({"date": date(2024, 1, 1), "value": 7.0})._entries["a"]}
    whole = library({"date": date(2024, 1, 1), "value": 1.0}).with_own(own)
    assert found(whole, date(2024, 2, 1)) == 7.0
    assert load_library().with_own(own).ids() == tuple(sorted({*load_library().ids(), "a"}))


def test_nothing_is_added_as_if_it_had_been_there_from_the_first() -> None:
    """A value without ``entered`` is in every set, so that one added later without it would change old reports."""
    first = [
        [raw["id"], str(one["date"]), float(one["value"]), one.get("price_year"), one["source"]["title"]]
        for raw in RAW
        for one in raw.get("values", ())
        if "entered" not in one
    ]
    assert len(first) == FIRST_VALUES
    assert sha256(json.dumps(sorted(first), ensure_ascii=False).encode()).hexdigest() == FIRST_DIGEST


def test_what_may_not_ship_is_empty_and_says_where_to_find_it() -> None:
    empty = {one.id: one for one in load_library().empty()}
    lacking = {
        "copayment.gp_consultation",
        "deflator.health_trusts",
        "deflator.municipal",
        "growth.gdp_per_capita",
        "optimism_bias.correction",
        "pay.holiday_pay",
        "pay.hours_per_full_time_year",
        "pay.pension_municipal",
        "pay.social_cost_factor",
        "qaly.value",
        "tax_financing_cost",
        "time.leisure_hour",
        "unit_cost.drg_point",
        "unit_cost.hospital_bed_day",
        "unit_cost.institution_day",
    }
    assert lacking <= set(empty)
    assert all(one.where_to_find.nb and one.where_to_find.nn and one.where_to_find.en for one in empty.values())


def test_years_between_that_lack_a_value_are_named() -> None:
    assert load_library().missing_years("isf.unit_price") == (2019, 2021, 2022, 2023)
    assert load_library().missing_years("discharge_ready.day_price") == ()
    assert load_library().missing_years("vsl") == ()


def test_only_growth_is_an_index_and_only_some_values_grow() -> None:
    assert load_library().indices() == ("cpi.growth", "deflator.health_trusts", "deflator.municipal")
    growing = {raw["id"]: raw["value_of"] for raw in RAW if "value_of" in raw}
    assert growing == {"qaly.value": "health", "time.leisure_hour": "time", "vsl": "life"}


def test_what_a_value_is_per_is_a_word_there_is() -> None:
    assert [raw["id"] for raw in RAW if raw.get("per", "none") not in words(Exposure)] == []
