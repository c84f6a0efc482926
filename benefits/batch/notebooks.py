"""The notebook of each kind of report."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from benefits.report.page import shipped

NOTEBOOKS = {
    "plan": "gevinstplan.ipynb",
    "follow-up": "oppfolging.ipynb",
    "avoided-cost": "unngatte_kostnader.ipynb",
    "price": "tjenestepris.ipynb",
    "data-request": "datauttrekk.ipynb",
    "portfolio": "portefolje.ipynb",
}
"""Report kind -> its notebook."""


def notebook_of(kind: str) -> Path:
    """Return where the notebook of a kind is."""
    return shipped("notebooks", NOTEBOOKS[kind])


@lru_cache(maxsize=8)
def parameters_of(notebook: Path) -> frozenset[str]:
    """Return the names of the parameters a notebook declares.

    Examples
    --------
    >>> sorted(parameters_of(notebook_of("plan")))
    ['as_of', 'audience', 'language', 'out_dir', 'project', 'references', 'since']
    """
    import papermill

    return frozenset(papermill.inspect_notebook(str(notebook)))


def takes_period(kind: str) -> bool:
    """Return whether the notebook of a kind declares the parameter ``period``."""
    return "period" in parameters_of(notebook_of(kind))


def takes_since(kind: str) -> bool:
    """Return whether the notebook of a kind declares the parameter ``since``."""
    return "since" in parameters_of(notebook_of(kind))
