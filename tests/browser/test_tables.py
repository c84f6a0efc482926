"""A table is as wide as it needs: a year and its number stand near each other, and nothing leaves a narrow screen."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser

from benefits.report.blocks import Section, Table
from benefits.report.html import section_html
from benefits.report.page import shipped

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


def shown(browser: Browser, *, columns: int, width: int) -> tuple[float, float, float]:
    """Width of the page, of the body's room and of a table with so many short columns."""
    words = tuple(Markup(f"K{column}") for column in range(columns))
    table = Table(caption=Markup("Forventet per år"), header=words, rows=(words, words))
    style = shipped("templates", "report", "style.css").read_text(encoding="utf-8")
    section = section_html(Section(id="a", heading=Markup("A"), blocks=(table,)))
    page = browser.new_page(viewport={"width": width, "height": 600})
    try:
        page.set_content(f"<!DOCTYPE html><style>{style}</style>{section}")
        found = [page.evaluate(f"document.querySelector('{one}').scrollWidth") for one in ("html", "section", "table")]
    finally:
        page.close()
    return found[0], found[1], found[2]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_narrow_table_does_not_stretch_over_a_wide_page(browser: Browser, columns: int) -> None:
    _, room, table = shown(browser, columns=columns, width=1000)
    assert table < 0.6 * room


def test_a_table_of_three_columns_has_the_whole_width(browser: Browser) -> None:
    _, room, table = shown(browser, columns=3, width=1000)
    assert table == pytest.approx(room, abs=1)


@pytest.mark.parametrize("columns", [2, 3])
def test_on_a_phone_no_table_makes_the_page_wider(browser: Browser, columns: int) -> None:
    page, room, table = shown(browser, columns=columns, width=360)
    assert page <= 360
    assert table <= room
