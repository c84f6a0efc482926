"""Read activity data from CSV: every mistake found with its line, the bytes' fingerprint, no person's own id kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, Self, TypeVar

import pandas as pd

from benefits.activity.cohort import Members
from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat
from benefits.activity.reading.counted import Wanted, counted_rows
from benefits.activity.responses import Responses
from benefits.activity.shapes import PANEL_COLUMNS, SERIES_COLUMNS, START, Panel, Series
from benefits.activity.tables.texts import TextTable, refuse_national_ids

Shape = TypeVar("Shape", Series, Panel, Responses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(Generic[Shape]):
    """Activity data as read from one file.

    Attributes
    ----------
    shape
        The data.
    sha256
        Fingerprint of the file's bytes, hexadecimal.
    rows
        Number of data rows read.
    files
        Every file or table it rests on -> its fingerprint.
    findings
        What is worth knowing about the quality of the data.
    members
        Everyone included, where the data have a cohort.
    secondary
        The same persons only while they took part; a secondary analysis, never the main one.
    persons
        How many persons each cell is about (period, unit, group, persons), where counted rows or events tell.
    """

    shape: Shape
    sha256: str
    rows: int
    files: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    members: Members | None = None
    secondary: Panel | None = None
    persons: pd.DataFrame | None = None

    def with_findings(self, findings: Iterable[Finding]) -> Self:
        """Return the same with more findings."""
        return replace(self, findings=(*self.findings, *findings))


def read_series(
    *,
    root: Path,
    file: str,
    columns: Mapping[str, str],
    delimiter: str = ";",
    decimal: str = ",",
    thousands: str | None = None,
    encoding: str = "utf-8",
    unit: str = "",
    group: str = "all",
    shares: bool = False,
) -> Extract[Series]:
    """Read counts per unit, group and period.

    Parameters
    ----------
    root, file
        Folder, and the file's path below it. Only ``file`` appears in problems.
    columns
        Our name (period, unit, group, count, exposure) -> the name in the file. ``unit`` and ``group`` may be left out.
    delimiter, decimal, thousands
        Single characters; ``thousands`` None when numbers are not grouped.
    encoding
        ``utf-8`` (with or without a byte order mark) or ``cp1252``.
    unit, group
        What every row gets when the file has no such column.
    shares
        Whether the count is a part of the exposure, and so never above it.

    Returns
    -------
    Extract

    Raises
    ------
    InvalidInput
        With every problem found; of each rule at most twenty rows are listed, then their number.
    """
    text = TextTable.of(root=root, file=file, encoding=encoding, delimiter=delimiter)
    numbers = NumberFormat(decimal=decimal, thousands=thousands)
    rows, findings = _rows(text, columns, SERIES_COLUMNS, numbers, unit, group, shares)
    return Extract(shape=Series(rows), sha256=text.sha256, rows=len(rows), findings=findings)


def read_panel(
    *,
    root: Path,
    file: str,
    columns: Mapping[str, str],
    delimiter: str = ";",
    decimal: str = ",",
    thousands: str | None = None,
    encoding: str = "utf-8",
    unit: str = "",
    group: str = "all",
    shares: bool = False,
) -> Extract[Panel]:
    """Read counts per person and period; parameters, result and problems as for :func:`read_series`.

    ``columns`` also names ``person``. The persons' ids are replaced by running integers before anything else is done.
    """
    text = TextTable.of(root=root, file=file, encoding=encoding, delimiter=delimiter)
    numbers = NumberFormat(decimal=decimal, thousands=thousands)
    rows, findings = _rows(text, columns, PANEL_COLUMNS, numbers, unit, group, shares)
    return Extract(shape=Panel(rows), sha256=text.sha256, rows=len(rows), findings=findings)


def _rows(
    text: TextTable,
    columns: Mapping[str, str],
    shape: tuple[str, ...],
    numbers: NumberFormat,
    unit: str,
    group: str,
    shares: bool,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    refuse_national_ids(text)
    wanted = Wanted(
        columns={name: columns[name] for name in (*shape, START) if name in columns},
        required=tuple(name for name in shape if name not in ("unit", "group")),
        numbers=numbers,
        shares=shares,
        unit=unit,
        group=group,
    )
    return counted_rows(text, wanted, key=("person", "period") if "person" in shape else ("unit", "group", "period"))
