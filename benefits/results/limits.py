"""The limit below which persons, or events in a small group, are not shown; and how many persons data are about."""

from __future__ import annotations

from benefits.activity import Panel, Series
from benefits.activity.steps import step_in_months
from benefits.vocabulary import Exposure

LIMIT = 5
"""Fewest persons, or events in a small group, that may be shown."""


def persons_by_group(shape: Panel | Series, *, per: Exposure) -> dict[str, int]:
    """Return how many persons each group of some data is about; empty for a whole population, which has no limit.

    A panel counts them. A series counted per person-year or person-month had, in its fullest period, as many as its
    exposure over the length of the period, rounded down.

    Examples
    --------
    >>> import pandas as pd
    >>> months = pd.date_range("2024-01-01", periods=2, freq="MS")
    >>> frame = pd.DataFrame({"period": months, "unit": "Vik", "group": "treated", "count": 1, "exposure": [1.5, 1.0]})
    >>> persons_by_group(Series(frame), per="person_year"), persons_by_group(Series(frame), per="inhabitant")
    ({'treated': 18}, {})
    """
    if isinstance(shape, Panel):
        return {group: shape.persons(group) for group in shape.groups}
    months_per_unit = {"person_year": 12, "person_month": 1}.get(per)
    if months_per_unit is None:
        return {}
    frame = shape.to_frame()
    fullest = frame.groupby("group")["exposure"].max() * months_per_unit / step_in_months(frame["period"])
    return {str(group): int(persons + 1e-9) for group, persons in fullest.items()}
