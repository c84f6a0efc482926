"""Every text somebody has written in a project file, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from benefits.project.fields import Text


def texts(part: Any) -> Iterator[Text]:
    """Yield the texts of a project or of a part of one, in the order of the model.

    Examples
    --------
    >>> from benefits.project.model import Project
    >>> project = Project(format=1, id="dho", title=Text(nb="DHO"), notes=Text(nb="Ikke målt"))
    >>> [text.nb for text in texts(project)]
    ['DHO', 'Ikke målt']
    """
    if isinstance(part, Text):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))
    elif isinstance(part, (tuple, dict)):
        for one in part.values() if isinstance(part, dict) else part:
            yield from texts(one)
