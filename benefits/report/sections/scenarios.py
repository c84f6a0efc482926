"""What changes with how much ISF is passed on, and with how many of the beds that are freed are filled again."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Section, Table
from benefits.report.names import actor_name
from benefits.report.periods import period_words
from benefits.report.sections.price_interval import price_words
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.scenarios import Scenarios, ShownScenario


def scenarios(results: Results, voice: Voice) -> Section:
    """One row per pair of rules: net of those it changes for, and the prices neither party loses at."""
    heading = voice.say("scenarios.heading")
    found = results.worth.scenarios
    if found is None:
        return Section(id="scenarios", heading=heading, blocks=())
    return Section(id="scenarios", heading=heading, blocks=tuple(_blocks(found, results, voice)))


def _blocks(found: Scenarios, results: Results, voice: Voice) -> Iterator[Block]:
    values, price_year = results.values, voice.year(results.project.price_year)
    period = period_words(results.project.years, voice)
    # The ends of one price stand beside the nets; those of several each have a table.
    beside = (
        [(found.services[0], name) for name in _varying(found.services[0], found, results)] if _single(found) else []
    )
    actors = (actor_name(actor, results, voice) for actor in found.actors)
    header = (*_columns(voice), *actors, *(voice.say(f"price_interval.column.{name}") for _, name in beside))
    rows = tuple(
        (
            *_rules(one, voice),
            *(voice.short_interval(values[f"{one.prefix}.net.{id}"]) for id in found.actors),
            *(voice.short_interval(values[f"{one.prefix}.{service}.{name}"]) for service, name in beside),
        )
        for one in found.shown
    )
    yield Paragraph(voice.say("scenarios.intro"))
    yield Table(
        caption=voice.say("scenarios.caption", period=period, price_year=price_year),
        header=header,
        rows=rows,
        numeric=frozenset(range(2, len(header))),
        note=voice.say("scenarios.note", level=values["level"]),
    )
    for service in found.services:
        yield from _prices(service, found, results, voice)


def _single(found: Scenarios) -> bool:
    return len(found.services) == 1


def _varying(service: str, found: Scenarios, results: Results) -> list[str]:
    """The ends of the interval that are not the same under all rules."""
    return [
        name
        for name in ("low", "high")
        if len({results.values[f"{one.prefix}.{service}.{name}"].value for one in found.shown}) > 1
    ]


def _prices(service: str, found: Scenarios, results: Results, voice: Voice) -> Iterator[Block]:
    """The two ends under each pair of rules; one that is the same under all of them is said once."""
    values, title = results.values, next(one.title for one in results.project.services if one.id == service)
    names = _varying(service, found, results)
    for name in ("low", "high"):
        if name not in names:
            same = price_words(values[f"{found.shown[0].prefix}.{service}.{name}"], voice)
            yield Paragraph(voice.say(f"scenarios.prices.same.{name}", service=voice.text(title), price=same))
    if names and not _single(found):
        yield Table(
            caption=voice.say(
                "scenarios.prices.caption",
                service=voice.text(title),
                price_year=voice.year(results.project.price_year),
            ),
            header=(*_columns(voice), *(voice.say(f"price_interval.column.{name}") for name in names)),
            rows=tuple(
                (
                    *_rules(one, voice),
                    *(voice.short_interval(values[f"{one.prefix}.{service}.{name}"]) for name in names),
                )
                for one in found.shown
            ),
            numeric=frozenset(range(2, 2 + len(names))),
        )
    if names:
        never = all(service in one.empty for one in found.shown)
        yield Paragraph(voice.say("scenarios.prices.never" if never else "scenarios.prices.note"))


def _columns(voice: Voice) -> tuple[Markup, ...]:
    return tuple(voice.say(f"scenarios.column.{name}") for name in ("pass_on", "refill"))


def _rules(one: ShownScenario, voice: Voice) -> tuple[Markup, Markup]:
    passed = voice.say(f"scenarios.pass_on.{one.pass_on}")
    if one.as_stated:
        passed = voice.say("scenarios.as_stated", rule=passed)
    return passed, voice.say(f"scenarios.refill.{one.refill}")
