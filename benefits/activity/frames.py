"""From an analyst's own table to a shape: which it is follows from its columns, and every mistake is told at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from benefits.activity.guard import national_ids
from benefits.activity.reading.answers import changed_groups
from benefits.activity.reading.columns import NumberFormat, groups
from benefits.activity.reading.counted import changed, repeated
from benefits.activity.reading.days import days, first_of_month
from benefits.activity.responses import RESPONSE_COLUMNS, Responses
from benefits.activity.shapes import PANEL_COLUMNS, SERIES_COLUMNS, START, Panel, Series
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import columns_twice, missing_columns
from benefits.errors import InvalidInput, Problem

Data = Panel | Series | Responses
PLACE = "frame"
"""What a plain table is called in problems; a row is ``frame:`` with its number, from 1."""
_LEFT_OUT: Mapping[str, str | float] = {"group": "all", "unit": "", "exposure": 1.0}
_NUMBERS = NumberFormat(decimal=".")


def shape_of(frame: pd.DataFrame, *, shares: bool = False) -> Data:
    """Return the shape a plain table is: Responses with a column respondent, Panel with person, else Series.

    Parameters
    ----------
    frame
        Columns as the shape has them. ``unit`` may be left out, ``group`` too (all), and ``exposure`` (1 a row).
        ``period``, ``wave`` and ``start`` are dates, or texts of ISO dates; numbers may be texts with a decimal point.
        Rows may come in any order, and further columns are not looked at.
    shares
        Whether the count is a part of the exposure, and so never above it.

    Raises
    ------
    InvalidInput
        With every problem; a row is named by its place in the table, from 1.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": ["2024-01-01", "2024-02-01"], "count": [3, 5], "exposure": [10, 10]})
    >>> shape_of(frame)
    Series(2 periods 2024-01..2024-02, 1 units, 8 events in 20 exposure)
    >>> try:
    ...     shape_of(frame.assign(count=["3,5", -1]))
    ... except InvalidInput as mistake:
    ...     print(mistake)
    frame:1: cell_not_a_number (3,5)
    frame:2: negative_count (-1)
    """
    columns = [str(name) for name in frame.columns]
    wanted = RESPONSE_COLUMNS if "respondent" in columns else PANEL_COLUMNS if "person" in columns else SERIES_COLUMNS
    structure = columns_twice(columns, place=PLACE)
    structure += missing_columns([name for name in wanted if name not in _LEFT_OUT], columns, place=PLACE)
    if not structure and frame.empty:
        structure.append(Problem(place=PLACE, code="no_rows"))
    if structure:
        raise InvalidInput(tuple(structure))
    given = frame.set_axis(columns, axis="columns").set_axis(range(1, len(frame) + 1))
    _refuse_national_ids(given)
    problems = RowProblems(PLACE)
    names = [*wanted, *([START] if START in given and wanted is not RESPONSE_COLUMNS else [])]
    parsed = pd.DataFrame(index=given.index)
    for name in names:
        parsed[name] = _parsed(name, given[name], problems) if name in given else _LEFT_OUT[name]
    _look(parsed, problems, shares=shares)
    if problems.found:
        raise InvalidInput(problems.listed())
    if wanted is RESPONSE_COLUMNS:
        return Responses(_numbered(parsed, "respondent"))
    return Panel(_numbered(parsed, "person")) if wanted is PANEL_COLUMNS else Series(parsed)


def _refuse_national_ids(given: pd.DataFrame) -> None:
    found = []
    for name in ("person", "respondent"):
        if name in given:
            count = national_ids(_as_id(value) for value in given[name].unique())
            if count:
                found.append(Problem(place=PLACE, code="national_ids", parameters={"column": name, "count": count}))
    if found:
        raise InvalidInput(tuple(found))


def _as_id(value: object) -> str:
    """An id as text; a whole number gets back the leading zero it may have lost, also where a hole made it a float."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:011d}" if isinstance(value, (int, np.integer)) else str(value)


def _parsed(name: str, column: pd.Series, problems: RowProblems) -> pd.Series:
    empty = column.isna() | (column.astype("object") == "")
    if name not in (START, "score"):
        problems.add_all(column.index[empty], "empty_cell", column=name)
    if name in ("period", "wave", START):
        return _dates(name, column, empty, problems)
    if name in ("count", "exposure", "score"):
        return _numbers(name, column, empty, problems)
    text = column.astype("str").mask(empty)
    return groups(text, problems) if name == "group" else text


def _dates(name: str, column: pd.Series, empty: pd.Series, problems: RowProblems) -> pd.Series:
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if column.dtype.kind != "M":
        text = column.astype("str").mask(empty)
        months = text.str.fullmatch(r"\d{4}-\d\d", na=False) if name == "period" else pd.Series(False, column.index)
        column = days(text.mask(months, text + "-01"), problems)
    found = column.dt.normalize()
    return first_of_month(found) if name == "period" else found


def _numbers(name: str, column: pd.Series, empty: pd.Series, problems: RowProblems) -> pd.Series:
    if column.dtype.kind in "iuf":
        values = column.astype("float64")
    else:
        values = _NUMBERS.numbers(column.astype("str").mask(empty))
    values = values.replace([np.inf, -np.inf], np.nan)
    _note(column, values.isna() & ~empty, problems, "cell_not_a_number", name, decimal=_NUMBERS.decimal)
    if name == "count":
        _note(column, values < 0, problems, "negative_count", name)
    if name == "exposure":
        _note(column, values <= 0, problems, "exposure_not_positive", name)
    return values


def _note(column: pd.Series, wrong: pd.Series, problems: RowProblems, code: str, name: str, **further: str) -> None:
    for row, value in column[wrong].items():
        problems.add(int(str(row)), code, value=str(value), column=name, **further)


def _look(parsed: pd.DataFrame, problems: RowProblems, *, shares: bool) -> None:
    """What rows have together: none twice, nobody in two groups or with two starts, no part above the whole."""
    if "respondent" in parsed:
        repeated(parsed, ["respondent", "wave", "item"], problems)
        changed_groups(parsed, problems)
        return
    persons = "person" in parsed
    repeated(parsed, ["person", "period"] if persons else ["unit", "group", "period"], problems)
    if persons:
        changed(parsed, ["person"], "group", problems)
    if START in parsed:
        changed(parsed, ["person"] if persons else ["unit", "group"], START, problems)
    if shares:
        problems.add_all(parsed.index[parsed["count"] > parsed["exposure"]], "count_above_exposure")


def _numbered(parsed: pd.DataFrame, name: str) -> pd.DataFrame:
    """Replace ids by running integers, in the order of their texts."""
    return parsed.assign(**{name: np.unique(parsed[name].to_numpy(dtype="str"), return_inverse=True)[1]})
