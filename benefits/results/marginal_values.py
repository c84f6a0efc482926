"""What the events of a benefit would give in cash under each published share of a cost that varies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from benefits.economics.inputs import Input
from benefits.economics.marginal import MARGINAL, CashTerms, is_variable
from benefits.economics.pricing import Events, Pricing
from benefits.economics.refusals import SharesOutOfRange
from benefits.project.benefit import Benefit
from benefits.project.valuation import Valuation
from benefits.reference.distributions import Fixed
from benefits.reference.values import Library, NoValueYet
from benefits.results.event_values import add_of_events
from benefits.results.values import Values
from benefits.vocabulary import Horizon

OWN = "own"
"""What the project's own share is called among the published ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A share of the average cost that may vary, and what the events would give in cash under it.

    Attributes
    ----------
    name
        Its name after ``marginal_share.``, or ``own``.
    share, cash
        Ids of the Values: the share, and kroner.
    horizon
        Whether staff and beds have had time to follow; None of an own share.
    chosen
        Whether it is the share the project has chosen.
    counted
        Whether a share so large may be counted as cash without an action.
    """

    name: str
    share: str
    cash: str
    horizon: Horizon | None
    chosen: bool
    counted: bool


def published_shares(library: Library, on: date) -> Iterator[Input]:
    """The published shares as inputs, each a fixed number."""
    for id in library.ids():
        if not id.startswith(MARGINAL):
            continue
        try:
            one = library.at(id, on)
        except NoValueYet:
            continue
        yield Input(
            name=id,
            title=None,
            distribution=Fixed(value=one.value),
            mean=one.value,
            low=one.value,
            high=one.value,
            unit=one.unit,
            per="none",
            price_year=None,
            source=one.source.title,
            address=one.source.address,
            standing=one.standing,
            reference_id=id,
            horizon=one.horizon,
        )


def add_presets(
    benefit: Benefit,
    valuation: Valuation,
    terms: CashTerms,
    events: Events,
    shares: tuple[Input, ...],
    pricing: Pricing,
    values: Values,
) -> Iterator[Preset]:
    """Add what the events would give in cash under each share, the smallest first, and yield where it is."""
    said = pricing.find(valuation.cash_share)
    chosen = said.reference_id if said is not None else ""
    own = [said] if said is not None and chosen not in {one.name for one in shares} else []
    for one in sorted((*shares, *own), key=lambda one: one.mean):
        name = one.name.removeprefix(MARGINAL) if one not in own else OWN
        id = f"marginal.{events.basis}.{benefit.id}.{name}"
        # As far as the project's own account of what can be used and what is filled again goes, and no further.
        alone = replace(terms, variable=one, staff=None, action=None, due=None)
        try:
            kroner = pricing.grown(alone.layers(events, pricing).cash, terms.unit_cost, events.years)
        except SharesOutOfRange:
            continue
        add_of_events(id, kroner, "kroner", events, (terms.unit_cost, *alone.of_cash), pricing, values, by_year=False)
        share = f"assumption.{one.name}" if one in own else f"reference.{one.name}"
        yield Preset(
            name=name,
            share=share,
            cash=id,
            horizon=one.horizon,
            chosen=one in own or one.name == chosen,
            counted=is_variable(one),
        )
