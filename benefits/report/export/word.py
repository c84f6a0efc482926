"""A Word file from the finished page, styled by ``templates/report/word.docx``."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from benefits.report.export.document import (
    ALIGNMENT,
    TALLEST,
    TEXT_WIDTH,
    Node,
    begins_page,
    figure_width,
    pandoc,
    paragraph,
    read_blocks,
)
from benefits.report.export.source import Source, read_page
from benefits.report.export.tables import printed_table
from benefits.report.page import shipped

LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

_STYLES = {"warning": "Note Warning", "missing": "Note Missing", "table-note": "Table Note"}

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(r"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*<")
_MARK = re.compile(r"\{title\}|\{banner\}")
_FILE_NAME = re.compile(r'(<pic:cNvPr\b[^>]*?) descr="[^"]*"')
_GRID = re.compile(r'<w:gridCol w:w="(\d+)"')
_ASSUMED = 7920
"""Twentieths of a point pandoc reckons a line of text to be when it divides a table into columns."""

_NEW_PAGE = '<w:p><w:pPr><w:pStyle w:val="NewPage"/></w:pPr></w:p>'
_HEADING = re.compile(
    r'<w:p>\s*<w:pPr>\s*<w:pStyle w:val="NewPage" ?/>\s*</w:pPr>\s*</w:p>'
    r"(\s*(?:<w:bookmark(?:Start|End) [^>]*/>\s*)*<w:p>\s*<w:pPr>\s*<w:pStyle [^>]*/>)"
)
_ROW = re.compile(r"<w:tr>(?!\s*<w:trPr>)")


def to_docx(page: str) -> bytes:
    """Return a finished page as a Word file with real headings, header rows, alternative texts, title and language.

    Parameters
    ----------
    page
        HTML as ``benefits.report.page`` makes it, figures inside.

    Raises
    ------
    ExportFailed
        When the page is no report, or a figure has no alternative text.
    """
    source = read_page(page)
    document, blocks = read_blocks(source)
    document["meta"]["lang"] = {"t": "MetaString", "c": LOCALES[source.language]}
    banners = [_styled("Banner", [paragraph(words)]) for words in source.banners]
    colophon = [_styled("Colophon", [paragraph(source.colophon)])] if source.colophon else []
    body = [_for_word(block, source) for block in blocks]
    document["blocks"] = [*banners, *_paged(body), *colophon]
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        for name, png in source.figures.items():
            (Path(folder) / name).write_bytes(png)
        template = shipped("templates", "report", "word.docx")
        options = ["--shift-heading-level-by=-1", f"--reference-doc={template.resolve()}", "-o", "report.docx"]
        pandoc("-f", "json", "-t", "docx", *options, given=json.dumps(document).encode("utf-8"), folder=Path(folder))
        made = (Path(folder) / "report.docx").read_bytes()
    return _finished(made, source)


def _for_word(block: Node, source: Source) -> Node:
    match block["t"]:
        case "Div":
            (_, classes, _), inner = block["c"]
            return _styled(_STYLES.get(classes[-1], "Body Text"), inner)
        case "Table":
            return _table(block)
        case "Figure":
            return _figure(block, source)
    return block


def _paged(blocks: list[Node]) -> Iterator[Node]:
    """The blocks with a mark before each heading that begins a page, for which pandoc has no way."""
    for block in blocks:
        if begins_page(block):
            yield {"t": "RawBlock", "c": ["openxml", _NEW_PAGE]}
        yield block


def _styled(style: str, blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _table(block: Node) -> Node:
    table = printed_table(block)
    columns = [
        [ALIGNMENT[numeric], {"t": "ColWidth", "c": width}]
        for numeric, width in zip(table.numeric, table.widths, strict=True)
    ]

    def row(cells: list[list[Node]], style: str) -> list[object]:
        empty = ["", [], []]
        whole = [[empty, {"t": "AlignDefault"}, 1, 1, [_styled(style, _as_paragraphs(cell))]] for cell in cells]
        return [empty, whole]

    attributes, (short, _), _, (head, _), _, foot = block["c"]
    body = [["", [], []], 1, [], [row(list(cells), "Table Cell") for cells in table.rows]]
    caption = [short, table.caption]
    header = [head, [row(list(table.header), "Table Header")]]
    return {"t": "Table", "c": [attributes, caption, columns, header, [body], foot]}


def _as_paragraphs(cell: list[Node]) -> list[Node]:
    """A cell whose text is in paragraphs, which take a style; an empty cell has an empty one."""
    return [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in cell] or [{"t": "Para", "c": []}]


def _figure(block: Node, source: Source) -> Node:
    for image in (one for inner in block["c"][2] for one in inner["c"] if one["t"] == "Image"):
        share = figure_width(source.figures[image["c"][2][0]], width=TEXT_WIDTH, tallest=TALLEST)
        image["c"][0] = ["", [], [["width", f"{share:.1%}"]]]
    return block


def _mended(document: str) -> str:
    """The file's text with what pandoc leaves out: rows kept whole, first cells heading their rows, true widths."""
    document = _HEADING.sub(r"\g<1><w:pageBreakBefore/>", document)
    document = _ROW.sub("<w:tr><w:trPr><w:cantSplit/></w:trPr>", document)
    document = document.replace('w:firstColumn="0"', 'w:firstColumn="1"')
    # A second description, which pandoc fills with the name of the file.
    document = _FILE_NAME.sub(r"\1", document)
    width = round(TEXT_WIDTH / 25.4 * 1440)
    return _GRID.sub(lambda found: f'<w:gridCol w:w="{round(int(found[1]) * width / _ASSUMED)}"', document)


def _finished(made: bytes, source: Source) -> bytes:
    """The file with title and banner on each page, rows kept whole, dated as the report is."""
    words = {"{title}": source.title, "{banner}": " ".join(source.banners)}
    whole = BytesIO()
    with ZipFile(BytesIO(made)) as read, ZipFile(whole, "w", ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            content = read.read(name)
            if re.fullmatch(r"word/(header|footer)\d+\.xml", name):
                text = _MARK.sub(lambda found: escape(words[found[0]], quote=False), content.decode("utf-8"))
                content = text.encode("utf-8")
            elif name == "docProps/core.xml":
                stamp = rf"\g<1>{source.as_of.isoformat()}T00:00:00Z<"
                content = _STAMPS.sub(stamp, content.decode("utf-8")).encode("utf-8")
            elif name == "word/document.xml":
                content = _mended(content.decode("utf-8")).encode("utf-8")
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            written.writestr(entry, content)
    return whole.getvalue()
