"""Turn columns of text into periods, counts, exposures and groups, noting each cell that cannot be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benefits.activity.tables.rows import RowProblems
from benefits.vocabulary import Group, words

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"
_MONTH = r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])"
_LARGEST_COUNT = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """How numbers are written in a file.

    Attributes
    ----------
    decimal
        Decimal mark, comma or point.
    thousands
        Mark between groups of three digits, or None. A space also stands for the no-break spaces.
    """

    decimal: str = ","
    thousands: str | None = None

    def numbers(self, column: pd.Series) -> pd.Series:
        """Return the column as floats, not-a-number where the text is not a number in this format.

        Examples
        --------
        >>> texts = pd.Series(["0,5", "0.5", "1 200"], dtype="str")
        >>> NumberFormat(decimal=",", thousands=" ").numbers(texts).tolist()
        [0.5, nan, 1200.0]
        """
        text = column.str.replace("\u2212", "-", regex=False)
        if self.decimal != ".":
            text = text.where(~text.str.contains(".", regex=False, na=False), "")
        text = self._ungrouped(text)
        if self.decimal != ".":
            text = text.str.replace(self.decimal, ".", regex=False)
        return pd.to_numeric(text.where(text.str.fullmatch(_NUMBER, na=False)), errors="coerce").astype("float64")

    def _ungrouped(self, text: pd.Series) -> pd.Series:
        if self.thousands is None:
            return text
        mark = "[ \u00a0\u202f\u2009]" if self.thousands == " " else re.escape(self.thousands)
        whole = rf"[+-]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{re.escape(self.decimal)}\d+)?"
        return text.where(~text.str.fullmatch(whole, na=False), text.str.replace(mark, "", regex=True))


def periods(column: pd.Series, problems: RowProblems) -> pd.Series:
    """Return the first day of each month; a text is YYYY-MM or YYYY-MM-DD."""
    month = column.str.fullmatch(_MONTH, na=False)
    day = column.str.fullmatch(_MONTH + r"-\d\d", na=False)
    whole = pd.to_datetime((column + "-01").where(month, column).where(month | day), format="%Y-%m-%d", errors="coerce")
    _note(column, whole.isna(), problems, "date_not_iso")
    return pd.Series(whole.dt.to_period("M").dt.to_timestamp(), index=column.index)


def counts(column: pd.Series, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    """Return whole numbers, zero or more."""
    values = numbers.numbers(column)
    _note(column, values.isna(), problems, "cell_not_a_number", decimal=numbers.decimal)
    _note(column, values < 0, problems, "negative_count")
    _note(column, (values >= 0) & ((values % 1 != 0) | (values > _LARGEST_COUNT)), problems, "cell_not_a_whole_number")
    return values


def exposures(column: pd.Series, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    """Return numbers above zero."""
    values = numbers.numbers(column).replace([np.inf], np.nan)
    _note(column, values.isna(), problems, "cell_not_a_number", decimal=numbers.decimal)
    _note(column, values <= 0, problems, "exposure_not_positive")
    return values


def groups(column: pd.Series, problems: RowProblems) -> pd.Series:
    """Return treated, comparison or all."""
    known = words(Group)
    _note(column, ~column.isin(known), problems, "unknown_group", known=", ".join(known))
    return column.where(column.isin(known))


def _note(column: pd.Series, wrong: pd.Series, problems: RowProblems, code: str, **parameters: str) -> None:
    """Add a problem for each wrong cell; an empty cell is already noted as that."""
    for line, value in column[wrong & column.notna()].items():
        problems.add(int(str(line)), code, value=str(value), column=str(column.name or ""), **parameters)
