"""Small cells: the finest step in time at which a series may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import pandas as pd

from benefits.activity.steps import step_in_months

Step = Literal["month", "quarter", "half_year", "year"]
STEPS: tuple[Step, ...] = get_args(Step)
"""Finest first."""

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Length of each step in months."""
FEW_PERSONS = 50
"""Below this many persons in a group the limit also holds for its events."""


def finest_step(
    frame: pd.DataFrame, *, persons: Mapping[str, int], limit: int = 5
) -> tuple[Step, pd.DataFrame] | tuple[None, None]:
    """Return the finest step (month, quarter, half-year, year) at which every cell clears the limit.

    No step is finer than the data's own: yearly counts are shown by year. A last cell that the data of its group do not
    reach the end of is left out, since it would be shown again with more in it.

    A cell clears it when its group holds at least ``limit`` persons, when the cell's own persons (if the frame counts
    them) are none or at least ``limit``, and, in a group of fewer than 50 persons, when its events are none or at least
    ``limit``. Zero is shown.

    Parameters
    ----------
    frame
        Columns ``period`` (datetime64), ``group``, ``count``, ``exposure`` and, if known, ``persons`` per cell, as
        ``Panel.to_frame()`` gives it. For shares also ``rest``, those not counted, who are held to the same limit. Over
        a longer step the persons of a cell are taken as the most seen in any of its months, which is never too many.
    persons
        Group -> number of persons in all; a group it does not name is taken to be a whole population, without limit.
    limit
        Smallest number that may be shown.

    Returns
    -------
    tuple
        The step and the frame at that step, or ``(None, None)``: nothing clears, everything is hidden. In the frame
        ``first`` is the first period of the data in a cell, ``end`` the first day after the cell, and ``whole`` whether
        the data have every period of it.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=6, freq="MS"), "group": "treated",
    ...                       "count": [2, 2, 2, 3, 0, 3], "exposure": 1.0})
    >>> step, shown = finest_step(frame, persons={"treated": 20})
    >>> step, shown["count"].tolist()
    ('quarter', [6, 6])
    """
    own = step_in_months(frame["period"])
    for step in _no_finer_than(own):
        shown = _at(frame, step, own)
        if len(shown) and all(
            _clears(shown[shown["group"] == group], persons.get(str(group)), limit) for group in frame["group"].unique()
        ):
            return step, shown
    return None, None


def _no_finer_than(own: int) -> tuple[Step, ...]:
    """The steps made up of whole periods of the data's own length in months; by year when none is."""
    return tuple(step for step in STEPS if MONTHS[step] % own == 0) or ("year",)


def _at(frame: pd.DataFrame, step: Step, own: int) -> pd.DataFrame:
    """Cells of a step, but for the last of a group when its data, with periods of ``own`` months, end within it."""
    months = MONTHS[step]
    period = frame["period"]
    month = ((period.dt.month - 1) // months) * months + 1
    start = pd.to_datetime({"year": period.dt.year, "month": month, "day": 1})
    known = {"count": "sum", "exposure": "sum", "rest": "sum", "persons": "max"}
    how = {name: (name, way) for name, way in known.items() if name in frame}
    how |= {"first": ("month", "min"), "last": ("month", "max"), "periods": ("month", "nunique")}
    cells = frame.assign(month=period, period=start).groupby(["period", "group"], sort=True, as_index=False).agg(**how)
    after = cells["last"] + pd.DateOffset(months=own)
    # A year that does not begin in January ends after the cell it is counted in.
    cells["end"] = (cells["period"] + pd.DateOffset(months=months)).where(lambda end: end > after, after)
    cells["whole"] = cells["periods"] >= months // own
    reached = cells["end"] <= after.groupby(cells["group"]).transform("max")
    return cells[reached].drop(columns=["last", "periods"]).reset_index(drop=True)


def _clears(cells: pd.DataFrame, persons: int | None, limit: int) -> bool:
    few_persons = persons is not None and 0 < persons < limit
    few = persons is not None and persons < FEW_PERSONS
    small = [("persons", True), ("count", few), ("rest", few)]
    cell = any(held and name in cells and cells[name].between(1, limit - 1).any() for name, held in small)
    return not (few_persons or cell)
