"""Read counted rows: one per unit, or per person, and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat, counts, exposures, periods
from benefits.activity.reading.days import days
from benefits.activity.reading.grouping import group_column
from benefits.activity.shapes import START
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_missing_columns
from benefits.errors import InvalidInput, Problem
from benefits.project.data import GroupNames

PERSONS = "persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read of each row.

    Attributes
    ----------
    columns
        Our name -> the name in the table.
    required
        Our names that must be there.
    numbers
        How numbers are written.
    amounts
        Whether counts are amounts, as hours, and need not be whole.
    shares
        Whether a count is a part of the exposure, and so never above it.
    names
        How values are put in groups.
    unit, group
        What every row gets where nothing says otherwise.
    period
        First day of the period of every row, when that is no column.
    drop_repeated
        Whether a row equal to an earlier one in everything is left out; else it is a problem.
    """

    columns: Mapping[str, str]
    required: tuple[str, ...]
    numbers: NumberFormat
    amounts: bool = False
    shares: bool = False
    names: GroupNames | None = None
    unit: str = ""
    group: str = "all"
    period: date | None = None
    drop_repeated: bool = False


def counted_rows(text: TextTable, wanted: Wanted, *, key: tuple[str, ...]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the rows as the shapes want them, and what was left out of them.

    Parameters
    ----------
    text
        The table, filtered.
    wanted
        What to read.
    key
        Our names of the columns no two rows may be alike in.

    Raises
    ------
    InvalidInput
        With every problem found; of each rule at most twenty rows are listed, then their number.
    """
    columns = dict(wanted.columns)
    refuse_missing_columns(text, columns, tuple(dict.fromkeys((*wanted.required, *columns))))
    if text.table.empty:
        raise InvalidInput((Problem(place=text.file, code="no_rows"),))
    text, dropped = without_repeated(text, drop=wanted.drop_repeated)
    problems = text.row_problems()
    group, outside = group_column(text, columns, wanted.names, problems, otherwise=wanted.group)
    inside = group.notna() if wanted.names else pd.Series(True, index=group.index)
    table, group = text.table[inside], group[inside]
    table, group, unexposed = _without_unexposed(table, group, columns, wanted.numbers)
    if table.empty:
        raise InvalidInput((Problem(place=text.file, code="nobody_exposed" if unexposed else "nothing_left"),))
    parsed = _parsed(table, columns, wanted, problems).assign(group=group)
    repeated(parsed, list(key), problems)
    if "person" in parsed:
        changed(parsed, ["person"], "group", problems)
    if START in parsed:
        of = ["person"] if "person" in parsed else ["unit", "group"]
        changed(parsed, of, START, problems)
    if wanted.shares:
        problems.add_all(parsed.index[parsed["count"] > parsed["exposure"]], "count_above_exposure")
    if problems.found:
        raise InvalidInput(problems.listed())
    if not wanted.amounts:
        parsed = parsed.astype({"count": "int64"})
    return parsed, (*dropped, *outside, *unexposed)


def without_repeated(text: TextTable, *, drop: bool) -> tuple[TextTable, tuple[Finding, ...]]:
    """Leave out rows equal to an earlier one in every column of the table, when that is asked for."""
    twice = text.table.duplicated() if drop else pd.Series(False, index=text.table.index)
    if not twice.any():
        return text, ()
    found = Finding(code="repeated_rows_dropped", parameters={"count": int(twice.sum())})
    return text.with_rows(~twice), (found,)


def _without_unexposed(
    table: pd.DataFrame, group: pd.Series, columns: Mapping[str, str], numbers: NumberFormat
) -> tuple[pd.DataFrame, pd.Series, tuple[Finding, ...]]:
    """Leave out rows in which nobody was exposed and nothing happened: they say nothing, and have no rate."""
    if "exposure" not in columns:
        return table, group, ()
    nobody = numbers.numbers(table[columns["exposure"]]).eq(0) & numbers.numbers(table[columns["count"]]).eq(0)
    if not nobody.any():
        return table, group, ()
    found = Finding(code="zero_exposure", parameters={"count": int(nobody.sum())})
    return table[~nobody], group[~nobody], (found,)


def _parsed(table: pd.DataFrame, columns: Mapping[str, str], wanted: Wanted, problems: RowProblems) -> pd.DataFrame:
    parsed = pd.DataFrame(index=table.index)
    numbers = wanted.numbers
    for name, theirs in columns.items():
        if name == "group":
            continue
        column = table[theirs]
        empty = column == ""
        if name != START:
            problems.add_all(column.index[empty], "empty_cell", column=theirs)
        column = column.mask(empty)
        if name == "period":
            parsed[name] = periods(column, problems)
        elif name == "count":
            parsed[name] = amounts(column, numbers, problems) if wanted.amounts else counts(column, numbers, problems)
        elif name == "exposure":
            parsed[name] = exposures(column, numbers, problems)
        elif name == PERSONS:
            parsed[name] = counts(column, numbers, problems)
        else:
            parsed[name] = days(column, problems) if name == START else column
    if "unit" not in parsed:
        parsed["unit"] = wanted.unit
    if "exposure" not in parsed:
        parsed["exposure"] = 1.0
    if "period" not in parsed and wanted.period is not None:
        parsed["period"] = pd.Timestamp(wanted.period.year, wanted.period.month, 1)
    return parsed


def amounts(column: pd.Series, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    """Return numbers, zero or more, whole or not."""
    values = numbers.numbers(column)
    for line, value in column[values.isna() & column.notna()].items():
        parameters = {"column": str(column.name or ""), "decimal": numbers.decimal}
        problems.add(int(str(line)), "cell_not_a_number", value=str(value), **parameters)
    for line, value in column[values < 0].items():
        problems.add(int(str(line)), "negative_count", value=str(value), column=str(column.name or ""))
    return values


def repeated(parsed: pd.DataFrame, key: list[str], problems: RowProblems) -> None:
    """Note the rows alike an earlier one in some columns, with the line of the first."""
    whole = parsed[key].dropna()
    again = whole[whole.duplicated(key)]
    if again.empty:
        return
    first = (
        pd.Series(whole.index, index=whole.index).groupby([whole[name] for name in key], sort=False).transform("first")
    )
    for line in again.index:
        problems.add(int(line), "repeated_row", first=int(first[line]))


def changed(parsed: pd.DataFrame, of: list[str], name: str, problems: RowProblems) -> None:
    """Note the rows whose value is not that of the first row of the same person, or unit."""
    known = parsed.dropna(subset=[*of, name]) if name != START else parsed.dropna(subset=of)
    # The first value as it stands, empty or not: "first" of pandas passes over the empty ones.
    first = known[of].merge(known.drop_duplicates(of)[[*of, name]], on=of, how="left")[name].set_axis(known.index)
    same = (known[name] == first) | (known[name].isna() & first.isna())
    problems.add_all(known.index[~same], "start_changes" if name == START else "person_changes_group")
