"""Small projects, and notebooks that are run in this process so that no kernel is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from benefits.batch import Order, Outcome, Task, make_reports, subjects_of
from benefits.batch.kernel import Kernels
from benefits.report import open_report

WriteProject = Callable[..., Path]


@pytest.fixture
def write_project(tmp_path: Path) -> WriteProject:
    """Write a project file below the test's folder; the least a file can hold, and what is added."""

    def write(folder: str, *, id: str | None = None, add: str = "", languages: str = "nb") -> Path:
        file = tmp_path / folder / "project.yaml"
        file.parent.mkdir(parents=True)
        lines = ["format: 1", f"id: {id or folder}", f"title: Prosjekt {folder}", f"languages: [{languages}]"]
        file.write_text("\n".join([*lines, "as_of: 2025-12-31", add, ""]), encoding="utf-8")
        return file

    return write


Make = Callable[..., list[Outcome]]


@pytest.fixture
def make() -> Make:
    """Make reports of files and folders: plans in bokmål, unless something else is asked for."""

    def reports(named: Iterable[Path], out: Path, *, jobs: int = 1, **asked: Any) -> list[Outcome]:
        order = Order(**{"kind": "plan", "out": out, "languages": ("nb",), **asked})
        return list(make_reports(subjects_of(named, order), order, jobs=jobs))

    return reports


def run_here(task: Task, work: Path, kernels: Kernels) -> nbformat.NotebookNode:
    """What the kernel does: open the report, write its JSON, show a section; as papermill leaves the notebook."""
    v4 = nbformat.v4
    asked = {"language": task.language, "as_of": task.as_of, "audience": task.audience, "since": task.since}
    report = open_report(task.kind, task.subject.project, **asked, out_dir=str(work))
    shown = report.show("first_page")._repr_mimebundle_()
    return v4.new_notebook(
        metadata={"papermill": {"duration": 1.5}, "kernelspec": {"name": "python3", "display_name": "Python 3"}},
        cells=[
            v4.new_code_cell(f'project = "{task.subject.project}"', metadata={"tags": ["injected-parameters"]}),
            v4.new_code_cell('report.show("first_page")', outputs=[v4.new_output("display_data", data=shown)]),
        ],
    )


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benefits.batch.making._run", run_here)
