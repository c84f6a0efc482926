"""The page as pandoc reads it: JSON blocks, and the few things that are asked of them or done to them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from benefits.report.export.failed import ExportFailed
from benefits.report.export.source import Source

Node = dict[str, Any]
"""A block or an inline: its type under ``t``, what it holds under ``c``."""

TEXT_WIDTH, TALLEST = 174.0, 200.0
"""Millimetres between the margins of both templates, and what a figure with its caption may take of the height."""

ALIGNMENT = {True: {"t": "AlignRight"}, False: {"t": "AlignLeft"}}


def pandoc(*arguments: str, given: bytes, folder: Path | None = None) -> bytes:
    """Run pandoc and return what it writes; figures are looked for in the folder.

    Raises
    ------
    ExportFailed
        When pandoc refuses, with the first line of what it says.
    """
    # Whatever it stamps with a time gets the same one.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}
    done = subprocess.run(
        [_pandoc(), *arguments], input=given, cwd=folder, env=environment, capture_output=True, check=False
    )
    if done.returncode != 0 or done.stderr.strip():
        lines = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise ExportFailed("program_refused", {"program": "pandoc", "cause": lines[0] if lines else ""})
    return done.stdout


@lru_cache(maxsize=1)
def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def read_blocks(source: Source) -> tuple[Node, list[Node]]:
    """Return pandoc's document with its metadata, and the blocks of the page with sections unfolded.

    Raises
    ------
    ExportFailed
        When a figure has no alternative text, or is not on the page itself.
    """
    read = json.loads(pandoc("-f", "html-auto_identifiers", "-t", "json", given=source.body.encode("utf-8")))
    read["meta"] = {
        "title": {"t": "MetaInlines", "c": inlines(source.title)},
        "pagetitle": {"t": "MetaString", "c": source.title},
    }
    blocks = list(_unfolded(read["blocks"]))
    _check_figures(blocks, source)
    _cut_loose_links(blocks)
    return read, blocks


def _unfolded(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks without the wrappers that only a browser needs; notes keep theirs, under the name of their tone."""
    for block in blocks:
        if block["t"] != "Div":
            yield block
            continue
        (name, classes, _), inner = block["c"]
        if "section" in classes:
            # A link to a section leads to its heading.
            heading = next((one for one in inner if one["t"] == "Header"), None)
            if heading is not None:
                heading["c"][1][0] = name
            yield from _unfolded(inner)
        elif "note" in classes:
            tone = next((one for one in classes if one != "note"), "")
            yield {"t": "Div", "c": [["", ["note", tone], []], inner]}
        elif "table" in classes:
            for one in inner:
                yield one if one["t"] == "Table" else {"t": "Div", "c": [["", ["table-note"], []], [one]]}
        else:
            yield from _unfolded(inner)


def _check_figures(blocks: Sequence[Node], source: Source) -> None:
    for image in (node for node in walk(blocks) if node.get("t") == "Image"):
        _, alternative, (target, _) = image["c"]
        if target not in source.figures:
            raise ExportFailed("figure_elsewhere", {"figure": target[:80]})
        if not plain(alternative).strip():
            raise ExportFailed("no_alternative", {"figure": list(source.figures).index(target) + 1})


def _cut_loose_links(blocks: Sequence[Node]) -> None:
    """Leave only the words of a link to a place that is not in the document, such as a part of the page left out."""
    nodes = list(walk(blocks))
    names = {f"#{node['c'][1][0]}" for node in nodes if node.get("t") == "Header"}
    for node in nodes:
        if node.get("t") == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0] not in names:
            node["t"], node["c"] = "Span", [["", [], []], node["c"][1]]


def begins_page(block: Node) -> bool:
    """Return whether a block is a heading that begins a new page."""
    return bool(block["t"] == "Header" and "new-page" in block["c"][1][1])


def walk(node: Any) -> Iterator[Node]:
    """Yield every block and inline in, or below, a piece of the document."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from walk(inner)
    elif isinstance(node, list):
        for one in node:
            yield from walk(one)


def plain(node: Any) -> str:
    """Return the words of a piece of the document.

    Examples
    --------
    >>> plain([{"t": "Str", "c": "to"}, {"t": "Space"}, {"t": "Emph", "c": [{"t": "Str", "c": "ord"}]}])
    'to ord'
    """
    found = []
    for one in walk(node):
        match one.get("t"):
            case "Str":
                found.append(one["c"])
            case "Space" | "SoftBreak" | "LineBreak":
                found.append(" ")
            case "Code" | "Math":
                found.append(one["c"][1])
    return "".join(found)


def inlines(text: str) -> list[Node]:
    """Return a text as inlines.

    Examples
    --------
    >>> inlines("to ord")
    [{'t': 'Str', 'c': 'to'}, {'t': 'Space'}, {'t': 'Str', 'c': 'ord'}]
    """
    found: list[Node] = []
    for word in text.split(" "):
        found += [{"t": "Space"}] if found else []
        found += [{"t": "Str", "c": word}] if word else []
    return found


def paragraph(text: str) -> Node:
    """Return a text as a paragraph."""
    return {"t": "Para", "c": inlines(text)}


def figure_width(png: bytes, *, width: float, tallest: float) -> float:
    """Return the share of the text width a figure may take so that it is no taller than a page leaves room for.

    Parameters
    ----------
    png
        The picture.
    width, tallest
        Text width and greatest height, in the same unit.
    """
    across, down = (int.from_bytes(png[place : place + 4], "big") for place in (16, 20))
    return min(1.0, tallest / (width * down / across))
