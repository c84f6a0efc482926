"""What every test shares: settings that make runs alike, and programs that pip cannot install."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import sys
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

# Commands speak the language of the terminal unless told; tests read bokmål on every machine.
os.environ["BENEFITS_LANG"] = "nb"
os.environ["MPLBACKEND"] = "Agg"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

# What jsonschema checks international addresses with takes seconds to load, in every worker; no test has any.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# The same examples on every machine, and none remembered between runs.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
# `make quick` looks at fewer of them.
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=6)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

MISSING = "missing program"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "needs(program): runs a program that pip cannot install; without it the test is skipped, in CI it fails",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers the files that take long come first, so that none is begun when all else is done."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        long = {
            item.path for item in items if {"slow", "browser", "postgres"} & {mark.name for mark in item.iter_markers()}
        }
        items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            if shutil.which(name) is None:
                _without(name, item)


def _without(name: str, item: pytest.Item) -> None:
    item.user_properties.append((MISSING, name))
    reason = f"{name} is not installed; `make system` installs it"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def program(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Where a program is; the test is skipped (in CI: fails) when there is none."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            _without(name, request.node)
        return str(path)

    return find


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """The orders given for a project in the working directory; nothing is made."""
    given: list[Any] = []

    def seen(_: Any, order: Any, **__: Any) -> list[Any]:
        given.append(order)
        return []

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("benefits.batch.make_reports", seen)
    least = "format: 1\nid: vik\ntitle: Vik\nas_of: 2025-12-31\n"
    Path("project.yaml").write_text(least, encoding="utf-8")
    return given


@pytest.fixture
def interval_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the checks that estimate over again: intervals are the same without, and a simulation ends sooner."""
    import benefits.measurement
    from benefits.measurement import Check

    def unasked(*_: object, answer: object, **__: object) -> object:
        return answer

    # A module that is first loaded while they are left out would do without them for ever.
    every = [one.name for one in pkgutil.walk_packages(benefits.measurement.__path__, "benefits.measurement.")]
    modules = [importlib.import_module(name) for name in every]
    checks = {
        "influence": (),
        "placebo_in_group": (),
        "placebo_in_time": Check(code="placebo_in_time", passed=None),
        "placebo_in_units": (),
    }
    left_out = set()
    for module in modules:
        for check, answer in checks.items():
            if callable(vars(module).get(check)):
                monkeypatch.setattr(module, check, partial(unasked, answer=answer))
                left_out.add(check)
    assert left_out == set(checks)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with params/ and, below out/, every report of every example; made once, by one of the workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "reports"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.is_dir():
            folder.mkdir()
            _make_reports(folder)
    assert (folder / "said.txt").read_text(encoding="utf-8") == ""
    return folder


def _make_reports(folder: Path) -> None:
    failures: list[str] = ["the reports were not made"]
    try:
        from benefits.batch import Order, make_reports, record, subjects_of
        from benefits.report import KINDS

        shutil.copytree(Path(__file__).resolve().parents[1] / "params", folder / "params")
        projects = [folder / "params"]
        portfolios = [*projects, *(file.parent for file in sorted(projects[0].rglob("portfolio.yaml")))]
        made = []
        for kind in KINDS:
            order = Order(kind=kind, out=folder / "out")
            named = portfolios if kind == "portfolio" else projects
            made += make_reports(subjects_of(named, order), order, jobs=2)
        record(made, out=folder / "out", messages="nb")
        failures = [line for outcome in made for line in outcome.failure]
    finally:
        whole = folder / "said.tmp"
        whole.write_text("\n".join(failures), encoding="utf-8")
        whole.replace(folder / "said.txt")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    yield
    lacking: dict[str, set[str]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for key, name in getattr(report, "user_properties", ()):
                if key == MISSING:
                    lacking.setdefault(str(name), set()).add(report.nodeid)
    if lacking:
        terminalreporter.section("tests not run for want of a program")
    for name, nodes in sorted(lacking.items()):
        terminalreporter.line(f"{name}: {', '.join(sorted(nodes))}")
