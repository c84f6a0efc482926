"""The price list: every price of a service and what it is for, by year, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.periods import period_words
from benefits.report.sections.price_conditions import conditions
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_parts import same, service_of
from benefits.report.sections.price_years import alike
from benefits.report.voice import Voice
from benefits.results import PricedService, Results

Row = tuple[Markup, Markup, Markup]


def price_list(results: Results, voice: Voice) -> Section:
    """Every price of every service, what each of them is for, and what is not in it."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        service = service_of(priced, results)
        if len(results.services) > 1:
            blocks.append(Subheading(voice.text(service.title)))
        blocks.append(_prices(priced, service, results, voice))
        blocks += _by_year(priced, service, results, voice)
        blocks.append(Bullets(tuple(conditions(priced, service, results, voice))))
    if results.services:
        blocks.append(Paragraph(voice.say("service_price.certain")))
    return Section(id="price_list", heading=voice.say("service_price.list.heading"), blocks=tuple(blocks))


def _prices(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.list.caption", **words),
        header=tuple(voice.say(f"service_price.list.column.{name}") for name in ("price", "amount", "meaning")),
        rows=tuple(_rows(priced, service, results, voice)),
        numeric=frozenset({1}),
    )


def _rows(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Row]:
    values, prefix = results.values, f"service.{service.id}"
    volume, year = values[f"{prefix}.volume"], voice.year(priced.year)

    def amount(name: str) -> Markup:
        return voice.short_interval(values[f"{prefix}.{name}"])

    if service.agreed_price is not None:
        yield voice.say("service_price.list.agreed"), amount("agreed"), voice.say("service_price.list.agreed.meaning")
    meaning = voice.say("service_price.list.full.meaning", volume=volume, year=year)
    yield voice.say("service_price.list.full"), amount("full"), meaning
    for group in priced.groups:
        name, meaning = _group(group, service, results, voice)
        yield name, amount("no_group.full" if not group else f"group.{group}.full"), meaning
    if priced.ramp_up:
        meaning = voice.say("service_price.list.ramp_up.meaning", period=period_words(priced.ramp_up, voice))
        yield voice.say("service_price.list.ramp_up"), amount("ramp_up"), meaning
    if not same(f"{prefix}.at_used_capacity", f"{prefix}.full", results):
        meaning = voice.say("service_price.list.used.meaning")
        yield voice.say("service_price.list.used"), amount("at_used_capacity"), meaning
    if not same(f"{prefix}.marginal", f"{prefix}.full", results):
        meaning = voice.say("service_price.list.marginal.meaning")
        yield voice.say("service_price.list.marginal"), amount("marginal"), meaning


def _group(group: str, service: Service, results: Results, voice: Voice) -> tuple[Markup, Markup]:
    if not group:
        return voice.say("service_price.list.no_group"), voice.say("service_price.list.no_group.meaning")
    title = next(one.title for one in service.drivers if one.id == group)
    share = voice.interval(results.values[f"service.{service.id}.input.driver.{group}"])
    meaning = voice.say("service_price.list.group.meaning", share=share)
    return voice.say("service_price.list.group", group=voice.text(title)), meaning


def _by_year(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the price of each year, where it is not the same in all of them."""
    values, prefix = results.values, f"service.{service.id}"
    names = [f"{prefix}.year.{{}}.full", f"{prefix}.year.{{}}.volume"]
    header = [
        voice.say("column.year"),
        *(voice.say(f"service_price.list.years.{name}") for name in ("patients", "full")),
    ]
    if priced.regulated:
        names.append(f"{prefix}.regulated.{{}}")
        header.append(voice.say("service_price.list.years.regulated"))
    runs = alike(priced.years, lambda year: [values.get(name.format(year)) for name in names])
    if len(runs) < 2:
        return
    rows = []
    for run in runs:
        full, volume, *rest = (values.get(name.format(run[0])) for name in names)
        cells = [voice.number(volume), voice.short_interval(full)]
        cells += [voice.quantity(one) if one is not None else voice.say("service_price.list.as_agreed") for one in rest]
        rows.append((period_words(run, voice), *cells))
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    yield Table(
        caption=voice.say("service_price.list.years.caption", **words),
        header=tuple(header),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(header))),
    )
