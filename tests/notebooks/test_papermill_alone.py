"""A notebook runs with papermill and nothing else, and tells of a broken project file without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
PROJECT = "params/eksempel-kommune/project.yaml"
SECTION = "application/vnd.benefits.section+json"


def papermill(notebook: str, made: Path, *, cwd: Path, **parameters: str) -> subprocess.CompletedProcess[str]:
    given = [part for name, value in parameters.items() for part in ("-p", name, value)]
    return subprocess.run(
        [sys.executable, "-m", "papermill", notebook, str(made), "--no-progress-bar", *given],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("folder", "notebook"), [(ROOT, "notebooks/gevinstplan.ipynb"), (ROOT / "notebooks", "unngatte_kostnader.ipynb")]
)
def test_a_notebook_runs_from_the_checkout_and_from_its_own_folder(folder: Path, notebook: str, tmp_path: Path) -> None:
    answer = papermill(notebook, tmp_path / "out.ipynb", cwd=folder, project=PROJECT, language="nb")
    assert answer.returncode == 0, answer.stderr
    made = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    shown = [cell for cell in made.cells if cell.source.startswith("report.show(")]
    assert len(shown) > 5
    assert all(SECTION in cell.outputs[0].data for cell in shown)


def test_a_broken_project_file_is_told_in_words_and_lines_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "project.yaml"
    file.write_text("format: 1\nid: x\ntitle: X\nlanguages: [nb]\nphase: someday\nno_key: 1\n", encoding="utf-8")
    answer = papermill(
        str(ROOT / "notebooks" / "gevinstplan.ipynb"), tmp_path / "out.ipynb", cwd=tmp_path, project="project.yaml"
    )
    assert answer.returncode != 0
    made = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    (error,) = [output for cell in made.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    lines = "\n".join(error.traceback).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["project.yaml:5", "project.yaml:6"]
    assert "someday" in lines[0]
