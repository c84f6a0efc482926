"""Read single events: into a panel where there is a cohort, else into counts by month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from benefits.activity.cohort import Members, NobodyObserved, NoneMatch, follow, number_of
from benefits.activity.quality import Finding, last_period_early
from benefits.activity.reading.columns import exposures, periods
from benefits.activity.reading.events import EventRows, event_rows
from benefits.activity.reading.members import Roll, roll_of
from benefits.activity.reading.monthly import every_month, monthly, with_population
from benefits.activity.reading.sources import Extract
from benefits.activity.shapes import Panel, Series
from benefits.activity.tables.opened import Tables, fingerprint_of, left_out, numbers_of
from benefits.activity.tables.relations import Relation
from benefits.activity.tables.texts import refuse_missing_columns
from benefits.errors import InvalidInput, Problem
from benefits.project.data import DataSource, Filter, Population, Repeated
from benefits.project.rules_data import PERSON_TIME
from benefits.vocabulary import GROUPS


def read_events(source: DataSource, *, tables: Tables, whole: bool) -> Extract[Series] | Extract[Panel]:
    """Return the events of a data source as a shape, with everything left out of it.

    Parameters
    ----------
    source
        A data source of the shape events, or a panel with a cohort.
    tables
        The project's tables.
    whole
        Whether counts are of events, and so whole.

    Raises
    ------
    InvalidInput
        With every problem found, those of the cohort and the population included.
    """
    return _followed(source, tables, whole) if source.cohort else _by_month(source, tables, whole)


def _followed(source: DataSource, tables: Tables, whole: bool) -> Extract[Panel]:
    cohort = source.cohort
    assert cohort is not None
    problems: list[Problem] = []
    roll: Roll | None = None
    found: tuple[Finding, ...] = ()
    events: EventRows | None = None
    named = {str(ours): theirs for ours, theirs in cohort.columns.items()}
    try:
        text, filtered = tables.texts(cohort, named)
        roll = roll_of(text, cohort, names=source.groups)
        found = (*filtered, *roll.findings)
    except InvalidInput as mistake:
        problems.extend(mistake.problems)
    try:
        events = _events_of_persons(source, tables, whole)
    except InvalidInput as mistake:
        problems.extend(mistake.problems)
    if problems or roll is None or events is None:
        raise InvalidInput(tuple(problems))
    rows, by_month = events.rows, source.shape == "panel"
    first, last, assumed = _span(source, rows["date"], by_month=by_month)
    inside, outside = _inside(rows, first, last)
    numbered = inside.assign(person=inside["person"].map(roll.number).fillna(-1).astype("int64"))
    members = Members(rows=roll.rows, last=last)
    months_per = PERSON_TIME[source.per]
    try:
        followed = follow(members, numbered, first=first, months_per=months_per, by_month=by_month)
        active = None
        if source.secondary == "only_active":
            active = follow(members, numbered, first=first, months_per=months_per, by_month=by_month, only_active=True)
    except NobodyObserved:
        raise InvalidInput((Problem(place=cohort.origin, code="nobody_observed"),)) from None
    except NoneMatch:
        raise InvalidInput((Problem(place=source.origin, code="cohort_does_not_match"),)) from None
    early = () if by_month else tuple(last_period_early(inside["date"]))
    flagged = tuple(one for one in active.findings if one.code == "only_active") if active else ()
    own = fingerprint_of(tables.open(source, _columns(source)))
    return Extract(
        shape=followed.panel,
        sha256=own,
        rows=number_of(rows),
        files={source.origin: own, cohort.origin: fingerprint_of(tables.open(cohort, named))},
        findings=(*found, *events.findings, *outside, *assumed, *followed.findings, *flagged, *early),
        members=members,
        secondary=active.panel if active else None,
    )


def _events_of_persons(source: DataSource, tables: Tables, whole: bool) -> EventRows:
    columns = _columns(source)
    opened = tables.open(source, columns)
    if isinstance(opened, Relation) and "date" in columns and _repeated(source) != "drop":
        rows = opened.daily(columns, source.filters)
        return EventRows(rows=rows, findings=(*left_out(opened, source), *_repetitions(opened, source)))
    text, filtered = tables.texts(source, columns)
    read = event_rows(
        text,
        columns=columns,
        numbers=numbers_of(source),
        whole=whole,
        repeated=_repeated(source),
        names=None,
        require_person=True,
    )
    return EventRows(rows=read.rows, findings=(*filtered, *read.findings))


def _by_month(source: DataSource, tables: Tables, whole: bool) -> Extract[Series]:
    columns = _columns(source)
    opened = tables.open(source, columns)
    early: tuple[Finding, ...] = ()
    if isinstance(opened, Relation) and _repeated(source) != "drop":
        sums, found = _asked_by_month(opened, source)
        days = sums["period"]
        first, last, assumed = _span(source, days, by_month=True)
    else:
        text, filtered = tables.texts(source, columns)
        read = event_rows(
            text,
            columns=columns,
            numbers=numbers_of(source),
            whole=whole,
            repeated=_repeated(source),
            names=source.groups,
            require_person=False,
        )
        first, last, assumed = _span(source, read.rows["date"])
        inside, outside = _inside(read.rows, first, last)
        if inside.empty:
            raise InvalidInput((Problem(place=source.origin, code="nothing_left"),))
        sums, found = monthly(inside), (*filtered, *read.findings, *outside)
        early = tuple(last_period_early(inside["date"]))
    rows = every_month(sums, first=pd.Timestamp(first), last=pd.Timestamp(last))
    persons = rows[["period", "unit", "group", "persons"]] if "persons" in rows else None
    files: dict[str, str] = {}
    carried: tuple[Finding, ...] = ()
    if source.population:
        people, filtered = _population(source.population, tables)
        rows, carried = with_population(
            rows, people, months_per=PERSON_TIME.get(source.per), place=source.population.origin
        )
        carried = (*filtered, *carried)
        theirs = {str(ours): name for ours, name in source.population.columns.items()}
        files[source.population.origin] = fingerprint_of(tables.open(source.population, theirs))
    else:
        rows = rows.assign(exposure=1.0)
    own = fingerprint_of(opened)
    return Extract(
        shape=Series(rows),
        sha256=own,
        rows=number_of(sums),
        files={source.origin: own, **files},
        findings=(*found, *carried, *assumed, *early),
        persons=persons,
    )


def _asked_by_month(relation: Relation, source: DataSource) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Sums by month from an engine; values put in groups, and the period asked about, are filters there."""
    columns = _columns(source)
    filters = [*source.filters, *_period_filter(source)]
    found = [*left_out(relation, source), *_repetitions(relation, source)]
    if source.period:
        _, counts = relation.excluded(_period_filter(source))
        if counts[0]:
            found.append(Finding(code="events_outside_period", parameters={"count": counts[0]}))
    if source.groups is None:
        sums = relation.monthly(columns, filters)
        _refuse_unknown_groups(sums["group"], source)
        return sums, tuple(found)
    by = columns.get("group", columns.get("unit", ""))
    without = {ours: theirs for ours, theirs in columns.items() if ours != "group"}
    parts = []
    for group, names in (("treated", source.groups.treated), ("comparison", source.groups.comparison)):
        if names:
            part = relation.monthly(without, [*filters, Filter(column=by, one_of=names)])
            parts.append(part.assign(group=group))
    every = Filter(column=by, one_of=(*source.groups.treated, *source.groups.comparison))
    _, counts = relation.excluded([every])
    if counts[0]:
        found.append(Finding(code="filtered_out", parameters={"count": counts[0], "column": by}))
    return pd.concat(parts, ignore_index=True), tuple(found)


def _refuse_unknown_groups(group: pd.Series, source: DataSource) -> None:
    unknown = sorted(set(group.unique()) - set(GROUPS))
    if unknown:
        parameters = {"column": source.columns["group"], "known": ", ".join(GROUPS)}
        raise InvalidInput(
            tuple(
                Problem(place=source.origin, code="unknown_group", value=str(one), parameters=parameters)
                for one in unknown
            )
        )


def _period_filter(source: DataSource) -> list[Filter]:
    if source.period is None:
        return []
    column = source.columns["date"]
    return [Filter(column=column, at_least=source.period.start, at_most=source.period.end)]


def _repetitions(relation: Relation, source: DataSource) -> Iterator[Finding]:
    """Whole repetitions in a table that is asked in SQL, over all its columns."""
    count = relation.repeated({name: name for name in relation.kinds}, source.filters)
    if count and _repeated(source) == "refuse":
        raise InvalidInput((Problem(place=source.origin, code="repeated_rows", parameters={"count": count}),))
    if count:
        yield Finding(code="repeated_rows_kept", parameters={"count": count})


def _population(population: Population, tables: Tables) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    columns = {str(ours): theirs for ours, theirs in population.columns.items()}
    text, filtered = tables.texts(population, columns)
    refuse_missing_columns(text, columns, tuple(columns))
    problems = text.row_problems()
    rows = pd.DataFrame(index=text.table.index)
    rows["unit"] = text.table[columns["unit"]] if "unit" in columns else ""
    for name in ("period", "exposure"):
        column = text.table[columns[name]]
        empty = column == ""
        problems.add_all(column.index[empty], "empty_cell", column=columns[name])
        filled = column.mask(empty)
        if name == "period":
            # A year alone is the population of that year.
            filled = filled.where(~filled.str.fullmatch(r"(?:19|20|21)\d\d", na=False), filled + "-01")
            rows[name] = periods(filled.rename(columns[name]), problems)
        else:
            rows[name] = exposures(filled, numbers_of(population), problems)
    for line in rows.index[rows.duplicated(["unit", "period"]) & rows["period"].notna()]:
        same = (rows["unit"] == rows["unit"][line]) & (rows["period"] == rows["period"][line])
        problems.add(int(line), "repeated_row", first=int(rows.index[same][0]))
    if problems.found:
        raise InvalidInput(problems.listed())
    if rows.empty:
        raise InvalidInput((Problem(place=text.file, code="no_rows"),))
    return rows, filtered


def _columns(source: DataSource) -> dict[str, str]:
    return {str(ours): theirs for ours, theirs in source.columns.items()}


def _repeated(source: DataSource) -> Repeated:
    """What is done with whole repetitions: two events of a person on a day may well be alike, two counts may not."""
    return source.repeated or ("keep" if source.shape == "events" else "refuse")


def _span(source: DataSource, days: pd.Series, *, by_month: bool = False) -> tuple[date, date, tuple[Finding, ...]]:
    """First and last day of the data: as the project file says, else whole months around the events.

    The last day is not after the day before extraction.
    """
    if source.period:
        return source.period.start, source.period.end, ()
    first = days.min().date().replace(day=1)
    last = days.max().date()
    last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    if source.extracted and not by_month:
        last = max(days.max().date(), min(last, source.extracted - timedelta(days=1)))
    parameters = {"first": first.isoformat(), "last": last.isoformat()}
    return first, last, (Finding(code="span_assumed", parameters=parameters),)


def _inside(rows: pd.DataFrame, first: date, last: date) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    inside = (rows["date"] >= pd.Timestamp(first)) & (rows["date"] <= pd.Timestamp(last))
    out = int((~inside).sum())
    found = (Finding(code="events_outside_period", parameters={"count": out}),) if out else ()
    return rows[inside], found
