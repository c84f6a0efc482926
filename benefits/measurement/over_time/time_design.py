"""What a model over time consists of: a level, a trend, a season, and the change at the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benefits.measurement.over_time.time_options import Impact, Season
from benefits.measurement.over_time.time_points import Points

YEAR = 12
SEASON_NEEDS = 24
"""Months before a season can be told from a trend: two of every calendar month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Columns of a model, one row per period.

    Attributes
    ----------
    matrix
        Shape (n, k): constant, trend if any, season, and last the change at the start.
    change
        Names of the last columns: ``level``, ``slope``, both, or ``temporary``.
    trend
        Place of the trend among the columns; None without one.
    """

    matrix: NDArray[np.float64]
    change: tuple[str, ...]
    trend: int | None

    @property
    def unchanged(self) -> NDArray[np.float64]:
        """The same columns had nothing happened at the start."""
        matrix = self.matrix.copy()
        matrix[:, matrix.shape[1] - len(self.change) :] = 0.0
        return matrix

    @property
    def collinear(self) -> bool:
        """Whether some column follows from the others, so that no one can tell what each is."""
        scaled = self.matrix / np.maximum(np.abs(self.matrix).max(axis=0), 1e-300)
        return bool(np.linalg.matrix_rank(scaled) < self.matrix.shape[1])


def design(
    points: Points,
    *,
    season: Season,
    harmonics: int,
    impact: Impact | None,
    temporary_months: int | None = None,
    trend: NDArray[np.float64] | None = None,
    with_trend: bool = True,
) -> Design:
    """Return the columns of a model for each period.

    With t months from the start (zero in the first month used after it), and D one from then on, the change is::

        level            a D              a: the jump at the start
        slope            b D t            b: the change of the trend, per month after the start
        level_and_slope  a D + b D t
        temporary        a D [t < m]      a: the jump, over after m months

    Parameters
    ----------
    points
        Gives time and calendar month.
    season, harmonics, impact, temporary_months
        As the options; no impact for a model of the time before alone.
    trend
        Time as the trend counts it; months from the start when nothing else is given.
    with_trend
        Whether there is a trend at all.

    Examples
    --------
    >>> four = Points(time=np.arange(-2.0, 2.0), month=np.array([1, 2, 3, 4]), step=1, count=np.ones(4),
    ...               exposure=np.ones(4))
    >>> design(four, season="none", harmonics=2, impact="level_and_slope").matrix.astype(int).tolist()
    [[1, -2, 0, 0], [1, -1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]]
    """
    time = points.time if trend is None else trend
    columns = [np.ones(points.n), *([time] if with_trend else []), *_season(points, season, harmonics)]
    change = dict(_change(points, impact, temporary_months))
    return Design(
        matrix=np.column_stack([*columns, *change.values()]), change=tuple(change), trend=1 if with_trend else None
    )


def _season(points: Points, season: Season, harmonics: int) -> Iterator[NDArray[np.float64]]:
    if season == "none" or points.step >= YEAR:
        return
    if season == "month_dummies":
        for month in np.unique(points.month)[1:]:
            yield (points.month == month).astype(np.float64)
        return
    angle = 2 * np.pi * points.month / YEAR
    for wave in range(1, harmonics + 1):
        yield np.sin(wave * angle)
        yield np.cos(wave * angle)


def _change(
    points: Points, impact: Impact | None, temporary_months: int | None
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    after = points.after.astype(np.float64)
    if impact in {"level", "level_and_slope"}:
        yield "level", after
    if impact in {"slope", "level_and_slope"}:
        yield "slope", after * points.time
    if impact == "temporary" and temporary_months is not None:
        yield "temporary", after * (points.time < temporary_months)
