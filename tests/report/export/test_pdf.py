"""The PDF is tagged, says its title and language, describes its figures, and holds every word of the page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from markupsafe import Markup, escape

from benefits.report.blocks import Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.export import ExportFailed, to_pdf
from benefits.report.export.document import figure_width

PageOf = Callable[..., str]

HOSTILE = {
    "typst": "#set page(1) $x^2$ @ref <lab> \\ `code` *b* _i_ // /* ~ -- --- ... 'q' \"q\" #[x] [y] #panic()",
    "heading": "= heading",
    "list": "- list",
    "numbered": "1. list",
    "term": "/ term: what it is",
    "script": "<script>alert(1)</script></title></main></html>",
    "attribute": '"><img src=x onerror=alert(1)>\' src="data:image/png;base64,AAAA"',
    "placeholder": "$title$ $body$ ${x} {banner} {0}",
}


@pytest.fixture(scope="module")
def made(page: str) -> bytes:
    return to_pdf(page)


@pytest.fixture(scope="module")
def pdf(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(made)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """The structure elements below one, in reading order."""
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from elements(inner)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one["/S"]).removeprefix("/") for one in elements(pdf.Root.StructTreeRoot["/K"])]


def words_in(made: bytes, folder: Path, program: Callable[[str], str]) -> str:
    """The text as it is copied out, without what only divides a line; hyphens too, as line ends swallow them."""
    file = folder / "made.pdf"
    file.write_bytes(made)
    command = [program("pdftotext"), str(file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(text.replace("\u00ad\n", "").replace("\u200b", "").replace("-", "").split())


def test_it_is_tagged_and_says_that_it_is_accessible_and_archival(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo["/Marked"]
    with pdf.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert said.pdfa_status == "2A"


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_it_says_its_language_and_title(page: str, language: str, locale: str) -> None:
    with pikepdf.open(BytesIO(to_pdf(page.replace('lang="nb"', f'lang="{language}"', 1)))) as pdf:
        assert str(pdf.Root.Lang) == locale
        assert str(pdf.docinfo["/Title"]) == "Gevinstplan: Eksempelvik & omegn"
        assert pdf.Root.ViewerPreferences["/DisplayDocTitle"]


def test_words_in_another_language_are_marked(page_of: PageOf) -> None:
    words = Paragraph(Markup('Kort: <span class="said" lang="en">hospital</span>'))
    with pikepdf.open(BytesIO(to_pdf(page_of([Section(id="a", heading=Markup("A"), blocks=(words,))])))) as pdf:
        marked = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        said = [str(one.get("/Lang", "")) for one in elements(pdf.Root.StructTreeRoot["/K"])]
    assert b"en-GB" in marked or "en-GB" in said


def test_headings_are_headings_of_the_right_level_and_bookmarks(pdf: pikepdf.Pdf, headings: Any) -> None:
    assert [int(tag[1]) for tag in tags(pdf) if tag in {"H1", "H2", "H3"}] == [level for level, _ in headings]
    with pdf.open_outline() as outline:
        marks = [(1, one.title) for one in outline.root]
        marks += [(2, inner.title) for one in outline.root for inner in one.children]
    assert sorted(marks) == sorted(headings)


def test_tables_have_header_cells_and_a_caption(pdf: pikepdf.Pdf, captions: list[str]) -> None:
    found = tags(pdf)
    assert found.count("Table") == len(captions)
    assert found.count("TH") == 4
    assert found.count("Caption") == len(captions) + 1


def test_every_figure_is_described_by_its_alternative_text(pdf: pikepdf.Pdf, alternative: str) -> None:
    figures = [one for one in elements(pdf.Root.StructTreeRoot["/K"]) if one["/S"] == "/Figure"]
    assert [str(one["/Alt"]) for one in figures] == [alternative]


def test_a_checker_of_accessible_pdf_finds_no_error(made: bytes, tmp_path: Path) -> None:
    import pdfua

    file = tmp_path / "made.pdf"
    file.write_bytes(made)
    assert [one for one in pdfua.validate(str(file)).findings if one.severity == pdfua.Severity.ERROR] == []


def test_the_same_page_gives_the_same_bytes_dated_as_the_report_and_no_path(page: str, made: bytes) -> None:
    assert to_pdf(page) == made
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251231")
        whole = BytesIO()
        pdf.save(whole, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    assert b"/tmp" not in whole.getvalue()
    assert b"pdf-" not in whole.getvalue().replace(b"pdf-a", b"")


def test_every_word_of_the_page_is_in_the_file(
    page: str, made: bytes, words_of: Callable[[str], list[str]], tmp_path: Path, program: Callable[[str], str]
) -> None:
    text = words_in(made, tmp_path, program).split()
    assert [word for word in words_of(page) if word.replace("-", "") not in text] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_project_writes_is_only_text(
    name: str, page_of: PageOf, tmp_path: Path, program: Callable[[str], str]
) -> None:
    text = HOSTILE[name]
    said = Markup('<span class="said">{}</span>').format(text)
    table = Table(caption=said, header=(said, said), rows=((said, said),), note=said)
    points = (said, Markup(escape(text)))
    blocks = (
        Subheading(said),
        Paragraph(said),
        Paragraph(said, "missing"),
        Bullets(points),
        Bullets(points, True),
        table,
    )
    made = to_pdf(page_of([Section(id="a", heading=said, blocks=blocks)], title=text))
    with pikepdf.open(BytesIO(made)) as pdf:
        assert str(pdf.docinfo["/Title"]) == text
        assert [tag for tag in tags(pdf) if tag in {"H1", "H2", "H3"}] == ["H1", "H2"]
        assert (tags(pdf).count("L"), tags(pdf).count("LI"), tags(pdf).count("Table")) == (2, 4, 1)
    shown = words_in(made, tmp_path, program).replace(" ", "")
    assert shown.count("".join(text.replace("-", "").split())) >= 13


def test_a_character_without_a_glyph_is_named_and_a_word_without_end_is_divided(
    page_of: PageOf, tmp_path: Path, program: Callable[[str], str]
) -> None:
    words = Paragraph(Markup("\U0001f468\u200d\U0001f469 \u4e2d " + "ubrutt" * 40))
    text = words_in(to_pdf(page_of([Section(id="a", heading=Markup("A"), blocks=(words,))])), tmp_path, program)
    assert "[U+1F468]" in text
    assert "[U+4E2D]" in text
    assert "ubrutt" * 40 in text.replace(" ", "")


def test_two_lists_that_meet_stay_two(page_of: PageOf) -> None:
    lists = (Bullets((Markup("a"),)), Bullets((Markup("b"),)))
    with pikepdf.open(BytesIO(to_pdf(page_of([Section(id="a", heading=Markup("A"), blocks=lists)])))) as pdf:
        assert tags(pdf).count("L") == 2


def test_a_figure_takes_the_width_of_the_text_unless_it_would_be_taller_than_a_page(png: bytes) -> None:
    from matplotlib.image import imsave

    # 4 wide and 3 high: 174 mm wide and 130 mm high. 1 wide and 40 high: 200 mm high and 5 mm wide.
    assert figure_width(png, width=174, tallest=200) == 1
    stream = BytesIO()
    imsave(stream, [[[1.0, 1.0, 1.0]]] * 40, format="png")
    assert figure_width(stream.getvalue(), width=174, tallest=200) * 174 == pytest.approx(5)


def test_a_figure_without_alternative_text_is_refused(page_of: PageOf, png: bytes) -> None:
    figure = Figure(png=png, caption=Markup("Uten"), alternative="", values=())
    with pytest.raises(ExportFailed, match="no_alternative"):
        to_pdf(page_of([Section(id="a", heading=Markup("A"), blocks=(figure,))]))


def test_a_section_that_begins_a_page_does_so(page_of: PageOf, tmp_path: Path, program: Callable[[str], str]) -> None:
    words = (Paragraph(Markup("ord")),)
    sections = [
        Section(id=name, heading=Markup(name.upper() * 3), blocks=words, new_page=name != "a") for name in "abc"
    ]
    (tmp_path / "a.pdf").write_bytes(to_pdf(page_of(sections)))
    command = [program("pdftotext"), "-layout", str(tmp_path / "a.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = [page for page in text.split("\f") if page.strip()]
    assert len(pages) == 3
    assert ["AAA" in pages[0], "BBB" in pages[1], "CCC" in pages[2]] == [True, True, True]


def test_an_internal_edition_says_so_on_every_page(
    page_of: PageOf, tmp_path: Path, program: Callable[[str], str]
) -> None:
    sections = [Section(id=name, heading=Markup(name), blocks=(), new_page=name != "a") for name in "abcd"]
    (tmp_path / "a.pdf").write_bytes(to_pdf(page_of(sections, audience="internal")))
    command = [program("pdftotext"), "-layout", str(tmp_path / "a.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = [" ".join(page.split()) for page in text.split("\f") if page.strip()]
    assert len(pages) == 4
    assert all("Intern utgave: kan vise små tall." in page for page in pages)
