"""Effects without a price, by importance, extent and consequence, beside those that have one."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_names
from benefits.report.sections.health import health
from benefits.report.voice import Voice
from benefits.results import Results

NET = "present_value.society.expected.net"


def unpriced(results: Results, voice: Voice) -> Section:
    """Effects without a price by the plus-minus method; and health in kroner, apart, where a value of it is named."""
    kept = [one for one in results.project.benefits if one.status != "dropped" and _without_price(one)]
    blocks: list[Block] = list(_judged(kept, results, voice)) if kept else [Paragraph(voice.say("unpriced.none"))]
    in_kroner = list(health(results, voice))
    if in_kroner:
        blocks += [Subheading(voice.say("health.heading")), *in_kroner]
    return Section(id="unpriced", heading=voice.say("unpriced.heading"), blocks=tuple(blocks))


def _without_price(benefit: Benefit) -> bool:
    """Whether it is said to have no price, or is judged as such and has none."""
    if benefit.realisation is not None and benefit.realisation.form == "not_priced":
        return True
    judged = benefit.importance is not None or benefit.extent is not None or benefit.consequence is not None
    valuation = benefit.valuation
    priced = valuation is not None and (valuation.unit_cost is not None or bool(valuation.transfers))
    return judged and not priced


def _judged(kept: list[Benefit], results: Results, voice: Voice) -> Iterator[Block]:
    yield Paragraph(voice.say("unpriced.intro"))
    net = results.values.get(NET)
    if net is not None:
        yield Paragraph(voice.say("unpriced.beside", net=voice.interval(net)))
    names = ("benefit", "gains", "importance", "extent", "consequence")
    yield Table(
        caption=voice.say("unpriced.caption"),
        header=tuple(voice.say(f"unpriced.column.{name}") for name in names),
        rows=tuple(_row(benefit, results, voice) for benefit in kept),
        note=voice.say("unpriced.stated"),
    )


def _row(benefit: Benefit, results: Results, voice: Voice) -> tuple[Markup, ...]:
    said = {"importance": benefit.importance, "extent": benefit.extent, "consequence": benefit.consequence}
    words = tuple(voice.word(kind, word) if word is not None else voice.say("blank") for kind, word in said.items())
    return (voice.text(benefit.title), actor_names(benefit.gains, results, voice), *words)
