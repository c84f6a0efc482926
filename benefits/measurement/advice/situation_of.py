"""The situation that data are in: how many periods, persons and units, compared with whom, and who started when."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.activity import Data, Panel, Responses
from benefits.activity.frames import shape_of
from benefits.activity.shapes import START
from benefits.activity.steps import step_in_months
from benefits.measurement.advice.situation import Comparison, Kind, Seen, Situation
from benefits.measurement.checks.data_checks import ONE_SIDED_SHARE
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import treated_group
from benefits.measurement.survey_scores import scores
from benefits.measurement.two_groups.clustering import units_of
from benefits.measurement.two_groups.comparable import begins
from benefits.measurement.windows import divide
from benefits.vocabulary import Group

COMPARISON = "comparison"


def situation_of(
    data: Data | pd.DataFrame,
    *,
    go_live: date,
    kind: Kind | None = None,
    selected: bool | None = None,
    comparison_selected_alike: bool | None = None,
    options: RateOptions | None = None,
) -> Situation:
    """Return the situation data are in.

    Parameters
    ----------
    data
        A table as for :func:`benefits.measurement.apply`, or a shape.
    go_live
        First day of the service, for rows without a start of their own.
    kind
        What is measured; None to tell it from the data: answers are scores, whole counts events, other numbers amounts.
    selected
        Whether the treated came in because they were badly off.
    comparison_selected_alike
        Whether the comparison group came in by the same rule.
    options
        Windows that part of the data is left out by; None for all of it.

    Raises
    ------
    InvalidInput
        When a table cannot be used, with every problem.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=18, freq="MS"), "count": 2})
    >>> found = situation_of(frame, go_live=date(2024, 1, 1))
    >>> found.kind, found.before, found.after, found.comparison
    ('events', 12, 6, 'none')
    """
    shape = shape_of(data) if isinstance(data, pd.DataFrame) else data
    comparison = _comparison(shape, comparison_selected_alike)
    if isinstance(shape, Responses):
        return _of_answers(shape, go_live=go_live, kind=kind or "scores", selected=selected, comparison=comparison)
    group = treated_group(shape)
    rows = shape.rows()
    kept = divide(rows, go_live=go_live, options=options or RateOptions()).rows
    treated, others = kept[kept["group"] == group], kept[kept["group"] == COMPARISON]
    units = units_of(pd.concat([treated, others]))
    begun = begins(shape, go_live=go_live)
    return Situation(
        kind=kind or ("events" if shape.whole else "amounts"),
        rows="panel" if isinstance(shape, Panel) else "series",
        step=step_in_months(rows["period"]),
        before=_periods(treated, 0),
        after=_periods(treated, 1),
        comparison_periods=None if others.empty else (_periods(others, 0), _periods(others, 1)),
        persons=_persons(treated),
        comparison_persons=_persons(others),
        each=_each(treated),
        seen=_seen(treated),
        comparison=comparison,
        selected=selected,
        units=units.treated,
        comparison_units=units.comparison,
        apart=units.apart,
        own_starts=START in rows,
        starting_months=max(1, int(begun[rows["group"] == group].nunique())),
        comparison_dated=not others.empty and START in rows and bool(others[START].notna().all()),
        untouched=_untouched(rows.assign(begun=begun), group, others),
        exposure=_least(treated),
        comparison_exposure=_least(others),
        silent=_silent(treated),
        comparison_silent=_silent(others),
    )


def _of_answers(
    data: Responses, *, go_live: date, kind: Kind, selected: bool | None, comparison: Comparison
) -> Situation:
    groups: tuple[Group, ...] = ("treated", "all")
    group = next((one for one in groups if one in data.groups), groups[-1])
    rows = data.rows()
    waves = rows.loc[rows["group"] == group, "wave"].drop_duplicates()
    found = scores(data, group=group, go_live=go_live, measure="mean")
    sizes = len(found.before), len(found.after)
    both = len(found.before.index.intersection(found.after.index))
    before = int((waves < pd.Timestamp(go_live)).sum())
    return Situation(
        kind=kind,
        rows="responses",
        before=before,
        after=len(waves) - before,
        persons=min(sizes) if min(sizes) else max(data.respondents(group), *sizes),
        seen=_word(both, sum(sizes) - both),
        comparison=comparison,
        selected=selected,
    )


def _comparison(data: Data, alike: bool | None) -> Comparison:
    if COMPARISON not in data.groups:
        return "none"
    if alike is None:
        return "not_told"
    return "selected_alike" if alike else "unselected"


def _periods(rows: pd.DataFrame, post: int) -> int:
    return int(rows.loc[rows["post"] == post, "period"].nunique())


def _persons(rows: pd.DataFrame) -> int:
    """Persons on the side that has fewest of them; of those there are, when a side has none."""
    if "person" not in rows or rows.empty:
        return 0
    return int(rows.groupby("post")["person"].nunique().min())


def _each(rows: pd.DataFrame) -> int | None:
    if "person" not in rows or rows.empty:
        return None
    return int(rows.groupby(["person", "post"]).size().max())


def _seen(rows: pd.DataFrame) -> Seen:
    if "person" not in rows or rows["post"].nunique() < 2:
        return "same"
    sides = rows.groupby("person")["post"].nunique()
    return _word(int((sides > 1).sum()), len(sides))


def _word(both: int, every: int) -> Seen:
    if both == 0 and every:
        return "others"
    return "same" if every - both <= ONE_SIDED_SHARE * every else "some"


def _untouched(rows: pd.DataFrame, group: str | None, others: pd.DataFrame) -> int:
    """Histories that start later than the first of the treated, and those of the comparison group on each side."""
    by = ["person"] if "person" in rows else ["unit", "group"]
    treated = rows.drop_duplicates(by).loc[lambda one: one["group"] == group, "begun"]
    later = int((treated > treated.min()).sum()) if len(treated) else 0
    never = others.groupby("post")[by[0]].nunique()
    return later + (int(never.min()) if len(never) else 0)


def _least(rows: pd.DataFrame) -> float | None:
    return None if rows.empty else float(rows.groupby("post")["exposure"].sum().min())


def _silent(rows: pd.DataFrame) -> bool:
    return not rows.empty and bool((rows.groupby("post")["count"].sum() == 0).any())
