"""Whether a share of draws may be called a probability: only where every effect behind a sum is well enough known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.expected_rate import effect_of
from benefits.economics.inputs import Input
from benefits.measurement.contract import Estimate
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.vocabulary import Basis, Grade

COMPARED: frozenset[Grade] = frozenset({"controlled", "randomised"})
"""How well an effect must be known before a share of draws says anything about what will happen."""
Reason = Literal["assumed", "no_comparison", "failed_check", "no_effect", "no_costs"]
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Why a share of draws is no probability; the benefit is empty when the reason is no single effect.

    ``assumed``: nobody has measured it. ``no_comparison``: it was measured without a group to compare with.
    ``failed_check``: the project measured it, and a check of the method failed. ``no_effect``: no benefit is behind
    the sum, so that its draws are those of costs alone. ``no_costs``: the plan states none, so that nothing is to be
    covered.
    """

    benefit: str
    reason: Reason


def may_have_probability(
    project: Project,
    items: Iterable[str],
    *,
    inputs: Mapping[str, Input],
    estimates: Mapping[str, Estimate],
    basis: Basis = "expected",
) -> tuple[Unknown, ...]:
    """Return why a share of draws may not be shown as a probability; nothing when it may.

    Parameters
    ----------
    project
        Its benefits with a valuation.
    items
        The items of the rows that are summed, as ``FlowRow.item``.
    inputs, estimates
        The assumptions by name, and the measured effects by benefit.
    basis
        Of the rows: expected effects are those of the valuation, measured ones those of the estimates.

    Notes
    -----
    An effect is well enough known when it is from a trial or from a comparison of groups: published, or measured in
    the project by a method none of whose checks failed. An assumption, an expert's word and a before-after have an
    interval, but it says what somebody holds for likely, not how often something happens.
    """
    if not project.costs:
        return (Unknown(benefit="", reason="no_costs"),)
    named = {item.split(".")[0] for item in items}
    behind = [one for one in project.benefits if one.id in named and one.valuation is not None]
    if not behind:
        return (Unknown(benefit="", reason="no_effect"),)
    return tuple(_unknown(behind, inputs, estimates, basis))


def _unknown(
    behind: list[Benefit], inputs: Mapping[str, Input], estimates: Mapping[str, Estimate], basis: Basis
) -> Iterator[Unknown]:
    for benefit in behind:
        effect = effect_of(benefit, inputs)
        measured = basis == "measured" or (effect is not None and effect.worked_out_from == "measured")
        estimate = estimates.get(benefit.id) if measured else None
        reason: Reason | None = None
        if estimate is not None:
            failed = any(check.passed is False for check in estimate.checks)
            reason = "failed_check" if failed else _of_grade(estimate.grade)
        elif effect is None or measured:
            reason = "assumed"
        else:
            reason = _of_grade(effect.grade)
        if reason is not None:
            yield Unknown(benefit=benefit.id, reason=reason)


def _of_grade(grade: Grade) -> Reason | None:
    if grade in COMPARED:
        return None
    return "no_comparison" if grade == "before_after" else "assumed"


def share_not_below(net: Array) -> float:
    """Return the share of draws that are not below zero; less than a billionth of the largest is rounding.

    Examples
    --------
    >>> share_not_below(np.array([-50.0, 0.0, 50.0, 100.0]))
    0.75
    """
    return float((net >= -_ROUNDING * float(np.abs(net).max(initial=0.0))).mean())
