"""The list of reports as a reader meets it: accessible, at any width, and with links to files that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from benefits.batch import Made, Outcome, record

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.timeout(300)]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The page of a folder with reports of two kinds, three languages and four formats, and two failures."""
    out = tmp_path / "out"
    outcomes = [
        Outcome(subject="", source=tmp_path / "x.yaml", kind="plan", failure=("x.yaml:5: " + "langt" * 60, "og mer")),
        Outcome(subject="a", source=tmp_path / "a.yaml", kind="price", language="nn", failure=("Stansa.",)),
    ]
    for kind in ("plan", "follow-up"):
        for language in ("nb", "nn", "en"):
            names = [f"{kind}.{language}.{form}" for form in ("html", "pdf", "docx", "ipynb")]
            files = tuple(out / "a-project" / name for name in names)
            for file in files:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("", encoding="utf-8")
            made = Made(files=files, title=f"{kind} {language}: Et prosjekt med et navn", as_of="2025-12-31")
            given = {"subject": "a-project", "source": tmp_path / "a.yaml", "kind": kind, "language": language}
            outcomes.append(Outcome(**given, made=made))  # type: ignore[arg-type]
    record(outcomes, out=out, messages="nb")
    return out / "index.html"


def test_the_list_meets_the_standard_and_asks_for_nothing(opened: Any, index: Path) -> None:
    page = opened.open(index)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"() => axe.run(document, {{runOnly: {STANDARD!r}}})")
    assert len(found["passes"]) > 5
    assert [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]] == []
    assert (opened.said, opened.asked) == ([], [])


def test_every_link_leads_to_a_file_beside_the_page(opened: Any, index: Path) -> None:
    page = opened.open(index)
    links = page.eval_on_selector_all("main a", "all => all.map(a => [a.getAttribute('href'), a.href])")
    assert len(links) == 2 * 3 * 4
    assert [written for written, _ in links if not (index.parent / written).is_file()] == []
    assert all(whole == (index.parent / written).as_uri() for written, whole in links)


def test_the_list_fits_a_small_screen(opened: Any, index: Path) -> None:
    page = opened.open(index)
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
