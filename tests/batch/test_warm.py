"""A kernel forked from the warm parent is as one that was started on its own, only sooner."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from benefits.batch import Subject, Task, making
from benefits.batch.kernel import Kernels
from benefits.batch.warm import WarmParent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]
v4 = nbformat.v4

# What a notebook can see of where it runs, and must see alike in both kinds of kernel.
ALIKE = """
import json, os, signal, sys, threading, time
import matplotlib
facts = {
    "path": sys.path,
    "argv": sys.argv[1:3:2],
    "folder": os.getcwd(),
    "environment": {name: value for name, value in os.environ.items() if name not in KERNELS_OWN},
    "backend": matplotlib.rcParams["backend"],
    "settings": {name: str(value) for name, value in matplotlib.rcParams.items()},
    "interrupt": str(signal.getsignal(signal.SIGINT)),
    "children": str(signal.getsignal(signal.SIGCHLD)),
    "main": sys.modules["__main__"].__dict__ is globals(),
    "zone": time.tzname,
    "leads": os.getsid(0) == os.getpid(),
}
print(json.dumps(facts))
"""
# The socket folder is another for each kernel.
KERNELS_OWN = 'KERNELS_OWN = {"JPY_PARENT_PID", "JPY_SESSION_NAME", "_", "PYDEVD_USE_FRAME_EVAL"}'
OWN = "import json, sys, os, random, numpy\nprint(json.dumps([os.getppid(), random.random(), numpy.random.random()]))"
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
LOADED = "import json, sys\nprint(json.dumps('seaborn' in sys.modules))"
DIES = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nsignal.pause()"


def executed(
    cells: list[str], folder: Path, kernels: Kernels, monkeypatch: pytest.MonkeyPatch
) -> list[list[dict[str, Any]]]:
    """The outputs of each cell of a notebook that was run in a kernel of a batch."""
    parameters = v4.new_code_cell('project = ""', metadata={"tags": ["parameters"]})
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "notebook.ipynb"
    nbformat.write(
        v4.new_notebook(metadata={"kernelspec": kernel}, cells=[parameters, *map(v4.new_code_cell, cells)]), path
    )
    monkeypatch.setattr("benefits.batch.making.notebook_of", lambda _: path)
    subject = Subject(id="a", languages=("nb",), project="p", source=Path("p"), projects=(Path("p"),))
    notebook = making._run(Task(kind="plan", subject=subject, language="nb", out=folder), folder, kernels)
    return [cell.outputs for cell in notebook.cells[-len(cells) :]]


def said(outputs: list[dict[str, Any]]) -> Any:
    return json.loads("".join(one["text"] for one in outputs if one["output_type"] == "stream"))


def test_a_notebook_sees_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND", raising=False)
    with Kernels(warm=True) as warm, Kernels(warm=False) as plain:
        forked, own = (
            executed([LOADED, f"{KERNELS_OWN}\n{ALIKE}", FIGURE], tmp_path, kernels, monkeypatch)
            for kernels in (warm, plain)
        )
    assert said(forked[0]) is True
    assert said(own[0]) is False
    one, other = said(forked[1]), said(own[1])
    assert one["path"] == other["path"]
    assert {name for name in other if one[name] != other[name]} == set()
    # What is drawn is shown without being asked for, by the same hooks.
    assert [output["output_type"] for output in own[2]] == ["execute_result", "display_data"]
    assert [sorted(output["data"]) for output in forked[2]] == [sorted(output["data"]) for output in own[2]]
    assert forked[2][1]["data"]["image/png"] == own[2][1]["data"]["image/png"]


def test_every_kernel_of_a_batch_is_another_process_of_one_parent_with_randomness_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Kernels() as kernels:
        first, second = (said(executed([OWN], tmp_path, kernels, monkeypatch)[0]) for _ in range(2))
    assert first[0] == second[0] != os.getpid()
    assert first[1] != second[1]
    assert first[2] != second[2]


def test_a_lost_parent_costs_one_report_and_the_next_kernel_starts_on_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Kernels() as kernels:
        with pytest.raises(making.KernelDied):
            executed([DIES], tmp_path, kernels, monkeypatch)
        assert said(executed([LOADED], tmp_path, kernels, monkeypatch)[0]) is False


def test_a_parent_that_cannot_import_what_it_is_to_share_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = WarmParent.start({"PYTHONPATH": "", "PYTHONHOME": "/nonexistent"})
    assert parent is not None
    assert parent.fork([], environment={}, folder=".") is None
    parent.end()


@pytest.mark.timeout(90)
def test_a_fork_that_dies_at_once_holds_up_no_one_and_is_not_taken_for_the_next(tmp_path: Path) -> None:
    parent = WarmParent.start(dict(os.environ))
    assert parent is not None
    # It dies where it is to enter its folder, before it has become a kernel.
    dead = parent.fork([], environment=dict(os.environ), folder=str(tmp_path / "gone"))
    assert dead is None or dead.wait(30) == 0
    kernel = parent.fork(["-f", os.devnull], environment=dict(os.environ), folder=str(tmp_path))
    assert kernel is not None
    assert dead is None or dead.pid != kernel.pid
    kernel.kill()
    parent.end()


def test_a_forked_kernel_is_told_to_end_and_waited_for() -> None:
    parent = WarmParent.start(dict(os.environ))
    assert parent is not None
    kernel = parent.fork(["-f", os.devnull], environment=dict(os.environ), folder=".")
    assert kernel is not None
    kernel.kill()
    assert kernel.wait(30) == 0
    assert kernel.poll() == 0
    kernel.send_signal(signal.SIGTERM)
    parent.end()
