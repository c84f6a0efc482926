from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from benefits.activity.quality import (
    Finding,
    drawn_too_soon,
    findings_of,
    last_period_early,
    last_period_low,
    missing_periods,
)


def rows(*said: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(said, columns=["period", "unit", "count"])
    return frame.assign(period=pd.to_datetime(frame["period"]), group="all")


def months(counts: list[int], first: str = "2024-01-01") -> pd.DataFrame:
    return pd.DataFrame({"period": pd.date_range(first, periods=len(counts), freq="MS"), "count": counts})


def told(found: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(one.code, dict(one.parameters)) for one in found]


def test_data_without_anything_wrong_give_no_finding():
    assert findings_of(rows(("2024-01-01", "Vik", 3), ("2024-02-01", "Vik", 4))) == ()


def test_a_hole_is_named_with_its_unit_and_ends():
    """Vik lacks February to April of January to May; of 5 + 5 periods 3 are missing."""
    vik = [("2024-01-01", "Vik", 1), ("2024-05-01", "Vik", 1)]
    eid = [(f"2024-0{month}-01", "Eid", 1) for month in range(1, 6)]
    assert told(missing_periods(rows(*vik, *eid))) == [
        (
            "missing_periods",
            {"count": 3, "unit": "Vik", "group": "all", "first": "2024-02", "last": "2024-04"},
        ),
        ("missing_share", {"count": 3, "of": 10, "share": 0.3}),
    ]


def test_years_have_no_holes_between_them():
    assert told(missing_periods(rows(("2022-01-01", "Vik", 1), ("2023-01-01", "Vik", 1)))) == []


def test_of_many_units_with_holes_five_are_named():
    said = [(f"2024-0{month}-01", f"Sted {unit}", 1) for unit in range(8) for month in (1, 3)]
    said.append(("2024-02-01", "Hel", 1))
    found = told(missing_periods(rows(*said)))
    assert [code for code, _ in found] == ["missing_periods"] * 5 + ["missing_periods_more", "missing_share"]
    assert found[5][1] == {"count": 3}


def test_in_a_panel_the_share_missing_is_of_the_persons_own_months():
    """One has 2 of 3 months, the other 3 of 3: one of six is missing, and no unit is blamed."""
    frame = rows(*[(f"2024-0{month}-01", "Vik", 1) for month in (1, 3, 1, 2, 3)])
    assert told(missing_periods(frame.assign(person=[0, 0, 1, 1, 1]))) == [
        ("missing_share", {"count": 1, "of": 6, "share": 1 / 6})
    ]


@pytest.mark.parametrize(("last", "said"), [(4, True), (5, False), (6, False)])
def test_a_last_month_under_half_of_the_usual_is_named(last, said):
    assert bool(told(last_period_low(months([10] * 8 + [last])))) == said


def test_with_few_months_nothing_is_usual():
    assert told(last_period_low(months([10] * 5 + [0]))) == []


def test_the_usual_is_that_of_the_last_year():
    """A service that shrank long ago is not told of each month."""
    assert told(last_period_low(months([100] * 12 + [10] * 12 + [9]))) == []


def test_daily_events_that_stop_before_the_month_ends_are_named():
    days = pd.Series(pd.date_range("2024-01-01", "2024-03-20", freq="D"))
    assert told(last_period_early(days)) == [("last_period_early", {"period": "2024-03", "last_day": "2024-03-20"})]


@pytest.mark.parametrize(
    "days",
    [
        pd.date_range("2024-01-01", "2024-03-28", freq="D"),
        pd.to_datetime(["2024-01-05", "2024-02-10", "2024-03-11"]),
        pd.to_datetime(["2024-03-11"]),
    ],
    ids=["to the end", "few and far between", "one"],
)
def test_events_that_end_as_they_come_are_not(days):
    assert told(last_period_early(pd.Series(days))) == []


def test_breaks_and_other_events_within_the_data_are_named_by_their_number():
    frame = rows(("2024-01-01", "Vik", 3), ("2024-02-01", "Vik", 4))
    dates = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1)]
    assert told(findings_of(frame, breaks=dates, events=dates[3:])) == [
        ("coding_break", {"index": 1, "date": "2024-01-01"}),
        ("coding_break", {"index": 2, "date": "2024-02-29"}),
    ]


def test_one_period_is_said_to_be_one():
    assert told(findings_of(rows(("2024-01-01", "Vik", 3)))) == [("one_period", {"period": "2024-01"})]


def test_a_finding_cannot_be_changed_from_outside():
    given = {"count": 1}
    finding = Finding(code="zero_exposure", parameters=given)
    given["count"] = 2
    assert finding.parameters == {"count": 1}


@pytest.mark.parametrize(
    ("extracted", "told"),
    [(None, []), (date(2024, 3, 31), []), (date(2024, 5, 2), []), (date(2024, 3, 30), ["drawn_too_soon"]),
     (date(2023, 12, 1), ["drawn_too_soon"])],
)  # fmt: skip
def test_data_drawn_before_their_last_month_was_over_are_told_of(extracted: date | None, told: list[str]) -> None:
    rows = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=3, freq="MS")})
    assert [one.code for one in drawn_too_soon(rows, extracted=extracted)] == told
