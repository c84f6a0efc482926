"""From the answers of a survey to one score per respondent and side of the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from benefits.activity import Responses

Measure = Literal["mean", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One score per respondent, before and after.

    Attributes
    ----------
    before, after
        Respondent -> mean over the items answered: of the scores themselves, or of whether each was an agreement.
    items
        The items used: those asked on both sides.
    asked
        How many items were asked, before and after.
    left_out
        How many items were asked on one side only.
    not_relevant
        Share of answers that were "not relevant", before and after.
    outside
        How many answers are outside the scale that was stated.
    """

    before: pd.Series
    after: pd.Series
    items: tuple[str, ...]
    asked: tuple[int, int]
    left_out: int
    not_relevant: tuple[float, float]
    outside: int


def scores(
    data: Responses,
    *,
    group: str,
    go_live: date,
    measure: Measure,
    agree_from: float | None = None,
    items: tuple[str, ...] = (),
    scale: tuple[float, float] | None = None,
) -> Scores:
    """Return the scores of the last wave before the start and the last wave after it.

    A wave is before when it was sent before the day of the start. An answer of "not relevant" counts neither for nor
    against; a respondent with no other answers has no score.

    Parameters
    ----------
    data
        Answers.
    group
        Whose.
    go_live
        First day of the service.
    measure
        Mean of the scores, or share of answers that agree.
    agree_from
        Lowest score that is an agreement; used for shares.
    items
        The items to use; empty for all that were asked on both sides.
    scale
        Lowest and highest possible score, where stated.

    Examples
    --------
    Hand-worked: a answers 3 and 5 before (mean 4), 5 and "not relevant" after (mean 5).

    >>> frame = pd.DataFrame({"respondent": "a", "group": "all", "item": ["x", "y", "x", "y"],
    ...                       "score": [3, 5, 5, None],
    ...                       "wave": pd.to_datetime(["2024-01-15"] * 2 + ["2024-11-15"] * 2)})
    >>> found = scores(Responses(frame), group="all", go_live=date(2024, 6, 1), measure="mean")
    >>> found.before.tolist(), found.after.tolist(), found.not_relevant
    ([4.0], [5.0], (0.0, 0.5))
    """
    rows = data.rows()
    rows = rows[rows["group"] == group]
    is_before = rows["wave"] < pd.Timestamp(go_live)
    sides = [_last_wave(rows[is_before]), _last_wave(rows[~is_before])]
    asked = [set(side["item"]) for side in sides]
    wanted = set(items) if items else asked[0] | asked[1]
    shared = asked[0] & asked[1] & wanted
    kept = [side[side["item"].isin(shared)] for side in sides]
    outside = 0
    if scale is not None:
        outside = sum(int((side["score"].lt(scale[0]) | side["score"].gt(scale[1])).sum()) for side in kept)
    before, after = (_by_respondent(side, measure=measure, agree_from=agree_from) for side in kept)
    missing = [float(side["score"].isna().mean()) if len(side) else 0.0 for side in kept]
    return Scores(
        before=before,
        after=after,
        items=tuple(sorted(shared)),
        asked=(len(asked[0]), len(asked[1])),
        left_out=len(wanted - shared),
        not_relevant=(missing[0], missing[1]),
        outside=outside,
    )


def _last_wave(rows: pd.DataFrame) -> pd.DataFrame:
    last: pd.DataFrame = rows[rows["wave"] == rows["wave"].max()]
    return last


def _by_respondent(rows: pd.DataFrame, *, measure: Measure, agree_from: float | None) -> pd.Series:
    answered = rows.dropna(subset="score")
    value = answered["score"] if measure == "mean" else (answered["score"] >= agree_from).astype("float64")
    by_respondent: pd.Series = value.groupby(answered["respondent"], sort=True).mean()
    return by_respondent
