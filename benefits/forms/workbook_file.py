"""Reads the bytes of a workbook from anywhere: one that is too large, or made to do harm, is not unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Literal

Why = Literal["not_found", "is_folder", "unreadable", "too_large", "macros", "hostile", "not_workbook"]
"""Why a file is not read."""
_MACROS = "xl/vbaProject.bin"


class NotRead(Exception):
    """A file is no workbook that can be read.

    Attributes
    ----------
    why
        What is wrong with it.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def content_of(path: Path, *, most_bytes: int, most_unpacked: int, macros: bool) -> bytes:
    """Return the bytes of a workbook.

    Parameters
    ----------
    path
        The file.
    most_bytes, most_unpacked
        How many bytes it may have, and its parts together when they are unpacked.
    macros
        Whether it may have macros. They are never run.

    Raises
    ------
    NotRead
        When it cannot be read, is no workbook, or is larger than that.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise NotRead("is_folder")
        if not path.is_file():
            # A device or a pipe may have no end.
            raise NotRead("unreadable")
        content = path.read_bytes() if size <= most_bytes else b""
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotRead("not_found") from None
    except OSError:
        raise NotRead("unreadable") from None
    if size > most_bytes:
        raise NotRead("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > most_unpacked:
                raise NotRead("too_large")
            if not macros and (path.suffix.lower() == ".xlsm" or any(part.filename == _MACROS for part in parts)):
                raise NotRead("macros")
            # No program that writes workbooks declares document types; a hostile file does, to grow as it is read.
            if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
                raise NotRead("hostile")
    except NotRead:
        raise
    except Exception:
        # A file made to look like a workbook can fail anywhere in the library that unpacks it.
        raise NotRead("not_workbook") from None
    return content
