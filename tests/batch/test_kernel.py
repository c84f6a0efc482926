"""Notebooks run in the Python of this environment, over socket files; one that dies is told, and none is left over."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from benefits.batch import (
    KernelDied,
    NotebookFailed,
    Order,
    Outcome,
    Subject,
    Task,
    make_report,
    make_reports,
    subjects_of,
)
from benefits.batch.kernel import Kernels, OwnPython, connection
from benefits.cli import main

WriteProject = Callable[..., Path]
Make = Callable[..., list[Outcome]]
v4 = nbformat.v4
on_posix = pytest.mark.skipif(os.name != "posix", reason="socket files")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


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
    subject = Subject(id="a", languages=("nb",), project=str(file), source=file, projects=(file,))
    return Task(kind="plan", subject=subject, language="nb", out=out)


@pytest.mark.slow
@pytest.mark.parametrize("warm", [True, False])
def test_a_kernel_that_dies_is_told_and_leaves_nothing(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    path = notebook_of(["import os\nos._exit(3)"], tmp_path)
    monkeypatch.setattr("benefits.batch.making.notebook_of", lambda _: path)
    with Kernels(warm=warm) as kernels, pytest.raises(KernelDied):
        make_report(task_of(write_project("a"), tmp_path / "out"), kernels)
    assert list((tmp_path / "out" / "a").iterdir()) == []


@pytest.mark.slow
def test_a_cell_that_fails_is_told_by_its_last_line_and_the_next_project_is_made(
    tmp_path: Path, write_project: WriteProject, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebook_of(["raise ValueError('what went wrong')"], tmp_path)
    file = write_project("a")
    with monkeypatch.context() as patch, Kernels(warm=False) as kernels:
        patch.setattr("benefits.batch.making.notebook_of", lambda _: path)
        with pytest.raises(NotebookFailed, match=r"^ValueError: what went wrong$"):
            make_report(task_of(file, tmp_path / "out"), kernels)
    assert list((tmp_path / "out" / "a").iterdir()) == []
    (outcome,) = make([file], tmp_path / "out")
    assert len(outcome.files) == 3


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("warm", [True, False])
def test_a_batch_that_ends_while_a_notebook_runs_leaves_no_kernel(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    """The notebook tells its process id through a pipe, and would then go on for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cells = ["import os, signal", f"with open({str(pipe)!r}, 'w') as line:\n    print(os.getpid(), file=line)"]
    path = notebook_of([*cells, "signal.pause()"], tmp_path)
    monkeypatch.setattr("benefits.batch.making.notebook_of", lambda _: path)
    kernels = Kernels(warm=warm)
    stopped: list[BaseException] = []

    def run() -> None:
        try:
            make_report(task_of(write_project("a"), tmp_path / "out"), kernels)
        except KernelDied as mistake:
            stopped.append(mistake)

    thread = threading.Thread(target=run)
    thread.start()
    pid = os.pidfd_open(int(pipe.read_text(encoding="ascii")))
    kernels.end()
    thread.join(60)
    assert len(stopped) == 1
    assert ended(pid)
    assert list((tmp_path / "out" / "a").iterdir()) == []


def ended(process: int) -> bool:
    """Whether a process that was opened ends, soon; kernels look for their parent once a second."""
    try:
        return bool(select.select([process], [], [], 30)[0])
    finally:
        os.close(process)


@on_linux
@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_ended_leaves_no_process_behind_and_what_was_whole(
    tmp_path: Path, write_project: WriteProject, number: signal.Signals
) -> None:
    for name in "abcdef":
        write_project(name)
    # Tests that run in the background of a shell are started with this signal ignored, and so is what they start.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heard}; from benefits.cli import main; main()"
    command = [sys.executable, "-c", program, "report", "plan", ".", "--lang", "nb"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        first = process.stdout.readline().strip()
        below = [os.pidfd_open(pid) for pid in descendants(process.pid)]
        process.send_signal(number)
        _, said = process.communicate(timeout=120)
    assert first == "out/a/plan.nb.html"
    assert below
    assert [pid for pid in below if not ended(pid)] == []
    assert (tmp_path / "out" / "a" / "plan.nb.html").is_file()
    if number == signal.SIGKILL:
        return
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert [path.name for path in (tmp_path / "out").rglob(".making-*")] == []
    rows = (tmp_path / "out" / "runs.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert rows[0].startswith("a;plan;nb;made;")
    assert len(rows) < 6


def descendants(pid: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


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


def test_a_batch_interrupted_while_it_starts_a_worker_waits_for_it(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pool forgets the thread it was starting; many files make the worker's clean-up take longer than the ending."""
    file = write_project("a")
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        if thread.name.startswith("ThreadPoolExecutor"):
            running.wait(60)
            raise KeyboardInterrupt

    def leave_much_behind(task: Task, work: Path, kernels: Kernels) -> None:
        for number in range(2_000):
            (work / str(number)).touch()
        running.set()
        kernels.over.wait(60)
        raise KernelDied

    running = threading.Event()
    monkeypatch.setattr("benefits.batch.making._run", leave_much_behind)
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    order = Order(kind="plan", out=tmp_path / "out", languages=("nb",))
    with pytest.raises(KeyboardInterrupt):
        list(make_reports(subjects_of([file], order), order))
    assert list((tmp_path / "out" / "a").iterdir()) == []


@on_posix
def test_a_command_that_is_told_to_end_unwinds_so_that_nothing_unfinished_is_left(
    tmp_path: Path, write_project: WriteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is told to end while a notebook runs; it ends as such, through every clean-up on the way."""
    write_project("a")
    monkeypatch.chdir(tmp_path)
    met: list[list[str]] = []

    def told_to_end(task: Task, work: Path, kernels: Kernels) -> None:
        met.append([path.name[:8] for path in work.parent.iterdir()])
        os.kill(os.getpid(), signal.SIGTERM)
        kernels.over.wait(60)
        raise KernelDied

    monkeypatch.setattr("benefits.batch.making._run", told_to_end)
    result = CliRunner().invoke(main, ["report", "plan", "a"])
    assert met == [[".making-"]]
    assert result.exit_code == 128 + signal.SIGTERM
    assert list((tmp_path / "out" / "a").iterdir()) == []
