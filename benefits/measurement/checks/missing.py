"""How many of the periods that should be there are not."""

from __future__ import annotations

import pandas as pd

from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers, step_in_months
from benefits.measurement.contract import Check

MOST_MISSING = 0.05
"""Schafer (1999): up to one in twenty missing is of no consequence."""


def missing_data(rows: pd.DataFrame) -> Check:
    """Check that few periods are missing between each one's first and last.

    Parameters
    ----------
    rows
        Rows of a panel (a person's periods between the first and the last the person has) or of a series (a unit's and
        group's, between the first and the last of all where the start is one and the same), on both sides of the start.
        Periods left out on purpose around the start lie between the sides, and are not missing.

    Returns
    -------
    Check
        Failed above one in twenty; parameters ``missing`` (person-months, or other periods), ``expected``, ``share``
        and ``share_limit``.

    References
    ----------
    Schafer JL. Multiple imputation: a primer. Stat Methods Med Res 1999;8:3-15.

    Examples
    --------
    >>> months = pd.date_range("2024-01-01", periods=10, freq="MS").delete(4)
    >>> rows = pd.DataFrame({"period": months, "unit": "Vik", "group": "all", "post": 0})
    >>> found = missing_data(rows)
    >>> found.passed, found.parameters["missing"], found.parameters["share"]
    (False, 1, 0.1)
    """
    step = step_in_months(rows["period"])
    place = (month_numbers(rows["period"]) // step).rename("place")
    keyed = rows.assign(place=place)
    if "person" in rows:
        spans = keyed.groupby(["person", "post"])["place"].agg(["min", "max", "nunique"])
    else:
        spans = keyed.groupby(["unit", "group", "post"])["place"].agg(["min", "max", "nunique"])
        if START not in rows:
            sides = keyed.groupby("post")["place"].agg(["min", "max"])
            side = spans.index.get_level_values("post")
            spans["min"], spans["max"] = (sides.loc[side, end].to_numpy() for end in ("min", "max"))
    expected = int((spans["max"] - spans["min"] + 1).sum())
    missing = expected - int(spans["nunique"].sum())
    share = missing / expected
    parameters = {"missing": missing, "expected": expected, "share": share, "share_limit": MOST_MISSING}
    return Check(code="missing_data", passed=share <= MOST_MISSING, parameters=parameters)
