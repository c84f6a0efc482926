"""From a fitted model over time to the mean rate after the start: as fitted, and had nothing happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benefits.measurement.contract import Scale
from benefits.measurement.over_time.time_design import Design
from benefits.measurement.over_time.time_fits import Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two rates that are uncertain together.

    Attributes
    ----------
    observed, counterfactual
        Rates.
    covariance
        Of the two, in that order. Shape (2, 2).
    """

    observed: float
    counterfactual: float
    covariance: Matrix

    def se(self, scale: Scale) -> float:
        """Return the standard error of their difference, or of the logarithm of their ratio, by the delta method."""
        weights = self._weights(scale)
        return float(np.sqrt(max(float(weights @ self.covariance @ weights), 0.0)))

    def observed_share(self, scale: Scale) -> float:
        """Return how much of a deviation of the ratio is the observed rate's own (see ``contract.effect_at``)."""
        weights = self._weights(scale)
        variance = float(weights @ self.covariance @ weights)
        if scale == "difference" or variance <= 0:
            return 0.0
        return float(np.clip(weights[0] * (self.covariance[0] @ weights) / variance, 0.0, 1.0))

    def _weights(self, scale: Scale) -> NDArray[np.float64]:
        if scale == "difference":
            return np.array([1.0, -1.0])
        return np.array([1 / self.observed, -1 / self.counterfactual])


def mean_after(
    design: Design,
    *,
    after: NDArray[np.bool_],
    exposure: NDArray[np.float64],
    coefficients: Matrix,
    covariance: Matrix,
    log_link: bool,
) -> Contrast:
    """Return the mean rate over the periods after the start, with the change and without it.

    A period weighs as its exposure, so that the difference times all exposure is all events. With coefficients of a
    comparison group after the treated's own, its change is part of what would have happened anyway: added to the rate,
    or multiplied with it when the model is of logarithms.

    Parameters
    ----------
    design
        Of the treated, all periods.
    after, exposure
        Which periods lie after the start, and the exposure of each. Shape (n,).
    coefficients, covariance
        Of the treated, and after them of the comparison group if there is one (with as many changes).
    log_link
        Whether the model is of the logarithm of the rate.
    """
    own, changes = design.matrix.shape[1], len(design.change)
    others = len(coefficients) - own
    with_it, without = design.matrix[after], design.unchanged[after]
    carried = np.zeros((int(after.sum()), others))
    if others:
        carried[:, others - changes :] = with_it[:, own - changes :]
    changed = np.column_stack([with_it, np.zeros_like(carried)])
    anyway = np.column_stack([without, carried])
    rates = [side @ coefficients for side in (changed, anyway)]
    if log_link:
        rates = [np.exp(one) for one in rates]
    weights = exposure[after] / exposure[after].sum()
    pull = [weights * one if log_link else weights for one in rates]
    gradient = np.vstack([pull[0] @ changed, pull[1] @ anyway])
    return Contrast(
        observed=float(weights @ rates[0]),
        counterfactual=float(weights @ rates[1]),
        covariance=gradient @ covariance @ gradient.T,
    )
