"""Collect the problems of many rows: every rule is counted, the first twenty of each are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benefits.errors import Parameter, Problem

LISTED = 20


class RowProblems:
    """Problems of the rows of one table, at most twenty of each code and column, then how many more.

    Parameters
    ----------
    file
        The table's name: the file's path, relative to what the user named, or the name of a table in a database.
    place
        Writes the place of a row and, when the problem is of one cell, its column; ``file:row`` when left out.

    Examples
    --------
    >>> problems = RowProblems("a.csv")
    >>> problems.add_all(range(2, 32), "empty_cell", column="antall")
    >>> listed = problems.listed()
    >>> len(listed), str(listed[-1])
    (21, 'a.csv: more_of_the_same')
    """

    def __init__(self, file: str, *, place: Callable[[int, str], str] | None = None) -> None:
        self._file = file
        self._place = place or (lambda line, _: f"{file}:{line}")
        self._lines: dict[tuple[str, str], list[tuple[int, Problem]]] = {}
        self._counted: dict[tuple[str, str], int] = {}

    @property
    def found(self) -> bool:
        """Whether there is any."""
        return bool(self._counted)

    def add(self, line: int, code: str, *, value: str = "", **parameters: Parameter) -> None:
        """Add one problem of one row."""
        column = str(parameters.get("column", ""))
        rule = (code, column)
        self._counted[rule] = self._counted.get(rule, 0) + 1
        if self._counted[rule] <= LISTED:
            problem = Problem(place=self._place(line, column), code=code, value=value, parameters=parameters)
            self._lines.setdefault(rule, []).append((line, problem))

    def add_all(self, lines: Iterable[int], code: str, **parameters: Parameter) -> None:
        """Add the same problem of many rows."""
        for line in lines:
            self.add(int(line), code, value="", **parameters)

    def listed(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their lines, and last how many more there are of each rule."""
        every = [listed for problems in self._lines.values() for listed in problems]
        every.sort(key=lambda listed: (listed[0], listed[1].code))
        more = [
            Problem(
                place=self._file,
                code="more_of_the_same",
                parameters={"code": code, "column": column, "count": count - LISTED},
            )
            for (code, column), count in sorted(self._counted.items())
            if count > LISTED
        ]
        return (*(problem for _, problem in every), *more)
