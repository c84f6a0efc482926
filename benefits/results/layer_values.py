"""The layers of what events cost, seen closer: published shares, an action, beds filled again, what comes instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from benefits.economics import Flows
from benefits.economics.arrays import Array
from benefits.economics.events import lower_is_better
from benefits.economics.inputs import Input, date_of_references, joined_sources, weakest_standing
from benefits.economics.marginal import MARGINAL, CashTerms, cash_terms, is_variable
from benefits.economics.pricing import Events, Pricing, grade_of
from benefits.economics.product import Product, Yearly, full
from benefits.economics.refusals import SharesOutOfRange
from benefits.economics.replacements import Replaced, not_assessed, replaced
from benefits.measurement import Estimate
from benefits.measurement.checks.influence import HEAVIEST
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.valuation import Replacement, Valuation
from benefits.reference.distributions import Fixed
from benefits.reference.values import Library, NoValueYet
from benefits.results.spread import in_all_and_by_year, spread_of_draws
from benefits.results.values import Values
from benefits.vocabulary import Basis, Horizon, Unit, weakest

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
class ReplacedLine:
    """Something that comes instead, on one basis: ``replaced.<basis>.<benefit>.<replacement>.<name>[.<year>]``.

    ``names`` are those of quantity, hours and kroner that there are.
    """

    benefit: str
    replacement: str
    basis: Basis
    names: tuple[str, ...]


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
    shares = tuple(_published(library, date_of_references(project, on=on)))
    for benefit in project.benefits:
        valuation = benefit.valuation
        if valuation is None or benefit.status == "dropped":
            continue
        for basis in ("expected", "measured"):
            events = _events(benefit, basis, flows)
            if events is None:
                continue
            instead += _instead(benefit, valuation, events, pricing, values)
            if f"layer.{basis}.{benefit.id}.whole" in values:
                lines += _line(benefit, valuation, events, shares, pricing, values)
        estimate = estimates.get(benefit.id)
        if estimate is None or _events(benefit, "measured", flows) is None:
            continue
        if _without_heaviest(benefit, valuation, estimate, exposures.get(benefit.id, {}), pricing, values):
            heaviest.append(benefit.id)
    return LayerParts(
        lines=tuple(lines),
        replaced=tuple(instead),
        without_heaviest=tuple(heaviest),
        not_assessed=not_assessed(project, flows),
    )


def _published(library: Library, on: date) -> Iterator[Input]:
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


def _events(benefit: Benefit, basis: Basis, flows: Flows) -> Events | None:
    """The avoided events behind the first row of a benefit: that in its own unit; None where it has none."""
    own = flows.select(item=benefit.id, basis=basis, layer="capacity")
    if not len(own) or own.index[0].unit == "kroner":
        return None
    row, part, fewer = own.index[0], own.parts[0], lower_is_better(benefit)
    return Events(
        avoided=part if fewer else -part,
        unit=row.unit,
        lower_is_better=fewer,
        basis=basis,
        grade=row.grade,
        standing=row.standing,
        source=row.source,
        years=flows.years,
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
        _add(f"layer.{basis}.{benefit.id}.by_action", kroner, "kroner", events, used, pricing, values)
    yield LayerLine(
        benefit=benefit.id,
        basis=basis,
        presets=tuple(_presets(benefit, valuation, terms, events, shares, pricing, values)),
        by_action=terms.action is not None,
        refilled=tuple(_refilled(benefit, valuation, terms, events, pricing, values)),
    )


def _presets(
    benefit: Benefit,
    valuation: Valuation,
    terms: CashTerms,
    events: Events,
    shares: tuple[Input, ...],
    pricing: Pricing,
    values: Values,
) -> Iterator[Preset]:
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
        _add(id, kroner, "kroner", events, (terms.unit_cost, *alone.of_cash), pricing, values, by_year=False)
        share = f"assumption.{one.name}" if one in own else f"reference.{one.name}"
        yield Preset(
            name=name,
            share=share,
            cash=id,
            horizon=one.horizon,
            chosen=one in own or one.name == chosen,
            counted=is_variable(one),
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
    _add(f"refilled.{events.basis}.{benefit.id}.{unit}", freed * share, unit, events, used, pricing, values)
    yield unit


def _instead(
    benefit: Benefit, valuation: Valuation, events: Events, pricing: Pricing, values: Values
) -> Iterator[ReplacedLine]:
    for one in valuation.replacements:
        found = replaced(events, benefit, one, pricing=pricing, gaps=[])
        if found is None:
            continue
        if (id := f"replacement.{benefit.id}.{one.id}.per_event") not in values:
            spread = pricing.numbers.spread(one.per_event, unit=one.unit)
            values.add(id, spread.mean, low=spread.low, high=spread.high, unit=one.unit, source=_source(one, pricing))
        prefix = f"replaced.{events.basis}.{benefit.id}.{one.id}"
        shown = list(_numbers(found, one.unit))
        for name, number, unit, used in shown:
            _add(f"{prefix}.{name}", number, unit, events, used, pricing, values)
        names = tuple(name for name, *_ in shown)
        yield ReplacedLine(benefit=benefit.id, replacement=one.id, basis=events.basis, names=names)


def _source(one: Replacement, pricing: Pricing) -> str:
    named = pricing.find(one.per_event.assumption)
    return named.source if named is not None else ""


def _numbers(found: Replaced, unit: Unit) -> Iterator[tuple[str, Yearly, Unit, tuple[Input, ...]]]:
    if unit not in {"hours", "minutes", "kroner"}:
        yield "quantity", found.quantity, unit, found.of_quantity
    if found.hours is not None:
        yield "hours", found.hours, "hours", found.of_hours
    if found.kroner is not None:
        yield "kroner", found.kroner, "kroner", found.of_kroner


def _without_heaviest(
    benefit: Benefit,
    valuation: Valuation,
    estimate: Estimate,
    exposure: Mapping[int, float],
    pricing: Pricing,
    values: Values,
) -> bool:
    """Add the measured events and cash without the heaviest users: their exposure less, and the effect without them."""
    check = next((one for one in estimate.checks if one.code == HEAVIEST and one.without is not None), None)
    if check is None or check.without is None or estimate.exposure <= 0.0:
        return False
    others, draws = check.without, pricing.draws
    effect = draws.sampled(f"estimate.{benefit.id}.without_heaviest", others.draws)
    if not np.isfinite(effect).all():
        return False
    years = tuple(sorted(exposure))
    left = others.exposure / estimate.exposure
    events = Events(
        avoided=Product(years=np.array([exposure[year] * left for year in years]), draws=-effect),
        unit=benefit.indicator.unit if benefit.indicator is not None else "count",
        lower_is_better=lower_is_better(benefit),
        basis="measured",
        grade=others.grade,
        standing="one_project",
        source=others.method,
        years=years,
    )
    prefix = f"without_heaviest.{benefit.id}"
    _add(f"{prefix}.quantity", events.good, events.unit, events, (), pricing, values, by_year=False)
    values.add(f"{prefix}.left_out", float(check.parameters["left_out"]), unit="persons", basis="measured")
    terms = cash_terms(valuation, subject=benefit.id, pricing=pricing, gaps=[])
    if terms is not None and f"layer.measured.{benefit.id}.cash" in values and (terms.variable or terms.action):
        kroner = pricing.grown(terms.layers(events, pricing).cash, terms.unit_cost, years)
        used = (terms.unit_cost, *terms.of_cash)
        _add(f"{prefix}.cash", kroner, "kroner", events, used, pricing, values, by_year=False)
    return True


def _add(
    id: str,
    number: Yearly,
    unit: Unit,
    events: Events,
    used: tuple[Input, ...],
    pricing: Pricing,
    values: Values,
    *,
    by_year: bool = True,
) -> None:
    """Add a number in all and by year: known no better than the events and what they are multiplied by."""
    table: Array = full(number)
    sums = in_all_and_by_year(id, events.years, table)
    for one, drawn in sums if by_year else [next(sums)]:
        spread = spread_of_draws(drawn)
        values.add(
            one,
            spread.mean,
            low=spread.low,
            high=spread.high,
            unit=unit,
            price_year=pricing.price_year if unit == "kroner" else None,
            basis=events.basis,
            grade=weakest(events.grade, *map(grade_of, used)),
            standing=weakest_standing(events.standing, *(other.standing for other in used)),
            source="; ".join(dict.fromkeys(part for part in (events.source, joined_sources(*used)) if part)),
            derived=True,
        )
