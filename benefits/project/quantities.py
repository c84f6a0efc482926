"""Every number with or without uncertainty that a project file holds, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.rules_common import Loc


def quantities(project: Project) -> Iterator[tuple[Loc, Quantity]]:
    """Yield every quantity of a project with its place, in the order of the file; assumptions among them.

    Examples
    --------
    >>> from benefits.project.fields import Text
    >>> from benefits.project.money import Cost
    >>> cost = Cost(id="lead", title=Text(nb="Leder"), kind="running", actor="k", amount=Quantity(value=5.0))
    >>> project = Project(format=1, id="dho", title=Text(nb="DHO"), costs=(cost,))
    >>> [loc for loc, _ in quantities(project)]
    [('costs', 0, 'amount')]
    """
    yield from _inside(project, ())


def _inside(value: Any, loc: Loc) -> Iterator[tuple[Loc, Quantity]]:
    if isinstance(value, Quantity):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _inside(getattr(value, name), (*loc, name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(one, (*loc, key))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _inside(one, (*loc, place))
