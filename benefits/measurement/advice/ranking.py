"""Methods that would answer in a situation, the best first; and the one chart it can be followed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from benefits.measurement.advice.caveats import caveats, controlled, worth
from benefits.measurement.advice.requirements import KNOWN, obstacle
from benefits.measurement.advice.situation import Kind, Situation
from benefits.measurement.registry import method
from benefits.vocabulary import GRADES, Grade

Chart = Literal["control_chart", "line", "none"]

SPECIALIST = frozenset(
    {
        "event_study",
        "interrupted_time_series",
        "projection",
        "repeated_cross_sections",
        "staggered_starts",
        "weighted_comparison",
    }
)
"""For analysts: they take choices, or checks, that nobody should make without knowing the method."""
MADE_FOR: dict[str, frozenset[Kind]] = {
    "before_after_shares": frozenset({"shares"}),
    "time_study": frozenset({"minutes"}),
}
"""Methods that are of one kind of measurement only, whatever else they could reckon with."""
CHART = "control_chart"
_FIRST: dict[Kind, tuple[str, ...]] = {
    "events": ("difference_in_differences", "before_after", CHART, "before_after_means"),
    "amounts": ("difference_in_differences", "before_after", "before_after_means", CHART),
    "minutes": ("difference_in_differences", "time_study", "before_after_means", "before_after", CHART),
    "scores": ("survey", "difference_in_differences", "before_after_means", CHART, "before_after"),
    "shares": ("difference_in_differences", "before_after_shares", CHART, "before_after_means", "before_after"),
    "reported": (),
}
"""Among methods of the same worth, which comes first for a kind of measurement."""
_THEN = (
    "repeated_cross_sections",
    "staggered_starts",
    "weighted_comparison",
    "event_study",
    "interrupted_time_series",
    "projection",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admissible:
    """A method that would answer.

    Attributes
    ----------
    method
        Its id.
    grade
        The kind of knowledge its answer would be at best.
    caveats
        Checks that are bound to fail, and have lowered the grade.
    controlled
        Whether it compares with others than the treated themselves.
    specialist
        Whether it is for analysts.
    """

    method: str
    grade: Grade
    caveats: tuple[str, ...]
    controlled: bool
    specialist: bool


def ranked(situation: Situation, *, without: Collection[str] = ()) -> tuple[Admissible, ...]:
    """Return the package's own methods that would answer: best grade first, then those that need no analyst.

    Parameters
    ----------
    situation
        The shape of the data.
    without
        Methods known not to answer for other reasons.

    Examples
    --------
    >>> [one.method for one in ranked(Situation(kind="scores", rows="responses", before=1, after=1, persons=40))]
    ['survey']
    """
    return tuple(one for one in _ranked(situation) if one.method not in without)


@lru_cache(maxsize=4096)
def _ranked(situation: Situation) -> tuple[Admissible, ...]:
    """The same of all methods; kept, since a search for what would open more asks for the same again and again."""
    order = (*_FIRST[situation.kind], *_THEN)
    found = []
    for id in KNOWN:
        if not fits(id, situation.kind) or obstacle(id, situation) is not None:
            continue
        against, warned = controlled(id, situation), caveats(id, situation)
        design: Grade = "controlled" if against else method(id).grade
        found.append(
            Admissible(
                method=id,
                grade=worth(design, warned),
                caveats=warned,
                controlled=against,
                specialist=id in SPECIALIST,
            )
        )

    def place(one: Admissible) -> tuple[int, bool, bool, int, str]:
        at = order.index(one.method) if one.method in order else len(order)
        return -GRADES.index(one.grade), one.specialist, not one.controlled, at, one.method

    return tuple(sorted(found, key=place))


def chart_of(situation: Situation) -> Chart:
    """Return the one chart to follow something in: a control chart where it can have limits, else a line.

    Examples
    --------
    >>> chart_of(Situation(kind="events", before=12, after=1)), chart_of(Situation(kind="events", before=4, after=8))
    ('control_chart', 'line')
    """
    if situation.rows in {"series", "panel"} and obstacle(CHART, situation) is None:
        return "control_chart"
    return "line" if situation.before + situation.after or situation.rows is None else "none"


def fits(method_id: str, kind: Kind) -> bool:
    """Whether a method is made for a kind of measurement.

    Examples
    --------
    >>> fits("time_study", "minutes"), fits("time_study", "events"), fits("before_after", "events")
    (True, False, True)
    """
    return kind in MADE_FOR.get(method_id, frozenset({kind}))
