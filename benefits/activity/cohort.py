"""Persons followed from before inclusion: everyone's observed time by month, and the events within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.activity.quality import Finding
from benefits.activity.shapes import Panel
from benefits.vocabulary import GROUPS, Group

MEMBER_COLUMNS = ("person", "group", "unit", "start", "first", "ended", "reason")
LEAVES = ("died", "moved")
"""Reasons that end a person's observation, whichever group."""
STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    """How many of a group were included, died, moved, stopped, and were observed to the last day.

    One who stopped is observed on, and so may be counted as followed too.
    """

    group: Group
    included: int
    died: int
    moved: int
    stopped: int
    followed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortCounts:
    """What became of everyone included, by group."""

    groups: tuple[GroupCounts, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Members:
    """Everyone included, whatever became of them; nobody's own row is shown.

    Attributes
    ----------
    rows
        One row per person: ``person`` (a running integer), ``group``, ``unit``, ``start`` (day of inclusion, or the day
        counted from), ``first`` (first day observed), ``ended`` (a day, or none) and ``reason`` (died, moved, stopped,
        or empty).
    last
        Last day of the data.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> rows = pd.DataFrame({"person": [0, 1], "group": "treated", "unit": "", "start": day("2024-03-01"),
    ...                      "first": day("2023-03-01"), "ended": [day("2024-05-10"), pd.NaT], "reason": ["died", ""]})
    >>> members = Members(rows=rows, last=date(2024, 12, 31))
    >>> members, members.counts().groups[0].died, members.counts(as_of=date(2024, 4, 30)).groups[0].died
    (Members(2 persons to 2024-12-31), 1, 0)
    """

    rows: pd.DataFrame
    last: date

    def __repr__(self) -> str:
        return f"Members({len(self.rows)} persons to {self.last.isoformat()})"

    def counts(self, as_of: date | None = None) -> CohortCounts:
        """Return what had become of those included by a date; by the last day of the data when None."""
        day = pd.Timestamp(min(as_of, self.last) if as_of else self.last)
        rows = self.rows[self.rows["start"] <= day] if as_of else self.rows
        return CohortCounts(groups=tuple(_counted(rows, day)))


def _counted(rows: pd.DataFrame, day: pd.Timestamp) -> Iterator[GroupCounts]:
    for group in GROUPS:
        ours = rows[rows["group"] == group]
        if ours.empty:
            continue
        by_then = ours["ended"] <= day
        counts = {reason: int((by_then & (ours["reason"] == reason)).sum()) for reason in (*LEAVES, STOPPED)}
        followed = int((~(by_then & ours["reason"].isin(LEAVES))).sum())
        yield GroupCounts(group=group, included=len(ours), followed=followed, **counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A panel made of a cohort and its events, and what was left out of it."""

    panel: Panel
    findings: tuple[Finding, ...]


class NobodyObserved(Exception):
    """No member of a cohort is observed for a single day of the data."""


class NoneMatch(Exception):
    """There are events, and none of them is of a member."""


def follow(
    members: Members,
    events: pd.DataFrame,
    *,
    first: date,
    months_per: int,
    by_month: bool = False,
    only_active: bool = False,
) -> Followed:
    """Return the members' observed time and events, per person and month.

    A month's exposure is the days observed over the days of the month, divided by ``months_per``. A person is observed
    from the later of ``first`` and the own first day, to the day of death or moving or the last day of the data, both
    days included. Stopping ends nothing unless ``only_active``.

    Parameters
    ----------
    members
        Everyone included.
    events
        Columns ``person`` (as in members; -1 for one who is not a member), ``date`` (datetime64) and ``count``.
    first
        First day of the data.
    months_per
        Months in a unit of exposure: 12 for person-years, 1 for person-months.
    by_month
        Whether the dates are months, and a count belongs to the month whatever day the person was observed.
    only_active
        Whether observation also ends when the person stopped.

    Raises
    ------
    NobodyObserved, NoneMatch

    Examples
    --------
    Hand-worked: observed 16 of the 31 days of January and all of February, 2024; three events, one before the time.

    >>> rows = pd.DataFrame({"person": [0], "group": "all", "unit": "", "start": pd.Timestamp("2024-02-01"),
    ...                      "first": pd.Timestamp("2024-01-16"), "ended": pd.NaT, "reason": ""})
    >>> days = pd.to_datetime(["2024-01-15", "2024-01-16", "2024-02-29"])
    >>> events = pd.DataFrame({"person": 0, "date": days, "count": 1})
    >>> found = follow(Members(rows=rows, last=date(2024, 2, 29)), events,
    ...                first=date(2023, 1, 1), months_per=1)
    >>> found.panel.rows()[["count", "exposure"]].round(6).values.tolist()
    [[1.0, 0.516129], [1.0, 1.0]]
    >>> [(one.code, one.parameters["count"]) for one in found.findings]
    [('events_outside_observation', 1)]
    """
    rows = _with_time(members, first=first, only_active=only_active)
    seen = rows[rows["until"] >= rows["since"]]
    if seen.empty:
        raise NobodyObserved
    known = events[events["person"] >= 0]
    if len(events) and known.empty:
        raise NoneMatch
    months = _months(seen, months_per=months_per)
    counted, outside = _within(known, seen, by_month=by_month)
    panel = months.merge(counted, on=["person", "period"], how="left")
    panel["count"] = panel["count"].fillna(0)
    return Followed(
        panel=Panel(panel),
        findings=tuple(_findings(members, rows, events, outside, only_active=only_active)),
    )


def observed_days(members: Members, *, first: date, only_active: bool = False) -> int:
    """Return for how many days the members are observed in all."""
    rows = _with_time(members, first=first, only_active=only_active)
    return int(((rows["until"] - rows["since"]).dt.days + 1).clip(lower=0).sum())


def _with_time(members: Members, *, first: date, only_active: bool) -> pd.DataFrame:
    """Members with ``since`` and ``until``, the first and the last day observed; reversed when there is none."""
    rows = members.rows
    ends = (*LEAVES, STOPPED) if only_active else LEAVES
    ended = rows["ended"].where(rows["reason"].isin(ends))
    last = pd.Timestamp(members.last)
    begins = pd.Timestamp(first)
    since = rows["first"].where(rows["first"] > begins, begins)
    # An empty day is not before the last one, so that becomes the last one too.
    return rows.assign(since=since, until=ended.where(ended < last, last))


def _months(seen: pd.DataFrame, *, months_per: int) -> pd.DataFrame:
    """One row per person and month with observed days; exposure in the unit asked for."""
    begin, end = (_month_number(seen[name]) for name in ("since", "until"))
    length = end - begin + 1
    row = np.repeat(np.arange(len(seen)), length)
    number = begin[row] + np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    starts = number.astype("datetime64[M]").astype("datetime64[D]")
    stops = (number + 1).astype("datetime64[M]").astype("datetime64[D]") - np.timedelta64(1, "D")
    since, until = (seen[name].to_numpy().astype("datetime64[D]")[row] for name in ("since", "until"))
    days = (np.minimum(until, stops) - np.maximum(since, starts)).astype("int64") + 1
    length_of_month = (stops - starts).astype("int64") + 1
    kept = seen.iloc[row]
    return pd.DataFrame(
        {
            "person": kept["person"].to_numpy(),
            "unit": kept["unit"].to_numpy(),
            "group": kept["group"].to_numpy(),
            "start": kept["start"].to_numpy(),
            "period": pd.to_datetime(starts),
            "exposure": days / length_of_month / months_per,
        }
    )


def _month_number(day: pd.Series) -> NDArray[np.int64]:
    """Months since 1970."""
    return day.to_numpy().astype("datetime64[M]").astype("int64")


def _within(known: pd.DataFrame, seen: pd.DataFrame, *, by_month: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events within the persons' own observed time summed by month, and those that are not."""
    time = seen.set_index("person")[["since", "until"]]
    since, until = (known["person"].map(time[name]) for name in ("since", "until"))
    if by_month:
        since = since.dt.to_period("M").dt.to_timestamp()
    inside = (known["date"] >= since) & (known["date"] <= until)
    kept = known[inside]
    period = kept["date"].dt.to_period("M").dt.to_timestamp().rename("period")
    sums = kept["count"].groupby([kept["person"], period], sort=True).sum().reset_index()
    return sums, known[~inside]


def _findings(
    members: Members, rows: pd.DataFrame, events: pd.DataFrame, outside: pd.DataFrame, *, only_active: bool
) -> Iterator[Finding]:
    others = events[events["person"] < 0]
    if len(others):
        count, every = number_of(others), number_of(events)
        yield Finding(code="events_of_others", parameters={"count": count, "share": count / every if every else 0.0})
    if len(outside):
        yield Finding(code="events_outside_observation", parameters={"count": number_of(outside)})
    for group in GROUPS:
        never = int(((rows["group"] == group) & (rows["until"] < rows["since"])).sum())
        if never:
            yield Finding(code="never_observed", parameters={"count": never, "group": group})
    late = int((rows["start"] > pd.Timestamp(members.last)).sum())
    if late:
        yield Finding(code="included_late", parameters={"count": late})
    if only_active:
        stopped = int(((rows["reason"] == STOPPED) & (rows["ended"] < pd.Timestamp(members.last))).sum())
        yield Finding(code="only_active", parameters={"count": stopped})


def number_of(events: pd.DataFrame) -> int:
    """How many events some rows stand for; amounts, as hours, are counted by their rows."""
    total = float(events["count"].sum())
    whole = bool((events["count"] % 1 == 0).all())
    return int(total) if whole else len(events)
