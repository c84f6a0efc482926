"""Keep the rows of a table that the project file asks for, and count those left out by each filter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat
from benefits.activity.reading.days import days
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, missing_columns
from benefits.errors import InvalidInput, Parameter, Problem
from benefits.project.data import Bound, Filter

SHARED_ROWS = 5
"""A value is repeated in a message only when it stands in so many rows."""


def kept(text: TextTable, filters: Sequence[Filter], *, numbers: NumberFormat) -> tuple[TextTable, tuple[Finding, ...]]:
    """Return the table with the rows that fit every filter.

    Parameters
    ----------
    text
        The table.
    filters
        ``one_of`` and ``not_one_of`` compare texts, and an empty cell is none of them; bounds compare numbers or days,
        and an empty cell is out.
    numbers
        How numbers are written in the table.

    Returns
    -------
    tuple
        The table, and how many rows each filter left out of those the filters before it had kept.

    Raises
    ------
    InvalidInput
        When a column is not there, no row has any of the values asked for, a cell compared with a bound is neither
        empty nor a number (or day), or no row is left.

    Examples
    --------
    >>> text = TextTable(file="a.csv", table=pd.DataFrame({"type": ["1", "2", "1"]}, dtype="str"), sha256="")
    >>> left, found = kept(text, [Filter(column="type", one_of=("1",))], numbers=NumberFormat())
    >>> len(left.table), dict(found[0].parameters)
    (2, {'count': 1, 'column': 'type'})
    """
    present = [str(name) for name in text.table.columns]
    lacking = missing_columns(dict.fromkeys(one.column for one in filters), present, place=text.header_place)
    if lacking:
        raise InvalidInput(tuple(lacking))
    problems, table = text.row_problems(), text.table
    found: list[Finding] = []
    for one in filters:
        found += _absent(text, one)
        fits = _fits(table[one.column], one, numbers, problems)
        if not fits.all():
            parameters: dict[str, Parameter] = {"count": int((~fits).sum()), "column": one.column}
            found.append(Finding(code="filtered_out", parameters=parameters))
        table = table[fits]
    if problems.found:
        raise InvalidInput(problems.listed())
    if table.empty and not text.table.empty:
        raise InvalidInput((Problem(place=text.file, code="nothing_left"),))
    keep = pd.Series(text.table.index.isin(table.index), index=text.table.index)
    return text.with_rows(keep), tuple(found)


def _absent(text: TextTable, one: Filter) -> list[Finding]:
    """The values asked for that are nowhere in the column; when none of them is anywhere, a problem."""
    known = text.table[one.column].unique().tolist()
    absent = [value for value in one.one_of if value not in known]
    if absent and len(absent) == len(one.one_of) and known:
        parameters: dict[str, Parameter] = {
            "column": one.column,
            "nearest": nearest_values(absent[0], text.table[one.column]),
        }
        problem = Problem(place=text.file, code="filter_matches_nothing", value=absent[0], parameters=parameters)
        raise InvalidInput((problem,))
    return [Finding(code="filter_value_absent", parameters={"column": one.column, "value": value}) for value in absent]


def nearest_values(wanted: str, column: pd.Series) -> str:
    """Return the values of a column most like one that is not there, of those that stand in several rows.

    What stands in few rows may be somebody's own.

    Examples
    --------
    >>> nearest_values("Wik", pd.Series(["Vik"] * 5 + ["Os"] * 5 + ["P001"]))
    'Vik'
    """
    times = column[column != ""].value_counts()
    shared = sorted(str(value) for value in times.index[times >= SHARED_ROWS])
    return ", ".join(get_close_matches(wanted, shared, n=2, cutoff=0.4) or shared[:3]) or "–"


def _fits(column: pd.Series, one: Filter, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    fits = pd.Series(True, index=column.index)
    if one.one_of:
        fits &= column.isin(one.one_of)
    if one.not_one_of:
        fits &= ~column.isin(one.not_one_of)
    bounds = [bound for bound in (one.at_least, one.at_most) if bound is not None]
    if bounds:
        values = _measured(column, bounds[0], numbers, problems)
        if one.at_least is not None:
            fits &= values >= _comparable(one.at_least)
        if one.at_most is not None:
            fits &= values <= _comparable(one.at_most)
    return fits


def _measured(column: pd.Series, bound: Bound, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    filled = column.mask(column == "")
    if isinstance(bound, date):
        return days(filled, problems)
    values = numbers.numbers(filled)
    for line, value in filled[values.isna() & filled.notna()].items():
        parameters = {"column": str(column.name), "decimal": numbers.decimal}
        problems.add(int(str(line)), "cell_not_a_number", value=str(value), **parameters)
    return values


def _comparable(bound: Bound) -> pd.Timestamp | float:
    return pd.Timestamp(bound) if isinstance(bound, date) else float(bound)
