"""How the yearly cost of a position is built up from pay, and how practical capacity is worked out from paid hours."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.service import Resource
from benefits.report.blocks import Table
from benefits.report.voice import Voice
from benefits.results import Results

KINDS = ("monthly", "holiday_pay", "pension", "payroll_tax", "other")
"""What an employee costs beside each other, in the order it is reckoned."""


def pay_table(resource: Resource, prefix: str, results: Results, voice: Voice) -> Table:
    """Return what a position costs in a year, a row for each part of it."""
    words = {"resource": voice.text(resource.title), "price_year": voice.year(results.project.price_year)}
    return Table(
        caption=voice.say("service_price.pay.caption", **words),
        header=tuple(voice.say(f"service_price.pay.column.{name}") for name in ("part", "rule", "amount")),
        rows=tuple(_pay_rows(resource, prefix, results, voice)),
        numeric=frozenset({2}),
    )


def _pay_rows(resource: Resource, prefix: str, results: Results, voice: Voice) -> Iterator[tuple[Markup, ...]]:
    values, unit, stated = results.values, f"{prefix}.unit.{resource.id}", f"{prefix}.input.pay.{resource.id}"
    if resource.pay is None:
        cost = values.get(f"{prefix}.input.resource.{resource.id}")
        yield voice.say("service_price.pay.stated"), Markup(""), voice.short_interval(cost)
    for kind in KINDS:
        amount = values.get(f"{unit}.{kind}")
        if amount is None:
            continue
        number = values.get(f"{stated}.{kind}")
        rule = voice.say(f"service_price.pay.{kind}.rule", number=voice.short_interval(number))
        yield voice.say(f"service_price.pay.{kind}"), rule, voice.short_interval(amount)
    overhead = values.get(f"{unit}.overhead")
    if overhead is not None:
        share = voice.number(values.get(f"{prefix}.input.overhead.{resource.id}"))
        rule = voice.say("service_price.pay.overhead.rule", number=share)
        yield voice.say("service_price.pay.overhead"), rule, voice.short_interval(overhead)
    yield voice.say("service_price.pay.total"), Markup(""), voice.short_interval(values.get(f"{unit}.total"))


def capacity_table(resource: Resource, prefix: str, results: Results, voice: Voice) -> Table:
    """Return the hours paid for, less each kind that does not reach patients, and what is left."""
    assert resource.capacity is not None
    values, stated = results.values, f"{prefix}.input.capacity.{resource.id}"
    rows = [(voice.say("service_price.capacity.paid"), voice.number(values.get(f"{stated}.paid")))]
    for place, one in enumerate(resource.capacity.less, 1):
        less = voice.say("service_price.capacity.less", what=voice.text(one.title))
        rows.append((less, voice.number(values.get(f"{stated}.less.{place}"))))
    left = voice.number(values.get(f"{prefix}.input.hours.{resource.id}"))
    rows.append((voice.say("service_price.capacity.left"), left))
    return Table(
        caption=voice.say("service_price.capacity.caption", resource=voice.text(resource.title)),
        header=tuple(voice.say(f"service_price.capacity.column.{name}") for name in ("part", "hours")),
        rows=tuple(rows),
        numeric=frozenset({1}),
    )
