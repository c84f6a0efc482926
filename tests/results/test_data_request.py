"""What a plan asks for: whole years before the start, columns as the file names them, and what must be decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.activity import national_ids
from benefits.project.model import Project
from benefits.results import RequestPage, Values
from benefits.results.data_request import Requests, requests

INDICATOR = {"definition": "Innleggelser", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"}
AGREED = {
    "legal_basis": "Avklart av dataansvarlig",
    "sender": "Analyseavdelingen",
    "recipient": "Prosjektet",
    "delivery": date(2026, 2, 1),
    "population": "Alle med kols",
}


def plan(benefit: dict[str, Any], **more: Any) -> Project:
    whole = {"id": "g1", "title": "Gevinst", "indicator": INDICATOR, "method": {"id": "before_after"}, **benefit}
    return Project.model_validate(
        {"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1), "benefits": (whole,), **more}
    )


def asked(project: Project) -> tuple[Requests, Values]:
    values = Values()
    return requests(project, values), values


def page(project: Project) -> RequestPage:
    (one,) = asked(project)[0].pages
    return one


def names(one: RequestPage) -> list[str]:
    return [column.name for column in one.tables[0].columns]


def test_two_whole_years_before_the_start_are_asked_for_and_time_to_the_target() -> None:
    """From January 2023: 24 months before. To the end of June 2026: 18 months after."""
    project = plan({"target": {"value": 1, "date": date(2026, 6, 15)}})
    (one,), values = asked(project)[0].pages, asked(project)[1]
    assert (one.first, one.last) == (date(2023, 1, 1), date(2026, 6, 30))
    assert (values["request.g1.before"].value, values["request.g1.after"].value) == (24, 18)


def test_time_after_the_start_is_never_less_than_a_year() -> None:
    one = page(plan({"target": {"value": 1, "date": date(2025, 3, 31)}}))
    assert one.last == date(2025, 12, 31)


def test_without_a_target_the_horizon_ends_the_period() -> None:
    assert page(plan({}, horizon_years=2)).last == date(2026, 12, 31)


def test_those_chosen_by_a_window_need_a_year_from_before_it_too() -> None:
    """18 months they were chosen by and 12 before them: 30 months, so three whole years."""
    chosen = {"state": "planned", "selection": {"rule": "minst to", "window_months": 18}}
    assert page(plan({"baseline": chosen})).first == date(2022, 1, 1)


def test_a_period_the_plan_names_is_the_one_asked_for() -> None:
    named = {"state": "measured", "value": 1, "period": {"start": date(2024, 4, 1), "end": date(2024, 12, 31)}}
    one = page(plan({"baseline": named}))
    assert (one.first, one.because) == (date(2024, 4, 1), "baseline")


def test_a_period_the_data_source_is_to_cover_is_the_one_asked_for() -> None:
    covers = {"start": date(2024, 3, 1), "end": date(2025, 2, 28)}
    source = {"id": "d", "file": "d.csv", "shape": "series", "columns": {"period": "m"}, "period": covers}
    project = plan({"method": {"id": "before_after", "data": "d"}}, data=(source,))
    one, values = page(project), asked(project)[1]
    assert (one.first, one.last, one.because) == (date(2024, 3, 1), date(2025, 2, 28), "source")
    assert (values["request.g1.before"].value, values["request.g1.after"].value) == (10, 2)
    later = project.model_copy(update={"go_live": date(2026, 1, 1)})
    assert "request.g1.before" not in asked(later)[1]


def test_without_a_start_there_is_no_period_and_that_is_said() -> None:
    project = plan({}).model_copy(update={"go_live": None})
    one, values = page(project), asked(project)[1]
    assert (one.first, one.last, "start" in one.lacks) == (None, None, True)
    assert "request.g1.before" not in values


def test_columns_are_named_as_the_file_names_them_in_a_fixed_order() -> None:
    columns = {"count": "antall", "person": "løpenr", "period": "maaned", "exposure": "tid"}
    source = {"id": "d", "file": "d.csv", "shape": "panel", "columns": columns}
    one = page(plan({"method": {"id": "before_after", "data": "d"}}, data=(source,)))
    assert names(one) == ["løpenr", "maaned", "antall", "tid"]
    assert [column.key for column in one.tables[0].columns] == ["person", "period", "count", "exposure"]


def test_an_example_is_written_as_the_file_is_to_write_it() -> None:
    source = {"id": "d", "file": "d.csv", "shape": "panel", "columns": {"exposure": "tid", "period": "maaned"}}
    decimals = {}
    for mark in ",.":
        one = page(plan({"method": {"id": "before_after", "data": "d"}}, data=({**source, "decimal": mark},)))
        decimals[mark] = {column.key: column.example for column in one.tables[0].columns}
    assert decimals[","] == {"period": "2023-01", "exposure": "0,083"}
    assert decimals["."]["exposure"] == "0.083"


def test_a_cohort_is_a_file_of_its_own() -> None:
    cohort = {"file": "k.csv", "columns": {"person": "id", "included": "dag", "reason": "grunn"}}
    source = {
        "id": "d",
        "file": "d.csv",
        "shape": "events",
        "columns": {"person": "id", "date": "dato"},
        "cohort": cohort,
    }
    one = page(plan({"method": {"id": "before_after", "data": "d"}}, data=(source,)))
    assert [table.table for table in one.tables] == ["data", "cohort"]
    assert one.tables[1].columns[-1].allowed == ("died", "moved", "stopped")


@pytest.mark.parametrize(
    ("method", "unit", "per", "shape"),
    [
        ("survey", "points", "none", "responses"),
        ("control_chart", "admissions", "person_year", "series"),
        ("difference_in_differences", "admissions", "person_year", "panel"),
        ("before_after", "admissions", "inhabitant", "series"),
    ],
)
def test_data_not_yet_described_are_asked_for_in_the_shape_that_suits(
    method: str, unit: str, per: str, shape: str
) -> None:
    indicator = {**INDICATOR, "unit": unit, "per": per}
    one = page(plan({"method": {"id": method}, "indicator": indicator}))
    assert (one.shape, one.data) == (shape, None)
    assert one.tables[0].columns


def test_everything_nobody_has_agreed_on_must_be_decided_first() -> None:
    assert page(plan({})).lacks == ("population", "legal_basis", "sender", "recipient", "delivery")


def test_nothing_is_missing_when_all_is_agreed() -> None:
    source = {"id": "d", "file": "d.csv", "shape": "series", "columns": {"period": "m"}, "request": AGREED}
    assert page(plan({"method": {"id": "before_after", "data": "d"}}, data=(source,))).lacks == ()


def test_a_comparison_nobody_has_named_and_a_share_of_nothing_must_be_decided() -> None:
    benefit = {
        "method": {"id": "difference_in_differences"},
        "indicator": {**INDICATOR, "unit": "share", "per": "none"},
    }
    assert {"comparison", "fraction"} <= set(page(plan(benefit)).lacks)


@pytest.mark.parametrize(
    ("benefit", "why"),
    [
        ({"indicator": None}, "no_indicator"),
        ({"method": {"id": "expert_estimate"}}, "by_judgement"),
        ({"method": None}, "not_planned"),
    ],
)
def test_a_benefit_without_anything_to_pull_is_named_with_why(benefit: dict[str, Any], why: str) -> None:
    found, values = asked(plan(benefit))
    assert (found.pages, found.without) == ((), (("g1", why),))
    assert list(values) == []


def test_a_dropped_benefit_is_not_asked_for() -> None:
    found, _ = asked(plan({"status": "dropped"}))
    assert (found.pages, found.without) == ((), ())


def test_no_example_looks_like_a_national_identity_number() -> None:
    for shape in ("series", "panel", "events", "responses"):
        source = {"id": "d", "file": "d.csv", "shape": shape, "columns": {}}
        one = page(plan({"method": {"id": "before_after", "data": "d"}}, data=(source,)))
        assert national_ids([column.example for column in one.tables[0].columns]) == 0
    bare = page(plan({}))
    assert national_ids([column.example for column in bare.tables[0].columns]) == 0


def test_a_column_that_only_a_filter_names_is_asked_for_or_the_file_could_not_be_read() -> None:
    filters = ({"column": "type", "one_of": ("akutt",)}, {"column": "dato", "at_least": date(2024, 1, 1)})
    columns = {"person": "id", "date": "dato"}
    source = {"id": "d", "file": "d.csv", "shape": "events", "columns": columns, "filters": filters}
    one = page(plan({"method": {"id": "before_after", "data": "d"}}, data=(source,)))
    asked_for = [(column.name, column.key, column.example) for column in one.tables[0].columns]
    assert asked_for[-1] == ("type", "filters", "akutt")
    assert [name for name, _, _ in asked_for] == ["id", "dato", "type"]


def test_data_that_only_the_baseline_names_are_the_ones_asked_for() -> None:
    source = {"id": "d", "file": "d.csv", "shape": "series", "columns": {"period": "maaned"}, "request": AGREED}
    one = page(plan({"baseline": {"state": "measured", "data": "d"}}, data=(source,)))
    assert (one.data, one.lacks) == ("d", ())


@pytest.mark.parametrize(
    ("method", "per", "followed"),
    [("before_after", "person_year", True), ("time_study", "event", False)],
)
def test_staff_who_are_timed_are_not_asked_for_when_they_die(method: str, per: str, followed: bool) -> None:
    source = {"id": "d", "file": "d.csv", "shape": "panel", "columns": {"person": "id"}, "per": per}
    one = page(plan({"method": {"id": method, "data": "d"}, "indicator": {**INDICATOR, "per": per}}, data=(source,)))
    assert (one.followed, "ended" in one.otherwise) == (followed, followed)
    assert (one.otherwise == ("timed",)) == (not followed)
