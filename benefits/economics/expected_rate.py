"""Which inputs a benefit's avoided events are the product of: the rate without the service, and the effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from benefits.project.benefit import Benefit

if TYPE_CHECKING:
    from benefits.economics.inputs import Input

EXPECTED, EFFECT = "expected.", "effect."
"""Before the id of a benefit: the name of an input that is worked out from data. Ids in a project file have no dot."""


def rate_name(benefit: Benefit) -> str | None:
    """Return the name of the input that is the rate of events without the service; None when the plan names none.

    Examples
    --------
    >>> from benefits.project.fields import Text
    >>> from benefits.project.valuation import Valuation
    >>> said = Valuation(actor="hf", expected_events="rate")
    >>> rate_name(Benefit(id="g1", title=Text(nb="Færre"), valuation=said))
    'rate'
    >>> said = Valuation(actor="hf", expected_from="comparison_group")
    >>> rate_name(Benefit(id="g1", title=Text(nb="Færre"), valuation=said))
    'expected.g1'
    """
    if benefit.valuation is None:
        return None
    if benefit.valuation.expected_from != "assumption":
        return f"{EXPECTED}{benefit.id}"
    return benefit.valuation.expected_events


def effect_name(benefit: Benefit) -> str | None:
    """Return the name of the input that is the effect counted in the plan; None when the plan names none."""
    if benefit.valuation is None:
        return None
    if benefit.valuation.effect_from == "measured":
        return f"{EFFECT}{benefit.id}"
    return benefit.valuation.effect


def rate_of(benefit: Benefit, inputs: Mapping[str, Input]) -> Input | None:
    """Return the rate of events without the service; None when none is named, or it has no number.

    A rate may have been worked out and not be used, where the effect is a difference.
    """
    return inputs.get(rate_name(benefit) or "")


def effect_of(benefit: Benefit, inputs: Mapping[str, Input]) -> Input | None:
    """Return the effect counted in the plan; None when none is named, or it has no number."""
    return inputs.get(effect_name(benefit) or "")
