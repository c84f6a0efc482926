"""The prices of each service at which neither party loses, as Values, with a worked example of a settlement."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.numbers import UnusableNumber
from benefits.economics.price_interval import (
    NoPriceInterval,
    PriceInterval,
    months_paid,
    owned_capacity,
    price_interval,
)
from benefits.economics.pricing import Pricing
from benefits.economics.sensitivity.probability import may_have_probability
from benefits.economics.service import MONTHS, held_whole_years, own_volume
from benefits.economics.settlement import settle
from benefits.economics.tax_financing import PUBLIC
from benefits.measurement import Estimate
from benefits.project.model import Project
from benefits.project.service import Service
from benefits.reference.distributions import UnusableDistribution
from benefits.results.flow_values import MONEY, add_spread
from benefits.results.spread import spread_around, spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import weakest

CASH, WHOLE_YEARS, CAPACITY, PRESENT_VALUE = "cash", "whole_years", "capacity", "present_value"
KINDS = (CASH, WHOLE_YEARS, CAPACITY, PRESENT_VALUE)
"""Money over all years; of the years alone in which the price holds throughout; with owned capacity; discounted."""

ROUNDING = 1e-9
"""Of an amount: less than this is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSettlement:
    """A worked example.

    Values are ``settlement.<service>.<price, need, left, sum>`` and ``.<before, received, after>.<actor>``.

    ``actors`` are those who give or get, ``agreed`` tells that it is worked out at the agreed price, else at the price
    where the parties lose least together.
    """

    actors: tuple[str, ...]
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInterval:
    """The interval of one service: Values ``price_interval.<service>.<kind>.<low, high, gap, gap_in_all>``.

    Those of a gap only where there is one; ``price_interval.<service>.<all_months, paid_months>`` tell how many
    patient-months there are over the years, and how many the provider is paid for.

    Attributes
    ----------
    service, refused
        Of what, and the code of why there is none; empty where there is one.
    provider, buyers
        Who is paid, and who pays; each has ``.zero.<actor>`` where it is left with nothing.
    kinds, empty
        What was worked out, and of those what has no price at which neither loses.
    whole_years
        The years in which the price holds throughout.
    owned
        Those whose capacity is counted in ``capacity``, each with ``.owned.<actor>``.
    losing, gaining
        Others than the parties, who lose or gain whatever the price is; how much is their own net.
    with_share
        Whether the effects are known well enough for ``.share_with_price`` to be shown.
    without_benefits
        Whether nothing but costs and payments moves the parties' money.
    settlement
        Where there is no price at which neither loses.
    """

    service: str
    refused: str = ""
    provider: str = ""
    buyers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    empty: frozenset[str] = frozenset()
    whole_years: tuple[int, ...] = ()
    owned: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    gaining: tuple[str, ...] = ()
    with_share: bool = False
    without_benefits: bool = False
    settlement: ShownSettlement | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The provider and those who pay."""
        return (self.provider, *self.buyers)

    def id(self, name: str, kind: str = CASH) -> str:
        """Return the id of one of its Values."""
        return f"price_interval.{self.service}.{kind}.{name}"


def add_price_intervals(
    project: Project,
    flows: Flows,
    *,
    pricing: Pricing,
    estimates: Mapping[str, Estimate],
    weights: Array | None,
    values: Values,
) -> tuple[ServiceInterval, ...]:
    """Add the interval of every service, and return what was found; none without years or services.

    Parameters
    ----------
    project, flows
        The project and all its flows.
    pricing
        The inputs the flows were made of, and their draws.
    estimates
        The measured effects, which decide with the inputs whether a share of draws may be shown.
    weights
        Discount factors of the years of the flows; None where nothing can be discounted.
    """
    if not project.years:
        return ()
    adding = _Adding(project=project, flows=flows, pricing=pricing, estimates=estimates, weights=weights, values=values)
    return tuple(adding.service(service) for service in project.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Adding:
    project: Project
    flows: Flows
    pricing: Pricing
    estimates: Mapping[str, Estimate]
    weights: Array | None
    values: Values
    moving: Flows = field(init=False)

    def __post_init__(self) -> None:
        moving = self.flows.select(basis="expected", unit="kroner", layer=MONEY)
        object.__setattr__(self, "moving", moving)

    def service(self, service: Service) -> ServiceInterval:
        try:
            found = self._find(service)
        except NoPriceInterval as refused:
            return ServiceInterval(service=service.id, refused=refused.code)
        except (UnusableNumber, UnusableDistribution):
            # The gap of the service tells which number it is.
            return ServiceInterval(service=service.id, refused="price_unusable")
        cash = found[CASH]
        behind = self.moving.select(actor=[one.actor for one in cash.parties])
        unknown = may_have_probability(
            self.project, (row.item for row in behind.index), inputs=self.pricing.inputs, estimates=self.estimates
        )
        empty = frozenset(kind for kind, one in found.items() if one.empty)
        owned = owned_capacity(self.project, self.flows)
        shown = ServiceInterval(
            service=service.id,
            provider=service.provider,
            buyers=tuple(one.actor for one in cash.parties if not one.provider),
            kinds=tuple(kind for kind in KINDS if kind in found),
            empty=empty,
            whole_years=held_whole_years(service, self.project.years),
            owned=tuple(one.actor for one in cash.parties if one.actor in owned) if CAPACITY in found else (),
            losing=tuple(self._others(cash, gains=False)),
            gaining=tuple(self._others(cash, gains=True)),
            with_share=not unknown,
            without_benefits=any(one.reason == "no_effect" for one in unknown),
            settlement=self._settlement(service, cash) if CASH in empty else None,
        )
        for kind, one in found.items():
            self._add(shown, kind, one, behind)
        self._months(shown, service, cash)
        for actor in shown.owned:
            self._spread(shown.id(f"owned.{actor}", CAPACITY), owned[actor].total(), owned[actor])
        return shown

    def _find(self, service: Service) -> dict[str, PriceInterval]:
        months = months_paid(self.project, service, pricing=self.pricing)

        def of(weights: Array | None = None, owned: Mapping[str, Array] | None = None) -> PriceInterval:
            return price_interval(
                self.project,
                service,
                flows=self.flows,
                pricing=self.pricing,
                weights=weights,
                owned=owned,
                months=months,
            )

        found = {CASH: of()}
        whole = held_whole_years(service, self.project.years)
        if whole and whole != self.project.years:
            # Nobody may be in the service in any of those years.
            with suppress(NoPriceInterval):
                found[WHOLE_YEARS] = of(np.array([float(year in whole) for year in self.flows.years]))
        parties = {one.actor for one in found[CASH].parties}
        owned = {
            actor: rows.total() for actor, rows in owned_capacity(self.project, self.flows).items() if actor in parties
        }
        if owned:
            found[CAPACITY] = of(owned=owned)
        if self.weights is not None:
            found[PRESENT_VALUE] = of(self.weights)
        return found

    def _others(self, cash: PriceInterval, *, gains: bool) -> Iterator[str]:
        parties = {one.actor for one in cash.parties}
        for actor in self.project.actors:
            net = self.values.get(f"actor.{actor.id}.expected.net")
            if actor.id not in parties and net is not None and net.value and (net.value > 0) is gains:
                yield actor.id

    def _add(self, shown: ServiceInterval, kind: str, found: PriceInterval, behind: Flows) -> None:
        for one in found.parties:
            self._price(shown.id(f"zero.{one.actor}", kind), one.zero, one.zeros, behind.select(actor=one.actor))
        self._price(shown.id("low", kind), found.low, found.lows, behind)
        self._price(shown.id("high", kind), found.high, found.highs, behind)
        if found.empty:
            self._price(shown.id("gap", kind), found.gap, found.gaps, behind)
            self._price(shown.id("gap_in_all", kind), found.gap_in_all, found.least_lost, behind, per_month=False)
        if shown.with_share:
            self.values.add(
                shown.id("share_with_price", kind), found.share_with_price, unit="share", basis="expected", derived=True
            )

    def _months(self, shown: ServiceInterval, service: Service, cash: PriceInterval) -> None:
        """How many patient-months there are, and how many the provider is paid for."""
        own = sum(own_volume(service, self.project, year) for year in self.project.years)
        paid = spread_of_draws(next(one.months for one in cash.parties if one.provider))
        for name, number in (("all_months", MONTHS * own), ("paid_months", paid)):
            id = f"price_interval.{service.id}.{name}"
            self.values.add(id, number, unit="patient_months", basis="expected", derived=True)

    def _settlement(self, service: Service, cash: PriceInterval) -> ShownSettlement:
        price = cash.fairest if service.agreed_price is None else service.agreed_price
        nets = {one.actor: one.net(price) for one in cash.parties}
        kinds = {actor.id: actor.kind for actor in self.project.actors}
        for actor in kinds:
            rows = self.moving.select(actor=actor)
            if actor not in nets and len(rows):
                nets[actor] = rows.total()
        may_give = [actor for actor in nets if kinds.get(actor) in PUBLIC]
        parties = [one.actor for one in cash.parties]
        found = settle({actor: float(net.mean()) for actor, net in nets.items()}, parties=parties, may_give=may_give)
        prefix = f"settlement.{service.id}"
        self._certain(f"{prefix}.price", price, per_month=True)
        self._certain(f"{prefix}.need", found.need)
        self._certain(f"{prefix}.left", found.left)
        self._certain(f"{prefix}.sum", round(math.fsum(found.received.values()), 6) + 0.0)
        for actor, received in found.received.items():
            rows = self.moving.select(actor=actor)
            self._spread(f"{prefix}.before.{actor}", nets[actor], rows)
            self._certain(f"{prefix}.received.{actor}", received)
            after = nets[actor] + received
            # Who is left with nothing at the mean is left with nothing, not with a rounding error.
            nothing = abs(float(after.mean())) < ROUNDING * abs(received)
            self._spread(f"{prefix}.after.{actor}", after - after.mean() if nothing else after, rows)
        in_order = tuple(actor.id for actor in self.project.actors if actor.id in found.received)
        return ShownSettlement(actors=in_order, agreed=service.agreed_price is not None)

    def _price(self, id: str, at_mean: float, draws: Array, rows: Flows, *, per_month: bool = True) -> None:
        """What follows from the mean nets, with the interval of what follows in each draw."""
        self.values.add(
            id,
            spread_around(at_mean, draws),
            unit="kroner",
            per="person_month" if per_month else "none",
            price_year=self.project.price_year,
            basis="expected",
            grade=weakest(*(row.grade for row in rows.index)) if len(rows) else None,
            derived=True,
        )

    def _spread(self, id: str, draws: Array, rows: Flows) -> None:
        # An actor whose money is the price alone is known as all the money is.
        rows = rows if len(rows) else self.moving
        add_spread(id, draws, rows, "kroner", self.values, basis="expected", price_year=self.project.price_year)

    def _certain(self, id: str, number: float, *, per_month: bool = False) -> None:
        self.values.add(
            id,
            number,
            unit="kroner",
            per="person_month" if per_month else "none",
            price_year=self.project.price_year,
            basis="expected",
            derived=True,
        )


def interval_of(found: tuple[ServiceInterval, ...], service: str) -> ServiceInterval | None:
    """Return the interval of a service, where there is one."""
    return next((one for one in found if one.service == service and not one.refused), None)
