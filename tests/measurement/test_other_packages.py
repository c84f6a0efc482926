"""A method in a small package of its own: installed, found, used on a table and through a project file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "median-of-months"
version = "1.0"

[project.entry-points."benefits.methods"]
median_of_months = "median_of_months:MedianOfMonths"
broken_method = "median_of_months_broken:Broken"
failing_method = "median_of_months:Failing"

[tool.hatch.build.targets.wheel]
include = ["median_of_months.py"]
"""

MODULE = '''
"""The difference of two medians, with an interval by resampling months."""

from dataclasses import asdict, dataclass

import numpy as np

from benefits.measurement import Check, Estimate, Refusal, graded, read_options


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianOfMonths:
    id: str = "median_of_months"
    grade: str = "before_after"
    references: tuple = ("Efron B. Bootstrap methods: another look at the jackknife. Ann Stat 1979;7:1-26.",)
    assumptions: tuple = ("nothing_else_changed",)
    options: type = Options

    def estimate(self, data, *, benefit, indicator, go_live, options):
        chosen = read_options(Options, options)
        rows = data.to_frame().groupby("period")[["count", "exposure"]].sum()
        rates = rows["count"] / rows["exposure"]
        before, after = (rates[side].to_numpy() for side in (rates.index < str(go_live), rates.index >= str(go_live)))
        if min(len(before), len(after)) < 6:
            return Refusal(method=self.id, code="too_few_periods", what_would_open_it="longer_window")
        draw = np.random.default_rng(1)
        drawn = [[np.median(draw.choice(side, len(side))) for side in (before, after)] for _ in range(500)]
        spread = np.diff(drawn, axis=1)
        effect, se = float(np.median(after) - np.median(before)), float(np.std(spread))
        checks = (Check(code="regression_to_the_mean", passed=None),)
        return Estimate(
            benefit=benefit, indicator=indicator, method=self.id, options=asdict(chosen), scale="difference",
            effect=effect, low=effect - 1.96 * se, high=effect + 1.96 * se, level=chosen.level, se=se, df=float("inf"),
            n=len(rates), exposure=float(rows["exposure"].sum()), observed=float(np.median(after)),
            baseline=float(np.median(before)), counterfactual=float(np.median(before)), ratio=None,
            grade=graded(self.grade, checks), checks=checks,
        )


class Failing(MedianOfMonths):
    def __init__(self):
        super().__init__(id="failing_method")

    def estimate(self, data, **said):
        raise ZeroDivisionError
'''

USE = """
from datetime import date
import pandas as pd
from benefits.measurement import apply, methods

months = pd.date_range("2023-01-01", periods=24, freq="MS")
frame = pd.DataFrame({"period": months, "count": [9, 11, 10] * 4 + [5, 7, 6] * 4})
answer = apply("median_of_months", frame, go_live=date(2024, 1, 1))
print("median_of_months" in methods(), answer.effect, answer.grade)
"""

PROJECT = """
format: 1
id: vik
title: Vik
languages: [en]
go_live: 2024-01-01
as_of: 2024-12-31
data:
  - id: counted
    file: counted.csv
    shape: series
    unit: contacts
    per: none
    columns: {period: period, count: count, exposure: exposure}
benefits:
  - id: g1
    title: Fewer contacts
    indicator: {definition: Contacts a month, unit: contacts, direction: lower_is_better}
    method: {id: METHOD, data: counted}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder the package is installed in, beside the environment and not within it."""
    source, target = tmp_path_factory.mktemp("package"), tmp_path_factory.mktemp("installed")
    (source / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (source / "median_of_months.py").write_text(MODULE, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-build-isolation", "--target", str(target), str(source)], check=True, timeout=110)
    return target


def run(installed: Path, *call: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "BENEFITS_LANG": "en"}
    return subprocess.run(
        [sys.executable, *call], capture_output=True, text=True, check=False, timeout=110, env=environment
    )


def project(folder: Path, method: str) -> Path:
    folder.mkdir()
    rows = [f"{2023 + n // 12}-{n % 12 + 1:02d};{(9, 11, 10)[n % 3] - 4 * (n >= 12)};1" for n in range(24)]
    (folder / "counted.csv").write_text("period;count;exposure\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "project.yaml").write_text(PROJECT.replace("METHOD", method), encoding="utf-8")
    return folder / "project.yaml"


@pytest.mark.slow
def test_a_method_of_an_installed_package_answers_on_a_plain_table(installed: Path) -> None:
    done = run(installed, "-c", USE)
    assert done.stdout == "True -4.0 before_after\n", done.stderr


@pytest.mark.slow
def test_a_project_file_may_choose_it_and_results_hold_its_answer(installed: Path, tmp_path: Path) -> None:
    file = project(tmp_path / "vik", "median_of_months")
    effect = "values['estimate.g1.median_of_months.effect'].value"
    code = f"from benefits.results import assess; print(assess({str(file)!r}).{effect})"
    done = run(installed, "-c", code)
    assert done.stdout == "-4.0\n", done.stderr


@pytest.mark.slow
def test_a_package_that_cannot_be_imported_is_a_problem_with_its_line_and_no_traceback(
    installed: Path, tmp_path: Path
) -> None:
    file = project(tmp_path / "vik", "broken_method")
    done = run(installed, "-c", f"from benefits.cli import main; main(['check', {str(file)!r}])")
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_method_that_fails_is_a_refusal_under_its_name(installed: Path, tmp_path: Path) -> None:
    file = project(tmp_path / "vik", "failing_method")
    code = f"from benefits.results import assess; print(assess({str(file)!r}).refusals)"
    done = run(installed, "-c", code)
    assert "failing_method" in done.stdout, done.stderr
    assert "method_failed" in done.stdout
