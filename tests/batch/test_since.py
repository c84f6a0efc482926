"""Reports of many projects held against the earlier reports of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.batch import Order, Outcome, Subject, check_since, making, subjects_of
from benefits.batch.notebooks import NOTEBOOKS, takes_since
from benefits.errors import InvalidInput

WriteProject = Callable[..., Path]
Make = Callable[..., list[Outcome]]


def since_of(folder: Path, project: str) -> str | None:
    """The date of the report it was held against; None when there was none."""
    told: str | None = json.loads((folder / project / "plan.json").read_bytes())["since"]["as_of"]
    return told


@pytest.mark.usefixtures("in_process")
def test_each_project_is_held_against_its_own_and_one_without_is_made_all_the_same(
    tmp_path: Path, write_project: WriteProject, make: Make
) -> None:
    a, b = write_project("a"), write_project("b")
    make([a], tmp_path / "then", as_of="2025-06-30")
    outcomes = make([a, b], tmp_path / "now", since=str(tmp_path / "then"), languages=("nb", "nn"))
    assert [one.failure for one in outcomes] == [()] * 4
    assert (since_of(tmp_path / "now", "a"), since_of(tmp_path / "now", "b")) == ("2025-06-30", None)


@pytest.mark.usefixtures("in_process")
def test_a_file_of_one_project_is_told_for_the_other(tmp_path: Path, write_project: WriteProject, make: Make) -> None:
    a, b = write_project("a"), write_project("b")
    make([a], tmp_path / "then")
    good, bad = make([a, b], tmp_path / "now", since=str(tmp_path / "then" / "a" / "plan.json"))
    assert (good.failure, bad.made) == ((), None)
    assert "plan.json: «a»" in bad.failure[0]


@pytest.mark.parametrize("named", ["out", "out/a/plan.json", "nowhere"])
def test_what_is_not_there_or_would_be_written_over_is_refused_before_anything_is_made(
    named: str, tmp_path: Path, write_project: WriteProject
) -> None:
    order = Order(kind="plan", out=tmp_path / "out", since=str(tmp_path / named))
    subjects = subjects_of([write_project("a")], order)
    (tmp_path / "out" / "a").mkdir(parents=True)
    (tmp_path / "out" / "a" / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInput, match="file_not_found" if named == "nowhere" else "since_is_written_over"):
        check_since(subjects, order)
    check_since(subjects, Order(kind="plan", out=tmp_path / "elsewhere", since=str(tmp_path / "out")))


def test_the_notebooks_of_one_project_take_an_earlier_report_and_are_given_the_whole_path(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {kind for kind in NOTEBOOKS if takes_since(kind)} == {"plan", "follow-up", "avoided-cost", "price"}
    monkeypatch.chdir(tmp_path)
    order = Order(kind="plan", out=tmp_path / "out")
    (subject,) = subjects_of([write_project("a")], order)
    assert isinstance(subject, Subject)
    for kind, given in (("plan", str(tmp_path / "then")), ("data-request", None)):
        task = making.Task(kind=kind, subject=subject, language="nb", out=tmp_path, since="then")
        assert making._parameters(task).get("since") == given
