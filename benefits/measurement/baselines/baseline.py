"""The value before (nullpunkt): a rate, a mean or a share over whole seasons, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from benefits.activity import Data, Panel, Responses, Series
from benefits.activity.frames import shape_of
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.baselines import baseline_spread as spread
from benefits.measurement.baselines.baseline_figure import NAME, Asking, BaselineFigure, RateInterval
from benefits.measurement.baselines.baseline_spread import Kind
from benefits.measurement.baselines.baseline_window import YEAR, Abnormal, month_after, whole_seasons
from benefits.measurement.contract import Check, Refusal
from benefits.measurement.windows import starts
from benefits.vocabulary import Group


def baseline(
    data: pd.DataFrame | Data,
    *,
    go_live: date | None = None,
    until: date | None = None,
    seasons: int = 1,
    period: tuple[date, date] | None = None,
    kind: Kind | None = None,
    group: Group | None = None,
    abnormal: Iterable[Abnormal] = (),
    part_of_season: bool = False,
    interval: RateInterval | None = None,
    level: float = 0.95,
) -> BaselineFigure | Refusal:
    """Work out the value before the start, over whole seasons.

    The window is so many whole years that end with the last whole month before the start (of each person, where they
    have days of their own), before ``until``, and within the data. A mean over part of a year holds one season more
    than another, and a later comparison would take season for a change; so a window the data do not fill is refused.

    Parameters
    ----------
    data
        A shape, or a table as :func:`benefits.activity.frames.shape_of` takes it.
    go_live
        First day of the service, for rows without a start of their own.
    until
        A day the window may not reach past.
    seasons
        Whole years.
    period
        First and last day of the window instead of ``until`` and ``seasons``, whether the service had started or not.
        Data of one single row per unit are taken to be the sum over it.
    kind
        None: a rate of whole events, else a mean; a mean of survey answers.
    group
        Whose; None: the treated, or all.
    abnormal
        Times left out; an earlier month of the same name stands in for each month they hold.
    part_of_season
        Use what there is of a window the data do not fill, and say so in a failed check.
    interval
        Of a rate; None: exact (Poisson), but where the events cluster by more than chance by person (panel), else
        quasi-Poisson between periods (series).
    level
        Coverage.

    Returns
    -------
    BaselineFigure or Refusal

    Raises
    ------
    InvalidInput
        When a table cannot be used, with every problem.
    ValueError
        When ``seasons`` is below one, or ``level`` not between 0.5 and 1.

    References
    ----------
    Garwood F. Biometrika 1936;28:437-442. Wilson EB. J Am Stat Assoc 1927;22:209-212. McCullagh P, Nelder JA.
    Generalized Linear Models. 2nd ed. 1989. Cochran WG. Sampling Techniques. 3rd ed. 1977.

    Examples
    --------
    Hand-worked: two events a month in ten person-months, for a year: 24 in 120, 0.2 a person-month.

    >>> frame = pd.DataFrame({"period": pd.date_range("2022-06-01", periods=19, freq="MS"), "count": 2,
    ...                       "exposure": 10.0})
    >>> found = baseline(frame, go_live=date(2024, 1, 1))
    >>> found.value, found.first.isoformat(), found.last.isoformat(), round(found.low, 4), round(found.high, 4)
    (0.2, '2023-01-01', '2023-12-31', 0.1281, 0.2976)
    >>> baseline(frame, go_live=date(2024, 1, 1), seasons=2).parameters
    {'lacking': 5, 'months': 24}
    """
    # The rates' own machinery is heavy, and a caller may only want the names of this room.
    from benefits.measurement.preparation import treated_group

    if seasons < 1 or not 0.5 <= level < 1:
        raise ValueError("seasons >= 1 and level within 0.5 and 1")
    shape = shape_of(data) if isinstance(data, pd.DataFrame) else data
    if isinstance(shape, Responses):
        return _of_answers(shape, go_live=go_live, until=until, group=group, level=level)
    chosen = group if group is not None else treated_group(shape)
    rows = shape.rows()
    rows = rows[rows["group"] == chosen]
    if rows.empty:
        return Refusal(method=NAME, code="nobody_treated", what_would_open_it="data_on_treated")
    begins = _starts(rows, go_live) if period is None else None
    ends = _ends(rows, begins=begins, until=until if period is None else period[1])
    if ends is None:
        return Refusal(method=NAME, code="baseline_without_end", what_would_open_it="start_or_last_day")
    single = period is not None and rows["period"].nunique() == 1
    asked = seasons * YEAR if period is None else month_after(period[1]) - _month(period[0])
    step = asked if single else step_in_months(rows["period"])
    if asked < 1:
        raise ValueError("a period ends on or after the day it starts")
    if single and period is not None:
        ends = pd.Series(month_after(period[1]), index=rows.index)
        rows = rows.assign(period=pd.Timestamp(period[0]).replace(day=1))
    asking = Asking(
        persons=isinstance(shape, Panel),
        kind=kind or ("rate" if shape.whole else "mean"),
        interval=interval,
        level=level,
        part_of_season=part_of_season,
        whole=shape.whole,
        begins=_starts(rows, go_live),
        step=step,
    )
    left = tuple(abnormal)
    found = asking.answer(whole_seasons(rows, ends=ends, months=asked, abnormal=left, step=step))
    if isinstance(found, Refusal) or not found.left_out:
        return found
    both = replace(asking, part_of_season=True).answer(whole_seasons(rows, ends=ends, months=asked, step=step))
    return replace(found, with_abnormal=both) if isinstance(both, BaselineFigure) else found


def by_unit(data: pd.DataFrame | Panel | Series, **asked: object) -> dict[str, BaselineFigure | Refusal]:
    """Return the baseline of each unit (a kommune, a referral area), by its name.

    Parameters
    ----------
    data
        A panel or a series, or a table of one.
    **asked
        As :func:`baseline` takes it.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": "2023-01-01", "unit": ["Vik", "Sund"], "count": [20, 45],
    ...                       "exposure": [100.0, 150.0]})
    >>> found = by_unit(frame, period=(date(2023, 1, 1), date(2023, 12, 31)))
    >>> {name: one.value for name, one in found.items()}
    {'Sund': 0.3, 'Vik': 0.2}
    """
    shape = shape_of(data) if isinstance(data, pd.DataFrame) else data
    if isinstance(shape, Responses):
        raise ValueError("answers have no unit")
    rows = shape.rows()
    made = Panel if isinstance(shape, Panel) else Series
    every = {str(unit): made(part) for unit, part in rows.groupby("unit", sort=True)}
    return {unit: baseline(part, **asked) for unit, part in every.items()}  # type: ignore[arg-type]


def _of_answers(
    data: Responses, *, go_live: date | None, until: date | None, group: Group | None, level: float
) -> BaselineFigure | Refusal:
    """The mean over respondents of their mean score, in the last wave before the start."""
    rows = data.rows().dropna(subset="score")
    named = group or next((one for one in ("treated", "all") if one in set(rows["group"])), None)
    days = [day for day in (until, go_live - timedelta(days=1) if go_live is not None else None) if day is not None]
    if not days:
        return Refusal(method=NAME, code="baseline_without_end", what_would_open_it="start_or_last_day")
    rows = rows[(rows["group"] == named) & (rows["wave"] <= pd.Timestamp(min(days)))]
    if rows.empty:
        return Refusal(method=NAME, code="no_answers_before", what_would_open_it="wave_before")
    wave = rows["wave"].max()
    scores = rows[rows["wave"] == wave].groupby("respondent", sort=True)["score"].mean()
    cells = pd.DataFrame({"count": scores, "exposure": 1.0})
    known = len(cells) > 1 and cells["count"].nunique() > 1
    low, high = spread.mean_limits(cells, level=level) if known else (None, None)
    return BaselineFigure(
        kind="mean",
        value=float(scores.mean()),
        low=low,
        high=high,
        level=level,
        interval="t" if known else "none",
        n=len(scores),
        events=float(scores.sum()),
        exposure=float(len(scores)),
        sd=float(scores.std(ddof=1)) if len(scores) > 1 else None,
        dispersion=None,
        measurements=1,
        first=wave.date(),
        last=wave.date(),
        months=0,
        lacking=0,
        left_out=(),
        with_abnormal=None,
        before_start=True if go_live is not None else None,
        checks=(Check(code="baseline_before_start", passed=True if go_live is not None else None),),
    )


def _ends(rows: pd.DataFrame, *, begins: pd.Series | None, until: date | None) -> pd.Series | None:
    """For each row the number of the month its window ends before; None when nothing says where it ends."""
    known = [] if begins is None else [month_numbers(begins).astype("float64")]
    if until is not None:
        known.append(pd.Series(float(month_after(until)), index=rows.index))
    if not known:
        return None
    last = month_numbers(rows["period"]).max() + step_in_months(rows["period"])
    known.append(pd.Series(float(last), index=rows.index))
    ends = pd.concat(known, axis=1).min(axis=1)
    return ends.astype("int64")


def _starts(rows: pd.DataFrame, go_live: date | None) -> pd.Series | None:
    """The start of each row, its own or the common one; None when neither is known of any."""
    if go_live is not None:
        return starts(rows, go_live=go_live)
    return rows.get("start")


def _month(day: date) -> int:
    return day.year * YEAR + day.month - 1
