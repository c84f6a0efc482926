"""Notebooks run in the Python of this environment, over socket files, and a kernel that dies is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from benefits.batch import KernelDied, NotebookFailed, Task, make_report, make_reports
from benefits.batch.kernel import OwnPython, connection
from benefits.cli import main

WriteProject = Callable[..., Path]
v4 = nbformat.v4
on_posix = pytest.mark.skipif(os.name != "posix", reason="socket files")


@on_posix
def test_a_kernel_is_reached_over_socket_files_in_its_own_folder(tmp_path: Path) -> None:
    manager = OwnPython(config=connection(Path("/run/k")), kernel_name="python3")
    assert manager.transport == "ipc"
    assert manager.ip == "/run/k/kernel-ipc"
    assert connection(tmp_path / ("long" * 40)) == {}


def test_the_kernel_is_this_python_whatever_is_registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {"argv": ["another-python", "-f", "{connection_file}"], "display_name": "Another", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    command = OwnPython(kernel_name="python3").format_kernel_cmd()
    assert command[:3] == [sys.executable, "-m", "ipykernel_launcher"]


def notebook_of(lines: list[str], folder: Path) -> Path:
    cells = [v4.new_code_cell('project = ""', metadata={"tags": ["parameters"]}), *map(v4.new_code_cell, lines)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "notebook.ipynb"
    nbformat.write(v4.new_notebook(metadata={"kernelspec": kernel}, cells=cells), path)
    return path


def task_of(file: Path, out: Path) -> Task:
    return Task(kind="plan", project=file, project_id="a", language="nb", out=out)


@pytest.mark.slow
def test_a_kernel_that_dies_is_told_and_leaves_nothing(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebook_of(["import os\nos._exit(3)"], tmp_path)
    monkeypatch.setattr("benefits.batch.run.shipped", lambda *_: path)
    with pytest.raises(KernelDied):
        make_report(task_of(write_project("a"), tmp_path / "out"))
    assert list((tmp_path / "out" / "a").iterdir()) == []


@pytest.mark.slow
def test_a_cell_that_fails_is_told_by_its_last_line_and_the_next_project_is_made(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebook_of(["raise ValueError('what went wrong')"], tmp_path)
    file = write_project("a")
    with monkeypatch.context() as patch:
        patch.setattr("benefits.batch.run.shipped", lambda *_: path)
        with pytest.raises(NotebookFailed, match=r"^ValueError: what went wrong$"):
            make_report(task_of(file, tmp_path / "out"))
    assert list((tmp_path / "out" / "a").iterdir()) == []
    (outcome,) = make_reports("plan", [file], languages=("nb",), messages="nb", out=tmp_path / "out")
    assert len(outcome.made) == 3


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_command_says_nothing_but_paths_and_asks_no_registered_kernel(
    tmp_path: Path, write_project: WriteProject
) -> None:
    write_project("a")
    other = tmp_path / "jupyter" / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {"argv": ["no-such-python", "-f", "{connection_file}"], "display_name": "Another", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-c", "from benefits.cli import main; main()", "report", "plan", "a", "--lang", "nb"],
        cwd=tmp_path,
        env={**os.environ, "JUPYTER_PATH": str(tmp_path / "jupyter")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stderr == ""
    assert answer.returncode == 0
    assert answer.stdout.splitlines() == ["out/a/plan.nb.html", "out/a/plan.nb.ipynb", "out/a/plan.json"]
    assert sorted(path.name for path in (tmp_path / "out" / "a").iterdir()) == [
        "plan.json",
        "plan.nb.html",
        "plan.nb.ipynb",
    ]


def test_a_command_that_is_told_to_end_unwinds_so_that_nothing_unfinished_is_left(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is told to end while a notebook runs; it ends as such, through every clean-up on the way."""
    write_project("a")
    monkeypatch.chdir(tmp_path)
    met: list[list[str]] = []

    def told_to_end(task: Task, work: Path) -> None:
        met.append([path.name[:8] for path in work.parent.iterdir()])
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("benefits.batch.run._run", told_to_end)
    result = CliRunner().invoke(main, ["report", "plan", "a"])
    assert met == [[".making-"]]
    assert result.exit_code == 128 + signal.SIGTERM
    assert list((tmp_path / "out" / "a").iterdir()) == []
