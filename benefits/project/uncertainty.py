"""What a project says of how its uncertain numbers hang together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from benefits.project.fields import Amount, Id, Part, Text


class Correlated(Part):
    """Assumptions that are high together, or low together: the same correlation of ranks between any two of them."""

    id: Id
    assumptions: Annotated[tuple[Id, ...], Field(min_length=2)]
    correlation: Annotated[Amount, Field(gt=-1, lt=1)]
    source: Text | None = None
