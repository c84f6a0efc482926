"""What a plan asks to have pulled from a register or a record, indicator by indicator, before anybody has pulled it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from benefits.project.benefit import Benefit, Indicator
from benefits.project.data import Cohort, DataSource, Population, Reasons, Table
from benefits.project.model import Project
from benefits.results.limits import LIMIT
from benefits.results.power.frozen_analysis import BESIDE
from benefits.results.reading import month_end, months_on
from benefits.results.values import Values
from benefits.vocabulary import Exposure, Shape, Unit

Kind = Literal["text", "word", "month", "date", "whole", "number"]
Lack = Literal[
    "start", "population", "comparison", "legal_basis", "sender", "recipient", "delivery", "method", "fraction"
]
Why = Literal["no_indicator", "by_judgement", "not_planned"]
Because = Literal["source", "baseline", "whole_years"]
Otherwise = Literal["comparison", "persons", "exposure", "shorter", "ended", "small", "answers", "timed"]

SEASONS = 2
"""Whole years before the start, where the plan names no period: one to compare with, one to see how it varies."""
BY_JUDGEMENT = frozenset({"expert_estimate", "reported"})
"""Designs that rest on no data that could be pulled."""
FILTERS = "filters"
"""The key of a column that only a filter names."""
AMOUNTS: frozenset[Unit] = frozenset({"hours", "minutes", "points", "kroner"})
"""Units that need not be whole numbers."""

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "person": "text",
        "unit": "text",
        "group": "word",
        "period": "month",
        "date": "date",
        "count": "whole",
        "exposure": "number",
        "start": "date",
        "persons": "whole",
        "respondent": "text",
        "wave": "date",
        "item": "text",
        "score": "number",
        "included": "date",
        "observed_from": "date",
        "ended": "date",
        "reason": "word",
    }
)
_WANTED: Mapping[Shape, tuple[str, ...]] = MappingProxyType(
    {
        "series": ("period", "unit", "group", "count", "exposure"),
        "panel": ("person", "unit", "group", "period", "count", "exposure", "start"),
        "events": ("person", "unit", "date"),
        "responses": ("respondent", "group", "wave", "item", "score"),
    }
)
_COHORT = ("person", "group", "unit", "included", "observed_from", "ended", "reason")
_SHAPES: Mapping[str, Shape] = MappingProxyType(
    {"survey": "responses", "interrupted_time_series": "series", "control_chart": "series", "time_study": "series"}
)
TIMED = "time_study"
"""The method whose rows are occasions, not months that follow each other."""
_OF_PERSONS: frozenset[Exposure] = frozenset({"person_year", "person_month", "person", "patient"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedColumn:
    """A column of a file.

    Attributes
    ----------
    key, name
        Our key for it, and what it is to be called in the file.
    kind
        How its cells are written.
    example
        An invented cell.
    allowed
        The only words it may hold; empty for any.
    per
        What an exposure is counted in; None for another column.
    """

    key: str
    name: str
    kind: Kind
    example: str
    allowed: tuple[str, ...] = ()
    per: Exposure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedTable:
    """A file to deliver: which of a data source's tables it is (data, cohort, population), its columns and format."""

    table: str
    columns: tuple[RequestedColumn, ...]
    form: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """What is asked for to measure one indicator.

    Attributes
    ----------
    benefit, data
        Ids; the data source is None when the plan has not described one.
    shape
        As the data source says, else what suits the method and the indicator.
    first, last
        First and last day of the period asked for; None without a start.
    because
        Where the period is from: what the source is to cover, the plan's baseline, or whole years before the start.
    tables
        The files.
    lacks
        What must be decided before this can be sent.
    followed
        Whether it is about persons followed over time, who may die, move or stop; staff who are timed are not.
    otherwise
        What is said of what we do when something cannot be had.
    """

    benefit: str
    data: str | None
    shape: Shape
    first: date | None
    last: date | None
    because: Because
    tables: tuple[RequestedTable, ...]
    lacks: tuple[Lack, ...]
    followed: bool
    otherwise: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The pages, and the benefits there is nothing to ask for, with why."""

    pages: tuple[RequestPage, ...]
    without: tuple[tuple[str, Why], ...]


def requests(project: Project, values: Values) -> Requests:
    """Return what a plan asks for, one page for each indicator that has data or plans to, and add the numbers.

    They are ``request.limit`` and, for each page, ``request.<benefit>.before`` and ``.after``, in months.

    Parameters
    ----------
    project
        The plan.
    values
        Where the numbers are added.
    """
    pages: list[RequestPage] = []
    without: list[tuple[str, Why]] = []
    for benefit in project.benefits:
        if benefit.status == "dropped":
            continue
        why = _why_not(benefit)
        if why is not None:
            without.append((benefit.id, why))
            continue
        pages.append(_page(project, benefit, values))
    if pages:
        values.add("request.limit", LIMIT, unit="persons")
        values.add("request.pages", len(pages), unit="count")
    return Requests(pages=tuple(pages), without=tuple(without))


def _why_not(benefit: Benefit) -> Why | None:
    if benefit.indicator is None:
        return "no_indicator"
    if benefit.method is not None and benefit.method.id in BY_JUDGEMENT:
        return "by_judgement"
    planned = benefit.baseline is not None and benefit.baseline.state in {"measured", "planned"}
    return None if benefit.method is not None or planned else "not_planned"


def _page(project: Project, benefit: Benefit, values: Values) -> RequestPage:
    source = _source(project, benefit)
    first, last, because = _period(project, benefit, source)
    shape = source.shape if source is not None else suited(benefit)
    if first is not None and last is not None and project.go_live is not None and first < project.go_live <= last:
        before, after = _months(first, project.go_live), _months(project.go_live, last + timedelta(days=1))
        values.add(f"request.{benefit.id}.before", before, unit="months")
        values.add(f"request.{benefit.id}.after", after, unit="months")
    return RequestPage(
        benefit=benefit.id,
        data=source.id if source is not None else None,
        shape=shape,
        first=first,
        last=last,
        because=because,
        tables=tuple(_tables(benefit, source, shape, first)),
        lacks=tuple(_lacks(project, benefit, source)),
        followed=(followed := _followed(benefit, source, shape)),
        otherwise=tuple(_otherwise(benefit, shape, followed=followed)),
    )


def _indicator(benefit: Benefit) -> Indicator:
    assert benefit.indicator is not None, "only indicators have a page"
    return benefit.indicator


def _per(benefit: Benefit) -> Exposure:
    per = _indicator(benefit).per
    return per if per != "none" else "person_year"


def _source(project: Project, benefit: Benefit) -> DataSource | None:
    named = benefit.method.data if benefit.method is not None else None
    if named is None and benefit.baseline is not None:
        named = benefit.baseline.data
    return next((source for source in project.data if source.id == named), None)


def suited(benefit: Benefit) -> Shape:
    """The shape that suits a method, else an indicator: person by person where it is counted per person."""
    named = _SHAPES.get(benefit.method.id) if benefit.method is not None else None
    if named is not None:
        return named
    if _indicator(benefit).unit == "points":
        return "responses"
    return "panel" if _indicator(benefit).per in _OF_PERSONS else "series"


def _period(project: Project, benefit: Benefit, source: DataSource | None) -> tuple[date | None, date | None, Because]:
    """First and last day to ask for: whole years before the start, and to the target's date or the horizon after it.

    Who chose patients by what happened to them in a window needs a year from before that window too.
    """
    baseline, start = benefit.baseline, project.go_live
    if source is not None and source.period is not None:
        return source.period.start, source.period.end, "source"
    if start is None:
        return None, None, "whole_years"
    begins = date(start.year, start.month, 1)
    named = baseline.period if baseline is not None else None
    if named is not None and named.start < start:
        first = date(named.start.year, named.start.month, 1)
    else:
        window = baseline.selection.window_months if baseline is not None and baseline.selection is not None else None
        years = max(SEASONS, -(-((window or 0) + 12) // 12))
        first = months_on(begins, -12 * years)
    horizon = months_on(begins, 12 * project.horizon_years) - timedelta(days=1)
    whole_year = months_on(begins, 12) - timedelta(days=1)
    last = max(month_end(benefit.target.date), whole_year) if benefit.target is not None else horizon
    return first, last, "baseline" if named is not None and named.start < start else "whole_years"


def _months(first: date, end: date) -> int:
    """Months from the one a day is in to the one another is in."""
    return (end.year - first.year) * 12 + end.month - first.month


def _tables(benefit: Benefit, source: DataSource | None, shape: Shape, first: date | None) -> Iterator[RequestedTable]:
    month = first or date(2024, 1, 1)
    if source is None:
        plain = DataSource(id=benefit.id, shape=shape, columns={}, unit=_indicator(benefit).unit, per=_per(benefit))
        yield RequestedTable(
            table="data", columns=tuple(_column(key, key, benefit, plain, month) for key in _WANTED[shape]), form=plain
        )
        return
    for place, table in source.tables:
        assert isinstance(table, (DataSource, Cohort, Population)), "these are the tables there are"
        named: Mapping[str, str] = {str(ours): theirs for ours, theirs in table.columns.items()}
        columns = [_column(key, named[key], benefit, source, month) for key in _KINDS if key in named]
        columns += _filtered(table, {column.name for column in columns})
        yield RequestedTable(table=place[0] if place else "data", columns=tuple(columns), form=table)


def _filtered(table: Table, named: set[str]) -> Iterator[RequestedColumn]:
    """The columns that only the filters look at: without them in the file, it cannot be read."""
    for one in table.filters:
        if one.column in named:
            continue
        named.add(one.column)
        bound = one.at_least if one.at_least is not None else one.at_most
        kind: Kind = "text" if bound is None else "date" if isinstance(bound, date) else "number"
        example = one.one_of[0] if one.one_of else f"{bound:g}" if isinstance(bound, float) else str(bound or "")
        yield RequestedColumn(key=FILTERS, name=one.column, kind=kind, example=example)


def _column(key: str, name: str, benefit: Benefit, source: DataSource, month: date) -> RequestedColumn:
    kind = _KINDS[key]
    if key == "count" and (source.unit or _indicator(benefit).unit) in AMOUNTS:
        kind = "number"
    return RequestedColumn(
        key=key,
        name=name,
        kind=kind,
        example=_example(key, kind, source, month),
        allowed=_allowed(key, source),
        per=source.per if key == "exposure" and source.per != "none" else None,
    )


def _allowed(key: str, source: DataSource) -> tuple[str, ...]:
    """The words of a column that has fixed ones, as the file is to write them."""
    if key == "group":
        named = source.groups
        return (*named.treated, *named.comparison) if named is not None else ("treated", "comparison")
    if key == "reason":
        reasons = source.cohort.reasons if source.cohort is not None else Reasons()
        return (*reasons.died, *reasons.moved, *reasons.stopped)
    return ()


def _example(key: str, kind: Kind, source: DataSource, month: date) -> str:
    """An invented cell, written as the file is to write it."""
    if kind in {"month", "date"}:
        later = key in {"included", "start", "ended"}
        day = months_on(month, 12 if later else 0).replace(day=15 if kind == "date" else 1)
        return f"{day:%Y-%m}" if kind == "month" else day.isoformat()
    numbers = {"count": "2", "exposure": _exposure(source), "persons": "24", "score": "4"}
    if key in numbers:
        return numbers[key].replace(".", source.decimal)
    named = source.groups.treated if source.groups is not None else ()
    reasons = source.cohort.reasons if source.cohort is not None else Reasons()
    words = {"person": "P0001", "respondent": "R0001", "unit": "A", "item": "1", "reason": reasons.moved[0]}
    return words.get(key) or (named[0] if named else "treated")


def _exposure(source: DataSource) -> str:
    if source.shape == "panel":
        return "0.083" if source.per == "person_year" else "1"
    return "12.5" if source.per == "person_year" else "1200" if source.per == "inhabitant" else "120"


def _lacks(project: Project, benefit: Benefit, source: DataSource | None) -> Iterator[Lack]:
    said = source.request if source is not None else None
    method, indicator, group = benefit.method, benefit.indicator, project.patient_group
    if project.go_live is None and (source is None or source.period is None):
        yield "start"
    target = benefit.hypothesis.target_group if benefit.hypothesis is not None else None
    if not (said and said.population) and not (group and group.description) and target is None:
        yield "population"
    if method is not None and method.id in BESIDE and method.compare_with is None:
        yield "comparison"
    for name in ("legal_basis", "sender", "recipient", "delivery"):
        if said is None or getattr(said, name) is None:
            yield name
    if method is None:
        yield "method"
    if indicator is not None and indicator.unit == "share" and not (indicator.numerator and indicator.denominator):
        yield "fraction"


def _followed(benefit: Benefit, source: DataSource | None, shape: Shape) -> bool:
    if shape not in {"panel", "events"} or (benefit.method is not None and benefit.method.id == TIMED):
        return False
    return (source.per if source is not None else _per(benefit)) in _OF_PERSONS


def _otherwise(benefit: Benefit, shape: Shape, *, followed: bool) -> Iterator[Otherwise]:
    if benefit.method is not None and benefit.method.id in BESIDE:
        yield "comparison"
    if benefit.method is not None and benefit.method.id == TIMED:
        yield "timed"
        return
    if followed:
        yield "persons"
        yield "ended"
    if shape == "responses":
        yield "answers"
    else:
        yield "exposure"
        yield "shorter"
        yield "small"
