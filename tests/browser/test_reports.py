"""Every report as a reader meets it: in a browser, on a small screen, on paper, by keyboard and screen reader."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

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


def violations(page: Any) -> list[str]:
    """What axe-core finds against the standard, by rule and place."""
    # A page's policy allows no script; evaluation by the browser's own driver is not the page's.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"() => axe.run(document, {{runOnly: {STANDARD!r}}})")
    assert len(found["passes"]) > 5
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


def test_the_page_says_nothing_asks_for_nothing_and_holds_no_script(opened: Any, report_file: Path) -> None:
    page = opened.open(report_file)
    assert opened.said == []
    assert opened.asked == []
    assert page.locator("script").count() == 0
    assert "default-src 'none'" in page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")


def test_the_page_has_one_heading_one_a_language_a_title_and_its_landmarks(opened: Any, report_file: Path) -> None:
    page = opened.open(report_file)
    assert page.locator("html").get_attribute("lang") == report_file.name.split(".")[1]
    assert page.locator("h1").count() == 1
    assert page.title() == page.locator("h1").inner_text()
    for landmark in ("main", "navigation", "banner", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1, landmark


def test_headings_do_not_skip_a_level_and_every_entry_of_the_contents_leads_to_its_section(
    opened: Any, report_file: Path
) -> None:
    page = opened.open(report_file)
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    targets = page.eval_on_selector_all("nav a", "all => all.map(a => [a.getAttribute('href'), a.textContent])")
    sections = page.eval_on_selector_all(
        "main > section", "all => all.map(s => ['#' + s.id, s.querySelector('h2').textContent])"
    )
    assert targets == sections
    assert len(sections) > (1 if report_file.name.startswith("data-request") else 5)


def test_every_picture_is_shown_and_told_in_words(opened: Any, report_file: Path) -> None:
    page = opened.open(report_file)
    pictures = page.eval_on_selector_all("img", "all => all.map(i => [i.naturalWidth, i.alt.trim().length])")
    without = report_file.parent.name in WITHOUT_PICTURES or report_file.name.startswith("data-request")
    assert pictures or without
    assert all(width > 100 and words > 20 for width, words in pictures)


@pytest.mark.parametrize("width", [1000, 360])
def test_no_rule_of_accessibility_is_broken(opened: Any, report_file: Path, width: int) -> None:
    page = opened.open(report_file)
    page.set_viewport_size({"width": width, "height": 800})
    assert violations(page) == []


def test_a_broken_rule_of_accessibility_is_found(opened: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    body = "<h1>A</h1><p style='color:#bbb'>pale</p><img src='data:,'>" + "<a href='#x'>to x</a>" * 3
    file.write_text(f"<!doctype html><html><title>T</title><main>{body}</main></html>", encoding="utf-8")
    rules = {line.partition(":")[0] for line in violations(opened.open(file))}
    assert {"html-has-lang", "image-alt", "color-contrast"} <= rules


@pytest.mark.parametrize("width", [1000, 360])
def test_nothing_but_tables_is_wider_than_the_screen(opened: Any, report_file: Path, width: int) -> None:
    page = opened.open(report_file)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


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
