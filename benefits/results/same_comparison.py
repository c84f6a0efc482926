"""A rate and an effect that were worked out of the same comparison group, and so are not independent of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import asin, log, pi
from statistics import NormalDist

from benefits.economics.expected_rate import effect_of, rate_of
from benefits.economics.input import Input
from benefits.economics.inputs import LEVEL
from benefits.economics.sensitivity.probability import COMPARED
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.uncertainty import Correlated

LARGEST = 0.99
"""Of the correlation of the logarithms: what is estimated is never quite the same number twice."""


def hang_together(
    project: Project, *, inputs: Mapping[str, Input], estimates: Iterable[Estimate]
) -> tuple[Correlated, ...]:
    """Return the correlated groups of a project, and one for each rate and effect from the same comparison group.

    Parameters
    ----------
    project
        Its own groups come first.
    inputs
        With those that are worked out.
    estimates
        What the methods found.

    Notes
    -----
    The effect is a ratio with the rate of the comparison group after the start in its denominator: where that rate is
    low by chance, the ratio is high. With ``log R = ... - log C`` the covariance of ``log C`` and ``log R`` is minus
    the variance of ``log C``, so their correlation is minus the standard error of ``log C`` over that of ``log R``;
    both are read off the intervals. Drawn apart, the two would make avoided events look better known than they are.

    Examples
    --------
    The logarithm of the rate has half the standard error of that of the ratio: -0.5, and of ranks
    6 / 3.1416 x asin(-0.25) = -0.483.

    >>> round(of_ranks(-0.5), 3)
    -0.483
    """
    return (*project.correlated, *_of_same_comparison(project, inputs, {one.benefit: one for one in estimates}))


def of_ranks(correlation: float) -> float:
    """Return the correlation of the ranks of two normal numbers with a correlation.

    References
    ----------
    Pearson K. On further methods of determining correlation. Drapers' Company Research Memoirs, Biometric Series IV,
    1907.
    """
    return 6 / pi * asin(correlation / 2)


def _of_same_comparison(
    project: Project, inputs: Mapping[str, Input], estimates: Mapping[str, Estimate]
) -> Iterator[Correlated]:
    for benefit in project.benefits:
        pair, estimate = _pair(benefit, inputs), estimates.get(benefit.id)
        if pair is None or estimate is None or estimate.grade not in COMPARED:
            continue
        rate, effect = pair
        shared = max(-LARGEST, -_log_se(rate) / _log_se(effect))
        # The names are those of no assumption, so no group of the project file holds them.
        names = (rate.name, effect.name)
        yield Correlated.model_construct(id=f"comparison.{benefit.id}", assumptions=names, correlation=of_ranks(shared))


def _pair(benefit: Benefit, inputs: Mapping[str, Input]) -> tuple[Input, Input] | None:
    """The rate and the ratio of a benefit, where both were worked out of the comparison group and are uncertain."""
    rate, effect = rate_of(benefit, inputs), effect_of(benefit, inputs)
    if rate is None or effect is None or effect.unit != "ratio":
        return None
    if (rate.worked_out_from, effect.worked_out_from) != ("comparison_group", "measured"):
        return None
    return (rate, effect) if 0.0 < rate.low < rate.high and 0.0 < effect.low < effect.high else None


def _log_se(one: Input) -> float:
    return log(one.high / one.low) / (2 * NormalDist().inv_cdf((1 + LEVEL) / 2))
