"""From an analyst's own table to a shape: which it is follows from its columns, and every mistake is told at once."""

from __future__ import annotations

import pandas as pd

from benefits.activity.responses import Responses
from benefits.activity.shapes import Panel, Series

Data = Panel | Series | Responses


def shape_of(frame: pd.DataFrame) -> Data:
    """Return the shape a plain table is: Responses with a column respondent, Panel with person, else Series.

    Parameters
    ----------
    frame
        Columns as the shape has them. ``unit`` may be left out, ``group`` too (all), and ``exposure`` (1 a row).
        ``period`` and ``wave`` are dates, or texts of ISO dates.

    Raises
    ------
    InvalidInput
        With every problem; a row is named by its place in the table, from 1.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": ["2024-01-01", "2024-02-01"], "count": [3, 5], "exposure": [10, 10]})
    >>> shape_of(frame)
    Series(2 periods 2024-01..2024-02, 1 units, 8 events in 20 exposure)
    """
    given = frame.assign(**{name: value for name, value in {"group": "all"}.items() if name not in frame})
    if "respondent" in given:
        return Responses(given.assign(wave=pd.to_datetime(given["wave"])))
    given = given.assign(period=pd.to_datetime(given["period"]))
    given = given.assign(**{name: value for name, value in {"unit": "", "exposure": 1.0}.items() if name not in given})
    return Panel(given) if "person" in given else Series(given)
