"""Rules on assumptions that hang together: each in one group, and a correlation numbers can have."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc
from benefits.project.uncertainty import lowest_correlation


def correlated_alone(project: Project) -> Iterator[Broken]:
    """A group has at least two assumptions."""
    for index, group in enumerate(project.correlated):
        if len(group.assumptions) == 1:
            here: Loc = ("correlated", index, "assumptions")
            yield Broken(loc=here, code="correlated_alone", needs=(here,))


def correlated_twice(project: Project) -> Iterator[Broken]:
    """An assumption is in one group, once: its draws have one order."""
    seen: dict[str, Loc] = {}
    for index, group in enumerate(project.correlated):
        for place, name in enumerate(group.assumptions):
            here: Loc = ("correlated", index, "assumptions", place)
            if name in seen:
                yield Broken(loc=here, code="correlated_twice", first=seen[name], needs=(here,))
            else:
                seen[name] = here


def correlation_impossible(project: Project) -> Iterator[Broken]:
    """Not all of several numbers can be high when each of the others is low."""
    for index, group in enumerate(project.correlated):
        count = len(group.assumptions)
        if count > 2 and group.correlation <= (lowest := lowest_correlation(count)):
            loc: Loc = ("correlated", index)
            # Rounded up, so that the limit that is told can be used.
            told = f"{ceil(lowest * 100) / 100:g}"
            yield Broken(
                loc=(*loc, "correlation"),
                code="correlation_impossible",
                parameters={"count": count, "lowest": told},
                needs=((*loc, "assumptions"),),
            )
