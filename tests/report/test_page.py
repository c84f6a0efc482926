"""The page of a report: complete in itself, with nothing of the notebook's code and no text taken for markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest

import benefits
from benefits.language import catalogue
from benefits.report.opening import SECTION_TYPE
from benefits.report.page import html_page, shipped

v4 = nbformat.v4


def notebook(*sections: tuple[str, str], **bundle: Any) -> nbformat.NotebookNode:
    """An executed notebook that shows sections, each of an id and a heading, between other cells."""
    cells = [v4.new_markdown_cell("A guide to *you*"), v4.new_code_cell("code = 1")]
    for id, heading in sections:
        whole = {"section": id, "heading": heading, "language": "nb", "title": "Tittel", "constructed": False}
        data = {
            "text/html": f'<section id="{id}"><h2>{heading}</h2></section>',
            SECTION_TYPE: {**whole, "as_of": "2025-12-31", "audience": "public", "notice": "", **bundle},
        }
        printed = v4.new_output("stream", text="printed by hand")
        cells.append(v4.new_code_cell("report.show()", outputs=[printed, v4.new_output("display_data", data=data)]))
    return v4.new_notebook(cells=cells)


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_sections_stand_on_the_page_in_order_and_the_contents_lead_to_them() -> None:
    page = html_page(notebook(("gaps", "Mangler"), ("sources", "Kilder")))
    assert re.findall(r'<section id="(\w+)">', page) == ["gaps", "sources"]
    assert re.findall(r'<li><a href="#(\w+)">(\w+)</a>', page) == [("gaps", "Mangler"), ("sources", "Kilder")]


def test_nothing_but_the_sections_is_taken_from_the_notebook() -> None:
    page = html_page(notebook(("gaps", "Mangler")))
    assert not any(text in page for text in ("guide", "code = 1", "report.show", "printed by hand"))


def test_a_page_needs_no_other_file_and_allows_no_script() -> None:
    elements = Elements(html_page(notebook(("gaps", "Mangler")))).found
    assert {tag for tag, _ in elements} & {"script", "iframe", "object", "embed", "base", "form"} == set()
    links = [attributes.get(name) for _, attributes in elements for name in ("href", "src") if attributes.get(name)]
    assert all(str(link).startswith(("#", "data:")) for link in links)
    policy = next(str(a["content"]) for _, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "url(" not in html_page(notebook(("gaps", "Mangler")))
    assert "@import" not in html_page(notebook(("gaps", "Mangler")))


@pytest.mark.parametrize("field", ["title", "heading", "section"])
def test_a_text_that_looks_like_markup_is_shown_as_text(field: str) -> None:
    made = html_page(notebook(("gaps", "Mangler"), **{field: '</title>"><script>{{ 7 * 7 }} & {x}</script>'}))
    assert "<script" not in made
    assert "49" not in re.sub(r"<style>.*?</style>", "", made, flags=re.DOTALL)
    assert "&lt;script&gt;{{ 7 * 7 }} &amp; {x}" in made


@pytest.mark.parametrize(
    ("bundle", "key"), [({"constructed": True}, "page.constructed"), ({"audience": "internal"}, "page.internal")]
)
def test_what_a_reader_must_know_first_stands_in_a_banner(bundle: dict[str, Any], key: str) -> None:
    words = catalogue("nb").text(key)
    assert words not in html_page(notebook(("gaps", "Mangler")))
    body = html_page(notebook(("gaps", "Mangler"), **bundle)).partition("<body>")[2]
    assert body.index('class="banner"') < body.index(words) < body.index("<h1>")


def test_a_notebook_that_shows_no_section_makes_no_page() -> None:
    with pytest.raises(ValueError, match="no section"):
        html_page(notebook())


def test_a_page_is_made_the_same_twice() -> None:
    first = html_page(notebook(("gaps", "Mangler")))
    html_page(notebook(("other", "Annet"), constructed=True))
    assert html_page(notebook(("gaps", "Mangler"))) == first


def test_what_is_shipped_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = Path(benefits.__file__).parents[1]
    assert shipped("templates", "report") == checkout / "templates" / "report"
    monkeypatch.setattr(benefits, "__file__", str(tmp_path / "benefits" / "__init__.py"))
    (tmp_path / "benefits" / "_shipped").mkdir(parents=True)
    assert shipped("notebooks") == tmp_path / "benefits" / "_shipped" / "notebooks"
