"""Control charts in the results: of what is published, with limits from before the start and kept after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import PublishedChart, Results, assess

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
