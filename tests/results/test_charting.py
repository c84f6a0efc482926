"""Control charts in the results: of what is published, with limits from before the start and kept after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from benefits.activity import Panel
from benefits.results import PublishedChart, Results, assess
from benefits.results.charting import chart as draw
from benefits.results.model import Point, PublishedSeries
from benefits.results.values import Values

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
Plan = dict[str, Any]
PREFIX = "series.tall.all.chart"


def assessed(plan: Plan, written: Write, counts: list[int], *, go_live: date, first_year: int = 2023) -> Results:
    """Monthly counts in twenty person-years each: 240 persons, so that no cell is too small."""
    months = [f"{first_year + at // 12}-{at % 12 + 1:02d}" for at in range(len(counts))]
    lines = ["periode;antall;aar", *(f"{month};{count};20" for month, count in zip(months, counts, strict=True))]
    plan["go_live"] = go_live
    plan["data"][0] |= {"per": "person_year", "delimiter": ";"}
    files: Mapping[str, str] = {"tall.csv": "\n".join(lines) + "\n"}
    return assess(written(plan, files), draws=200)


def only(results: Results) -> PublishedChart:
    (chart,) = results.charts
    return chart


def test_the_limits_come_from_before_the_start(plan: Plan, written: Write) -> None:
    """Before: 80 and 120 events by turns, 4 and 6 a person-year, mean 5, moving ranges 2: limits 5 +- 5.319."""
    results = assessed(plan, written, [80, 120] * 6 + [20] * 12, go_live=date(2024, 1, 1))
    chart = only(results)
    low, centre, high = (results.values[id] for id in chart.limits)
    assert (centre.value, centre.unit, centre.per) == (5.0, "admissions", "person_year")
    assert high.value == pytest.approx(10.319, abs=1e-3)
    assert low.value == pytest.approx(-0.319, abs=1e-3)
    assert results.values[chart.baseline].value == 12
    assert chart.stable


def test_a_lasting_fall_signals_from_its_first_month(plan: Plan, written: Write) -> None:
    chart = only(assessed(plan, written, [80, 120] * 6 + [60] * 12, go_live=date(2024, 1, 1)))
    assert [(one.rule, one.above, one.periods[0]) for one in chart.signals] == [("one_side", False, date(2024, 1, 1))]
    assert len(chart.signals[0].periods) == 12


def test_points_outside_are_counted_by_side(plan: Plan, written: Write) -> None:
    after = [100, 300, 100, 300, 100, 100]
    results = assessed(plan, written, [80, 120] * 6 + after, go_live=date(2024, 1, 1))
    assert results.values[f"{PREFIX}.outside.above"].value == 2
    assert results.values[f"{PREFIX}.outside.below"].value == 0


def test_eleven_months_before_are_too_few_for_limits(plan: Plan, written: Write) -> None:
    results = assessed(plan, written, [80, 120] * 5 + [80] + [20] * 13, go_live=date(2023, 12, 1))
    chart = only(results)
    assert (chart.limits, chart.signals) == ((), ())
    assert results.values[chart.baseline].value == 11
    assert results.values["chart.fewest"].value == 12


def test_a_month_that_holds_the_start_is_on_neither_side(plan: Plan, written: Write) -> None:
    chart = only(assessed(plan, written, [80, 120] * 6 + [100] * 12, go_live=date(2024, 1, 15)))
    assert [point.period for point in chart.points[11:13]] == [date(2023, 12, 1), date(2024, 2, 1)]


def test_without_months_after_the_start_there_is_no_chart(plan: Plan, written: Write) -> None:
    plan["as_of"] = date(2023, 12, 31)
    assert assessed(plan, written, [80, 120] * 6, go_live=date(2024, 1, 1)).charts == ()


def test_a_first_quarter_the_data_begin_within_is_not_in_the_baseline(plan: Plan, written: Write) -> None:
    """Twenty-four persons, two events a month and so by quarter, from March 2020: twelve whole quarters from April."""
    months = [(2020 + at // 12, at % 12 + 1) for at in range(2, 51)]
    rows = [f"{year}-{month:02d};{5 if (year, month) == (2020, 3) else 2};2" for year, month in months]
    plan["data"][0] |= {"per": "person_year", "delimiter": ";"}
    plan["go_live"] = date(2023, 4, 1)
    results = assess(written(plan, {"tall.csv": "\n".join(["periode;antall;aar", *rows]) + "\n"}), draws=200)
    (chart,) = results.charts
    assert chart.step == "quarter"
    assert results.series[0].points[0].period == date(2020, 1, 1)
    assert chart.points[0].period == date(2020, 4, 1)
    assert results.values[chart.baseline].value == 12


def test_areas_are_not_charted(spread: Results) -> None:
    assert any(one.areas for one in spread.series)
    assert [
        chart for chart in spread.charts if any(one.areas and one.data == chart.data for one in spread.series)
    ] == []


def test_a_year_the_patients_were_chosen_in_makes_the_baseline_unstable(kommune: Results) -> None:
    treated = next(chart for chart in kommune.charts if chart.group == "treated")
    assert not treated.stable


def charted(plan: Plan, **options: Any) -> Plan:
    """The same plan with a control chart as its method."""
    plan["benefits"][0]["method"] = {"id": "control_chart", "data": "tall", "options": options}
    return plan


def test_the_type_of_chart_and_its_rules_are_those_of_the_plan(plan: Plan, written: Write) -> None:
    """u: centre 100 / 20 = 5, sigma sqrt(5 / 20) = 0.5; the same for all, so one pair of limits."""
    made = charted(plan, kind="u", rules="western_electric")
    results = assessed(made, written, [80, 120] * 6 + [60] * 12, go_live=date(2024, 1, 1))
    chart = only(results)
    low, centre, high = (results.values[id].value for id in chart.limits)
    assert (low, centre, high) == (pytest.approx(3.5), pytest.approx(5.0), pytest.approx(6.5))
    assert (chart.kind, chart.rules, chart.stepped) == ("u", "western_electric", ())
    assert {one.rule for one in chart.signals} >= {"four_of_five", "one_side"}
    assert results.estimates[0].method == "control_chart"


def test_limits_that_follow_the_denominator_are_values_at_each_point(plan: Plan, written: Write) -> None:
    """Thirty and seventy of a hundred by turns, then of four hundred: sigma 0.05 and 0.025 around a half."""
    lines = [f"{2023 + at // 12}-{at % 12 + 1:02d};{(30, 70)[at % 2]};100" for at in range(12)]
    lines += [f"2024-{at + 1:02d};{(180, 220)[at % 2]};400" for at in range(6)]
    plan["data"][0] |= {"per": "none", "unit": "share", "delimiter": ";"}
    plan["benefits"][0]["indicator"] |= {"unit": "share", "per": "none", "numerator": "ja", "denominator": "alle"}
    files: Mapping[str, str] = {"tall.csv": "\n".join(["periode;antall;aar", *lines]) + "\n"}
    results = assess(written(charted(plan, kind="p"), files), draws=200)
    chart = only(results)
    highs = [results.values[ids[2]].value for ids in chart.stepped]
    assert highs == [pytest.approx(0.65)] * 12 + [pytest.approx(0.575)] * 6
    assert results.values[chart.limits[2]].value == pytest.approx(0.575)


def test_a_chart_of_counts_shows_counts_and_not_rates(plan: Plan, written: Write) -> None:
    results = assessed(charted(plan, kind="c"), written, [80, 120] * 6 + [90] * 6, go_live=date(2024, 1, 1))
    chart = only(results)
    centre = results.values[chart.limits[1]]
    assert (centre.value, centre.per) == (100.0, "none")
    assert [results.values[point.id].value for point in chart.points[-2:]] == [90.0, 90.0]
    assert results.estimates[0].effect == pytest.approx(-0.5)


def test_new_limits_keep_their_cause_and_the_screening_its_number(plan: Plan, written: Write) -> None:
    counts = [*[200, 240] * 6, *[80, 120] * 5, 80, 300, *[80, 120] * 6]
    made = charted(plan, rebase="2024-01-01 Ny koding", screen=True)
    results = assessed(made, written, counts, go_live=date(2025, 1, 1))
    chart = only(results)
    assert chart.rebased == ((date(2024, 1, 1), "Ny koding"),)
    assert chart.screened
    assert results.values[f"{PREFIX}.screened"].value == 1
    assert len({results.values[ids[1]].value for ids in chart.stepped}) == 2


def test_a_chart_says_which_way_it_went_and_whether_the_target_is_within_reach(plan: Plan, written: Write) -> None:
    """Limits 5 +- 5.319; a target of 4 lies within them."""
    plan["benefits"][0]["target"] = {"value": 4, "date": date(2024, 12, 31)}
    results = assessed(plan, written, [80, 120] * 6 + [60] * 12, go_live=date(2024, 1, 1))
    chart = only(results)
    assert (chart.variation, chart.assurance) == ("improvement", "hit_or_miss")
    assert results.values[chart.target].value == 4


def test_data_unfit_for_the_type_of_chart_are_refused_with_the_reason(plan: Plan, written: Write) -> None:
    results = assessed(charted(plan, kind="p"), written, [80, 120] * 6 + [60] * 12, go_live=date(2024, 1, 1))
    assert (only(results).limits, only(results).refusal) == ((), "count_above_whole")
    assert [refusal.code for _, refusal in results.refusals] == ["count_above_whole"]


def test_a_chart_looks_no_further_back_than_its_method_does(plan: Plan, written: Write) -> None:
    """Before: two years of 300, then 80 and 120 by turns. With twelve months before, the centre is 5 and not 11.67."""
    plan["benefits"][0]["method"] = {"id": "control_chart", "data": "tall", "options": {"months_before": 12}}
    results = assessed(plan, written, [300] * 24 + [80, 120] * 6 + [20] * 12, go_live=date(2026, 1, 1))
    chart = only(results)
    assert results.values[chart.limits[1]].value == 5.0
    assert results.values[chart.baseline].value == 12
    assert chart.points[0].period == date(2025, 1, 1)


def test_persons_with_starts_of_their_own_have_no_common_month_to_draw_limits_up_to() -> None:
    """Limits frozen at the service's own first day would be made of months after many persons' starts."""
    rows = [
        {"person": person, "unit": "", "group": "treated", "period": month, "count": 1 + person % 2, "exposure": 1 / 12}
        for person in range(8)
        for month in pd.date_range("2022-01-01", periods=36, freq="MS")
    ]
    frame = pd.DataFrame(rows)
    own = frame.assign(start=pd.Timestamp("2023-01-01") + pd.to_timedelta(31 * frame["person"], "D"))
    for shape, refusal in ((Panel(own), "starts_of_their_own"), (Panel(frame), "no_spread")):
        values = Values()
        points = []
        for month in pd.date_range("2022-01-01", periods=36, freq="MS"):
            id = f"series.tall.treated.{month:%Y-%m}"
            values.add(id, 1.5, unit="admissions", per="person_year", basis="measured")
            points.append(Point(group="treated", period=month.date(), id=id))
        series = PublishedSeries(data="tall", step="month", points=tuple(points))
        project = SimpleNamespace(go_live=date(2024, 1, 1), benefits=())
        (found,) = draw(project, [series], values, shapes={"tall": shape})
        assert (found.refusal, found.limits, len(found.points)) == (refusal, (), 36)
