"""Control charts: limits per type of chart, named sets of rules, and what they say of a process.

A signal says that something changed, never why or by how much: it is no estimate of an effect.
"""

from benefits.measurement.charts.drawing import FEWEST, chart
from benefits.measurement.charts.limits import limits_of
from benefits.measurement.charts.model import (
    Assurance,
    ControlChart,
    Kind,
    Limits,
    Rule,
    RuleSet,
    Segment,
    Signal,
    Variation,
)
from benefits.measurement.charts.rules import RULES, signals
from benefits.measurement.charts.verdicts import assurance, variation

__all__ = [
    "FEWEST",
    "RULES",
    "Assurance",
    "ControlChart",
    "Kind",
    "Limits",
    "Rule",
    "RuleSet",
    "Segment",
    "Signal",
    "Variation",
    "assurance",
    "chart",
    "limits_of",
    "signals",
    "variation",
]
