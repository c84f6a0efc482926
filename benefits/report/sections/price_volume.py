"""The price of a service by number of patients: a table, a figure, and where another whole resource is needed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Figure, Paragraph, Section, Table
from benefits.report.figures import by_amount
from benefits.report.sections.price_lacks import without_price
from benefits.report.sections.price_parts import service_of
from benefits.report.voice import Voice
from benefits.results import PricedService, Results
from benefits.results.model import PricedVolume

FEWEST = 3
"""Points worth a figure."""
CLOSE = 0.03
"""Of the widest volume: points nearer each other than this cannot be told apart in the figure."""


def volume(results: Results, voice: Voice) -> Section:
    """Price, idle capacity, positions and yearly cost at volumes around the planned one."""
    blocks: list[Block] = list(without_price(results, voice))
    if results.services:
        blocks.append(Paragraph(voice.say("service_price.volume.intro")))
    for priced in results.services:
        blocks += _of_service(priced, results, voice)
    return Section(id="volume", heading=voice.say("service_price.volume.heading"), blocks=tuple(blocks))


def _of_service(priced: PricedService, results: Results, voice: Voice) -> Iterator[Block]:
    service = service_of(priced, results)
    titles = {one.id: one.title for one in service.resources}
    yield _table(priced, results, voice)
    for resource in priced.steps:
        step = results.values[f"service.{service.id}.next_step.{resource}"]
        yield Paragraph(
            voice.say("service_price.volume.next_step", resource=voice.text(titles[resource]), step=step),
        )
    if not priced.steps:
        yield Paragraph(voice.say("service_price.volume.no_step", service=voice.text(service.title)))
    figure = _figure(priced, results, voice)
    if figure is not None:
        yield figure


def _table(priced: PricedService, results: Results, voice: Voice) -> Table:
    service, values = service_of(priced, results), results.values
    names = [name for name in ("full", "idle", "units", "cost") if name != "units" or service.resources]
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
        note=voice.say("service_price.volume.note"),
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
        ),
        caption=Markup(" ").join(caption),
        alternative=voice.catalogue.text(
            "service_price.figure.alternative", service=voice.plain_text(title), listed=listed
        ),
        values=tuple(value for point in points for value in point),
    )
