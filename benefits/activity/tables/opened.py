"""Each table of a project opened once, and looked through for national identity numbers before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benefits.activity.quality import Finding
from benefits.activity.reading.columns import NumberFormat
from benefits.activity.tables.filters import kept
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation
from benefits.activity.tables.texts import TextTable, refuse_national_ids
from benefits.errors import InvalidInput
from benefits.project.data import Table

_PERSONS = ("person", "respondent")


class Tables:
    """The tables of one project file; a second source in the same file is read from the first opening.

    Parameters
    ----------
    root
        Folder the files are named from.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opened: dict[tuple[object, ...], TextTable | Relation | InvalidInput] = {}
        self._looked: dict[tuple[object, ...], InvalidInput | None] = {}

    def open(self, table: Table, columns: Mapping[str, str]) -> TextTable | Relation:
        """Return a table, which holds no national identity numbers.

        Parameters
        ----------
        table
            Where it is.
        columns
            Our names -> its own; the column of persons may be declared to hold pseudonyms.

        Raises
        ------
        InvalidInput
            When it cannot be opened, or holds such numbers; the same each time it is asked for.
        """
        key = (table.file, table.sheet, table.database, table.table, table.encoding, table.delimiter, table.decimal)
        if key not in self._opened:
            self._opened[key] = self._open(table)
        opened = self._opened[key]
        if isinstance(opened, InvalidInput):
            raise opened
        pseudonyms = [columns[name] for name in _PERSONS if name in columns] if table.pseudonym else []
        looked = (*key, *pseudonyms)
        if looked not in self._looked:
            self._looked[looked] = _ids_in(opened, pseudonyms)
        found = self._looked[looked]
        if found is not None:
            raise found
        return opened

    def texts(self, table: Table, columns: Mapping[str, str]) -> tuple[TextTable, tuple[Finding, ...]]:
        """Return a table as texts with the rows its filters keep, and how many each filter left out.

        Raises
        ------
        InvalidInput
            As :meth:`open`, and when a filter cannot be used or leaves nothing.
        """
        opened = self.open(table, columns)
        if isinstance(opened, Relation):
            return opened.texts(columns, table.filters, decimal=table.decimal), left_out(opened, table)
        return kept(opened, table.filters, numbers=numbers_of(table))

    def _open(self, table: Table) -> TextTable | Relation | InvalidInput:
        try:
            return open_table(
                root=self._root,
                file=table.file,
                database=table.database,
                table=table.table,
                sheet=table.sheet,
                encoding=table.encoding,
                delimiter=table.delimiter,
                decimal=table.decimal,
            )
        except InvalidInput as mistake:
            return mistake


def left_out(relation: Relation, table: Table) -> tuple[Finding, ...]:
    """Return how many rows each filter alone leaves out of a table that is asked in SQL."""
    if not table.filters:
        return ()
    _, counts = relation.excluded(table.filters)
    return tuple(
        Finding(code="filtered_out", parameters={"count": count, "column": one.column})
        for one, count in zip(table.filters, counts, strict=True)
        if count
    )


def numbers_of(table: Table) -> NumberFormat:
    """Return how numbers are written in a table."""
    return NumberFormat(decimal=table.decimal, thousands=table.thousands)


def fingerprint_of(opened: TextTable | Relation) -> str:
    """Return the fingerprint of a table: for a database of what has been read from it so far, so asked last."""
    return opened.fingerprint if isinstance(opened, Relation) else opened.sha256


def _ids_in(opened: TextTable | Relation, pseudonyms: list[str]) -> InvalidInput | None:
    try:
        if isinstance(opened, Relation):
            opened.refuse_national_ids(pseudonyms)
        else:
            refuse_national_ids(opened, pseudonyms)
    except InvalidInput as mistake:
        return mistake
    return None
