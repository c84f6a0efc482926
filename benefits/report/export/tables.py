"""A table of the page: its parts, which of its columns are numbers, and how wide each is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.report.export.document import Node, plain
from benefits.report.export.widths import LINE, column_widths, longest_word


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table as it is to be printed: one header row, and rows whose first cell heads them.

    Attributes
    ----------
    caption
        Blocks of the caption.
    header, rows
        Cells; each is a list of blocks.
    numeric
        For each column, whether it is set to the right.
    widths
        For each column, its share of the page width.
    divided
        Whether a column is narrower than its longest word, which must then be divided.
    """

    caption: list[Node]
    header: Sequence[list[Node]]
    rows: Sequence[Sequence[list[Node]]]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    divided: bool


def printed_table(table: Node) -> PrintedTable:
    """Return the parts of a table as pandoc read it."""
    _, (_, caption), _, (_, head), bodies, _ = table["c"]
    _, header = head[0]
    rows = [cells for _, _, _, body in bodies for _, cells in body]
    columns = [[plain(row[place][4]) for row in [header, *rows]] for place in range(len(header))]
    widths = tuple(column_widths(columns))
    return PrintedTable(
        caption=caption,
        header=[cell[4] for cell in header],
        rows=[[cell[4] for cell in row] for row in rows],
        numeric=tuple("number" in cell[0][1] for cell in header),
        widths=widths,
        divided=any(share * LINE < longest_word(column) for share, column in zip(widths, columns, strict=True)),
    )
