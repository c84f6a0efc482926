"""Which methods and options can be used, told with their line before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benefits.activity import Series
from benefits.errors import InvalidInput, Problem
from benefits.results import Results, assess, check
from benefits.results.measuring import exposure_by_year

Plan = dict[str, Any]
Written = Callable[..., Path]


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refused:
        check(path)
    return refused.value.problems


def line(path: Path, text: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"project.yaml:{next(number for number, one in enumerate(lines, start=1) if text in one)}"


def test_an_unknown_method_is_told_with_its_line_and_the_nearest(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"][0]["method"]["id"] = "before_aftr"
    path = written(plan, {"tall.csv": table})
    (problem,) = problems(path)
    assert (problem.code, problem.value) == ("unknown_method", "before_aftr")
    assert problem.place == line(path, "before_aftr")
    assert problem.parameters["nearest"] == "before_after"


def test_an_unknown_method_among_those_shown_beside_is_told_too(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"][0]["method"]["also"] = ["difference_in_diferences"]
    path = written(plan, {"tall.csv": table})
    (problem,) = problems(path)
    assert (problem.code, problem.place) == ("unknown_method", line(path, "difference_in_diferences"))


def test_an_unknown_option_is_told_with_its_line_and_the_nearest(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"][0]["method"]["options"] = {"scale": "ratio", "lag_month": 3}
    path = written(plan, {"tall.csv": table})
    (problem,) = problems(path)
    assert (problem.code, problem.value, problem.parameters["nearest"]) == ("unknown_option", "lag_month", "lag_months")
    assert problem.place == line(path, "lag_month")


def test_an_option_of_a_method_shown_beside_is_known(plan: Plan, table: str, written: Written) -> None:
    method = plan["benefits"][0]["method"]
    method["also"] = ["difference_in_differences"]
    method["options"] = {"comparison_selected_alike": True}
    assert check(written(plan, {"tall.csv": table})).id == "liten"


def test_a_value_an_option_cannot_have_is_told_with_its_line(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"][0]["method"]["options"] = {"lag_months": 0, "level": 95}
    path = written(plan, {"tall.csv": table})
    (problem,) = problems(path)
    assert (problem.code, problem.value) == ("option_value", "level")
    assert problem.place == line(path, "level:")


def test_problems_of_several_benefits_come_together(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"].append({**plan["benefits"][0], "id": "g2", "method": {"id": "nonsense", "data": "tall"}})
    plan["benefits"][0]["method"]["options"] = {"lag_month": 3}
    assert [problem.code for problem in problems(written(plan, {"tall.csv": table}))] == [
        "unknown_option",
        "unknown_method",
    ]


def test_a_method_without_data_is_a_plan_and_may_have_any_name(plan: Plan, table: str, written: Written) -> None:
    """A plan may name a design this package has no method for."""
    plan["benefits"][0]["method"] = {"id": "time_study"}
    results = assess(written(plan, {"tall.csv": table}), draws=8)
    assert results.estimates == results.compared == ()
    assert results.refusals == ()


def test_the_rule_patients_were_selected_by_reaches_the_method(kommune: Results) -> None:
    """The baseline says: at least two in twelve months, among persons with 0.5 a year and a shape of 0.8."""
    said = {
        "selected": True,
        "selection_window_months": 12,
        "selection_at_least": 2,
        "population_rate": 0.5,
        "population_dispersion": 0.8,
    }
    for estimate in (*kommune.estimates, *kommune.compared):
        assert said.items() <= estimate.options.items()
    (chosen,) = kommune.estimates
    assert chosen.options["comparison_selected_alike"] is True


def test_the_chosen_method_is_used_and_those_beside_it_are_only_compared(kommune: Results) -> None:
    assert [one.method for one in kommune.estimates] == ["difference_in_differences"]
    assert [one.method for one in kommune.compared] == ["before_after"]
    assert kommune.estimate("innleggelser") is kommune.estimates[0]
    assert kommune.estimate("trygghet") is None
    quantity = kommune.values["quantity.measured.innleggelser.admissions"]
    assert quantity.grade == kommune.estimates[0].grade


def test_a_halved_rate_is_found_by_hand(plan: Plan, table: str, written: Written) -> None:
    """24 events in 24 person-years before, 12 in 24 after: 1.0, 0.5, a ratio of a half, 0.5 fewer a year."""
    results = assess(written(plan, {"tall.csv": table}), draws=8)
    found = {
        name: results.values[f"estimate.g1.before_after.{name}"].value
        for name in ("baseline", "observed", "effect", "ratio")
    }
    assert found == pytest.approx({"baseline": 1.0, "observed": 0.5, "effect": -0.5, "ratio": 0.5})
    ratio, effect = (results.values[f"estimate.g1.before_after.{name}"] for name in ("ratio", "effect"))
    assert ratio.holds_no_effect == effect.holds_no_effect
    assert ratio.low is not None
    assert ratio.low < 0.5


def test_a_method_that_will_not_answer_is_kept_as_a_refusal(plan: Plan, table: str, written: Written) -> None:
    plan["benefits"][0]["method"]["id"] = "difference_in_differences"
    results = assess(written(plan, {"tall.csv": table}), draws=8)
    assert results.estimates == ()
    ((benefit, refusal),) = results.refusals
    assert (benefit, refusal.method) == ("g1", "difference_in_differences")
    assert refusal.what_would_open_it


def test_a_declared_selection_is_not_undone_by_an_option(plan: Plan, table: str, written: Written) -> None:
    benefit = plan["benefits"][0]
    benefit["baseline"] = {"state": "measured", "value": 1, "source": "Tall", "selection": {"rule": "To på et år"}}
    benefit["method"]["options"] = {"selected": False}
    (estimate,) = assess(written(plan, {"tall.csv": table}), draws=8).estimates
    assert estimate.chosen_in_a_bad_period
    assert [one.passed for one in estimate.checks if one.code == "regression_to_the_mean"] == [False]


def test_the_exposure_of_each_year_is_that_of_the_months_a_method_uses() -> None:
    """Two a month from July 2024; three months left out, twelve used: three in 2024 and nine in 2025."""
    period = pd.date_range("2023-01-01", periods=36, freq="MS")
    shape = Series(pd.DataFrame({"period": period, "unit": "", "group": "all", "count": 1, "exposure": 2.0}))
    go_live = date(2024, 7, 1)
    assert exposure_by_year(shape, go_live=go_live) == {2024: 12.0, 2025: 24.0}
    used = {"lag_months": 3, "months_after": 12}
    assert exposure_by_year(shape, go_live=go_live, options=used) == {2024: 6.0, 2025: 18.0}
