"""Expected and measured over the same time side by side, what the volume can show, and what rests on a few."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.measurement.checks.influence import HEAVIEST
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit_name
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.plan_bridge import PlanBridge


def compared(results: Results, voice: Voice) -> Section:
    """Hold what was expected against what was measured; nothing at all where nothing is measured."""
    blocks: list[Block] = []
    made = [one for one in results.plan_bridges if one.quantity is not None]
    if made:
        blocks.append(Paragraph(voice.say("compared.intro")))
        for one in made:
            blocks += _benefit(one, results, voice, alone=len(made) == 1)
        blocks += _not_measured(results, voice)
    return Section(id="compared", heading=voice.say("compared.heading"), blocks=tuple(blocks))


def _benefit(one: PlanBridge, results: Results, voice: Voice, *, alone: bool) -> Iterator[Block]:
    if not alone:
        yield Subheading(benefit_name(one.benefit, results, voice))
    yield _table(one, results, voice)
    left_out = results.values.get(f"without_heaviest.{one.benefit}.left_out")
    if left_out is not None:
        yield Paragraph(voice.say("compared.without", left_out=left_out))


def _table(one: PlanBridge, results: Results, voice: Voice) -> Table:
    values, estimate = results.values, results.estimate(one.benefit)
    assert one.quantity is not None
    assert estimate is not None
    start, end = values[one.quantity.start], values[one.quantity.end]
    without = f"without_heaviest.{one.benefit}"
    counted = voice.say(f"axis.{start.unit}", count=2)
    rows: list[tuple[Markup, list[Value | None]]] = []
    prefix = f"estimate.{one.benefit}.{estimate.method}"
    hoped, effect = values.get(one.hoped), values[f"{prefix}.effect"]
    if hoped is not None and effect.per == hoped.per:
        left = values.get(f"{prefix}.check.{HEAVIEST}.rate_without")
        rows.append((voice.say("compared.row.effect"), [hoped, effect, left]))
        smallest = values.get(f"benefit.{one.benefit}.smallest")
        if smallest is not None and smallest.value is not None and smallest.per == hoped.per:
            rows.append((voice.say("compared.row.smallest"), [None, smallest, None]))
    rows.append((voice.say("compared.row.quantity", unit=counted), [start, end, values.get(f"{without}.quantity")]))
    if one.cash is not None:
        cash = [values[one.cash.start], values[one.cash.end], values.get(f"{without}.cash")]
        rows.append((voice.say("compared.row.cash", price_year=voice.year(results.project.price_year)), cash))
    shown = 3 if any(cells[2] is not None for _, cells in rows) else 2
    names = ("expected", "measured", "without")[:shown]
    body = [
        (what, *(voice.short_interval(cell) if cell is not None else Markup("") for cell in cells[:shown]))
        for what, cells in rows
    ]
    grades = [voice.word("grade", value.grade or "assumed") for value in (start, end)]
    others = values.get(f"{without}.quantity")
    grades += [voice.word("grade", others.grade or "assumed") if others is not None else voice.say("nothing")]
    body.append((voice.say("compared.row.grade"), *grades[:shown]))
    return Table(
        caption=voice.say("compared.caption", benefit=benefit_name(one.benefit, results, voice), last=one.last),
        header=(voice.say("compared.column.what"), *(voice.say(f"compared.column.{name}") for name in names)),
        rows=tuple(body),
        numeric=frozenset(range(1, shown + 1)),
        note=voice.say("compared.note", level=values["level"]),
    )


def _not_measured(results: Results, voice: Voice) -> Iterator[Paragraph]:
    expected = [
        one
        for one in results.project.benefits
        if one.valuation is not None
        and results.estimate(one.id) is None
        and any(id.startswith(f"quantity.expected.{one.id}.") for id in results.values)
    ]
    if expected:
        named = voice.listed(voice.say("money_page.quoted", what=voice.text(one.title)) for one in expected)
        yield Paragraph(voice.say("compared.not_measured", benefits=named))
