"""A worked example of a settlement: what those who gain would have to give for no party to lose."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.names import actor_name, actor_names
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.price_interval import ServiceInterval


def settlement(one: ServiceInterval, results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the example of a service without a price at which neither party loses; it is called an example."""
    example, values, prefix = one.settlement, results.values, f"settlement.{one.service}"
    if example is None:
        return
    words = {"price": voice.quantity(values[f"{prefix}.price"]), "need": voice.quantity(values[f"{prefix}.need"])}
    yield Subheading(voice.say("settlement.heading"))
    yield Paragraph(voice.say("settlement.at_agreed" if example.agreed else "settlement.at_least", **words))
    givers = tuple(actor for actor in example.actors if (values[f"{prefix}.received.{actor}"].value or 0.0) < 0)
    if not givers:
        yield Paragraph(voice.say("settlement.nobody_gains"))
        return
    yield Paragraph(voice.say("settlement.rule"))
    left = values[f"{prefix}.left"]
    if left.value:
        said = {"givers": actor_names(givers, results, voice), "left": voice.quantity(left)}
        yield Paragraph(voice.say("settlement.too_little", **said), tone="warning")
    else:
        yield Paragraph(voice.say("settlement.enough", givers=actor_names(givers, results, voice)))
        alone = tuple(actor for actor in givers if _covers(actor, one, results))
        if alone and len(givers) > 1:
            yield Paragraph(voice.say("settlement.alone", actors=actor_names(alone, results, voice)))
    rows = [
        (
            actor_name(actor, results, voice),
            voice.short_interval(values[f"{prefix}.before.{actor}"]),
            voice.number(values[f"{prefix}.received.{actor}"]),
            voice.short_interval(values[f"{prefix}.after.{actor}"]),
        )
        for actor in example.actors
    ]
    rows.append((voice.say("settlement.sum"), Markup(""), voice.number(values[f"{prefix}.sum"]), Markup("")))
    yield Table(
        caption=voice.say("settlement.caption", price_year=voice.year(results.project.price_year)),
        header=tuple(voice.say(f"settlement.column.{name}") for name in ("actor", "before", "received", "after")),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3}),
        note=voice.say("settlement.note", level=values["level"]),
    )


def _covers(actor: str, one: ServiceInterval, results: Results) -> bool:
    """Whether one actor gains enough to cover all that is needed."""
    prefix = f"settlement.{one.service}"
    gain, need = results.values[f"{prefix}.before.{actor}"].value, results.values[f"{prefix}.need"].value
    return gain is not None and need is not None and gain >= need
