"""Which keys may stand at a place of a project file: read from the model, so that no list is kept twice."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from benefits.project.fields import Text


def annotation_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> Any:
    """Return the bare type that stands at a place, or None when nothing may stand there.

    Examples
    --------
    >>> from benefits.project.model import Project
    >>> annotation_at(Project, ("actors", 0)).__name__
    'Actor'
    """
    annotation: Any = model
    for step in loc:
        origin = get_origin(annotation)
        if origin is tuple:
            annotation = get_args(annotation)[0]
        elif origin is dict:
            annotation = get_args(annotation)[1]
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and step in annotation.model_fields:
            annotation = annotation.model_fields[str(step)].annotation
        else:
            return None
        annotation = _bare(annotation)
    return annotation


def _bare(annotation: Any) -> Any:
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            others = [part for part in get_args(annotation) if part is not type(None)]
            if len(others) != 1:
                return annotation
            annotation = others[0]
        else:
            return annotation


def known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that may stand at a place, in the model's order; empty when any may, or none.

    Examples
    --------
    >>> from benefits.project.model import Project
    >>> known_keys(Project, ("title",))
    ('nb', 'nn', 'en')
    >>> known_keys(Project, ("actors", 3))
    ('id', 'kind', 'name', 'code')
    """
    annotation = annotation_at(model, loc)
    if get_origin(annotation) is dict:
        keys = _bare(get_args(annotation)[0])
        return get_args(keys) if get_origin(keys) is Literal else ()
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return ()
    return tuple(name for name in annotation.model_fields if not (annotation is Text and name == "plain"))


def has_year_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> bool:
    """Say whether numbers are given by year at a place.

    Examples
    --------
    >>> from benefits.project.model import Project
    >>> has_year_keys(Project, ("patient_group", "volume"))
    True
    """
    annotation = annotation_at(model, loc)
    return get_origin(annotation) is dict and _bare(get_args(annotation)[0]) is int
