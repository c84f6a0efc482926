"""What every rule of a project file hands over, and the small helpers rules share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from benefits.errors import Parameter
from benefits.project.fields import Quantity

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that a project breaks.

    Attributes
    ----------
    loc
        Where it is broken.
    code
        The problem's code.
    parameters
        Named values that go into the sentences.
    first
        Where the other value is that this one collides with; its line becomes the parameter ``first_line``.
    needs
        Parts of the file the rule looked at. When one of them was left out because of an earlier problem, the rule may
        only be broken because of that, and is not reported.
    """

    loc: Loc
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    first: Loc | None = None
    needs: tuple[Loc, ...] = ()


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the one written; the first of equals, empty when none is known.

    Examples
    --------
    >>> nearest("fase", ("title", "phase", "theme"))
    'phase'
    """
    ranked = sorted(known, key=lambda other: -likeness(word, other))
    return ranked[0] if ranked else ""


def likeness(one: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1, whatever their case.

    Examples
    --------
    >>> likeness("Actor", "actor")
    1.0
    """
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()


def numbers_of(quantity: Quantity) -> Iterator[tuple[str, float]]:
    """Yield the numbers of a quantity that say where it lies, with the names of their fields.

    Examples
    --------
    >>> list(numbers_of(Quantity(low=0.1, likely=0.2, high=0.4)))
    [('low', 0.1), ('likely', 0.2), ('high', 0.4)]
    """
    for name in ("value", "low", "likely", "high", "mean", "estimate"):
        number = getattr(quantity, name)
        if number is not None:
            yield name, number


def point_of(quantity: Quantity) -> float | None:
    """Return the one number that stands for a quantity without its uncertainty; None when it points elsewhere.

    Examples
    --------
    >>> point_of(Quantity(low=0.1, likely=0.2, high=0.4))
    0.2
    """
    for number in (quantity.value, quantity.likely, quantity.mean, quantity.estimate):
        if number is not None:
            return number
    return None
