"""One row per person for a weighted comparison: what came after, and the person's own history before as covariates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benefits.activity.steps import month_numbers
from benefits.measurement.windows import starts

Numbers = NDArray[np.float64]
PART = "history_{}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Persons:
    """Persons with a history.

    Attributes
    ----------
    frame
        Indexed by person: ``treated`` (0, 1), ``unit``, ``count`` and ``exposure`` after (zero when not seen then),
        ``count_before`` and ``exposure_before``, ``last_count`` and ``last_exposure`` in the last part of the history,
        and the covariates.
    covariates
        Names of the covariates.
    without_history
        How many persons had none, and are left out.
    part_months
        Length of a part of the history.
    """

    frame: pd.DataFrame
    covariates: tuple[str, ...]
    without_history: int
    part_months: int

    @property
    def rate_before(self) -> float:
        """The treated's rate before."""
        treated = self.frame[self.frame["treated"] == 1]
        return float(treated["count_before"].sum() / treated["exposure_before"].sum())

    def values(self, treated: int, *, leaving_out_last: bool = False) -> Numbers:
        """Return the covariates of one group; without the last part of the history for a placebo."""
        names = [name for name in self.covariates if not (leaving_out_last and name == PART.format(1))]
        return self.frame.loc[self.frame["treated"] == treated, names].to_numpy(dtype=float)


def persons_of(rows: pd.DataFrame, *, go_live: date, parts: int, extra: pd.DataFrame | None = None) -> Persons:
    """Sum rows within the windows to persons, with their own rate in each part of the time before.

    Parts are of equal length, counted backwards from the person's own start; 1 is the last. A part in which a person
    was not observed has the person's rate over the others.

    Parameters
    ----------
    rows
        Rows of a panel with ``post``.
    go_live
        First day of the service.
    parts
        Into how many parts the time before is divided.
    extra
        Further covariates, indexed by person.

    Examples
    --------
    >>> rows = pd.DataFrame({"person": 0, "unit": "", "group": "treated", "exposure": 1.0, "post": [0, 0, 0, 0, 1],
    ...                      "period": pd.date_range("2023-09-01", periods=5, freq="MS"), "count": [1, 1, 0, 4, 2]})
    >>> persons_of(rows, go_live=date(2024, 1, 1), parts=2).frame[["count", "history_1", "history_2"]].values.tolist()
    [[2.0, 2.0, 1.0]]
    """
    back = month_numbers(starts(rows, go_live=go_live)) - month_numbers(rows["period"])
    before = rows["post"] == 0
    length = max(1, -(-int(back[before].max()) // parts))
    part = ((back - 1) // length + 1).clip(1, parts)
    who = rows.groupby("person", sort=True).agg(treated=("group", "first"), unit=("unit", "first"))
    frame = who.assign(treated=(who["treated"] != "comparison").astype("int64"))
    after = rows[~before].groupby("person")[["count", "exposure"]].sum()
    frame = frame.join(after).fillna({"count": 0.0, "exposure": 0.0})
    history = rows[before].groupby("person")[["count", "exposure"]].sum()
    by_part = rows[before].assign(part=part).groupby(["person", "part"])[["count", "exposure"]].sum()
    own = by_part.assign(rate=by_part["count"] / by_part["exposure"]).reset_index()
    rates = own.pivot_table(index="person", columns="part", values="rate")
    names = [PART.format(number) for number in rates.columns]
    rates = rates.set_axis(names, axis=1)
    overall = history["count"] / history["exposure"]
    rates = rates.apply(lambda column: column.fillna(overall))
    joined = frame.join(rates, how="inner").join(history.add_suffix("_before"))
    last = by_part[by_part.index.get_level_values("part") == 1].droplevel("part").add_prefix("last_")
    joined = joined.join(last).fillna({"last_count": 0.0, "last_exposure": 0.0})
    covariates = tuple(names)
    if extra is not None:
        joined = joined.join(extra, how="left")
        covariates = (*covariates, *map(str, extra.columns))
    return Persons(frame=joined, covariates=covariates, without_history=len(frame) - len(joined), part_months=length)
