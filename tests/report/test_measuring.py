"""How do we measure, what do we compare with, and will it do: said in plain words, with what would help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from benefits.report.blocks import Bullets, Paragraph, Section, Table
from benefits.report.sections.measuring import measuring, short
from benefits.report.voice import Voice
from benefits.results import Results, assess

PLAN = """
format: 1
id: liten
title: Lite prosjekt
as_of: 2024-12-31
go_live: 2025-01-01
patient_group: {category: other, volume: {2025: 16, 2026: 16}}
benefits:
  - id: g1
    title: Færre innleggelser
    indicator: {definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}
    baseline: {state: planned}
    method: {id: before_after, verdict_dates: [2026-12-31]}
"""
INDICATOR, METHOD = PLAN.splitlines(keepends=True)[10], PLAN.splitlines(keepends=True)[12]
Read = Callable[..., Results]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_(*changes: tuple[str, str]) -> Results:
        text = PLAN
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "project.yaml"
        file.write_text(text, encoding="utf-8")
        return assess(file, draws=100)

    return read_


def rows(section: Section) -> list[list[str]]:
    return [[cell.striptags() for cell in row] for one in section.blocks if isinstance(one, Table) for row in one.rows]


def words(section: Section) -> str:
    said = [one.words for one in section.blocks if isinstance(one, Paragraph)]
    said += [point for one in section.blocks if isinstance(one, Bullets) for point in one.points]
    return Markup(" ").join(said).striptags()


def test_each_benefit_has_a_row_with_both_answers_and_whether_they_will_do(kommune: Results, voice: Voice) -> None:
    found = rows(measuring(kommune, voice))
    assert [row[0] for row in found] == [voice.text(one.title).striptags() for one in kommune.project.benefits]
    assert found[0][1:] == [
        "Før og etter mot sammenligningsgruppe. Figur: kontrolldiagram.",
        "Pasienter i Sammenlikningsvik, valgt ut med samme regel",
        "Nei, metoden svarer, men endringen som er ventet, er for liten til å påvises med dette volumet. "
        "Kunnskapsgrunnlag i beste fall: målt mot sammenligningsgruppe.",
    ]
    assert found[2][3] == "Nei, ikke slik planen er: det finnes ingen svar fra før oppstart."


def test_sixteen_patients_are_told_what_is_enough_and_nothing_that_needs_more(read: Read, voice: Voice) -> None:
    section = measuring(read(), voice)
    assert rows(section)[0][3].startswith("Bare med forbehold: det er for få personer til et sikkert svar.")
    assert "vis først at tjenesten blir tatt i bruk" in words(section)
    assert words(section).endswith("at flere kommuner slår tallene sine sammen.")


def test_few_who_answer_are_told_how_many_more_it_takes(read: Read, voice: Voice) -> None:
    """Twenty are enough for an interval to be trusted: four more than sixteen."""
    section = measuring(read(("unit: admissions", "unit: points"), ("before_after", "survey")), voice)
    assert "Slå tallene sammen med andre kommuner: 4 personer til trengs." in words(section)


def test_a_hundred_patients_chosen_by_a_rule_need_others_chosen_alike(read: Read, voice: Voice) -> None:
    chosen = ("baseline: {state: planned}", "baseline: {state: planned, selection: {rule: To innleggelser i fjor}}")
    section = measuring(read(("16", "100"), chosen), voice)
    assert "Dette trekker ned: pasientene er valgt ut etter en dårlig periode" in rows(section)[0][3]
    assert "valgt ut med samme regel" in words(section)
    assert "vis først" not in words(section)


def test_no_method_is_met_with_one_that_would_answer(read: Read, voice: Voice) -> None:
    section = measuring(read(("16", "100"), (METHOD, "")), voice)
    assert rows(section)[0][1:] == ["Ikke valgt", "Ikke oppgitt", "Målemetode er ikke valgt."]
    assert "Velg «Før og etter»" in words(section)


def test_a_plan_without_an_indicator_is_asked_what_is_to_be_counted(read: Read, voice: Voice) -> None:
    bare = read((INDICATOR, ""), (METHOD, ""))
    assert words(measuring(bare, voice)).startswith("Ingen gevinst har en indikator ennå.")


def test_in_the_follow_up_only_a_method_that_refuses_is_spoken_of(kommune: Results, voice: Voice) -> None:
    by_id = {one.id: one for one in kommune.project.benefits}
    assert short(by_id["innleggelser"], kommune, voice) == []
    (said,) = short(by_id["trygghet"], kommune, voice)
    assert isinstance(said, Paragraph)
    assert "for nye pasienter før de begynner" in said.words.striptags()
