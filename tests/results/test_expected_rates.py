"""Where the rate without the service comes from: data, an adjusted baseline, or a raw one, refused or flagged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.activity import Panel, Series
from benefits.economics.inputs import Input, inputs
from benefits.measurement import Check, Estimate
from benefits.project.model import Project
from benefits.reference import load_evidence, load_library
from benefits.results.baselines import WorkedOut
from benefits.results.expected_rates import Known, comparison_rate, with_worked_out
from benefits.results.measuring import Measured

Plan = dict[str, Any]
START = date(2024, 1, 1)
CHOSEN = {"rule": "Minst to innleggelser siste år"}


def series(*, after: int = 2, exposure: float = 10.0, months: int = 24) -> Series:
    """Both groups: six events a month before the start; after it three of the treated, ``after`` of the others."""
    periods = pd.date_range("2023-01-01", periods=months, freq="MS")
    rows = [
        {
            "period": at,
            "unit": "Vik",
            "group": group,
            "count": 6 if at < pd.Timestamp(START) else late,
            "exposure": exposure,
        }
        for group, late in (("treated", 3), ("comparison", after))
        for at in periods
    ]
    return Series(pd.DataFrame(rows))


def plan(valuation: Mapping[str, Any], *, baseline: Mapping[str, Any] | None = None, **options: Any) -> Plan:
    counted = {"definition": "Innleggelser", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"}
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "go_live": START,
        "data": ({"id": "tall", "file": "tall.csv", "shape": "series", "per": "person_year", "columns": {}},),
        "assumptions": {"rate": {"value": 1.0, "unit": "admissions", "per": "person_year"}},
        "benefits": (
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": counted,
                "method": {"id": "difference_in_differences", "data": "tall", "options": options},
                **({} if baseline is None else {"baseline": baseline}),
                "valuation": {"actor": "hf", **valuation},
            },
        ),
    }


def work_out(
    written: Plan, *, shape: Series | None = None, estimates: tuple[Estimate, ...] = (), peak: Check | None = None
) -> tuple[Mapping[str, Input], list[str]]:
    project = Project.model_validate(written)
    found, _ = inputs(project, library=load_library(), evidence=load_evidence(), on=START)
    known = Known(
        shapes={"tall": shape or series()},
        measured=Measured(estimates=estimates, compared=(), refusals=()),
        baselines={"g1": WorkedOut(benefit="g1", data=None, peak=peak)},
    )
    worked, gaps = with_worked_out(project, found, known)
    return worked, [gap.code for gap in gaps]


def estimate(**changes: Any) -> Estimate:
    """A fifth fewer, 0.8 (0.64; 1.0): observed 0.8 and expected 1.0 admissions per person-year."""
    plain: Plan = {
        "benefit": "g1",
        "indicator": "admissions",
        "method": "difference_in_differences",
        "options": {},
        "scale": "ratio",
        "effect": -0.2,
        "low": -0.4,
        "high": 0.0,
        "level": 0.95,
        "se": 0.114,
        "df": 1_000.0,
        "n": 100,
        "exposure": 60.0,
        "observed": 0.8,
        "baseline": 1.2,
        "counterfactual": 1.0,
        "ratio": 0.8,
        "grade": "controlled",
        "checks": (),
    }
    return Estimate(**(plain | changes))


def test_the_rate_of_the_comparison_group_after_the_start_is_the_rate_without() -> None:
    """Two events in ten person-years a month, for twelve months: 24 in 120, 0.2 a person-year."""
    found, gaps = work_out(plan({"expected_from": "comparison_group"}, comparison_selected_alike=True))
    rate = found["expected.g1"]
    assert gaps == []
    assert (rate.mean, rate.unit, rate.per) == (pytest.approx(0.2), "admissions", "person_year")
    assert (rate.standing, rate.worked_out_from) == ("one_project", "comparison_group")
    assert rate.distribution.mean == pytest.approx(0.2)
    assert rate.low < 0.2 < rate.high


def test_the_months_are_those_the_method_uses() -> None:
    """The first six months hold two events, the rest nine: after a lag of six, 54 in 60."""
    shape = series()
    rows = shape.rows()
    late = (rows["group"] == "comparison") & (rows["period"] >= "2024-07-01")
    changed = Series(rows.assign(count=rows["count"].where(~late, 9)))
    told = {name: comparison_rate(changed, go_live=START, options=options) for name, options in OPTIONS.items()}
    assert {name: one[0] for name, one in told.items() if one} == pytest.approx({"lag": 0.9, "first": 0.2, "all": 0.55})


OPTIONS: Mapping[str, Mapping[str, int]] = {"lag": {"lag_months": 6}, "first": {"months_after": 6}, "all": {}}


@settings(max_examples=15)
@given(st.integers(1, 60), st.floats(5.0, 500.0))
def test_the_rate_lies_within_its_interval_and_follows_the_exposure(after: int, exposure: float) -> None:
    told = comparison_rate(series(after=after, exposure=exposure), go_live=START, options={})
    assert told is not None
    rate, low, high = told
    assert rate == pytest.approx(after / exposure)
    assert low is not None
    assert high is not None
    assert 0 < low < rate < high


@pytest.mark.parametrize(
    ("alike", "gaps", "there"),
    [(True, [], True), (None, ["comparison_not_known_alike"], True), (False, ["comparison_rate_not_alike"], False)],
)
def test_a_comparison_group_that_was_chosen_otherwise_gives_no_rate(
    alike: bool | None, gaps: list[str], there: bool
) -> None:
    options = {} if alike is None else {"comparison_selected_alike": alike}
    found, told = work_out(plan({"expected_from": "comparison_group"}, **options))
    assert (told, "expected.g1" in found) == (gaps, there)


def test_the_method_s_own_check_goes_before_what_the_plan_says() -> None:
    failed = estimate(checks=(Check(code="comparison_selected_alike", passed=False),))
    written = plan({"expected_from": "comparison_group"}, comparison_selected_alike=True)
    assert work_out(written, estimates=(failed,))[1] == ["comparison_rate_not_alike"]


@pytest.mark.parametrize("shape", ["nobody", "no_events", "before_only"])
def test_without_events_of_a_comparison_group_after_the_start_there_is_no_rate(shape: str) -> None:
    whole = series()
    data = {
        "nobody": Series(whole.rows()[lambda rows: rows["group"] == "treated"]),
        "no_events": series(after=0),
        "before_only": series(months=12),
    }[shape]
    found, gaps = work_out(plan({"expected_from": "comparison_group"}, comparison_selected_alike=True), shape=data)
    assert (gaps, "expected.g1" in found) == (["no_comparison_rate"], False)


def test_a_comparison_group_of_few_who_are_left_gives_no_rate() -> None:
    """Six persons, of whom four are observed after the start: their rate would tell of a few."""
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    rows = pd.DataFrame(
        [
            {"period": month, "person": f"p{one}", "unit": "Vik", "group": "comparison", "count": 1, "exposure": 1 / 12}
            for month in months
            for one in range(6)
        ]
    )
    told = comparison_rate(Panel(rows), go_live=START, options={})
    assert told is not None
    left = rows[(rows["period"] < pd.Timestamp(START)) | rows["person"].isin(["p0", "p1", "p2", "p3"])]
    assert comparison_rate(Panel(left), go_live=START, options={}) is None


def test_the_adjusted_baseline_is_what_the_chosen_return_to_by_themselves() -> None:
    """k 1, m 0.5, one year, 2.5 a year: (1 + 2.5) / (1 / 0.5 + 1) = 1.1667; 2 and 3 give 1 and 1.3333."""
    rule = CHOSEN | {"window_months": 12, "at_least": 2, "population_rate": 0.5, "population_dispersion": 1.0}
    period = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
    said = {"state": "measured", "value": 2.5, "low": 2.0, "high": 3.0, "period": period, "selection": rule}
    found, gaps = work_out(plan({"expected_from": "adjusted_baseline"}, baseline=said))
    rate = found["expected.g1"]
    assert gaps == []
    assert (rate.mean, rate.low, rate.high) == pytest.approx((3.5 / 3, 1.0, 4 / 3))
    assert rate.worked_out_from == "adjusted_baseline"


@pytest.mark.parametrize("rule", [None, CHOSEN])
def test_a_baseline_that_cannot_be_adjusted_gives_no_rate(rule: dict[str, str] | None) -> None:
    said = {"state": "measured", "value": 2.5, "n": 80} | ({} if rule is None else {"selection": rule})
    found, gaps = work_out(plan({"expected_from": "adjusted_baseline"}, baseline=said))
    assert (gaps, "expected.g1" in found) == (["no_adjusted_baseline"], False)


def test_a_raw_baseline_of_patients_chosen_in_a_bad_period_is_refused() -> None:
    said = {"state": "measured", "value": 2.5, "low": 2.0, "high": 3.0, "selection": CHOSEN}
    found, gaps = work_out(plan({"expected_from": "raw_baseline"}, baseline=said))
    assert (gaps, "expected.g1" in found) == (["raw_baseline_of_chosen"], False)


def test_it_is_refused_also_where_only_the_method_says_that_they_were_chosen() -> None:
    said = {"state": "measured", "value": 2.5, "low": 2.0, "high": 3.0}
    assert work_out(plan({"expected_from": "raw_baseline"}, baseline=said, selected=True))[1] == [
        "raw_baseline_of_chosen"
    ]


def test_with_a_reason_it_is_counted_and_flagged_and_only_assumed() -> None:
    said = {"state": "measured", "value": 2.5, "low": 2.0, "high": 3.0, "selection": CHOSEN}
    because = {"expected_from": "raw_baseline", "raw_baseline_because": "Utvalget så ikke på innleggelser"}
    found, gaps = work_out(plan(because, baseline=said))
    rate = found["expected.g1"]
    assert gaps == ["raw_baseline_used"]
    assert (rate.mean, rate.low, rate.high, rate.standing) == (2.5, 2.0, 3.0, "assumed")


@pytest.mark.parametrize(("passed", "gaps"), [(True, []), (None, []), (False, ["raw_baseline_after_peak"])])
def test_a_raw_baseline_of_patients_nobody_chose_is_used_unless_there_is_a_peak(
    passed: bool | None, gaps: list[str]
) -> None:
    said = {"state": "measured", "value": 2.5, "low": 2.0, "high": 3.0}
    peak = Check(code="peak_before_start", passed=passed)
    found, told = work_out(plan({"expected_from": "raw_baseline"}, baseline=said), peak=peak)
    assert (told, found["expected.g1"].mean) == (gaps, 2.5)


def test_a_baseline_without_an_interval_is_certain_and_that_is_told() -> None:
    found, gaps = work_out(plan({"expected_from": "raw_baseline"}, baseline={"state": "estimated", "value": 2.5}))
    rate = found["expected.g1"]
    assert (gaps, rate.low, rate.high, rate.standing) == (["rate_without_interval"], 2.5, 2.5, "assumed")


@pytest.mark.parametrize(
    ("value", "low", "rate", "flagged"),
    [
        (2.5, None, 2.5, True),
        (2.5, None, 2.4, False),
        (2.5, 2.0, 2.1, True),
        (2.5, 2.0, 1.9, False),
        (2.5, 2.0, 4.0, True),
    ],
)
def test_an_assumption_that_is_the_raw_baseline_by_another_name_does_not_slip_through(
    value: float, low: float | None, rate: float, flagged: bool
) -> None:
    said = {"state": "measured", "value": value, "selection": CHOSEN}
    said |= {} if low is None else {"low": low, "high": 3.0}
    written = plan({"expected_events": "rate"}, baseline=said)
    written["assumptions"]["rate"]["value"] = rate
    assert work_out(written)[1] == (["assumption_is_raw_baseline"] if flagged else [])
    # A rate per month is seen for what it is.
    written["assumptions"]["rate"] |= {"value": rate / 12, "per": "person_month"}
    assert work_out(written)[1] == (["assumption_is_raw_baseline"] if flagged else [])


def test_nobody_chosen_is_nothing_to_flag() -> None:
    said = {"state": "measured", "value": 1.0, "low": 0.9, "high": 1.1}
    assert work_out(plan({"expected_events": "rate"}, baseline=said))[1] == []


def test_the_measured_effect_is_a_ratio_that_is_assumed_of_others() -> None:
    """exp(1.9623 x 0.114) = 1.2507: 0.8 / 1.2507 = 0.6396 and 0.8 x 1.2507 = 1.0006; the twelve months it was seen."""
    found, gaps = work_out(plan({"effect_from": "measured"}), estimates=(estimate(),))
    effect = found["effect.g1"]
    assert gaps == ["measured_effect_scaled"]
    assert (effect.low, effect.high) == pytest.approx((0.6396, 1.0006), abs=1e-3)
    assert (effect.unit, effect.standing, effect.grade) == ("ratio", "one_project", "assumed")
    assert (effect.follow_up_months, effect.worked_out_from) == (12.0, "measured")


def test_the_measured_effect_is_a_difference_where_that_is_asked_for() -> None:
    written = plan({"effect_from": "measured", "effect_scale": "difference"})
    found, _ = work_out(written, estimates=(estimate(scale="difference", se=0.1),))
    effect = found["effect.g1"]
    assert (effect.low, effect.mean, effect.high) == pytest.approx((-0.3962, -0.2, -0.0038), abs=1e-3)
    assert (effect.unit, effect.per) == ("admissions", "person_year")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"checks": (Check(code="regression_to_the_mean", passed=False),)}, "measured_effect_barred"),
        ({"checks": (Check(code="comparison_selected_alike", passed=False),)}, "measured_effect_barred"),
        ({"scale": "difference"}, "measured_effect_without_ratio"),
        ({"ratio": None}, "measured_effect_without_ratio"),
    ],
)
def test_a_measured_effect_that_is_no_multiplicand_is_refused(changes: Plan, code: str) -> None:
    found, gaps = work_out(plan({"effect_from": "measured"}), estimates=(estimate(**changes),))
    assert (gaps, "effect.g1" in found) == ([code], False)


def test_without_a_measurement_there_is_no_measured_effect() -> None:
    assert work_out(plan({"effect_from": "measured"}))[1] == ["no_measured_effect"]
