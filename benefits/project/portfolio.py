"""A portfolio: its own file, the table it may have beside it, what a source printed about that table, its projects."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from benefits.project.fields import Id, Line, NotNegative, Part, Text
from benefits.vocabulary import HealthRegion, Language, Phase

RegistryColumn = Literal[
    "project", "other_name", "round", "owner", "hours", "phase_start", "phase_end", "health_region", "dho"
]
"""What a column of the table may hold; ``dho`` tells whether the project is digital home follow-up."""

Figure = Literal["rows", "share_of_rows", "hours", "least_hours", "most_hours"]
"""What of the table a printed figure is held against."""


class RegistrySource(Part):
    """Where the table was printed."""

    title: Text
    published: datetime.date | None = None
    address: Line | None = None
    where: Text | None = None


class Selection(Part):
    """Which rows of the table a printed figure is about; blank: all of them.

    Rows in which something that is selected on was not printed are outside the selection and outside its whole.
    """

    round: Line | None = None
    health_region: HealthRegion | None = None
    dho: bool | None = None
    hours_below: NotNegative | None = None
    hours_from: NotNegative | None = None
    hours_to: NotNegative | None = None
    hours_above: NotNegative | None = None

    @property
    def on_hours(self) -> bool:
        """Whether rows are chosen by their hours."""
        limits = (self.hours_below, self.hours_from, self.hours_to, self.hours_above)
        return any(limit is not None for limit in limits)


class Statement(Part):
    """One place in the source: its words, the number among them, and how near the table must come to agree."""

    where: Text
    words: Line | None = None
    value: NotNegative | None = None
    within: NotNegative = 0.0


class Printed(Part):
    """Something the source says, once or in several places; with a figure it is held against the table."""

    id: Id
    title: Text
    figure: Figure | None = None
    of: Selection = Selection()
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]
    note: Text | None = None


class Registry(Part):
    """A table of projects as a source printed it: the file, its columns, and the words it uses for ours.

    An empty cell was not printed, which is not zero and not no.
    """

    title: Text | None = None
    file: Line
    columns: dict[RegistryColumn, Line]
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ";"
    decimal: Literal[",", "."] = ","
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    language: Language = "nb"
    phases: dict[Line, Phase] = {}
    health_regions: dict[Line, HealthRegion] = {}
    truths: dict[Line, bool] = {}
    source: RegistrySource | None = None
    notes: tuple[Text, ...] = ()
    printed: tuple[Printed, ...] = ()


class Portfolio(Part):
    """Projects seen together, as a portfolio file says it. All but format, id and title may be blank.

    Examples
    --------
    >>> Portfolio(format=1, id="helse-vest", title=Text(nb="Helse Vest"), languages=("nn",)).first_language
    'nn'
    """

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Text
    constructed: bool = False
    summary: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("nb",)
    as_of: datetime.date | None = None
    registry: Registry | None = None
    projects: tuple[Line, ...] = ()
    notes: Text | None = None

    @property
    def first_language(self) -> Language:
        """The language plain texts are in."""
        return self.languages[0]
