"""From a situation to advice: the methods that would answer, ranked, those that would not, and what would open more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

import pandas as pd

from benefits.activity import Data
from benefits.activity.frames import shape_of
from benefits.measurement.advice.openings import Change, Changed, changes
from benefits.measurement.advice.ranking import CHART, SPECIALIST, Admissible, Chart, chart_of, fits, ranked
from benefits.measurement.advice.requirements import known, obstacle
from benefits.measurement.advice.situation import Kind, Situation
from benefits.measurement.advice.situation_of import situation_of
from benefits.measurement.contract import Refusal
from benefits.measurement.registry import method, methods
from benefits.vocabulary import GRADES, Grade

Gain = Literal["answer", "grade", "chart"]


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
    openings, plain_openings
        What one more thing would open, the smallest that does of each kind: to anybody, and without an analyst.
    """

    situation: Situation
    admissible: tuple[Admissible, ...]
    refused: tuple[Refusal, ...]
    unfit: tuple[str, ...]
    untold: tuple[str, ...]
    chart: Chart
    openings: tuple[Opening, ...]
    plain_openings: tuple[Opening, ...]

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
        found: tuple[Admissible | Refusal, ...] = (*self.admissible, *self.refused)
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

    The advice is the methods' own limits, held against the shape of the data. With a table the methods are also tried,
    from the best on, until one answers: what the data hold may make one refuse that their shape admits.

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
        return advice_on(what)
    if go_live is None:
        raise ValueError("a table has a before and an after only with go_live")
    data = shape_of(what) if isinstance(what, pd.DataFrame) else what
    said = {"selected": selected, "comparison_selected_alike": comparison_selected_alike}
    situation = situation_of(
        data, go_live=go_live, kind=kind, selected=selected, comparison_selected_alike=comparison_selected_alike
    )
    return advice_on(situation, refused=_tried(ranked(situation), data, go_live=go_live, said=said))


def advice_on(situation: Situation, *, refused: tuple[Refusal, ...] = ()) -> Advice:
    """Return the advice on a situation.

    Parameters
    ----------
    situation
        The shape of the data.
    refused
        Refusals already met, for what the data hold.
    """
    without = frozenset(one.method for one in refused)
    every = methods()
    fit = [id for id in every if fits(id, situation.kind)]
    foreseen = (obstacle(id, situation) for id in fit if known(id) and id not in without)
    admissible = ranked(situation, without=without)
    return Advice(
        situation=situation,
        admissible=admissible,
        refused=tuple(sorted((*(one for one in foreseen if one is not None), *refused), key=lambda one: one.method)),
        unfit=tuple(id for id in every if id not in fit),
        untold=tuple(id for id in fit if not known(id)),
        chart=chart_of(situation),
        openings=tuple(_openings(situation, without)),
        plain_openings=tuple(_openings(situation, without | SPECIALIST)),
    )


def _tried(
    admissible: tuple[Admissible, ...], data: Data, *, go_live: date, said: Mapping[str, bool | None]
) -> tuple[Refusal, ...]:
    """Try the methods from the best on until one answers, and return the refusals met on the way."""
    met: list[Refusal] = []
    for one in admissible:
        trial = method(one.method)
        options = {name: value for name, value in said.items() if name in {item.name for item in fields(trial.options)}}
        answer = trial.estimate(data, benefit="", indicator="", go_live=go_live, options=options)
        if not isinstance(answer, Refusal):
            break
        met.append(answer)
    return tuple(met)


def opening_for(method_id: str, situation: Situation) -> Opening | None:
    """Return the smallest single thing that would make one method answer; None when no single thing does."""
    if not known(method_id) or obstacle(method_id, situation) is None:
        return None
    for one in changes(situation):
        if obstacle(method_id, one.situation) is None:
            then = next((found for found in ranked(one.situation) if found.method == method_id), None)
            if then is not None:
                return _opening(one, then, gain="answer")
    return None


def _openings(situation: Situation, without: frozenset[str]) -> Iterator[Opening]:
    """Yield the first amount of each change that opens an answer or a better grade, else a control chart."""
    now = ranked(situation, without=without)
    best = GRADES.index(now[0].grade) if now else -1
    told: set[Change] = set()
    charts: dict[Change, Opening] = {}
    drawn = chart_of(situation) == CHART
    for one in changes(situation):
        if one.change in told:
            continue
        then = ranked(one.situation, without=without)
        if then and GRADES.index(then[0].grade) > best:
            told.add(one.change)
            yield _opening(one, then[0], gain="grade" if now else "answer")
        elif not drawn and one.change not in charts and chart_of(one.situation) == CHART:
            chart = next((found for found in then if found.method == CHART), None)
            if chart is not None:
                charts[one.change] = _opening(one, chart, gain="chart")
    yield from (opening for change, opening in charts.items() if change not in told)


def _opening(one: Changed, then: Admissible, *, gain: Gain) -> Opening:
    return Opening(change=one.change, amount=one.amount, gain=gain, method=then.method, grade=then.grade)
