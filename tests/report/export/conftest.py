"""A small page with everything a report may hold, made the way reports are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import nbformat
import pytest
from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.html import section_html
from benefits.report.opening import SECTION_TYPE
from benefits.report.page import html_page

v4 = nbformat.v4
PageOf = Callable[..., str]

ALTERNATIVE = 'Målt endring: "−0,30" innleggelser, \\ og #ikke mer.'
HEADINGS = [(1, "Til styringsgruppen"), (2, "Hva som mangler"), (1, "Tallene"), (1, "Tom del")]
CAPTIONS = ["Kostnader etter aktør", "Tom tabell"]


@pytest.fixture(scope="session")
def alternative() -> str:
    return ALTERNATIVE


@pytest.fixture(scope="session")
def headings() -> list[tuple[int, str]]:
    """Level and words of the headings of the page, in order."""
    return HEADINGS


@pytest.fixture(scope="session")
def captions() -> list[str]:
    return CAPTIONS


@pytest.fixture(scope="session")
def png() -> bytes:
    """A white picture, 4 wide and 3 high."""
    from matplotlib.image import imsave

    stream = BytesIO()
    imsave(stream, [[[1.0, 1.0, 1.0]] * 4] * 3, format="png")
    return stream.getvalue()


@pytest.fixture(scope="session")
def page_of() -> PageOf:
    """The page of some sections."""

    def make(sections: Sequence[Section], *, language: str = "nb", title: str = "Plan", **bundle: Any) -> str:
        cells = []
        for section in sections:
            whole = {"section": section.id, "heading": section.heading.striptags(), "language": language}
            whole |= {
                "title": title,
                "as_of": "2025-12-31",
                "constructed": True,
                "audience": "public",
                "notice": "",
                **bundle,
            }
            data = {"text/html": str(section_html(section)), SECTION_TYPE: whole}
            cells.append(v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=data)]))
        return html_page(v4.new_notebook(cells=cells))

    return make


@pytest.fixture(scope="session")
def page(page_of: PageOf, png: bytes) -> str:
    """A page with two levels of headings, notes, lists, tables, a figure and a part with nothing in it."""
    first: tuple[Block, ...] = (
        Paragraph(Markup('Planen gjelder <span class="said">Eksempelvik &amp; omegn</span>, 1\u00a0770\u00a0kr.')),
        Paragraph(Markup("Kan ikke påvises med dette volumet."), "warning"),
        Subheading(Markup("Hva som mangler")),
        Paragraph(Markup("Nullpunktet er ikke målt."), "missing"),
        Bullets((Markup("første punkt"), Markup('andre punkt, se <a href="#numbers">tallene</a>'))),
        Bullets((Markup("uten lenke til <a href='#gone'>noe borte</a>"),), numbered=True),
    )
    table = Table(
        caption=Markup("Kostnader etter aktør"),
        header=(Markup("Aktør"), Markup("Beløp")),
        rows=((Markup("Kommunen"), Markup("−1\u00a0200")), (Markup("Helseforetaket"), Markup("35"))),
        numeric=frozenset({1}),
        note=Markup("Minus er en utgift."),
    )
    empty = Table(caption=Markup("Tom tabell"), header=(Markup("A"), Markup("B")), rows=())
    figure = Figure(png=png, caption=Markup("Målt endring med intervall"), alternative=ALTERNATIVE, values=())
    sections = (
        Section(id="first_page", heading=Markup("Til styringsgruppen"), blocks=first),
        Section(id="numbers", heading=Markup("Tallene"), blocks=(table, figure, empty)),
        Section(id="empty", heading=Markup("Tom del"), blocks=()),
    )
    return page_of(sections, title="Gevinstplan: Eksempelvik & omegn")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text = ""

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.inside = self.inside or tag == "main"
        self.text += "" if tag in {"a", "data", "span", "time"} else " "

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data


@pytest.fixture(scope="session")
def words_of() -> Callable[[str], list[str]]:
    """The words of a page's main part, as a reader of HTML meets them."""

    def read(page: str) -> list[str]:
        parser = _Words()
        parser.feed(page)
        return parser.text.split()

    return read
