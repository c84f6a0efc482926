"""A peak before the start in hours or minutes, which are not counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benefits.measurement.checks.amount_peak import amount_peak_before_start

START = date(2025, 1, 1)


def frame(hours, *, exposure: float = 10.0) -> pd.DataFrame:
    months = pd.date_range(end="2024-12-01", periods=len(hours), freq="MS")
    return pd.DataFrame({"period": months, "count": hours, "exposure": exposure})


def test_a_peak_in_the_last_year_is_found_and_is_the_library_s_one_sided_test() -> None:
    earlier, last = np.array([20.5, 22.0] * 6), np.array([24.5, 27.0] * 6)
    found = amount_peak_before_start(frame([*earlier, *last]), START)
    assert found.passed is False
    wanted = stats.ttest_ind(last, earlier, equal_var=False, alternative="greater").pvalue
    assert found.parameters["p"] == pytest.approx(wanted)
    assert (found.parameters["rate_last"], found.parameters["rate_earlier"]) == pytest.approx((2.575, 2.125))


def test_a_fall_in_the_last_year_is_no_peak() -> None:
    assert amount_peak_before_start(frame([24.5, 27.0] * 6 + [20.5, 22.0] * 6), START).passed is True


def test_the_unit_does_not_matter() -> None:
    """A test made for counts would find a peak in minutes that is not there in hours."""
    hours = np.array([20.5, 27.0, 22.0, 24.5] * 3 + [21.5, 28.0, 22.5, 24.5] * 3)
    one, other = amount_peak_before_start(frame(hours), START), amount_peak_before_start(frame(hours * 60), START)
    assert one.parameters["p"] == pytest.approx(other.parameters["p"])
    assert one.passed is True


@pytest.mark.parametrize("hours", [[20.5] * 12, [20.5] * 24, [20.5] + [21.0, 22.0] * 6])
def test_too_little_before_or_no_spread_cannot_tell(hours) -> None:
    assert amount_peak_before_start(frame(hours), START).passed is None


def test_months_are_counted_back_from_each_person_s_own_start() -> None:
    """One begins a year before the other; both have 5 a month in their own last year, 2 before."""
    parts = []
    for begun in ("2024-01-01", "2025-01-01"):
        months = pd.date_range(end=pd.Timestamp(begun) - pd.DateOffset(months=1), periods=24, freq="MS")
        hours = [2.0, 2.5] * 6 + [5.0, 5.5] * 6
        parts.append(pd.DataFrame({"period": months, "count": hours, "exposure": 1.0, "start": pd.Timestamp(begun)}))
    found = amount_peak_before_start(pd.concat(parts), START)
    assert found.passed is False
    assert (found.parameters["rate_last"], found.parameters["rate_earlier"]) == pytest.approx((5.25, 2.25))


def test_a_dip_is_looked_for_before_what_rose() -> None:
    dip = frame([24.5, 27.0] * 6 + [20.5, 22.0] * 6)
    found = amount_peak_before_start(dip, START, rose=True)
    wanted = stats.ttest_ind([20.5, 22.0] * 6, [24.5, 27.0] * 6, equal_var=False, alternative="less").pvalue
    assert (found.code, found.passed) == ("dip_before_start", False)
    assert found.parameters["p"] == pytest.approx(wanted)
    assert amount_peak_before_start(dip, START).passed is True
