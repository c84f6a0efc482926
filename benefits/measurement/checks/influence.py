"""Whether the answer hangs on the few persons who use most."""

from __future__ import annotations

from datetime import date
from math import ceil

import pandas as pd

from benefits.activity import Panel, Series
from benefits.measurement.checks.again import Again, of_the_same_kind
from benefits.measurement.contract import Check, Estimate, Refusal

HEAVIEST = "heaviest_users"
"""Code of the check."""
FEWEST_LEFT_OUT = 5
"""As many persons as the limit of a small cell, so that nobody can be told from the two answers."""
SHARE_LEFT_OUT = 0.01
MOST_LEFT_OUT = 0.25
"""Leaving out more of a group than this says nothing about those who are left."""


def influence(
    data: Panel | Series, *, estimate: Estimate, go_live: date, again: Again, rows: pd.DataFrame
) -> tuple[Check, ...]:
    """Check that the answer stays when the heaviest users of each group are left out.

    Left out are the persons with the highest count in the windows, on both sides of the start taken together: one
    in a hundred of each group, and at least five. The answer stays when zero is within both intervals or outside both,
    and, if outside, on the same side.

    Parameters
    ----------
    data
        Activity data.
    estimate
        Of the method on all of them.
    go_live
        First day of the service.
    again
        The method.
    rows
        The rows the estimate rests on: the groups compared, within the windows.

    Returns
    -------
    tuple of Check
        Empty for a series. Unknown when five would be more than a quarter of a group, or when the method will not
        answer without them; parameters ``left_out`` (persons), ``rate_effect`` and ``rate_without``. What it answers
        without them is with the check, so that it can be shown in events and kroner.

    References
    ----------
    Belsley, Kuh and Welsch (1980), Regression Diagnostics, chapter 2 (deletion of the most influential observations).
    """
    if not isinstance(data, Panel):
        return ()
    code = HEAVIEST
    used = rows.groupby(["group", "person"])["count"].sum().reset_index()
    used = used.sort_values(["count", "person"], ascending=[False, True])
    sizes = used.groupby("group")["person"].size()
    if (sizes * MOST_LEFT_OUT < FEWEST_LEFT_OUT).any():
        return (Check(code=code, passed=None),)
    heaviest = {
        person
        for group, size in sizes.items()
        for person in used.loc[used["group"] == group, "person"].head(how_many(int(size)))
    }
    every = data.rows()
    answer = again(of_the_same_kind(data, every[~every["person"].isin(heaviest)]), go_live)
    if isinstance(answer, Refusal):
        return (Check(code=code, passed=None),)
    parameters = {"left_out": len(heaviest), "rate_effect": estimate.effect, "rate_without": answer.effect}
    return (Check(code=code, passed=_stays(estimate, answer), parameters=parameters, without=answer),)


def how_many(persons: int) -> int:
    """Return how many persons of a group are left out.

    Examples
    --------
    >>> how_many(150), how_many(2001)
    (5, 21)
    """
    return max(FEWEST_LEFT_OUT, ceil(persons * SHARE_LEFT_OUT))


def _stays(one: Estimate, other: Estimate) -> bool:
    if one.includes_zero or other.includes_zero:
        return one.includes_zero and other.includes_zero
    return (one.effect > 0) == (other.effect > 0)
