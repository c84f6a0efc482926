"""Control charts of the series that were measured: did anything change, said in the words of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Subheading
from benefits.report.figures import Line, Mark, control_chart
from benefits.report.voice import Voice
from benefits.results import PublishedChart, Results, Value

SCREENABLE = {"xmr", "p_prime", "u_prime"}
"""Kinds whose limits rest on moving ranges."""


def control_charts(data: str, title: Markup, marks: list[Mark], results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the chart of the group the service was for, its signals, and what those of the comparison group say."""
    charts = {one.group: one for one in results.charts if one.data == data}
    ours = charts.get("treated") or charts.get("all")
    if ours is None:
        return
    yield Subheading(voice.say("chart.heading"))
    if not ours.limits:
        yield Paragraph(_without_limits(ours, results, voice), tone="missing")
        return
    yield _figure(ours, title, marks, results, voice)
    points = list(_signals(ours, results, voice))
    if points:
        yield Paragraph(voice.say("chart.signals"))
        yield Bullets(tuple(points))
    else:
        yield Paragraph(voice.say("chart.no_signal"))
    yield from _verdicts(ours, results, voice)
    comparison = charts.get("comparison")
    if comparison is not None and comparison.limits:
        yield Paragraph(voice.say("chart.comparison.signals" if comparison.signals else "chart.comparison.none"))
    if not ours.stable:
        yield Paragraph(voice.say("chart.unstable"), tone="warning")
    if points and _selected(data, results):
        yield Paragraph(voice.say("chart.selected"), tone="warning")
    yield from _made(ours, results, voice)
    yield Paragraph(voice.say(f"chart.meaning.{ours.rules}"))


def _verdicts(chart: PublishedChart, results: Results, voice: Voice) -> Iterator[Paragraph]:
    """Better or worse, and whether the target would be reached by chance."""
    if chart.variation:
        yield Paragraph(voice.say(f"chart.variation.{chart.variation}"))
    if chart.assurance:
        target = voice.quantity(results.values[chart.target])
        yield Paragraph(voice.say(f"chart.assurance.{chart.assurance}", target=target))


def _made(chart: PublishedChart, results: Results, voice: Voice) -> Iterator[Paragraph]:
    """How the limits were made, where there is a choice."""
    for day, cause in chart.rebased:
        yield Paragraph(voice.say("chart.rebased", month=voice.month(day), cause=voice.text(cause)))
    if chart.kind in SCREENABLE and chart.screened:
        count = results.values[f"series.{chart.data}.{chart.group}.chart.screened"]
        said = voice.say("chart.screened", count=count, shown=voice.number(count))
        yield Paragraph(said if count.value else voice.say("chart.none_screened"))
    elif chart.kind in SCREENABLE:
        yield Paragraph(voice.say("chart.not_screened"))


def _without_limits(chart: PublishedChart, results: Results, voice: Voice) -> Markup:
    """Why there are no limits: too few points before the start, points that are all alike, or data unfit for them."""
    count, fewest = results.values[chart.baseline], results.values["chart.fewest"]
    shown = voice.number(count)
    if chart.refusal not in {"", "too_few_points", "no_spread"}:
        return voice.say("chart.refused", reason=voice.say(f"refusal.{chart.refusal}"))
    if (count.value or 0) >= (fewest.value or 0):
        key = "chart.too_few_since" if chart.refusal == "too_few_points" else "chart.alike"
        return voice.say(key, count=count, shown=shown, fewest=voice.number(fewest))
    return voice.say("chart.too_few", count=count, shown=shown, fewest=voice.number(fewest))


def _figure(chart: PublishedChart, title: Markup, marks: list[Mark], results: Results, voice: Voice) -> Figure:
    low, centre, high = (results.values[id] for id in chart.limits)
    line = Line(
        voice.catalogue.text(f"group.{chart.group}"),
        tuple((point.period, results.values[point.id]) for point in chart.points),
    )
    signalled = {period for signal in chart.signals for period in signal.periods if signal.above is not None}
    unit = voice.catalogue.text(f"axis.{centre.unit}", count=2)
    axis = voice.catalogue.text(f"per.{centre.per}", amount=unit) if centre.per != "none" else unit
    drawn = _within_reach(low, centre, high)
    ends = {name: voice.quantity(value) for name, value in drawn.items()}
    plain = {name: said.striptags() for name, said in ends.items()}
    words = {"title": title, "group": voice.say(f"group.{chart.group}"), "step": voice.word("step", chart.step)}
    first = results.values[chart.baseline]
    if "low" in drawn:
        key = "chart.limits" if "high" in drawn else "chart.limits.no_high"
    else:
        key = "chart.limits.no_low" if "high" in drawn else "chart.limits.neither"
    said = " ".join(one.striptags() for one in _signals(chart, results, voice)) or voice.catalogue.text("nothing")
    if chart.rebased:
        caption = "chart.caption.rebased"
    else:
        caption = "chart.caption.varying" if chart.stepped else "chart.caption"
    lines = [tuple(results.values[id] for id in ids) for ids in chart.stepped] or [(low, centre, high)]
    return Figure(
        png=control_chart(line, limits=lines, signalled=signalled, axis=axis, numbers=voice.numbers, marks=marks),
        caption=voice.say(
            caption,
            kind=voice.say(f"chart.kind.{chart.kind}"),
            limits=voice.say(key, **ends),
            count=first,
            shown=voice.number(first),
            **words,
        ),
        alternative=voice.catalogue.text(
            "chart.alternative",
            title=title.striptags(),
            group=line.label,
            limits=voice.catalogue.text(key, **plain),
            signals=said,
        ),
        values=(*drawn.values(), *_outside(chart, results)),
    )


def _within_reach(low: Value, centre: Value, high: Value) -> dict[str, Value]:
    """The limits that a point could pass: none is at or below zero, and no share at the whole or above it."""
    above_all = high.unit == "share" and high.value is not None and high.value >= 1
    below_zero = low.value is not None and low.value <= 0
    return ({} if below_zero else {"low": low}) | {"centre": centre} | ({} if above_all else {"high": high})


def _outside(chart: PublishedChart, results: Results) -> tuple[Value, ...]:
    """How many points lie outside the limits, by side, where there are any."""
    sides = (results.values[f"series.{chart.data}.{chart.group}.chart.outside.{side}"] for side in ("above", "below"))
    return tuple(value for value in sides if value.value)


def _signals(chart: PublishedChart, results: Results, voice: Voice) -> Iterator[Markup]:
    """One point per rule and side: for single points how many, else when the first run of them began."""
    for above, side in ((True, "above"), (False, "below")):
        ours = [one for one in chart.signals if one.above is above]
        outside = [one for one in ours if one.rule == "outside"]
        if outside:
            count = results.values[f"series.{chart.data}.{chart.group}.chart.outside.{side}"]
            first = voice.month(outside[0].periods[0])
            yield voice.say(f"chart.outside.{side}", count=count, shown=voice.number(count), first=first)
        for rule in ("one_side", "trend", "two_of_three", "four_of_five", "long_run"):
            found = [one for one in ours if one.rule == rule]
            if found and rule == "one_side" and chart.rules == "western_electric":
                yield voice.say(f"chart.eight.{side}", first=voice.month(found[0].periods[0]))
            elif found:
                yield voice.say(f"chart.{rule}.{side}", first=voice.month(found[0].periods[0]))
    if any(one.rule == "few_crossings" for one in chart.signals):
        yield voice.say("chart.few_crossings")


def _selected(data: str, results: Results) -> bool:
    """Whether a benefit measured by these data chose its patients by a rule that looks at the indicator itself."""
    return any(
        benefit.baseline is not None and benefit.baseline.selection is not None
        for benefit in results.project.benefits
        if benefit.method is not None and benefit.method.data == data
    )
