"""One small file for each problem: the first two lines say which line is wrong and what the reader is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benefits.errors import InvalidInput, Problem
from benefits.project import read
from benefits.project.codes import PROBLEM_CODES

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))
TOO_BIG_FOR_A_FILE = {"file_too_large", "text_too_long", "too_many_values"}
ABOUT_NO_LINE = {"file_is_folder", "file_not_found", "file_unreadable"}
WHATEVER_ELSE = {"not_valid"}


def header(path: Path) -> tuple[int, str]:
    first, second = path.read_text(encoding="utf-8", errors="replace").split("\n")[:2]
    return int(first.removeprefix("# line: ")), second.removeprefix("# words: ")


@cache
def only_problem(path: Path) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        read(path)
    assert len(caught.value.problems) == 1, [str(problem) for problem in caught.value.problems]
    return caught.value.problems[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_mistake_gives_one_problem_with_its_code_and_line(path: Path) -> None:
    line, _ = header(path)
    problem = only_problem(path)
    assert (problem.place, problem.code) == (f"{path.name}:{line}", path.stem.split("-")[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_reader_is_told_the_rule_and_the_remedy(path: Path) -> None:
    from benefits.language import catalogue

    _, words = header(path)
    problem = only_problem(path)
    value = f"«{problem.value}». " if problem.value else ""
    assert catalogue("nb").problem(problem) == f"{problem.place}: {value}{words}"


def test_every_problem_code_has_a_file_that_shows_it() -> None:
    shown = {path.stem.split("-")[0] for path in FILES}
    assert shown | TOO_BIG_FOR_A_FILE | ABOUT_NO_LINE | WHATEVER_ELSE == PROBLEM_CODES
