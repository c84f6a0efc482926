"""Who pays what: the cost or the agreed price shared between the parties, or bought by one, against what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from benefits.economics.service import held_in
from benefits.project.service import Party, Service
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name, actor_names
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_offer import payers
from benefits.report.sections.price_parts import service_of
from benefits.report.sections.price_years import alike, each_year
from benefits.report.voice import Voice
from benefits.results import PricedService, Results, Value
from benefits.results.model import PricedSplit

COLUMNS = frozenset({"party", "rule", "of_share", "of_fixed", "of_use", "in_all", "per_month", "between"})
"""Of the table of who carries what in a year; those that are nothing for all are left out."""


def split(results: Results, voice: Voice) -> Section:
    """What each party pays and by which rule, the agreed price beside full cost, and who carries the difference."""
    blocks: list[Block] = list(without_price(results, voice))
    for priced in results.services:
        service = service_of(priced, results)
        if len(results.services) > 1:
            blocks.append(Subheading(voice.text(service.title)))
        blocks += _shared(priced, service, results, voice) if service.parties else ()
        blocks += _agreed(priced, service, results, voice)
    return Section(id="split", heading=voice.say("service_price.split.heading"), blocks=tuple(blocks))


def _shared(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    if not priced.splits:
        yield Paragraph(voice.say("service_price.split.none", service=voice.text(service.title)), tone="missing")
        return
    shown = next((one for one in priced.splits if one.year == priced.first_full_year), priced.splits[-1])
    said = [voice.say("service_price.split.of_price" if shown.of_price else "service_price.split.of_cost")]
    if any(party.share is not None for party in service.parties):
        said.append(voice.say("service_price.split.rule.share"))
    else:
        said.append(voice.say("service_price.split.rule"))
    yield Paragraph(Markup(" ").join(said))
    yield _one_year(shown, service, results, voice)
    if len(priced.splits) > 1:
        yield _all_years(priced, service, results, voice)
    for party in service.parties:
        if party.key is not None and _joins_later(party, service):
            words = {"party": actor_name(party.actor, results, voice), "date": party.starts}
            yield Paragraph(voice.say("service_price.split.joins", **words))
    for year in priced.years:
        part = _part_of_year(year, service, voice)
        if part is not None:
            yield Paragraph(voice.say("service_price.split.part_year", **part))
    if any(party.provider for party in shown.parties):
        provider = actor_name(service.provider, results, voice)
        yield Paragraph(voice.say("service_price.split.own_part", provider=provider))


def _one_year(shown: PricedSplit, service: Service, results: Results, voice: Voice) -> Table:
    values = results.values
    names = ("of_share", "of_fixed", "of_use")
    used = [name for name in names if values[f"{shown.prefix}.sum.{name}"].value]
    stated = {party.actor: party for party in service.parties}
    own = {party.actor: values.get(f"{shown.prefix}.party.{party.actor}.per_patient_month") for party in shown.parties}
    per_month = ("per_month",) if any(own.values()) else ()

    def of_own(value: Value | None) -> tuple[Markup, ...]:
        return (voice.number(value) if value is not None else Markup(""),) * len(per_month)

    def cells(prefix: str) -> tuple[Markup, ...]:
        return tuple(voice.number(values[f"{prefix}.{name}"]) for name in (*used, "in_all"))

    rows = [
        (
            actor_name(party.actor, results, voice),
            _rule(stated[party.actor], shown, service, results, voice),
            *cells(f"{shown.prefix}.party.{party.actor}"),
            *of_own(own[party.actor]),
            _between(values[f"{shown.prefix}.party.{party.actor}.amount"], voice),
        )
        for party in shown.parties
    ]
    between = _between(values[f"{shown.prefix}.total"], voice)
    rows.append(
        (voice.say("service_price.split.total"), Markup(""), *cells(f"{shown.prefix}.sum"), *of_own(None), between)
    )
    columns = ("party", "rule", *used, "in_all", *per_month, "between")
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.split.caption", year=voice.year(shown.year), **words),
        header=tuple(voice.say(f"service_price.split.column.{name}") for name in columns),
        rows=tuple(rows),
        numeric=frozenset(range(2, len(columns))),
        note=voice.say("service_price.split.note"),
    )


def _between(value: Value, voice: Voice) -> Markup:
    """Say the interval of an amount beside it, or that it is certain."""
    if value.low is None or value.high is None:
        return voice.say("service_price.split.certain")
    return voice.say("service_price.split.between", low=_end(value, "low", voice), high=_end(value, "high", voice))


def _end(value: Value, part: str, voice: Voice) -> Markup:
    """Say an end of an interval to the krone, as the amount it stands beside."""
    number = float(getattr(value, part))
    written = voice.numbers.decimal(number, digits=0)
    return Markup('<data value="{}" data-id="{}" data-part="{}">{}</data>').format(
        repr(number), value.id, part, written
    )


def _rule(party: Party, shown: PricedSplit, service: Service, results: Results, voice: Voice) -> Markup:
    prefix = f"service.{service.id}.input.party.{party.actor}"
    if party.share is not None:
        return voice.say("service_price.split.by.share", share=voice.number(results.values[f"{prefix}.share"]))
    volume = results.values.get(f"{shown.prefix}.party.{party.actor}.volume")
    said = []
    if party.key is not None:
        said.append(voice.say("service_price.split.by.key", key=voice.number(results.values[f"{prefix}.key"])))
    if volume is not None:
        said.append(voice.say("service_price.split.by.use", volume=volume))
    return voice.listed(said) if said else voice.say("service_price.split.by.nothing")


def _all_years(priced: PricedService, service: Service, results: Results, voice: Voice) -> Table:
    by_year = {split.year: split for split in priced.splits if _holds(split.year, priced, service)}
    actors = tuple(dict.fromkeys(party.actor for one in by_year.values() for party in one.parties))

    def numbers(year: int) -> list[Value | None]:
        prefix = by_year[year].prefix
        ids = (*(f"{prefix}.party.{actor}.in_all" for actor in actors), f"{prefix}.sum.in_all")
        return [results.values.get(id) for id in ids]

    runs = alike(tuple(by_year), numbers)
    rows = tuple(
        (
            each_year(run, voice),
            *(voice.number(one) for one in numbers(run[0])),
        )
        for run in runs
    )
    names = (actor_name(actor, results, voice) for actor in actors)
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.split.years.caption", **words),
        header=(voice.say("column.year"), *names, voice.say("service_price.split.total")),
        rows=rows,
        numeric=frozenset(range(1, len(actors) + 2)),
    )


def _holds(year: int, priced: PricedService, service: Service) -> bool:
    """Whether the price holds in some of a year; what was before it is not what is to be agreed.

    A price that holds in no year with patients is shown for those there are.
    """
    return held_in(service, year) is not None or all(held_in(service, one) is None for one in priced.years)


def _joins_later(party: Party, service: Service) -> bool:
    """Whether a party comes within a year that is paid for, later than the others, so that its key counts for less."""
    if party.starts is None:
        return False
    held = held_in(service, party.starts.year)
    return party.starts > (held[0] if held is not None else date(party.starts.year, 1, 1))


def _part_of_year(year: int, service: Service, voice: Voice) -> dict[str, Markup] | None:
    """The first and the last day the price holds of a year it holds in part."""
    held = held_in(service, year)
    if held is None or held == (date(year, 1, 1), date(year, 12, 31)):
        return None
    return {"year": voice.year(year), "first": voice.day(held[0]), "last": voice.day(held[1])}


def _agreed(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    values, prefix = results.values, f"service.{service.id}"
    words = {
        "service": voice.text(service.title),
        "provider": actor_name(service.provider, results, voice),
        "full": voice.interval(values[f"{prefix}.full"]),
    }
    if service.payer == service.provider:
        yield Paragraph(voice.say("service_price.agreed.same", **words))
        return
    if service.agreed_price is None:
        if not service.parties:
            yield Paragraph(voice.say("service_price.agreed.none", **words), tone="missing")
        return
    price, who = values[f"{prefix}.agreed"], payers(service)
    if not who:
        yield Paragraph(voice.say("service_price.agreed.no_payer", agreed=price, **words), tone="missing")
        return
    yield Paragraph(voice.say("service_price.agreed.prices", agreed=price, **words))
    difference = values[f"{prefix}.year.{priced.year}.difference"]
    said = {"difference": voice.interval(difference), "year": voice.year(priced.year)}
    said["payer"] = actor_names(who, results, voice)
    yield Paragraph(_who_carries(difference, voice, provider=words["provider"], **said))
    yield _by_year(priced, service, results, voice)
    for year in priced.years:
        part = _part_of_year(year, service, voice)
        if part is not None:
            key = "service_price.agreed.part_year" if service.payer else "service_price.agreed.as_if_whole"
            yield Paragraph(voice.say(key, **part))


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
    words = {"provider": actor_name(service.provider, results, voice), "payer": voice.say("blank")}
    names: tuple[str, ...] = ("cost", "paid", "received", "difference")
    if service.payer is None:
        names = ("cost", "charged", "difference")
    else:
        words["payer"] = actor_name(service.payer, results, voice)
    years = tuple(year for year in priced.years if _holds(year, priced, service))
    rows = tuple(
        (
            each_year(run, voice),
            voice.number(values[f"{prefix}.{run[0]}.volume"]),
            *(voice.short_interval(values[f"{prefix}.{run[0]}.{name}"]) for name in names),
        )
        for run in alike(years, lambda year: [values[f"{prefix}.{year}.{name}"] for name in ("volume", *names)])
    )
    columns = (voice.say(f"service_price.agreed.column.{name}", **words) for name in ("patients", *names))
    caption = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.agreed.caption", **caption),
        header=(voice.say("column.year"), *columns),
        rows=rows,
        numeric=frozenset(range(1, len(names) + 2)),
        note=voice.say("service_price.agreed.note", **words) if service.payer is not None else None,
    )
