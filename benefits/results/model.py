"""Results: one project assessed, as one frozen object. Reports receive this and a language, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from benefits.economics import BreakEven, Flows, Input
from benefits.errors import Gap
from benefits.measurement import Estimate, Refusal
from benefits.project import Project
from benefits.project.reported import Correction
from benefits.reference import Evidence
from benefits.results.values import Value
from benefits.vocabulary import Audience

if TYPE_CHECKING:
    from benefits.results.advice import MeasuringAdvice
    from benefits.results.answers import Due
    from benefits.results.arena.model import PricedArena
    from benefits.results.baseline_values import ShownBaseline
    from benefits.results.comparison.model import Comparison
    from benefits.results.data_request import Requests
    from benefits.results.flow_parts import FlowParts
    from benefits.results.follow_up import FollowUp
    from benefits.results.layer_values import LayerParts
    from benefits.results.plan_bridge import PlanBridge
    from benefits.results.published_ranges import PublishedRange
    from benefits.results.quality_values import DataQuality
    from benefits.results.references import References
    from benefits.results.sensitivity import Sensitivity
    from benefits.results.service.use import ServiceUse
    from benefits.results.worth import Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One published cell of a data series: its group, first day and Value id, by the step it is shown at.

    Not ``whole`` when the data lack a part of it, as where they begin within it. With ``members`` it is of several
    units shown together, since one of them is small.
    """

    group: str
    period: date
    id: str
    whole: bool = True
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSeries:
    """A data source as it may be shown: the step in time and the points, or no step when every cell is too small.

    With ``areas`` the points are units (areas, hospitals) in one period, and a point's group is the unit's name;
    ``outside`` are those whose rate lies outside the outer limits of a funnel.
    """

    data: str
    step: str | None
    points: tuple[Point, ...]
    areas: bool = False
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSignal:
    """A run of periods on a control chart that chance alone seldom makes: by which rule, and on which side, if any."""

    rule: str
    above: bool | None
    periods: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChart:
    """A control chart of one group of a data source, from its published points.

    Attributes
    ----------
    baseline
        Value id of how many points lie before the start; they come first among ``points``.
    limits
        Value ids of the low limit, the centre and the high limit at the last point; empty when there can be none.
    stable
        Whether the baseline gives no signal itself.
    kind, rules, screened
        Type of chart, rule set, and whether large moving ranges were left out of the limits.
    stepped
        The three ids at each point, where they are not the same throughout.
    rebased
        First day and stated cause of new limits.
    variation, assurance, target
        Codes of what the signals and the limits say of the benefit measured here, and the Value id of its target; empty
        when there is nothing to say.
    refusal
        Code of why there are no limits.
    """

    data: str
    group: str
    step: str
    points: tuple[Point, ...]
    baseline: str
    limits: tuple[str, ...]
    stable: bool
    signals: tuple[ChartSignal, ...]
    kind: str = "xmr"
    rules: str = "making_data_count"
    screened: bool = False
    stepped: tuple[tuple[str, ...], ...] = ()
    rebased: tuple[tuple[date, str], ...] = ()
    variation: str = ""
    assurance: str = ""
    target: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLine:
    """One transfer seen from both ends: two actors, and the Value ids of what each gains or loses."""

    item: str
    basis: str
    first: str
    second: str
    first_id: str
    second_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedVolume:
    """The price of a service at one volume: the prefix of its Value ids, and whether it is the planned volume."""

    prefix: str
    volume: float
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedPart:
    """One part of a price: its kind, the id of what it is of, and its Value id; of vat, the kind of what it is on."""

    kind: str
    id: str
    of: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedStep:
    """Something of which one more is needed at a volume, by its Value id; in the service itself or one it uses."""

    kind: str
    id: str
    service: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedParty:
    """One that carries a part of a service, as an actor; the provider's own part is no payment."""

    actor: str
    provider: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedSplit:
    """Who pays what in a year: Values are ``<prefix>.<total, fixed, by_use>`` and ``<prefix>.party.<actor>.<name>``.

    ``of_price`` tells that it is the agreed price that is split, else the full cost.
    """

    year: int
    prefix: str
    of_price: bool
    parties: tuple[PricedParty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedService:
    """A service whose price was computed; numbers by Value ids.

    Attributes
    ----------
    year
        That of the largest volume, the planned one.
    first_full_year
        The first year with patients that it runs the whole of.
    years, ramp_up
        All years with patients; those up to the largest volume, where there are several.
    parts, steps, volumes
        What the price is made of; where one more of something is needed; the volumes it is worked out at.
    groups
        Ids of the groups whose price is told apart; an empty one for patients in none.
    saw_tooth
        Volumes and the Value id of the price at each, with every number at its mean: how it runs between the steps.
    losing
        Stretches of volumes, from and to, above the lowest one the agreed price covers the cost at, where it does not.
    splits
        Who pays what, by year.
    regulated
        Years the agreed price is known in, by the index.
    """

    service: str
    year: int
    first_full_year: int | None
    parts: tuple[PricedPart, ...]
    next_step: bool
    years: tuple[int, ...]
    ramp_up: tuple[int, ...]
    steps: tuple[PricedStep, ...]
    volumes: tuple[PricedVolume, ...]
    groups: tuple[str, ...] = ()
    saw_tooth: tuple[tuple[int, str], ...] = ()
    losing: tuple[tuple[str, str], ...] = ()
    splits: tuple[PricedSplit, ...] = ()
    regulated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountStep:
    """A rate by its Value id, and the last calendar year it holds for; None: it never ends."""

    rate: str
    last_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounting:
    """What present values rest on: base year, rate in steps, the other rates tried, and who has any.

    Values are ``present_value.<actor>.expected.<cost or net>``, and with ``.<id of another rate>`` after it at that
    rate in all years. The base year counts in full, unless ``discount_first_year``.
    """

    base_year: int
    last_year: int
    steps: tuple[DiscountStep, ...]
    others: tuple[str, ...]
    actors: tuple[str, ...]
    discount_first_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A figure for page one: which value, of which benefit and actor, and which kinds of report it belongs to."""

    code: str
    value: str
    benefit: str
    actor: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something a reader might conclude and must not, with the values its sentence takes, and the year they are of."""

    code: str
    benefit: str
    values: Mapping[str, str]
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything known about one project at one date.

    Attributes
    ----------
    project
        The validated project.
    as_of
        The date that decided which data and reference values apply.
    files
        File -> sha256, relative to the project file's folder.
    values
        Every number a report may show, by id.
    contrary
        Studies of the same outcomes that describe little or no effect in words only, beside evidence the project uses.
    estimates, compared
        What each benefit's chosen method found; what the methods named beside it found (shown, never used).
    refusals
        Methods that would not answer, each with its benefit.
    gaps
        What the plan lacks, heaviest first.
    inputs
        The assumptions with their distributions and sources.
    evidence
        Published evidence the assumptions point to, with all other entries on the same outcome.
    follow_up
        How it went against the frozen plan.
    baselines
        What stands behind the baselines that were worked out from data, by benefit.
    corrections
        Values reported again for the same days, otherwise than before.
    answers
        Who was to answer for each gevinst, and whether anybody has.
    exposures
        By benefit and calendar year of the follow-up: exposure its measured effect holds for.
    service_use
        What the service was used for by the ledger, and where the early indicators stand.
    arenas
        The test arenas that could be priced.
    published_ranges
        What is published on the events of each benefit, and how what is hoped for compares with it.
    since
        What differs from an earlier report; None where none was given.
    plan_bridges
        From what was planned to what was measured, by cause, of each benefit with a measured effect.
    worth
        Payback, investments, budgets, and health under a value somebody names.
    flow_parts
        How long effects are counted, freed time, new activity and the financing gap.
    layer_parts
        Published shares, an action, beds filled again, what comes instead, and results without the heaviest users.
    sensitivity
        How sure the net of each actor is, and last that of all together.
    references
        The reference values it rests on, and which set they are of.
    requests
        What the plan asks to have pulled from registers and records.
    advice
        On how each benefit is measured, and what would do better.
    quality
        What should be known of each data source, and what became of those included.
    """

    project: Project
    as_of: date
    audience: Audience
    files: Mapping[str, str]
    values: Mapping[str, Value]
    estimates: tuple[Estimate, ...]
    compared: tuple[Estimate, ...]
    refusals: tuple[tuple[str, Refusal], ...]
    gaps: tuple[Gap, ...]
    inputs: Mapping[str, Input]
    evidence: tuple[Evidence, ...]
    contrary: tuple[Evidence, ...]
    series: tuple[PublishedSeries, ...]
    charts: tuple[PublishedChart, ...]
    transfers: tuple[TransferLine, ...]
    headlines: tuple[Headline, ...]
    not_claimed: tuple[Claim, ...]
    services: tuple[PricedService, ...]
    discounting: Discounting | None
    worth: Worth
    break_evens: tuple[BreakEven, ...]
    follow_up: FollowUp
    requests: Requests
    quality: tuple[DataQuality, ...]
    flows: Flows
    flow_parts: FlowParts
    references: References
    layer_parts: LayerParts
    sensitivity: tuple[Sensitivity, ...] = ()
    baselines: Mapping[str, ShownBaseline] = field(default_factory=dict)
    advice: tuple[MeasuringAdvice, ...] = ()
    corrections: tuple[Correction, ...] = ()
    answers: tuple[Due, ...] = ()
    exposures: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    since: Comparison | None = None
    plan_bridges: tuple[PlanBridge, ...] = ()
    service_use: ServiceUse | None = None
    arenas: tuple[PricedArena, ...] = ()
    published_ranges: tuple[PublishedRange, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the flows: those of the analysis and of the follow-up."""
        return self.flows.years

    def data_quality(self, data: str | None) -> DataQuality | None:
        """Return what should be known of a data source, if it was read."""
        return next((one for one in self.quality if one.data == data), None)

    def estimate(self, benefit: str) -> Estimate | None:
        """Return what the benefit's own method found, if it answered."""
        return next((estimate for estimate in self.estimates if estimate.benefit == benefit), None)
