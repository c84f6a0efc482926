"""Small cells: the finest step in time at which a series may be shown, and which cells of a table must be hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.linalg import null_space

Step = Literal["month", "quarter", "half_year", "year"]
STEPS: tuple[Step, ...] = get_args(Step)
"""Finest first."""

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
FEW_PERSONS = 50
"""Below this many persons in a group the limit also holds for its events."""


def finest_step(
    frame: pd.DataFrame, *, persons: Mapping[str, int], limit: int = 5
) -> tuple[Step, pd.DataFrame] | tuple[None, None]:
    """Return the finest step (month, quarter, half-year, year) at which every cell clears the limit.

    A cell clears it when its group holds at least ``limit`` persons, when the cell's own persons (if the frame counts
    them) are none or at least ``limit``, and, in a group of fewer than 50 persons, when its events are none or at least
    ``limit``. Zero is shown.

    Parameters
    ----------
    frame
        Columns ``period`` (datetime64), ``group``, ``count``, ``exposure`` and, if known, ``persons`` per cell, as
        ``Panel.to_frame()`` gives it. Over a longer step the persons of a cell are taken as the most seen in any of its
        months, which is never too many.
    persons
        Group -> number of persons in all; a group it does not name is taken to be a whole population, without limit.
    limit
        Smallest number that may be shown.

    Returns
    -------
    tuple
        The step and the frame at that step, or ``(None, None)``: nothing clears, everything is hidden.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=6, freq="MS"), "group": "treated",
    ...                       "count": [2, 2, 2, 3, 0, 3], "exposure": 1.0})
    >>> step, shown = finest_step(frame, persons={"treated": 20})
    >>> step, shown["count"].tolist()
    ('quarter', [6, 6])
    """
    for step in STEPS:
        shown = _at(frame, step)
        if all(
            _clears(shown[shown["group"] == group], persons.get(str(group)), limit) for group in frame["group"].unique()
        ):
            return step, shown
    return None, None


def hide(table: pd.DataFrame, *, limit: int = 5) -> pd.DataFrame:
    """Return which cells of a table of counts must be hidden when its row and column totals are published.

    Counts from 1 to ``limit - 1`` are hidden, and then as many more, the smallest first, as it takes that no hidden
    cell can be computed from the totals and that the hidden cells of a row or column sum to at least ``limit``.

    Parameters
    ----------
    table
        Whole numbers, at least two rows and two columns, without totals. A total that is itself below the limit is not
        protected by hiding its cells and must not be published.
    limit
        Smallest number that may be shown.

    Returns
    -------
    pandas.DataFrame
        True where hidden, same shape and labels.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control (secondary suppression).

    Examples
    --------
    >>> table = pd.DataFrame({"a": [2, 20], "b": [9, 30], "c": [40, 50]}, index=["x", "y"])
    >>> hide(table).values.tolist()
    [[True, True, False], [True, True, False]]
    """
    counts = table.to_numpy(dtype="int64")
    hidden = (counts > 0) & (counts < limit)
    while (line := _exposed_line(counts, hidden, limit)) is not None:
        hidden[_next_to_hide(counts, hidden, line)] = True
    return pd.DataFrame(hidden, index=table.index, columns=table.columns)


def _at(frame: pd.DataFrame, step: Step) -> pd.DataFrame:
    months = _MONTHS[step]
    period = frame["period"]
    month = ((period.dt.month - 1) // months) * months + 1
    start = pd.to_datetime({"year": period.dt.year, "month": month, "day": 1})
    how = {"count": "sum", "exposure": "sum"} | ({"persons": "max"} if "persons" in frame else {})
    return frame.assign(period=start).groupby(["period", "group"], sort=True, as_index=False).agg(how)


def _clears(cells: pd.DataFrame, persons: int | None, limit: int) -> bool:
    few_persons = persons is not None and 0 < persons < limit
    small = [("persons", True), ("count", persons is not None and persons < FEW_PERSONS)]
    cell = any(held and name in cells and cells[name].between(1, limit - 1).any() for name, held in small)
    return not (few_persons or cell)


Line = tuple[int, int]
"""Axis (0 a row, 1 a column) and its number."""


def _exposed_line(counts: np.ndarray, hidden: np.ndarray, limit: int) -> Line | None:
    """Return a row or column that gives a hidden cell away and still has a cell to hide."""
    for axis in (0, 1):
        table, mask = (counts, hidden) if axis == 0 else (counts.T, hidden.T)
        for number in range(len(mask)):
            line = mask[number]
            if line.any() and not line.all() and (line.sum() == 1 or table[number][line].sum() < limit):
                return axis, number
    for row, column in _determined(hidden):
        if not hidden[row].all():
            return 0, row
        if not hidden[:, column].all():
            return 1, column
    return None


def _determined(hidden: np.ndarray) -> list[tuple[int, int]]:
    """Return the hidden cells that the published totals fix: those on which every solution of the totals agrees."""
    places = np.argwhere(hidden)
    if not len(places):
        return []
    rows = places[:, 0][None, :] == np.arange(hidden.shape[0])[:, None]
    columns = places[:, 1][None, :] == np.arange(hidden.shape[1])[:, None]
    free = null_space(np.vstack([rows, columns]).astype(float))
    fixed = ~(np.abs(free) > 1e-9).any(axis=1) if free.size else np.ones(len(places), dtype=bool)
    return [(int(row), int(column)) for row, column in places[fixed]]


def _next_to_hide(counts: np.ndarray, hidden: np.ndarray, line: Line) -> tuple[int, int]:
    axis, number = line
    open_cells = [
        (int(counts[cell] == 0), int(counts[cell]), cell)
        for other in range(counts.shape[1 - axis])
        if not hidden[cell := (number, other) if axis == 0 else (other, number)]
    ]
    return min(open_cells)[2]
