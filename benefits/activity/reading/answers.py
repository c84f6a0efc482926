"""Read answers to a survey: one row per respondent, wave and item."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat
from benefits.activity.reading.counted import repeated, without_repeated
from benefits.activity.reading.days import days
from benefits.activity.reading.grouping import group_column
from benefits.activity.responses import Responses
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_missing_columns
from benefits.errors import InvalidInput, Problem
from benefits.project.data import GroupNames


def answers(
    text: TextTable, *, columns: Mapping[str, str], numbers: NumberFormat, names: GroupNames | None, drop_repeated: bool
) -> tuple[Responses, tuple[Finding, ...]]:
    """Return the answers of a table, an empty score meaning "not relevant".

    Parameters
    ----------
    text
        The table, filtered.
    columns
        Our name (respondent, wave, item, score; group may be left out) -> the name in the table.
    numbers
        How numbers are written.
    names
        How the values of the column group are put in groups.
    drop_repeated
        Whether a row equal to an earlier one in everything is left out; else it is a problem.

    Raises
    ------
    InvalidInput
        With every problem.
    """
    columns = dict(columns)
    refuse_missing_columns(text, columns, tuple(columns))
    if text.table.empty:
        raise InvalidInput((Problem(place=text.file, code="no_rows"),))
    text, dropped = without_repeated(text, drop=drop_repeated)
    problems = text.row_problems()
    group, outside = group_column(text, columns, names, problems)
    table = text.table[group.notna()] if names else text.table
    if table.empty:
        raise InvalidInput((Problem(place=text.file, code="nothing_left"),))
    rows = pd.DataFrame({"group": group[table.index]})
    for name in ("respondent", "wave", "item"):
        column = table[columns[name]]
        empty = column == ""
        problems.add_all(column.index[empty], "empty_cell", column=columns[name])
        rows[name] = days(column.mask(empty), problems) if name == "wave" else column.mask(empty)
    rows["score"] = _scores(table[columns["score"]], numbers, problems)
    repeated(rows, ["respondent", "wave", "item"], problems)
    changed_groups(rows, problems)
    if problems.found:
        raise InvalidInput(problems.listed())
    # The ids in the file go no further.
    rows["respondent"] = np.unique(rows["respondent"].to_numpy(dtype="str"), return_inverse=True)[1]
    unsaid = int(rows["score"].isna().sum())
    parameters = {"count": unsaid, "share": unsaid / len(rows)}
    found = (Finding(code="scores_not_relevant", parameters=parameters),) if unsaid else ()
    return Responses(rows), (*dropped, *outside, *found)


def _scores(column: pd.Series, numbers: NumberFormat, problems: RowProblems) -> pd.Series:
    values = numbers.numbers(column.mask(column == ""))
    for line, value in column[values.isna() & (column != "")].items():
        parameters = {"column": str(column.name or ""), "decimal": numbers.decimal}
        problems.add(int(str(line)), "cell_not_a_number", value=str(value), **parameters)
    return values


def changed_groups(rows: pd.DataFrame, problems: RowProblems) -> None:
    """Note the answers of one who is in another group than before."""
    whole = rows[["respondent", "group"]].dropna()
    changed = whole["group"] != whole.groupby("respondent", sort=False)["group"].transform("first")
    problems.add_all(whole.index[changed], "respondent_changes_group")
