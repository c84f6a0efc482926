"""The page that lists reports: every file is linked, from where the page lies, and what was not made is explained."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from benefits.language import ready
from benefits.report.index import Run, index_page

PLAN = Run(
    project="a",
    kind="plan",
    language="nn",
    state="made",
    source="../a/project.yaml",
    title="Gevinstplan: Heime <b>først</b>",
    as_of="2025-12-31",
    files=("a/plan.json", "a/plan.nn.html", "a/plan.nn.ipynb", "a/plan.nn.pdf"),
)
BROKEN = Run(
    project="", kind="price", language="", state="failed", source="../b/project.yaml", reason="Linje 6: <i>feil</i>\nto"
)


def page(*runs: Run, language: str = "nb") -> BeautifulSoup:
    return BeautifulSoup(index_page(runs, language=language), "html.parser")  # type: ignore[arg-type]


def test_the_first_link_of_a_report_is_its_page_with_its_title_in_its_own_language() -> None:
    first, *others = page(PLAN).select("main a")
    assert first["href"] == "a/plan.nn.html"
    assert first.get_text() == PLAN.title
    assert first.span
    assert first.span["lang"] == "nn"
    assert [link["href"] for link in others] == ["a/plan.nn.pdf", "a/plan.nn.ipynb", "a/plan.json"]
    assert [link.get_text() for link in others] == ["PDF", "Jupyter", "JSON"]


def test_every_link_says_by_itself_where_it_leads() -> None:
    links = page(PLAN, replace(PLAN, project="b", title="Ein annan plan")).select("main a")
    names = [str(link.get("aria-label") or link.get_text()) for link in links]
    assert len(set(names)) == len(names)
    assert all(link.get_text() in name for link, name in zip(links, names, strict=True))


def test_without_a_page_the_first_file_there_is_carries_the_title() -> None:
    (first, *_) = page(replace(PLAN, files=("a/plan.json", "a/plan.nn.docx"))).select("main a")
    assert first["href"] == "a/plan.nn.docx"


def test_a_file_name_cannot_lead_elsewhere() -> None:
    (link,) = page(replace(PLAN, files=("a b/javascript:x#y.html",))).select("main a")
    assert link["href"] == "a%20b/javascript%3Ax%23y.html"


def test_what_was_not_made_is_named_with_the_reason_line_by_line_as_text() -> None:
    soup = page(PLAN, BROKEN)
    row = soup.select("#not-made tbody tr")[0]
    assert "../b/project.yaml" in row.get_text()
    assert [one.get_text() for one in row.select("td:last-child .said")] == ["Linje 6: <i>feil</i>", "to"]
    assert soup.find("i") is None


def test_each_kind_has_its_section_and_none_is_empty() -> None:
    soup = page(PLAN, replace(PLAN, kind="price"), BROKEN)
    assert [section["id"] for section in soup.select("main section")] == ["overview", "not-made", "plan", "price"]
    assert [link["href"] for link in soup.select("nav a")] == ["#overview", "#not-made", "#plan", "#price"]


def test_a_list_without_reports_says_so() -> None:
    assert [section["id"] for section in page().select("main section")] == ["overview"]


@pytest.mark.parametrize("language", ready())
def test_the_page_is_in_the_language_asked_for(language: str) -> None:
    soup = page(PLAN, BROKEN, language=language)
    assert soup.html
    assert soup.html["lang"] == language
    assert soup.time
    assert soup.time["datetime"] == "2025-12-31"
    assert soup.select("th[scope=row]")
