"""Draws: one column of random values per uncertain input, each from a generator of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.reference.distributions import Distribution, latin_hypercube


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Read-only columns of draws by name; the same name, seed and number always give the same column.

    The generator of a column is seeded by SHA-256 of the seed and the column's name, so that an input that is added,
    removed or changed moves no other input's draws. A column is a Latin hypercube sample: each of ``n`` equally likely
    slices holds exactly one draw, in random order. Two inputs are independent; one input used twice is one column.

    Parameters
    ----------
    n
        Number of draws.
    seed
        Any integer.

    References
    ----------
    McKay MD, Beckman RJ, Conover WJ. A comparison of three methods for selecting values of input variables in the
    analysis of output from a computer code. Technometrics 1979;21:239-245.

    Examples
    --------
    >>> from benefits.reference.distributions import Uniform
    >>> column = Draws(n=4, seed=7).column("share", Uniform(low=0.0, high=4.0))
    >>> sorted(int(value) for value in column)
    [0, 1, 2, 3]
    """

    n: int = 10_000
    seed: int = 1
    _uniforms: dict[str, Array] = field(default_factory=dict, init=False, repr=False, compare=False)
    _columns: dict[str, tuple[Distribution, Array]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("at least one draw is needed")

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
        if name not in self._uniforms:
            self._uniforms[name] = frozen(latin_hypercube(self.n, self.generator(name)))
        column = frozen(np.broadcast_to(distribution.ppf(self._uniforms[name]), (self.n,)))
        self._columns[name] = (distribution, column)
        return column
