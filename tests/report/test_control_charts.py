"""The control chart in a report: its rules in words, its warnings, and what it says when it cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from benefits.report.blocks import Figure, Paragraph
from benefits.report.html import section_html
from benefits.report.sections.control_charts import control_charts
from benefits.report.sections.measured import measured
from benefits.report.voice import Voice, voice_in
from benefits.results import PublishedChart, Results

ROOT = Path(__file__).resolve().parents[2]
DATA = "innleggelser"


def words(results: Results, voice: Voice) -> str:
    blocks = control_charts(DATA, Markup("Tittel"), [], results, voice)
    return " ".join(block.words for block in blocks if isinstance(block, Paragraph))


def charts(results: Results, **changes: object) -> tuple[PublishedChart, ...]:
    return tuple(replace(one, **changes) for one in results.charts)  # type: ignore[arg-type]


def test_a_chart_of_patients_chosen_in_a_bad_period_warns_that_a_signal_is_to_be_expected(
    kommune: Results, voice: Voice
) -> None:
    said = words(kommune, voice)
    assert voice.catalogue.text("chart.selected") in said
    assert voice.catalogue.text("chart.unstable") in said
    assert voice.catalogue.text("chart.comparison.signals") in said


def test_without_signals_it_says_so_and_warns_of_nothing(kommune: Results, voice: Voice) -> None:
    said = words(replace(kommune, charts=charts(kommune, signals=(), stable=True)), voice)
    assert voice.catalogue.text("chart.no_signal") in said
    assert voice.catalogue.text("chart.comparison.none") in said
    assert voice.catalogue.text("chart.selected") not in said
    assert voice.catalogue.text("chart.unstable") not in said


@pytest.mark.parametrize(
    ("count", "said"),
    [(11, ("minst 12 målinger", "det 11")), (12, ("12 målingene før oppstart er helt like",))],
)
def test_without_limits_it_says_whether_points_are_too_few_or_all_alike(
    count: int, said: tuple[str, ...], kommune: Results, voice: Voice
) -> None:
    values = {
        id: replace(one, value=count) if id.endswith("chart.baseline") else one for id, one in kommune.values.items()
    }
    bare = replace(kommune, charts=charts(kommune, limits=(), signals=()), values=values)
    assert not any(isinstance(block, Figure) for block in control_charts(DATA, Markup("Tittel"), [], bare, voice))
    told = Markup(words(bare, voice)).striptags()
    assert [one for one in said if one not in told] == []


@pytest.mark.parametrize(
    ("low", "high", "key"),
    [
        (0.2, 1.0, "chart.limits"),
        (-0.1, 0.9, "chart.limits.no_low"),
        (0.7, 1.1, "chart.limits.no_high"),
        (-0.1, 1.1, "chart.limits.neither"),
    ],
)
def test_a_share_has_no_limit_below_none_or_above_all(
    low: float, high: float, key: str, kommune: Results, voice: Voice
) -> None:
    ours = next(one for one in kommune.charts if one.group == "treated")
    numbers = dict(zip(ours.limits, (low, 0.5, high), strict=True))
    values = {
        id: replace(one, value=numbers[id], unit="share", per="none") if id in numbers else one
        for id, one in kommune.values.items()
    }
    shares = replace(kommune, values=values)
    blocks = control_charts(DATA, Markup("Tittel"), [], shares, voice)
    figure = next(block for block in blocks if isinstance(block, Figure))
    shown = {
        name: voice.quantity(values[id])
        for name, id in zip(("low", "centre", "high"), ours.limits, strict=True)
        if 0 <= numbers[id] <= 1
    }
    assert voice.say(key, **shown) in figure.caption
    assert {one.id for one in figure.values} & set(ours.limits) == {id for id in ours.limits if 0 <= numbers[id] <= 1}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_figure_tells_its_limits_and_signals_to_those_who_cannot_see_it(kommune: Results, language: str) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    figure = next(
        block for block in control_charts(DATA, Markup("Tittel"), [], kommune, voice) if isinstance(block, Figure)
    )
    for id in kommune.charts[-1].limits:
        assert voice.plain(kommune.values[id], unit=False) in figure.alternative
    assert voice.month(kommune.charts[-1].signals[0].periods[0]).striptags() in figure.alternative
    assert ".;" not in figure.alternative


def test_the_chart_stands_in_the_section_on_what_was_measured(kommune: Results, voice: Voice) -> None:
    assert voice.catalogue.text("chart.heading") in section_html(measured(kommune, voice))
