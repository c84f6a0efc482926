"""The project: everything a project file may say, as one frozen object."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from benefits.project.arena import Arena
from benefits.project.benefit import Benefit
from benefits.project.data import DataSource
from benefits.project.fields import ByYear, Code, Id, NotNegative, Part, Text, Year
from benefits.project.money import Assumption, Cost, Financing
from benefits.project.service import Resource, Service
from benefits.project.study import Study
from benefits.project.uncertainty import Correlated
from benefits.project.valuation import AffectedGroup, NewActivity, Pool, PresentValue, Valuation
from benefits.vocabulary import (
    ActorKind,
    Anchoring,
    Condition,
    DecisionState,
    HealthRegion,
    InnovationType,
    ItemState,
    Language,
    Level,
    PatientCategory,
    Phase,
    Profession,
    Theme,
)


class Actor(Part):
    """Somebody who pays, gains or acts. A kommune, a helseforetak (hf) and an RHF are different actors."""

    id: Id
    kind: ActorKind
    name: Text
    code: Code | None = None


class ProjectOwner(Part):
    """Which actor owns the project, and in which role."""

    actor: Id | None = None
    role: Text | None = None


class PatientGroup(Part):
    """Whom the project is for, and how many are expected in the service, as a mean over each year."""

    category: PatientCategory
    conditions: tuple[Condition, ...] = ()
    description: Text | None = None
    volume: ByYear = {}


class Event(Part):
    """Something else that happened at the same time and may explain a change."""

    date: date
    title: Text
    effect: Text | None = None


class AbnormalPeriod(Part):
    """A time that was not as others, and that no baseline should rest on: a pandemic, a strike."""

    start: date
    end: date
    title: Text


class UnexpectedEffect(Part):
    """Something the project brought that no gevinst foresaw, good or bad, and what is done about it."""

    date: date
    title: Text
    harmful: bool = False
    benefit: Id | None = None
    actor: Id | None = None
    response: Text | None = None


class MilestoneDates(Part):
    """When a milestone is to be reached, and when it was."""

    due: date | None = None
    reached: date | None = None

    @property
    def items(self) -> dict[str, ItemState | None]:
        """The state of each item of the milestone, in order; None where it is blank."""
        names = [name for name in type(self).model_fields if name not in MilestoneDates.model_fields]
        return {name: getattr(self, name) for name in names}


class Milestone1(MilestoneDates):
    """Milepæl 1 of the DHO plan: clarify needs."""

    stakeholders_mapped: ItemState | None = None
    risk_assessment: ItemState | None = None
    statistics: ItemState | None = None
    interviews: ItemState | None = None
    common_goal: ItemState | None = None
    target_group: ItemState | None = None
    benefit_for_patients: ItemState | None = None
    benefit_for_service: ItemState | None = None
    benefit_plan: ItemState | None = None


class Milestone2(MilestoneDates):
    """Milepæl 2 of the DHO plan: design the service."""

    current_journey: ItemState | None = None
    new_journey: ItemState | None = None
    organisation: ItemState | None = None
    routines_and_responsibility: ItemState | None = None
    procurement: ItemState | None = None
    pilot_start: ItemState | None = None


class Milestone3(MilestoneDates):
    """Milepæl 3 of the DHO plan: a whole service model."""

    service_model: ItemState | None = None
    roles_and_tasks: ItemState | None = None
    privacy_and_security: ItemState | None = None


class Milestones(Part):
    """The milestone plan shared by the DHO projects, with its items."""

    m1: Milestone1 = Milestone1()
    m2: Milestone2 = Milestone2()
    m3: Milestone3 = Milestone3()


class Stakeholder(Part):
    """Somebody with an interest in the project, and how well the project is anchored there."""

    name: Text
    interest: Text | None = None
    anchoring: Anchoring | None = None
    action: Text | None = None


class Participation(Part):
    """How patients, relatives and staff took part."""

    patients: Text | None = None
    relatives: Text | None = None
    staff: Text | None = None


class Risk(Part):
    """Something that may go wrong, how likely and how bad, and what is done about it."""

    title: Text
    likelihood: Level | None = None
    consequence: Level | None = None
    response: Text | None = None
    responsible: Text | None = None


class LedgerRow(Part):
    """What happened in the service up to a date.

    Invited, accepted, started and ended are of all up to the date, active are those of the date itself. Of those
    ended: who completed, fell out, died, or ended for another reason. ``patient_months``, ``alerts``, ``minutes`` of
    follow-up by staff, and ``cost`` in kroner of the year they were paid are of the time since the row before; in the
    first row since the start.
    """

    date: date
    invited: Annotated[int, Field(ge=0)] | None = None
    accepted: Annotated[int, Field(ge=0)] | None = None
    started: Annotated[int, Field(ge=0)] | None = None
    active: Annotated[int, Field(ge=0)] | None = None
    ended: Annotated[int, Field(ge=0)] | None = None
    completed: Annotated[int, Field(ge=0)] | None = None
    fell_out: Annotated[int, Field(ge=0)] | None = None
    died: Annotated[int, Field(ge=0)] | None = None
    other_reason: Annotated[int, Field(ge=0)] | None = None
    patient_months: NotNegative | None = None
    alerts: Annotated[int, Field(ge=0)] | None = None
    minutes: NotNegative | None = None
    cost: NotNegative | None = None
    units: Annotated[int, Field(ge=0)] | None = None
    source: Text | None = None


class ReferenceChoice(Part):
    """Which reference values the project uses.

    ``date`` pins the set of that date, so that a later value never changes an old report silently. ``files`` hold own
    values, in the format ``benefits reference import`` writes; one with the id of a shipped value goes before it.
    ``price_index`` is the reference value by which kroner of other years are brought to the project's price year, and
    ``real_growth`` the one that values of time, life and health grow by.
    """

    date: datetime.date | None = None
    files: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    price_index: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    real_growth: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None


class Decision(Part):
    """A decision asked of the steering group, or made by it."""

    title: Text
    by: Text | None = None
    due: date | None = None
    state: DecisionState = "asked"


class Project(Part):
    """One innovation project, as its project file says it. Nearly everything may be blank.

    Examples
    --------
    >>> project = Project(format=1, id="dho-vik", title=Text(nb="DHO i Vik"), languages=("nb",))
    >>> project.years
    ()
    """

    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Text
    constructed: bool = False
    summary: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("nb",)
    owner: ProjectOwner | None = None
    health_region: HealthRegion | None = None
    actors: tuple[Actor, ...] = ()
    phase: Phase | None = None
    patient_group: PatientGroup | None = None
    theme: Theme | None = None
    innovation_type: InnovationType | None = None
    go_live: date | None = None
    ends: date | None = None
    light: bool = False
    as_of: date | None = None
    horizon_years: Annotated[int, Field(ge=1, le=40)] = 5
    price_year: Year | None = None
    null_alternative: Text | None = None
    events: tuple[Event, ...] = ()
    abnormal_periods: tuple[AbnormalPeriod, ...] = ()
    milestones: Milestones | None = None
    stakeholders: tuple[Stakeholder, ...] = ()
    participation: Participation | None = None
    risks: tuple[Risk, ...] = ()
    costs: tuple[Cost, ...] = ()
    financing: Financing | None = None
    shared_resources: tuple[Resource, ...] = ()
    services: tuple[Service, ...] = ()
    test_arenas: tuple[Arena, ...] = ()
    data: tuple[DataSource, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    ledger_file: Annotated[str, Field(min_length=1)] | None = None
    studies: tuple[Study, ...] = ()
    assumptions: dict[Id, Assumption] = {}
    correlated: tuple[Correlated, ...] = ()
    full_time_years: dict[Profession, Id] = {}
    reference: ReferenceChoice | None = None
    present_value: PresentValue | None = None
    pools: tuple[Pool, ...] = ()
    new_activity: tuple[NewActivity, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    main_indicator: Id | None = None
    unexpected_effects: tuple[UnexpectedEffect, ...] = ()
    affected_groups: tuple[AffectedGroup, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: Text | None = None

    @property
    def first_language(self) -> Language:
        """The language plain texts are in."""
        return self.languages[0]

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the analysis: from go-live (or the first cost or grant before it) to the horizon.

        Empty when the date of go-live is not set.
        """
        if self.go_live is None:
            return ()
        granted = [year for source in self.financing.sources for year in source.amounts] if self.financing else []
        spent = [cost.first_year for cost in self.costs if cost.first_year is not None]
        first = min([self.go_live.year, *granted, *spent])
        return tuple(range(first, self.go_live.year + self.horizon_years))

    @property
    def valued(self) -> tuple[tuple[Benefit, Valuation], ...]:
        """The benefits that become events and kroner, with how: those with a valuation that are not dropped."""
        return tuple(
            (one, one.valuation) for one in self.benefits if one.valuation is not None and one.status != "dropped"
        )

    def said(self, text: Text | None) -> str:
        """Return a text in the project's first language, else in any; empty when there is none.

        Examples
        --------
        >>> project = Project(format=1, id="dho", title=Text(nb="DHO"), languages=("nn", "nb"))
        >>> project.said(Text(nn="Pasientar", nb="Pasienter")), project.said(None)
        ('Pasientar', '')
        """
        return text.in_language(self.first_language, first=self.first_language)[0] if text is not None else ""

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id.

        Raises
        ------
        KeyError
            When no actor has it.
        """
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)

    def volume(self, year: int, benefit: Benefit | None = None) -> float:
        """Mean number of patients in the service that year: the benefit's own, else the patient group's, else zero."""
        if benefit is not None and benefit.volume:
            return benefit.volume.get(year, 0.0)
        return self.patient_group.volume.get(year, 0.0) if self.patient_group else 0.0
