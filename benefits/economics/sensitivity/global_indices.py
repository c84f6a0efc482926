"""How much of the spread in a net comes from each input, alone and together with others: Sobol indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.model import SOCIETY, Model

if TYPE_CHECKING:
    from benefits.economics.arrays import Array

N = 1_024
"""A power of two: points of a Sobol sequence for each input, and as many again."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The share of the variance of a net that one input accounts for.

    Attributes
    ----------
    name
        Of the input.
    first
        By itself: how much the variance would fall on average if it were known.
    total
        With all it does together with others: what would be left if everything else were known.
    """

    name: str
    first: float
    total: float


def sobol(model: Model, *, actor: str = SOCIETY, n: int = N) -> tuple[Index, ...]:
    """Return the indices of every uncertain input, the largest total first.

    Parameters
    ----------
    model
        The calculation; it is worked out at ``n x (inputs + 2)`` points.
    actor
        Id; ``society`` for all together.
    n
        A power of two.

    Raises
    ------
    CannotCompute
        ``correlated_inputs`` when the project has correlated groups, since the shares are of inputs that are
        independent. ``nothing_uncertain`` when the net is certain. ``cannot_compute_everywhere`` when some values of
        the inputs cannot stand together, as shares above the whole.

    Notes
    -----
    Where inputs enter by sums alone, first and total are the same, and add to one.

    References
    ----------
    Saltelli A, Annoni P, Azzini I, et al. Variance based sensitivity analysis of model output. Design and estimator for
    the total sensitivity index. Comput Phys Commun 2010;181:259-270.
    """
    if model.draws.groups:
        raise CannotCompute("correlated_inputs", groups=", ".join(group.id for group in model.draws.groups))
    uncertain = model.uncertain
    usual = model.net(actor)
    if not uncertain or np.ptp(usual) <= _ROUNDING * max(1.0, float(np.abs(usual).max())):
        raise CannotCompute("nothing_uncertain", actor=actor)
    from scipy.stats import sobol_indices

    def net(points: Array) -> Array:
        """Net at points of shape (input, point): the draws of one scenario as long as the points are many."""
        changes = dict(zip(uncertain, np.asarray(points, dtype=np.float64), strict=True))
        found = model.at_points(changes, actor=actor)
        if not np.isfinite(found).all():
            raise CannotCompute("cannot_compute_everywhere", actor=actor)
        return np.array(found)

    found = sobol_indices(
        func=net, n=n, dists=list(uncertain.values()), rng=model.draws.generator(f"sobol indices {actor}")
    )
    indices = [
        Index(name=name, first=float(first), total=float(total))
        for name, first, total in zip(uncertain, found.first_order, found.total_order, strict=True)
    ]
    return tuple(sorted(indices, key=lambda one: (-one.total, one.name)))
