"""A portfolio assessed: its projects as they stand, its table, and what may be added up; one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from benefits.errors import Gap, Problem
from benefits.project import Portfolio, Project
from benefits.project.portfolio import Printed
from benefits.results.model import Claim
from benefits.results.portfolio.registry import RegistryRow
from benefits.results.values import Value
from benefits.vocabulary import Audience, Basis, Grade

DatedBy = Literal["option", "portfolio", "projects"]
"""Who decided the date: the one who asked, the portfolio file, or the projects, each at its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEffect:
    """A measured effect: of which benefit, by which method, its grade, its Value id, and whether it holds zero."""

    benefit: str
    method: str
    grade: Grade
    value: str
    holds_no_effect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Detectable:
    """The smallest change a benefit's volume can show, beside the change hoped for, as Value ids.

    ``shown`` tells whether the change hoped for can be shown; None when none is stated.
    """

    benefit: str
    smallest: str
    hoped: str | None
    shown: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of a project that a sum may take: what it is of, its basis and its Value id."""

    code: str
    item: str
    basis: Basis
    value: str
    illustration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One project of a portfolio, assessed; small enough that hundreds can be held.

    Attributes
    ----------
    project
        The validated project.
    file
        The project file, as it is named in the report.
    as_of
        The date it was assessed at.
    files
        File -> sha256, relative to the project file's folder.
    gaps
        What its plan lacks, heaviest first.
    claims
        What must not be concluded from it.
    prices
        Service id -> Value id of its price.
    """

    project: Project
    file: str
    as_of: date
    files: Mapping[str, str]
    gaps: tuple[Gap, ...]
    claims: tuple[Claim, ...]
    effects: tuple[MemberEffect, ...]
    detectable: tuple[Detectable, ...]
    prices: Mapping[str, str]
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A project file that cannot be used, with every problem; or one that may be right, but met a fault of ours.

    Attributes
    ----------
    by_its_file
        Whether it is the file, or its data, that must be corrected.
    """

    file: str
    problems: tuple[Problem, ...]
    by_its_file: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum over projects of one code and basis (for kroner: of one price year), and the projects it is made of."""

    code: str
    basis: Basis
    value: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What sums of a code do not hold, and why: the projects it concerns."""

    code: str
    reason: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonGap:
    """A lack that projects share: the projects that have it."""

    code: str
    weight: int
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A printed statement beside the table: Value ids, and whether they agree (None: nothing to hold it against)."""

    printed: Printed
    statements: tuple[str | None, ...]
    table: str | None
    agree: tuple[bool | None, ...]

    @property
    def differs(self) -> bool:
        """Whether any statement with a number is not what the table gives."""
        return any(one is False for one in self.agree)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioHeadline:
    """A figure for page one: a sum over projects, or the effect of a benefit of one project."""

    code: str
    value: str
    project: str
    benefit: str
    kinds: frozenset[str] = frozenset({"portfolio"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioResults:
    """Everything known about a portfolio at one date.

    Attributes
    ----------
    portfolio
        As its file says it, or made for projects that were only named.
    named
        Whether the portfolio has a title of its own, or is only some projects put together.
    as_of, dated_by
        The date of the report, and who decided it.
    members, unusable
        The projects that could be assessed, and those that could not.
    rows, held
        The table as printed, and what the source says about it.
    values
        Every number a report may show, by id.
    files
        File -> sha256.
    references
        The day of the set of reference values asked for; None: as each project file chooses.
    """

    portfolio: Portfolio
    named: bool
    as_of: date
    dated_by: DatedBy
    audience: Audience
    members: tuple[Member, ...]
    unusable: tuple[Unusable, ...]
    rows: tuple[RegistryRow, ...]
    held: tuple[Held, ...]
    sums: tuple[Sum, ...]
    left_out: tuple[LeftOut, ...]
    common_gaps: tuple[CommonGap, ...]
    headlines: tuple[PortfolioHeadline, ...]
    values: Mapping[str, Value]
    files: Mapping[str, str]
    references: date | None = None

    @property
    def project(self) -> Portfolio:
        """What stands where a report of one project has that project: id, title, languages."""
        return self.portfolio

    def member(self, id: str) -> Member:
        """Return the project with this id.

        Raises
        ------
        KeyError
            When no project of the portfolio has it.
        """
        for one in self.members:
            if one.project.id == id:
                return one
        raise KeyError(id)
