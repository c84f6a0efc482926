"""The shape of survey answers: one row per respondent, wave and item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from benefits.activity.guard import national_ids
from benefits.vocabulary import GROUPS, Group

RESPONSE_COLUMNS = ("respondent", "wave", "group", "item", "score")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Responses:
    """Answers to the items of a survey, asked one or more times.

    Parameters
    ----------
    _rows
        Columns ``respondent`` (replaced by running integers at once), ``wave`` (datetime64, the day the wave was sent),
        ``group`` (treated, comparison, all), ``item`` (str) and ``score`` (float; missing means "not relevant").

    Raises
    ------
    ValueError
        When a column is missing, a value is outside what is said above, a respondent answers an item twice in a wave or
        is in two groups, or ``respondent`` holds a national identity number.

    Examples
    --------
    >>> frame = pd.DataFrame({"respondent": ["a", "b", "a"], "group": "all", "item": "safe", "score": [4, None, 5],
    ...                       "wave": pd.to_datetime(["2024-01-15", "2024-01-15", "2024-11-15"])})
    >>> Responses(frame)
    Responses(2 respondents, 2 waves 2024-01-15..2024-11-15, 1 items, 2 answers)
    >>> Responses(frame).to_frame()[["item", "answered", "not_relevant"]].values.tolist()
    [['safe', 1, 1], ['safe', 1, 0]]
    """

    _rows: pd.DataFrame

    def __post_init__(self) -> None:
        rows = self._rows
        missing = [name for name in RESPONSE_COLUMNS if name not in rows]
        if missing:
            raise ValueError(f"missing columns: {', '.join(missing)}")
        rows = rows.loc[:, list(RESPONSE_COLUMNS)]
        if rows.empty:
            raise ValueError("no rows")
        if rows.drop(columns="score").isna().any(axis=None):
            raise ValueError("empty cells")
        if rows["wave"].dtype.kind != "M":
            raise ValueError("wave must be dates")
        if not rows["group"].isin(GROUPS).all():
            raise ValueError(f"group must be one of {', '.join(GROUPS)}")
        if national_ids(str(value) for value in rows["respondent"].unique()):
            raise ValueError("the column respondent holds national identity numbers")
        rows = rows.astype({"score": "float64", "item": "str", "group": "str"})
        if np.isinf(rows["score"]).any():
            raise ValueError("score must be numbers")
        rows["respondent"] = np.unique(rows["respondent"].to_numpy(), return_inverse=True)[1]
        key = ["respondent", "wave", "item"]
        if rows.duplicated(key).any():
            raise ValueError(f"more than one row for the same {', '.join(key)}")
        if (rows.groupby("respondent", sort=False)["group"].nunique() > 1).any():
            raise ValueError("a respondent is in more than one group")
        object.__setattr__(self, "_rows", rows.sort_values(key, ignore_index=True))

    def __repr__(self) -> str:
        rows, waves = self._rows, self.waves
        span = f"{len(waves)} waves {waves[0]:%Y-%m-%d}..{waves[-1]:%Y-%m-%d}"
        return (
            f"Responses({rows['respondent'].nunique()} respondents, {span}, {rows['item'].nunique()} items, "
            f"{rows['score'].count()} answers)"
        )

    @property
    def waves(self) -> tuple[pd.Timestamp, ...]:
        """The days of the waves, in order."""
        return tuple(sorted(self._rows["wave"].unique()))

    @property
    def items(self) -> tuple[str, ...]:
        """The items, by name."""
        return tuple(sorted(self._rows["item"].unique()))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups present, in the order of the vocabulary."""
        present = set(self._rows["group"].unique())
        return tuple(group for group in GROUPS if group in present)

    def rows(self) -> pd.DataFrame:
        """Return one row per respondent, wave and item, sorted: what a method works on."""
        return self._rows.copy()

    def respondents(self, group: Group | None = None) -> int:
        """Return how many have answered anything, in one group or in all."""
        rows = self._rows if group is None else self._rows[self._rows["group"] == group]
        return int(rows["respondent"].nunique())

    @property
    def last_wave(self) -> date:
        """The day of the last wave."""
        return self.waves[-1].date()

    def until(self, as_of: date) -> Responses:
        """Return what had been answered by a date: the waves sent on or before it.

        Raises
        ------
        ValueError
            When nothing is left.
        """
        return Responses(self._rows[self._rows["wave"] <= pd.Timestamp(as_of)])

    def to_frame(self) -> pd.DataFrame:
        """Return per wave, group and item how many answered and how many found it not relevant; nobody's own answer."""
        score = self._rows.groupby(["wave", "group", "item"], sort=True)["score"]
        counts = pd.DataFrame({"answered": score.count(), "not_relevant": score.size() - score.count()})
        return counts.reset_index()
