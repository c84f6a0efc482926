"""What the analysis of each benefit can show: of the frozen plan, its length, its data, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Responses, Series
from benefits.measurement.power import smallest_detectable_ratio, smallest_mean_difference
from benefits.project.freezing import Freeze, plan_of
from benefits.project.model import Project
from benefits.results.power.values import add_power_values
from benefits.results.values import Values

START = date(2025, 1, 1)
BENEFIT: dict[str, Any] = {
    "id": "g1",
    "title": "Færre",
    "indicator": {"definition": "I", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"},
    "baseline": {
        "state": "measured",
        "value": 1.0,
        "n": 100,
        "period": {"start": date(2023, 1, 1), "end": date(2024, 12, 31)},
        "source": "S",
    },
    "method": {"id": "before_after"},
    "target": {"value": 0.8, "date": date(2026, 12, 31)},
}


def project(data: tuple[dict[str, Any], ...] = (), /, persons: float = 100, **changes: Any) -> Project:
    """A plan with one benefit, a hundred patients a year from 2025, and a horizon of five years."""
    return Project.model_validate(
        {
            "format": 1,
            "id": "liten",
            "title": "L",
            "go_live": START,
            "patient_group": {"category": "other", "volume": dict.fromkeys(range(2025, 2030), persons)},
            "data": data,
            "benefits": ({**BENEFIT, **changes},),
        }
    )


def told(
    plan: Project, *, on: date = date(2025, 6, 30), freeze: Freeze | None = None, **data: Any
) -> Mapping[str, Any]:
    values = Values()
    add_power_values(plan, {}, values, data=data, freeze=freeze, as_of=on)
    return {id.removeprefix("benefit.g1."): one for id, one in values.items()}


def frozen(plan: Project) -> Freeze:
    return Freeze(as_of=date(2024, 12, 31), file="frozen/x.json", sha256="0", plan=plan_of(plan))


def source(per: str = "person_year", shape: str = "series", unit: str | None = None) -> tuple[dict[str, Any], ...]:
    return ({"id": "d", "file": "d.csv", "shape": shape, "columns": {"count": "n"}, "per": per, "unit": unit},)


def monthly(rate: float, exposure: float, months: int = 24, **columns: Any) -> pd.DataFrame:
    """Months up to the start, with a little that goes up and down."""
    wobble = np.tile([0.0, 1.0, -1.0, 0.0], months)[:months]
    return pd.DataFrame(
        {
            "period": pd.date_range(end="2024-12-01", periods=months, freq="MS"),
            "unit": "Vik",
            "group": "all",
            "count": np.round(rate * exposure) + wobble,
            "exposure": exposure,
            **columns,
        }
    )


def test_the_follow_up_lasts_to_the_date_of_the_target() -> None:
    """Two years of a hundred against the baseline's two years of a hundred, 99 degrees of freedom."""
    found = told(project())
    assert found["smallest.months"].value == 24
    assert found["smallest.exposure"].value == 100
    ratio = smallest_detectable_ratio(rate=1.0, exposure_treated=200, exposure_comparison=100 * 731 / 365.25, df=99)
    assert ratio is not None
    assert found["smallest"].value == pytest.approx(1 - ratio)
    assert found["hoped"].value == pytest.approx(0.2)


def test_the_last_date_of_verdict_that_was_passed_decides_the_length_else_the_next() -> None:
    dates = (date(2025, 12, 31), date(2027, 12, 31))
    plan = project(method={"id": "before_after", "verdict_dates": dates, "options": {"lag_months": 3}})
    assert told(plan, on=date(2025, 6, 30))["smallest.months"].value == 9
    assert told(plan, on=date(2026, 6, 30))["smallest.months"].value == 9
    assert told(plan, on=date(2028, 1, 31))["smallest.months"].value == 33
    short = project(method={"id": "before_after", "verdict_dates": dates, "options": {"months_after": 6}})
    assert told(short)["smallest.months"].value == 6


@pytest.mark.parametrize(
    ("target", "ramp", "judged", "months"),
    [
        (date(2027, 12, 31), {}, date(2026, 12, 31), 24),
        # On the way the last year is judged, and from the target's date what comes after it once it is a year.
        (date(2027, 12, 31), {2025: 0.5, 2026: 1.0}, date(2026, 12, 31), 12),
        (date(2025, 12, 31), {}, date(2026, 11, 30), 23),
        (date(2025, 12, 31), {}, date(2026, 12, 31), 12),
        (date(2025, 6, 30), {}, date(2026, 12, 31), 18),
        (date(2025, 6, 30), {2025: 0.5}, date(2025, 12, 31), 12),
    ],
)
def test_the_length_is_that_of_the_time_a_verdict_rests_on(
    target: date, ramp: dict[int, float], judged: date, months: int
) -> None:
    method = {"id": "before_after", "data": "d", "verdict_dates": (judged,)}
    plan = project(source(), method=method, target={"value": 0.8, "date": target, "ramp": ramp})
    assert told(plan, d=Series(monthly(1.0, 10.0)))["smallest.months"].value == months


def test_without_a_target_it_is_a_year_and_nothing_is_needed() -> None:
    found = told(project(target=None))
    assert found["smallest.months"].value == 12
    assert not {"hoped", "needed.months", "needed.patients"} & set(found)


def test_the_frozen_analysis_and_target_are_what_counts() -> None:
    was = project(method={"id": "difference_in_differences"}, target={"value": 0.5, "date": date(2025, 12, 31)})
    now = project()
    held, plain = told(now, freeze=frozen(was)), told(was)
    assert {id: one.value for id, one in held.items()} == {id: one.value for id, one in plain.items()}
    assert held["hoped"].value == 0.5
    assert held["smallest.months"].value == 12
    assert told(now)["smallest.months"].value == 24


def test_months_and_patients_needed_show_what_is_hoped_for() -> None:
    """A hundred cannot show 1.0 to 0.8 in two years; as many as are told can, and in as many months as are told."""
    found = told(project(target={"value": 0.8, "date": date(2025, 12, 31)}))
    assert found["smallest"].value > found["hoped"].value
    patients = found["needed.patients"].value
    enough = told(project(persons=patients, target={"value": 0.8, "date": date(2025, 12, 31)}, baseline=_of(patients)))
    assert enough["smallest"].value <= enough["hoped"].value * 1.001
    assert found["needed.months"].value is None
    assert found["needed.months"].reason == "not_within_horizon"
    slow = told(project(target={"value": 0.74, "date": date(2025, 12, 31)}))
    months = int(slow["needed.months"].value)
    assert 12 < months <= 60
    last = date(2025 + (months - 1) // 12, (months - 1) % 12 + 1, 28)
    on_time = told(project(target={"value": 0.74, "date": (pd.Timestamp(last) + pd.offsets.MonthEnd(0)).date()}))
    assert on_time["smallest.months"].value == months
    assert on_time["smallest"].value <= on_time["hoped"].value


def _of(persons: float) -> dict[str, Any]:
    return {**BENEFIT["baseline"], "n": round(persons)}


def test_what_is_enough_needs_nothing() -> None:
    found = told(project(target={"value": 0.3, "date": date(2026, 12, 31)}))
    assert found["smallest"].value < found["hoped"].value == pytest.approx(0.7)
    assert not {"needed.months", "needed.patients"} & set(found)


def test_with_sixteen_patients_and_few_events_nothing_can_be_shown_and_that_has_a_reason() -> None:
    few = {"state": "measured", "value": 0.3, "n": 16, "source": "S"}
    found = told(project(persons=16, baseline=few, target={"value": 0.2, "date": date(2025, 12, 31)}))
    assert found["smallest"].value is None
    assert found["smallest"].reason == "nothing_is_enough"
    assert found["needed.patients"].value > 100


def test_a_rise_is_looked_for_where_the_target_is_higher() -> None:
    def least(value: float) -> float:
        found: float = told(project(target={"value": value, "date": date(2026, 12, 31)}))["smallest"].value
        return found

    assert least(1.2) > least(0.8)


def test_the_spread_of_the_data_is_used_and_told_with_its_source() -> None:
    data = Series(monthly(1.0, 10.0).assign(count=[4, 16] * 12))
    method = {"id": "before_after", "data": "d"}
    found = told(project(source(), method=method), d=data)
    # Twelve months of 4 and 16 by turns: 12 x 36 / 10 over 11.
    assert found["smallest.dispersion"].value == pytest.approx(12 * 36 / 10 / 11)
    assert found["smallest"].value > told(project())["smallest"].value


def test_bed_days_have_a_spread_in_their_own_unit_and_nothing_is_told_without_it() -> None:
    indicator = {**BENEFIT["indicator"], "unit": "bed_days"}
    data = Series(monthly(5.0, 10.0).assign(count=lambda rows: rows["count"] + 0.25))
    found = told(
        project(source(unit="bed_days"), indicator=indicator, method={"id": "before_after", "data": "d"}), d=data
    )
    assert found["smallest.dispersion"].unit == "bed_days"
    assert found["smallest.dispersion"].value < 1
    assert "smallest" not in told(project(indicator=indicator))


def test_data_per_something_else_than_the_indicator_are_left_aside() -> None:
    data = Series(monthly(1.0, 10.0))
    plan = project(source(per="inhabitant"), method={"id": "before_after", "data": "d"})
    assert told(plan, d=data)["smallest"].value == told(project())["smallest"].value
    assert "smallest.dispersion" not in told(plan, d=data)


def test_fewer_persons_than_may_be_shown_are_not_told_of() -> None:
    rows = pd.concat(monthly(1.0, 1 / 12, person=f"p{number}") for number in range(4)).assign(count=1)
    method = {"id": "before_after", "data": "d"}
    found = told(project(source(shape="panel"), method=method), d=Panel(rows))
    assert found["smallest.exposure"].value == 100
    assert "smallest.dispersion" not in found


def test_whole_units_are_compared_with_as_few_degrees_of_freedom_as_there_are_units() -> None:
    """Four and four kommuner: six degrees of freedom, t 3.353 in place of 2.802."""
    stream = np.random.default_rng(2)
    rows = pd.concat(
        monthly(1.0, 20.0).assign(unit=f"{group} {number}", group=group, count=stream.poisson(20, 24))
        for group in ("treated", "comparison")
        for number in range(4)
    )
    method = {"id": "difference_in_differences", "data": "d"}
    units, persons = (
        told(project(source(), method={**method, "options": options}), d=Series(rows))
        for options in ({}, {"cluster": "period"})
    )
    assert units["smallest.clusters"].value == 8
    assert "smallest.clusters" not in persons
    assert units["smallest"].value / persons["smallest"].value > 1.05


def test_a_time_series_is_simulated_and_says_how_exact_that_is() -> None:
    data = Series(monthly(1.0, 40.0))
    method = {"id": "projection", "data": "d", "options": {"season": "none"}}
    found = told(project(source(), method=method, target=None), d=data)
    assert 0 < found["smallest.error"].value < found["smallest"].value < 1


def test_a_method_that_would_refuse_says_so_and_when_it_would_not() -> None:
    data = Series(monthly(1.0, 40.0))
    method = {"id": "interrupted_time_series", "data": "d", "options": {"season": "none", "impact": "level"}}
    found = told(project(source(), method=method, target={"value": 0.3, "date": date(2025, 4, 30)}), d=data)
    assert found["smallest"].reason == "method_refuses"
    assert found["needed.months"].value in {12, 18, 24}


def test_a_survey_rests_on_the_answers_before() -> None:
    """Scores 2, 3, 3, 4 by turns among twenty: sd sqrt(10 / 19); as many again, others than before."""
    scores = [2, 3, 3, 4] * 5
    frame = pd.DataFrame(
        {"respondent": [f"r{n}" for n in range(20)], "group": "all", "item": "x", "score": scores}
    ).assign(wave=pd.Timestamp("2024-10-01"))
    points = {**BENEFIT["indicator"], "unit": "points", "per": "none", "direction": "higher_is_better"}
    before = {"state": "measured", "value": 3.0, "source": "S"}
    plan = project(
        source(shape="responses"),
        indicator=points,
        baseline=before,
        method={"id": "survey", "data": "d"},
        target={"value": 3.2, "date": date(2025, 12, 31)},
    )
    found = told(plan, d=Responses(frame))
    assert found["smallest.sd"].value == pytest.approx((10 / 19) ** 0.5)
    assert found["smallest"].value == pytest.approx(smallest_mean_difference(sd=(10 / 19) ** 0.5, n_after=20))
    assert found["needed.patients"].value > 20
    assert "smallest.months" not in found
    later = frame.assign(wave=pd.Timestamp("2025-03-01"), score=[one + 0.5 * (n % 3) for n, one in enumerate(scores)])
    paired = told(plan, d=Responses(pd.concat([frame, later])))
    assert 0 < paired["smallest.correlation"].value < 1
    assert paired["smallest"].value < found["smallest"].value


def test_a_stated_interval_tells_how_much_a_mean_varies() -> None:
    """3.0 (2.6 to 3.4) among sixteen: half is 0.4 = 2.1314 sd / 4, so sd is 0.7507."""
    points = {**BENEFIT["indicator"], "unit": "points", "per": "none", "direction": "higher_is_better"}
    before = {"state": "measured", "value": 3.0, "low": 2.6, "high": 3.4, "n": 16, "source": "S"}
    found = told(project(indicator=points, baseline=before, method={"id": "survey"}, target=None))
    assert found["smallest.sd"].value == pytest.approx(0.7507, abs=1e-4)
    few = {**before, "n": 4}
    assert told(project(indicator=points, baseline=few, method={"id": "survey"})) == {}


def test_a_chart_has_points_in_a_row_and_no_smallest_change() -> None:
    assert {id: one.value for id, one in told(project(method={"id": "control_chart"})).items()} == {"signal.points": 7}
    western = {"id": "control_chart", "options": {"rules": "western_electric"}}
    assert told(project(method=western))["signal.points"].value == 8
    assert told(project(method={"id": "control_chart", "options": {"rules": "anhoej"}})) == {}


def test_nothing_is_told_before_a_start_is_known() -> None:
    assert told(project().model_copy(update={"go_live": None})) == {}
