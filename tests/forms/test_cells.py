"""Cells of a form are read where they have one reading, and refused with the reason where they have none or two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from benefits.forms.cells import Cell, Unreadable, day, number, text, whole_number, yes


@pytest.mark.parametrize(
    ("content", "share", "read"),
    [
        (12.5, False, 12.5),
        ("12,5", False, 12.5),
        ("12.5", False, 12.5),
        ("1 234,5", False, 1234.5),
        (" 45 000 ", False, 45000),
        ("45 %", True, 0.45),
        ("45,5%", True, 0.455),
        (0, False, 0),
        (None, False, None),
        ("  ", False, None),
    ],
)
def test_a_number_with_one_reading_is_read(content: Any, share: bool, read: float | None) -> None:
    assert number(Cell(content=content), share=share) == read


@pytest.mark.parametrize(
    ("cell", "reading", "code"),
    [
        (Cell(content="1.234"), number, "form_two_readings"),
        (Cell(content="1,234"), number, "form_two_readings"),
        (Cell(content="om lag 12"), number, "form_not_a_number"),
        (Cell(content=True), number, "form_not_a_number"),
        (Cell(content=datetime.fromisoformat("2025-01-01")), number, "form_not_a_number"),
        (Cell(content="45 %"), number, "form_percent"),
        (Cell(content=0.45, percent=True), number, "form_percent"),
        (Cell(content=1e300), number, "form_number_too_large"),
        (Cell(content=float("nan")), number, "form_number_too_large"),
        (Cell(content='=HYPERLINK("http://x")', formula=True), number, "form_formula"),
        (Cell(content="#N/A", error=True), number, "form_shows_error"),
        (Cell(content=-1), whole_number, "form_not_a_count"),
        (Cell(content=1.5), whole_number, "form_not_a_count"),
        (Cell(content="31.02.2025"), day, "form_not_a_date"),
        (Cell(content="12/31/2025"), day, "form_not_a_date"),
        (Cell(content=45657), day, "form_not_a_date"),
        (Cell(content=datetime.fromisoformat("1900-01-01")), day, "form_not_a_date"),
        (Cell(content="kanskje"), yes, "form_yes_or_no"),
        (Cell(content=1), yes, "form_yes_or_no"),
    ],
)
def test_a_cell_that_cannot_be_told_is_refused(cell: Cell, reading: Callable[[Cell], Any], code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        reading(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content",
    [datetime.fromisoformat("2025-12-31T14:30"), date(2025, 12, 31), "31.12.2025", "31/12 2025", "2025-12-31"],
)
def test_a_day_is_read_as_excel_has_it_and_as_people_write_it(content: Any) -> None:
    assert day(Cell(content=content)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("x" * 101, "form_text_too_long"),
        ("ring 01810112170", "form_national_id"),
        ("skjult\u202etekst", "form_unseen_character"),
    ],
)
def test_a_text_that_must_not_be_kept_is_refused(content: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        text(Cell(content=content), longest=100)
    assert caught.value.code == code


def test_line_ends_of_a_text_are_made_single() -> None:
    assert text(Cell(content=" a\r\nb "), longest=100) == "a\nb"


@pytest.mark.parametrize(
    ("content", "read"), [("ja", True), ("YES", True), ("Nei", False), ("no", False), (None, False)]
)
def test_yes_and_no_are_read_in_every_language(content: Any, read: bool) -> None:
    assert yes(Cell(content=content)) is read
