"""The price of a service by number of patients: a table, a figure, and where another whole resource is needed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service
from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import Across, by_amount
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_parts import same, service_of
from benefits.report.voice import Voice
from benefits.results import PricedService, Results, Value
from benefits.results.model import PricedStep, PricedVolume

FEWEST = 3
"""Points worth a figure."""
CLOSE = 0.03
"""Of the widest volume: points nearer each other than this cannot be told apart in the figure."""


def volume(results: Results, voice: Voice) -> Section:
    """Price, idle capacity, positions and yearly cost at volumes around the planned one, and where it jumps."""
    blocks: list[Block] = list(without_price(results, voice))
    if not all(_is_flat(priced, results) for priced in results.services):
        blocks.append(Paragraph(voice.say("service_price.volume.intro")))
    for priced in results.services:
        if len(results.services) > 1:
            blocks.append(Subheading(voice.text(service_of(priced, results).title)))
        blocks += _of_service(priced, results, voice)
    return Section(id="volume", heading=voice.say("service_price.volume.heading"), blocks=tuple(blocks))


def _of_service(priced: PricedService, results: Results, voice: Voice) -> Iterator[Block]:
    service = service_of(priced, results)
    if _is_flat(priced, results):
        yield Paragraph(voice.say("service_price.volume.flat", service=voice.text(service.title)))
        return
    if priced.steps:
        steps = tuple(_step(step, service, results, voice) for step in priced.steps)
        yield Paragraph(voice.say("service_price.volume.next_steps"))
        yield Bullets(steps)
    else:
        yield Paragraph(voice.say("service_price.volume.no_step", service=voice.text(service.title)))
    yield from _covering(priced, service, results, voice)
    yield _table(priced, results, voice)
    figure = _figure(priced, results, voice)
    if figure is not None:
        yield figure


def _is_flat(priced: PricedService, results: Results) -> bool:
    """Whether the price is the same at every volume, so that a table of them says nothing."""
    planned = f"service.{priced.service}.full"
    return not priced.steps and all(same(f"{one.prefix}.full", planned, results) for one in priced.volumes)


def _step(step: PricedStep, service: Service, results: Results, voice: Voice) -> Markup:
    """Say what is needed one more of, and from how many patients."""
    project, at = results.project, results.values[step.value]
    of = next((one for one in project.services if one.id == step.service), service)
    if step.kind in {"step", "band"}:
        title = next((one.title for one in of.fixed if one.id == step.id), None)
        key = "service_price.volume.next_step.band" if step.kind == "band" else "service_price.volume.next_step.step"
        return voice.say(key, cost=voice.text(title), step=at)
    shared = {one.id: one.title for one in project.shared_resources}
    titles = shared | {one.id: one.title for one in of.resources}
    return voice.say("service_price.volume.next_step", resource=voice.text(titles.get(step.id)), step=at)


def _covering(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    """Say from how many patients an agreed price covers the cost, and where above that it does not."""
    values, prefix = results.values, f"service.{service.id}"
    lowest = values.get(f"{prefix}.break_even")
    if lowest is None:
        return
    words = {"agreed": voice.quantity(values[f"{prefix}.agreed"]), "most": values[f"{prefix}.break_even.up_to"]}
    if lowest.value is None:
        yield Paragraph(voice.say("service_price.volume.never_covered", **words), tone="warning")
        return
    yield Paragraph(voice.say("service_price.volume.covered", lowest=lowest, **words))
    if priced.losing:
        stretches = voice.listed(
            voice.say(
                "service_price.volume.stretch", first=voice.number(values[first]), last=voice.number(values[last])
            )
            for first, last in priced.losing
        )
        yield Paragraph(voice.say("service_price.volume.losing", stretches=stretches), tone="warning")


def _table(priced: PricedService, results: Results, voice: Voice) -> Table:
    service, values = service_of(priced, results), results.values
    counted = any(f"{one.prefix}.units" in values for one in priced.volumes)
    names = [name for name in ("full", "idle", "units", "cost") if name != "units" or counted]
    rows = []
    for one in priced.volumes:
        patients = voice.number(values[f"{one.prefix}.patients"])
        if one.planned:
            patients = voice.say("service_price.volume.planned", patients=patients)
        rows.append((patients, *(voice.short_interval(values[f"{one.prefix}.{name}"]) for name in names)))
    words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
    every = ("full", "idle", "units", "cost")
    columns = (voice.say(f"service_price.volume.column.{name}") for name in every if name in names)
    return Table(
        caption=voice.say("service_price.volume.caption", **words),
        header=(voice.say("service_price.volume.column.patients"), *columns),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(names) + 1)),
        note=voice.say("service_price.volume.note") if counted else None,
    )


def _apart(volumes: tuple[PricedVolume, ...]) -> tuple[PricedVolume, ...]:
    """The volumes that can be told apart in a figure: always the planned one, others where they are not too close."""
    nearest = CLOSE * max(one.volume for one in volumes)
    kept = [one for one in volumes if one.planned]
    for one in volumes:
        if all(abs(one.volume - other.volume) >= nearest for other in kept):
            kept.append(one)
    return tuple(one for one in volumes if one in kept)


def _figure(priced: PricedService, results: Results, voice: Voice) -> Figure | None:
    """The volumes of the table whose price is uncertain, each with its interval, as nothing is drawn bare."""
    full = {one: results.values[f"{one.prefix}.full"] for one in priced.volumes}
    uncertain = tuple(one for one in priced.volumes if full[one].low is not None and full[one].high is not None)
    shown = _apart(uncertain) if uncertain else ()
    points = [(results.values[f"{one.prefix}.patients"], full[one]) for one in shown]
    if len(points) < FEWEST:
        return None
    title = service_of(priced, results).title
    listed = "; ".join(
        voice.catalogue.text(
            "service_price.figure.point", patients=voice.plain(patients), price=voice.plain_interval(price)
        )
        for patients, price in points
    )
    caption = [voice.say("service_price.figure.caption", service=voice.text(title))]
    if priced.saw_tooth:
        caption.append(voice.say("service_price.figure.saw_tooth"))
    agreed = results.values.get(f"service.{priced.service}.agreed")
    if agreed is not None:
        caption.append(voice.say("service_price.figure.agreed"))
    steps = _seen(priced, points, results)
    if steps:
        caption.append(voice.say("service_price.figure.steps"))
    if len(shown) < len(uncertain):
        caption.append(voice.say("service_price.figure.close"))
    if len(uncertain) < len(priced.volumes):
        caption.append(voice.say("service_price.figure.certain"))
    return Figure(
        png=by_amount(
            points,
            across=voice.catalogue.text("service_price.figure.axis.patients"),
            up=voice.catalogue.text("service_price.figure.axis.price"),
            numbers=voice.numbers,
            marked=next(one.volume for one in priced.volumes if one.planned),
            steps=tuple(step.value for step in steps if step.value is not None),
            level=Across(voice.catalogue.text("service_price.figure.agreed.label"), agreed) if agreed else None,
            line=[(at, results.values[id].value or 0.0) for at, id in priced.saw_tooth],
        ),
        caption=Markup(" ").join(caption),
        alternative=voice.catalogue.text(
            "service_price.figure.alternative", service=voice.plain_text(title), listed=listed
        ),
        values=tuple(value for point in points for value in point),
    )


def _seen(priced: PricedService, points: list[tuple[Value, Value]], results: Results) -> tuple[Value, ...]:
    """The steps that lie within the figure, each once."""
    most = max(at.value or 0.0 for at, _ in points)
    found = {one.value: one for step in priced.steps if (one := results.values[step.value]).value is not None}
    return tuple(one for at, one in sorted(found.items(), key=lambda pair: pair[0] or 0.0) if (at or 0.0) <= most)
