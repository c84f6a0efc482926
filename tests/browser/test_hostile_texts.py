"""Whatever stands in a project file is shown as text: it never runs, opens or breaks the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from benefits.report import open_report
from benefits.report.opening import UnusableProject
from benefits.report.page import html_page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.timeout(300)]
v4 = nbformat.v4

HOSTILE = {
    "script": "<script>alert(1)</script></title><script>alert(2)</script>",
    "attribute": "\"><img src=x onerror=alert(1)>' onmouseover='alert(2)",
    "placeholder": "{placeholder} {0} {} %s %(name)s {{ 7 * 7 }} {% raw %} ${x}",
    "end": "</span></p></section></main></html><!-- --> ]]> &lt; &amp;",
    "direction": "\u05d0\u05d1\u05d2 (123) \u0627\u0644 \U0001f468\u200d\U0001f469 e\u0301",
    "long": "Ord " * 2500,
    "unbroken": "ubrutt" * 1700,
}
FIT_TARGETS = ("#", "https://", "http://", "data:,", "data:image/png")
PROJECT = """\
format: 1
id: hostile
title: {title}
summary: {text}
languages: [nb]
owner: {{actor: k, role: {text}}}
actors: [{{id: k, kind: kommune, name: {text}}}]
as_of: 2025-12-31
go_live: 2025-01-01
null_alternative: {text}
patient_group: {{category: several_chronic_conditions, description: {text}, volume: {{2025: 100}}}}
benefits:
  - {{id: b, title: {text}, types: [quality], hypothesis: {{action: {text}}}}}
assumptions:
  a: {{value: 1, unit: kroner, price_year: 2024, standing: official, source: {text}, address: {address}}}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture
def page_of(tmp_path: Path) -> Callable[..., Path]:
    """The page of a plan whose every text is the same; made in this process."""

    def make(text: str, *, address: str = "https://www.example.org/x") -> Path:
        quoted = {"text": _quoted(text), "title": _quoted(text[:200]), "address": _quoted(address)}
        project = tmp_path / "project.yaml"
        project.write_text(PROJECT.format(**quoted), encoding="utf-8")
        report = open_report("plan", project)
        bundles = [report.show(section)._repr_mimebundle_() for section in report.sections]
        cells = [v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=bundle)]) for bundle in bundles]
        file = tmp_path / "page.html"
        file.write_text(html_page(v4.new_notebook(cells=cells)), encoding="utf-8")
        return file

    return make


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_shown_as_it_stands_and_does_nothing(
    name: str, page_of: Callable[..., Path], opened: Any
) -> None:
    text = " ".join(HOSTILE[name].split())
    page = opened.open(page_of(HOSTILE[name]))
    for said in page.locator(".said").all()[:5]:
        said.hover(force=True, timeout=2000)
    assert opened.said == []
    assert opened.asked == []
    assert page.locator("script, iframe, object, embed, img[src=x]").count() == 0
    assert page.locator("h1, main, footer").count() == 3
    assert page.locator("main > section").count() == page.locator("nav li").count()
    assert text[:200].strip() in " ".join(page.title().split())
    said = page.eval_on_selector_all(".said", "all => all.map(e => e.textContent.trim().replace(/\\s+/g, ' '))")
    assert said.count(text) >= 3
    attributes = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
    )
    assert attributes == []


@pytest.mark.parametrize("name", ["long", "unbroken"])
def test_a_text_without_end_makes_the_page_no_wider(name: str, page_of: Callable[..., Path], opened: Any) -> None:
    page = opened.open(page_of(HOSTILE[name]))
    for width in (1000, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "file:///etc"]
)
def test_an_address_that_is_none_never_becomes_a_link(address: str, page_of: Callable[..., Path], opened: Any) -> None:
    # A file with such an address may be refused, with its line, or made without a link to it.
    try:
        file = page_of("Tekst", address=address)
    except UnusableProject as refused:
        told = str(refused)
    else:
        told = ""
        page = opened.open(file)
        targets = page.eval_on_selector_all(
            "[href], [src]", "all => all.map(e => e.getAttribute('href') ?? e.getAttribute('src'))"
        )
        assert [target for target in targets if not target.startswith(FIT_TARGETS)] == []
        assert opened.said == []
    assert told == "" or told.startswith("project.yaml:15:")
