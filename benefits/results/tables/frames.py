"""The tables of an assessed project, each a frame with columns of one type and the same name for the same thing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from benefits.results.model import Results
from benefits.results.tables.columns import COLUMNS
from benefits.results.tables.from_values import TAIL, VALUE_TABLES
from benefits.results.values import Value

_FLOWS = "actor counterpart item layer basis unit grade standing source year mean p2_5 p50 p97_5"
_INPUTS = (
    "input title value low high distribution unit per price_year standing grade source address reference_id "
    "evidence_id measure outcome follow_up_months"
)
_EVIDENCE = (
    "evidence_id title outcome measure value low high per persons follow_up_months population published grade "
    "certainty source address"
)
_BENEFITS = "benefit title status actor realisation indicator direction unit per baseline target target_date"
_SERIES = "data group period id value low high unit per suppressed reason"
_TYPES = {"text": "str", "number": "float64", "integer": "Int64", "boolean": "boolean", "date": "str"}


def tables(results: Results) -> dict[str, pd.DataFrame]:
    """Return every table of an assessed project, by name.

    Only what a report may show is in them: a number of a small cell is missing and marked ``suppressed``. Nothing is
    rounded. What has no row in this project is an empty frame with its columns.

    Parameters
    ----------
    results
        One assessed project.

    Returns
    -------
    dict
        Name of the table -> frame. ``values`` holds every Value; the others hold the same numbers with what their ids
        name as columns, and what is not Values: flows, inputs, evidence, gaps.

    Notes
    -----
    Never add over ``basis``, ``part``, ``layer`` or ``unit``, nor over years and the row without a year, which is their
    sum.
    """
    found = {"values": _frame(map(asdict, results.values.values()), [field.name for field in fields(Value)])}
    found |= {name: _frame(make(results), columns.split()) for name, (make, columns) in _OTHERS.items()}
    for name, table in VALUE_TABLES.items():
        found[name] = _frame(table.rows(results.values), [*table.columns, *TAIL])
    return found


def _frame(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.astype({name: _TYPES[COLUMNS[name].type] for name in columns})


def _flows(results: Results) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in results.flows.to_frame().to_dict("records")]


def _inputs(results: Results) -> Iterable[dict[str, Any]]:
    for one in results.inputs.values():
        shown = results.values.get(f"assumption.{one.name}")
        yield {
            **{name: getattr(one, name, None) for name in _INPUTS.split()},
            "input": one.name,
            "title": results.project.said(one.title),
            **{name: getattr(shown, name, None) for name in ("value", "low", "high")},
            "distribution": type(one.distribution).__name__.lower(),
        }


def _evidence(results: Results) -> Iterable[dict[str, Any]]:
    for one in results.evidence:
        first = results.project.first_language
        yield {
            "evidence_id": one.id,
            "title": getattr(one.titles, first, one.titles.nb),
            "outcome": one.outcome,
            "measure": one.measure,
            "value": one.estimate,
            "low": one.low,
            "high": one.high,
            "per": one.per or "none",
            "persons": one.n,
            "follow_up_months": one.follow_up_months,
            "population": getattr(one.population, first, one.population.nb),
            "published": one.year,
            "grade": one.grade,
            "certainty": one.certainty,
            "source": one.source.title,
            "address": one.source.address,
        }


def _gaps(results: Results) -> Iterable[dict[str, Any]]:
    for one in results.gaps:
        parameters = json.dumps(dict(one.parameters), ensure_ascii=False, sort_keys=True)
        yield {"code": one.code, "subject": one.subject, "weight": one.weight, "parameters": parameters}


def _benefits(results: Results) -> Iterable[dict[str, Any]]:
    for one in results.project.benefits:
        stated = {name: results.values.get(f"benefit.{one.id}.{name}") for name in ("baseline", "target")}
        yield {
            "benefit": one.id,
            "title": results.project.said(one.title),
            "status": one.status,
            "actor": one.valuation.actor if one.valuation is not None else None,
            "realisation": one.realisation.form if one.realisation is not None else None,
            "indicator": results.project.said(one.indicator.definition) if one.indicator is not None else None,
            "direction": one.indicator.direction if one.indicator is not None else None,
            "unit": one.indicator.unit if one.indicator is not None else None,
            "per": one.indicator.per if one.indicator is not None else None,
            **{name: value.value if value is not None else None for name, value in stated.items()},
            "target_date": one.target.date.isoformat() if one.target is not None else None,
        }


def _series(results: Results) -> Iterable[dict[str, Any]]:
    for series in results.series:
        for point in series.points:
            value = results.values[point.id]
            yield {
                "data": series.data,
                "group": point.group,
                "period": point.period.isoformat(),
                **{name: getattr(value, name) for name in ("id", "value", "low", "high", "unit", "per")},
                "suppressed": value.suppressed,
                "reason": value.reason,
            }


_OTHERS: Mapping[str, tuple[Callable[[Results], Iterable[Mapping[str, Any]]], str]] = {
    "flows": (_flows, _FLOWS),
    "inputs": (_inputs, _INPUTS),
    "evidence": (_evidence, _EVIDENCE),
    "gaps": (_gaps, "code subject weight parameters"),
    "benefits": (_benefits, _BENEFITS),
    "series": (_series, _SERIES),
}
TABLES: tuple[str, ...] = ("values", *_OTHERS, *VALUE_TABLES)
"""Every table, by name."""
