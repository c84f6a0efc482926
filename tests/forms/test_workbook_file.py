"""A workbook from anywhere is read, or not unpacked at all."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from benefits.forms.workbook_file import NotRead, content_of

SHEET = "xl/worksheets/sheet1.xml"


def zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {SHEET: b"<worksheet/>", **parts}.items():
            archive.writestr(name, content)
    return path


def why(path: Path, *, macros: bool = False) -> str:
    try:
        content_of(path, most_bytes=2_000, most_unpacked=5_000, macros=macros)
    except NotRead as refused:
        return refused.why
    return ""


def test_a_workbook_is_read_as_it_is(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.xlsx")
    assert content_of(file, most_bytes=2_000, most_unpacked=5_000, macros=False) == file.read_bytes()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({SHEET: b"x" * 5_001}, "too_large"),
        ({SHEET: b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet/>"}, "hostile"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"docProps/note.txt": b"<!DOCTYPE in no part that is read as XML"}, ""),
    ],
)
def test_one_made_to_do_harm_is_not(tmp_path: Path, parts: dict[str, bytes], told: str) -> None:
    assert why(zipped(tmp_path / "a.xlsx", **parts)) == told


def test_macros_are_let_through_where_nothing_runs_them(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.xlsm", **{"xl/vbaProject.bin": b"x"})
    assert [why(file, macros=True), why(zipped(tmp_path / "b.xlsm"))] == ["", "macros"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert why(tmp_path / "pipe.xlsx") == "unreadable"


def test_what_is_no_workbook_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "words.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "large.xlsx").write_bytes(b"PK" * 1_001)
    (tmp_path / "folder.xlsx").mkdir()
    names = ("words.xlsx", "large.xlsx", "folder.xlsx", "gone.xlsx", "words.xlsx/in.xlsx", "a\0b.xlsx")
    told = ["not_workbook", "too_large", "is_folder", "not_found", "not_found", "not_found"]
    assert [why(tmp_path / name) for name in names] == told
