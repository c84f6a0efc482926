"""One benefit (gevinst): its hypothesis, indicator, baseline, method, target, realisation and valuation."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from benefits.project.fields import Amount, ByYear, Id, NotNegative, Option, Part, Positive, Share, Text
from benefits.project.valuation import Valuation
from benefits.vocabulary import (
    Anchoring,
    BaselineState,
    BenefitType,
    Consequence,
    Direction,
    Exposure,
    Extent,
    Grade,
    Importance,
    LedgerMeasure,
    Lifecycle,
    RealisationForm,
    Unit,
)


class Owner(Part):
    """Gevinstansvarlig: a role with an organisation, not a named person."""

    role: Text
    actor: Id | None = None
    line_authority: bool = False


class Hypothesis(Part):
    """If we *action* for *target_group*, the indicator changes, because *mechanism*; we are wrong if *wrong_if*."""

    action: Text
    target_group: Text | None = None
    mechanism: Text | None = None
    wrong_if: Text | None = None


class Indicator(Part):
    """What is counted, in which unit, per what, and which direction is good."""

    definition: Text
    unit: Unit
    per: Exposure = "none"
    numerator: Text | None = None
    denominator: Text | None = None
    direction: Direction


class Period(Part):
    """First and last day."""

    start: date
    end: date


class Selection(Part):
    """The rule by which patients came in, when it looks at the indicator itself: the source of regression to the mean.

    ``population_rate`` (events per person-year) and ``population_dispersion`` (shape of the gamma distribution of rates
    between persons) describe everybody the rule was applied to; with them the expected fall can be computed. A panel of
    them all, ``population_data``, gives both. Of a measurement (a score, minutes) it is ``population_mean``,
    ``population_sd`` and the ``correlation`` between two measurements of a person; those beyond ``cutoff`` on the mean
    of ``measurements`` came in.
    """

    rule: Text
    window_months: Annotated[int, Field(ge=1, le=60)] | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None
    population_rate: Positive | None = None
    population_dispersion: Positive | None = None
    population_data: Id | None = None
    population_mean: Amount | None = None
    population_sd: Positive | None = None
    correlation: Share | None = None
    cutoff: Amount | None = None
    measurements: Annotated[int, Field(ge=1, le=100)] | None = None
    source: Text | None = None


class Baseline(Part):
    """Nullpunkt: the value before, or why there is none.

    With ``data`` it is worked out from them: over ``seasons`` whole years that end at the start, or on ``until``.
    """

    state: BaselineState
    data: Id | None = None
    seasons: Annotated[int, Field(ge=1, le=20)] | None = None
    until: date | None = None
    part_of_season: bool = False
    interval: Literal["exact", "quasi_poisson", "clustered"] | None = None
    per_unit: bool = False
    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    n: Annotated[int, Field(ge=0)] | None = None
    period: Period | None = None
    source: Text | None = None
    extracted: date | None = None
    before_start: bool | None = None
    reason: Text | None = None
    opens: Text | None = None
    selection: Selection | None = None


class MethodChoice(Part):
    """Målemetode: the design chosen before the start, with its options.

    ``also`` names methods that are run beside it and shown, never used: the naive comparison a reader will ask for.
    A verdict is given on ``verdict_dates`` only, else on the target's date; ``measurement_dates`` are the days on which
    a value is to be measured or reported, beside those.
    """

    id: Id
    data: Id | None = None
    options: dict[str, Option] = {}
    also: tuple[Id, ...] = ()
    compare_with: Text | None = None
    frequency: Text | None = None
    responsible: Text | None = None
    cost: NotNegative | None = None
    verdict_dates: tuple[date, ...] = ()
    measurement_dates: tuple[date, ...] = ()


class EarlyTarget(Part):
    """What the early indicator is to show by a date: a count or a share from the ledger of the service."""

    measure: LedgerMeasure
    value: Amount
    date: date


class Target(Part):
    """Mål: a value by a date, and the share of it reached each year on the way (innfasing)."""

    value: Amount
    date: date
    ramp: dict[Annotated[int, Field(ge=1990, le=2100)], Share] = {}


class Realisation(Part):
    """Realiseringsform: how the benefit is taken out, and what documents that it was."""

    form: RealisationForm
    documentation: Text | None = None
    decided: date | None = None
    use: Text | None = None


class Action(Part):
    """Tiltak: what somebody must do by a date for a benefit to come."""

    title: Text
    responsible: Text | None = None
    due: date | None = None
    anchoring: Anchoring | None = None


class Measurement(Part):
    """A value somebody has measured or reported outside the data this project holds.

    It is of ``date``, or of the time from ``start`` to it. ``confirmed`` when the gevinstansvarlig says that it stands.
    Nobody knew it before ``reported_on``, else before ``date``.
    """

    date: date
    start: datetime.date | None = None
    value: Amount
    low: Amount | None = None
    high: Amount | None = None
    n: Annotated[int, Field(ge=0)] | None = None
    grade: Grade
    source: Text
    by: Text | None = None
    comment: Text | None = None
    confirmed: bool = False
    reported_on: datetime.date | None = None


class Review(Part):
    """What was made of a result: why it came out so, and what was decided."""

    date: date
    cause: Text | None = None
    decision: Text | None = None
    by: Text | None = None


class Benefit(Part):
    """Gevinst: one hoped-for positive effect for at least one actor, or a feared negative one (ulempe)."""

    id: Id
    title: Text
    dis_benefit: bool = False
    types: tuple[BenefitType, ...] = ()
    category: Text | None = None
    gains: tuple[Id, ...] = ()
    pays: tuple[Id, ...] = ()
    owner: Owner | None = None
    status: Lifecycle = "expected"
    hypothesis: Hypothesis | None = None
    indicator: Indicator | None = None
    baseline: Baseline | None = None
    method: MethodChoice | None = None
    target: Target | None = None
    volume: ByYear = {}
    realisation: Realisation | None = None
    valuation: Valuation | None = None
    importance: Importance | None = None
    extent: Extent | None = None
    consequence: Consequence | None = None
    early_indicator: Text | None = None
    early_target: EarlyTarget | None = None
    preconditions: tuple[Text, ...] = ()
    actions: tuple[Action, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    reviews: tuple[Review, ...] = ()
    notes: Text | None = None
