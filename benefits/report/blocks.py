"""What a section is made of: paragraphs, notes, lists, tables and figures, as frozen data in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from benefits.results import Value

Tone = Literal["plain", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a tone it stands out, in words as well as in form."""

    words: Markup
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, numbered when the order matters."""

    points: tuple[Markup, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    words: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: a caption, one header row, and rows whose first cell heads them.

    ``numeric`` tells which columns (from zero) hold numbers, to be set to the right.
    """

    caption: Markup
    header: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]
    numeric: frozenset[int] = frozenset()
    note: Markup | None = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a row has another number of cells than the header")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawn figure with its alternative text and the values both rest on."""

    png: bytes
    caption: Markup
    alternative: str
    values: tuple[Value, ...]


Block = Paragraph | Bullets | Subheading | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a report: a heading and its blocks.

    Attributes
    ----------
    new_page
        Whether it begins on a new page when printed.
    others
        Sections that come after it and are shown with it, where how many there are depends on the project.
    """

    id: str
    heading: Markup
    blocks: tuple[Block, ...]
    new_page: bool = False
    others: tuple[Section, ...] = ()
