"""How much more events, or amounts, vary than independent events would: between members, or within each over time."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.shapes import START
from benefits.measurement.options import RateOptions
from benefits.measurement.rates import by_period, collapse, fit_poisson, pearson_residuals, totals
from benefits.measurement.windows import divide, month_numbers

YEAR = 12
QUARTERS = 4
FEWEST = 10
"""Persons or periods a dispersion is worked out from."""
Member = Literal["person", "unit"]


def dispersion(data: Panel | Series, *, go_live: date, selected: bool) -> float | None:
    """Return variance over mean of the counts, around the rate of each group, over the year nearest to the start.

    Pearson's X2 over its degrees of freedom: between persons in a panel, between periods in a series. From the year
    before the start; from the year after it when persons were chosen by their own events, because a rule that takes
    in only persons with many events also makes them more alike.

    Parameters
    ----------
    data
        Activity data.
    go_live
        First day of the service.
    selected
        Whether persons came in because of their own events.

    Returns
    -------
    float or None
        Of events at least one: less spread than independent events have is chance. Of an amount (hours, bed-days) it
        is in the unit of the amount and has no such floor. None when fewer than ten persons or periods, or no event,
        tell of it.

    References
    ----------
    McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989, section 4.5.

    Examples
    --------
    Hand-worked: twelve months of 2 and 6 by turns; mean 4, X2 = 12 x 4 / 4 = 12 with 11 degrees of freedom.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=12, freq="MS"), "unit": "Vik",
    ...                       "group": "all", "count": [2, 6] * 6, "exposure": 1.0})
    >>> round(dispersion(Series(frame), go_live=date(2024, 1, 1), selected=False), 4)
    1.0909
    """
    rows = _year(data, go_live=go_live, selected=selected)
    if rows.empty:
        return None
    cells = collapse(rows) if isinstance(data, Panel) else by_period(rows)
    df = len(cells) - len(totals(cells))
    if df + 1 < FEWEST or cells["count"].sum() == 0:
        return None
    return _floored(float((pearson_residuals(cells) ** 2).sum()) / df, whole=data.whole)


def dispersion_within(data: Panel | Series, *, member: Member, go_live: date, selected: bool) -> float | None:
    """Return the same for a comparison of each person, or unit, with its own past: what varies from time to time.

    That some always have more events than others falls out of such a comparison. The year is cut into quarters; a
    member's events in all are shared out as those of its group are, and the squares of what is left are summed over
    what independent events would leave::

        sum (c - N s)^2 / sum N s (1 - s),     N the member's events, s the quarter's share

    times members over members less groups.

    Parameters
    ----------
    data
        Activity data.
    member
        What is compared with its own past: a person, or a unit.
    go_live, selected
        As for :func:`dispersion`.

    Returns
    -------
    float or None
        As for :func:`dispersion`; None when fewer than ten quarters beyond the first of each member tell of it.

    Examples
    --------
    Hand-worked: ten persons with two events a year, both in the first quarter for five of them and both in the last for
    the others. Shares 1/2, 0, 0, 1/2; each person leaves 1 + 1, over 2 x 1/4 + 2 x 1/4 = 1; times 10 / 9.

    >>> months = pd.date_range("2023-01-01", periods=12, freq="MS")
    >>> frame = pd.concat(pd.DataFrame({"person": f"p{n}", "period": months, "unit": "Vik", "group": "all",
    ...                                 "count": [2 * (n < 5)] + [0] * 10 + [2 * (n >= 5)], "exposure": 1.0})
    ...                   for n in range(10))
    >>> round(dispersion_within(Panel(frame), member="person", go_live=date(2024, 1, 1), selected=False), 4)
    2.2222
    """
    rows = _year(data, go_live=go_live, selected=selected)
    if rows.empty:
        return None
    # Members with starts of their own are cut by how far into their own year they are.
    ranked = rows.groupby([member, "group"])["period"] if START in rows else rows["period"]
    place = ranked.rank(method="dense") - 1
    quarter = (place * QUARTERS // (place.max() + 1)).astype("int64")
    cells = rows.assign(quarter=quarter).groupby(["group", member, "quarter"], as_index=False)[["count", "exposure"]]
    summed = cells.sum()
    of_quarter = summed.groupby(["group", "quarter"])[["count", "exposure"]].transform("sum")
    weight = summed["exposure"] * of_quarter["count"] / of_quarter["exposure"]
    own = [summed["group"], summed[member]]
    in_all, weights = summed["count"].groupby(own).transform("sum"), weight.groupby(own).transform("sum")
    kept = (in_all > 0) & (weights > 0)
    share = weight[kept] / weights[kept]
    left = float(((summed["count"][kept] - in_all[kept] * share) ** 2).sum())
    expected = float((in_all[kept] * share * (1 - share)).sum())
    members = len(summed[kept].drop_duplicates(["group", member]))
    free, groups = int(kept.sum()) - members, summed[kept]["group"].nunique()
    if free < FEWEST or members <= groups or expected <= 0:
        return None
    return _floored(left / expected * members / (members - groups), whole=data.whole)


def dispersion_around_trend(data: Series, *, go_live: date, months: int | None, harmonics: int) -> float | None:
    """Return the same between the periods of a series before the start, around its trend and season.

    Pearson's X2 over its degrees of freedom from a log-linear model with a straight trend and waves of the year.

    Parameters
    ----------
    data
        Of one group; units are summed.
    go_live
        First day of the service.
    months
        Months before it that are used; None for all.
    harmonics
        Pairs of sine and cosine; 0 for no season.

    Returns
    -------
    float or None
        As for :func:`dispersion`; None with fewer than ten periods.

    Examples
    --------
    Twenty-four months that double steadily have no spread around their trend.

    >>> frame = pd.DataFrame({"period": pd.date_range("2022-01-01", periods=24, freq="MS"), "unit": "Vik",
    ...                       "group": "all", "count": [100 * 2 ** (month / 24) for month in range(24)],
    ...                       "exposure": 1.0})
    >>> round(dispersion_around_trend(Series(frame), go_live=date(2024, 1, 1), months=None, harmonics=0), 6)
    0.0
    """
    rows = divide(data.rows(), go_live=go_live, options=RateOptions(months_before=months)).rows
    cells = rows[rows["post"] == 0].groupby("period", sort=True, as_index=False)[["count", "exposure"]].sum()
    if len(cells) < FEWEST or cells["count"].sum() == 0:
        return None
    month = month_numbers(cells["period"]).to_numpy(dtype=float)
    year = 2 * np.pi * month / YEAR
    waves = [wave(pair * year) for pair in range(1, harmonics + 1) for wave in (np.sin, np.cos)]
    design = np.column_stack([np.ones(len(month)), (month - month.mean()) / YEAR, *waves])
    df = len(cells) - design.shape[1]
    if df < 1 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    count, exposure = (cells[name].to_numpy(dtype=float) for name in ("count", "exposure"))
    fitted = fit_poisson(count, design, exposure=exposure, clusters=None)
    return _floored(float(fitted.pearson_chi2) / df, whole=data.whole)


def _year(data: Panel | Series, *, go_live: date, selected: bool) -> pd.DataFrame:
    side = 1 if selected else 0
    rows = divide(data.rows(), go_live=go_live, options=RateOptions(months_before=YEAR, months_after=YEAR)).rows
    return rows[rows["post"] == side]


def _floored(ratio: float, *, whole: bool) -> float:
    return max(1.0, ratio) if whole else ratio
