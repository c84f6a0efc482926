"""An assessed portfolio as plain data for its JSON file: language-free, unrounded, in a fixed order."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from benefits.errors import Gap, Problem
from benefits.results.portfolio.model import Member, PortfolioResults


def portfolio_json(results: PortfolioResults) -> dict[str, Any]:
    """Return a portfolio as the part of the JSON that is not the same for every kind of report."""
    return {
        "inputs": dict(sorted({**results.files, **_files(results)}.items())),
        "dated_by": results.dated_by,
        "references": results.references.isoformat() if results.references is not None else None,
        "projects": [_member(one) for one in results.members],
        "registry": [asdict(row) for row in results.rows],
        "printed": [
            {"id": one.printed.id, "statements": one.statements, "table": one.table, "agree": one.agree}
            for one in results.held
        ],
        "sums": [asdict(one) for one in results.sums],
        "left_out": [asdict(one) for one in results.left_out],
        "estimates": [],
        "refusals": [],
        "gaps": [
            {"code": one.code, "weight": one.weight, "projects": list(one.projects)} for one in results.common_gaps
        ],
        "problems": [_problem(problem, one.file) for one in results.unusable for problem in one.problems],
    }


def _files(results: PortfolioResults) -> dict[str, str]:
    """The files of every project, as seen from where the projects are named."""
    return {
        (PurePosixPath(one.file).parent / name).as_posix(): checksum
        for one in results.members
        for name, checksum in one.files.items()
    }


def _member(one: Member) -> dict[str, Any]:
    return {
        "project": one.project.id,
        "file": one.file,
        "as_of": one.as_of.isoformat(),
        "constructed": one.project.constructed,
        "inputs": dict(sorted(one.files.items())),
        "effects": [asdict(effect) for effect in one.effects],
        "gaps": [_gap(gap) for gap in one.gaps],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "code": gap.code,
        "subject": gap.subject,
        "weight": gap.weight,
        "parameters": dict(gap.parameters),
    }


def _problem(problem: Problem, file: str) -> dict[str, Any]:
    return {
        "project": file,
        "place": problem.place,
        "code": problem.code,
        "value": problem.value,
        "parameters": dict(problem.parameters),
    }
