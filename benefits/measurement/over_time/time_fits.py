"""Fit a model over time: least squares or counts, and standard errors that know of neighbouring periods."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from statsmodels.genmod.families import Family as CountFamily
from statsmodels.genmod.families import NegativeBinomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import GLS, OLS
from statsmodels.stats.sandwich_covariance import S_hac_simple

from benefits.measurement.over_time.time_design import Design
from benefits.measurement.over_time.time_options import Errors, Family
from benefits.measurement.over_time.time_points import Points

Matrix = NDArray[np.float64]

SMALLEST_MEAN = 1e-6
"""A fitted count below this share of the mean count is a coefficient on its way to minus infinity."""
LARGEST_RHO = 0.98
NEVER = 1e30
"""Minus the likelihood of what cannot be: large, and still a number that a search can reckon with."""
NO_SPREAD = 1e-6
"""A shape of the negative binomial as near to Poisson as makes no difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFit:
    """One fitted model of one group's series.

    Attributes
    ----------
    coefficients, covariance
        Shapes (k,) and (k, k); the covariance by the errors asked for.
    log_link
        Whether the model is of the logarithm of the rate.
    residuals
        What is left, each of about the same spread: Pearson's for counts, whitened for autoregressive errors.
    influence
        What each period adds to the coefficients, with the correction n / (n - k) of its square. Shape (n, k).
    df
        Periods less coefficients.
    dispersion
        Pearson's X2 over df; None for least squares.
    rho
        First-order autoregressive coefficient; None where there is none.
    shape
        Negative binomial variance is mean + shape mean^2; None for other models.
    """

    coefficients: Matrix
    covariance: Matrix
    log_link: bool
    residuals: Matrix
    influence: Matrix
    df: int
    dispersion: float | None = None
    rho: float | None = None
    shape: float | None = None


def lags_for(n: int, lags: int | None) -> int:
    """Return how many periods back errors may depend: as said, else 4 (n / 100)^(2/9) rounded down.

    References
    ----------
    Newey WK, West KD. Automatic lag selection in covariance matrix estimation. Rev Econ Stud 1994;61:631-653.

    Examples
    --------
    >>> [lags_for(n, None) for n in (24, 48, 59, 120)]
    [2, 3, 3, 4]
    """
    return int(4 * (n / 100) ** (2 / 9)) if lags is None else lags


def fit(
    points: Points, design: Design, *, family: Family, errors: Errors, lags: int | None, whole: bool
) -> TimeFit | None:
    """Fit one group's series.

    Parameters
    ----------
    points, design
        The periods and the columns of the model.
    family, errors, lags
        As the options.
    whole
        Whether counts are of events: then their spread is never taken to be below Poisson's.

    Returns
    -------
    TimeFit or None
        None when the model did not converge.

    References
    ----------
    Newey and West (1987), Econometrica 55:703-708. Turner et al. (2021), BMC Med Res Methodol 21:181 (restricted
    likelihood for autoregressive errors). McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed.
    """
    if family == "ols":
        found = _autoregressive(points, design.matrix) if errors == "ar1" else _least_squares(points, design.matrix)
    else:
        found = _counts(points, design.matrix, family=family, whole=whole)
    if found is None or errors != "hac":
        return found
    covariance = covariance_over_time([found], [points.place], lags=lags_for(points.n, lags))
    return replace(found, covariance=covariance)


def covariance_over_time(fits: Sequence[TimeFit], places: Sequence[NDArray[np.int64]], *, lags: int) -> Matrix:
    """Return the covariance of all coefficients when periods up to some lags apart depend on each other.

    Bartlett weights on the real distance between periods, a missing period being one that adds nothing; series are put
    side by side, so that what happens to all of them in one month is taken as it is.

    Parameters
    ----------
    fits
        One per group.
    places
        Number of each period of each group, counted from a common first one.
    lags
        Periods back.

    References
    ----------
    Newey and West (1987), Econometrica 55:703-708. Driscoll and Kraay (1998), Rev Econ Stat 80:549-560 (several
    series). Datta and Du (2012), Nonparametric HAC estimation for time series data with missing observations,
    International Finance Discussion Papers 1060 (gaps).
    """
    periods = max(int(place.max()) for place in places) + 1
    width = [one.influence.shape[1] for one in fits]
    added = np.zeros((periods, sum(width)))
    for number, (one, place) in enumerate(zip(fits, places, strict=True)):
        begin = sum(width[:number])
        added[place, begin : begin + width[number]] = one.influence
    return np.asarray(S_hac_simple(added, nlags=min(lags, periods - 1)))


def _least_squares(points: Points, matrix: Matrix) -> TimeFit:
    result = OLS(points.rate, matrix).fit()
    residuals = np.asarray(result.resid)
    influence = (matrix * residuals[:, None]) @ np.asarray(result.normalized_cov_params)
    return TimeFit(
        coefficients=np.asarray(result.params),
        covariance=np.asarray(result.cov_params()),
        log_link=False,
        residuals=residuals,
        influence=influence * _correction(matrix),
        df=_df(matrix),
    )


def _autoregressive(points: Points, matrix: Matrix) -> TimeFit | None:
    """Fit by restricted likelihood; distances are between the periods themselves, so that a gap is a longer one."""
    apart = np.abs(points.place[:, None] - points.place[None, :])

    def minus_likelihood(rho: float) -> float:
        correlation = np.power(rho, apart)
        result = GLS(points.rate, matrix, sigma=correlation).fit()
        whitened = np.asarray(result.model.wexog)
        square = float(np.sum(np.asarray(result.wresid) ** 2))
        if square <= 0:
            return NEVER
        volumes = np.linalg.slogdet(correlation)[1] + np.linalg.slogdet(whitened.T @ whitened)[1]
        return 0.5 * (_df(matrix) * float(np.log(square)) + float(volumes))

    best = minimize_scalar(
        minus_likelihood, bounds=(-LARGEST_RHO, LARGEST_RHO), method="bounded", options={"xatol": 1e-8}
    )
    if not best.success or abs(best.x) > LARGEST_RHO - 1e-3:
        return None
    result = GLS(points.rate, matrix, sigma=np.power(float(best.x), apart)).fit()
    whitened, residuals = np.asarray(result.model.wexog), np.asarray(result.wresid)
    influence = (whitened * residuals[:, None]) @ np.asarray(result.normalized_cov_params)
    return TimeFit(
        coefficients=np.asarray(result.params),
        covariance=np.asarray(result.cov_params()),
        log_link=False,
        residuals=residuals,
        influence=influence * _correction(matrix),
        df=_df(matrix),
        rho=float(best.x),
    )


def _counts(points: Points, matrix: Matrix, *, family: Family, whole: bool) -> TimeFit | None:
    shape = _shape(points, matrix) if family == "negative_binomial" else None
    result = _glm(points, matrix, _family(shape))
    if result is None:
        return None
    mean = np.asarray(result.mu)
    residuals = np.asarray(result.resid_pearson)
    dispersion = float(np.sum(residuals**2)) / _df(matrix)
    scale = max(dispersion, 1.0 if whole else 0.0) if family == "quasi_poisson" else 1.0
    bread = np.asarray(result.normalized_cov_params)
    per_period = (points.count - mean) / (1 + (shape or 0.0) * mean)
    return TimeFit(
        coefficients=np.asarray(result.params),
        covariance=bread * scale,
        log_link=True,
        residuals=residuals,
        influence=(matrix * per_period[:, None]) @ bread * _correction(matrix),
        df=_df(matrix),
        dispersion=dispersion,
        shape=shape,
    )


def _shape(points: Points, matrix: Matrix) -> float:
    """Return the most likely shape of the negative binomial; zero where counts spread no more than Poisson's."""

    def minus_likelihood(log_shape: float) -> float:
        result = _glm(points, matrix, _family(float(np.exp(log_shape))))
        return NEVER if result is None else -float(result.llf)

    best = minimize_scalar(
        minus_likelihood, bounds=(np.log(NO_SPREAD), np.log(20.0)), method="bounded", options={"xatol": 1e-7}
    )
    found = float(np.exp(best.x))
    return 0.0 if found < NO_SPREAD * 2 else found


def _family(shape: float | None) -> CountFamily:
    return NegativeBinomial(alpha=shape) if shape else Poisson()


def _glm(points: Points, matrix: Matrix, family: CountFamily) -> Any:
    """Return the fitted model, or None when it did not converge to means above zero."""
    with warnings.catch_warnings():
        # Told by returning None; a fit without residuals is only a perfect fit.
        warnings.simplefilter("ignore")
        try:
            result = GLM(points.count, matrix, family=family, offset=np.log(points.exposure)).fit(tol=1e-10)
        except (ValueError, np.linalg.LinAlgError):
            return None
    if not result.converged or not np.isfinite(result.params).all() or not np.isfinite(result.mu).all():
        return None
    return None if float(np.min(result.mu)) < SMALLEST_MEAN * float(points.count.mean()) else result


def _df(matrix: Matrix) -> int:
    periods, columns = matrix.shape
    return int(periods - columns)


def _correction(matrix: Matrix) -> float:
    return float((matrix.shape[0] / _df(matrix)) ** 0.5)
