"""A test that needs a program is skipped without it, named last, and fails in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

SUITE = """
import pytest

@pytest.mark.needs("python3")
def test_with_a_program_that_is_there():
    pass

@pytest.mark.needs("no-such-program")
def test_by_mark():
    pass

def test_by_fixture(program):
    program("another-missing-program")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, root: Path) -> pytest.Pytester:
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(SUITE)
    return pytester


def test_without_the_program_the_test_is_skipped_and_the_last_lines_name_both(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = suite.runpytest("-p", "no:xdist", "-ra")
    result.assert_outcomes(passed=1, skipped=2)
    assert "tests not run for want of a program" in result.outlines[-4]
    assert result.outlines[-3].startswith("another-missing-program: ")
    assert result.outlines[-3].endswith("::test_by_fixture")
    assert result.outlines[-2].startswith("no-such-program: ")
    assert result.outlines[-2].endswith("::test_by_mark")


def test_in_ci_a_missing_program_is_a_failure(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = suite.runpytest("-p", "no:xdist")
    outcomes = result.parseoutcomes()
    assert outcomes == {"passed": 1, "failed": 1, "errors": 1}
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_nothing_is_said_when_every_program_is_there(pytester: pytest.Pytester, root: Path) -> None:
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("def test_anything(): pass")
    result = pytester.runpytest("-p", "no:xdist")
    result.stdout.no_fnmatch_line("*for want of a program*")
