"""What is charged for a service against what it costs: agreed price, price list, and the staffing behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name
from benefits.report.periods import period_words
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_parts import service_of
from benefits.report.voice import Voice
from benefits.results import PricedService, Results, Value


def agreed(results: Results, voice: Voice) -> Section:
    """The agreed price beside full cost, who carries the difference, and the payment with both ends."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        blocks += _agreed(priced, results, voice)
    return Section(id="agreed", heading=voice.say("service_price.agreed.heading"), blocks=tuple(blocks))


def price_list(results: Results, voice: Voice) -> Section:
    """Every price of every service in one table."""
    heading = voice.say("service_price.list.heading")
    if not results.services:
        return Section(id="price_list", heading=heading, blocks=without_price(results, voice))
    rows = []
    for priced in results.services:
        prefix = f"service.{priced.service}"
        amounts = [results.values[f"{prefix}.{name}"] for name in ("full", "at_used_capacity", "marginal")]
        shown = [voice.short_interval(value) for value in (*amounts, results.values.get(f"{prefix}.agreed"))]
        rows.append((voice.text(service_of(priced, results).title), *shown))
    names = ("service", "full", "used", "marginal", "agreed")
    table = Table(
        caption=voice.say("service_price.list.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"service_price.list.column.{name}") for name in names),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(names))),
        note=voice.say("service_price.list.note"),
    )
    return Section(id="price_list", heading=heading, blocks=(table,))


def staffing(results: Results, voice: Voice) -> Section:
    """Hours used, hours paid for and not used, and positions, per resource and year."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        service = service_of(priced, results)
        if service.resources:
            blocks.append(_staffing(priced, service, results, voice))
        else:
            words = voice.say("service_price.staffing.none", service=voice.text(service.title))
            blocks.append(Paragraph(words, tone="missing"))
    return Section(id="staffing", heading=voice.say("service_price.staffing.heading"), blocks=tuple(blocks))


def _agreed(priced: PricedService, results: Results, voice: Voice) -> Iterator[Block]:
    service, values = service_of(priced, results), results.values
    prefix = f"service.{service.id}"
    words = {
        "service": voice.text(service.title),
        "provider": actor_name(service.provider, results, voice),
        "full": voice.interval(values[f"{prefix}.full"]),
    }
    if service.payer == service.provider:
        yield Paragraph(voice.say("service_price.agreed.same", **words))
        return
    if service.agreed_price is None:
        yield Paragraph(voice.say("service_price.agreed.none", **words), tone="missing")
        return
    price = values[f"{prefix}.agreed"]
    if service.payer is None:
        yield Paragraph(voice.say("service_price.agreed.no_payer", agreed=price, **words), tone="missing")
        return
    payer = actor_name(service.payer, results, voice)
    yield Paragraph(voice.say("service_price.agreed.prices", agreed=price, **words))
    difference = values[f"{prefix}.year.{priced.year}.difference"]
    said = {"difference": voice.interval(difference), "year": voice.year(priced.year), "payer": payer}
    yield Paragraph(_who_carries(difference, voice, provider=words["provider"], **said))
    yield _by_year(priced, service, results, voice)


def _who_carries(rest: Value, voice: Voice, **words: Markup) -> Markup:
    low = rest.low if rest.low is not None else rest.value
    high = rest.high if rest.high is not None else rest.value
    if low is None or high is None or low <= 0 <= high:
        return voice.say("service_price.agreed.open", **words)
    return voice.say(
        "service_price.agreed.provider_carries" if high < 0 else "service_price.agreed.payer_carries", **words
    )


def _by_year(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}.year"
    assert service.payer is not None
    words = {
        "payer": actor_name(service.payer, results, voice),
        "provider": actor_name(service.provider, results, voice),
    }
    names = ("cost", "paid", "received", "difference")
    rows = tuple(
        (
            _years(years, voice),
            voice.number(values[f"{prefix}.{years[0]}.volume"]),
            *(voice.short_interval(values[f"{prefix}.{years[0]}.{name}"]) for name in names),
        )
        for years in _alike(
            priced.years, lambda year: [values[f"{prefix}.{year}.{name}"] for name in ("volume", *names)]
        )
    )
    columns = (voice.say(f"service_price.agreed.column.{name}", **words) for name in ("patients", *names))
    caption = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.agreed.caption", **caption),
        header=(voice.say("column.year"), *columns),
        rows=rows,
        numeric=frozenset(range(1, len(names) + 2)),
        note=voice.say("service_price.agreed.note", **words),
    )


def _alike(years: tuple[int, ...], of_year: Callable[[int], list[Value]]) -> tuple[tuple[int, ...], ...]:
    """Runs of years that follow each other and have the same numbers."""
    numbers = {year: [(one.value, one.low, one.high) for one in of_year(year)] for year in years}
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1 and numbers[year] == numbers[year - 1]:
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(tuple(run) for run in runs)


def _years(years: tuple[int, ...], voice: Voice) -> Markup:
    """Say a year, or that the numbers are those of each of several."""
    words = period_words(years, voice)
    return words if len(years) == 1 else voice.say("service_price.each_year", period=words)


def _staffing(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    values, prefix = results.values, f"service.{service.id}.year"
    names = ("used_hours", "idle_hours", "units", "idle_cost")
    every = ("volume", *(f"resource.{resource.id}.{name}" for resource in service.resources for name in names))
    rows = tuple(
        (
            _years(years, voice),
            voice.number(values[f"{prefix}.{years[0]}.volume"]),
            voice.text(resource.title),
            *(voice.short_interval(values[f"{prefix}.{years[0]}.resource.{resource.id}.{name}"]) for name in names),
        )
        for years in _alike(priced.years, lambda year: [values[f"{prefix}.{year}.{name}"] for name in every])
        for resource in service.resources
    )
    columns = ("patients", "resource", "used", "idle", "units", "idle_cost")
    return Table(
        caption=voice.say("service_price.staffing.caption", service=voice.text(service.title)),
        header=(voice.say("column.year"), *(voice.say(f"service_price.staffing.column.{name}") for name in columns)),
        rows=rows,
        numeric=frozenset({1, 3, 4, 5, 6}),
        note=voice.say("service_price.staffing.note"),
    )
