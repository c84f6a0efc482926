"""Draws: one column of random values per uncertain input, each from a generator of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.correlated_ranks import correlated_ranks
from benefits.project.uncertainty import Correlated
from benefits.reference.distributions import Distribution, latin_hypercube


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Read-only columns of draws by name; the same name, seed and number always give the same column.

    The generator of a column is seeded by SHA-256 of the seed and the column's name, so that an input that is added,
    removed or changed moves no other input's draws. A column is a Latin hypercube sample: each of ``n`` equally likely
    slices holds exactly one draw, in random order. Two inputs are independent, unless a group holds both; one input
    used twice is one column.

    Parameters
    ----------
    n
        Number of draws.
    seed
        Any integer.
    groups
        Inputs that are high or low together. The draws of each member are put in the order of its group, whose
        generator is seeded by the group's id; no draw changes, nor any column outside the group.

    Raises
    ------
    ValueError
        When there are no draws, a group's correlation is impossible, or an input is in two groups.

    References
    ----------
    McKay MD, Beckman RJ, Conover WJ. A comparison of three methods for selecting values of input variables in the
    analysis of output from a computer code. Technometrics 1979;21:239-245.

    Iman RL, Conover WJ. A distribution-free approach to inducing rank correlation among input variables. Communications
    in Statistics - Simulation and Computation 1982;11:311-334.

    Examples
    --------
    >>> from benefits.reference.distributions import Uniform
    >>> column = Draws(n=4, seed=7).column("share", Uniform(low=0.0, high=4.0))
    >>> sorted(int(value) for value in column)
    [0, 1, 2, 3]
    """

    n: int = 10_000
    seed: int = 1
    groups: tuple[Correlated, ...] = ()
    _uniforms: dict[str, Array] = field(default_factory=dict, init=False, repr=False, compare=False)
    _columns: dict[str, tuple[Distribution, Array]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("at least one draw is needed")
        grouped = [name for group in self.groups for name in group.assumptions]
        if len(set(grouped)) < len(grouped):
            raise ValueError("an input is in one group, once")

    @property
    def used(self) -> Mapping[str, Distribution]:
        """The distribution of every column that has been asked for, by name; as it was asked for last."""
        return {name: distribution for name, (distribution, _) in self._columns.items()}

    def generator(self, name: str) -> np.random.Generator:
        """Return a new generator that depends on the seed and the name alone."""
        digest = hashlib.sha256(f"{self.seed}\x1f{name}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest, "big"))

    def column(self, name: str, distribution: Distribution) -> Array:
        """Return ``n`` draws of an input, shape (draw,).

        The slices are drawn once per name: another distribution under the same name is read at the same probabilities,
        so that a change of assumption is seen without the noise of a new sample.
        """
        held = self._columns.get(name)
        if held is not None and held[0] == distribution:
            return held[1]
        column = self.instead(name, distribution)
        self._columns[name] = (distribution, column)
        return column

    def instead(self, name: str, distribution: Distribution) -> Array:
        """Return the draws a column would have with another distribution, shape (draw,); they are not kept."""
        if name not in self._uniforms:
            self._draw_uniforms(name)
        return frozen(np.broadcast_to(distribution.ppf(self._uniforms[name]), (self.n,)))

    def sampled(self, name: str, make: Callable[[int, np.random.Generator], Array]) -> Array:
        """Return ``n`` draws of something that makes its own, as an estimate does, from the generator of a name.

        Parameters
        ----------
        name
            As ``estimate.g1``.
        make
            Given the number of draws and a generator, returns draws of shape (draw,).
        """
        return frozen(make(self.n, self.generator(name)))

    def _draw_uniforms(self, name: str) -> None:
        """Draw the uniforms of a column: with those it is grouped with, or alone."""
        group = next((one for one in self.groups if name in one.assumptions), None)
        if group is None or len(group.assumptions) == 1:
            self._uniforms[name] = frozen(latin_hypercube(self.n, self.generator(name)))
            return
        # An id holds no blank, so that no column has the name of a group's generator.
        ranks = correlated_ranks(
            n=self.n,
            count=len(group.assumptions),
            correlation=group.correlation,
            generator=self.generator(f"correlated {group.id}"),
        )
        for place, member in enumerate(group.assumptions):
            alone = latin_hypercube(self.n, self.generator(member))
            self._uniforms[member] = frozen(np.sort(alone)[ranks[:, place]])
