"""Checks on a projection: does it predict months that are known, and does it reach further than it can see."""

from __future__ import annotations

import numpy as np
from scipy import stats

from benefits.errors import Parameter
from benefits.measurement.contract import Check
from benefits.measurement.over_time.projected import Projected, extended, from_trend, monthly
from benefits.measurement.over_time.time_design import SEASON_NEEDS, YEAR
from benefits.measurement.over_time.time_model import LEAST_DF
from benefits.measurement.over_time.time_options import ProjectionOptions
from benefits.measurement.over_time.time_points import Points

TRIED_MONTHS = 12


def backcast(points: Points, *, options: ProjectionOptions, whole: bool) -> Check:
    """Check whether the model, fitted without the last twelve months before the start, predicts them.

    Passed when what was counted in the twelve months lies within the interval of prediction of their sum.

    Returns
    -------
    Check
        Unknown when too little would be left to fit to. Parameters ``months`` tried, ``within`` the share of the
        periods that lie in the interval of prediction of their own, and ``ratio`` of what was counted in all to what
        was predicted.
    """
    unknown = Check(code="backcast", passed=None, parameters={"months": TRIED_MONTHS})
    known = points.before_without(TRIED_MONTHS)
    left = int((~known.after).sum())
    needed = SEASON_NEEDS if options.season != "none" and points.step < YEAR else TRIED_MONTHS
    if left * points.step < needed or not known.after.any():
        return unknown
    matrix = extended(known, options).matrix[~known.after]
    if left - matrix.shape[1] < LEAST_DF or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return unknown
    if known.count[~known.after].sum() == 0:
        return unknown
    found = from_trend(known, options=options, whole=whole)
    if found is None or not found.prediction_error > 0:
        return unknown
    half = float(stats.t.ppf((1 + options.level) / 2, found.df))
    expected, error = monthly(known, found, options)
    within = np.abs(known.count[known.after] - expected) <= half * error
    parameters: dict[str, Parameter] = {
        "months": TRIED_MONTHS,
        "within": float(within.mean()),
        "ratio": found.observed / found.expected,
    }
    passed = abs(found.observed - found.expected) <= half * found.prediction_error
    return Check(code="backcast", passed=passed, parameters=parameters)


def horizon(points: Points) -> Check:
    """Check that the time after is no longer than the time before that it is projected from."""
    before, after = (int(kept.sum()) * points.step for kept in (~points.after, points.after))
    return Check(code="horizon", passed=after <= before, parameters={"before": before, "ahead": after})


def spread_known(found: Projected) -> Check:
    """Tell the spread between periods that the interval rests on; unknown when there is one period on each side."""
    if found.dispersion is None:
        return Check(code="spread_from_data", passed=None)
    return Check(code="spread_from_data", passed=True, parameters={"dispersion": found.dispersion})
