"""Results as a JSON file without language: sorted, unrounded, the same bytes for the same inputs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from benefits.errors import Gap
from benefits.measurement import Estimate
from benefits.results.advice import MeasuringAdvice
from benefits.results.answers import Due
from benefits.results.comparison.kept import compared_by, since_json
from benefits.results.estimate_values import of_few_persons
from benefits.results.follow_up import FollowUp
from benefits.results.limits import LIMITS
from benefits.results.model import Results
from benefits.results.portfolio.json_file import portfolio_json
from benefits.results.portfolio.model import PortfolioResults
from benefits.results.price.gaps import price_gaps
from benefits.results.references import References
from benefits.vocabulary import Audience

FORMAT = 1


def stem(kind: str, audience: Audience) -> str:
    """Return what the names of a report's files begin with: an internal edition never lies where a public one does.

    Examples
    --------
    >>> stem("plan", "public"), stem("plan", "internal")
    ('plan', 'plan.internal')
    """
    return kind if audience == "public" else f"{kind}.{audience}"


def to_json(results: Results | PortfolioResults, *, kind: str) -> dict[str, Any]:
    """Return Results as plain data.

    Parameters
    ----------
    results
        What was assessed.
    kind
        The kind of report it is written for.
    """
    if isinstance(results, PortfolioResults):
        return {name: _finite(one) for name, one in (_shared(results, kind) | portfolio_json(results)).items()}
    gaps = price_gaps(results.project, results.gaps) if kind == "price" else results.gaps
    since = {"since": _finite(since_json(results.since))} if results.since is not None else {}
    kept = {"compared_by": _finite(compared_by(results, kind=kind))}
    return _shared(results, kind) | _of_project(results, gaps) | kept | since


def _shared(results: Results | PortfolioResults, kind: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": kind,
        "project": results.project.id,
        "as_of": results.as_of.isoformat(),
        "constructed": results.project.constructed,
        "audience": results.audience,
        "values": [asdict(results.values[id]) for id in results.values],
    }


def _of_project(results: Results, gaps: tuple[Gap, ...]) -> dict[str, Any]:
    limit = LIMITS[results.audience]
    return {
        "inputs": dict(sorted(results.files.items())),
        "references": _references(results.references),
        "estimates": [_estimate(one, used=True, limit=limit) for one in results.estimates]
        + [_estimate(one, used=False, limit=limit) for one in results.compared],
        "refusals": [
            {"benefit": benefit, "method": one.method, "code": one.code, "opens": one.what_would_open_it}
            for benefit, one in results.refusals
        ],
        "gaps": [
            {
                "code": gap.code,
                "subject": gap.subject,
                "weight": gap.weight,
                "parameters": _finite(dict(gap.parameters)),
            }
            for gap in gaps
        ],
        "follow_up": _follow_up(results.follow_up),
        "advice": [_advice(one) for one in results.advice],
        "answers": [_due(one) for one in results.answers],
        "problems": [],
    }


def _references(found: References) -> dict[str, Any]:
    """Which set of reference values: the day it is pinned to, the project's own, and a checksum of those used."""
    return {"pinned": _day(found.pinned), "own": dict(sorted(found.own.items())), "sha256": found.fingerprint}


def write_json(results: Results | PortfolioResults, *, kind: str, path: Path) -> None:
    """Write Results to a file."""
    text = json.dumps(to_json(results, kind=kind), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _follow_up(found: FollowUp) -> dict[str, Any]:
    frozen, seen = found.freeze, found.period
    return {
        "freeze": {"as_of": frozen.as_of.isoformat(), "file": frozen.file} if frozen is not None else None,
        "frozen_again": [_day(one) for one in found.later],
        "deviations": [asdict(one) for one in found.deviations],
        "verdicts": [_dated(asdict(one)) for one in found.verdicts],
        "realised": [_dated(asdict(one)) for one in found.realised],
        "period": {"first": _day(seen.period.first), "last": _day(seen.period.last)} if seen is not None else None,
    }


def _dated(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in plain.items()}


def _due(due: Due) -> dict[str, Any]:
    return {
        "benefit": due.benefit,
        "due": _day(due.due),
        "answered": due.answered,
        "measured_on": _day(due.measured_on),
        "missed": [_day(one) for one in due.missed],
        "next_due": _day(due.next_due),
    }


def _advice(one: MeasuringAdvice) -> dict[str, Any]:
    """The advice on one benefit: whether its method answers, the best one there is, and what would open more."""
    best = one.advice.best
    return {
        "benefit": one.benefit,
        "basis": one.basis,
        "fit": one.fit,
        "method": one.chosen,
        "refusal": one.refusal.code if one.refusal is not None else "",
        "best": {"method": best.method, "grade": best.grade} if best is not None else None,
        "chart": one.advice.chart,
        "opens": [
            {"change": opening.change, "method": opening.method, "grade": opening.grade}
            for opening in one.advice.openings
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _estimate(estimate: Estimate, *, used: bool, limit: int) -> dict[str, Any]:
    plain = asdict(estimate) | {"used": used}
    for check in plain["checks"]:
        # Its numbers are values of their own.
        del check["without"]
        hidden = of_few_persons(check["code"], check["parameters"], limit=limit)
        check["parameters"] = {name: None if name in hidden else one for name, one in check["parameters"].items()}
    return {name: _finite(value) for name, value in plain.items()}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
