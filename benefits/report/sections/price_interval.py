"""At which prices neither party to a service loses, who else loses or gains, and a worked example of a settlement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import Across, prices_by_party
from benefits.report.names import actor_name
from benefits.report.periods import period_words
from benefits.report.sections.settlement import settlement
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.price_interval import CAPACITY, CASH, PRESENT_VALUE, WHOLE_YEARS, ServiceInterval


def price_interval(results: Results, voice: Voice) -> Section:
    """Per service: the interval or why there is none, each party's own price, and others who lose or gain."""
    heading = voice.say("price_interval.heading")
    found = results.worth.price_intervals
    blocks: list[Block] = []
    if any(not one.refused for one in found):
        period = period_words(results.project.years, voice)
        price_year = voice.year(results.project.price_year)
        blocks.append(Paragraph(voice.say("price_interval.intro", period=period, price_year=price_year)))
    if len(found) > 1:
        blocks.append(Paragraph(voice.say("price_interval.several")))
    for one in found:
        service = _service(one, results)
        if len(found) > 1:
            blocks.append(Subheading(voice.text(service.title)))
        if one.refused:
            blocks.append(_refused(one, results, voice))
        else:
            blocks += _of_service(one, service, results, voice)
    return Section(id="price_interval", heading=heading, blocks=tuple(blocks))


def in_one_sentence(results: Results, voice: Voice) -> Iterator[Markup]:
    """Say for each service in one sentence whether there is a price at which neither party loses."""
    for one in results.worth.price_intervals:
        if not one.refused:
            price_year = voice.year(results.project.price_year)
            # A price far above full cost surprises whoever has not seen that it is paid for a part only.
            found = Markup(" ").join([_verdict(one, CASH, results, voice), *_paid_months(one, results, voice)])
            yield voice.say("price_interval.in_short", found=found, price_year=price_year)


def price_words(value: Value, voice: Voice) -> Markup:
    """Say a price with its interval; one on both sides of nothing is no effect that may be none."""
    price = _without_year(value)
    if voice.short_interval(price) == voice.number(price):
        return voice.quantity(price)
    ends = {part: voice.number(price, part=part) for part in ("low", "high")}
    return voice.say("price_interval.price", price=voice.quantity(price), **ends)


def _service(one: ServiceInterval, results: Results) -> Service:
    return next(service for service in results.project.services if service.id == one.service)


def _refused(one: ServiceInterval, results: Results, voice: Voice) -> Paragraph:
    service = _service(one, results)
    words = {"service": voice.text(service.title), "provider": actor_name(service.provider, results, voice)}
    return Paragraph(voice.say(f"price_interval.refused.{one.refused}", **words), tone="missing")


def _of_service(one: ServiceInterval, service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    empty = CASH in one.empty
    yield Paragraph(_verdict(one, CASH, results, voice), tone="warning" if empty else "plain")
    yield Paragraph(Markup(" ").join(_further(one, results, voice)))
    yield _parties(one, service, results, voice)
    figure = _figure(one, results, voice)
    if figure is not None:
        yield figure
    yield from _other_ways(one, results, voice)
    yield from _with_capacity(one, results, voice)
    yield from _others(one, results, voice)
    if one.settlement is not None:
        yield from settlement(one, results, voice)


def _verdict(one: ServiceInterval, kind: str, results: Results, voice: Voice) -> Markup:
    """Say whether there is such a price, from which to which; a price below zero is no price."""
    values, service = results.values, _service(one, results)
    low, high = (values[one.id(name, kind)] for name in ("low", "high"))
    words = {
        "service": voice.text(service.title),
        "provider": actor_name(one.provider, results, voice),
        "low": price_words(low, voice),
        "high": price_words(high, voice),
        "buyer": actor_name(_first_to_lose(one, kind, results), results, voice),
    }
    free, costly = (low.value or 0.0) <= 0, (high.value or 0.0) < 0
    if kind not in one.empty:
        return voice.say("price_interval.found.from_nothing" if free else "price_interval.found", **words)
    if costly:
        return voice.say("price_interval.empty.free" if free else "price_interval.empty.even_free", **words)
    return voice.say("price_interval.empty", **words)


def _without_year(value: Value) -> Value:
    """The same amount without its price year, which is said once in the tables."""
    return replace(value, price_year=None)


def _first_to_lose(one: ServiceInterval, kind: str, results: Results) -> str:
    """The one of those who pay who can bear least."""
    return min(one.buyers, key=lambda actor: results.values[one.id(f"zero.{actor}", kind)].value or 0.0)


def _further(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Markup]:
    values = results.values
    period = period_words(results.project.years, voice)
    yield from _paid_months(one, results, voice)
    if CASH in one.empty:
        gap, lost = (voice.interval(_without_year(values[one.id(name)])) for name in ("gap", "gap_in_all"))
        yield voice.say("price_interval.gap", gap=gap, in_all=lost, period=period)
    yield from _agreed(one, results, voice)
    if one.without_benefits:
        yield voice.say("price_interval.without_benefits")
    elif one.with_share:
        yield voice.say("price_interval.share", share=voice.number(values[one.id("share_with_price")]))
    else:
        yield voice.say("price_interval.no_share")


def _paid_months(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Markup]:
    """Say so where the provider bears the cost of more than it is paid for."""
    paid, whole = (results.values[f"price_interval.{one.service}.{name}"] for name in ("paid_months", "all_months"))
    if paid.value and whole.value and paid.value < whole.value:
        yield voice.say(
            "price_interval.paid_months",
            provider=actor_name(one.provider, results, voice),
            paid=voice.quantity(paid),
            whole=voice.number(whole),
            period=period_words(results.project.years, voice),
        )


def _agreed(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Markup]:
    """Say where the agreed price lies, where there are prices neither party loses at."""
    agreed = results.values.get(f"service.{one.service}.agreed")
    if agreed is None or agreed.value is None or CASH in one.empty:
        return
    low, high = (results.values[one.id(name)].value or 0.0 for name in ("low", "high"))
    place = "below" if agreed.value < low else "above" if agreed.value > high else "between"
    yield voice.say(f"price_interval.agreed.{place}", agreed=voice.quantity(_without_year(agreed)))


def _parties(one: ServiceInterval, service: Service, results: Results, voice: Voice) -> Table:
    """Each party's own price, and what it is left with at the price that is agreed."""
    agreed = results.values.get(f"service.{one.service}.agreed")
    rows = []
    for actor in one.parties:
        role = "provides" if actor == one.provider else "pays"
        zero = results.values[one.id(f"zero.{actor}")]
        row = [actor_name(actor, results, voice), voice.say(f"price_interval.role.{role}"), voice.short_interval(zero)]
        if agreed is not None:
            net = results.values.get(f"actor.{actor}.expected.net")
            row.append(voice.short_interval(net) if net is not None else voice.say("nothing"))
        rows.append(tuple(row))
    names = ["party", "role", "zero"]
    header = [voice.say(f"price_interval.column.{name}") for name in names]
    if agreed is not None:
        header.append(voice.say("price_interval.column.at_agreed", agreed=voice.number(agreed)))
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("price_interval.caption", **words),
        header=tuple(header),
        rows=tuple(rows),
        numeric=frozenset(range(2, len(header))),
        note=voice.say("price_interval.note", level=results.values["level"]),
    )


def _figure(one: ServiceInterval, results: Results, voice: Voice) -> Figure | None:
    """Where each party is left with nothing, the full price, the agreed price, and the prices between."""
    drawn: list[tuple[str, Value]] = []
    for actor in one.parties:
        name = voice.plain_text(results.project.actor(actor).name)
        label = "price_interval.figure.provides" if actor == one.provider else "price_interval.figure.pays"
        drawn.append((voice.catalogue.text(label, actor=name), results.values[one.id(f"zero.{actor}")]))
    full = results.values.get(f"service.{one.service}.full")
    if full is not None:
        drawn.append((voice.catalogue.text("price_interval.figure.full"), full))
    shown = [(label, value) for label, value in drawn if value.low is not None and value.high is not None]
    if len(shown) < 2:
        return None
    agreed = results.values.get(f"service.{one.service}.agreed")
    level = Across(voice.catalogue.text("price_interval.figure.agreed"), agreed) if agreed is not None else None
    ends = [results.values[one.id(name)].value or 0.0 for name in ("low", "high")]
    listed = "; ".join(
        voice.catalogue.text(
            "price_interval.figure.point",
            label=label,
            price=voice.plain(value),
            low=voice.plain(replace(value, value=value.low), unit=False),
            high=voice.plain(replace(value, value=value.high), unit=False),
        )
        for label, value in shown
    )
    caption = [voice.say("price_interval.figure.caption")]
    if level is not None:
        caption.append(voice.say("price_interval.figure.line"))
    caption.append(voice.say("price_interval.figure.none" if CASH in one.empty else "price_interval.figure.band"))
    if len(shown) < len(drawn):
        caption.append(voice.say("price_interval.figure.certain"))
    return Figure(
        png=prices_by_party(
            shown,
            axis=voice.catalogue.text("price_interval.figure.axis"),
            numbers=voice.numbers,
            level=level,
            between=None if CASH in one.empty else (max(0.0, ends[0]), ends[1]),
        ),
        caption=Markup(" ").join(caption),
        alternative=voice.catalogue.text("price_interval.figure.alternative", listed=listed),
        values=tuple(value for _, value in shown),
    )


def _other_ways(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Block]:
    """The same in the years the price holds throughout, and discounted."""
    kinds = [kind for kind in (CASH, WHOLE_YEARS, PRESENT_VALUE) if kind in one.kinds]
    if len(kinds) < 2:
        return
    years = results.project.years
    rows = []
    for kind in kinds:
        span = one.whole_years if kind == WHOLE_YEARS else years
        said = voice.say(f"price_interval.way.{kind}", period=period_words(span, voice))
        rows.append((said, *_ends(one, kind, results, voice)))
    yield Subheading(voice.say("price_interval.ways"))
    yield Table(
        caption=voice.say("price_interval.ways.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"price_interval.column.{name}") for name in ("way", "low", "high", "lost")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
        note=voice.say("price_interval.ways.note"),
    )


def _ends(one: ServiceInterval, kind: str, results: Results, voice: Voice) -> tuple[Markup, ...]:
    lost = results.values.get(one.id("gap_in_all", kind))
    return (
        *(voice.short_interval(results.values[one.id(name, kind)]) for name in ("low", "high")),
        voice.short_interval(lost) if lost is not None else voice.say("price_interval.nothing_lost"),
    )


def _with_capacity(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Block]:
    """Apart from money: the interval when capacity whose use is decided counts for the one who owns it."""
    yield Subheading(voice.say("price_interval.capacity.heading"))
    if CAPACITY not in one.kinds:
        yield Paragraph(voice.say("price_interval.capacity.none"))
        return
    values = results.values
    for actor in one.owned:
        words = {"actor": actor_name(actor, results, voice)}
        amount = voice.interval(values[one.id(f"owned.{actor}", CAPACITY)])
        zero = voice.short_interval(values[one.id(f"zero.{actor}", CAPACITY)])
        role = "provides" if actor == one.provider else "pays"
        said = (
            voice.say("price_interval.capacity", amount=amount, **words),
            voice.say(f"price_interval.capacity.{role}", price=zero, **words),
        )
        yield Paragraph(Markup(" ").join(said))
    yield Paragraph(_verdict(one, CAPACITY, results, voice))


def _others(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Block]:
    """Those who are no party to the price and lose or gain whatever it is."""
    yield Subheading(voice.say("price_interval.others"))
    points = [
        voice.say(
            f"price_interval.others.{way}",
            actor=actor_name(actor, results, voice),
            net=voice.interval(results.values[f"actor.{actor}.expected.net"]),
        )
        for way, actors in (("loses", one.losing), ("gains", one.gaining))
        for actor in actors
    ]
    if not one.losing:
        yield Paragraph(voice.say("price_interval.others.nobody_loses"))
    if points:
        yield Bullets(tuple(points))
