"""Kroner that only illustrate: where the unit cost is assumed, every section that shows kroner says so."""

from __future__ import annotations

from benefits.project.benefit import Benefit
from benefits.report.blocks import Paragraph
from benefits.report.voice import Voice
from benefits.results import Results


def is_illustration(benefit: Benefit, results: Results) -> bool:
    """Whether the unit cost is only assumed, so that kroner show how the layers work rather than what they hold."""
    one = results.inputs.get(benefit.valuation.unit_cost or "") if benefit.valuation else None
    return one is not None and one.standing == "assumed"


def illustration_warning(results: Results, voice: Voice) -> tuple[Paragraph, ...]:
    """Return a warning when any benefit's kroner are an illustration, else nothing."""
    if any(is_illustration(benefit, results) for benefit in results.project.benefits):
        return (Paragraph(voice.say("layers.illustration"), tone="warning"),)
    return ()
