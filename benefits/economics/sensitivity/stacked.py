"""Many scenarios in one pass: columns of draws, one block for each, that differ only in what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.draws import Draws
from benefits.reference.distributions import Distribution

Scenario = Mapping[str, Distribution | Array]
"""Columns that are otherwise than in the project: another distribution, or the draws themselves, shape (draw,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked(Draws):
    """Draws of several scenarios after one another; an input no scenario changes has the same draws in each.

    Parameters
    ----------
    base
        The draws of one scenario.
    scenarios
        What each changes, by the name of the column.

    Examples
    --------
    >>> from benefits.reference.distributions import Fixed, Uniform
    >>> base = Draws(n=2)
    >>> draws = Stacked(n=4, base=base, scenarios=({}, {"share": Fixed(value=0.5)}))
    >>> column = draws.column("share", Uniform(low=0.0, high=1.0))
    >>> (column[:2] == base.column("share", Uniform(low=0.0, high=1.0))).all(), column[2:].tolist()
    (np.True_, [0.5, 0.5])
    """

    base: Draws
    scenarios: tuple[Scenario, ...]

    def __post_init__(self) -> None:
        if self.n != self.base.n * len(self.scenarios) or not self.scenarios:
            raise ValueError(f"{len(self.scenarios)} scenarios of {self.base.n} draws are not {self.n} draws")

    def generator(self, name: str) -> np.random.Generator:
        """Return the generator of a name, which is the same for all scenarios."""
        return self.base.generator(name)

    def column(self, name: str, distribution: Distribution) -> Array:
        """Return the draws of an input in every scenario, shape (scenario x draw,)."""
        held = self._columns.get(name)
        if held is not None and held[0] == distribution:
            return held[1]
        column = frozen(np.concatenate([self._of(name, one, distribution) for one in self.scenarios]))
        self._columns[name] = (distribution, column)
        return column

    def sampled(self, name: str, make: Callable[[int, np.random.Generator], Array]) -> Array:
        """Return draws of something that makes its own: the same in every scenario."""
        return frozen(np.tile(self.base.sampled(name, make), len(self.scenarios)))

    def _of(self, name: str, scenario: Scenario, usual: Distribution) -> Array:
        changed = scenario.get(name)
        if changed is None:
            return self.base.column(name, usual)
        return changed if isinstance(changed, np.ndarray) else self.base.instead(name, changed)
