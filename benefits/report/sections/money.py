"""Sections on money: what the project costs, who finances it, what the service costs, and who pays and who gains."""

from __future__ import annotations

from markupsafe import Markup

from benefits.project.money import Cost, Service
from benefits.report.blocks import Block, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import intervals
from benefits.report.names import actor_name
from benefits.report.sections.illustration import illustration_warning
from benefits.report.voice import Voice
from benefits.results import PricedService, Results, Value

NET = ("cost", "cash", "transfer", "net")


def money(results: Results, voice: Voice) -> Section:
    """Costs by kind, financing per year and source, the running cost after the grant, and the service price."""
    blocks: list[Block] = []
    project = results.project
    if project.costs:
        header = tuple(voice.say(f"costs.column.{name}") for name in ("cost", "kind", "actor", "amount", "source"))
        rows = tuple(_cost(cost, results, voice) for cost in project.costs)
        blocks.append(Table(caption=voice.say("costs.caption"), header=header, rows=rows))
    else:
        blocks.append(Paragraph(voice.say("costs.none"), tone="missing"))
    blocks += [Subheading(voice.say("financing.heading")), *_financing(results, voice)]
    for priced in results.services:
        blocks += _price(priced, results, voice)
    return Section(id="money", heading=voice.say("money.heading"), blocks=tuple(blocks))


def actors(results: Results, voice: Voice) -> Section:
    """Who pays and who gains: money that moves per actor, and capacity apart from it."""
    blocks: list[Block] = []
    named = [one for one in results.project.actors if f"actor.{one.id}.expected.net" in results.values]
    if named:
        header = (voice.say("actors.column.actor"), *(voice.say(f"actors.column.{name}") for name in NET))
        rows = [(voice.text(actor.name), *_net_cells(f"actor.{actor.id}", results, voice)) for actor in named]
        rows.append((voice.say("actors.society"), *_net_cells("society", results, voice)))
        years = results.project.years
        caption = voice.say(
            "actors.caption",
            first=voice.year(years[0]),
            last=voice.year(years[-1]),
            price_year=voice.year(results.project.price_year),
        )
        numeric = frozenset(range(1, len(NET) + 1))
        note = voice.say("actors.note", level=results.values["level"])
        blocks.append(Paragraph(voice.say("actors.intro")))
        blocks += illustration_warning(results, voice)
        if not results.project.costs:
            blocks.append(Paragraph(voice.say("actors.no_costs"), tone="missing"))
        blocks.append(Table(caption=caption, header=header, rows=tuple(rows), numeric=numeric, note=note))
        figure = _net_figure([actor.id for actor in named], results, voice)
        if figure is not None:
            blocks.append(figure)
    else:
        blocks.append(Paragraph(voice.say("actors.none"), tone="missing"))
    blocks += _capacity(results, voice)
    return Section(id="actors", heading=voice.say("actors.heading"), blocks=tuple(blocks))


def _amount(value: Value | None, voice: Voice) -> Markup:
    return voice.number(value) if value is not None else voice.say("nothing")


def _net_cells(prefix: str, results: Results, voice: Voice) -> list[Markup]:
    lack = dict.fromkeys(NET, voice.say("nothing"))
    if not results.project.costs:
        lack["cost"] = voice.say("blank")
    cells = [(name, results.values.get(f"{prefix}.expected.{name}")) for name in NET]
    return [voice.short_interval(cell) if cell is not None else lack[name] for name, cell in cells]


def _cost(cost: Cost, results: Results, voice: Voice) -> tuple[Markup, ...]:
    value = results.values.get(f"cost.{cost.id}")
    amount = voice.interval(value) if value is not None else voice.say("costs.not_stated")
    return (
        voice.text(cost.title),
        voice.word("cost_kind", cost.kind),
        actor_name(cost.actor, results, voice),
        amount,
        voice.text(cost.source),
    )


def _financing(results: Results, voice: Voice) -> list[Block]:
    financing = results.project.financing
    if financing is None or not financing.sources:
        return [Paragraph(voice.say("financing.none"), tone="missing")]
    years = sorted({year for source in financing.sources for year in source.amounts})
    names = ("title", "source", "payer", "receiver")
    header = (*(voice.say(f"financing.column.{name}") for name in names), *(voice.year(year) for year in years))
    rows = tuple(
        (
            voice.text(source.title if source.title is not None else source.id),
            voice.word("funding_source", source.source),
            actor_name(source.payer, results, voice),
            actor_name(source.receiver, results, voice),
            *(_amount(results.values.get(f"financing.{source.id}.{year}"), voice) for year in years),
        )
        for source in financing.sources
    )
    numeric = frozenset(range(len(names), len(names) + len(years)))
    blocks: list[Block] = [Table(caption=voice.say("financing.caption"), header=header, rows=rows, numeric=numeric)]
    after = financing.after_grant
    if after is None or after.actor is None:
        blocks.append(Paragraph(voice.say("financing.no_after_grant"), tone="missing"))
    else:
        words = {"actor": actor_name(after.actor, results, voice), "decision": voice.text(after.decision)}
        key = "financing.after_grant.decided" if after.decided else "financing.after_grant"
        blocks.append(Paragraph(voice.say(key, day=voice.day(after.decided), **words)))
    return blocks


def _price(priced: PricedService, results: Results, voice: Voice) -> list[Block]:
    service = next(one for one in results.project.services if one.id == priced.service)
    prefix, values = f"service.{service.id}", results.values
    names = _part_names(service, voice)
    rows = [
        (
            names[kind, part],
            voice.word("price_part", kind),
            voice.short_interval(values[f"{prefix}.part.{kind}.{part}"]),
        )
        for kind, part in priced.parts
    ]
    full = values[f"{prefix}.full"]
    rows.append((voice.say("price.full"), Markup(""), voice.short_interval(full)))
    header = tuple(voice.say(f"price.column.{name}") for name in ("part", "kind", "amount"))
    words = {
        "service": voice.text(service.title),
        "volume": values[f"{prefix}.volume"],
        "year": voice.year(priced.year),
    }
    blocks: list[Block] = [
        Subheading(voice.say("price.heading", service=voice.text(service.title))),
        Paragraph(voice.say("price.sentence", full=voice.interval(full), **words)),
        Table(
            caption=voice.say("price.caption", year=voice.year(results.project.price_year)),
            header=header,
            rows=tuple(rows),
            numeric=frozenset({2}),
        ),
        Paragraph(
            voice.say(
                "price.marginal",
                marginal=voice.interval(values[f"{prefix}.marginal"]),
                used=voice.interval(values[f"{prefix}.at_used_capacity"]),
            )
        ),
    ]
    if priced.next_step:
        blocks.append(Paragraph(voice.say("price.next_step", step=values[f"{prefix}.next_step"])))
    if service.agreed_price is not None and service.payer is not None:
        agreed = {"agreed": values[f"{prefix}.agreed"], "payer": actor_name(service.payer, results, voice)}
        provider = actor_name(service.provider, results, voice)
        blocks.append(Paragraph(voice.say("price.agreed", provider=provider, **agreed)))
    return blocks


def _part_names(service: Service, voice: Voice) -> dict[tuple[str, str], Markup]:
    """Titles by kind and id: a fixed cost and a resource may have the same id."""
    titles = {("fixed", part.id): part.title for part in service.fixed}
    titles |= {("per_patient_month", part.id): part.title for part in service.per_patient_month}
    titles |= {("equipment", part.id): part.title for part in service.equipment}
    titles |= {(kind, part.id): part.title for part in service.resources for kind in ("used_capacity", "idle_capacity")}
    return {key: voice.text(title) for key, title in titles.items()}


def _net_figure(ids: list[str], results: Results, voice: Voice) -> Figure | None:
    drawn = []
    for id in ids:
        value = results.values[f"actor.{id}.expected.net"]
        if value.low is not None and value.high is not None:
            drawn.append((voice.plain_text(results.project.actor(id).name), value))
    if not drawn:
        return None
    listed = "; ".join(f"{name}: {voice.plain_interval(value)}" for name, value in drawn)
    return Figure(
        png=intervals(drawn, axis=voice.catalogue.text("actors.figure.axis"), numbers=voice.numbers, divisor=1_000),
        caption=voice.say("actors.figure.caption"),
        alternative=voice.catalogue.text("actors.figure.alternative", listed=listed),
        values=tuple(value for _, value in drawn),
    )


def _capacity(results: Results, voice: Voice) -> list[Block]:
    """Events, bed-days and hours as such, one row per benefit, unit and basis; never a sum over bases."""
    rows = []
    for benefit in results.project.benefits:
        for basis in ("expected", "measured"):
            prefix = f"quantity.{basis}.{benefit.id}."
            units = [id.removeprefix(prefix) for id in results.values if id.startswith(prefix)]
            rows += [
                (
                    voice.text(benefit.title),
                    voice.word("basis", basis),
                    voice.interval(results.values[prefix + unit]),
                    voice.word("grade", results.values[prefix + unit].grade or "assumed"),
                )
                for unit in units
                if "." not in unit
            ]
    if not rows:
        return [Paragraph(voice.say("capacity.none"), tone="missing")]
    header = tuple(voice.say(f"capacity.column.{name}") for name in ("benefit", "basis", "amount", "grade"))
    blocks: list[Block] = [
        Subheading(voice.say("capacity.heading")),
        Paragraph(voice.say("capacity.intro")),
        Table(caption=voice.say("capacity.caption"), header=header, rows=tuple(rows)),
    ]
    for priced in results.services:
        hours = results.values.get(f"service.{priced.service}.hours")
        if hours is not None:
            service = next(one for one in results.project.services if one.id == priced.service)
            words = {
                "service": voice.text(service.title),
                "hours": voice.interval(hours),
                "year": voice.year(priced.year),
            }
            blocks.append(Paragraph(voice.say("capacity.service_uses", **words)))
    return blocks
