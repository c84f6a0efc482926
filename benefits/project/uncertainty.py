"""What a project says of how its uncertain numbers hang together."""

from __future__ import annotations

from math import asin, pi
from typing import Annotated

from pydantic import Field

from benefits.project.fields import Amount, Id, Part, Text


class Correlated(Part):
    """Assumptions that are high together, or low together: the same correlation of ranks between any two of them."""

    id: Id
    assumptions: Annotated[tuple[Id, ...], Field(min_length=1)]
    correlation: Annotated[Amount, Field(ge=-1, le=1)]
    source: Text | None = None


def lowest_correlation(count: int) -> float:
    """Return the correlation of ranks that any two of some numbers must be above: not all can be each other's opposite.

    Parameters
    ----------
    count
        How many numbers, at least 2.

    Notes
    -----
    Normal numbers with the same correlation r between any two of ``count`` exist when r is above ``-1 / (count - 1)``;
    the correlation of their ranks is then ``6 / pi x asin(r / 2)``.

    References
    ----------
    Pearson K. On further methods of determining correlation. Drapers' Company Research Memoirs, Biometric Series IV,
    1907.

    Examples
    --------
    Two may be each other's opposite; of three, r is above -0.5, and 6 / 3.1416 x asin(-0.25) = -0.483.

    >>> lowest_correlation(2), round(lowest_correlation(3), 3)
    (-1.0, -0.483)
    """
    return 6 / pi * asin(-1 / (count - 1) / 2)
