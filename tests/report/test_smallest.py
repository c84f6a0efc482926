"""The smallest change that can be shown is told for the comparison that is planned; a lack is told where it is one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from benefits import open_report
from benefits.report import Report
from benefits.report.sections.smallest import short
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
ELSEWHERE = "Sammenligningsgruppen er regnet som like stor"


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
    return " ".join(Markup(report.show("hypotheses").html).striptags().split())


def by(method: str) -> tuple[str, str]:
    return "{id: before_after}", f"{{id: {method}}}"


KNOWN = ("value: 0.5}", "value: 0.5, n: 50, period: {start: 2023-01-01, end: 2024-12-31}}")


def test_before_and_after_is_told_against_the_baseline_and_that_no_group_is_planned(
    opened: Callable[..., Report],
) -> None:
    shown = said(opened())
    assert "med 100 personer etter 12 måneder" in shown
    assert "Nullpunktet er regnet som like mange i like lang tid" in shown
    assert "Ingen sammenligningsgruppe er planlagt" in shown
    assert ELSEWHERE not in shown
    assert "med nullpunktet slik det er målt" in said(opened(KNOWN))


def test_a_baseline_of_half_as_many_in_two_years_counts_as_much_as_a_year_of_all(opened: Callable[..., Report]) -> None:
    assert least(opened(KNOWN)) == pytest.approx(least(opened()), rel=1e-3)
    longer = ("value: 0.5}", "value: 0.5, n: 100, period: {start: 2023-01-01, end: 2024-12-31}}")
    # t with 99 degrees of freedom: 1.9842 + 0.8453 = 2.8295. At r = 0.542: -log r = 0.6127, and 2.8295
    # sqrt(1 / (100 x 0.5 x 0.542) + 1 / (200.1 x 0.5)) = 0.6128; 0.5 x (1 - 0.542) = 0.229.
    # Against 1 / 50 at r = 0.5: 2.8295 sqrt(0.04 + 0.02) = 0.6931.
    assert least(opened(longer)) == pytest.approx(0.229, abs=1e-3)
    assert least(opened()) == pytest.approx(0.25, abs=1e-4)


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
    assert shown.count("Der minste endring som kan påvises, ikke er oppgitt") == 1
    assert "er ikke regnet ut" not in shown
    assert "Der minste endring som kan påvises, ikke er oppgitt" not in said(opened())


SIXTEEN = ("{2025: 100}", "{2025: 16, 2026: 16}")
TARGET = ("    method:", "    target: {value: 0.4, date: 2026-12-31}\n    method:")


def test_with_sixteen_patients_the_plan_says_that_nothing_can_be_shown_and_what_it_would_take(
    opened: Callable[..., Report],
) -> None:
    shown = said(opened(SIXTEEN, TARGET, ("value: 0.5", "value: 0.9")))
    assert "Minste endring som kan påvises med 16 personer etter 24 måneder, er" in shown
    assert "Kan ikke påvises med dette volumet: forventet endring er 0,50 innleggelser per personår" in shown
    assert "En slik endring regnes som ikke dokumentert" in shown
    needed = (
        r"Den kunne påvises etter \d+ måneder med like mange. Skal den påvises etter like lang tid, trengs \d+ personer"
    )
    assert re.search(needed, shown)
    rare = said(opened(SIXTEEN, TARGET))
    assert "Med 16 personer kan ingen endring påvises etter 24 måneder, ikke engang om alt forsvant" in rare
    assert "forventet endring er 0,10 innleggelser per personår, og ingen endring er stor nok" in rare
    assert "Med like mange kan den ikke påvises innen 5 år" in rare


def test_a_change_large_enough_is_said_to_be(opened: Callable[..., Report]) -> None:
    large = ("    method:", "    target: {value: 0.1, date: 2025-12-31}\n    method:")
    assert "Forventet endring, 0,40 innleggelser per personår, er stor nok til å påvises" in said(opened(large))


def test_a_chart_is_told_by_its_signal(opened: Callable[..., Report]) -> None:
    shown = said(opened(by("control_chart")))
    assert "når 7 punkter på rad ligger på samme side" in shown
    assert "Minste endring som kan påvises med" not in shown


def test_a_follow_up_has_one_line_of_each(opened: Callable[..., Report]) -> None:
    for changes, start in (((SIXTEEN, TARGET), "Kan ikke påvises"), ((), "Minste endring som kan påvises med 100")):
        report = opened(*changes)
        assert isinstance(report.results, Results)
        (line,) = short(report.results.project.benefits[0], report.results, report.voice)
        assert " ".join(line.words.striptags().split()).startswith(start)
