"""Where a number comes from is said in the language of the report when the project file says it in that language."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits import open_report

FILE = """
format: 1
id: liten
title: Lite prosjekt
languages: [nb, en]
as_of: 2025-12-31
go_live: 2025-01-01
price_year: 2024
actors: [{id: vik, kind: kommune, name: Vik}]
costs:
  - {id: c, title: Lisens, kind: running, actor: vik, amount: 10, source: {nb: Kommunens regnskap, en: The accounts}}
assumptions:
  timer: {value: 2, unit: hours, source: {nb: Anslag fra ledere, en: Estimate by managers}}
  alene: {value: 3, unit: hours, source: Bare på bokmål}
  lonn: {value: 50000, unit: kroner, per: full_time_month, price_year: 2024, instead_of: pay.nurse_month,
    source: {nb: Lønnssystemet, en: The payroll}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "project.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_sources_follow_the_language_of_the_report(file: Path) -> None:
    shown = open_report("plan", file, language="en").show("sources").html
    assert "Estimate by managers" in shown
    assert "The accounts" in shown
    assert "Anslag fra ledere" not in shown
    assert "Kommunens regnskap" not in shown


def test_a_source_in_one_language_is_shown_and_marked_with_it(file: Path) -> None:
    assert 'lang="nb">Bare på bokmål' in open_report("plan", file, language="en").show("sources").html


def test_the_first_language_of_the_project_is_as_written(file: Path) -> None:
    shown = open_report("plan", file, language="nb").show("sources").html
    assert "Anslag fra ledere" in shown
    assert "Kommunens regnskap" in shown


def test_a_source_beside_the_shipped_value_follows_the_language_too(file: Path) -> None:
    shown = open_report("plan", file, language="en").show("sources").html
    assert "Own numbers instead of the reference values" in shown
    assert "Lønnssystemet" not in shown
    assert shown.count("The payroll") == 2
