"""What a follow-up adds: the period, uptake, the gap of a plan never frozen, and freezing from a project file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput
from benefits.measurement import poisson_interval, proportion_interval
from benefits.results import Period, Results, assess, check, freeze, lacks, to_json

pytestmark = pytest.mark.slow

Plan = dict[str, Any]
Written = Callable[..., Path]


def in_period(file: Path, written: str, **more: Any) -> Results:
    return assess(file, period=Period.parse(written), draws=100, **more)


@pytest.fixture
def table() -> str:
    """Twenty-four months of 120 persons, so many that nothing is hidden: two events a month in 2023, one in 2024."""
    months = [(year, month) for year in (2023, 2024) for month in range(1, 13)]
    rows = [f"{year}-{month:02d};{2 if year == 2023 else 1};10,0" for year, month in months]
    return "\n".join(["periode;antall;aar", *rows]) + "\n"


# The period -----------------------------------------------------------------------------------------------------------


def test_a_tertial_is_the_sum_of_its_months_beside_the_year_before(written: Written, plan: Plan, table: str) -> None:
    results = in_period(written(plan, {"tall.csv": table}), "2024T2")
    # One event in ten person-years in each of four months; two events a month the year before.
    low, high = poisson_interval(4)
    now = results.values["period.tall.all.rate"]
    assert (results.values["period.tall.all.count"].value, results.values["period.tall.all.exposure"].value) == (4, 40)
    assert (now.value, now.low, now.high) == pytest.approx((0.1, low / 40, high / 40))
    assert results.values["period.tall.all.before.rate"].value == 0.2
    seen = results.follow_up.period
    assert seen is not None
    (one,) = seen.observed
    assert (one.first, one.last, one.before) == (date(2024, 5, 1), date(2024, 8, 31), True)


def test_the_date_of_the_report_is_the_end_of_the_period_unless_another_is_given(
    written: Written, plan: Plan, table: str
) -> None:
    plan["as_of"] = date(2024, 12, 31)
    file = written(plan, {"tall.csv": table})
    assert in_period(file, "2024-03").as_of == date(2024, 3, 31)
    assert in_period(file, "2024-03", as_of=date(2024, 6, 30)).as_of == date(2024, 6, 30)


def test_data_that_end_within_the_period_say_how_far_they_reach(written: Written, plan: Plan, table: str) -> None:
    results = in_period(written(plan, {"tall.csv": table}), "2024", as_of=date(2024, 9, 15))
    seen = results.follow_up.period
    assert seen is not None
    (one,) = seen.observed
    assert (one.first, one.last) == (date(2024, 1, 1), date(2024, 8, 31))
    # Beside the same eight months of the year before, not the whole of it.
    assert one.before
    assert results.values["period.tall.all.count"].value == 8
    assert results.values["period.tall.all.before.count"].value == 16


def test_a_cell_that_is_not_over_is_not_shown(written: Written, plan: Plan) -> None:
    # Twenty-four persons: one event a month is too few to show by month or quarter.
    rows = [f"{year}-{month:02d};1;2,0" for year in (2023, 2024) for month in range(1, 13)]
    file = written(plan, {"tall.csv": "\n".join(["periode;antall;aar", *rows]) + "\n"})
    results = in_period(file, "2024", as_of=date(2024, 11, 30))
    assert results.series[0].step == "half_year"
    seen = results.follow_up.period
    assert seen is not None
    assert [(one.first, one.last, one.before) for one in seen.observed] == [(date(2024, 1, 1), date(2024, 6, 30), True)]
    assert results.values["period.tall.all.count"].value == 6


def test_a_year_before_that_the_data_begin_within_is_not_compared_with(written: Written, plan: Plan) -> None:
    # Twenty-four persons with two events a month, by quarter; the data begin in March 2023.
    rows = [f"{year}-{month:02d};2;2,0" for year in (2023, 2024, 2025) for month in range(1, 13)][2:]
    lines = ["periode;antall;aar", *rows]
    lines[1] = "2023-03;5;2,0"
    file = written(plan, {"tall.csv": "\n".join(lines) + "\n"})
    for year, first, before in ((2023, date(2023, 3, 1), False), (2024, date(2024, 1, 1), False), (2025, None, True)):
        results = in_period(file, str(year))
        assert results.series[0].step == "quarter"
        assert results.follow_up.period is not None
        (one,) = results.follow_up.period.observed
        assert (one.first, one.before) == (first or date(2025, 1, 1), before)
        assert ("period.tall.all.before.count" in results.values) is before


def test_two_reports_to_two_dates_do_not_tell_of_a_month_that_neither_shows(written: Written, plan: Plan) -> None:
    # 6 and 6, then one in March: January and February by month, and the quarter of 13, would tell of it.
    rows = [f"2024-{month:02d};{1 if month == 3 else 6};2,0" for month in range(1, 13)]
    file = written(plan, {"tall.csv": "\n".join(["periode;antall;aar", *rows]) + "\n"})
    for written_as in ("2024-01", "2024-02", "2024-03", "2024"):
        results = in_period(file, written_as, as_of=None if written_as != "2024" else date(2024, 5, 31))
        assert [point.period for point in results.series[0].points] == (
            [] if written_as in ("2024-01", "2024-02") else [date(2024, 1, 1)]
        )
        shown = {id: value.value for id, value in results.values.items() if id.startswith("period.")}
        assert shown.get("period.tall.all.count") == (13 if written_as == "2024" else None)
        assert results.follow_up.period is not None
        assert results.follow_up.period.coarse == (() if written_as == "2024" else ("tall",))


def test_yearly_figures_are_too_coarse_for_a_part_of_a_year(written: Written, plan: Plan) -> None:
    rows = [f"{year}-01;20;100,0" for year in (2022, 2023, 2024)]
    file = written(plan, {"tall.csv": "\n".join(["periode;antall;aar", *rows]) + "\n"})
    seen = in_period(file, "2024T2", as_of=date(2024, 12, 31)).follow_up.period
    assert seen is not None
    assert (seen.without, seen.coarse) == ((), ("tall",))
    assert in_period(file, "2024").values["period.tall.all.count"].value == 20


@pytest.mark.parametrize("period", ["2019", "2030T1"])
def test_a_period_without_data_is_told(period: str, written: Written, plan: Plan, table: str) -> None:
    seen = in_period(written(plan, {"tall.csv": table}), period).follow_up.period
    assert seen is not None
    assert (seen.observed, seen.without, seen.coarse) == ((), ("tall",), ())


def test_numbers_shown_by_longer_steps_are_not_shown_for_a_shorter_period(written: Written, plan: Plan) -> None:
    # Forty persons (exposure 40/12 a month), two events a month: by month too few, by quarter six.
    rows = [f"{year}-{month:02d};2;3,34" for year in (2023, 2024) for month in range(1, 13)]
    file = written(plan, {"tall.csv": "\n".join(["periode;antall;aar", *rows]) + "\n"})
    for period in ("2024T1", "2024-02"):
        results = in_period(file, period, as_of=date(2024, 12, 31))
        assert results.series[0].step == "quarter"
        assert results.follow_up.period is not None
        assert results.follow_up.period.coarse == ("tall",)
        assert not [id for id in results.values if id.startswith("period.")]
    assert in_period(file, "2024").values["period.tall.all.count"].value == 24


def test_the_last_row_of_the_ledger_within_the_period_is_its_end(written: Written, plan: Plan, table: str) -> None:
    plan["ledger"] = [{"date": date(2024, month, 28), "started": 50} for month in (1, 3, 7)]
    file = written(plan, {"tall.csv": table})
    for period, found in (("2024T1", date(2024, 3, 28)), ("2024T3", None)):
        seen = in_period(file, period).follow_up.period
        assert seen is not None
        assert seen.ledger == found
    early = in_period(file, "2024", as_of=date(2024, 6, 30)).follow_up.period
    assert early is not None
    assert early.ledger == date(2024, 3, 28)


# Uptake ---------------------------------------------------------------------------------------------------------------


def test_shares_of_the_ledger_have_wilson_intervals(written: Written, plan: Plan, table: str) -> None:
    plan["ledger"] = [{"date": date(2024, 6, 30), "invited": 100, "accepted": 80, "started": 75, "ended": 15}]
    values = assess(written(plan, {"tall.csv": table}), draws=100).values
    for name, part, whole in (("accepted", 80, 100), ("ended", 15, 75)):
        share = values[f"ledger.2024-06-30.{name}.share"]
        assert share.value == part / whole
        assert (share.low, share.high) == pytest.approx(proportion_interval(part, whole))


def test_a_share_is_hidden_where_its_count_is(written: Written, plan: Plan, table: str) -> None:
    plan["ledger"] = [{"date": date(2024, 6, 30), "started": 75, "active": 72, "ended": 3}]
    share = assess(written(plan, {"tall.csv": table}), draws=100).values["ledger.2024-06-30.ended.share"]
    assert (share.value, share.low, share.high, share.suppressed) == (None, None, None, True)


@pytest.mark.parametrize("row", [{"started": 0, "ended": 0}, {"started": 10, "ended": 20}, {"ended": 20}])
def test_no_share_is_made_of_numbers_that_give_none(row: Plan, written: Written, plan: Plan, table: str) -> None:
    plan["ledger"] = [{"date": date(2024, 6, 30), **row}]
    values = assess(written(plan, {"tall.csv": table}), draws=100).values
    assert "ledger.2024-06-30.ended.share" not in values


# Freezing -------------------------------------------------------------------------------------------------------------


def test_a_plan_never_frozen_lacks_it_once_the_service_has_started(written: Written, plan: Plan, table: str) -> None:
    file = written(plan, {"tall.csv": table})
    assert "no_freeze" in {gap.code for gap in assess(file, draws=100).gaps}
    assert "no_freeze" in {gap.code for gap in lacks(file)[1]}
    assert "no_freeze" not in {gap.code for gap in assess(file, as_of=date(2023, 12, 31), draws=100).gaps}
    freeze(file, as_of=date(2023, 12, 31))
    assert "no_freeze" not in {gap.code for gap in assess(file, draws=100).gaps}


def test_the_freeze_is_among_the_files_a_report_rests_on(written: Written, plan: Plan, table: str) -> None:
    file = written(plan, {"tall.csv": table})
    name = freeze(file, as_of=date(2023, 12, 31))
    data = to_json(assess(file, draws=100), kind="follow-up")
    assert set(data["inputs"]) == {"project.yaml", "tall.csv", name}
    assert data["follow_up"]["freeze"] == {"as_of": "2023-12-31", "file": name}
    assert json.loads(json.dumps(data["follow_up"])) == data["follow_up"]


def test_a_plan_is_frozen_for_the_date_given_else_that_of_the_file_and_for_no_other(
    written: Written, plan: Plan, table: str
) -> None:
    file = written(plan, {"tall.csv": table})
    with pytest.raises(InvalidInput) as caught:
        freeze(file)
    assert [one.code for one in caught.value.problems] == ["no_as_of"]
    plan["as_of"] = date(2023, 6, 30)
    file = written(plan)
    assert freeze(file) == "frozen/2023-06-30.json"
    assert freeze(file, as_of=date(2023, 7, 1)) == "frozen/2023-07-01.json"


def test_a_damaged_freeze_is_told_with_every_other_problem(written: Written, plan: Plan, table: str) -> None:
    file = written(plan, {"tall.csv": table})
    frozen = file.parent / freeze(file, as_of=date(2023, 12, 31))
    frozen.write_bytes(frozen.read_bytes().replace(b"admissions", b"visits"))
    plan["benefits"][0]["method"]["id"] = "before_afte"
    plan["phase"] = "someday"
    with pytest.raises(InvalidInput) as caught:
        check(written(plan))
    assert {"freeze_changed", "unknown_method", "not_one_of"} <= {one.code for one in caught.value.problems}
