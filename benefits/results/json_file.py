"""Results as a JSON file without language: sorted, unrounded, the same bytes for the same inputs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benefits.measurement import Estimate
from benefits.results.model import Results

FORMAT = 1


def to_json(results: Results, *, kind: str) -> dict[str, Any]:
    """Return Results as plain data.

    Parameters
    ----------
    results
        What was assessed.
    kind
        The kind of report it is written for.
    """
    return {
        "format": FORMAT,
        "kind": kind,
        "project": results.project.id,
        "as_of": results.as_of.isoformat(),
        "constructed": results.project.constructed,
        "inputs": dict(sorted(results.files.items())),
        "values": [asdict(results.values[id]) for id in results.values],
        "estimates": [_estimate(one, used=True) for one in results.estimates]
        + [_estimate(one, used=False) for one in results.compared],
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
            for gap in results.gaps
        ],
        "problems": [],
    }


def write_json(results: Results, *, kind: str, path: Path) -> None:
    """Write Results to a file."""
    text = json.dumps(to_json(results, kind=kind), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _estimate(estimate: Estimate, *, used: bool) -> dict[str, Any]:
    plain = asdict(estimate) | {"used": used}
    return {name: _finite(value) for name, value in plain.items()}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
