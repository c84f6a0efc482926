"""What differs between a report and an earlier one of the same project: inputs, numbers, verdicts and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from benefits.errors import Gap
from benefits.results.deviations import Deviation

FileFate = Literal["changed", "new", "gone"]
FATES: tuple[FileFate, ...] = get_args(FileFate)
Cause = Literal[
    "observed",
    "without",
    "years",
    "volume",
    "exposure",
    "ramp",
    "carried",
    "expected_events",
    "effect",
    "per_event",
    "unit_cost",
    "cash_share",
    "realisation_share",
    "action",
    "refill_share",
    "pool",
    "time_per_patient",
    "cost",
    "cash",
    "transfer",
    "received",
    "income",
    "part.fixed",
    "part.per_patient_month",
    "part.equipment",
    "part.used_capacity",
    "part.idle_capacity",
    "part.step",
    "part.start",
    "part.end",
    "part.vat",
    "part.other_service",
    "part.other_service_idle",
    "rest",
]
"""What may move a number; those of an item are of each of its items apart."""
CAUSES: tuple[Cause, ...] = get_args(Cause)
NoBridge = Literal["new", "gone", "hidden", "method", "unit", "price_year", "year", "no_parts"]
NO_BRIDGE: tuple[NoBridge, ...] = get_args(NoBridge)
"""Why a number that moved is not taken apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file the reports rest on that is another, was not there, or is not there any more."""

    file: str
    fate: FileFate


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """Data that are known to another day than they were; None for data there were, or are, none of."""

    data: str
    old: date | None
    new: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """A number the results rest on that moved, or is from another source; ids of Values, empty where there is none."""

    id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of a bridge: what moved the number, of which item, and the Value id of how much."""

    cause: Cause
    value: str
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A figure of page one then and now, and what made it move.

    Attributes
    ----------
    code, benefit, actor
        Of the figure, as in Headline.
    old, new
        Value ids; empty where the figure is new, or gone.
    parts
        Lines that make the difference together; none where it is not taken apart.
    start, end, difference
        Value ids of the ends of the table and of what lies between them; empty without parts.
    reason
        Why it is not taken apart; empty when it is, or when it did not move.
    within
        Whether each of the two lies within the interval of the other; None where they are not measured, or one of them
        has no interval.
    """

    code: str
    benefit: str
    actor: str
    old: str
    new: str
    parts: tuple[Part, ...] = ()
    start: str = ""
    end: str = ""
    difference: str = ""
    reason: NoBridge | Literal[""] = ""
    within: bool | None = None

    @property
    def moved(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.parts or self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """A benefit that was judged otherwise; None where it was not, or is not, judged."""

    benefit: str
    old: str | None
    old_reason: str | None
    new: str | None
    new_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs from an earlier report.

    Attributes
    ----------
    as_of
        The date of the earlier report; None when there is none in the folder that was named.
    file, sha256
        What the earlier report is called among the inputs, and the fingerprint of its file.
    plan_known
        Whether the earlier file tells of its plan; files made before there were comparisons do not.
    plan
        What differs in the plan: method, options, target, dates of verdict, whom the data are of.
    freeze, price_year
        Then and now, where they differ; else None.
    uptake
        Numbers of the service's ledger that differ, by field: from its last row then and now.
    bridges
        Every figure of page one, then or now; those that stand still have no parts.
    closed, opened
        What the plan lacked then, and what it lacks now.
    titles
        What was called what, by id, as mappings of languages: for what is not there any more.
    """

    as_of: date | None = None
    file: str = ""
    sha256: str = ""
    files: tuple[FileChange, ...] = ()
    known: tuple[KnownChange, ...] = ()
    plan_known: bool = True
    plan: tuple[Deviation, ...] = ()
    freeze: tuple[date | None, date | None] | None = None
    price_year: tuple[int | None, int | None] | None = None
    numbers: tuple[NumberChange, ...] = ()
    uptake: tuple[NumberChange, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()
    closed: tuple[Gap, ...] = ()
    opened: tuple[Gap, ...] = ()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def moved(self) -> tuple[Bridge, ...]:
        """The figures that moved."""
        return tuple(one for one in self.bridges if one.moved)

    @property
    def inputs_changed(self) -> bool:
        """Whether anything the results rest on differs."""
        return bool(self.files or self.known or self.plan or self.freeze or self.price_year or self.numbers)

    @property
    def changed(self) -> bool:
        """Whether anything differs at all."""
        return bool(self.inputs_changed or self.uptake or self.moved or self.verdicts or self.closed or self.opened)
