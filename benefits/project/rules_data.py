"""Rules on what is said of data: keys that fit the shape, filters that choose, groups and cohorts that can be made."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from benefits.project.data import DataSource, Table
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc

PERSON_TIME: Mapping[str, int] = MappingProxyType({"person_year": 12, "person_month": 1})
"""Exposures a cohort can give, with their months."""
WORKBOOKS = (".xlsx", ".xlsm")
_COHORT = "cohort"
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "series": ("period", "count", "exposure"),
    "panel": ("person", "period", "count", "exposure"),
    "events": ("date",),
    "responses": ("respondent", "wave", "item", "score"),
    "panel cohort": ("person", "period", "count"),
    "events cohort": ("person", "date"),
}
_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "series": ("unit", "group", "start", "persons"),
    "panel": ("unit", "group", "start"),
    "events": ("person", "unit", "group", "count"),
    "responses": ("group",),
    "panel cohort": (),
    "events cohort": ("count",),
}


def columns_of(source: DataSource) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns a source must name, and those it may.

    Examples
    --------
    >>> source = DataSource(id="npr", file="npr.csv", shape="series", columns={}, per="none")
    >>> columns_of(source)
    (('period', 'count'), ('unit', 'group', 'start', 'persons', 'exposure'))
    """
    name = f"{source.shape} {_COHORT}" if source.cohort and source.shape in ("events", "panel") else source.shape
    required, optional = list(_REQUIRED[name]), list(_OPTIONAL[name])
    if source.shape == "series" and source.per == "none":
        # A count that is per nothing is the count of the period itself.
        required.remove("exposure")
        optional.append("exposure")
    if source.period is not None and source.shape == "series" and "period" not in source.columns:
        required.remove("period")
    return tuple(required), tuple(optional)


def columns_missing(project: Project) -> Iterator[Broken]:
    """A data source names the columns its shape needs, and so do its cohort and its population."""
    for loc, source in _sources(project):
        needed: list[tuple[Loc, str, tuple[str, ...], set[str]]] = [
            ((), source.shape, columns_of(source)[0], set(source.columns))
        ]
        if source.cohort:
            ended = ("reason",) if "ended" in source.cohort.columns else ()
            needed.append((("cohort",), "cohort", ("person", "included", *ended), set(source.cohort.columns)))
        if source.population:
            needed.append((("population",), "population", ("period", "exposure"), set(source.population.columns)))
        for inside, shape, wanted, has in needed:
            lacking = [column for column in wanted if column not in has]
            if lacking:
                there = (*loc, *inside, "columns")
                parameters = {"columns": ", ".join(lacking), "shape": shape}
                needs = (there, (*loc, "period"), (*loc, "per"), (*loc, "groups"), (*loc, "cohort"))
                yield Broken(loc=there, code="columns_missing", parameters=parameters, needs=needs)


def data_key_unused(project: Project) -> Iterator[Broken]:
    """Nothing is said of data that the shape has no use for."""
    for loc, source in _sources(project):
        needs = ((*loc, "cohort"), (*loc, "shape"))
        for name in source.columns:
            if not any(name in known for known in columns_of(source)):
                yield Broken(
                    loc=(*loc, "columns", name), code="data_key_unused", parameters={"key": str(name)}, needs=needs
                )
        for key in _unused(source):
            yield Broken(loc=(*loc, key), code="data_key_unused", parameters={"key": key}, needs=needs)
        for inside, table in source.tables:
            for key in _unused_of(table):
                yield Broken(loc=(*loc, *inside, key), code="data_key_unused", parameters={"key": key})


def _unused(source: DataSource) -> Iterator[str]:
    if source.cohort and source.shape not in ("events", "panel"):
        yield "cohort"
    if source.population and (source.shape != "events" or source.cohort):
        yield "population"
    if source.repeated == "keep" and source.shape != "events":
        yield "repeated"
    if source.period and source.shape in ("panel", "responses"):
        yield "period"


def _unused_of(table: Table) -> Iterator[str]:
    if table.table and table.file and not table.database:
        yield "table"
    workbook = table.file is not None and PurePosixPath(table.file.lower()).suffix in WORKBOOKS
    if table.sheet and not workbook:
        yield "sheet"


def file_or_database(project: Project) -> Iterator[Broken]:
    """A table is in a file or in a database, not in both."""
    for loc, table in _tables(project):
        if (table.file is None) == (table.database is None):
            yield Broken(loc=loc, code="file_or_database", needs=((*loc, "file"), (*loc, "database")))


def table_missing(project: Project) -> Iterator[Broken]:
    """In a database the table is named."""
    for loc, table in _tables(project):
        if table.database and not table.table:
            yield Broken(loc=(*loc, "table"), code="table_missing", needs=((*loc, "table"),))


def database_with_password(project: Project) -> Iterator[Broken]:
    """A password is never written in a project file; its line is named, not what stands there."""
    for loc, table in _tables(project):
        if table.database and _has_password(table.database):
            yield Broken(loc=loc, code="database_with_password")


def _has_password(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.password is not None or "password" in parts.query.lower()
    except ValueError:
        return "@" in address


def thousands_mark(project: Project) -> Iterator[Broken]:
    """The mark between thousands is another than the decimal mark and the one between columns."""
    for loc, table in _tables(project):
        if table.thousands is not None and table.thousands in (table.decimal, table.delimiter):
            yield Broken(loc=(*loc, "thousands"), code="thousands_mark")


def filter_empty(project: Project) -> Iterator[Broken]:
    """A filter says which rows."""
    for loc, table in _tables(project):
        for place, one in enumerate(table.filters):
            if not one.one_of and not one.not_one_of and one.at_least is None and one.at_most is None:
                here = (*loc, "filters", place)
                needs = tuple((*here, key) for key in ("one_of", "not_one_of", "at_least", "at_most"))
                yield Broken(loc=here, code="filter_empty", needs=needs)


def filter_bounds(project: Project) -> Iterator[Broken]:
    """The bounds of a filter are two numbers or two dates, the lowest first."""
    for loc, table in _tables(project):
        for place, one in enumerate(table.filters):
            low, high = one.at_least, one.at_most
            if low is None or high is None:
                continue
            if isinstance(low, datetime.date) and isinstance(high, datetime.date):
                wrong = low > high
            else:
                wrong = isinstance(low, datetime.date) or isinstance(high, datetime.date) or low > high
            if wrong:
                here = (*loc, "filters", place)
                yield Broken(loc=(*here, "at_most"), code="filter_bounds", first=(*here, "at_least"))


def period_said_twice(project: Project) -> Iterator[Broken]:
    """The period of a row is in a column, or it is the same for all of them."""
    for loc, source in _sources(project):
        if source.period and source.shape == "series" and "period" in source.columns:
            yield Broken(loc=(*loc, "columns", "period"), code="period_said_twice", first=(*loc, "period"))


def data_period_backwards(project: Project) -> Iterator[Broken]:
    """The period of a data source ends on or after the day it starts."""
    for loc, source in _sources(project):
        if source.period and source.period.end < source.period.start:
            yield Broken(loc=(*loc, "period", "end"), code="period_backwards", first=(*loc, "period", "start"))


def data_extracted_too_early(project: Project) -> Iterator[Broken]:
    """Data cannot be drawn before the period they describe has ended."""
    for loc, source in _sources(project):
        if source.period and source.extracted and source.extracted < source.period.end:
            yield Broken(loc=(*loc, "extracted"), code="extracted_too_early", first=(*loc, "period", "end"))


def secondary_without_cohort(project: Project) -> Iterator[Broken]:
    """Only a cohort that says who stopped can be looked at without them."""
    for loc, source in _sources(project):
        columns = source.cohort.columns if source.cohort else {}
        if source.secondary and not {"ended", "reason"} <= set(columns):
            here = (*loc, "secondary")
            yield Broken(loc=here, code="secondary_without_cohort", needs=((*loc, "cohort"),))


def cohort_per(project: Project) -> Iterator[Broken]:
    """What a cohort gives is time of persons."""
    for loc, source in _sources(project):
        if source.cohort and source.shape in ("events", "panel") and source.per not in PERSON_TIME:
            parameters = {"per": source.per, "known": ", ".join(PERSON_TIME)}
            yield Broken(loc=(*loc, "per"), code="cohort_per", parameters=parameters)


def events_without_exposure(project: Project) -> Iterator[Broken]:
    """Events are counted per something that is known: time of persons, a population, or nothing."""
    for loc, source in _sources(project):
        if source.shape == "events" and not source.cohort and not source.population and source.per != "none":
            needs = ((*loc, "cohort"), (*loc, "population"), (*loc, "per"))
            yield Broken(loc=loc, code="events_without_exposure", parameters={"per": source.per}, needs=needs)


def group_name_twice(project: Project) -> Iterator[Broken]:
    """A value is in one group."""
    for loc, source in _sources(project):
        if source.groups is None:
            continue
        for place, name in enumerate(source.groups.comparison):
            if name in source.groups.treated:
                here: Loc = (*loc, "groups", "comparison", place)
                yield Broken(loc=here, code="group_name_twice")


def groups_without_column(project: Project) -> Iterator[Broken]:
    """Names are put in groups by a column group or unit, of the cohort where there is one."""
    for loc, source in _sources(project):
        columns = set(source.cohort.columns if source.cohort else source.columns)
        if source.groups is not None and not columns & {"group", "unit"}:
            inside = (*loc, "cohort") if source.cohort else loc
            yield Broken(loc=(*loc, "groups"), code="groups_without_column", needs=((*inside, "columns"),))


def _sources(project: Project) -> Iterator[tuple[Loc, DataSource]]:
    for index, source in enumerate(project.data):
        yield ("data", index), source


def _tables(project: Project) -> Iterator[tuple[Loc, Table]]:
    for loc, source in _sources(project):
        for inside, table in source.tables:
            yield (*loc, *inside), table
