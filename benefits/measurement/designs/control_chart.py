"""Control chart as a method: how far the points after the start lie from the centre before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from benefits.activity import Data, Panel, Responses, Series
from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.answer import estimated
from benefits.measurement.baselines import regression_to_the_mean
from benefits.measurement.charts import ControlChart, chart
from benefits.measurement.charts.drawing import EQUAL, METHOD
from benefits.measurement.charts.options import ChartOptions
from benefits.measurement.checks.amount_peak import peak_of
from benefits.measurement.checks.influence import influence
from benefits.measurement.checks.missing import missing_data
from benefits.measurement.checks.placebo import placebo_in_time
from benefits.measurement.contract import Check, Estimate, Refusal, graded, wrong_shape
from benefits.measurement.options import read_options
from benefits.measurement.preparation import SIDES, treated_group
from benefits.measurement.windows import Windows, calendar_checks, divide, season_balanced
from benefits.vocabulary import Grade

MANY = 20
"""Points that make more than provisional limits (Montgomery: 20 to 25)."""
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChartMethod:
    """Mean of the points after the start minus the centre before it, which is kept as it was.

    The counterfactual is that the process had gone on as in the baseline. The standard error comes from how the points
    vary from one to the next (xmr, p', u') or from what the type of chart says of them (p, u, c, g).

    References
    ----------
    Wheeler (2000), Understanding Variation, 2nd ed. Montgomery (2009), Introduction to Statistical Quality Control,
    6th ed.
    """

    id: str = METHOD
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Wheeler DJ. Understanding Variation. 2nd ed. SPC Press 2000.",
        "Montgomery DC. Introduction to Statistical Quality Control. 6th ed. Wiley 2009.",
        "NHS England. Making Data Count.",
        "Western Electric Company. Statistical Quality Control Handbook. 1956.",
        "Anhøj J, Olesen AV. Run charts revisited. PLoS ONE 2014;9:e113825.",
        "Nelson LS. Control charts for individual measurements. J Qual Technol 1982;14:172-173.",
        "Laney DB. Improved control charts for attributes. Qual Eng 2002;14:531-537.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
        "process_would_have_gone_on",
        "periods_independent",
    )
    options: type[ChartOptions] = ChartOptions

    def estimate(
        self, data: Data, *, benefit: str, indicator: str, go_live: date, options: Mapping[str, Any]
    ) -> Estimate | Refusal:
        """Answer from the treated (or all), summed over units; a comparison group is looked at in a check only.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: mean 5 before with moving ranges of 2, mean 2 after twelve months later.

        >>> import pandas as pd
        >>> from benefits.activity import Series
        >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "unit": "Vik",
        ...                       "group": "all", "count": [4, 6] * 6 + [1, 3] * 6, "exposure": 1.0})
        >>> answer = ControlChartMethod().estimate(Series(frame), benefit="g1", indicator="admissions",
        ...                                        go_live=date(2024, 1, 1), options={})
        >>> round(answer.effect, 6), round(answer.se, 4)
        (-3.0, 0.7238)
        """
        chosen = read_options(self.options, options)
        if isinstance(data, Responses):
            return wrong_shape(self.id, wants="series")

        def again(part: Panel | Series, day: date, how: ChartOptions = chosen) -> Estimate | Refusal:
            return self._once(part, benefit=benefit, indicator=indicator, go_live=day, options=how)

        def without_lag(part: Panel | Series, day: date) -> Estimate | Refusal:
            return again(part, day, replace(chosen, lag_months=0))

        found = again(data, go_live)
        if isinstance(found, Refusal):
            return found
        rows = _windows(_of(data, treated_group(data)), go_live=go_live, options=chosen).rows
        checks = (
            *found.checks,
            missing_data(rows),
            placebo_in_time(data, go_live=go_live, again=without_lag, whole_years=True),
            *influence(data, estimate=found, go_live=go_live, again=again, rows=rows),
        )
        return replace(found, checks=checks, grade=graded(self.grade, checks))

    def _once(
        self, data: Panel | Series, *, benefit: str, indicator: str, go_live: date, options: ChartOptions
    ) -> Estimate | Refusal:
        """Answer without looking at the same method on other data."""
        group = treated_group(data)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        if START in data.rows():
            return Refusal(method=self.id, code="starts_of_their_own", what_would_open_it="common_start")
        ours = _of(data, group)
        windows = _windows(ours, go_live=go_live, options=options)
        for post, side in enumerate(SIDES):
            if not windows.periods(post):
                return Refusal(
                    method=self.id,
                    code="nothing_before" if post == 0 else "nothing_after",
                    parameters={"group": group},
                    what_would_open_it=f"longer_{side}",
                )
        drawn = _drawn(windows, options)
        if isinstance(drawn, Refusal):
            return drawn
        other = _windows(_of(data, "comparison"), go_live=go_live, options=options)
        found = _answer(self, drawn, windows, options, benefit=benefit, indicator=indicator)
        earlier = ours[ours["period"] < pd.Timestamp(go_live)]
        peak = peak_of(earlier, go_live, whole=data.whole, rose=found.effect > 0)
        since = windows.rows["period"] >= pd.Timestamp(drawn.periods[drawn.frozen.first])
        used = replace(windows, rows=windows.rows[since])
        checks = (
            regression_to_the_mean.check(options, peak=peak, months_before=used.months(0)),
            peak,
            season_balanced(used),
            *chart_checks(drawn, other=_drawn(other, options) if other.periods(0) and other.periods(1) else None),
            *calendar_checks(windows),
        )
        return replace(found, checks=checks, grade=graded(self.grade, checks))


def chart_checks(drawn: ControlChart, *, other: ControlChart | Refusal | None) -> tuple[Check, ...]:
    """Check what the answer of a chart rests on: its baseline, its signals, and those of a comparison group.

    Parameters
    ----------
    drawn
        The chart of the treated.
    other
        That of the comparison group, if there is one and it can be drawn.
    """
    held = drawn.frozen
    checks = [
        Check(
            code="baseline_points",
            passed=True if held.baseline >= MANY else None,
            parameters={"points": held.baseline, "many": MANY},
        ),
        Check(code="baseline_stable", passed=held.stable),
        Check(code="signal_after_start", passed=True if drawn.signals else None),
        Check(
            code="signal_in_comparison",
            passed=not other.signals if isinstance(other, ControlChart) else None,
        ),
        _independent(drawn),
    ]
    if drawn.screened:
        left_out = {"screened": held.limits.screened}
        checks.append(Check(code="moving_ranges_screened", passed=True, parameters=left_out))
    if held.cause:
        said = {"month": f"{drawn.periods[held.first]:%Y-%m}", "cause": held.cause}
        checks.append(Check(code="rebased", passed=True, parameters=said))
    if drawn.kind in {"p", "u", "c"}:
        checks.append(_dispersion(drawn))
    return tuple(checks)


def _windows(rows: pd.DataFrame, *, go_live: date, options: ChartOptions) -> Windows:
    """Divide at the start; what comes after new limits made later is another process, and is left out."""
    if rows.empty:
        return Windows(rows=rows.assign(post=pd.Series(dtype="int64")), left_out=0)
    later = [day for day in options.rebased if day > go_live]
    if later:
        ends = month_numbers(rows["period"]) + step_in_months(rows["period"])
        rows = rows[ends <= min(later).year * 12 + min(later).month - 1]
    return divide(rows, go_live=go_live, options=options)


def _of(data: Panel | Series, group: str | None) -> pd.DataFrame:
    rows = data.rows()
    return rows[rows["group"] == group]


def _drawn(windows: Windows, options: ChartOptions) -> ControlChart | Refusal:
    """Draw the periods of one group, summed over its persons or units."""
    return chart(
        windows.rows.groupby("period", sort=True, as_index=False)[["count", "exposure"]].sum(),
        kind=options.kind,
        baseline=len(windows.periods(0)),
        rules=options.rules,
        screen=options.screen,
        rebase=options.rebased,
    )


def _answer(
    method: ControlChartMethod,
    drawn: ControlChart,
    windows: Windows,
    options: ChartOptions,
    *,
    benefit: str,
    indicator: str,
) -> Estimate:
    held, limits = drawn.frozen, drawn.frozen.limits
    after = slice(drawn.baseline, None)
    # Points of c and g are counts; the effect is per unit of exposure, which is the same in all of them.
    per = drawn.exposure[0] if drawn.kind in EQUAL else 1.0
    sizes = [np.array(drawn.exposure[held.first : drawn.baseline]), np.array(drawn.exposure[after])]
    weights = [float(one.sum()) if limits.sized else float(len(one)) for one in sizes]
    points = np.array(drawn.points[after])
    observed = float(np.average(points, weights=sizes[1] if limits.sized else None)) / per
    before = limits.mean / per
    se = limits.sigma * sum(1 / weight for weight in weights) ** 0.5 / per
    return estimated(
        method,
        benefit=benefit,
        indicator=indicator,
        options=options,
        scale="difference",
        observed=observed,
        baseline=before,
        counterfactual=before,
        se=se,
        df=ranges_df(limits.ranges),
        n=len(points),
        exposure=float(windows.rows.loc[windows.rows["post"] == 1, "exposure"].sum()),
    )


def ranges_df(ranges: int) -> float:
    """Return the degrees of freedom that a standard deviation from the mean of so many moving ranges is worth.

    The mean of m moving ranges of independent normal values has variance (0.7268 m + 0.3255 (m - 1)) / m^2 and mean
    1.1284, in standard deviations: a range D has E D = 2 / sqrt(pi) and var D = 2 - 4 / pi = 0.7268, and two that
    share a value have covariance (4 / pi)(sqrt(3) / 2 + pi / 12) - 4 / pi = 0.1627. A standard deviation of f degrees
    of freedom has a squared coefficient of variation of about 1 / (2 f).

    Parameters
    ----------
    ranges
        Moving ranges; 0 when the standard deviation follows from the mean, which then counts as known.

    Returns
    -------
    float
        About 0.6 of their number; infinite for none.

    Examples
    --------
    >>> round(ranges_df(11), 2), ranges_df(0)
    (6.85, inf)
    """
    if ranges == 0:
        return float("inf")
    pi = np.pi
    own, shared = 2 - 4 / pi, 4 / pi * (3**0.5 / 2 + pi / 12) - 4 / pi
    spread = (own * ranges + 2 * shared * (ranges - 1)) / ranges**2 / (4 / pi)
    return float(1 / (2 * spread))


def _independent(drawn: ControlChart) -> Check:
    """Check the correlation between neighbouring points of one side: if positive, limits and interval are too tight."""
    points = np.array(drawn.points)
    sides = [points[drawn.frozen.first : drawn.baseline], points[drawn.baseline :]]
    off = [side - side.mean() for side in sides]
    square = sum(float((one**2).sum()) for one in off)
    several = sum(len(one) for one in off)
    if square == 0 or several < MANY:
        return Check(code="independent_periods", passed=None)
    correlation = sum(float((one[1:] * one[:-1]).sum()) for one in off) / square
    limit = 1.96 / several**0.5
    return Check(
        code="independent_periods",
        passed=correlation <= limit,
        parameters={"correlation": correlation, "limit": limit},
    )


def _dispersion(drawn: ControlChart) -> Check:
    """Check whether the baseline varies more than events that come independently would (Pearson's X2)."""
    from scipy import stats

    held = drawn.frozen
    part = slice(held.first, held.first + held.baseline)
    z = [
        (point - held.limits.mean) / held.limits.sigma_of(of)
        for point, of in zip(drawn.points[part], drawn.exposure[part], strict=True)
    ]
    square = sum(one**2 for one in z)
    p = float(stats.chi2.sf(square, len(z) - 1))
    ratio = square / (len(z) - 1)
    return Check(code="chart_dispersion", passed=p >= SIGNIFICANT, parameters={"ratio": ratio, "p": p})
