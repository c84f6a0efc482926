"""Who is to answer, on which days, and what counts as an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.project.model import Project
from benefits.results import Due, Values
from benefits.results.answers import answers, due_days

DUE = (date(2025, 12, 31), date(2026, 12, 31))


def project(*measured: Any, asked: Any = DUE, **benefit: Any) -> Project:
    whole: dict[str, Any] = {
        "id": "g1",
        "title": "Time",
        "owner": {"role": "Leader", "actor": "vik"},
        "indicator": {"definition": "Hours", "unit": "hours", "direction": "lower_is_better"},
        "target": {"value": 3.0, "date": date(2027, 6, 30)},
        "method": {"id": "reported", "measurement_dates": asked},
        "measurements": tuple(
            {"date": day, "value": 4.0, "grade": "reported", "source": "S", "by": by} for day, by in measured
        ),
    }
    actors = ({"id": "vik", "kind": "kommune", "name": "Vik"},)
    return Project.model_validate(
        {"format": 1, "id": "dho", "title": "DHO", "actors": actors, "benefits": (whole | benefit,)}
    )


def due(plan: Project, as_of: date, **in_data: date) -> Due:
    (one,) = answers(plan, freeze=None, in_data=in_data, as_of=as_of, values=Values())
    return one


def test_nothing_is_due_before_its_day() -> None:
    one = due(project(), date(2025, 12, 30))
    assert (one.due, one.answered, one.next_due) == (None, False, DUE[0])


@pytest.mark.parametrize(
    ("day", "answered"), [(date(2025, 12, 30), False), (date(2025, 12, 31), True), (date(2026, 3, 1), True)]
)
def test_a_day_is_answered_for_by_a_value_of_that_day_or_later(day: date, answered: bool) -> None:
    one = due(project((day, "Leader")), date(2026, 6, 30))
    assert (one.due, one.answered, one.measured_on, one.next_due) == (DUE[0], answered, day, DUE[1])


def test_a_later_answer_does_not_fill_the_hole_before_it() -> None:
    one = due(project((DUE[1], "Leader")), date(2027, 1, 31))
    assert (one.due, one.answered, one.missed) == (DUE[1], True, (DUE[0],))


def test_data_that_reach_a_day_answer_for_it_and_for_those_before() -> None:
    one = due(project(), date(2027, 1, 31), g1=DUE[1])
    assert (one.answered, one.missed) == (True, ())
    assert not due(project(), date(2027, 1, 31), g1=date(2026, 11, 30)).answered


def test_the_delay_is_told_in_whole_months() -> None:
    values = Values()
    (one,) = answers(project(), freeze=None, in_data={}, as_of=date(2026, 3, 30), values=values)
    # From 31 December to 30 March is two months and thirty days.
    assert values[one.late].value == 2
    assert due(project(), date(2026, 1, 15)).late == ""


def test_without_days_of_measurement_it_is_the_target_that_is_to_be_answered_for() -> None:
    plan = project(asked=())
    assert due_days(plan, plan.benefits[0], None) == (date(2027, 6, 30),)


def test_who_answers_is_the_one_responsible_else_the_one_who_measures() -> None:
    assert due(project(), DUE[0]).role == project().benefits[0].owner.role  # type: ignore[union-attr]
    method = {"id": "reported", "measurement_dates": DUE, "responsible": "Nurse"}
    role = due(project(owner=None, method=method), DUE[0]).role
    assert role is not None
    assert role.plain == "Nurse"
    assert due(project(owner=None), DUE[0]).role is None


def test_another_role_that_answered_last_is_named() -> None:
    assert due(project((DUE[0], "Leader")), DUE[1]).last_by is None
    last = due(project((DUE[0], "Acting leader")), DUE[1]).last_by
    assert last is not None
    assert last.plain == "Acting leader"


def test_what_is_dropped_or_has_nothing_to_measure_is_not_asked_for() -> None:
    for plan in (project(status="dropped"), project(indicator=None)):
        assert answers(plan, freeze=None, in_data={}, as_of=DUE[1], values=Values()) == ()
