"""What the methods found, as Values: the effect, the rates behind it, and the numbers of the checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benefits.measurement import Estimate
from benefits.project.benefit import Indicator
from benefits.project.model import Project
from benefits.results.values import Values
from benefits.vocabulary import Unit

CHECK_UNITS: Mapping[str, Unit] = {
    "expected_drop": "share",
    "share": "share",
    "p": "ratio",
    "ratio_per_year": "ratio",
    "correlation": "ratio",
    "limit": "ratio",
}
"""Units of the numbers checks carry; rates have the indicator's own, what is not named is a count."""


def add_estimate_values(project: Project, estimates: Iterable[Estimate], values: Values) -> None:
    """Add, as ``estimate.<benefit>.<method>.*``, the effect, the rates behind it, what it rests on, and its checks."""
    for estimate in estimates:
        benefit = next(benefit for benefit in project.benefits if benefit.id == estimate.benefit)
        assert benefit.indicator is not None, "a rule of the project asks for an indicator where there is data"
        _add(project, estimate, benefit.indicator, values)


def _add(project: Project, estimate: Estimate, indicator: Indicator, values: Values) -> None:
    prefix = f"estimate.{estimate.benefit}.{estimate.method}"
    source = next(
        (
            project.said(data.source)
            for benefit in project.benefits
            if benefit.id == estimate.benefit and benefit.method is not None
            for data in project.data
            if data.id == benefit.method.data
        ),
        "",
    )
    rate: dict[str, Any] = {"unit": indicator.unit, "per": indicator.per, "basis": "measured", "source": source}
    values.add(f"{prefix}.effect", estimate.effect, low=estimate.low, high=estimate.high, grade=estimate.grade, **rate)
    for name in ("observed", "baseline", "counterfactual"):
        values.add(f"{prefix}.{name}", getattr(estimate, name), **rate)
    if estimate.ratio_interval is not None:
        low, high = estimate.ratio_interval
        values.add(
            f"{prefix}.ratio",
            estimate.ratio,
            low=low,
            high=high,
            unit="ratio",
            basis="measured",
            grade=estimate.grade,
            source=source,
        )
    values.add(f"{prefix}.n", estimate.n, unit="count")
    values.add(f"{prefix}.exposure", estimate.exposure, unit="count")
    for check in estimate.checks:
        for name, number in check.parameters.items():
            if isinstance(number, (int, float)) and not isinstance(number, bool):
                shown = rate if name.startswith("rate_") else {"unit": CHECK_UNITS.get(name, "count")}
                values.add(f"{prefix}.check.{check.code}.{name}", float(number), **shown)
