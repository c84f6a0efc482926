"""Which group a row belongs to: as its column says, as the project file puts its values in groups, or all."""

from __future__ import annotations

import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import groups
from benefits.activity.tables.filters import nearest_values
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable
from benefits.errors import InvalidInput, Problem
from benefits.project.data import GroupNames


def group_column(
    text: TextTable, columns: dict[str, str], names: GroupNames | None, problems: RowProblems, *, otherwise: str = "all"
) -> tuple[pd.Series, tuple[Finding, ...]]:
    """Return the group of each row, nothing for those the project file puts in none, and how many these are.

    Parameters
    ----------
    text
        The table.
    columns
        Our name -> the name in the table.
    names
        Which values of the column group, else of unit, are the treated and the comparison; None when the column group
        holds our words.
    problems
        Where cells that hold no known group are noted.
    otherwise
        The group of every row when nothing is said.

    Raises
    ------
    InvalidInput
        When no row has a value the project file names.
    """
    by = next((columns[name] for name in ("group", "unit") if name in columns), None)
    if names is None or by is None:
        if "group" not in columns:
            return pd.Series(otherwise, index=text.table.index, dtype="str"), ()
        column = text.table[columns["group"]]
        empty = column == ""
        problems.add_all(column.index[empty], "empty_cell", column=columns["group"])
        return groups(column.mask(empty), problems), ()
    column = text.table[by]
    known = column.unique().tolist()
    unknown = [name for name in (*names.treated, *names.comparison) if name not in known]
    if unknown:
        raise InvalidInput(tuple(_unknown(text, name, column) for name in unknown))
    group = pd.Series(None, index=column.index, dtype="str")
    group = group.mask(column.isin(names.treated), "treated").mask(column.isin(names.comparison), "comparison")
    out = column[group.isna()]
    if out.empty:
        return group, ()
    parameters = {"count": len(out), "units": int(out.nunique())}
    return group, (Finding(code="not_in_a_group", parameters=parameters),)


def _unknown(text: TextTable, name: str, column: pd.Series) -> Problem:
    nearest = nearest_values(name, column)
    return Problem(place=text.file, code="group_name_unknown", value=name, parameters={"nearest": nearest})
