"""The limit below which persons, or events in a small group, are not shown; and how many persons data are about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from benefits.activity import Panel, Series
from benefits.activity.steps import step_in_months
from benefits.vocabulary import Audience, Exposure

LIMIT = 5
"""Fewest persons, or events in a small group, that may be shown."""
LIMITS: Mapping[Audience, int] = MappingProxyType({"public": LIMIT, "internal": 1})
"""The same by who it is shown to: those inside the project may see small counts. What is estimated is held to LIMIT."""
PERSON_TIME: Mapping[Exposure, int] = MappingProxyType({"person_year": 12, "person_month": 1})
"""Exposures that are time of persons, with their months."""
PERSONS: frozenset[Exposure] = frozenset({"person", "patient"})
"""Exposures that are persons."""


def persons_by_group(shape: Panel | Series, *, per: Exposure) -> dict[str, int]:
    """Return how many persons each group of some data is about; empty where that is not known.

    A panel counts them. A series per person or patient had as many as its exposure in its fullest period; one per
    person-year or person-month as many as that exposure over the length of the period, rounded down. A series per
    inhabitant is about a whole population, which has no limit; one per event, consultation or the like says nothing of
    persons, and has none either.

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
    frame = shape.to_frame()
    persons = _persons(frame, per=per)
    if persons is None:
        return {}
    return {str(group): int(most + 1e-9) for group, most in persons.groupby(frame["group"]).max().items()}


def with_persons(shape: Panel | Series, *, per: Exposure) -> pd.DataFrame:
    """Return period, group, count and exposure of some data, with how many persons each cell is about where known.

    Time of persons over the length of the period is rounded up: there were at least as many.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]), "unit": "Vik", "group": "all",
    ...                       "count": 1, "exposure": [0.02, 1.5]})
    >>> with_persons(Series(frame), per="person_year")["persons"].tolist()
    [1, 18]
    """
    frame = shape.to_frame()
    persons = None if isinstance(shape, Panel) else _persons(frame, per=per)
    return frame if persons is None else frame.assign(persons=np.ceil(persons - 1e-9).astype("int64"))


def _persons(frame: pd.DataFrame, *, per: Exposure) -> pd.Series | None:
    """Exposure as persons; None where it does not say how many they are."""
    if per in PERSONS:
        persons: pd.Series = frame["exposure"]
        return persons
    if per in PERSON_TIME:
        return frame["exposure"] * PERSON_TIME[per] / step_in_months(frame["period"])
    return None
