"""What a file of results keeps so that a later report can be held against it, and what a comparison says there."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from benefits.errors import Gap
from benefits.project.freezing import plan_of
from benefits.project.titles import titles
from benefits.results.comparison.model import Bridge, Comparison
from benefits.results.comparison.products import products
from benefits.results.model import Results


def compared_by(results: Results, *, kind: str) -> dict[str, Any]:
    """Return what a later report of the same kind needs to tell why a number moved, as plain data.

    Parameters
    ----------
    results
        What was assessed.
    kind
        The kind of report it is written for.
    """
    return {
        "plan": plan_of(results.project),
        "known_until": known_until(results),
        "price_year": results.project.price_year,
        "headlines": [
            {"code": one.code, "value": one.value, "benefit": one.benefit, "actor": one.actor}
            for one in results.headlines
            if kind in one.kinds
        ],
        "products": {
            id: {str(year): factors for year, factors in by_year.items()} for id, by_year in products(results).items()
        },
        "titles": {id: _words(title) for id, title in titles(results.project).items()},
    }


def known_until(results: Results) -> dict[str, str | None]:
    """Return the last day each data source is known to, as ISO dates; None where nothing is known."""
    return {one.data: _day(one.last) for one in results.quality}


def since_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data."""
    return {
        "as_of": _day(found.as_of),
        "file": found.file,
        "sha256": found.sha256,
        "files": [asdict(one) for one in found.files],
        "known": [{"data": one.data, "old": _day(one.old), "new": _day(one.new)} for one in found.known],
        "plan_known": found.plan_known,
        "plan": [asdict(one) for one in found.plan],
        "freeze": [_day(one) for one in found.freeze] if found.freeze is not None else None,
        "price_year": list(found.price_year) if found.price_year is not None else None,
        "numbers": [asdict(one) for one in found.numbers],
        "uptake": [asdict(one) for one in found.uptake],
        "bridges": [_bridge(one) for one in found.bridges],
        "verdicts": [asdict(one) for one in found.verdicts],
        "closed": [_gap(one) for one in found.closed],
        "opened": [_gap(one) for one in found.opened],
    }


def _bridge(one: Bridge) -> dict[str, Any]:
    return asdict(one) | {"parts": [asdict(part) for part in one.parts]}


def _gap(one: Gap) -> dict[str, Any]:
    return {"code": one.code, "subject": one.subject, "parameters": dict(one.parameters)}


def _words(title: Any) -> dict[str, str]:
    return {name: words for name in ("plain", "nb", "nn", "en") if (words := getattr(title, name))}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
