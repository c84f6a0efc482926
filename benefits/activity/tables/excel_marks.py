"""What the values of a sheet do not tell: which cells are merged, and which formulas no program has calculated."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WORKBOOK = "xl/workbook.xml"
_ANY = re.compile(rb"mergeCell|<(?:\w+:)?f[ />]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Cells of one sheet, by their names in it.

    Attributes
    ----------
    merged
        Ranges of cells merged into one.
    uncalculated
        Cells with a formula and no value.
    """

    merged: tuple[str, ...] = ()
    uncalculated: tuple[str, ...] = ()


def marks_of(content: bytes, sheet: str) -> Marks:
    """Return the marks of a sheet.

    Parameters
    ----------
    content
        Of the workbook.
    sheet
        Its name.

    Raises
    ------
    KeyError, ValueError, SyntaxError
        When the workbook is not built as one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read(_part(archive, sheet))
    if not _ANY.search(written):
        return Marks()
    merged: list[str] = []
    uncalculated: list[str] = []
    for _, element in ElementTree.iterparse(io.BytesIO(written)):
        if element.tag == f"{_MAIN}c":
            value = element.find(f"{_MAIN}v")
            # A formula whose answer is an empty text has that for its value.
            empty = (value is None or not value.text) and element.get("t") != "str"
            if empty and element.find(f"{_MAIN}f") is not None:
                uncalculated.append(element.get("r", ""))
            element.clear()
        elif element.tag == f"{_MAIN}mergeCell":
            merged.append(element.get("ref", ""))
    return Marks(merged=tuple(merged), uncalculated=tuple(uncalculated))


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return where in the archive a sheet is: its name leads to a number, and that to a path."""
    listed = ElementTree.fromstring(archive.read(_WORKBOOK)).iter(f"{_MAIN}sheet")
    number = {one.get("name"): one.get(_LINK) for one in listed}[sheet]
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter(_RELATIONSHIP)
    target = {one.get("Id"): one.get("Target", "") for one in links}[number]
    return normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
