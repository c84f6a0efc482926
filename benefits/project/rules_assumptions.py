"""Rules on assumptions that stand instead of a reference value, or are a value that grows in real terms."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken


def instead_of_without_number(project: Project) -> Iterator[Broken]:
    """Only a number of the project's own stands instead of a reference value."""
    for name, one in project.assumptions.items():
        if one.instead_of is not None and not one.form:
            yield Broken(loc=("assumptions", name, "instead_of"), code="instead_of_without_number")


def growing_value_not_kroner(project: Project) -> Iterator[Broken]:
    """A value of time, life or health is kroner; what a reference value is, is not known here."""
    for name, one in project.assumptions.items():
        if one.value_of is not None and one.unit not in {None, "kroner"}:
            loc = ("assumptions", name)
            yield Broken(loc=(*loc, "value_of"), code="growing_value_not_kroner", needs=((*loc, "unit"),))
