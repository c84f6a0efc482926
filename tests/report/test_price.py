"""The report on a price: what it shows of a service, what it says is missing, and what it never hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from ruamel.yaml import YAML

from benefits.report import Report
from benefits.report.sections import price_volume
from benefits.report.sections.price_lacks import KEYS
from benefits.report.voice import voice_in
from benefits.results import Results, assess, to_json
from benefits.results.model import PricedVolume
from benefits.results.price.gaps import NO_SERVICE, price_gaps
from benefits.vocabulary import Language

Plan = dict[str, Any]

NURSE = {"id": "nurse", "title": "Sykepleier", "cost_per_year": 800000, "hours_per_year": 1600}
SERVICE: Plan = {
    "id": "dho",
    "title": "Oppfølging",
    "provider": "vik",
    "payer": "hf",
    "agreed_price": 1000,
    "volume": {2025: 60},
    "resources": [NURSE],
    "tasks": [{"id": "follow", "title": "Følge opp", "resource": "nurse", "minutes": {"mean": 100, "se": 25}}],
    "fixed": [{"id": "platform", "title": "Plattform", "amount": 96000}],
    "per_patient_month": [{"id": "licence", "title": "Lisens", "amount": 250}],
    "equipment": [{"id": "kit", "title": "Utstyr", "price": 3600, "lifetime_months": 36}],
}


def report(folder: Path, *services: Plan, **rest: Any) -> Report:
    plan = {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "as_of": date(2025, 12, 31),
        "go_live": date(2025, 1, 1),
        "horizon_years": 1,
        "price_year": 2024,
        "actors": [{"id": "vik", "kind": "kommune", "name": "Vik"}, {"id": "hf", "kind": "hf", "name": "HF Nord"}],
        **({"services": list(services)} if services else {}),
        **rest,
    }
    yaml = YAML()
    yaml.representer.ignore_aliases = lambda _: True
    with (folder / "project.yaml").open("w", encoding="utf-8") as stream:
        yaml.dump(plan, stream)
    results = assess(folder / "project.yaml", draws=300)
    return Report(kind="price", results=results, voice=voice_in("nb", first="nb"))


def shown(opened: Report, section: str) -> Tag:
    found = BeautifulSoup(opened.show(section).html, "html.parser").section
    assert isinstance(found, Tag)
    return found


def ids(part: Tag) -> set[str]:
    return {str(one["data-id"]) for one in part.find_all("data")}


def said(opened: Report, key: str) -> str:
    """The first words of an entry, up to its first placeholder."""
    return str(opened.voice.catalogue.entries[key]).partition("{")[0].strip()


def test_a_project_without_a_service_is_told_every_key_and_who_knows(tmp_path: Path) -> None:
    opened = report(tmp_path)
    section = shown(opened, "services")
    assert [code.text for code in section.select("tbody td:nth-of-type(1)")] == list(KEYS.values())
    assert all(cell.text.strip() for cell in section.select("tbody td:nth-of-type(2)"))
    assert said(opened, "not_claimed.no_price") in shown(opened, "first_page").text


def test_what_a_project_without_a_service_needs_is_told_once_and_elsewhere_in_one_line(tmp_path: Path) -> None:
    opened = report(tmp_path)
    for name in ("resources", "price", "volume", "split", "price_list", "staffing"):
        section = shown(opened, name)
        assert section.find("h2").find_next_siblings() == [section.p]  # type: ignore[union-attr]
        assert section.p is not None
        assert section.p.text == said(opened, "service_price.needs_service")
        assert len(section.p.text) < 60
        assert section.find(class_="missing") is None


GOAL = {"definition": "Noe", "unit": "count", "direction": "lower_is_better"}


def test_a_missing_service_is_the_first_gap_of_a_price_and_of_no_other_report(tmp_path: Path) -> None:
    opened = report(tmp_path, benefits=[{"id": "g1", "title": "Noe", "indicator": GOAL}])
    results = opened.results
    assert isinstance(results, Results)
    missing, _ = opened.voice.catalogue.gap(NO_SERVICE)
    lists = [shown(opened, name).select_one("ol > li") for name in ("first_page", "gaps")]
    assert all(one is not None and one.text.startswith(missing) for one in lists)
    assert NO_SERVICE not in results.gaps
    plan, price = (to_json(results, kind=kind)["gaps"] for kind in ("plan", "price"))
    assert [gap["code"] for gap in price if gap not in plan] == ["no_service"]
    told = {id: results.values[f"count.price_gaps{id}"].value or 0.0 for id in ("", ".of_price", ".beside")}
    assert told[""] == len(price) == told[".of_price"] + told[".beside"]
    shown_count = shown(opened, "gaps").find("data", attrs={"data-id": "count.price_gaps.beside"})
    assert shown_count is not None
    assert shown_count["value"] == repr(told[".beside"])
    assert len(shown(opened, "gaps").select("ol > li")) == told[".of_price"]


def test_a_described_service_is_no_gap_and_what_its_price_lacks_comes_before_targets(tmp_path: Path) -> None:
    opened = report(tmp_path, SERVICE, benefits=[{"id": "g1", "title": "Noe"}], price_year=None)
    assert isinstance(opened.results, Results)
    codes = [gap.code for gap in price_gaps(opened.results.project, opened.results.gaps)]
    assert "no_service" not in codes
    assert codes.index("no_price_year") < codes.index("no_target")
    assert [gap.code for gap in opened.results.gaps].index("no_price_year") > codes.index("no_price_year")


def test_years_with_the_same_numbers_are_one_row(tmp_path: Path) -> None:
    """Sixty patients in 2025 and 2026, eighty in 2027: a row for the two years alike, and one for the third."""
    volume = {2025: 60, 2026: 60, 2027: 80}
    opened = report(tmp_path, {**SERVICE, "volume": volume}, horizon_years=3)
    for name in ("split", "staffing"):
        heads = [cell.text for cell in shown(opened, name).select("tbody th")]
        assert heads == ["Hvert år 2025–2026", "2027"]


def test_volumes_too_close_to_be_told_apart_are_drawn_once_and_the_planned_always() -> None:
    """At 300 patients across, nine patients is the least that shows: 150 is planned, so 152 and 153 give way."""
    volumes = tuple(
        PricedVolume(prefix=f"p{volume:g}", volume=volume, planned=volume == 150)
        for volume in (75.0, 145.0, 150.0, 152.0, 153.0, 159.0, 300.0)
    )
    assert [one.volume for one in price_volume._apart(volumes)] == [75.0, 150.0, 159.0, 300.0]


@pytest.mark.parametrize("key", ["resources", "tasks", "fixed", "per_patient_month", "equipment", "volume", "payer"])
def test_what_a_service_lacks_is_named_by_its_key_and_nothing_else_is(tmp_path: Path, key: str) -> None:
    kept = {name: one for name, one in SERVICE.items() if name != key and (key, name) != ("resources", "tasks")}
    section = shown(report(tmp_path, kept), "services")
    named = {cell.text for cell in section.select("table:last-of-type tbody td:nth-of-type(1)")} & set(KEYS.values())
    assert named == {KEYS[key]} | ({KEYS["tasks"]} if key == "resources" else set())


def test_a_service_that_lacks_nothing_is_told_so_by_silence(tmp_path: Path) -> None:
    section = shown(report(tmp_path, SERVICE), "services")
    assert len(section.find_all("table")) == 1
    assert section.find(class_="missing") is None


def test_a_minute_and_a_task_stand_with_what_they_cost(tmp_path: Path) -> None:
    """800 000 kr over 1 600 hours is 8.33 kr a minute, told with øre."""
    section = shown(report(tmp_path, SERVICE), "resources")
    assert {"service.dho.rate.nurse", "service.dho.task_cost.follow", "service.dho.input.hours.nurse"} <= ids(section)
    rate = section.find("data", attrs={"data-id": "service.dho.rate.nurse"})
    assert rate is not None
    assert rate.text == "8,33"


def test_idle_capacity_is_a_part_of_its_own_and_the_used_share_is_told(tmp_path: Path) -> None:
    section = shown(report(tmp_path, SERVICE), "price")
    parts = {id for id in ids(section) if ".part." in id}
    assert {"service.dho.part.idle_capacity.nurse", "service.dho.part.used_capacity.nurse"} <= parts
    assert {"service.dho.utilisation", "service.dho.fixed_share", "service.dho.marginal"} <= ids(section)


def test_the_next_step_is_always_told_and_stands_in_the_table(tmp_path: Path) -> None:
    section = shown(report(tmp_path, SERVICE), "volume")
    step = section.find("p").find_next("data", attrs={"data-id": "service.dho.next_step.nurse"})  # type: ignore[union-attr]
    assert step is not None
    volumes = [cell.text.split()[0] for cell in section.select("tbody th")]
    assert step.text in volumes
    assert sum(cell.text.strip() != cell.text.strip().split()[0] for cell in section.select("tbody th")) == 1


def test_a_service_bought_by_the_hour_says_that_it_has_no_step(tmp_path: Path) -> None:
    opened = report(tmp_path, {**SERVICE, "resources": [{**NURSE, "stepwise": False}]})
    text = shown(opened, "volume").text
    assert str(opened.voice.catalogue.entries["service_price.volume.no_step"]).partition("}")[2][:20] in text


def test_a_price_without_uncertainty_is_not_drawn_but_stands_in_the_table(tmp_path: Path) -> None:
    """The fewest patients need one nurse in every draw, so that price is certain; nothing is drawn bare."""
    opened = report(tmp_path, SERVICE)
    section = shown(opened, "volume")
    drawn = str(section.find("img")["data-values"]).split()  # type: ignore[index]
    assert isinstance(opened.results, Results)
    prefixes = [one.prefix for one in opened.results.services[0].volumes]
    certain = [prefix for prefix in prefixes if opened.results.values[f"{prefix}.full"].low is None]
    assert certain
    assert not {f"{prefix}.full" for prefix in certain} & set(drawn)
    assert all(f"{prefix}.full" in ids(section) for prefix in certain)
    assert said(opened, "service_price.figure.certain")[:20] in section.text


def test_a_service_without_any_uncertainty_has_a_table_and_no_figure(tmp_path: Path) -> None:
    certain = {**SERVICE, "tasks": [{"id": "follow", "title": "F", "resource": "nurse", "minutes": 100}]}
    section = shown(report(tmp_path, certain), "volume")
    assert section.find("figure") is None
    assert len(section.select("tbody tr")) >= 7


@pytest.mark.parametrize(("agreed", "key"), [(1000, "provider_carries"), (2000, "open"), (3000, "payer_carries")])
def test_who_carries_the_difference_is_said_only_when_it_is_clear(tmp_path: Path, agreed: int, key: str) -> None:
    """Sixty patients: 96 000 / 720 + 350 + 800 000 / 720 = 1 594, or 2 706 in the draws that need a second nurse."""
    slow = {**SERVICE["tasks"][0], "minutes": {"low": 60, "likely": 100, "high": 200}}
    opened = report(tmp_path, {**SERVICE, "agreed_price": agreed, "tasks": [slow]})
    text, codes = shown(opened, "split").text, ("provider_carries", "payer_carries", "open")
    assert [code for code in codes if said(opened, f"service_price.agreed.{code}")[:18] in text] == [key]


def test_the_payment_stands_with_both_ends_and_they_cancel(tmp_path: Path) -> None:
    opened = report(tmp_path, SERVICE)
    section = shown(opened, "split")
    ends = [opened.results.values[f"service.dho.year.2025.{name}"].value for name in ("paid", "received")]
    assert {"service.dho.year.2025.paid", "service.dho.year.2025.received"} <= ids(section)
    assert ends == [-720_000.0, 720_000.0]


@pytest.mark.parametrize(
    ("left_out", "key"),
    [("agreed_price", "service_price.agreed.none"), ("payer", "service_price.agreed.no_payer")],
)
def test_without_an_agreed_price_or_a_payer_it_says_what_follows(tmp_path: Path, left_out: str, key: str) -> None:
    opened = report(tmp_path, {name: one for name, one in SERVICE.items() if name != left_out})
    note = shown(opened, "split").find(class_="missing")
    assert note is not None
    assert said(opened, key) in note.text


def test_several_services_each_have_their_prices_under_their_own_name(tmp_path: Path) -> None:
    opened = report(tmp_path, SERVICE, {**SERVICE, "id": "annen", "title": "Annen"})
    for name in ("price_list", "split", "volume", "terms"):
        assert [head.text for head in shown(opened, name).find_all("h3")] == ["Oppfølging", "Annen"]


PARTS: Plan = {
    **{name: one for name, one in SERVICE.items() if name not in {"payer", "volume"}},
    "volume": {2025: 60, 2026: 80},
    "parties": [
        {"actor": "vik", "key": 3000, "volume": {2025: 60, 2026: 60}},
        {"actor": "sund", "key": 1000, "volume": {2026: 20}},
        {"actor": "hf", "share": 0.25},
    ],
    "valid_from": date(2025, 1, 1),
    "valid_until": date(2026, 12, 31),
    "notice_months": 6,
    "regulation": {"index": "cpi.growth", "from_year": 2023},
    "terms": ["Påbegynt måned betales som hel."],
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A service two kommuner and a helseforetak share; the second joins in 2026, so no year is known to be whole."""
    nurse = {
        **{name: one for name, one in NURSE.items() if name not in {"cost_per_year", "hours_per_year"}},
        "pay": {"monthly": 50000, "holiday_pay": 0.12, "pension": 0.13, "payroll_tax": 0.141, "other": 4250},
        "capacity": {"paid_hours": 1950, "less": [{"title": "Ferie", "hours": 350}]},
        "overhead": 0.1,
    }
    several = {
        "resources": [nurse],
        "drivers": [{"id": "close", "title": "Tett oppfølging", "amount": 0.2, "group": True}],
        "tasks": [{**SERVICE["tasks"][0], "extra": {"close": 40}}],
        "fixed": [
            {"id": "lead", "title": "Fagansvar", "amount": 50000, "every": 50},
            {
                "id": "platform",
                "title": "Plattform",
                "bands": [{"from_patients": 0, "amount": 60000}, {"from_patients": 100, "amount": 80000}],
            },
        ],
        "per_patient_month": [{"id": "licence", "title": "Lisens", "amount": 250, "vat": {"rate": 0.25}}],
    }
    actors = [
        {"id": "vik", "kind": "kommune", "name": "Vik"},
        {"id": "sund", "kind": "kommune", "name": "Sund"},
        {"id": "hf", "kind": "hf", "name": "HF Nord"},
    ]
    folder = tmp_path_factory.mktemp("shared")
    return report(folder, {**PARTS, **several}, horizon_years=2, actors=actors)


def test_a_share_a_key_and_use_add_up_to_the_price_times_the_patient_months(shared: Report) -> None:
    """1 000 kr x 12 x 80 patients = 960 000 in 2026; the helseforetak has a quarter, 240 000."""
    values = shared.results.values
    parties = [values[f"service.dho.split.2026.party.{actor}.in_all"].value or 0.0 for actor in ("vik", "sund", "hf")]
    assert sum(parties) == pytest.approx(960_000.0)
    assert parties[2] == pytest.approx(240_000.0)
    assert values["service.dho.split.2026.sum.in_all"].value == pytest.approx(960_000.0)
    section = shown(shared, "split")
    assert {f"service.dho.split.2026.party.{actor}.in_all" for actor in ("vik", "sund", "hf")} <= ids(section)
    of_sund = {f"service.dho.split.2026.party.sund.{name}" for name in ("volume", "per_patient_month")}
    assert {"service.dho.input.party.sund.key", *of_sund} <= ids(section)
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in section.select("table")[0].select("tbody tr")]
    assert rows[-1][0] == said(shared, "service_price.split.total")


def test_page_one_says_what_each_party_pays_and_which_part_is_the_providers_own(shared: Report) -> None:
    page = shown(shared, "first_page")
    assert {f"service.dho.split.2026.party.{actor}.in_all" for actor in ("vik", "sund", "hf")} <= ids(page)
    rows = [row.text for row in page.find("table").find_all("th", scope="row")]  # type: ignore[union-attr]
    assert [name for name in rows if "dekker selv" in name] == ["Vik dekker selv i 2026, første hele år"]
    assert sum("betaler i 2026" in name for name in rows) == 2


def test_everything_that_comes_in_steps_is_told_with_where_the_next_one_is(shared: Report) -> None:
    """Fagansvar per started 50: from 101. The platform's second band: from 100. And the nurse."""
    values = shared.results.values
    assert values["service.dho.next_step.fixed.lead"].value == 101.0
    assert values["service.dho.next_step.fixed.platform"].value == 100.0
    section = shown(shared, "volume")
    told = {f"service.dho.next_step.{name}" for name in ("fixed.lead", "fixed.platform", "nurse")}
    assert told <= ids(section)
    assert section.find("img", alt=True) is not None


def test_pay_and_capacity_stand_as_rows_that_lead_to_the_cost_of_a_minute(shared: Report) -> None:
    """(600 000 x 1.25 x 1.141 + 4 250) x 1.1 = 946 000 over 1 950 - 350 = 1 600 hours: 9.854 a minute."""
    values = shared.results.values
    assert values["service.dho.unit.nurse.total"].value == pytest.approx(946_000.0)
    assert values["service.dho.input.hours.nurse"].value == 1_600.0
    assert values["service.dho.rate.nurse"].value == pytest.approx(9.854, abs=0.0005)
    named = {f"service.dho.unit.nurse.{kind}" for kind in ("monthly", "holiday_pay", "pension", "payroll_tax", "other")}
    section = shown(shared, "resources")
    assert {*named, "service.dho.unit.nurse.overhead", "service.dho.input.capacity.nurse.less.1"} <= ids(section)
    assert "service.dho.minutes.follow" in ids(section)


def test_merverdiavgift_that_is_not_compensated_is_a_part_of_its_own_and_said(shared: Report) -> None:
    assert shared.results.values["service.dho.vat"].value == pytest.approx(62.5)
    assert "service.dho.part.vat.per_patient_month.licence" in ids(shown(shared, "price"))
    assert "service.dho.vat" in ids(shown(shared, "price_list"))


def test_the_price_follows_the_index_as_far_as_it_is_known_and_no_further(shared: Report) -> None:
    """The index is known for 2024 and not for 2025: no regulated price is invented."""
    assert not [id for id in shared.results.values if id.startswith("service.dho.regulated.")]
    points = [point.text for point in shown(shared, "price_list").select("ul > li")]
    assert points[0].startswith(said(shared, "service_price.conditions.regulation"))
    assert not [one for one in points if one.startswith(said(shared, "service_price.conditions.lacking"))]


SHARED: Plan = {
    **{name: one for name, one in SERVICE.items() if name != "payer"},
    "parties": [{"actor": "vik", "share": 0.5}, {"actor": "hf", "share": 0.5}],
}


@pytest.mark.parametrize(
    ("service", "key"),
    [
        ({**SERVICE, "valid_from": date(2025, 7, 1)}, "service_price.agreed.part_year"),
        ({**SERVICE, "valid_until": date(2025, 3, 31)}, "service_price.agreed.part_year"),
        ({**SHARED, "valid_from": date(2025, 7, 1)}, "service_price.split.part_year"),
        ({**SHARED, "valid_from": date(2025, 7, 1)}, "service_price.agreed.as_if_whole"),
    ],
)
def test_a_year_the_price_holds_in_part_is_said_with_its_days(tmp_path: Path, service: Plan, key: str) -> None:
    opened = report(tmp_path, service)
    days = {"valid_from": ("1. juli 2025", "31. desember 2025"), "valid_until": ("1. januar 2025", "31. mars 2025")}
    first, last = days["valid_until" if "valid_from" not in service else "valid_from"]
    words = voice_in("nb", first="nb").catalogue.text(key, year="2025", first=first, last=last)
    assert words in " ".join(shown(opened, "split").text.split())


def test_what_is_paid_is_for_the_months_the_price_holds(tmp_path: Path) -> None:
    """1 000 kr x 12 x 60 patients is 720 000 kr in a year, and half of it from 1 July."""
    values = report(tmp_path, {**SERVICE, "valid_from": date(2025, 7, 1)}).results.values
    paid = {name: values[f"service.dho.year.2025.{name}"].value for name in ("charged", "received", "paid")}
    assert paid == pytest.approx({"charged": 720_000, "received": 360_000, "paid": -360_000})


def test_every_party_has_an_empty_line_to_sign_on(shared: Report) -> None:
    section = shown(shared, "terms")
    assert [cell.text for cell in section.select("tbody th")] == ["Vik", "Sund", "HF Nord"]
    assert [point.text for point in section.select("ol > li")] == ["Påbegynt måned betales som hel."]


def test_what_is_not_agreed_is_said_in_one_point(tmp_path: Path) -> None:
    opened = report(tmp_path, SERVICE)
    (point,) = [
        one.text
        for one in shown(opened, "price_list").select("ul > li")
        if one.text.startswith(said(opened, "service_price.conditions.lacking"))
    ]
    for name in ("regulation", "valid_until", "notice"):
        assert said(opened, f"service_price.conditions.lack.{name}") in point


def test_a_number_that_names_an_assumption_in_another_unit_leaves_no_price_and_a_gap(tmp_path: Path) -> None:
    wrong = {**SERVICE, "per_patient_month": [{"id": "l", "title": "L", "amount": {"assumption": "time"}}]}
    opened = report(tmp_path, wrong, assumptions={"time": {"value": 2, "unit": "hours"}})
    assert isinstance(opened.results, Results)
    assert opened.results.services == ()
    assert ("other_unit", "service.dho") in {(gap.code, gap.subject) for gap in opened.results.gaps}
    assert not [id for id in ("full", "marginal", "vat") if f"service.dho.{id}" in opened.results.values]
    assert all(opened.show(section).html.startswith(("<section", "")) for section in opened.sections)


def test_a_service_without_a_price_for_one_number_says_so_and_shows_the_others_as_stated(tmp_path: Path) -> None:
    weight = {"value": 1.2, "unit": "ratio"}
    bands = {"id": "platform", "title": "P", "bands": [{"from_patients": 0, "amount": {"assumption": "weight"}}]}
    shown = report(tmp_path, {**SERVICE, "fixed": [bands]}, assumptions={"weight": weight})
    stated = shown.results.values
    assert stated["service.dho.input.per_patient_month.licence"].value == 250
    assert "service.dho.full" not in stated
    told = BeautifulSoup(shown.show("services").html, "html.parser").text
    assert shown.voice.catalogue.text("service_price.unusable", service="Oppfølging") in told
    assert "60" in told
    assert "antall pasienter er oppgitt" not in told
    assert not [gap for gap in shown.results.gaps if gap.subject == "dho"]
    assert "None" not in shown.show("resources").html


def test_page_one_says_nothing_of_effects_and_names_the_limits_of_a_price(tmp_path: Path) -> None:
    opened = report(tmp_path, SERVICE, benefits=[{"id": "g1", "title": "Noe godt"}])
    page = shown(opened, "first_page")
    assert {"service.dho.full", "service.dho.marginal", "service.dho.volume"} <= ids(page)
    for key in ("price_is_for_volume", "full_is_not_marginal", "price_is_not_benefit"):
        assert said(opened, f"not_claimed.{key}")[:20] in page.text
    assert said(opened, "not_claimed.nothing_measured") not in page.text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_section_can_be_said_in_every_language(tmp_path: Path, language: Language) -> None:
    opened = replace(report(tmp_path, SERVICE), voice=voice_in(language, first="nb"))
    shown = [opened.show(section).html for section in opened.sections]
    # A section with nothing to say is absent; the first page never is.
    assert shown[0]
    assert all(html.startswith("<section") for html in shown if html)


def test_a_service_with_one_number_is_told_in_short(tmp_path: Path) -> None:
    """A licence and nothing else: one price, the same at every volume, and no table that says so again."""
    bare = {name: SERVICE[name] for name in ("id", "title", "provider", "volume", "per_patient_month")}
    opened = report(tmp_path, bare)
    assert len(shown(opened, "price_list").select("tbody tr")) == 1
    assert shown(opened, "volume").find("table") is None
    assert shown(opened, "resources").find("p") is None
    assert not opened.show("staffing").html
    assert not opened.show("ramp_up").html
    assert said(opened, "not_claimed.full_is_not_marginal")[:30] not in shown(opened, "first_page").text
