"""The treated's rate against a weighted one: weights, effect, its error, and what has to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benefits.errors import Parameter
from benefits.measurement.checks.data_checks import FEW_PERSONS, ONE_SIDED_SHARE, SIGNIFICANT
from benefits.measurement.contract import Check
from benefits.measurement.rates import Fit
from benefits.measurement.two_groups.balance import ALIKE, FAR_APART, balance_table, largest
from benefits.measurement.two_groups.balancing import Weighted, entropy_weights, propensity_weights
from benefits.measurement.two_groups.person_history import Persons
from benefits.measurement.two_groups.weighted_options import WeightedOptions

Numbers = NDArray[np.float64]
LAST = "history_1"
"""The covariate of the last part of the history."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """A weighted comparison.

    Attributes
    ----------
    weighted
        The weights of the comparison group.
    table
        Balance of the covariates.
    fit
        Rates of the treated before and after, and the error of the contrast on the scale of estimation.
    counterfactual
        The weighted rate of the comparison group after.
    """

    weighted: Weighted
    table: pd.DataFrame
    fit: Fit
    counterfactual: float


def compared(persons: Persons, options: WeightedOptions, *, placebo: bool = False) -> Comparison | None:
    """Weight the comparison group and compare; None when no weights can make it like the treated, or nobody is seen.

    Parameters
    ----------
    persons
        Persons with a history.
    options
        Kind of weights, scale and clusters.
    placebo
        Take the last part of the history for what came after, and only what was before it as covariates.
    """
    treated, other = (persons.values(group, leaving_out_last=placebo) for group in (1, 0))
    names = tuple(name for name in persons.covariates if not (placebo and name == LAST))
    if not names or len(treated) < 2 or len(other) < 2:
        return None
    weighted = (
        entropy_weights(other, treated)
        if options.weights == "entropy"
        else propensity_weights(other, treated, trim=options.trim)
    )
    if weighted is None:
        return None
    prefix = "last_" if placebo else ""
    frames = [persons.frame[persons.frame["treated"] == group] for group in (1, 0)]
    (count, exposure), (other_count, other_exposure) = (
        (frame[f"{prefix}count"].to_numpy(dtype=float), frame[f"{prefix}exposure"].to_numpy(dtype=float))
        for frame in frames
    )
    if exposure.sum() == 0 or weighted.weights @ other_exposure <= 0:
        return None
    observed = float(count.sum() / exposure.sum())
    seen = (count - observed * exposure) / exposure.sum()
    counterfactual, moved_by_others, moved_by_treated = weighted.moved(other_count, other_exposure)
    if options.scale == "ratio":
        if observed <= 0 or counterfactual <= 0:
            return None
        seen, moved_by_others = seen / observed, moved_by_others / counterfactual
        moved_by_treated = moved_by_treated / counterfactual
    units = pd.concat(frames)["unit" if options.cluster == "unit" else "treated"]
    clusters = pd.factorize(units)[0] if options.cluster == "unit" else np.arange(len(units))
    zeros = np.zeros(len(other))
    off = np.bincount(clusters, weights=np.r_[seen - moved_by_treated, -moved_by_others])
    own = np.bincount(clusters, weights=np.r_[seen, zeros])
    variance = float(off @ off)
    share = float(np.clip(own @ off / variance, 0, 1)) if options.scale == "ratio" and variance > 0 else 0.0
    fit = Fit(
        rates={(1, 0): persons.rate_before, (1, 1): observed},
        se=(len(off) / max(1, len(off) - 1) * variance) ** 0.5,
        df=len(off) - 2,
        observed_share=share,
    )
    table = balance_table(treated=treated, comparison=other, weights=weighted.weights, names=names)
    return Comparison(weighted=weighted, table=table, fit=fit, counterfactual=counterfactual)


def weighting_checks(persons: Persons, found: Comparison, *, options: WeightedOptions) -> tuple[Check, ...]:
    """Check balance, overlap, how unlike the groups were beforehand, who had no history, and a start that never was."""
    before, after = largest(found.table["before"]), largest(found.table["after"])
    differences: dict[str, Parameter] = {"largest_before": before, "largest_after": after, "alike": ALIKE}
    heaviest = float(found.weighted.weights.max())
    checks = [
        Check(code="covariates_balanced", passed=after <= ALIKE, parameters=differences),
        Check(
            code="same_population",
            passed=before <= FAR_APART,
            parameters={"largest_before": before, "far_apart": FAR_APART},
        ),
        Check(
            code="overlap",
            passed=found.weighted.effective >= FEW_PERSONS,
            parameters={"effective": found.weighted.effective, "few": FEW_PERSONS, "share_heaviest": heaviest},
        ),
        _histories(persons),
    ]
    if options.weights == "propensity":
        trimmed: dict[str, Parameter] = {"count": found.weighted.trimmed, "quantile": options.trim}
        checks.append(Check(code="weights_trimmed", passed=True, parameters=trimmed))
    return (*checks, _placebo(persons, options))


def _histories(persons: Persons) -> Check:
    everybody = len(persons.frame) + persons.without_history
    share = persons.without_history / everybody
    parameters: dict[str, Parameter] = {"left_out": persons.without_history, "persons": everybody, "share": share}
    return Check(code="persons_with_history", passed=share <= ONE_SIDED_SHARE, parameters=parameters)


def _placebo(persons: Persons, options: WeightedOptions) -> Check:
    """Weight by the earlier history only: in its last part there should be no effect."""
    parameters: dict[str, Parameter] = {"months": persons.part_months}
    found = compared(persons, options, placebo=True)
    if found is None or not found.fit.se > 0 or found.fit.df < 1:
        return Check(code="placebo_start", passed=None, parameters=parameters)
    observed = found.fit.rates[1, 1]
    gap = observed - found.counterfactual
    if options.scale == "ratio":
        gap = float(np.log(observed / found.counterfactual))
    p = 2 * float(stats.t.sf(abs(gap) / found.fit.se, found.fit.df))
    return Check(code="placebo_start", passed=p >= SIGNIFICANT, parameters={**parameters, "p": p})
