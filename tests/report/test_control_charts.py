"""The control chart in a report: its rules in words, its warnings, and what it says when it cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from benefits.report.blocks import Bullets, Figure, Paragraph
from benefits.report.html import section_html
from benefits.report.sections.control_charts import control_charts
from benefits.report.sections.measured import measured
from benefits.report.voice import Voice, voice_in
from benefits.results import PublishedChart, Results
from benefits.results.model import ChartSignal

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
        (0.2, 0.9, "chart.limits"),
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
        if 0 < numbers[id] < 1
    }
    assert voice.say(key, **shown) in figure.caption
    assert {one.id for one in figure.values} & set(ours.limits) == {id for id in ours.limits if 0 < numbers[id] < 1}


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


LANGUAGES = ["nb", "nn", "en"]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rules", ["making_data_count", "western_electric", "anhoej"])
def test_every_rule_that_can_signal_has_its_words(kommune: Results, rules: str, language: str) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    first = kommune.charts[-1].signals[0].periods
    names = {
        "making_data_count": ("outside", "trend", "two_of_three", "one_side"),
        "western_electric": ("outside", "two_of_three", "four_of_five", "one_side"),
        "anhoej": ("outside", "long_run"),
    }[rules]
    signals = [ChartSignal(rule=name, above=side, periods=first) for name in names for side in (True, False)]
    if rules == "anhoej":
        signals.append(ChartSignal(rule="few_crossings", above=None, periods=first))
    asked = replace(kommune, charts=charts(kommune, signals=tuple(signals), rules=rules))
    blocks = list(control_charts(DATA, Markup("Tittel"), [], asked, voice))
    (told,) = [block for block in blocks if isinstance(block, Bullets)]
    assert len(told.points) == len(signals)
    assert len(set(told.points)) == len(signals)
    assert voice.say(f"chart.meaning.{rules}") in words(asked, voice)


def test_eight_in_a_row_are_called_eight(kommune: Results, voice: Voice) -> None:
    run = (ChartSignal(rule="one_side", above=False, periods=kommune.charts[-1].signals[0].periods),)
    seven, eight = (
        replace(kommune, charts=charts(kommune, signals=run, rules=rules))
        for rules in ("making_data_count", "western_electric")
    )
    told = [next(iter(_bullets(one, voice))) for one in (seven, eight)]
    assert [one.partition(" ")[0] for one in told] == ["Sju", "Åtte"]


def _bullets(results: Results, voice: Voice) -> tuple[str, ...]:
    blocks = control_charts(DATA, Markup("Tittel"), [], results, voice)
    return next(tuple(str(one) for one in block.points) for block in blocks if isinstance(block, Bullets))


@pytest.mark.parametrize("verdict", ["consistently_reached", "consistently_missed", "hit_or_miss"])
def test_the_verdict_on_a_target_names_it(kommune: Results, voice: Voice, verdict: str) -> None:
    target = next(id for id in kommune.values if id.endswith(".target"))
    said = words(replace(kommune, charts=charts(kommune, assurance=verdict, target=target, variation="both")), voice)
    shown = voice.quantity(kommune.values[target])
    assert str(voice.say(f"chart.assurance.{verdict}", target=shown)) in said
    assert voice.catalogue.text("chart.variation.both") in said


def test_how_the_limits_were_made_is_said(kommune: Results, voice: Voice) -> None:
    plain = words(kommune, voice)
    assert voice.catalogue.text("chart.not_screened") in plain
    rebased = ((kommune.charts[-1].points[0].period, "Ny koding"),)
    made = words(replace(kommune, charts=charts(kommune, screened=True, rebased=rebased)), voice)
    assert "Ny koding" in made
    assert voice.catalogue.text("chart.none_screened") in made
    assert voice.catalogue.text("chart.not_screened") not in made
    counted = words(replace(kommune, charts=charts(kommune, kind="c")), voice)
    assert voice.catalogue.text("chart.not_screened") not in counted


def test_limits_that_follow_the_denominator_are_drawn_and_said_so(kommune: Results, voice: Voice) -> None:
    stepped = replace(
        kommune,
        charts=tuple(replace(one, kind="p", stepped=(one.limits,) * len(one.points)) for one in kommune.charts),
    )
    blocks = control_charts(DATA, Markup("Tittel"), [], stepped, voice)
    figure = next(block for block in blocks if isinstance(block, Figure))
    assert figure.caption.startswith("p-diagram")
    assert "nevneren" in figure.caption
    assert len(figure.png) > 1000


@pytest.mark.parametrize(
    ("refusal", "key"), [("count_above_whole", "chart.refused"), ("too_few_points", "chart.too_few_since")]
)
def test_a_chart_that_was_refused_says_why(kommune: Results, voice: Voice, refusal: str, key: str) -> None:
    bare = replace(kommune, charts=charts(kommune, limits=(), signals=(), refusal=refusal))
    reason, fewest = voice.say(f"refusal.{refusal}"), voice.number(kommune.values["chart.fewest"])
    assert str(voice.say(key, reason=reason, fewest=fewest)) in words(bare, voice)
