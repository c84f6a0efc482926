"""The layers of what events cost, seen closer: published shares, an action, beds filled again, what comes instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from benefits.economics import Flows
from benefits.economics.inputs import Input, date_of_references
from benefits.economics.marginal import CashTerms, cash_terms
from benefits.economics.pricing import Events, Pricing
from benefits.economics.product import Yearly
from benefits.economics.replacements import not_assessed
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.valuation import Valuation
from benefits.reference.values import Library
from benefits.results.event_values import add_of_events, events_in
from benefits.results.marginal_values import Preset, add_presets, published_shares
from benefits.results.replaced_values import ReplacedLine, add_replaced
from benefits.results.values import Values
from benefits.results.without_heaviest import add_without_heaviest
from benefits.vocabulary import Basis, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerLine:
    """What there is on the layers of one benefit on one basis: ``layer.<basis>.<benefit>.<...>``.

    Attributes
    ----------
    benefit, basis
        Whose events, and which column.
    presets
        Every published share, and the project's own.
    by_action
        Whether some of the cash is of an action: ``layer.<basis>.<benefit>.by_action``.
    refilled
        Units of what is filled again: ``refilled.<basis>.<benefit>.<unit>``.
    """

    benefit: str
    basis: Basis
    presets: tuple[Preset, ...]
    by_action: bool
    refilled: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerParts:
    """Where these numbers are.

    Attributes
    ----------
    lines
        Benefits with layers of kroner, per basis.
    replaced
        What comes instead of events.
    without_heaviest
        Benefits whose measured events are also told without the heaviest users:
        ``without_heaviest.<benefit>.<quantity, cash, left_out>``.
    not_assessed
        Benefits that bring kroner, of which nobody has said what comes instead.
    """

    lines: tuple[LayerLine, ...] = ()
    replaced: tuple[ReplacedLine, ...] = ()
    without_heaviest: tuple[str, ...] = ()
    not_assessed: tuple[str, ...] = ()


def add_layer_values(
    project: Project,
    flows: Flows,
    *,
    estimates: Mapping[str, Estimate],
    exposures: Mapping[str, Mapping[int, float]],
    pricing: Pricing,
    library: Library,
    on: date,
    values: Values,
) -> LayerParts:
    """Add the numbers, and return where they are.

    Parameters
    ----------
    project, flows
        The plan and what follows from it; sums of the layers are added before.
    estimates, exposures
        Measured effects by benefit, and the exposure they hold for by year.
    pricing
        The project's inputs and their draws.
    library, on
        Where the published shares are, and the date of the report.
    values
        Receives the numbers.
    """
    lines: list[LayerLine] = []
    instead: list[ReplacedLine] = []
    heaviest: list[str] = []
    shares = tuple(published_shares(library, date_of_references(project, on=on)))
    for benefit, valuation in project.valued:
        for basis in ("expected", "measured"):
            events = events_in(benefit, basis, flows)
            if events is None:
                continue
            instead += add_replaced(benefit, valuation, events, project, pricing, values)
            if f"layer.{basis}.{benefit.id}.whole" in values:
                lines += _line(benefit, valuation, events, shares, pricing, values)
        estimate = estimates.get(benefit.id)
        if estimate is None or events_in(benefit, "measured", flows) is None:
            continue
        if add_without_heaviest(benefit, valuation, estimate, exposures.get(benefit.id, {}), pricing, values):
            heaviest.append(benefit.id)
    return LayerParts(
        lines=tuple(lines),
        replaced=tuple(instead),
        without_heaviest=tuple(heaviest),
        not_assessed=not_assessed(project, flows),
    )


def _line(
    benefit: Benefit,
    valuation: Valuation,
    events: Events,
    shares: tuple[Input, ...],
    pricing: Pricing,
    values: Values,
) -> Iterator[LayerLine]:
    terms = cash_terms(valuation, subject=benefit.id, pricing=pricing, gaps=[])
    if terms is None:
        return
    basis, used = events.basis, (terms.unit_cost, *terms.of_cash)
    if terms.action is not None:
        layers = terms.layers(events, pricing)
        assert layers.by_action is not None
        kroner = pricing.grown(layers.by_action, terms.unit_cost, events.years)
        add_of_events(f"layer.{basis}.{benefit.id}.by_action", kroner, "kroner", events, used, pricing, values)
    yield LayerLine(
        benefit=benefit.id,
        basis=basis,
        presets=tuple(add_presets(benefit, valuation, terms, events, shares, pricing, values)),
        by_action=terms.action is not None,
        refilled=tuple(_refilled(benefit, valuation, terms, events, pricing, values)),
    )


def _refilled(
    benefit: Benefit, valuation: Valuation, terms: CashTerms, events: Events, pricing: Pricing, values: Values
) -> Iterator[Unit]:
    """What is freed and filled again: bed-days where those are known, else the events themselves."""
    if terms.refill is None:
        return
    share = pricing.column(terms.refill)
    days = pricing.in_unit(valuation.bed_days, ("bed_days",), benefit.id, [])
    unit: Unit = events.unit
    freed: Yearly = events.avoided
    used: tuple[Input, ...] = (terms.refill,)
    if days is not None and unit != "bed_days":
        unit, freed, used = "bed_days", events.avoided * pricing.column(days), (days, terms.refill)
    add_of_events(f"refilled.{events.basis}.{benefit.id}.{unit}", freed * share, unit, events, used, pricing, values)
    yield unit
