"""The costs of a service that are no time: fixed and in steps, per patient, at start and end, and equipment."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Equipment, FixedCost, Service, Vat
from benefits.report.blocks import Block, Table
from benefits.report.voice import Voice
from benefits.results import Results

Row = tuple[Markup, Markup, Markup]


def other_costs(service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield a table of the costs as stated, with merverdiavgift; nothing where there are none."""
    rows = tuple(_rows(service, results, voice))
    if rows:
        words = {"service": voice.text(service.title), "price_year": voice.year(results.project.price_year)}
        header = tuple(voice.say(f"service_price.inputs.column.{name}") for name in ("what", "kind", "amount"))
        yield Table(caption=voice.say("service_price.inputs.caption", **words), header=header, rows=rows)


def _rows(service: Service, results: Results, voice: Voice) -> Iterator[Row]:
    values, prefix = results.values, f"service.{service.id}.input"
    for one in service.fixed:
        kind = "fixed" if one.every is None and not one.bands else "step"
        said = _with_vat(_fixed(one, f"{prefix}.fixed.{one.id}", results, voice), one.vat, voice)
        yield voice.text(one.title), voice.word("price_part", kind), said
    for kind, key, costs in (
        ("per_patient_month", "per_patient_month", service.per_patient_month),
        ("start", "per_start", service.per_start),
        ("end", "per_end", service.per_end),
    ):
        for cost in costs:
            said = _with_vat(voice.interval(values.get(f"{prefix}.{key}.{cost.id}")), cost.vat, voice)
            yield voice.text(cost.title), voice.word("price_part", kind), said
    for item in service.equipment:
        said = _with_vat(_equipment(item, prefix, results, voice), item.vat, voice)
        yield voice.text(item.title), voice.word("price_part", "equipment"), said


def _fixed(cost: FixedCost, id: str, results: Results, voice: Voice) -> Markup:
    values = results.values
    said = []
    for place, _ in enumerate(cost.bands, 1):
        words = {
            "patients": values.get(f"{id}.band.{place}.from"),
            "amount": _amount(f"{id}.band.{place}.amount", cost, results, voice),
        }
        said.append(voice.say("service_price.inputs.band", **words))
    if said:
        return Markup("; ").join(said)
    amount = _amount(id, cost, results, voice)
    if cost.every is None:
        return amount
    return voice.say("service_price.inputs.every", amount=amount, patients=values.get(f"{id}.every"))


def _amount(id: str, cost: FixedCost, results: Results, voice: Voice) -> Markup:
    amount = voice.interval(results.values.get(id))
    return voice.say("service_price.inputs.a_month", amount=amount) if cost.per == "month" else amount


def _equipment(item: Equipment, prefix: str, results: Results, voice: Voice) -> Markup:
    values = results.values
    amount = voice.interval(values.get(f"{prefix}.equipment.{item.id}"))
    said = [
        voice.say("service_price.inputs.lifetime", amount=amount, lifetime=values.get(f"{prefix}.lifetime.{item.id}"))
    ]
    if item.lost_per_year:
        share = voice.number(values.get(f"{prefix}.lost.{item.id}"))
        said.append(voice.say("service_price.inputs.lost", share=share))
    if item.residual:
        said.append(voice.say("service_price.inputs.residual", amount=values.get(f"{prefix}.residual.{item.id}")))
    return Markup("; ").join(said)


def _with_vat(said: Markup, vat: Vat | None, voice: Voice) -> Markup:
    if vat is None:
        return said
    key = "service_price.inputs.vat.compensated" if vat.compensated else "service_price.inputs.vat"
    return voice.say(key, amount=said)
