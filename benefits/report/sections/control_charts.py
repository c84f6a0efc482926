"""Control charts (XmR) of the series that were measured: did anything change, said in the words of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Subheading
from benefits.report.figures import Line, Mark, control_chart
from benefits.report.voice import Voice
from benefits.results import PublishedChart, Results, Value


def control_charts(data: str, title: Markup, marks: list[Mark], results: Results, voice: Voice) -> Iterator[Block]:
    """Yield the chart of the group the service was for, its signals, and what those of the comparison group say."""
    charts = {one.group: one for one in results.charts if one.data == data}
    ours = charts.get("treated") or charts.get("all")
    if ours is None:
        return
    yield Subheading(voice.say("chart.heading"))
    if not ours.limits:
        count, fewest = results.values[ours.baseline], voice.number(results.values["chart.fewest"])
        yield Paragraph(
            voice.say("chart.too_few", count=count, shown=voice.number(count), fewest=fewest), tone="missing"
        )
        return
    yield _figure(ours, title, marks, results, voice)
    points = list(_signals(ours, results, voice))
    if points:
        yield Paragraph(voice.say("chart.signals"))
        yield Bullets(tuple(points))
    else:
        yield Paragraph(voice.say("chart.no_signal"))
    comparison = charts.get("comparison")
    if comparison is not None and comparison.limits:
        yield Paragraph(voice.say("chart.comparison.signals" if comparison.signals else "chart.comparison.none"))
    if not ours.stable:
        yield Paragraph(voice.say("chart.unstable"), tone="warning")
    if points and _selected(data, results):
        yield Paragraph(voice.say("chart.selected"), tone="warning")
    yield Paragraph(voice.say("chart.meaning"))


def _figure(chart: PublishedChart, title: Markup, marks: list[Mark], results: Results, voice: Voice) -> Figure:
    low, centre, high = (results.values[id] for id in chart.limits)
    line = Line(
        voice.catalogue.text(f"group.{chart.group}"),
        tuple((point.period, results.values[point.id]) for point in chart.points),
    )
    signalled = {period for signal in chart.signals for period in signal.periods}
    unit = voice.catalogue.text(f"axis.{centre.unit}", count=2)
    axis = voice.catalogue.text(f"per.{centre.per}", amount=unit) if centre.per != "none" else unit
    below_zero = low.value is not None and low.value < 0
    ends = {"centre": voice.quantity(centre), "high": voice.quantity(high)} | (
        {} if below_zero else {"low": voice.quantity(low)}
    )
    plain = {name: said.striptags() for name, said in ends.items()}
    words = {"title": title, "group": voice.say(f"group.{chart.group}"), "step": voice.word("step", chart.step)}
    first = results.values[chart.baseline]
    limits = voice.say("chart.limits.no_low" if below_zero else "chart.limits", **ends)
    said = "; ".join(one.striptags() for one in _signals(chart, results, voice)) or voice.catalogue.text("nothing")
    return Figure(
        png=control_chart(
            line, limits=(low, centre, high), signalled=signalled, axis=axis, numbers=voice.numbers, marks=marks
        ),
        caption=voice.say("chart.caption", limits=limits, count=first, shown=voice.number(first), **words),
        alternative=voice.catalogue.text(
            "chart.alternative",
            title=title.striptags(),
            group=line.label,
            limits=voice.catalogue.text("chart.limits.no_low" if below_zero else "chart.limits", **plain),
            signals=said,
        ),
        values=(*(() if below_zero else (low,)), centre, high, *_outside(chart, results)),
    )


def _outside(chart: PublishedChart, results: Results) -> tuple[Value, ...]:
    """How many points lie outside the limits, by side, where there are any."""
    sides = (results.values[f"series.{chart.data}.{chart.group}.chart.outside.{side}"] for side in ("above", "below"))
    return tuple(value for value in sides if value.value)


def _signals(chart: PublishedChart, results: Results, voice: Voice) -> Iterator[Markup]:
    """One point per rule and side: for single points how many, else when the first run of them began."""
    for above, side in ((True, "above"), (False, "below")):
        ours = [one for one in chart.signals if one.above == above]
        outside = [one for one in ours if one.rule == "outside"]
        if outside:
            count = results.values[f"series.{chart.data}.{chart.group}.chart.outside.{side}"]
            first = voice.month(outside[0].periods[0])
            yield voice.say(f"chart.outside.{side}", count=count, shown=voice.number(count), first=first)
        for rule in ("one_side", "trend", "two_of_three"):
            found = [one for one in ours if one.rule == rule]
            if found:
                yield voice.say(f"chart.{rule}.{side}", first=voice.month(found[0].periods[0]))


def _selected(data: str, results: Results) -> bool:
    """Whether a benefit measured by these data chose its patients by a rule that looks at the indicator itself."""
    return any(
        benefit.baseline is not None and benefit.baseline.selection is not None
        for benefit in results.project.benefits
        if benefit.method is not None and benefit.method.data == data
    )
