"""An internal edition has files, a row and a line of its own, and says what it is wherever it is met."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from benefits.batch import Outcome, record
from benefits.batch.runs import merged, read_runs
from benefits.language import catalogue
from benefits.report.index import Run

Make = Callable[..., list[Outcome]]
KINDS = ("plan", "data-request", "portfolio")


@pytest.fixture
def made(write_project: Callable[..., Path], make: Make, tmp_path: Path, in_process: None) -> tuple[Path, list[Any]]:
    """Three kinds of report of one project, for both audiences."""
    write_project("vik")
    outcomes = [
        one
        for kind in KINDS
        for audience in ("internal", "public")
        for one in make([tmp_path / "vik"], tmp_path / "out", kind=kind, audience=audience)
    ]
    record(outcomes, out=tmp_path / "out", messages="nb")
    return tmp_path / "out", outcomes


def test_an_internal_edition_has_files_of_its_own(made: tuple[Path, list[Any]]) -> None:
    out, outcomes = made
    assert [one.failure for one in outcomes if one.failure] == []
    names = {path.name for path in (out / "vik").iterdir()}
    for kind in KINDS:
        for begins in (kind, f"{kind}.internal"):
            assert {f"{begins}.nb.html", f"{begins}.nb.ipynb", f"{begins}.json"} <= names


def test_its_page_its_numbers_and_its_notebook_say_what_it_is(made: tuple[Path, list[Any]]) -> None:
    folder, said = made[0] / "vik", catalogue("nb").text("page.internal")
    for kind in KINDS:
        for begins, audience in ((kind, "public"), (f"{kind}.internal", "internal")):
            page = (folder / f"{begins}.nb.html").read_text(encoding="utf-8")
            assert json.loads((folder / f"{begins}.json").read_text(encoding="utf-8"))["audience"] == audience
            assert f"audience = '{audience}'" in (folder / f"{begins}.nb.ipynb").read_text(encoding="utf-8").replace(
                '\\"', "'"
            )
            assert (said in page) is (audience == "internal")
            # On paper it stands below every page, from a style only a page with something to say has.
            assert (f"--banner: '{said}'" in page) is (audience == "internal")


def test_on_the_screen_its_notice_stays_in_sight(made: tuple[Path, list[Any]]) -> None:
    """What sticks must lie beside the sections in the page's body, and the style must say so."""
    soup = BeautifulSoup((made[0] / "vik" / "plan.internal.nb.html").read_text(encoding="utf-8"), "html.parser")
    notice = soup.select_one("body > .banner")
    assert notice is not None
    assert notice.text == catalogue("nb").text("page.internal")
    assert "body > .banner { position: sticky; top: 0;" in soup.select("style")[0].text


def test_the_list_tells_the_editions_apart(made: tuple[Path, list[Any]]) -> None:
    out, _ = made
    runs = read_runs(out / "runs.csv")
    assert sorted((run.kind, run.audience) for run in runs) == sorted(
        (kind, audience) for kind in KINDS for audience in ("public", "internal")
    )
    soup = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    marked = [row.text for row in soup.select("tbody tr") if "(intern utgave)" in row.text]
    assert len(marked) == len(KINDS)
    assert all(
        "internal" in str(link["href"])
        for row in soup.select("tbody tr")
        if "(intern utgave)" in row.text
        for link in row.select("a")
    )


def test_a_failure_of_one_edition_leaves_the_row_of_the_other() -> None:
    public = Run(project="a", kind="plan", language="nb", state="made", source="a.yaml", files=("a/plan.nb.html",))
    broken = Run(
        project="a", kind="plan", language="", state="failed", source="a.yaml", reason="x", audience="internal"
    )
    assert {(run.audience, run.state) for run in merged([public], [broken])} == {
        ("public", "made"),
        ("internal", "failed"),
    }


def test_a_list_from_before_there_were_editions_is_read_as_public(tmp_path: Path) -> None:
    head = "project;kind;language;state;source;title;as_of;period;files;checksum;reason"
    (tmp_path / "runs.csv").write_text(
        f"{head}\na;plan;nb;made;a.yaml;A;2025-12-31;;a/plan.nb.html;1;\n", encoding="utf-8-sig"
    )
    (run,) = read_runs(tmp_path / "runs.csv")
    assert (run.project, run.audience) == ("a", "public")


def test_a_row_with_an_unknown_audience_is_left_out(tmp_path: Path) -> None:
    head = "project;kind;language;state;source;title;as_of;period;files;checksum;reason;audience"
    (tmp_path / "runs.csv").write_text(f"{head}\na;plan;nb;made;a.yaml;A;2025-12-31;;;1;;alle\n", encoding="utf-8-sig")
    assert read_runs(tmp_path / "runs.csv") == []
