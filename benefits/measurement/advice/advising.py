"""From a situation to advice: the methods that would answer, ranked, those that would not, and what would open more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from benefits.activity import Data
from benefits.measurement.advice.caveats import caveats, controlled, worth
from benefits.measurement.advice.openings import Change, changes
from benefits.measurement.advice.requirements import known, obstacle
from benefits.measurement.advice.situation import Kind, Situation
from benefits.measurement.contract import Refusal
from benefits.measurement.registry import method, methods
from benefits.vocabulary import GRADES, Grade

Chart = Literal["control_chart", "line", "none"]
Gain = Literal["answer", "grade", "chart"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One more thing, and what it would open.

    Attributes
    ----------
    change, amount
        What, and how much more of it: months, or persons; 0 where there is nothing to count.
    gain
        Whether it opens an answer where there was none, a better grade, or a control chart.
    method, grade
        The method that could then be used, and what its answer would be at best.
    """

    change: Change
    amount: int
    gain: Gain
    method: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a situation admits.

    Attributes
    ----------
    situation
        What the advice is about.
    admissible
        Methods that would answer, best first.
    refused
        Methods that would not, each with its reason, sorted.
    unfit
        Methods made for another kind of measurement.
    untold
        Methods of other packages, which only trying can tell of.
    chart
        The one chart to follow it in: a control chart, a line with the target, or none.
    openings
        What one more thing would open, the smallest that does of each kind.
    """

    situation: Situation
    admissible: tuple[Admissible, ...]
    refused: tuple[Refusal, ...]
    unfit: tuple[str, ...]
    untold: tuple[str, ...]
    chart: Chart
    openings: tuple[Opening, ...]

    @property
    def best(self) -> Admissible | None:
        """The method that would give most, whoever it is for."""
        return self.admissible[0] if self.admissible else None

    @property
    def offered(self) -> Admissible | None:
        """The one a project is offered: the best that needs no analyst."""
        return next((one for one in self.admissible if not one.specialist), None)

    @property
    def for_analysts(self) -> tuple[Admissible, ...]:
        """Those that want an analyst, best first."""
        return tuple(one for one in self.admissible if one.specialist)

    def of(self, method_id: str) -> Admissible | Refusal | None:
        """Return what is said of one method; None of one that is unfit or not known."""
        found = (*self.admissible, *self.refused)
        return next((one for one in found if one.method == method_id), None)


def advise(
    what: Situation | pd.DataFrame | Data,
    *,
    go_live: date | None = None,
    kind: Kind | None = None,
    selected: bool | None = None,
    comparison_selected_alike: bool | None = None,
) -> Advice:
    """Return which methods a situation, or a table, admits, best first, and what one more thing would open.

    Nothing is estimated: the advice is the methods' own limits, held against the shape of the data.

    Parameters
    ----------
    what
        A situation; or a table as for :func:`benefits.measurement.apply`, or a shape.
    go_live
        First day of the service; needed with a table.
    kind
        What is measured; None to tell it from the table (answers, whole counts or amounts).
    selected
        Whether the treated came in because they were badly off; None when nobody has said.
    comparison_selected_alike
        Whether the comparison group came in by the same rule; None when nobody has said.

    Raises
    ------
    ValueError
        When a table is given without the start.
    InvalidInput
        When the table cannot be used, with every problem.

    Examples
    --------
    A year of monthly counts on each side: before and after, and a control chart; the months need not be more.

    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"), "count": [2] * 24})
    >>> found = advise(frame, go_live=date(2024, 1, 1))
    >>> found.best.method, found.best.grade, found.chart
    ('before_after', 'before_after', 'control_chart')
    >>> [(one.change, one.method, one.grade) for one in found.openings if one.gain == "grade"]
    []
    """
    if isinstance(what, Situation):
        situation = what
    else:
        from benefits.measurement.advice.situation_of import situation_of

        if go_live is None:
            raise ValueError("a table has a before and an after only with go_live")
        situation = situation_of(
            what, go_live=go_live, kind=kind, selected=selected, comparison_selected_alike=comparison_selected_alike
        )
    fit = [id for id in methods() if situation.kind in MADE_FOR.get(id, frozenset({situation.kind}))]
    own = [id for id in fit if known(id)]
    refusals = {id: obstacle(id, situation) for id in own}
    admissible = ranked(situation)
    return Advice(
        situation=situation,
        admissible=admissible,
        refused=tuple(one for one in refusals.values() if one is not None),
        unfit=tuple(id for id in methods() if id not in fit),
        untold=tuple(id for id in fit if not known(id)),
        chart=chart_of(situation),
        openings=tuple(_openings(situation, admissible)),
    )


def ranked(situation: Situation) -> tuple[Admissible, ...]:
    """Return the package's own methods that would answer: best grade first, then those that need no analyst.

    Examples
    --------
    >>> [one.method for one in ranked(Situation(kind="scores", rows="responses", before=1, after=1, persons=40))]
    ['survey']
    """
    order = (*_FIRST[situation.kind], *_THEN)
    found = []
    for id in methods():
        unfit = situation.kind not in MADE_FOR.get(id, frozenset({situation.kind}))
        if unfit or not known(id) or obstacle(id, situation) is not None:
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
    return "line" if situation.before + situation.after >= 2 or situation.rows is None else "none"


def opening_for(method_id: str, situation: Situation) -> Opening | None:
    """Return the smallest single thing that would make one method answer; None when no single thing does."""
    if not known(method_id) or obstacle(method_id, situation) is None:
        return None
    for one in changes(situation):
        if obstacle(method_id, one.situation) is None:
            then = next((found for found in ranked(one.situation) if found.method == method_id), None)
            if then is not None:
                return Opening(change=one.change, amount=one.amount, gain="answer", method=method_id, grade=then.grade)
    return None


def _openings(situation: Situation, now: tuple[Admissible, ...]) -> Iterator[Opening]:
    """Yield the first amount of each change that opens an answer or a better grade, else a control chart."""
    best = GRADES.index(now[0].grade) if now else -1
    told: set[Change] = set()
    charts: dict[Change, Opening] = {}
    drawn = chart_of(situation) == CHART
    for one in changes(situation):
        if one.change in told:
            continue
        then = ranked(one.situation)
        if then and GRADES.index(then[0].grade) > best:
            told.add(one.change)
            yield Opening(
                change=one.change,
                amount=one.amount,
                gain="grade" if now else "answer",
                method=then[0].method,
                grade=then[0].grade,
            )
        elif not drawn and one.change not in charts and chart_of(one.situation) == CHART:
            chart = next((found for found in then if found.method == CHART), None)
            if chart is not None:
                charts[one.change] = Opening(
                    change=one.change, amount=one.amount, gain="chart", method=CHART, grade=chart.grade
                )
    yield from (opening for change, opening in charts.items() if change not in told)
