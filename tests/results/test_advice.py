"""The advice on each benefit: from its data where they are here, else from what the plan says there will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benefits.measurement.advice import Situation
from benefits.results import Results, assess
from benefits.results.advice import MeasuringAdvice

Plan = dict[str, Any]


def of(results: Results, benefit: str) -> MeasuringAdvice:
    return next(one for one in results.advice if one.benefit == benefit)


def test_data_that_are_here_are_what_the_advice_is_about(kommune: Results) -> None:
    found = of(kommune, "innleggelser")
    at = found.advice.situation
    assert (found.basis, found.fit, found.better) == ("data", "answers", None)
    assert (at.rows, at.before, at.after, at.selected, at.comparison) == ("panel", 24, 12, True, "selected_alike")
    assert kommune.values["advice.innleggelser.before"].value == 24


def test_what_was_never_asked_before_the_start_is_found_in_the_plan(kommune: Results) -> None:
    found = of(kommune, "trygghet")
    assert (found.basis, found.fit) == ("plan", "refuses")
    assert found.refusal is not None
    assert found.refusal.code == "no_answers_before"
    assert found.opening is not None
    assert found.opening.change == "measured_before"


def test_a_judgement_admits_no_method_and_is_said_to_be_one(kommune: Results) -> None:
    found = of(kommune, "legevakt")
    assert (found.fit, found.advice.situation) == ("by_judgement", Situation(kind="reported", rows=None))


def planned(plan: Plan, **changes: Any) -> Plan:
    benefit = plan["benefits"][0]
    benefit["method"] = {"id": "before_after", **changes}
    return plan | {"as_of": date(2023, 6, 30), "data": []}


def test_the_date_of_verdict_decides_how_many_months_there_will_be(plan: Plan, written: Callable[..., Path]) -> None:
    for verdicts, months in (([date(2024, 6, 30)], 6), ([date(2024, 6, 30), date(2025, 12, 31)], 6), ([], None)):
        chosen = planned(plan, **({"verdict_dates": verdicts} if verdicts else {}))
        found = assess(written(chosen), draws=100).advice[0]
        assert found.advice.situation.before == 24
        assert months is None or found.advice.situation.after == months
        assert found.by == (verdicts[0] if verdicts else found.by)


def test_a_refusal_the_method_met_in_the_data_is_the_one_that_is_told(plan: Plan, written: Callable[..., Path]) -> None:
    """The control chart of points all alike has no spread, which their number does not tell."""
    plan["benefits"][0]["method"]["id"] = "control_chart"
    months = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]
    text = "\n".join(["periode;antall;aar", *(f"{month};2;2" for month in months)])
    found = assess(written(plan, {"tall.csv": text}), draws=100).advice[0]
    assert found.fit == "refuses"
    assert found.refusal is not None
    assert found.refusal.code == "no_spread"


def test_a_dropped_benefit_gets_no_advice(plan: Plan, written: Callable[..., Path]) -> None:
    plan["benefits"][0] |= {"status": "dropped"}
    assert assess(written(planned(plan)), draws=100).advice == ()
