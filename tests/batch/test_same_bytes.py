"""The same inputs give the same bytes, from any folder and any working directory, and tell nothing of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benefits.batch import Order, Subject, Task, make_report, subjects_of
from benefits.batch.kernel import Kernels
from benefits.batch.runs import read_runs

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
EXAMPLE = "eksempel-kommune"
NAMES = ["plan.json", "plan.nb.html", "plan.nb.ipynb"]


def different(made: Path, reports: Path) -> list[str]:
    """Names of the files that are not byte for byte those of the session's reports."""
    return [name for name in NAMES if (made / name).read_bytes() != (reports / "out" / EXAMPLE / name).read_bytes()]


def test_a_plan_made_elsewhere_from_another_working_directory_has_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    home, away = tmp_path / "another" / "home", tmp_path / "away"
    shutil.copytree(reports / "params" / EXAMPLE, home / "params" / EXAMPLE)
    away.mkdir()
    command = ["report", "plan", "../another/home/params", "--lang", "nb", "--out", "../another/home/out"]
    subprocess.run(
        [sys.executable, "-c", "from benefits.cli import main; main()", *command],
        cwd=away,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"},
        check=True,
        capture_output=True,
    )
    made = home / "out" / EXAMPLE
    assert sorted(path.name for path in made.iterdir()) == NAMES
    assert different(made, reports) == []
    assert list(away.iterdir()) == []


def test_a_kernel_of_its_own_makes_the_bytes_of_one_forked_from_a_warm_parent(reports: Path, tmp_path: Path) -> None:
    """The session's reports are made the warm way, where there is one."""
    shutil.copytree(reports / "params" / EXAMPLE, tmp_path / "params" / EXAMPLE)
    order = Order(kind="plan", out=tmp_path / "out")
    (subject,) = subjects_of([tmp_path / "params"], order)
    assert isinstance(subject, Subject)
    with Kernels(warm=False) as kernels:
        make_report(Task(kind="plan", subject=subject, language="nb", out=tmp_path / "out"), kernels)
    assert different(tmp_path / "out" / EXAMPLE, reports) == []


def test_no_output_holds_a_path_a_clock_a_random_id_or_a_trace_of_the_machine(reports: Path) -> None:
    listed = {file for run in read_runs(reports / "out" / "runs.csv") for file in run.files}
    paths = sorted(path for path in (reports / "out").rglob("*") if path.is_file() and not path.name.startswith("."))
    names = {path.relative_to(reports / "out").as_posix() for path in paths}
    assert names == listed | {"runs.csv", "index.html"}
    # Where this ran, and how a notebook, a stamp and an object's address give a run away.
    traces = [re.escape(str(reports)), re.escape(str(Path(__file__).parents[2])), re.escape(sys.prefix)]
    traces += [r"(?<![\w./-])/(?:tmp|home|root|var|usr|opt)/\w", r"\d\d:\d\d:\d\d", r"\b0x[0-9a-f]{6,}", r"\.making-"]
    traces += [r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-", "papermill", "kernel-"]
    found = {}
    for path in paths:
        # Pictures are text of another kind: any letters may come in a row there.
        text = re.sub(r"base64,[\w+/=]+", "", path.read_text(encoding="utf-8"))
        found[path.name] = [match[0] for trace in traces for match in re.finditer(trace, text)]
    assert {name: hits for name, hits in found.items() if hits} == {}
