"""The page about the example of single events quotes what the package gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.results import Results, assess

pytestmark = pytest.mark.slow

PAGE = "docs/eksempel-hendelser.md"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(ROOT / "params" / "eksempel-hendelser" / "project.yaml", draws=100)


@pytest.mark.parametrize(
    ("id", "decimals"),
    [
        ("estimate.innleggelser.difference_in_differences.ratio", 2),
        ("estimate.legevakt.interrupted_time_series.ratio", 2),
        ("estimate.trygghet.survey.effect", 2),
        ("estimate.besok.time_study.effect", 1),
    ],
)
def test_what_was_measured_is_the_assessment_s(
    id: str, decimals: int, results: Results, page: Callable[[str], str], norwegian: Callable[..., str]
) -> None:
    value = results.values[id]
    number, low, high = (norwegian(one or 0, decimals) for one in (value.value, value.low, value.high))
    assert f"| {number} ({low} til {high}) |" in page(PAGE)


@pytest.mark.parametrize(
    ("id", "decimals", "sentence"),
    [
        ("estimate.innleggelser.before_after.ratio", 2, "før og etter alene viser et forholdstall på {}."),
        ("benefit.legevakt.baseline", 3, "{} uten dem"),
        ("benefit.legevakt.baseline.with_abnormal", 3, "og {} med."),
        ("benefit.innleggelser.baseline", 2, "{} per personår."),
        ("benefit.innleggelser.baseline.adjusted", 2, "ventes å falle til uten tiltak, {}."),
    ],
)
def test_a_figure_in_the_text_is_the_assessment_s(
    id: str,
    decimals: int,
    sentence: str,
    results: Results,
    page: Callable[[str], str],
    norwegian: Callable[..., str],
) -> None:
    assert sentence.format(norwegian(results.values[id].value or 0, decimals)) in " ".join(page(PAGE).split())


def test_hours_and_full_time_years_are_those_of_the_time_study(
    results: Results, page: Callable[[str], str], norwegian: Callable[..., str]
) -> None:
    hours = results.values["estimate.besok.time_study.detail.hours_per_year"]
    years = results.values["estimate.besok.time_study.detail.full_time_years"]
    number, low, high = (norwegian(-(one or 0), 0) for one in (hours.value, hours.high, hours.low))
    text = " ".join(page(PAGE).split())
    assert f"{number} timer i året ({low} til {high})" in text
    assert f"{norwegian(-(years.value or 0), 2)} årsverk" in text
