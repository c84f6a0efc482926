"""How long an effect is counted: from which year it is only assumed to last, and from which it is left out."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Paragraph
from benefits.report.voice import Voice
from benefits.results import Results


def carried(benefits: tuple[Benefit, ...], results: Results, voice: Voice) -> Iterator[Block]:
    """Yield what is assumed to last and what is cut, of each benefit; nothing where its evidence covers every year."""
    known = {one.benefit: one for one in results.flow_parts.carried}
    for benefit in benefits:
        one = known.get(benefit.id)
        if one is None:
            continue
        title, values = voice.text(benefit.title), results.values
        if one.assumed_from is not None:
            shares = [
                voice.say("carried.year", year=voice.year(year), share=values[f"carried.{benefit.id}.{year}"])
                for year in one.shares
                if year >= one.assumed_from and f"carried.{benefit.id}.{year}" in values and one.shares[year] > 0.0
            ]
            words = {"benefit": title, "year": voice.year(one.assumed_from), "shares": voice.listed(shares)}
            yield Paragraph(voice.say("carried.assumed", **words), tone="warning")
        if one.cut_from is not None:
            yield Paragraph(voice.say("carried.cut", benefit=title, year=voice.year(one.cut_from)), tone="missing")
