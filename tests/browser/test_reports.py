"""Every report as a reader meets it: in a browser, on a small screen, on paper, by keyboard and screen reader."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from benefits.report.page import shipped

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.timeout(400)]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
WITHOUT_PICTURES = {"eksempel-lett", "innomed-2024", "params"}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Elements and lines that reach past the right edge, apart from what lies in a table's own scrolling frame.
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(e => !e.parentElement.closest('.table') && !e.matches('.skip'))
    .filter(e => {
        const lines = document.createRange();
        lines.selectNodeContents(e);
        const framed = e.matches('.table') ? [] : [...lines.getClientRects()];
        const right = Math.max(e.getBoundingClientRect().right, ...framed.map(line => line.right));
        return right > document.documentElement.clientWidth + 1 && !e.querySelector('.table');
    })
    .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 60))"""


def violations(page: Any, *, contrast: bool = True) -> list[str]:
    """What axe-core finds against the standard, by rule and place; nine tenths of its time go to the contrast."""
    # A page's policy allows no script; evaluation by the browser's own driver is not the page's.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"color-contrast": {"enabled": contrast}}
    options = json.dumps({"runOnly": STANDARD, "rules": rules, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run(document, {options}).then(({{passes, violations}}) => ({{passes, violations}}))")
    passed = {rule["id"] for rule in found["passes"]}
    assert len(passed) > 5
    assert contrast is bool({"color-contrast"} & {*passed, *(rule["id"] for rule in found["violations"])})
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


def test_the_page_says_nothing_asks_for_nothing_and_holds_no_script(opened: Any, report_file: Path) -> None:
    page = opened.open(report_file)
    assert opened.said == []
    assert opened.asked == []
    assert page.locator("script").count() == 0
    assert "default-src 'none'" in page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")


def test_the_page_has_one_heading_one_a_language_a_title_and_its_landmarks(shown: Any, report_file: Path) -> None:
    assert shown.locator("html").get_attribute("lang") == report_file.name.split(".")[1]
    assert shown.locator("h1").count() == 1
    assert shown.title() == shown.locator("h1").inner_text()
    for landmark in ("main", "navigation", "banner", "contentinfo"):
        assert shown.get_by_role(landmark).count() == 1, landmark


def test_headings_do_not_skip_a_level_and_every_entry_of_the_contents_leads_to_its_section(
    shown: Any, report_file: Path
) -> None:
    levels = shown.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    targets = shown.eval_on_selector_all("nav a", "all => all.map(a => [a.getAttribute('href'), a.textContent])")
    sections = shown.eval_on_selector_all(
        "main > section", "all => all.map(s => ['#' + s.id, s.querySelector('h2').textContent])"
    )
    assert targets == sections
    assert len(sections) > (1 if report_file.name.startswith("data-request") else 5)


def test_every_picture_is_shown_and_told_in_words(shown: Any, report_file: Path) -> None:
    pictures = shown.eval_on_selector_all("img", "all => all.map(i => [i.naturalWidth, i.alt.trim().length])")
    without = report_file.parent.name in WITHOUT_PICTURES or report_file.name.startswith("data-request")
    assert pictures or without
    assert all(width > 100 and words > 20 for width, words in pictures)


@pytest.mark.parametrize("width", [1000, 360])
def test_no_rule_of_accessibility_is_broken(shown: Any, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 800})
    assert violations(shown, contrast=width == 1000) == []


def test_a_narrow_page_has_the_colours_of_a_wide_one() -> None:
    """Or the contrast would have to be looked at in both."""
    style = shipped("templates", "report", "style.css").read_text(encoding="utf-8")
    narrow = re.findall(r"@media[^{]*width[^{]*\{(?:[^{}]*\{[^{}]*\})*", style)
    assert narrow
    assert [rules for rules in narrow if re.search("color|background", rules)] == []


@pytest.mark.parametrize("width", [1000, 360])
def test_nothing_but_tables_is_wider_than_the_screen(shown: Any, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 800})
    assert shown.evaluate(TOO_WIDE) == []
    assert shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_first_tab_leads_past_the_contents_to_the_report(opened: Any, report_file: Path) -> None:
    page = opened.open(report_file)
    page.keyboard.press("Tab")
    skip = page.evaluate_handle("document.activeElement").as_element()
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["x"] >= 0


def test_a_constructed_example_says_so_on_the_screen_and_on_every_printed_page(
    opened: Any, reports: Path, tmp_path: Path
) -> None:
    page = opened.open(reports / "out" / "eksempel-kommune" / "plan.nb.html")
    banner = page.locator(".banner")
    assert banner.is_visible()
    words = " ".join(banner.inner_text().split())
    page.emulate_media(media="print")
    assert banner.is_visible()
    reader = shutil.which("pdftotext")
    if reader is None:
        return
    page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    command = [reader, "-layout", str(tmp_path / "plan.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = [" ".join(one.split()) for one in text.split("\f") if one.strip()]
    assert len(pages) > 3
    # Where the banner lies over a line, neither can be read.
    assert [number for number, one in enumerate(pages, start=1) if words not in one] == []


def test_a_real_project_is_not_called_constructed(opened: Any, reports: Path) -> None:
    page = opened.open(reports / "out" / "dho-spredning-2024" / "plan.nb.html")
    assert page.locator(".banner").count() == 0
