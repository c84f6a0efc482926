"""Every report can be made of every valid file: what is missing is said, nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits import open_report
from benefits.language import catalogue
from benefits.report import KINDS, Report

pytestmark = pytest.mark.slow

SPARSE = {
    "nothing": "",
    "a_title_of_a_benefit": "benefits:\n  - {id: g1, title: Noe godt}\n",
    "no_start": (
        "benefits:\n  - id: g1\n    title: Noe\n"
        "    indicator: {definition: Noe, unit: hours, direction: lower_is_better}\n"
    ),
    "blanks": "actors:\ncosts:\nbenefits:\nparticipation:\nmilestones:\n",
    "a_hope_without_numbers": (
        "go_live: 2025-01-01\nactors:\n  - {id: k, kind: kommune, name: Vik}\n"
        "benefits:\n  - {id: g1, title: Noe, valuation: {actor: k}}\n"
    ),
}


def opened(folder: Path, kind: str, rest: str) -> Report:
    file = folder / "project.yaml"
    file.write_text(f"format: 1\nid: liten\ntitle: Lite prosjekt\nas_of: 2025-12-31\n{rest}", encoding="utf-8")
    return open_report(kind, file)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rest", SPARSE.values(), ids=SPARSE)
def test_every_section_of_every_kind_can_be_shown(tmp_path: Path, kind: str, rest: str) -> None:
    report = opened(tmp_path, kind, rest)
    shown = [report.show(section).html for section in report.sections]
    assert shown[0].startswith("<section")
    assert all(html.startswith("<section") or html == "" for html in shown)


def test_a_plan_without_a_dis_benefit_says_that_none_was_assessed(tmp_path: Path) -> None:
    report = opened(tmp_path, "plan", SPARSE["a_title_of_a_benefit"])
    assert "Ulemper er ikke vurdert." in report.show("dis_benefits").html


def test_page_one_of_an_empty_plan_names_three_gaps_with_what_they_cost_and_no_figure(tmp_path: Path) -> None:
    report = opened(tmp_path, "plan", "")
    page = report.show("first_page").html
    listed = page[page.index("<ol>") : page.index("</ol>")]
    assert listed.count("<li>") == 3
    for gap in report.results.gaps[:3]:
        assert all(words in listed for words in report.voice.catalogue.gap(gap))
    assert "<table>" not in page
    assert "<data" not in page.replace(page[page.index("</ol>") :], "")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "data-request"])
def test_page_one_has_at_most_five_figures_each_with_interval_grade_and_actor(kind: str) -> None:
    root = Path(__file__).resolve().parents[2]
    page = open_report(kind, root / "params" / "eksempel-kommune" / "project.yaml").show("first_page").html
    figures = page[page.index(catalogue("nb").text("first_page.figures.caption")) :]
    rows = figures[figures.index("<tbody>") : figures.index("</tbody>")].split("<tr>")[1:]
    assert 1 <= len(rows) <= 5
    for row in rows:
        assert 'data-part="low"' in row
        assert 'data-part="high"' in row
        cells = row.split("<td")[1:]
        assert len(cells) == 4
        assert all(cell.partition(">")[2].split("</td>")[0].strip() for cell in cells)
