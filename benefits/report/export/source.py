"""What Word and PDF take from the finished page: title, language, banners, the text, and the figures as files."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from benefits.report.export.failed import ExportFailed

# Project texts are escaped on the page, so each of these tags stands there only where the template wrote it. Attributes
# may come in any order.
_LANGUAGE = re.compile(r'<html lang="(nb|nn|en)"')
_DATE = re.compile(r'<meta\b(?=[^>]* name="dcterms\.date")[^>]* content="(\d{4}-\d{2}-\d{2})"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_BANNER = re.compile(r'<p class="banner"[^>]*>(.*?)</p>', re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_FOOTER = re.compile(r"<footer>(.*?)</footer>", re.DOTALL)
_LAST = re.compile(r"<p>((?:(?!<p>).)*?)</p>\s*\Z", re.DOTALL)
_FIGURE = re.compile(r'(<img\b[^>]* )src="data:image/png;base64,([A-Za-z0-9+/=\s]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A finished page taken apart.

    Attributes
    ----------
    language
        nb, nn or en.
    title
        Title of the report.
    as_of
        The date the report holds for, which is also the date of the file: no clock is read.
    banners
        What every page must carry, in words.
    body
        HTML of the sections; a figure's ``src`` is a name in ``figures``.
    colophon
        The last line of the page, on what made it; may be empty.
    figures
        File name -> PNG.
    """

    language: str
    title: str
    as_of: date
    banners: tuple[str, ...]
    body: str
    colophon: str
    figures: Mapping[str, bytes]


def read_page(page: str) -> Source:
    """Take a finished page apart.

    Raises
    ------
    ExportFailed
        When it has no language, no date, no title or no sections.

    Examples
    --------
    >>> head = '<html lang="nb"><meta name="dcterms.date" content="2025-12-31"><title>Plan &amp; mål</title>'
    >>> source = read_page(f"{head}<main><p>Tekst</p></main></html>")
    >>> source.title, source.as_of.year, source.body
    ('Plan & mål', 2025, '<p>Tekst</p>')
    """
    language, as_of, title, main = (pattern.search(page) for pattern in (_LANGUAGE, _DATE, _TITLE, _MAIN))
    if language is None or as_of is None or title is None or main is None or not _plain(title[1]):
        raise ExportFailed("not_a_page")
    footer = _FOOTER.search(page)
    last = _LAST.search(footer[1].strip()) if footer else None
    figures: dict[str, bytes] = {}

    def as_file(found: re.Match[str]) -> str:
        name = f"figure-{len(figures) + 1}.png"
        figures[name] = b64decode(found[2])
        return f'{found[1]}src="{name}"'

    return Source(
        language=language[1],
        title=_plain(title[1]),
        as_of=date.fromisoformat(as_of[1]),
        banners=tuple(_plain(words) for words in _BANNER.findall(page)),
        body=_FIGURE.sub(as_file, main[1]),
        colophon=_plain(last[1]) if last else "",
        figures=figures,
    )


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split(" ")).strip()
