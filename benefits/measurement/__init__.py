"""How much an indicator changed: one method per file, each answering with an Estimate or a reasoned Refusal."""

from benefits.measurement.advice import Advice, Situation, advise, situation_of
from benefits.measurement.applying import apply
from benefits.measurement.baselines.adjusted_baseline import adjusted_mean, adjusted_rate
from benefits.measurement.baselines.baseline import baseline, by_unit
from benefits.measurement.baselines.baseline_figure import BaselineFigure
from benefits.measurement.baselines.baseline_window import Abnormal
from benefits.measurement.baselines.population import Population, estimate_population
from benefits.measurement.baselines.regression_to_the_mean import (
    CountRegression,
    barnett,
    expected_drop,
    gamma_poisson,
    peak_before_start,
)
from benefits.measurement.contract import (
    Check,
    Detail,
    Estimate,
    Method,
    Refusal,
    Scale,
    effect_at,
    graded,
    lowered,
    wrong_shape,
)
from benefits.measurement.intervals import poisson_interval, proportion_interval
from benefits.measurement.options import ControlledOptions, InvalidOption, RateOptions, read_options
from benefits.measurement.power import exposure_needed, smallest_detectable_difference
from benefits.measurement.registry import UnknownMethod, UnusableMethod, method, methods

__all__ = [
    "Abnormal",
    "Advice",
    "BaselineFigure",
    "Check",
    "ControlledOptions",
    "CountRegression",
    "Detail",
    "Estimate",
    "InvalidOption",
    "Method",
    "Population",
    "RateOptions",
    "Refusal",
    "Scale",
    "Situation",
    "UnknownMethod",
    "UnusableMethod",
    "adjusted_mean",
    "adjusted_rate",
    "advise",
    "apply",
    "barnett",
    "baseline",
    "by_unit",
    "effect_at",
    "estimate_population",
    "expected_drop",
    "exposure_needed",
    "gamma_poisson",
    "graded",
    "lowered",
    "method",
    "methods",
    "peak_before_start",
    "poisson_interval",
    "proportion_interval",
    "read_options",
    "situation_of",
    "smallest_detectable_difference",
    "wrong_shape",
]
