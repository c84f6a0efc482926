"""What the methods found, as Values: the effect, the rates behind it, and the numbers of the checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from benefits.errors import Parameter
from benefits.measurement import Estimate
from benefits.project.benefit import Indicator
from benefits.project.model import Project
from benefits.results.limits import LIMIT
from benefits.results.values import Values
from benefits.vocabulary import Unit

CHECK_UNITS: Mapping[str, Unit] = {
    "expected_drop": "share",
    "share": "share",
    "p": "ratio",
    "ratio_per_year": "ratio",
    "correlation": "ratio",
    "limit": "ratio",
    "dispersion": "ratio",
    "share_limit": "share",
    "share_before": "share",
    "share_after": "share",
    "ratio": "ratio",
    "within": "share",
    "months_apart": "ratio",
    "largest_before": "ratio",
    "largest_after": "ratio",
    "alike": "ratio",
    "far_apart": "ratio",
    "effective": "ratio",
    "share_heaviest": "share",
    "quantile": "share",
}
"""Units of the numbers checks carry; rates have the indicator's own, what is not named is a count."""


OF_PERSONS = frozenset({"one_sided", "left_out", "pairs", "both"})
"""Numbers of persons that checks carry: a few are not told."""
NUMBERED = re.compile(r"([a-z_]+)_(\d+)")
"""A detail of which there are several, as ``lag_2``: the words are those of ``lag``, with the number in them."""


def add_estimate_values(project: Project, estimates: Iterable[Estimate], values: Values, *, limit: int = LIMIT) -> None:
    """Add, as ``estimate.<benefit>.<method>.*``, the effect, the rates behind it, details and checks."""
    for estimate in estimates:
        benefit = next(benefit for benefit in project.benefits if benefit.id == estimate.benefit)
        assert benefit.indicator is not None, "a rule of the project asks for an indicator where there is data"
        _add(project, estimate, benefit.indicator, values, limit)


def _add(project: Project, estimate: Estimate, indicator: Indicator, values: Values, limit: int) -> None:
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
    for code, detail in estimate.details.items():
        values.add(
            f"{prefix}.detail.{code}",
            detail.value,
            low=detail.low,
            high=detail.high,
            unit=detail.unit or indicator.unit,
            per=detail.per or ("none" if detail.unit else indicator.per),
            basis="measured",
            source=source,
        )
        numbered = NUMBERED.fullmatch(code)
        if numbered is not None:
            values.add(f"{prefix}.detail.{code}.number", int(numbered[2]), unit="count")
    values.add(f"{prefix}.n", estimate.n, unit="count")
    values.add(f"{prefix}.exposure", estimate.exposure, unit="count")
    for check in estimate.checks:
        hidden = of_few_persons(check.code, check.parameters, limit=limit)
        for name, number in check.parameters.items():
            if isinstance(number, (int, float)) and not isinstance(number, bool):
                shown = rate if name.startswith("rate_") else {"unit": CHECK_UNITS.get(name, "count")}
                few = name in hidden
                told = None if few else float(number)
                values.add(f"{prefix}.check.{check.code}.{name}", told, suppressed=few, **shown)


def of_few_persons(code: str, parameters: Mapping[str, Parameter], *, limit: int = LIMIT) -> frozenset[str]:
    """Return which numbers of a check are of persons, and so few that they are not told, or give such a number away.

    Examples
    --------
    The share is of a number of persons that is told, and gives the few.

    >>> sorted(of_few_persons("persons_on_both_sides", {"one_sided": 3, "persons": 60, "share": 0.05}))
    ['one_sided', 'share']
    >>> sorted(of_few_persons("units_on_both_sides", {"one_sided": 3, "share": 0.05}))
    []
    """
    if "units" in code:
        return frozenset()
    few = {name for name in OF_PERSONS & parameters.keys() if 0 < float(parameters[name]) < limit}
    return frozenset(few | {"share"} if few else few)
