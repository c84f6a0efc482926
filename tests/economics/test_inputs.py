"""Assumptions as distributions, with their sources and standing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benefits.economics.inputs import Input, distribution_of, inputs, joined_sources, weakest_standing
from benefits.errors import Gap
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.reference import Beta, LogNormal, Normal, Triangular, load_evidence, load_library

ON = date(2024, 6, 30)
Read = Callable[..., tuple[dict[str, Input], tuple[Gap, ...]]]


@pytest.fixture
def read() -> Read:
    def of(assumption: dict[str, Any], **rest: Any) -> tuple[dict[str, Input], tuple[Gap, ...]]:
        plan = {"format": 1, "id": "p", "title": "P", "assumptions": {"a": assumption}, **rest}
        return inputs(Project.model_validate(plan), library=load_library(), evidence=load_evidence(), on=ON)

    return of


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ({"low": 1.0, "likely": 2.0, "high": 4.0}, Triangular),
        ({"mean": 1.0, "se": 0.1}, Normal),
        ({"estimate": 1.0, "low": 0.5, "high": 1.5}, Normal),
        ({"estimate": 0.8, "low": 0.64, "high": 1.0, "ratio": True}, LogNormal),
    ],
)
def test_each_way_to_say_a_number_is_its_own_distribution(written: dict[str, Any], kind: type) -> None:
    assert isinstance(distribution_of(Quantity.model_validate(written)), kind)


def test_a_share_with_a_standard_error_stays_between_nothing_and_everything(read: Read) -> None:
    found, _ = read({"mean": 0.8, "se": 0.1, "unit": "share"})
    assert isinstance(found["a"].distribution, Beta)
    assert 0.0 < found["a"].low < found["a"].mean < found["a"].high < 1.0


def test_a_number_keeps_its_unit_year_source_and_standing(read: Read) -> None:
    written = {"value": 5.0, "unit": "kroner", "price_year": 2024, "per": "event", "source": "Regnskap 2024"}
    one = read({**written, "address": "https://example.org", "standing": "one_project"})[0]["a"]
    assert (one.mean, one.low, one.high, one.unit, one.per, one.price_year) == (5.0, 5.0, 5.0, "kroner", "event", 2024)
    assert (one.source, one.address, one.standing, one.grade) == (
        "Regnskap 2024",
        "https://example.org",
        "one_project",
        "assumed",
    )


def test_a_reference_is_read_at_the_date_and_keeps_its_price_year(read: Read) -> None:
    one = read({"reference": "discharge_ready.day_price"})[0]["a"]
    assert (one.mean, one.unit, one.per, one.price_year) == (5745.0, "kroner", "bed_day", 2024)
    assert one.standing == "official"
    assert one.reference_id == "discharge_ready.day_price"
    assert one.title is not None
    assert one.source.startswith("Helsedirektoratet")


def test_the_date_the_project_has_chosen_goes_before(read: Read) -> None:
    """The price for 2022 was 5 306 kr."""
    one = read({"reference": "discharge_ready.day_price"}, reference={"date": date(2022, 5, 1)})[0]["a"]
    assert (one.mean, one.price_year) == (5306.0, 2022)


def test_evidence_keeps_its_grade_measure_and_outcome(read: Read) -> None:
    one = read({"evidence": "wsd_2012.persons_admitted"})[0]["a"]
    assert (one.unit, one.measure, one.outcome, one.standing) == ("ratio", "odds_ratio", "persons_admitted", "study")
    assert (one.grade, one.evidence_id) == ("randomised", "wsd_2012.persons_admitted")
    assert round(one.low, 2) == 0.82


def test_a_difference_is_counted_in_what_the_study_counted(read: Read) -> None:
    one = read({"evidence": "sul_2020.admissions"})[0]["a"]
    assert (one.unit, one.per, round(one.mean, 2)) == ("admissions", "person_year", -0.13)


@pytest.mark.parametrize(
    ("assumption", "code"),
    [
        ({"reference": "isf.unit_prise"}, "unknown_reference"),
        ({"reference": "pay.hours_per_full_time_year"}, "reference_has_no_value"),
        ({"evidence": "nobody_1900.admissions"}, "unknown_evidence"),
        ({"evidence": "fhi_2022.admissions"}, "evidence_has_no_distribution"),
        ({"evidence": "telecare_north_2017.total_cost_euro"}, "evidence_in_other_unit"),
        ({"mean": 0.5, "se": 0.9, "unit": "share"}, "unusable_distribution"),
    ],
)
def test_what_has_no_number_is_a_gap_and_no_input(read: Read, assumption: dict[str, Any], code: str) -> None:
    found, gaps = read(assumption)
    assert found == {}
    assert [(gap.code, gap.subject) for gap in gaps] == [(code, "a")]


def test_a_value_carried_forward_from_an_earlier_year_is_used_and_said(read: Read) -> None:
    found, gaps = read({"reference": "discharge_ready.day_price"}, reference={"date": date(2026, 1, 1)})
    assert found["a"].price_year == 2024
    assert [(gap.code, gap.parameters["has"], gap.parameters["wants"]) for gap in gaps] == [
        ("reference_carried_forward", 2024, 2026)
    ]


def test_the_weakest_standing_is_that_of_the_chain() -> None:
    assert weakest_standing("study", "assumed", "official") == "assumed"
    assert weakest_standing("official", "study") == "study"


def test_a_source_used_twice_is_named_once(read: Read) -> None:
    one = read({"value": 1.0, "unit": "hours", "source": "A"})[0]["a"]
    other = read({"value": 1.0, "unit": "hours"})[0]["a"]
    assert joined_sources(one, other, one) == "A"
