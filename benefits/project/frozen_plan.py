"""The form of a frozen plan, so that one with a key missing is told of when it is read, not stumbled over later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from benefits.project.benefit import Baseline, Hypothesis, Indicator, MethodChoice, Period, Target
from benefits.project.data import Filter, GroupNames, Reasons, Repeated, Secondary
from benefits.project.fields import ByYear, Id, Part, Text
from benefits.project.frozen_valuation import KeptValuation
from benefits.project.money import Assumption
from benefits.vocabulary import Exposure, Shape, Unit


class _Kept(Part):
    title: Text
    dis_benefit: bool
    hypothesis: Hypothesis | None = None
    indicator: Indicator | None = None
    baseline: Baseline | None = None
    method: MethodChoice | None = None
    target: Target | None = None
    without: Assumption | None = None
    valued: KeptValuation | None = None


class _KeptRows(Part):
    filters: tuple[Filter, ...] = ()


class _KeptCohort(_KeptRows):
    history_months: int
    reasons: Reasons


class _KeptPopulation(_KeptRows):
    used: bool


class _KeptData(_KeptRows):
    shape: Shape
    unit: Unit | None = None
    per: Exposure = "none"
    counted: str | None = None
    groups: GroupNames | None = None
    secondary: Secondary | None = None
    repeated: Repeated | None = None
    cohort: _KeptCohort | None = None
    population: _KeptPopulation | None = None


class _Plan(Part):
    go_live: date | None = None
    main_indicator: Id | None = None
    benefits: dict[Id, _Kept]
    abnormal_periods: tuple[Period, ...] | None = None
    volume: ByYear = {}
    data: dict[Id, _KeptData] | None = None


def first_mistake(plan: Mapping[str, Any]) -> str | None:
    """Return where a frozen plan first differs from what one may hold, as a dotted path; None when it does not.

    Examples
    --------
    >>> first_mistake({"benefits": {"g1": {"title": {"nb": "Mer tid"}, "dis_benefit": False}}}) is None
    True
    >>> first_mistake({"benefits": {"g1": {"title": {"nb": "Mer tid"}}}})
    'benefits.g1.dis_benefit'
    """
    try:
        # As JSON, for there a date is text.
        _Plan.model_validate_json(json.dumps(plan))
    except ValidationError as error:
        return ".".join(str(part) for part in error.errors()[0]["loc"])
    return None
