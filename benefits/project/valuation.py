"""How a change in an indicator becomes events, capacity and kroner, and what else moves with it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from benefits.project.fields import Id, Part, Quantity, Share, Text, Year
from benefits.vocabulary import (
    EffectFrom,
    EventKind,
    ExpectedFrom,
    Profession,
    ReplacementKind,
    TransferKind,
    Unit,
)

Input = Id
"""Id of an entry under ``assumptions``."""
LARGEST_VARIABLE = 0.5
"""The largest share of a cost that is published as varying in the short run: of unexpected admissions."""


class Transfer(Part):
    """Money that moves between two actors when one event is avoided: what the receiver loses, the payer keeps.

    Per event it is ``amount``, times ``weight`` (as DRG points) and ``share`` (as the ISF share, or what is passed on).
    Of a co-payment, ``exempt_share`` is the share of events by patients with an exemption card (frikort), for whom
    ``paid_by`` (the state) pays instead.
    """

    id: Id
    title: Text
    kind: TransferKind = "other"
    payer: Id
    receiver: Id
    amount: Input
    weight: Input | None = None
    share: Input | None = None
    exempt_share: Input | None = None
    paid_by: Id | None = None


class Travel(Part):
    """Journeys that follow an event: what a journey costs the traveller, and what is paid back for it by whom."""

    traveller: Id
    journeys: Input
    cost: Input
    reimbursement: Input | None = None
    payer: Id | None = None


class Replacement(Part):
    """Something that comes instead of an event that is avoided, and at whom: ``per_event`` of a unit; zero is legal.

    ``unit_cost`` is kroner for one of it, ``hours`` the working time it takes.
    """

    id: Id
    title: Text
    kind: ReplacementKind
    actor: Id
    per_event: Quantity
    unit: Unit
    unit_cost: Quantity | None = None
    hours: Quantity | None = None
    profession: Profession | None = None
    source: Text | None = None


class CashByAction(Part):
    """A share of the cost beyond the variable share that leaves a budget because somebody makes it do so.

    It is cash only with an action, an owner and a date, and from that date on: a ward that closes, posts that go.
    """

    share: Input
    action: Text | None = None
    owner: Text | None = None
    due: date | None = None


class Valuation(Part):
    """How the change in the indicator becomes events, capacity and kroner.

    Avoided events are ``volume x expected_events x (1 - effect)`` when the effect is a ratio, and
    ``volume x -effect`` when it is a difference per person-year. ``cash_share`` and ``staff_share`` of the average cost
    can leave a budget or become capacity; the rest is not avoided. ``realisation_share`` is how much of what is freed
    can be put to use at all. ``persistence`` is the share of the effect that is left in each year beyond the follow-up
    of its evidence. Benefits with the same ``pool`` free the same minutes, bed-days or admissions.

    ``expected_from`` and ``effect_from`` say where the rate without the service and the effect come from; the baseline
    of patients chosen in a bad period needs ``raw_baseline_because``. ``refill_share`` of the beds that are freed are
    filled again: that takes back the variable cost and the ISF lost alike. ``avoided_growth_share`` of the freed time
    stands instead of new posts.
    """

    actor: Id
    event: EventKind | None = None
    expected_from: ExpectedFrom = "assumption"
    expected_events: Input | None = None
    raw_baseline_because: Text | None = None
    effect_from: EffectFrom = "assumption"
    effect: Input | None = None
    effect_scale: Annotated[str, Field(pattern="^(ratio|difference)$")] = "ratio"
    persistence: dict[Year, Share] = {}
    unit_cost: Input | None = None
    cash_share: Input | None = None
    cash_by_action: CashByAction | None = None
    staff_share: Input | None = None
    realisation_share: Input | None = None
    refill_share: Input | None = None
    bed_days: Input | None = None
    hours: Input | None = None
    profession: Profession | None = None
    hours_per_full_time_year: Input | None = None
    avoided_growth_share: Input | None = None
    pool: Id | None = None
    replacement: Text | None = None
    replacements: tuple[Replacement, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    travel: Travel | None = None
    health_value: Input | None = None


class Pool(Part):
    """What there is in a year of something several benefits may free, as the hours of a team: no more can be freed."""

    id: Id
    title: Text
    unit: Unit
    per_year: Input


class NewActivity(Part):
    """Activity the service brings about, as video consultations: how many, what they cost whom, and what is paid."""

    id: Id
    title: Text
    actor: Id
    unit: Unit
    per_patient_year: Input
    unit_cost: Input | None = None
    hours: Input | None = None
    profession: Profession | None = None
    transfers: tuple[Transfer, ...] = ()


class AffectedGroup(Part):
    """A part of the population that gains or loses by the service, and how."""

    group: Text
    gains: bool
    how: Text
    source: Text | None = None


class PresentValue(Part):
    """Choices behind present values: whether the first year is discounted, and what tax financing costs.

    ``tax_financing`` names the assumption that holds the cost of a krone of public money; without it none is counted.
    """

    discount_first_year: bool = False
    tax_financing: Input | None = None
