"""Below a table of areas: how much rates differ, in words, and what cannot be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benefits.report.blocks import Bullets
from benefits.report.sections.area_variation import area_variation
from benefits.report.voice import Voice, voice_in
from benefits.results import PublishedSeries, Results, assess

PARAMS = Path(__file__).resolve().parents[2] / "params"


@pytest.fixture(scope="module")
def spread() -> Results:
    """Published figures of areas."""
    return assess(PARAMS / "dho-spredning-2024" / "project.yaml", draws=200)


def areas(results: Results) -> PublishedSeries:
    return next(one for one in results.series if f"series.{one.data}.variation.scv_linear" in results.values)


def lines(series: PublishedSeries, results: Results, voice: Voice) -> str:
    blocks = list(area_variation(series, results, voice))
    return " ".join(str(point) for block in blocks if isinstance(block, Bullets) for point in block.points)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_measure_is_said_with_its_number(spread: Results, language: str) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    series = areas(spread)
    said = lines(series, spread, voice)
    for name in ("quotient", "quotient_5_95", "cv", "scv_linear"):
        assert str(voice.number(spread.values[f"series.{series.data}.variation.{name}"])) in said, name


def test_who_lies_outside_is_named(spread: Results, voice: Voice) -> None:
    series = areas(spread)
    prefix = f"series.{series.data}.variation"
    one = replace(
        spread, values={**spread.values, f"{prefix}.outside": replace(spread.values[f"{prefix}.outside"], value=1.0)}
    )
    none = replace(
        spread, values={**spread.values, f"{prefix}.outside": replace(spread.values[f"{prefix}.outside"], value=0.0)}
    )
    assert "Vik" in lines(replace(series, outside=("Vik",)), one, voice)
    coverage = voice.number(spread.values[f"{prefix}.coverage"])
    assert str(voice.say("variation.none_outside", coverage=coverage)) in lines(series, none, voice)


def test_what_cannot_be_worked_out_is_said(spread: Results, voice: Voice) -> None:
    series = areas(spread)
    prefix = f"series.{series.data}.variation"
    without = {id: one for id, one in spread.values.items() if id not in {f"{prefix}.quotient", f"{prefix}.scv_log"}}
    said = lines(series, replace(spread, values=without), voice)
    assert voice.catalogue.text("variation.quotient.undefined") in said
    assert "McPherson kan den ikke" in said
    days = {id: one for id, one in without.items() if not id.startswith(f"{prefix}.scv")}
    assert voice.catalogue.text("variation.not_events") in lines(series, replace(spread, values=days), voice)


def test_a_series_over_time_has_none(kommune: Results, voice: Voice) -> None:
    assert list(area_variation(kommune.series[0], kommune, voice)) == []
