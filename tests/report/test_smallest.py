"""The smallest change that can be shown is told for the comparison that is planned; a lack is told where it is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benefits import open_report
from benefits.report import Report
from benefits.results import Results

PLAN = """
format: 1
id: liten
title: Lite prosjekt
as_of: 2024-12-31
go_live: 2025-01-01
patient_group: {category: other, volume: {2025: 100}}
benefits:
  - id: g1
    title: Færre innleggelser
    indicator: {definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}
    baseline: {state: measured, value: 0.5}
    method: {id: before_after}
"""
ELSEWHERE = "mot en like stor gruppe"


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Report]:
    def open_(*changes: tuple[str, str]) -> Report:
        text = PLAN
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "project.yaml"
        file.write_text(text, encoding="utf-8")
        report: Report = open_report("plan", file)
        return report

    return open_


def least(report: Report) -> float:
    assert isinstance(report.results, Results)
    return report.results.values["benefit.g1.smallest"].value or 0.0


def said(report: Report) -> str:
    return report.show("hypotheses").html


def by(method: str) -> tuple[str, str]:
    return "{id: before_after}", f"{{id: {method}}}"


KNOWN = ("value: 0.5}", "value: 0.5, n: 50, period: {start: 2023-01-01, end: 2024-12-31}}")


def test_before_and_after_is_told_against_the_baseline_and_that_no_group_is_planned(
    opened: Callable[..., Report],
) -> None:
    shown = said(opened())
    assert "mot et nullpunkt fra like mange i ett år" in shown
    assert "Ingen sammenligningsgruppe er planlagt" in shown
    assert ELSEWHERE not in shown
    assert "mot nullpunktet slik det er målt" in said(opened(KNOWN))


def test_a_baseline_of_half_as_many_in_two_years_counts_as_much_as_a_year_of_all(opened: Callable[..., Report]) -> None:
    assert least(opened(KNOWN)) == pytest.approx(least(opened()), rel=1e-3)
    longer = ("value: 0.5}", "value: 0.5, n: 100, period: {start: 2023-01-01, end: 2024-12-31}}")
    # d = 2.8 sqrt((0.5 - d) / 100 + 0.5 / 200.1) = 0.207; with 0.5 / 100 it is 0.244.
    assert least(opened(longer)) == pytest.approx(0.207, abs=1e-3)
    assert least(opened()) == pytest.approx(0.244, abs=1e-3)


def test_a_comparison_group_is_named_only_where_one_is_planned(opened: Callable[..., Report]) -> None:
    assert ELSEWHERE in said(opened(by("difference_in_differences")))
    assert "En slik sammenligning er ikke planlagt" not in said(opened(by("difference_in_differences")))
    for method in ("survey", "expert_estimate"):
        assert "En slik sammenligning er ikke planlagt" in said(opened(by(method)))


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        (["{2025: 100}"], "det krever oppstartsdato og antall pasienter per år"),
        (["value: 0.5"], "det krever et nullpunkt over null, eller et tall"),
        (["{2025: 100}", "value: 0.5"], "antall pasienter per år, og et nullpunkt over null eller"),
    ],
)
def test_only_what_is_lacking_is_told(opened: Callable[..., Report], lacking: list[str], told: str) -> None:
    without = {"{2025: 100}": "{}", "value: 0.5": "value: 0.0"}
    assert told in said(opened(*((one, without[one]) for one in lacking)))


def test_where_it_can_never_be_computed_that_is_told_once(opened: Callable[..., Report]) -> None:
    second = "\n  - {id: g2, title: Tid, indicator: {definition: Timer, unit: hours, direction: lower_is_better}}\n"
    third = second.replace("g2", "g3").replace("Tid", "Ro").strip("\n")
    shown = said(opened(("{id: before_after}\n", "{id: before_after}" + second + third + "\n")))
    assert shown.count("er bare regnet ut for hendelser") == 1
    assert "er ikke regnet ut" not in shown
    assert "er bare regnet ut for hendelser" not in said(opened())
