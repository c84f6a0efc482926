"""Reported values are shown as a change from the baseline, never as an effect; and who has not answered is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benefits.report.blocks import Paragraph, Table
from benefits.report.sections.answers import answers
from benefits.report.sections.reported import reported_values
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess

PLAN = """\
format: 1
id: dho
title: DHO
as_of: 2026-06-30
benefits:
  - id: time
    title: Tid
    owner: {role: Leder}
    indicator: {definition: Timer, unit: hours, direction: lower_is_better}
    baseline: {state: estimated, value: 50, source: Anslag, period: {start: 2024-01-01, end: 2024-12-31}}
    method: {id: reported, measurement_dates: [2025-12-31, 2026-05-31, 2026-12-31]}
"""
REPORT = """\
format: 1
project: dho
reported_on: 2026-01-15
role: Fungerende leder
values:
  - {benefit: time, value: 44, unit: hours, n: 16, start: 2025-01-01, date: 2025-12-31, source: Vaktlister}
"""


@pytest.fixture
def voice() -> Voice:
    return voice_in("nb", first="nb")


def results(folder: Path, *reports: str, as_of: date | None = None) -> Results:
    (folder / "reported").mkdir()
    (folder / "project.yaml").write_text(PLAN, encoding="utf-8")
    for number, text in enumerate(reports):
        (folder / "reported" / f"{number}.yaml").write_text(text, encoding="utf-8")
    return assess(folder / "project.yaml", as_of=as_of, draws=100)


def test_one_value_is_a_sentence_that_says_it_is_no_effect(tmp_path: Path, voice: Voice) -> None:
    found = results(tmp_path, REPORT)
    (said,) = reported_values(found.project.benefits[0], found, voice)
    assert isinstance(said, Paragraph)
    assert said.words.striptags() == (
        "Meldt for 1. januar 2025 til 31. desember 2025: 44 timer. Av: Fungerende leder. Kilde: Vaktlister. "
        "Antall bak verdien: 16. Endring fra nullpunktet: −6 timer, til det bedre. "
        "Endringen fra nullpunktet er ikke en virkning: ingen vet hva som ville skjedd uten tjenesten."
    )


def test_several_values_are_a_table_and_a_corrected_one_is_named(tmp_path: Path, voice: Voice) -> None:
    later = REPORT.replace("reported_on: 2026-01-15", "reported_on: 2026-06-15")
    other = later.replace("2025-01-01", "2026-01-01").replace("2025-12-31", "2026-05-31").replace("44", "52")
    corrected = later.replace("value: 44", "value: 46").replace("2026-06-15", "2026-06-20")
    found = results(tmp_path, REPORT, other, corrected)
    table, said = reported_values(found.project.benefits[0], found, voice)
    assert isinstance(table, Table)
    assert [row[2].striptags() for row in table.rows] == ["−4 timer, til det bedre", "2 timer, til det verre"]
    assert isinstance(said, Paragraph)
    assert said.words.striptags().endswith(
        "meldt på nytt 20. juni 2026: 46 timer. Før sto det 44 timer. Den nye gjelder."
    )


def test_who_has_not_answered_stands_beside_who_answered_last(tmp_path: Path, voice: Voice) -> None:
    (table,) = answers(results(tmp_path, REPORT), voice).blocks
    assert isinstance(table, Table)
    assert [[cell.striptags() for cell in row] for row in table.rows] == [
        ["Tid", "Leder. Sist svarte Fungerende leder", "31. mai 2026", "mindre enn én måned", "31. desember 2026"]
    ]


def test_before_anything_is_due_there_is_nothing_to_say_and_after_it_a_hole_is_named(
    tmp_path: Path, voice: Voice
) -> None:
    assert answers(results(tmp_path, as_of=date(2025, 12, 30)), voice).blocks == ()
    found = assess(tmp_path / "project.yaml", as_of=date(2026, 6, 30), draws=100)
    assert "ingen svarte for 31. desember 2025" in str([str(one) for one in answers(found, voice).blocks]).replace(
        '<time datetime="2025-12-31">', ""
    )
