"""The same inputs give the same bytes, from any folder and any working directory, and tell nothing of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
NAMES = ["plan.json", "plan.nb.html", "plan.nb.ipynb"]


def test_a_plan_made_elsewhere_from_another_working_directory_has_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    home, away = tmp_path / "another" / "home", tmp_path / "away"
    shutil.copytree(reports / "params" / "eksempel-kommune", home / "params" / "eksempel-kommune")
    away.mkdir()
    command = ["report", "plan", "../another/home/params", "--lang", "nb", "--out", "../another/home/out"]
    subprocess.run(
        [sys.executable, "-c", "from benefits.cli import main; main()", *command],
        cwd=away,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"},
        check=True,
        capture_output=True,
    )
    made = home / "out" / "eksempel-kommune"
    assert sorted(path.name for path in made.iterdir()) == NAMES
    different = [
        name for name in NAMES if (made / name).read_bytes() != (reports / "out" / made.name / name).read_bytes()
    ]
    assert different == []
    assert list(away.iterdir()) == []


def test_no_output_holds_a_path_a_clock_a_random_id_or_a_trace_of_the_machine(reports: Path) -> None:
    paths = sorted((reports / "out").rglob("*.*"))
    assert len(paths) == 12
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
