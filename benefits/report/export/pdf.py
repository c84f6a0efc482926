"""A tagged PDF from the finished page: pandoc turns it into Typst, Typst into PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benefits.report.export.document import (
    TALLEST,
    TEXT_WIDTH,
    Node,
    begins_page,
    figure_width,
    inlines,
    pandoc,
    plain,
    read_blocks,
    walk,
)
from benefits.report.export.failed import ExportFailed
from benefits.report.export.printable import fallback_fonts, printable
from benefits.report.export.source import Source, read_page
from benefits.report.export.tables import printed_table
from benefits.report.page import shipped

if TYPE_CHECKING:
    from typst import Fonts

KEPT_CELLS = 40
"""Cells of a table that is kept whole with its note; a longer one begins where there is room and runs over."""
KEPT_SIGNS = 1200
"""Signs in such a table: a third of a page."""
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}


def to_pdf(page: str) -> bytes:
    """Return a finished page as a tagged PDF with outline, language, title and alternative texts.

    Parameters
    ----------
    page
        HTML as ``benefits.report.page`` makes it, figures inside.

    Raises
    ------
    ExportFailed
        When the page is no report, a figure has no alternative text, or Typst refuses, as it does for what the
        standards forbid.

    References
    ----------
    ISO 14289-1:2014, PDF/UA-1. ISO 19005-2:2011, PDF/A-2.
    """
    source = read_page(page)
    document, blocks = read_blocks(source)
    document["meta"] |= {
        # Without the places where a line may be divided, for the list of open windows.
        "plain-title": {"t": "MetaInlines", "c": [_raw_inline(_string(source.title))]},
        "lang": {"t": "MetaString", "c": source.language},
        **{part: {"t": "MetaString", "c": str(getattr(source.as_of, part))} for part in ("year", "month", "day")},
        "region": {"t": "MetaString", "c": REGIONS[source.language]},
        "banner": {"t": "MetaList", "c": [{"t": "MetaInlines", "c": inlines(words)} for words in source.banners]},
        "colophon": {"t": "MetaInlines", "c": inlines(source.colophon)},
    }
    document["blocks"] = [typeset for block in _spaced(blocks) for typeset in _for_typst(block, source)]
    _as_typst([document["meta"], document["blocks"]])
    template = shipped("templates", "report", "page.typ")
    written = pandoc(
        *("-f", "json", "-t", "typst", "--wrap=none", "--shift-heading-level-by=-1"),
        f"--template={template.resolve()}",
        given=json.dumps(document).encode("utf-8"),
    )
    return _compiled(written, source)


def _as_typst(document: list[Any]) -> None:
    """Put every word as a string of Typst's, not as its markup, and mark words in another language, which pandoc drops.

    Whatever a project writes is then only text, down to two hyphens in a row.
    """
    for node in list(walk(document)):
        if node.get("t") == "Span" and (tongue := dict(node["c"][0][2]).get("lang")) in REGIONS:
            opening = f'#text(lang: "{tongue}", region: "{REGIONS[tongue]}")['
            node["c"][1] = [_raw_inline(opening), *node["c"][1], _raw_inline("];")]
        elif node.get("t") == "Str":
            node.update(_raw_inline(f"#{_string(printable(node['c']))};"))


def _compiled(written: bytes, source: Source) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        for name, png in source.figures.items():
            (Path(folder) / name).write_bytes(png)
        main = Path(folder) / "report.typ"
        main.write_bytes(written)
        try:
            made = typst.Compiler(main, root=folder, font_paths=_fonts()).compile(
                format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=0
            )
        except typst.TypstError as refused:
            raise ExportFailed("program_refused", {"program": "typst", "cause": refused.message}) from None
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    """The fonts that come with Typst and matplotlib, none of this machine's: the same pages everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(fallback_fonts())])


def _spaced(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks with lists that meet kept apart, which Typst would read as one, and short tables with their notes."""
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if before and before["t"] == block["t"] and block["t"] in {"BulletList", "OrderedList"}:
            yield _raw("#v(0.3em)")
        has_note = after is not None and after["t"] == "Div" and "table-note" in after["c"][0][1]
        if block["t"] == "Table" and has_note and _is_short(block):
            yield from _inside("#noted[", [block], "]")
        else:
            yield block


def _is_short(table: Node) -> bool:
    rows = printed_table(table).rows
    cells = [cell for row in rows for cell in row]
    return len(cells) <= KEPT_CELLS and sum(len(plain(cell)) for cell in cells) <= KEPT_SIGNS


def _for_typst(block: Node, source: Source) -> Iterator[Node]:
    match block["t"]:
        case "Div":
            (_, classes, _), inner = block["c"]
            yield from _inside(f'#note("{classes[-1]}")[', inner, "]")
        case "Table":
            yield from _table(block)
        case "Figure":
            yield from _figure(block, source)
        case "Header" if begins_page(block):
            yield _raw("#pagebreak(weak: true)")
            yield block
        case _:
            yield block


def _table(block: Node) -> Iterator[Node]:
    table = printed_table(block)
    yield from _inside("#figure(kind: table, caption: [", table.caption, "],")
    widths = ", ".join(f"{width:.2%}" for width in table.widths)
    sides = ", ".join("right" if numeric else "left" for numeric in table.numeric)
    opening, closing = ("divided(table(", ")))") if table.divided else ("table(", "))")
    yield _raw(f"{opening}columns: ({widths},), align: ({sides},), table.header(repeat: true,")
    yield from _cells(table.header)
    yield _raw("),")
    for row in table.rows:
        yield from _cells(row)
    yield _raw(closing)


def _cells(cells: Sequence[list[Node]]) -> Iterator[Node]:
    for cell in cells:
        yield from _inside("[", cell, "],")


def _figure(block: Node, source: Source) -> Iterator[Node]:
    _, (_, caption), inner = block["c"]
    for image in (node for node in walk(inner) if node.get("t") == "Image"):
        _, alternative, (name, _) = image["c"]
        share = figure_width(source.figures[name], width=TEXT_WIDTH, tallest=TALLEST)
        picture = f'image("{name}", alt: {_string(plain(alternative))}, width: {share:.1%})'
        yield from _inside(f"#figure(kind: image, {picture}, caption: [", caption, "])")


def _inside(opening: str, blocks: Sequence[Node], closing: str) -> Iterator[Node]:
    yield _raw(opening)
    yield from blocks
    yield _raw(closing)


def _raw(code: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", code]}


def _raw_inline(code: str) -> Node:
    return {"t": "RawInline", "c": ["typst", code]}


def _string(text: str) -> str:
    """A text as Typst writes it between quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
