"""Gevinsthypoteser, nullpunkter, målemetoder and a tjenesteprismodell for innovation in Norwegian health care.

Doors: ``load`` reads a project file, ``assess`` runs the whole chain on it, ``open_report`` is what a notebook calls,
``advise`` says how a table can be measured. For analysts ``explore`` opens a project to try things on, ``explain``
tells what is behind a figure, and ``tables`` and ``write_tables`` give every table as data. Nothing heavy is imported
until one of them is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_DOORS = {
    "load": "benefits.project",
    "assess": "benefits.results",
    "open_report": "benefits.report",
    "advise": "benefits.measurement",
    "explore": "benefits.report.explore",
    "explain": "benefits.report.explore",
    "tables": "benefits.report.explore",
    "write_tables": "benefits.report.explore",
}
__all__ = ["__version__", *_DOORS]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'benefits' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
