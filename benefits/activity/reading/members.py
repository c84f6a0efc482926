"""Read a cohort: one row per person included, with every row that cannot be one told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from benefits.activity.cohort import MEMBER_COLUMNS
from benefits.activity.quality import Finding
from benefits.activity.reading.days import days
from benefits.activity.reading.grouping import group_column
from benefits.activity.tables.rows import RowProblems
from benefits.activity.tables.texts import TextTable, refuse_missing_columns
from benefits.errors import InvalidInput, Problem
from benefits.project.data import Cohort, GroupNames, Reasons

_DAYS = {"included": "start", "observed_from": "first", "ended": "ended"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Roll:
    """The members as :class:`benefits.activity.cohort.Members` wants them, with what each id became.

    Attributes
    ----------
    rows
        One row per person.
    number
        Id in the file -> running integer; it leaves this room with nobody.
    findings
        What was left out, and what was taken for granted.
    """

    rows: pd.DataFrame
    number: Mapping[str, int]
    findings: tuple[Finding, ...]


def roll_of(text: TextTable, cohort: Cohort, *, names: GroupNames | None) -> Roll:
    """Return everyone included.

    Parameters
    ----------
    text
        The table of the cohort, filtered.
    cohort
        How its columns are named, the words for reasons, and how long all are taken to be observed before.
    names
        How values are put in groups.

    Raises
    ------
    InvalidInput
        With every problem: a person twice, no day of inclusion, a day that is none, inclusion after the end or before
        the first day observed, an unknown reason, a reason without a day, a day without a reason.
    """
    columns = {str(ours): theirs for ours, theirs in cohort.columns.items()}
    refuse_missing_columns(text, columns, tuple(dict.fromkeys(("person", "included", *columns))))
    if text.table.empty:
        raise InvalidInput((Problem(place=text.file, code="no_rows"),))
    problems = text.row_problems()
    group, outside = group_column(text, columns, names, problems)
    rows = _parsed(text.table, columns, cohort.reasons, problems).assign(group=group)
    _find_twice(rows["person"], problems)
    _find_disorder(rows, columns, problems)
    if problems.found:
        raise InvalidInput(problems.listed())
    if names:
        rows = rows[rows["group"].notna()]
    found = list(outside)
    if "observed_from" not in columns:
        rows["first"] = rows["start"] - pd.DateOffset(months=cohort.history_months)
        found.append(Finding(code="history_by_rule", parameters={"months": cohort.history_months}))
    rows = rows.sort_values("person", ignore_index=True)
    number = {str(person): place for place, person in enumerate(rows["person"])}
    rows["person"] = range(len(rows))
    return Roll(rows=rows[list(MEMBER_COLUMNS)], number=number, findings=tuple(found))


def _parsed(table: pd.DataFrame, columns: Mapping[str, str], reasons: Reasons, problems: RowProblems) -> pd.DataFrame:
    rows = pd.DataFrame(index=table.index)
    rows["unit"] = table[columns["unit"]] if "unit" in columns else ""
    for name in ("person", "included"):
        empty = table[columns[name]] == ""
        problems.add_all(table.index[empty], "empty_cell", column=columns[name])
    rows["person"] = table[columns["person"]]
    for ours, as_ in _DAYS.items():
        if ours in columns:
            column = table[columns[ours]]
            rows[as_] = days(column.mask(column == ""), problems)
        else:
            rows[as_] = pd.Series(pd.NaT, index=table.index, dtype="datetime64[us]")
    if "observed_from" in columns:
        empty = table[columns["observed_from"]] == ""
        problems.add_all(table.index[empty], "empty_cell", column=columns["observed_from"])
    rows["reason"] = _reasons(table, columns, reasons, problems)
    return rows


def _reasons(table: pd.DataFrame, columns: Mapping[str, str], reasons: Reasons, problems: RowProblems) -> pd.Series:
    found = pd.Series("", index=table.index, dtype="str")
    if "reason" not in columns:
        return found
    column = table[columns["reason"]]
    known: list[str] = []
    for name in Reasons.model_fields:
        words = getattr(reasons, name)
        known.extend(words)
        found = found.mask(column.isin(words), name)
    for line, value in column[(column != "") & (found == "")].items():
        problems.add(
            int(str(line)), "unknown_reason", value=str(value), column=columns["reason"], known=", ".join(known)
        )
    if "ended" in columns:
        ended = table[columns["ended"]] != ""
        problems.add_all(column.index[ended & (column == "")], "ended_without_reason", column=columns["reason"])
        problems.add_all(column.index[~ended & (column != "")], "reason_without_day", column=columns["ended"])
    return found


def _find_twice(person: pd.Series, problems: RowProblems) -> None:
    filled = person[person != ""]
    first = {value: line for line, value in reversed(list(filled.items()))}
    for line in filled.index[filled.duplicated()]:
        problems.add(int(line), "cohort_person_twice", first=int(str(first[filled[line]])))


def _find_disorder(rows: pd.DataFrame, columns: Mapping[str, str], problems: RowProblems) -> None:
    """Compare days that are both there; a comparison with an empty one is never true."""
    late = rows.index[rows["start"] > rows["ended"]]
    if len(late):
        problems.add_all(late, "included_after_end", included=columns["included"], ended=columns["ended"])
    unseen = rows.index[rows["first"] > rows["start"]]
    if len(unseen):
        named = {"observed": columns["observed_from"], "included": columns["included"]}
        problems.add_all(unseen, "observed_after_inclusion", **named)
