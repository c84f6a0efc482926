"""Page one: who is named and who is not, what a reader is told once, and the language of the project's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from benefits import open_report
from benefits.vocabulary import Language

LEAST = "format: 1\nid: liten\ntitle: Lite prosjekt\nas_of: 2025-12-31\n"


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., BeautifulSoup]:
    def show(rest: str, *, kind: str = "plan", language: Language = "nb") -> BeautifulSoup:
        file = tmp_path / "project.yaml"
        file.write_text(LEAST + rest, encoding="utf-8")
        html = open_report(kind, file, language=language).show("first_page").html
        return BeautifulSoup(html, "html.parser")

    return show


def points(page: BeautifulSoup) -> list[str]:
    return [" ".join(point.get_text().split()) for point in page.find_all("li")]


def test_what_nobody_is_set_to_do_is_said_so(page: Callable[..., BeautifulSoup]) -> None:
    rest = (
        "decisions: [{title: Gå videre, due: 2026-02-01}, {title: Stanse, by: Styret, due: 2026-02-02}]\n"
        "benefits:\n  - id: g1\n    title: Noe godt\n    actions:\n"
        "      - {title: Lære opp, due: 2026-02-03}\n      - {title: Ringe, due: 2026-02-04, responsible: Lederen}\n"
    )
    assert points(page(rest))[-4:] == [
        "Ingen er satt til å beslutte: Gå videre, innen 1. februar 2026",
        "Styret beslutter: Stanse, innen 2. februar 2026",
        "Ingen er satt på: Lære opp, innen 3. februar 2026",
        "Lederen: Ringe, innen 4. februar 2026",
    ]


def test_what_holds_for_several_benefits_names_them_as_a_list(page: Callable[..., BeautifulSoup]) -> None:
    rest = "benefits:\n" + "".join(f"  - {{id: g{at}, title: Nummer {at}}}\n" for at in (1, 2, 3))
    assert any("Det samme gjelder «Nummer 2» og «Nummer 3»." in point for point in points(page(rest)))


def test_a_language_the_project_has_no_words_in_is_told(page: Callable[..., BeautifulSoup]) -> None:
    told = "exist only in"
    assert "The project’s own texts exist only in Nynorsk." in page("languages: [nn]\n", language="en").get_text()
    assert told not in page("languages: [nn, en]\nsummary: {nn: Kort, en: Short}\n", language="en").get_text()
    both = "languages: [nn, nb]\nsummary: {nn: Kort}\nnotes: {nb: Kort}\n"
    assert told in page(both, language="en").get_text()
    assert "finst berre" not in page(both, language="nn").get_text()
