"""Read single events: one per row, or as many as its count says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat, counts, periods
from benefits.activity.reading.counted import amounts, without_repeated
from benefits.activity.reading.days import days
from benefits.activity.reading.grouping import group_column
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_missing_columns
from benefits.errors import InvalidInput, Problem
from benefits.project.data import GroupNames, Repeated

EVENT_COLUMNS = ("person", "unit", "group", "date", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRows:
    """Events with what was left out of them: ``person`` is still the id in the file, and "" where there is none."""

    rows: pd.DataFrame
    findings: tuple[Finding, ...]


def event_rows(
    text: TextTable,
    *,
    columns: Mapping[str, str],
    numbers: NumberFormat,
    whole: bool,
    repeated: Repeated,
    names: GroupNames | None,
    require_person: bool,
) -> EventRows:
    """Return the events of a table.

    Parameters
    ----------
    text
        The table, filtered.
    columns
        Our name -> the name in the table; the day is in ``date``, or the month in ``period``.
    numbers
        How numbers are written.
    whole
        Whether counts are of events, and so whole.
    repeated
        What is done with rows equal to an earlier one in every column of the table.
    names
        How values are put in groups; None where a cohort decides.
    require_person
        Whether every event must say whose it was.

    Raises
    ------
    InvalidInput
        With every problem.
    """
    columns = dict(columns)
    refuse_missing_columns(text, columns, tuple(columns))
    if text.table.empty:
        raise InvalidInput((Problem(place=text.file, code="no_rows"),))
    problems = text.row_problems()
    if repeated == "refuse":
        _find_repeated(text.table, problems)
    twice = int(text.table.duplicated().sum()) if repeated == "keep" else 0
    kept = (Finding(code="repeated_rows_kept", parameters={"count": twice}),) if twice else ()
    text, dropped = without_repeated(text, drop=repeated == "drop")
    group, outside = group_column(text, columns, names, problems)
    table = text.table[group.notna()] if names else text.table
    if table.empty:
        raise InvalidInput((Problem(place=text.file, code="nothing_left"),))
    rows = pd.DataFrame(index=table.index)
    rows["person"] = _filled(table, columns, "person", problems) if require_person else _plain(table, columns, "person")
    rows["unit"] = _plain(table, columns, "unit")
    rows["group"] = group[table.index]
    if "date" in columns:
        rows["date"] = days(_filled(table, columns, "date", problems), problems)
    else:
        rows["date"] = periods(_filled(table, columns, "period", problems), problems)
    rows["count"] = 1
    if "count" in columns:
        column = _filled(table, columns, "count", problems)
        rows["count"] = (counts if whole else amounts)(column, numbers, problems)
    if problems.found:
        raise InvalidInput(problems.listed())
    if whole:
        rows = rows.astype({"count": "int64"})
    return EventRows(rows=rows[list(EVENT_COLUMNS)].reset_index(drop=True), findings=(*kept, *dropped, *outside))


def _plain(table: pd.DataFrame, columns: Mapping[str, str], name: str) -> pd.Series:
    return table[columns[name]] if name in columns else pd.Series("", index=table.index, dtype="str")


def _filled(table: pd.DataFrame, columns: Mapping[str, str], name: str, problems: RowProblems) -> pd.Series:
    column = table[columns[name]]
    empty = column == ""
    problems.add_all(column.index[empty], "empty_cell", column=columns[name])
    return column.mask(empty)


def _find_repeated(table: pd.DataFrame, problems: RowProblems) -> None:
    twice = table.index[table.duplicated()]
    if len(twice):
        first = table.index.to_series().groupby([table[name] for name in table.columns], sort=False).transform("first")
        for line in twice:
            problems.add(int(line), "repeated_row_whole", first=int(first[line]))
