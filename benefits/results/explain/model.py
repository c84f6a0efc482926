"""An explained figure: a tree of what it is made of. The words are found when it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from benefits.economics import FlowRow, Input
from benefits.errors import BenefitsError
from benefits.results.values import Value

How = Literal["sum", "difference", "product", "quotient", "function", "leaf"]
"""How a figure follows from its parts; of a ``function`` the sentence says it, and no arithmetic here repeats it."""
Form = Literal["", "times", "one_minus", "minus", "weight", "enters"]
"""How a part goes into a product: as it is, as one minus it, or with further numbers; ``minus`` is of a sum."""
CLOSE = 1e-6
"""Largest relative difference between a figure and what its parts give."""


class UnknownFigure(BenefitsError, LookupError):
    """There is no figure of this id among the results; names those that are near."""

    def __init__(self, id: str, *, near: tuple[str, ...]) -> None:
        super().__init__(f"{id!r}: {', '.join(near)}")
        self.id, self.near = id, near

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One figure with what it is made of.

    Attributes
    ----------
    id
        Of the Value; of a row of the flows ``flow.<actor>.<item>.<layer>.<basis>``; of a number, its name.
    kind
        Which sentence says how it comes about: ``explain.is.<kind>`` in the catalogues.
    value
        The figure; None of a number that is written in its place and shown nowhere by itself.
    how
        How it follows from the parts.
    parts
        What it is made of; none of what is stated, found or counted as it is.
    form
        How it goes into the figure above it.
    given
        What the parts give where ``how`` is arithmetic, and the weights of the years are known; None otherwise.
    input
        Of an assumption: its distribution, source and standing.
    row, year
        Of a row of the flows.
    low, high, mean
        Of a number that is written in its place.
    change
        By how much one per cent more of this number moves the row it is in, as a share; None where that is not known.
    """

    id: str
    kind: str
    value: Value | None = None
    how: How = "leaf"
    parts: tuple[Explained, ...] = ()
    form: Form = ""
    given: float | None = None
    input: Input | None = None
    row: FlowRow | None = None
    year: int | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    change: float | None = field(default=None)

    @property
    def number(self) -> float | None:
        """The figure as a number; None when it is hidden or there is none."""
        return self.value.value if self.value is not None else self.mean

    @property
    def adds_up(self) -> bool | None:
        """Whether the parts give the figure; None where they do so by no arithmetic that is repeated here."""
        number = self.number
        if self.given is None or number is None:
            return None
        return math.isclose(self.given, number, rel_tol=CLOSE, abs_tol=CLOSE)

    def walk(self) -> Iterator[Explained]:
        """Yield this figure and everything behind it, each before its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def leaves(self) -> tuple[Explained, ...]:
        """What it all rests on: everything behind it that has no parts, once each."""
        return tuple({one.id: one for one in self.walk() if not one.parts}.values())
