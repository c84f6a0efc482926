"""How many tests of an effect have been made, and how likely one of them is to show what is not there."""

from __future__ import annotations

from benefits.report.blocks import Paragraph
from benefits.report.voice import Voice
from benefits.results import Results


def tests_made(results: Results, voice: Voice) -> list[Paragraph]:
    """Say the number of tests on dates of verdict, between them and beside them; nothing where none was made."""
    names = ("main", "preliminary", "beside", "chance")
    made = {name: results.values[f"tests.{name}"] for name in names}
    counts = {name: int(one.value or 0) for name, one in made.items() if name != "chance"}
    if not any(counts.values()):
        return []
    shown = {name: voice.number(made[name]) for name in ("preliminary", "beside")}
    if not counts["main"]:
        return [Paragraph(voice.say("tests.none", **shown))]
    return [Paragraph(voice.say("tests.made", chance=made["chance"], count=made["main"], **shown))]
