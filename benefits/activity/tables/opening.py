"""Open what a project file names: a CSV file, a sheet of a workbook, Parquet files, or a table in a database."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePosixPath

from benefits.activity.tables.engines import DuckEngine
from benefits.activity.tables.engines.contract import invalid
from benefits.activity.tables.excel import read_sheet
from benefits.activity.tables.relations import Relation, relation_of
from benefits.activity.tables.texts import TextTable
from benefits.project.rules_files import stays_inside

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_CHUNK = 1 << 20


def open_table(
    *,
    root: Path,
    file: str | None = None,
    database: str | None = None,
    table: str | None = None,
    sheet: str | None = None,
    encoding: str = "utf-8",
    delimiter: str = ";",
    decimal: str = ",",
) -> TextTable | Relation:
    """Open a table.

    Parameters
    ----------
    root
        The project's folder; files are named from it and stay in it.
    file
        ``.xlsx`` or ``.xlsm`` is a workbook; ``.parquet`` is Parquet, also many files by a pattern; any other is CSV.
    database, table
        Instead of a file: see :func:`benefits.activity.tables.databases.open_database`.
    sheet
        Of a workbook; not needed when only one is visible.
    encoding, delimiter
        Of a CSV file.
    decimal
        How a number in a workbook is written in the table of texts.

    Returns
    -------
    TextTable or Relation
        Texts for CSV and workbooks; for Parquet and databases something that answers questions.

    Raises
    ------
    InvalidInput
        When it cannot be opened, or holds what it should not; national identity numbers are looked for later.
    """
    if database is not None:
        from benefits.activity.tables.databases import open_database

        return open_database(database, table, root=root)
    if file is None:
        raise invalid("data", "file_or_database")
    if not stays_inside(file):
        raise invalid(file, "data_file_outside")
    suffix = PurePosixPath(file).suffix.lower()
    if suffix == ".parquet":
        return _open_parquet(root=root, file=file)
    if suffix == ".xls":
        raise invalid(file, "old_workbook")
    if suffix in _WORKBOOKS:
        return read_sheet(root=root, file=file, sheet=sheet, decimal=decimal)
    return TextTable.of(root=root, file=file, encoding=encoding, delimiter=delimiter)


def _open_parquet(*, root: Path, file: str) -> Relation:
    """Open one Parquet file, or every one a pattern finds; a file whose own name has a star in it is that file."""
    home = root.resolve()
    one = root / file
    found = [one] if one.is_file() else sorted(path for path in root.glob(file) if path.is_file())
    if not found:
        raise invalid(file, "file_not_found")
    if any(not path.resolve().is_relative_to(home) for path in found):
        raise invalid(file, "data_file_outside")
    if any(path.stat().st_size == 0 for path in found):
        raise invalid(file, "empty_file")
    engine = DuckEngine(files=tuple(path.resolve() for path in found))
    return relation_of(engine, "", name=file, sha256=_fingerprint(found, root=root))


def _fingerprint(files: list[Path], *, root: Path) -> str:
    """Return the hash of a file's bytes; of several, of their names and hashes in the order of the names."""
    hashes = {file.relative_to(root).as_posix(): _hash(file) for file in files}
    if len(hashes) == 1:
        return next(iter(hashes.values()))
    listed = "".join(f"{len(name.encode())}:{name}{digest}" for name, digest in sorted(hashes.items()))
    return sha256(listed.encode()).hexdigest()


def _hash(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
