"""What goes with a price: how it follows prices, how long it holds, notice, merverdiavgift, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Service, Vat
from benefits.reference import UnknownReference
from benefits.report.voice import Voice
from benefits.results import PricedService, Results


def conditions(priced: PricedService, service: Service, results: Results, voice: Voice) -> Iterator[Markup]:
    """Yield one point per condition, and last which are not stated."""
    if service.agreed_price is not None and service.regulation is not None:
        yield _regulation(priced, service, results, voice)
    if service.valid_from is not None:
        yield voice.say("service_price.conditions.valid_from", date=service.valid_from)
    if service.valid_until is not None:
        yield voice.say("service_price.conditions.valid_until", date=service.valid_until)
    if service.notice_months is not None:
        notice = results.values[f"service.{service.id}.input.notice"]
        yield voice.say("service_price.conditions.notice", months=notice)
    yield _vat(service, results, voice)
    yield from _not_included(results, voice)
    lacking = tuple(_lacking(service, voice))
    if lacking:
        yield voice.say("service_price.conditions.lacking", what=voice.listed(lacking))


def _regulation(priced: PricedService, service: Service, results: Results, voice: Voice) -> Markup:
    assert service.regulation is not None
    first = voice.year(service.regulation.from_year)
    name = _index(service.regulation.index, results, voice)
    if priced.regulated:
        last = voice.year(priced.regulated[-1])
        return voice.say("service_price.conditions.regulation.known", index=name, from_year=first, last=last)
    return voice.say("service_price.conditions.regulation", index=name, from_year=first)


def _index(id: str, results: Results, voice: Voice) -> Markup:
    try:
        known = results.references.library.history(id)
    except UnknownReference:
        return voice.text(id)
    return voice.text(known[-1].titles[voice.language] if known else id)


def _vat(service: Service, results: Results, voice: Voice) -> Markup:
    found = _vats(service)
    charged = results.values.get(f"service.{service.id}.vat")
    if charged is not None:
        return voice.say("service_price.conditions.vat.charged", amount=voice.interval(charged))
    if found and all(one.compensated for one in found):
        return voice.say("service_price.conditions.vat.compensated")
    return voice.say("service_price.conditions.vat.unknown")


def _vats(service: Service) -> tuple[Vat, ...]:
    found = [one.vat for one in (*service.per_patient_month, *service.per_start, *service.per_end)]
    found += [one.vat for one in service.fixed]
    found += [one.vat for one in service.equipment]
    return tuple(vat for vat in found if vat is not None)


def _not_included(results: Results, voice: Voice) -> Iterator[Markup]:
    project = results.project
    left_out = [voice.text(cost.title) for cost in project.costs if cost.service is None]
    if left_out:
        yield voice.say("service_price.conditions.not_included", costs=Markup("; ").join(left_out))
    if project.financing is not None and project.financing.sources:
        yield voice.say("service_price.conditions.grants")


def _lacking(service: Service, voice: Voice) -> Iterator[Markup]:
    if service.agreed_price is None:
        yield voice.say("service_price.conditions.lack.agreed")
    if service.regulation is None:
        yield voice.say("service_price.conditions.lack.regulation")
    if service.valid_until is None:
        yield voice.say("service_price.conditions.lack.valid_until")
    if service.notice_months is None:
        yield voice.say("service_price.conditions.lack.notice")
