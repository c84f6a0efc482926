"""Find a method by its id: the package's own, and those other packages register as entry points."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from benefits.errors import BenefitsError
from benefits.measurement.contract import Method

ENTRY_POINTS = "benefits.methods"

_OWN = {
    "survey": ("benefits.measurement.designs.survey", "Survey"),
    "time_study": ("benefits.measurement.designs.time_study", "TimeStudy"),
    "before_after": ("benefits.measurement.designs.before_after", "BeforeAfter"),
    "before_after_means": ("benefits.measurement.designs.before_after_means", "BeforeAfterMeans"),
    "before_after_shares": ("benefits.measurement.designs.before_after_shares", "BeforeAfterShares"),
    "control_chart": ("benefits.measurement.designs.control_chart", "ControlChartMethod"),
    "event_study": ("benefits.measurement.designs.event_study", "EventStudy"),
    "repeated_cross_sections": ("benefits.measurement.designs.repeated_cross_sections", "RepeatedCrossSections"),
    "staggered_starts": ("benefits.measurement.designs.staggered_starts", "StaggeredStarts"),
    "weighted_comparison": ("benefits.measurement.designs.weighted_comparison", "WeightedComparison"),
    "difference_in_differences": ("benefits.measurement.designs.difference_in_differences", "DifferenceInDifferences"),
    "interrupted_time_series": ("benefits.measurement.designs.interrupted_time_series", "InterruptedTimeSeries"),
    "projection": ("benefits.measurement.designs.projection", "Projection"),
}


class UnknownMethod(BenefitsError, KeyError):
    """No method has this id.

    Attributes
    ----------
    method, nearest
        What was asked for, and the known id most like it.
    """

    def __init__(self, method: str, nearest: str) -> None:
        super().__init__(method, nearest)
        self.method = method
        self.nearest = nearest

    def __str__(self) -> str:
        return f"unknown method {self.method}; nearest is {self.nearest}"


class UnusableMethod(BenefitsError, TypeError):
    """What another package registered cannot be loaded, or is not a method with that id.

    Attributes
    ----------
    method
        The name it is registered under.
    found
        The error it gave, or what it is instead of a method.
    """

    def __init__(self, method: str, found: str) -> None:
        super().__init__(method, found)
        self.method = method
        self.found = found

    def __str__(self) -> str:
        return f"entry point {ENTRY_POINTS}:{self.method} is not a method with that id: {self.found}"


def methods() -> tuple[str, ...]:
    """Return the ids of all methods, sorted; nothing is imported to find them.

    Examples
    --------
    >>> {"before_after", "difference_in_differences"} <= set(methods())
    True
    """
    return tuple(sorted({*_OWN, *_registered()}))


def method(method_id: str) -> Method:
    """Return the method with this id. The package's own cannot be replaced by another package's.

    A registered object may be a method, or a class or function that makes one when called without arguments.

    Raises
    ------
    UnknownMethod
        When no method has the id.
    UnusableMethod
        When what another package registered cannot be loaded, is not a method, or has another id.

    Examples
    --------
    >>> method("before_after").grade
    'before_after'
    """
    if method_id in _OWN:
        module, name = _OWN[method_id]
        made: Method = getattr(import_module(module), name)()
        return made
    registered = _registered()
    if method_id not in registered:
        raise UnknownMethod(method_id, get_close_matches(method_id, methods(), n=1, cutoff=0.0)[0])
    try:
        loaded = registered[method_id].load()
        found = loaded() if isinstance(loaded, type) or not isinstance(loaded, Method) else loaded
    except Exception as mistake:
        # Whatever goes wrong while another package is loaded is that package's, and is told under its name.
        raise UnusableMethod(method_id, type(mistake).__name__) from mistake
    if not isinstance(found, Method):
        raise UnusableMethod(method_id, type(found).__name__)
    if found.id != method_id:
        raise UnusableMethod(method_id, found.id)
    return found


def is_own(method_id: str) -> bool:
    """Whether a method is the package's own.

    Examples
    --------
    >>> is_own("before_after"), is_own("somebody_elses")
    (True, False)
    """
    return method_id in _OWN


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in _entries(tuple(sys.path))}


@lru_cache(maxsize=4)
def _entries(path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """What packages on a path register; asked for many times in one report, and a file is read for each package."""
    return tuple(entry_points(group=ENTRY_POINTS))
