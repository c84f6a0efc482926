"""Days as they stand in files, and the months they are in."""

from __future__ import annotations

import pandas as pd

from benefits.activity.tables.rows import RowProblems

_DAY = r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-\d\d"
_CLOCK = r"(?:[T ]\d\d:\d\d.*)?"


def days(column: pd.Series, problems: RowProblems) -> pd.Series:
    """Return the day of each text, YYYY-MM-DD (a time of day after it is left out); not a time where it is empty.

    A text that is neither is noted as a problem.

    Examples
    --------
    >>> days(pd.Series(["2024-02-29", "2024-03-01 13:45", None]), RowProblems("a.csv")).dt.strftime("%d.%m").tolist()
    ['29.02', '01.03', nan]
    """
    shaped = column.where(column.str.fullmatch(_DAY + _CLOCK, na=False))
    found = pd.to_datetime(shaped.str.slice(0, 10), format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    for line, value in column[found.isna() & column.notna()].items():
        problems.add(int(str(line)), "cell_not_a_day", value=str(value), column=str(column.name or ""))
    return found


def first_of_month(day: pd.Series) -> pd.Series:
    """Return the first day of the month of each day.

    Examples
    --------
    >>> first_of_month(pd.Series(pd.to_datetime(["2024-02-29"]))).dt.day.tolist()
    [1]
    """
    first: pd.Series = day.dt.to_period("M").dt.to_timestamp()
    return first
