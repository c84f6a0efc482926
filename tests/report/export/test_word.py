"""The Word file is read back: headings, header rows, alternative texts, title, language, and every word of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Twips
from markupsafe import Markup

from benefits.report.blocks import Figure, Paragraph, Section, Table
from benefits.report.export import ExportFailed, to_docx
from benefits.report.page import shipped

PageOf = Callable[..., str]


def opened(made: bytes) -> Any:
    return Document(BytesIO(made))


def parts(made: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(made)) as file:
        return {name: file.read(name) for name in file.namelist()}


def text_of(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


@pytest.fixture(scope="module")
def made(page: str) -> bytes:
    return to_docx(page)


def test_the_title_is_a_title_and_sections_are_headings_of_the_right_level(made: bytes, headings: Any) -> None:
    paragraphs = opened(made).paragraphs
    assert [one.text for one in paragraphs if one.style.name == "Title"] == ["Gevinstplan: Eksempelvik & omegn"]
    found = [(int(one.style.name[-1]), one.text) for one in paragraphs if one.style.name.startswith("Heading")]
    assert found == headings


def test_every_table_has_one_header_row_that_repeats_and_a_caption_above(made: bytes, captions: list[str]) -> None:
    document = opened(made)
    for table in document.tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads[0]
        assert not any(heads[1:])
    above = [table._tbl.getprevious() for table in document.tables]
    assert [text_of(one) for one in above] == captions
    assert [one.text for one in document.paragraphs if one.style.name == "Table Caption"] == captions


def test_numbers_are_set_to_the_right_and_row_labels_to_the_left(made: bytes) -> None:
    row = opened(made).tables[0].rows[1]
    sides = [cell.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) for cell in row.cells]
    assert sides == ["left", "right"]


def test_the_columns_of_a_wide_table_fill_the_line_and_no_more(page_of: PageOf) -> None:
    words = Markup("et langt svar som ikke får plass på en linje sammen med de andre ") * 3
    table = Table(caption=Markup("Bred"), header=(words, words, words), rows=((words, words, words),))
    made = to_docx(page_of([Section(id="a", heading=Markup("A"), blocks=(table,))]))
    widths = re.findall(rb'<w:gridCol w:w="(\d+)"', parts(made)["word/document.xml"])
    section = opened(made).sections[0]
    line = (section.page_width - section.left_margin - section.right_margin) / Twips(1)
    assert sum(map(int, widths)) == pytest.approx(line, rel=0.01)


def test_no_row_is_divided_between_two_pages(made: bytes) -> None:
    rows = [row._tr for table in opened(made).tables for row in table.rows[1:]]
    assert rows
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_every_drawing_is_described_by_the_alternative_text_and_not_by_its_file(made: bytes, alternative: str) -> None:
    document = opened(made)
    assert [one.get("descr") for one in document.element.iter(qn("wp:docPr"))] == [alternative]
    assert b'descr="figure' not in parts(made)["word/document.xml"]


def test_warnings_and_what_is_missing_stand_apart_in_styles_of_their_own(made: bytes) -> None:
    styled = {one.style.name: one.text for one in opened(made).paragraphs}
    assert styled["Note Warning"] == "Kan ikke påvises med dette volumet."
    assert styled["Note Missing"] == "Nullpunktet er ikke målt."
    assert styled["Table Note"] == "Minus er en utgift."
    assert styled["Banner"].startswith("Konstruert eksempel")


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_title_language_and_date_stand_in_the_properties(page: str, language: str, locale: str) -> None:
    made = to_docx(page.replace('lang="nb"', f'lang="{language}"', 1))
    properties = opened(made).core_properties
    assert (properties.title, properties.language) == ("Gevinstplan: Eksempelvik & omegn", locale)
    assert {f"{properties.created:%Y-%m-%d}", f"{properties.modified:%Y-%m-%d}"} == {"2025-12-31"}
    assert re.search(rf'<w:lang [^>]*w:val="{locale}"', parts(made)["word/styles.xml"].decode("utf-8"))


def test_words_in_another_language_are_marked(page_of: PageOf) -> None:
    words = Paragraph(Markup('Summary: <span class="said" lang="nn">sjukehus</span>'))
    made = to_docx(page_of([Section(id="a", heading=Markup("A"), blocks=(words,))], language="nb"))
    runs = [run for one in opened(made).paragraphs for run in one.runs if run.text == "sjukehus"]
    assert [run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs] == ["nn"]


def test_title_and_banner_stand_on_each_page_and_pages_are_counted(made: bytes) -> None:
    section = opened(made).sections[0]
    assert section.header.paragraphs[0].text == "Gevinstplan: Eksempelvik & omegn"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text.startswith("Konstruert eksempel")
        fields = [one.text.strip() for one in footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_a_title_that_looks_like_a_mark_of_the_template_is_only_a_title(page_of: PageOf) -> None:
    made = to_docx(page_of([Section(id="a", heading=Markup("A"), blocks=())], title="{banner} <b>"))
    assert opened(made).sections[0].header.paragraphs[0].text == "{banner} <b>"


def test_every_word_of_the_page_is_in_the_file(page: str, made: bytes, words_of: Callable[[str], list[str]]) -> None:
    assert said(made) == words_of(page)


def said(made: bytes) -> list[str]:
    """The words between title, banner and the last line."""
    paragraphs = list(opened(made).element.body.iter(qn("w:p")))
    return " ".join(text_of(one) for one in paragraphs[2:-1]).split()


def test_a_link_to_a_section_leads_to_its_heading_and_a_loose_one_is_only_words(made: bytes) -> None:
    body = opened(made).element.body
    assert [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))] == ["numbers"]
    assert "numbers" in [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]


def test_the_same_page_gives_the_same_bytes_and_no_path_of_this_machine(page: str, made: bytes) -> None:
    assert to_docx(page) == made
    assert [name for name, part in parts(made).items() if re.search(rb"/tmp|/home|/work|word-\w{8}", part)] == []


def test_a_figure_without_alternative_text_is_refused(page_of: PageOf, png: bytes) -> None:
    figure = Figure(png=png, caption=Markup("Uten"), alternative=" ", values=())
    with pytest.raises(ExportFailed) as refused:
        to_docx(page_of([Section(id="a", heading=Markup("A"), blocks=(figure,))]))
    assert (refused.value.code, refused.value.parameters) == ("no_alternative", {"figure": 1})


def test_the_template_has_every_style_that_is_asked_for() -> None:
    names = {style.name for style in Document(str(shipped("templates", "report", "word.docx"))).styles}
    asked = {"Banner", "Colophon", "Note Missing", "Note Warning", "Table Cell", "Table Header", "Table Note"}
    assert asked <= names


def test_the_template_says_nothing_and_names_nobody() -> None:
    template = Path(shipped("templates", "report", "word.docx"))
    document = Document(str(template))
    assert [one.text for one in document.paragraphs if one.text] == []
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")


def test_a_section_that_begins_a_page_does_so_and_leaves_no_empty_paragraph(page_of: PageOf) -> None:
    words = (Paragraph(Markup("ord")),)
    first = Section(id="a", heading=Markup("A"), blocks=words)
    others = tuple(Section(id=name, heading=Markup(name), blocks=words, new_page=True) for name in ("b", "c" * 64))
    paragraphs = opened(to_docx(page_of([first, *others]))).paragraphs
    breaks = [one.text for one in paragraphs if one.paragraph_format.page_break_before]
    assert breaks == ["b", "c" * 64]
    assert {one.style.name for one in paragraphs if one.text in breaks} == {"Heading 1"}
    before = [paragraphs[place - 1].text for place, one in enumerate(paragraphs) if one.text in breaks]
    assert before == ["ord", "ord"]


def test_an_internal_edition_says_so_on_its_first_page_and_below_every_page(page_of: PageOf) -> None:
    made = to_docx(page_of([Section(id="a", heading=Markup("A"), blocks=())], audience="internal"))
    words = "Intern utgave: kan vise små tall."
    assert any(words in one.text for one in opened(made).paragraphs)
    footers = [content.decode() for name, content in parts(made).items() if name.startswith("word/footer")]
    assert footers
    assert all(words in footer for footer in footers)
