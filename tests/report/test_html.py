"""Sections as HTML: what a screen reader needs is there, and nothing a project writes can become markup."""

from __future__ import annotations

from base64 import b64encode

import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup, escape

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.html import section_html
from benefits.results import Value

HOSTILE = '"><script>alert(1)</script>'


def parsed(*blocks: Block, heading: str = "Overskrift") -> Tag:
    made = section_html(Section(id="s", heading=escape(heading), blocks=blocks))
    section = BeautifulSoup(str(made), "html.parser").section
    assert section is not None
    return section


def children(tag: Tag | None) -> list[Tag]:
    assert tag is not None
    return tag.find_all(True, recursive=False)


def table(**changes: object) -> Table:
    plain: dict[str, object] = {
        "caption": Markup("Tabell"),
        "header": (Markup("Hva"), Markup("Tall")),
        "rows": ((Markup("a"), Markup("1")), (Markup("b"), Markup("2"))),
    }
    return Table(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_section_is_named_by_its_heading() -> None:
    section = parsed()
    assert section["id"] == "s"
    (heading,) = section.find_all(["h1", "h2", "h3"])
    assert (heading.name, heading["id"], heading.text) == ("h2", section["aria-labelledby"], "Overskrift")


def test_a_subheading_is_one_level_below_the_heading() -> None:
    section = parsed(Subheading(Markup("Under")))
    assert [one.name for one in section.find_all(["h1", "h2", "h3", "h4"])] == ["h2", "h3"]


def test_blocks_stand_in_their_order() -> None:
    section = parsed(Paragraph(Markup("a")), Bullets((Markup("b"),)), table(), Paragraph(Markup("c")))
    assert [one.name for one in children(section)] == ["h2", "p", "ul", "div", "p"]


@pytest.mark.parametrize("tone", ["warning", "missing"])
def test_a_paragraph_that_stands_out_is_a_note(tone: str) -> None:
    note = children(parsed(Paragraph(Markup("Pass på."), tone=tone)))[1]  # type: ignore[arg-type]
    assert note["role"] == "note"
    assert tone in note["class"]
    assert note.text == "Pass på."


@pytest.mark.parametrize(("numbered", "tag"), [(True, "ol"), (False, "ul")])
def test_a_list_is_numbered_when_the_order_matters(numbered: bool, tag: str) -> None:
    made = children(parsed(Bullets((Markup("a"), Markup("b")), numbered=numbered)))[1]
    assert made.name == tag
    assert [point.text for point in children(made)] == ["a", "b"]


def test_every_header_cell_of_a_table_has_a_scope() -> None:
    section = parsed(table())
    assert [one.text for one in section.find_all("caption")] == ["Tabell"]
    assert [cell["scope"] for cell in section.select("thead th")] == ["col", "col"]
    assert len(section.select("tbody tr")) == 2
    for row in section.select("tbody tr"):
        assert [(cell.name, cell.get("scope")) for cell in children(row)] == [("th", "row"), ("td", None)]


def test_columns_of_numbers_are_marked() -> None:
    cells = parsed(table(numeric=frozenset({1}))).find_all(["th", "td"])
    assert ["number" in str(cell.get("class")) for cell in cells] == [False, True] * 3


def test_a_note_stands_under_its_table() -> None:
    assert children(children(parsed(table(note=Markup("Merk."))))[1])[-1].text == "Merk."


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        table(rows=((Markup("a"),),))


def test_a_figure_has_an_alternative_text_a_caption_and_its_values() -> None:
    values = tuple(Value(id=id, value=1.0, unit="hours") for id in ("g1.a", "g1.b"))
    figure = Figure(png=b"\x89PNG", caption=Markup("<b>Tekst</b>"), alternative=f'Viser "1" {HOSTILE}', values=values)
    section = parsed(figure)
    (image,) = section.find_all("img")
    assert image["alt"] == f'Viser "1" {HOSTILE}'
    assert image["data-values"] == "g1.a g1.b"
    assert image["src"] == f"data:image/png;base64,{b64encode(figure.png).decode()}"
    assert [one.text for one in section.select("figure figcaption b")] == ["Tekst"]
    assert not section.find_all("script")


def test_what_is_not_markup_is_escaped_everywhere() -> None:
    """In the heading, a paragraph, a point, a subheading, and a table's caption, note and two cells."""
    bad = escape(HOSTILE)
    blocks = (Paragraph(bad), Bullets((bad,)), Subheading(bad), table(caption=bad, note=bad, rows=((bad, bad),)))
    section = parsed(*blocks, heading=HOSTILE)
    assert not section.find_all("script")
    assert section.text.count(HOSTILE) == 8
