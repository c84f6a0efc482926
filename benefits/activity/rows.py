"""Collect the problems of many rows: every rule is counted, the first twenty of each are listed."""

from __future__ import annotations

from collections.abc import Iterable

from benefits.errors import Parameter, Problem

LISTED = 20


class RowProblems:
    """Problems of the rows of one file, at most twenty of each code and column, then how many more.

    Parameters
    ----------
    file
        The file's path, relative to what the user named.

    Examples
    --------
    >>> problems = RowProblems("a.csv")
    >>> problems.add_all(range(2, 32), "empty_cell", column="antall")
    >>> listed = problems.listed()
    >>> len(listed), str(listed[-1])
    (21, 'a.csv: more_of_the_same')
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: dict[tuple[str, str], list[Problem]] = {}
        self._counted: dict[tuple[str, str], int] = {}

    @property
    def found(self) -> bool:
        """Whether there is any."""
        return bool(self._counted)

    def add(self, line: int, code: str, *, value: str = "", **parameters: Parameter) -> None:
        """Add one problem of one row."""
        rule = (code, str(parameters.get("column", "")))
        self._counted[rule] = self._counted.get(rule, 0) + 1
        if self._counted[rule] <= LISTED:
            problem = Problem(place=f"{self._file}:{line}", code=code, value=value, parameters=parameters)
            self._lines.setdefault(rule, []).append(problem)

    def add_all(self, lines: Iterable[int], code: str, **parameters: Parameter) -> None:
        """Add the same problem of many rows."""
        for line in lines:
            self.add(int(line), code, value="", **parameters)

    def listed(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their lines, and last how many more there are of each rule."""
        every = [problem for problems in self._lines.values() for problem in problems]
        every.sort(key=lambda problem: (int(problem.place.rpartition(":")[2]), problem.code))
        more = [
            Problem(
                place=self._file,
                code="more_of_the_same",
                parameters={"code": code, "column": column, "count": count - LISTED},
            )
            for (code, column), count in sorted(self._counted.items())
            if count > LISTED
        ]
        return (*every, *more)
