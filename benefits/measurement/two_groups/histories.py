"""From activity data to one history per person, or per unit, with the month each of them started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.activity import Panel, Series
from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.two_groups.group_comparison import own_rates
from benefits.measurement.two_groups.group_options import GroupOptions
from benefits.measurement.two_groups.group_time import NEVER, Histories

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Starters:
    """Histories, and who they are of.

    Attributes
    ----------
    histories
        One per person (panel) or per unit and group (series).
    actors, units
        Number of each history, and of its unit.
    started, never
        Histories that start, and that never do.
    left_out
        Histories that had started when the data begin.
    units_started, units_never
        Units with a history that starts, and units with none.
    whole_units
        Whether everybody in a unit starts in the same month, or never.
    last_month
        The last period, as YYYY-MM.
    """

    histories: Histories
    actors: Whole
    units: Whole
    started: int
    never: int
    left_out: int
    units_started: int
    units_never: int
    whole_units: bool
    last_month: str


def starters_of(data: Panel | Series, *, go_live: date, options: GroupOptions) -> Starters:
    """Lay out each history over the periods; those of the comparison group never start, whatever day they have.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"] * 2), "unit": ["a", "a", "b", "b"],
    ...                       "group": ["treated"] * 2 + ["comparison"] * 2, "count": [3, 1, 2, 2], "exposure": 1.0})
    >>> found = starters_of(Series(frame), go_live=date(2024, 2, 1), options=GroupOptions())
    >>> found.histories.count.tolist(), found.started, found.never
    ([[3.0, 1.0], [2.0, 2.0]], 1, 1)
    """
    rows = data.rows()
    step = step_in_months(rows["period"])
    common = pd.Series(pd.Timestamp(go_live), index=rows.index)
    begins = rows[START].fillna(common) if START in rows else common
    start = month_numbers(begins)
    comparison = rows["group"] == "comparison"
    rows = rows.assign(
        before=start.where(~comparison, NEVER),
        after=(start + (begins.dt.day > 1) + options.lag_months).where(~comparison, NEVER),
        month=month_numbers(rows["period"]),
    )
    by = ["person"] if isinstance(data, Panel) else ["unit", "group"]
    whose = rows.drop_duplicates(by).sort_values(by)
    early = whose["before"] < rows["month"].min() + step
    kept = whose[~early]
    rows = rows.merge(kept[by], on=by)
    if options.measure == "mean":
        rows = own_rates(rows)
    months = np.array(sorted(rows["month"].unique()), dtype=np.int64)
    actor = rows.groupby(by, sort=True).ngroup().to_numpy()
    place = np.searchsorted(months, rows["month"].to_numpy())
    count, exposure = np.zeros((len(kept), len(months))), np.zeros((len(kept), len(months)))
    np.add.at(count, (actor, place), rows["count"].to_numpy(dtype=float))
    np.add.at(exposure, (actor, place), rows["exposure"].to_numpy())
    started = kept["before"] != NEVER
    each = kept.groupby("unit")["before"]
    return Starters(
        histories=Histories(
            count=count,
            exposure=exposure,
            months=months,
            step=step,
            before=kept["before"].to_numpy(dtype=np.int64),
            after=kept["after"].to_numpy(dtype=np.int64),
        ),
        actors=np.arange(len(kept)),
        units=pd.factorize(kept["unit"], sort=True)[0].astype(np.int64),
        started=int(started.sum()),
        never=int((~started).sum()),
        left_out=int(early.sum()),
        units_started=int(kept.loc[started, "unit"].nunique()),
        units_never=int((each.min() == NEVER).sum()),
        whole_units=bool((each.nunique() == 1).all()) and kept["unit"].nunique() > 1,
        last_month=f"{data.last_period:%Y-%m}",
    )
