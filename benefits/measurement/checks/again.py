"""A method used once more on other data or another start: what the checks on its robustness are made with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from benefits.activity import Panel, Series
from benefits.measurement.contract import Estimate, Refusal

Again = Callable[[Panel | Series, date], Estimate | Refusal]
"""The same method with the same options, without these checks, on other data and with another first day."""


def of_the_same_kind(data: Panel | Series, rows: object) -> Panel | Series:
    """Return rows as the shape that data has.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2024-01-01"]), "unit": "Vik", "group": "all", "count": 1,
    ...                       "exposure": 1.0})
    >>> of_the_same_kind(Series(frame), frame)
    Series(1 periods 2024-01..2024-01, 1 units, 1 events in 1 exposure)
    """
    return type(data)(rows)  # type: ignore[arg-type]
