"""Expert estimates: several persons' low, likely and high values, pooled without hiding that they disagree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benefits.measurement.contract import Check, Detail, Estimate, Refusal, graded
from benefits.measurement.options import InvalidOption
from benefits.reference.distributions import UnusableDistribution, from_low_likely_high
from benefits.reference.mixture import Mixture

ID = "expert_estimate"
REFERENCES = (
    "O'Hagan A, et al. Uncertain Judgements: Eliciting Experts' Probabilities. Wiley 2006. Chapter 9.",
    "Clemen RT, Winkler RL. Combining probability distributions from experts in risk analysis. Risk Analysis "
    "1999;19:187-203.",
)
COLUMNS = ("expert", "low", "likely", "high")
FEW_EXPERTS = 3
"""Fewer than this, and how much experts disagree cannot be seen."""


def pooled(frame: pd.DataFrame, *, level: float = 0.95, benefit: str = "", indicator: str = "") -> Estimate | Refusal:
    """Return the linear opinion pool of several experts' statements of an effect.

    Each expert's three values are a triangular distribution; one of them holds, each with the probability of its
    weight. Where experts disagree the pool is wider than any of them, and may have several tops: an average of the
    three values would hide that.

    Parameters
    ----------
    frame
        Columns ``expert`` (one row each), ``low``, ``likely``, ``high`` (the effect, in the indicator's unit) and, if
        they do not weigh alike, ``weight`` (above 0).
    level
        Coverage of the interval, 0.5 to 0.999.
    benefit, indicator
        Ids that the answer carries.

    Returns
    -------
    Estimate or Refusal
        Grade expert; the effect is the mean of the pool. Refused when there are no rows, values are missing or not in
        order, an expert speaks twice, or nobody is uncertain.

    Raises
    ------
    InvalidOption
        When ``level`` is outside its bounds.

    References
    ----------
    O'Hagan et al. (2006), Uncertain Judgements, chapter 9. Clemen and Winkler (1999), Risk Analysis 19:187-203.

    Examples
    --------
    Hand-worked: the means of two triangles are (-4 - 2 + 0) / 3 = -2 and (-2 - 1 + 0) / 3 = -1, together -1.5. Two are
    too few to show how much experts disagree, so the grade is lowered.

    >>> said = pd.DataFrame({"expert": ["a", "b"], "low": [-4.0, -2.0], "likely": [-2.0, -1.0], "high": [0.0, 0.0]})
    >>> answer = pooled(said)
    >>> round(answer.effect, 6), answer.grade, round(answer.details["widest_gap"].value, 6)
    (-1.5, 'assumed', 1.0)
    """
    if not 0.5 <= level <= 0.999:
        raise InvalidOption("option_value", option="level", value=str(level), allowed="0.5-0.999")
    refusal = _unusable(frame)
    if refusal is not None:
        return refusal
    weights = frame["weight"].to_numpy(dtype=float) if "weight" in frame else np.ones(len(frame))
    values = frame[["low", "likely", "high"]].astype("float64").to_numpy()
    try:
        parts = tuple(from_low_likely_high(low=low, likely=likely, high=high) for low, likely, high in values.tolist())
        pool = Mixture(components=parts, weights=tuple(weights.tolist()))
    except UnusableDistribution as mistake:
        return Refusal(
            method=ID,
            code="statements_unusable",
            parameters={"rule": mistake.code},
            what_would_open_it="low_likely_high_in_order",
        )
    low, high = pool.interval(level)
    if not high > low:
        return Refusal(method=ID, code="no_spread", what_would_open_it="low_likely_high_in_order")
    means = np.array([part.mean for part in parts])
    spread = np.array([_variance(*three) for three in values.tolist()])
    shares = weights / weights.sum()
    effect = float(shares @ means)
    gap = float(means.max() - means.min())
    overlap = bool(values[:, 0].max() <= values[:, 2].min())
    checks = (
        Check(
            code="enough_experts",
            passed=len(frame) >= FEW_EXPERTS,
            parameters={"experts": len(frame), "few": FEW_EXPERTS},
        ),
        Check(code="experts_overlap", passed=overlap if len(frame) > 1 else None),
    )
    return Estimate(
        benefit=benefit,
        indicator=indicator,
        method=ID,
        options={"level": level},
        scale="difference",
        effect=effect,
        low=low,
        high=high,
        level=level,
        se=float(np.sqrt(shares @ (spread + (means - effect) ** 2))),
        df=float("inf"),
        n=len(frame),
        exposure=float(len(frame)),
        observed=effect,
        baseline=0.0,
        counterfactual=0.0,
        ratio=None,
        grade=graded("expert", checks),
        checks=checks,
        details={"widest_gap": Detail(value=gap)},
        distribution=pool,
    )


def _unusable(frame: pd.DataFrame) -> Refusal | None:
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        return _refused("columns_missing", columns=", ".join(missing))
    if frame.empty:
        return _refused("nobody_asked")
    numbers = frame[[name for name in ("low", "likely", "high", "weight") if name in frame]]
    typed = numbers.apply(pd.to_numeric, errors="coerce").astype("float64")
    wrong = int((~np.isfinite(typed.to_numpy())).any(axis=1).sum())
    if wrong:
        return _refused("statements_incomplete", count=wrong)
    twice = int(frame["expert"].duplicated().sum())
    return _refused("expert_twice", count=twice) if twice else None


def _refused(code: str, **parameters: str | int) -> Refusal:
    opens = "statements_of_experts" if code == "nobody_asked" else "low_likely_high_in_order"
    return Refusal(method=ID, code=code, parameters=parameters, what_would_open_it=opens)


def _variance(low: float, likely: float, high: float) -> float:
    """Variance of a triangular distribution."""
    return (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
