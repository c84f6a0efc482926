"""Events and bed-days as such, per benefit: what is avoided and freed; hours are in the staff matrix."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Subheading, Table
from benefits.report.periods import period_words, years_covered
from benefits.report.voice import Voice
from benefits.results import Results

IN_STAFF = frozenset({"hours", "minutes"})
"""Units that the staff matrix tells."""


def capacity_in_all(results: Results, voice: Voice) -> list[Block]:
    """Events and bed-days as such, one row per benefit, unit and basis; never a sum over bases."""
    rows: list[tuple[Markup, ...]] = []
    multiplied = timed = False
    for benefit in results.project.benefits:
        for basis in ("expected", "measured"):
            prefix = f"quantity.{basis}.{benefit.id}."
            found = [id.removeprefix(prefix) for id in results.values if id.startswith(prefix)]
            units = [unit for unit in found if "." not in unit and unit not in IN_STAFF]
            timed = timed or any(unit in IN_STAFF for unit in found)
            rows += [
                (
                    voice.text(benefit.title),
                    voice.word("basis", basis),
                    period_words(years_covered(results.values[prefix + unit], results), voice),
                    voice.interval(results.values[prefix + unit]),
                    voice.word("grade", results.values[prefix + unit].grade or "assumed"),
                )
                for unit in units
            ]
            grades = {results.values[prefix + unit].grade for unit in units}
            multiplied = multiplied or (basis == "measured" and len(grades) > 1 and "assumed" in grades)
    if not rows:
        return [] if timed else [Paragraph(voice.say("capacity.none"), tone="missing")]
    header = tuple(voice.say(f"capacity.column.{name}") for name in ("benefit", "basis", "period", "amount", "grade"))
    return [
        Subheading(voice.say("capacity.heading")),
        Paragraph(voice.say("capacity.intro")),
        Table(
            caption=voice.say("capacity.caption"),
            header=header,
            rows=tuple(rows),
            note=voice.say("capacity.note.multiplied") if multiplied else None,
        ),
    ]
