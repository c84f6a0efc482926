"""Problems of all rooms together: each told once, by the room that knows most of it, in the order of their places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benefits.errors import Problem
from benefits.project import Loaded
from benefits.project.rules_files import EMBEDDED

_LINE = re.compile(r"^(.*(?::|![A-Z]{1,3}))(\d+)$")


def not_told(found: Iterable[Problem], told: Iterable[Problem], partial: Loaded) -> tuple[Problem, ...]:
    """Leave out what the project's own rules have told of, at its line: files, passwords, a start that is no date."""
    files = {"data_file_missing", "data_file_outside"}
    named = {problem.value.removeprefix(EMBEDDED) for problem in told if problem.code in files}
    codes = {problem.code for problem in told} & {"database_with_password", "file_or_database", "table_missing"}
    if partial.project.go_live is None:  # it may stand in the file and be what could not be read
        codes.add("ledger_amount_without_time")
    return tuple(
        one
        for one in found
        if one.code not in codes and (one.code not in {"file_not_found", "data_file_outside"} or one.place not in named)
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and line; last how many more there are of the same."""

    def place(problem: Problem) -> tuple[bool, str, int]:
        found, further = _LINE.match(problem.place), problem.code == "more_of_the_same"
        return (further, found[1], int(found[2])) if found else (further, problem.place, 0)

    return tuple(sorted(dict.fromkeys(problems), key=place))
