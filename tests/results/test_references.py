"""Which reference values a report rests on: as of a day, the project's own first, and each shown beside the other."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput
from benefits.report.opening import open_report
from benefits.results import Results, assess, check
from benefits.results.json_file import to_json

Write = Callable[..., Path]
OWN = """format: 1
references:
  - id: discharge_ready.day_price
    titles: {nb: Døgnpris fra brevet, nn: Døgnpris frå brevet}
    unit: kroner
    per: bed_day
    standing: official
    yearly: carry
    where_to_find: Brevet for året
    values:
      - {date: 2025-01-01, value: 5900, price_year: 2025, source: {title: Brev}}
"""
PLAN: dict[str, Any] = {
    "format": 1,
    "id": "p",
    "title": "P",
    "as_of": date(2025, 12, 31),
    "price_year": 2024,
    "assumptions": {
        "day": {"reference": "discharge_ready.day_price"},
        "pay": {
            "value": 51_750.0,
            "unit": "kroner",
            "per": "full_time_month",
            "price_year": 2023,
            "source": "Lønnssystemet",
            "instead_of": "pay.nurse_month",
        },
    },
    "reference": {"price_index": "cpi.growth"},
}


def assessed(
    written: Write, beside: dict[str, str] | None = None, pin: date | None = None, **reference: Any
) -> Results:
    plan = {**PLAN, "reference": {**PLAN["reference"], **reference}}
    return assess(written(plan, beside), draws=10, references=pin)


def test_a_pin_of_the_call_goes_before_that_of_the_file(written: Write) -> None:
    """The price for 2022 was 5 306 kr, for 2023 5 508 kr."""
    of_file = assessed(written, date=date(2022, 5, 1), price_index=None)
    of_call = assessed(written, pin=date(2023, 5, 1), date=date(2022, 5, 1), price_index=None)
    assert (of_file.inputs["day"].mean, of_file.references.pinned) == (5306.0, date(2022, 5, 1))
    assert (of_call.inputs["day"].mean, of_call.references.pinned) == (5508.0, date(2023, 5, 1))


def test_what_is_past_its_validity_on_the_day_of_the_report_is_a_gap_however_it_is_pinned(written: Write) -> None:
    for pin in (None, date(2024, 6, 30)):
        found = [gap for gap in assessed(written, pin=pin).gaps if gap.code == "reference_carried_forward"]
        assert [(gap.subject, gap.parameters["has"], gap.parameters["wants"]) for gap in found] == [("day", 2024, 2025)]


def test_an_own_number_stands_beside_the_shipped_one_as_it_was_before_the_index(written: Write) -> None:
    """51 750 kr of 2023 x 1.031 = 53 354.25 kr of 2024."""
    values = assessed(written).values
    assert values["assumption.pay"].value == pytest.approx(53_354.25)
    assert (values["before_index.pay"].value, values["before_index.pay"].price_year) == (pytest.approx(51_750.0), 2023)
    assert values["index_growth.pay"].value == pytest.approx(0.031)
    assert (values["shipped.pay"].value, values["shipped.pay"].price_year) == (53_360.0, 2022)
    assert "shipped.day" not in values


def test_an_own_value_is_used_and_the_shipped_one_shown_beside_it(written: Write) -> None:
    results = assessed(written, {"references.yaml": OWN}, files=["references.yaml"])
    assert results.inputs["day"].source == "Brev"
    assert results.values["shipped.day"].value == 5745.0
    assert "references.yaml" in results.files
    assert [gap.code for gap in results.gaps if "reference" in gap.code] == []


def test_the_results_say_which_set_they_rest_on_and_a_checksum_of_what_was_used(written: Write) -> None:
    first, pinned = assessed(written), assessed(written, pin=date(2025, 12, 31))
    own = assessed(written, {"references.yaml": OWN}, files=["references.yaml"])
    said = [to_json(one, kind="plan")["references"] for one in (first, pinned, own)]
    assert [one["pinned"] for one in said] == [None, "2025-12-31", None]
    assert said[0]["sha256"] == said[1]["sha256"] != said[2]["sha256"]
    assert said[2]["own"] == {"discharge_ready.day_price": "references.yaml"}


def test_a_pinned_report_is_the_same_when_the_library_has_grown(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benefits.reference import load_library
    from benefits.reference.citation import entries, own_text
    from benefits.reference.values import read_library

    before = {pin: json.dumps(to_json(assessed(written, pin=pin), kind="plan")) for pin in (None, date(2025, 6, 30))}
    raw = entries(own_text("values.yaml"))
    for one in raw:
        for dated in list(one.get("values", ()))[-1:]:
            one["values"].append({**dated, "date": date(2025, 1, 1), "entered": date(2025, 9, 1), "value": 0.5})
    monkeypatch.setattr("benefits.reference.values.entries", lambda _: raw)
    grown = read_library("")
    assert grown.at("discharge_ready.day_price", date(2025, 12, 31)).value == 0.5
    monkeypatch.setattr("benefits.results.references.load_library", lambda: grown)
    monkeypatch.setattr("benefits.results.referring.load_library", lambda: grown)
    assert load_library() is not grown
    after = {pin: json.dumps(to_json(assessed(written, pin=pin), kind="plan")) for pin in before}
    assert after[date(2025, 6, 30)] == before[date(2025, 6, 30)]
    assert after[None] != before[None]


def problems(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        check(path)
    return [(problem.place.rpartition(":")[0], problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"reference": {"price_index": "isf.share"}}, ["not_an_index"]),
        ({"reference": {"price_index": "cpi.growht"}}, ["unknown_reference"]),
        ({"reference": {"real_growth": "vsl"}}, ["not_a_growth"]),
        ({"assumptions": {"a": {**PLAN["assumptions"]["pay"], "instead_of": "isf.share"}}}, ["instead_of_other_unit"]),
        ({"assumptions": {"a": {**PLAN["assumptions"]["pay"], "instead_of": "pay.nurse"}}}, ["unknown_reference"]),
        # What a file outside the folder holds nobody knows.
        (
            {"reference": {"files": ["../region.yaml"]}, "assumptions": {"a": {"reference": "gp.visit"}}},
            ["data_file_outside"],
        ),
    ],
)
def test_what_points_to_nothing_of_use_is_told(written: Write, changes: dict[str, Any], codes: list[str]) -> None:
    assert problems(written({**PLAN, **changes})) == [("project.yaml", code) for code in codes]


def test_a_mistake_in_an_own_file_is_told_with_those_of_the_project_file(written: Write) -> None:
    plan = {**PLAN, "reference": {"files": ["references.yaml"]}, "null_alternativ": "x"}
    path = written(plan, {"references.yaml": OWN.replace("5900", "-5900")})
    assert problems(path) == [("project.yaml", "unknown_key"), ("references.yaml", "reference_negative")]


def test_the_first_page_warns_of_a_value_past_its_validity_and_says_which_set(written: Write) -> None:
    path = written(PLAN)
    shown = open_report("plan", path, references="2025-06-30").show("first_page").html
    assert "brukt etter at de sluttet å gjelde" in shown
    assert "slik de var kjent" in shown
    assert "Døgnpris for utskrivningsklare pasienter" in shown
    own = open_report("price", path).show("first_page").html
    assert "sluttet å gjelde" not in own


def test_the_sources_set_own_numbers_beside_shipped_ones_in_each_language(written: Write) -> None:
    path = written({**PLAN, "languages": ["nb", "nn", "en"]})
    for language, words in (("nb", "Lønnssystemet"), ("nn", "Prisvekst"), ("en", "Price growth")):
        shown = open_report("plan", path, language=language).show("sources").html
        assert words in shown
        assert "53 360" in shown.replace("\xa0", " ").replace("\u202f", " ") or "53,360" in shown


def test_a_day_that_is_none_is_refused(written: Write) -> None:
    from benefits.report.opening import UnknownReport

    with pytest.raises(UnknownReport, match="references 'i går'"):
        open_report("plan", written(PLAN), references="i går")
