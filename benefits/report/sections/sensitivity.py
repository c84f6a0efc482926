"""What matters most for the answer: which number moves net most, and where a probability may be shown."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.sensitivity.model import SOCIETY
from benefits.economics.sensitivity.probability import Unknown
from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name, benefit_name
from benefits.report.sections.closing import named_numbers
from benefits.report.tornado_figure import TornadoBar, tornado
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.sensitivity import Sensitivity, Swing

FIRST = 3
"""How many assumed numbers are named as those to measure first."""
Names = dict[str, Markup]


def sensitivity(results: Results, voice: Voice) -> Section:
    """Tornado of the owner and of all together, the largest number of each other actor, and how sure it is to pay."""
    blocks: list[Block] = []
    found = {one.actor: one for one in results.sensitivity}
    if found and not any(one.swings for one in found.values()):
        blocks.append(Paragraph(voice.say("sensitivity.nothing"), tone="missing"))
    elif found:
        names = dict(named_numbers(results, voice))
        main = [found[actor] for actor in (_main(results), SOCIETY) if actor in found]
        blocks.append(Paragraph(voice.say("sensitivity.intro")))
        blocks += _correlated(results, voice)
        for one in main:
            blocks += _of_actor(one, names, results, voice)
        blocks += _others([one for one in results.sensitivity if one not in main], names, results, voice)
        blocks += _probability(results, voice)
    else:
        blocks.append(Paragraph(voice.say("sensitivity.none"), tone="missing"))
    return Section(id="sensitivity", heading=voice.say("sensitivity.heading"), blocks=tuple(blocks))


def _main(results: Results) -> str:
    """The actor the plan belongs to; where none is named, the first that pays."""
    owner = results.project.owner
    if owner is not None and owner.actor is not None:
        return owner.actor
    return next((cost.actor for cost in results.project.costs if cost.actor is not None), "")


def _who(actor: str, results: Results, voice: Voice) -> Markup:
    return voice.say("society") if actor == SOCIETY else actor_name(actor, results, voice)


def _number(swing: Swing, names: Names, results: Results, voice: Voice) -> Markup:
    """What a number is called: an assumption by its title, one written in its place as the list of sources does."""
    if swing.name in results.inputs:
        return benefit_name(swing.name, results, voice)
    return names.get(swing.number) or voice.text(swing.name)


def _correlated(results: Results, voice: Voice) -> Iterator[Paragraph]:
    for group in results.project.correlated:
        listed = voice.listed(benefit_name(name, results, voice) for name in group.assumptions)
        yield Paragraph(
            voice.say(
                "sensitivity.correlated",
                listed=listed,
                correlation=voice.number(results.values[f"correlated.{group.id}"]),
            )
        )


def _of_actor(one: Sensitivity, names: Names, results: Results, voice: Voice) -> Iterator[Block]:
    who = _who(one.actor, results, voice)
    yield Subheading(who)
    if not one.swings:
        yield Paragraph(voice.say("sensitivity.certain"))
        return
    figure = _figure(one, who, names, results, voice)
    if figure is not None:
        yield figure
    rows = tuple(
        (
            _number(swing, names, results, voice),
            _range(results.values.get(swing.number), voice),
            voice.number(results.values[swing.low]),
            voice.number(results.values[swing.high]),
            voice.word("standing", swing.standing),
        )
        for swing in one.swings
    )
    columns = ("number", "range", "low", "high", "standing")
    yield Table(
        caption=voice.say("sensitivity.caption", who=who, price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"sensitivity.column.{name}") for name in columns),
        rows=rows,
        numeric=frozenset({1, 2, 3}),
        note=voice.say("sensitivity.note", net=voice.interval(results.values[one.net])),
    )
    if one.others:
        yield Paragraph(voice.say("sensitivity.more", count=results.values[one.others]))
    assumed = [_number(swing, names, results, voice) for swing in one.swings if swing.standing == "assumed"]
    if len(assumed) > 1:
        listed = Markup("; ").join(assumed[:FIRST])
        yield Paragraph(voice.say("sensitivity.assumed", listed=listed), tone="missing")
    elif assumed:
        yield Paragraph(voice.say("sensitivity.assumed.one", number=assumed[0]), tone="missing")


def _range(value: Value | None, voice: Voice) -> Markup:
    """The two ends a number is set at, with its unit."""
    if value is None or value.low is None or value.high is None:
        return Markup("")
    low, high = (voice.number(value, part=part) for part in ("low", "high"))
    ends = voice.say("sensitivity.range", low=low, high=high)
    if value.unit not in {"share", "ratio"}:
        ends = voice.catalogue.html(f"unit.{value.unit}", number=ends, count=2)
    return ends if value.per == "none" else voice.catalogue.html(f"per.{value.per}", amount=ends)


def _figure(one: Sensitivity, who: Markup, names: Names, results: Results, voice: Voice) -> Figure | None:
    net = results.values[one.net]
    if net.low is None or net.high is None:
        return None
    bars = [
        TornadoBar(
            label=str(_number(swing, names, results, voice).striptags()),
            net=results.values[swing.net],
            best_when_low=_best_when_low(swing, results),
        )
        for swing in one.swings
    ]
    listed = "; ".join(
        voice.catalogue.text(
            "sensitivity.figure.bar.low" if bar.best_when_low else "sensitivity.figure.bar.high",
            number=bar.label,
            net=voice.plain_interval(bar.net),
        )
        for bar in bars
    )
    price_year = voice.year(results.project.price_year)
    return Figure(
        png=tornado(
            bars,
            whole=(voice.catalogue.text("sensitivity.figure.whole"), net),
            ends=(voice.catalogue.text("sensitivity.figure.low"), voice.catalogue.text("sensitivity.figure.high")),
            axis=voice.catalogue.text("sensitivity.figure.axis"),
            numbers=voice.numbers,
            divisor=1_000,
        ),
        caption=voice.say("sensitivity.figure.caption", who=who, price_year=price_year),
        alternative=voice.catalogue.text(
            "sensitivity.figure.alternative", net=voice.plain_interval(net), listed=listed
        ),
        values=(net, *(bar.net for bar in bars)),
    )


def _best_when_low(swing: Swing, results: Results) -> bool:
    return (results.values[swing.low].value or 0.0) > (results.values[swing.high].value or 0.0)


def _others(others: list[Sensitivity], names: Names, results: Results, voice: Voice) -> Iterator[Block]:
    """The one number that matters most to each of the others."""
    rows = tuple(
        (
            _who(one.actor, results, voice),
            _number(one.swings[0], names, results, voice),
            voice.number(results.values[one.swings[0].low]),
            voice.number(results.values[one.swings[0].high]),
        )
        for one in others
        if one.swings
    )
    if rows:
        columns = ("actor", "number", "low", "high")
        yield Subheading(voice.say("sensitivity.others"))
        yield Table(
            caption=voice.say("sensitivity.others.caption", price_year=voice.year(results.project.price_year)),
            header=tuple(voice.say(f"sensitivity.column.{name}") for name in columns),
            rows=rows,
            numeric=frozenset({2, 3}),
        )


def _probability(results: Results, voice: Voice) -> Iterator[Block]:
    """How often net is not below zero, where that may be said; of the others why not."""
    yield Subheading(voice.say("sensitivity.probability.heading"))
    if results.break_evens:
        yield Paragraph(voice.say("sensitivity.break_even", section=voice.say("break_even.heading")))
    known = [one for one in results.sensitivity if one.probability]
    if known:
        yield Bullets(
            tuple(
                voice.say(
                    "sensitivity.probability",
                    who=_who(one.actor, results, voice),
                    share=results.values[one.probability],
                )
                for one in known
            )
        )
        yield Paragraph(voice.say("sensitivity.probability.note"))
    why: dict[tuple[Unknown, ...], list[Markup]] = {}
    for one in sorted(results.sensitivity, key=lambda one: one.actor != SOCIETY):
        if one.unknown:
            why.setdefault(one.unknown, []).append(_who(one.actor, results, voice))
    if why:
        yield Paragraph(voice.say("sensitivity.unknown.intro"))
        yield Bullets(
            tuple(
                voice.say(
                    "sensitivity.unknown",
                    who=voice.listed(actors),
                    why=voice.listed(_why(unknown, results, voice)),
                )
                for unknown, actors in why.items()
            )
        )


def _why(unknown: tuple[Unknown, ...], results: Results, voice: Voice) -> Iterator[Markup]:
    for reason in dict.fromkeys(one.reason for one in unknown):
        behind = (benefit_name(one.benefit, results, voice) for one in unknown if one.reason == reason and one.benefit)
        listed = voice.listed(voice.say("sensitivity.quoted", benefit=name) for name in behind)
        yield voice.say(f"sensitivity.unknown.{reason}", benefits=listed)
