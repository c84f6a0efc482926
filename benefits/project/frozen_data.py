"""What is frozen of the data a plan is measured in: who is counted and how, never where the file lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benefits.project.data import Cohort, DataSource, Table
from benefits.project.model import Project

KEYS: tuple[str, ...] = (
    "shape",
    "unit",
    "per",
    "counted",
    "filters",
    "groups",
    "secondary",
    "repeated",
    "cohort",
    "population",
)
"""What is frozen of a data source. A new extract in another file, with other titles, is the same data."""


def data_of(project: Project) -> dict[str, dict[str, Any]]:
    """Return what decides whom a benefit is measured in, by data id, for the data that methods and baselines use.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO",
    ...     "data": ({"id": "tall", "file": "tall.csv", "shape": "series", "columns": {"count": "antall"}},),
    ...     "benefits": ({"id": "g1", "title": "Mer tid", "method": {"id": "before_after", "data": "tall"}},)})
    >>> data_of(project)["tall"]["counted"]
    'antall'
    """
    used = set(_used(project))
    return {source.id: _kept(source) for source in project.data if source.id in used}


def _used(project: Project) -> Iterator[str]:
    for benefit in project.benefits:
        for part in (benefit.method, benefit.baseline):
            if part is not None and part.data is not None:
                yield part.data


def _kept(source: DataSource) -> dict[str, Any]:
    own = {name: getattr(source, name) for name in ("shape", "unit", "per", "groups", "secondary", "repeated")}
    counted = source.columns.get("count") or source.columns.get("score")
    return own | {
        "counted": counted,
        "filters": source.filters,
        "cohort": _cohort(source.cohort),
        "population": _rows(source.population),
    }


def _cohort(cohort: Cohort | None) -> dict[str, Any] | None:
    """Who is included: how far back they are known, what ends their time, and which rows; not where the list lies."""
    if cohort is None:
        return None
    return {"history_months": cohort.history_months, "reasons": cohort.reasons, "filters": cohort.filters}


def _rows(table: Table | None) -> dict[str, Any] | None:
    return {"used": True, "filters": table.filters} if table is not None else None
