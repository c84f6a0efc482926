"""Weights that make a comparison group like the treated, and what their being estimated does to a weighted rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benefits.measurement.two_groups.balance import CLOSE

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighted:
    """Weights of the comparison group, summing to one, and what is needed for their own uncertainty.

    Attributes
    ----------
    weights
        One per person of the comparison group.
    trimmed
        How many weights were cut down.
    comparison, treated
        Per person, how much they move the estimating equations of the weights; shape (persons, equations).
    slope
        How the weights change with those: derivative of each weight, shape (comparison persons, equations).
    """

    weights: Numbers
    trimmed: int
    comparison: Numbers
    treated: Numbers
    slope: Numbers

    @property
    def effective(self) -> float:
        """Kish's effective sample size: one over the sum of squared weights."""
        return float(1 / (self.weights**2).sum())

    def moved(self, count: Numbers, exposure: Numbers) -> tuple[float, Numbers, Numbers]:
        """Return the weighted rate, and how much each comparison person and each treated person moves it.

        The treated move it through the weights, which are made to fit them.
        """
        reached = float(self.weights @ exposure)
        rate = float(self.weights @ count) / reached
        off = count - rate * exposure
        slope = off @ self.slope
        own = (self.weights * off + self.comparison @ slope) / reached
        return rate, own, (self.treated @ slope) / reached


def entropy_weights(comparison: Numbers, treated: Numbers) -> Weighted | None:
    """Return the weights closest to equal ones that give the comparison group the treated's means exactly.

    Parameters
    ----------
    comparison, treated
        Covariates; shape (persons, covariates).

    Returns
    -------
    Weighted or None
        None when no weights can: the treated's means lie outside the comparison group.

    References
    ----------
    Hainmueller (2012), Political Analysis 20:25-46. Deville and Saerndal (1992), Journal of the American Statistical
    Association 87:376-382 (the uncertainty of calibrated weights).

    Examples
    --------
    Hand-worked: values 0 and 1, mean of the treated 0.75: weights 0.25 and 0.75.

    >>> found = entropy_weights(np.array([[0.0], [1.0]]), np.array([[0.5], [1.0]]))
    >>> found.weights.round(6).tolist(), round(found.effective, 4)
    ([0.25, 0.75], 1.6)
    """
    means = treated.mean(axis=0)
    spread = np.vstack([comparison, treated]).std(axis=0)
    kept = spread > 0
    off = (comparison[:, kept] - means[kept]) / spread[kept]

    def weights_at(tilt: Numbers) -> Numbers:
        raised = off @ tilt
        raised = np.exp(raised - raised.max())
        return np.asarray(raised / raised.sum())

    def dual(tilt: Numbers) -> tuple[float, Numbers]:
        raised = off @ tilt
        most = raised.max()
        return float(most + np.log(np.exp(raised - most).sum())), weights_at(tilt) @ off

    def curvature(tilt: Numbers) -> Numbers:
        weights = weights_at(tilt)
        centred = off - weights @ off
        return np.asarray((centred * weights[:, None]).T @ centred)

    tilt = np.zeros(off.shape[1])
    if kept.any():
        tilt = minimize(dual, tilt, jac=True, hess=curvature, method="trust-exact", tol=1e-10).x
    weights = weights_at(tilt)
    if np.abs(weights @ off).max(initial=0.0) > CLOSE:
        return None
    inverse = np.linalg.pinv(curvature(tilt))
    return Weighted(
        weights=weights,
        trimmed=0,
        comparison=-off * weights[:, None],
        treated=(treated[:, kept] - means[kept]) / spread[kept] / len(treated),
        slope=(off * weights[:, None]) @ inverse,
    )


def propensity_weights(comparison: Numbers, treated: Numbers, *, trim: float) -> Weighted | None:
    """Return weights by the odds of having been treated, from a logistic regression, with the largest cut down.

    Parameters
    ----------
    comparison, treated
        Covariates; shape (persons, covariates).
    trim
        Quantile that larger weights are cut down to; 1 for none.

    Returns
    -------
    Weighted or None
        None when the covariates tell the groups apart completely.

    References
    ----------
    Hirano, Imbens and Ridder (2003), Econometrica 71:1161-1189. Lee, Lessler and Stuart (2011), PLoS ONE 6:e18174
    (cutting down weights). Lunceford and Davidian (2004), Statistics in Medicine 23:2937-2960 (their uncertainty).

    Examples
    --------
    Hand-worked: without covariates that matter, everybody weighs the same.

    >>> same = np.array([[0.0], [1.0]])
    >>> propensity_weights(same, same, trim=1.0).weights.round(6).tolist()
    [0.5, 0.5]
    """
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    both = np.vstack([comparison, treated])
    spread = both.std(axis=0)
    kept = spread > 0
    design = np.column_stack([np.ones(len(both)), ((both - both.mean(axis=0))[:, kept]) / spread[kept]])
    group = np.r_[np.zeros(len(comparison)), np.ones(len(treated))]
    fitted = _fitted(GLM(group, design, family=Binomial()))
    if fitted is None:
        return None
    share = fitted.fittedvalues
    odds = share[: len(comparison)] / (1 - share[: len(comparison)])
    cut = float(np.quantile(odds, trim))
    free = odds <= cut
    weights = np.minimum(odds, cut)
    total = float(weights.sum())
    inverse = np.linalg.pinv((design * (share * (1 - share))[:, None]).T @ design)
    scores = design * (group - share)[:, None]
    return Weighted(
        weights=weights / total,
        trimmed=int(np.count_nonzero(~free)),
        comparison=scores[: len(comparison)],
        treated=scores[len(comparison) :],
        slope=(design[: len(comparison)] * (weights * free)[:, None]) @ inverse / total,
    )


def _fitted(model: Any) -> Any:
    """The fitted model; None when it separates the groups."""
    import warnings

    from statsmodels.tools.sm_exceptions import PerfectSeparationError, PerfectSeparationWarning

    with warnings.catch_warnings():
        warnings.simplefilter("error", PerfectSeparationWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            fitted = model.fit()
        except (PerfectSeparationWarning, PerfectSeparationError, np.linalg.LinAlgError):
            return None
    share = fitted.fittedvalues
    return fitted if fitted.converged and share.max() < 1 - 1e-8 and share.min() > 1e-8 else None
