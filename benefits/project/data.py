"""What a project file says about its data: where a table is, how its columns are named, and whom it is about."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from benefits.project.benefit import Period
from benefits.project.fields import AmbiguousNumber, Id, Part, Text
from benefits.vocabulary import Exposure, Shape, Unit

Repeated = Literal["refuse", "keep", "drop"]
Secondary = Literal["only_active"]
DataColumn = Literal[
    "person",
    "unit",
    "group",
    "period",
    "date",
    "count",
    "exposure",
    "start",
    "persons",
    "respondent",
    "wave",
    "item",
    "score",
]
CohortColumn = Literal["person", "group", "unit", "included", "observed_from", "ended", "reason"]
PopulationColumn = Literal["unit", "period", "exposure"]
Mark = Annotated[str, Field(min_length=1, max_length=1)]


def _as_text(value: Any) -> Any:
    """A whole number or a date as the text it is in a file; anything else as it stands."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if type(value) is int else value


def _bound(value: Any) -> float | date:
    if isinstance(value, AmbiguousNumber):
        first, second = value.readings
        raise PydanticCustomError("ambiguous_number", "two readings", {"first": first, "second": second})
    if isinstance(value, date) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError("bound_type", "number or date expected", {})


Word = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "integer"}]}),
]
"""A value as it stands in a file; a whole number may be written without quotes."""
Bound = Annotated[
    float | datetime.date,
    PlainValidator(_bound),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]


class Filter(Part):
    """Which rows of a table are used: those whose value in a column is one of some, is none of some, or lies between.

    Values are compared as they are written in the file; bounds as numbers, or as dates.
    """

    column: Annotated[str, Field(min_length=1)]
    one_of: tuple[Word, ...] = ()
    not_one_of: tuple[Word, ...] = ()
    at_least: Bound | None = None
    at_most: Bound | None = None


class Table(Part):
    """Where a table is (a file, or a table in a database), how it is written, and which of its rows are used."""

    file: Annotated[str, Field(min_length=1)] | None = None
    sheet: Annotated[str, Field(min_length=1)] | None = None
    database: Annotated[str, Field(min_length=1)] | None = None
    table: Annotated[str, Field(min_length=1)] | None = None
    delimiter: Mark = ";"
    decimal: Literal[",", "."] = ","
    thousands: Mark | None = None
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    pseudonym: bool = False
    filters: tuple[Filter, ...] = ()

    @property
    def origin(self) -> str:
        """Where it is, in a word: the file, or the table in a database; never the address of one.

        Examples
        --------
        >>> Table(database="postgresql://user@host/base", table="innleggelser").origin
        'innleggelser'
        """
        return self.file or self.table or ""


class Reasons(Part):
    """The words a file uses for why somebody ended."""

    died: tuple[Word, ...] = ("died",)
    moved: tuple[Word, ...] = ("moved",)
    stopped: tuple[Word, ...] = ("stopped",)


class Cohort(Table):
    """Everyone included, also those who stop: one row per person.

    Death and moving end a person's observation, whichever group; stopping does not. Without a column ``observed_from``
    everyone is taken to be observed ``history_months`` before inclusion.
    """

    columns: dict[CohortColumn, str]
    history_months: Annotated[int, Field(ge=1, le=120)] = 12
    reasons: Reasons = Reasons()


class Population(Table):
    """How many the events of each unit and period can have happened to."""

    columns: dict[PopulationColumn, str]


class CodingBreak(Part):
    """A date from which the same thing is recorded in another way."""

    date: date
    title: Text


class GroupNames(Part):
    """Which values of the column group, else of unit, are the treated and the comparison."""

    treated: tuple[Word, ...] = ()
    comparison: tuple[Word, ...] = ()


class DataRequest(Part):
    """What must be agreed with whoever is to pull the data."""

    population: Text | None = None
    legal_basis: Text | None = None
    delivery: date | None = None
    recipient: Text | None = None
    sender: Text | None = None
    note: Text | None = None


class DataSource(Table):
    """Data of one shape: where they are, how their columns are named, and where and when they were drawn."""

    id: Id
    title: Text | None = None
    shape: Shape
    columns: dict[DataColumn, str]
    period: Period | None = None
    groups: GroupNames | None = None
    cohort: Cohort | None = None
    population: Population | None = None
    secondary: Secondary | None = None
    repeated: Repeated | None = None
    unit: Unit | None = None
    per: Exposure = "person_year"
    breaks: tuple[CodingBreak, ...] = ()
    pools: dict[str, str] = {}
    source: Text | None = None
    extracted: date | None = None
    request: DataRequest | None = None

    @property
    def tables(self) -> tuple[tuple[tuple[str, ...], Table], ...]:
        """Every table the source rests on, with the keys it is under: its own, the cohort's and the population's."""
        others = (("cohort", self.cohort), ("population", self.population))
        return (((), self), *(((name,), table) for name, table in others if table is not None))
