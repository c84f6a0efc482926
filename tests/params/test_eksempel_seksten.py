"""The small example: 16 patients, uptake first, one number from the line, and at most four pages."""

from __future__ import annotations

import json
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import nbformat
import pikepdf
import pytest

from benefits.project import load
from benefits.report import Report
from benefits.report.export import to_pdf
from benefits.report.page import html_page
from benefits.report.voice import voice_in
from benefits.results import Results, assess, freeze

FOLDER = Path(__file__).parents[2] / "params" / "eksempel-seksten"
FILE = FOLDER / "project.yaml"
FROZEN = date(2025, 2, 28)
v4 = nbformat.v4


@pytest.fixture(scope="module")
def year() -> Results:
    return assess(FILE, draws=100)


@pytest.fixture(scope="module")
def closed() -> Results:
    """After the project: one number has come by form, from somebody else, and nobody has asked the patients again."""
    return assess(FILE, as_of=date(2027, 2, 28), draws=100)


def test_it_is_said_to_be_made_up_and_is_small_enough_to_be_copied() -> None:
    project = load(FILE)
    assert project.constructed
    assert project.languages == ("nb",)
    assert len(project.benefits) == 3
    assert project.services == ()
    assert len(FILE.read_text(encoding="utf-8").splitlines()) < 250


def test_the_plan_shipped_as_frozen_is_the_one_that_freezing_it_gives(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "copy", ignore=shutil.ignore_patterns("frozen"))
    name = freeze(tmp_path / "copy" / "project.yaml", as_of=FROZEN)
    made, ours = (json.loads((folder / name).read_text(encoding="utf-8")) for folder in (tmp_path / "copy", FOLDER))
    assert made["plan"] == ours["plan"]


def test_what_it_lacks_is_what_a_small_project_often_lacks(year: Results) -> None:
    found = {gap.code for gap in year.gaps}
    assert "no_dis_benefit" in found
    assert not found & {"no_baseline", "no_target", "no_indicator", "no_freeze", "baseline_late", "no_volume"}


def test_uptake_is_shown_and_who_left_and_why_is_not(year: Results) -> None:
    shown = {name: year.values[f"ledger.2026-02-28.{name}"].value for name in ("invited", "started", "active", "ended")}
    assert shown == {"invited": 27, "started": 21, "active": 16, "ended": 5}
    assert all(year.values[f"ledger.2026-02-28.{name}"].suppressed for name in ("died", "fell_out"))


def test_nothing_is_claimed_of_any_of_the_three(year: Results, closed: Results) -> None:
    standing = {one.benefit: (one.code, one.reason) for one in year.follow_up.verdicts}
    assert standing == {
        "trygghet": ("cannot_be_known_yet", "includes_zero"),
        "tid": ("cannot_be_known_yet", "before_verdict_date"),
        "innleggelser": ("not_measured", "no_measurement"),
    }
    later = {one.benefit: one.reason for one in closed.follow_up.verdicts}
    assert later["tid"] == "no_interval"
    assert all(one.code == "no" for one in closed.follow_up.realised)


def test_admissions_cannot_be_shown_by_so_few_and_the_plan_says_how_many_it_takes(year: Results) -> None:
    hoped, smallest = (year.values[f"benefit.innleggelser.{name}"].value for name in ("hoped", "smallest"))
    assert hoped is not None
    assert smallest is not None
    assert smallest > 3 * hoped
    patients = year.values["benefit.innleggelser.needed.patients"].value
    assert patients is not None
    assert patients > 100


def test_after_the_project_the_new_leader_has_answered_and_nobody_has_asked_the_patients(closed: Results) -> None:
    by_benefit = {one.benefit: one for one in closed.answers}
    assert by_benefit["tid"].answered
    assert by_benefit["tid"].last_by is not None
    assert not by_benefit["trygghet"].answered
    assert by_benefit["trygghet"].due == date(2027, 2, 15)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["year", "closed"])
def test_the_follow_up_is_at_most_four_printed_pages(when: str, request: pytest.FixtureRequest) -> None:
    report = Report(kind="follow-up", results=request.getfixturevalue(when), voice=voice_in("nb", first="nb"))
    bundles = [report.show(section)._repr_mimebundle_() for section in report.sections]
    cells = [v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=bundle)]) for bundle in bundles]
    with pikepdf.open(BytesIO(to_pdf(html_page(v4.new_notebook(cells=cells))))) as pdf:
        assert len(pdf.pages) <= 4
