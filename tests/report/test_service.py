"""The service first: what a small project can show, in words a reader can use, and nothing that tells of a few."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from benefits.project.model import Project
from benefits.report.html import section_html
from benefits.report.sections.early import early
from benefits.report.sections.service import service, short
from benefits.report.voice import Voice
from benefits.results import Results, assess

SIXTEEN = """
format: 1
id: seksten
title: Seksten
go_live: 2025-01-01
as_of: 2025-12-31
patient_group: {category: other, volume: {2025: 16}}
"""
ROW = "invited: 27, accepted: 21, started: 21, active: 16, ended: 5"
EARLY = """
benefits:
  - {id: g1, title: G, early_target: {measure: accepted_share, value: 0.7, date: 2025-12-31}}
  - {id: g2, title: H, early_indicator: Ro i huset}
  - {id: g3, title: I, early_target: {measure: drop_out_share, value: 0.1, date: 2025-12-31}}
  - {id: g4, title: J}
"""
PRICED = """
actors: [{id: vik, kind: kommune, name: Vik}]
price_year: 2024
services:
  - {id: dho, title: DHO, provider: vik, per_patient_month: [{id: lisens, title: Lisens, amount: 900}]}
"""


@pytest.fixture
def assessed(tmp_path: Path) -> Callable[..., Results]:
    def make(text: str, **files: str) -> Results:
        (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        return assess(tmp_path / "project.yaml", draws=50)

    return make


def words(results: Results, voice: Voice) -> str:
    page = re.sub(r"<svg.*?</svg>", "", section_html(service(results, voice)), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def row(counts: str = ROW, day: str = "2025-12-31") -> str:
    return f"ledger: [{{date: {day}, {counts}}}]\n"


def test_one_row_says_who_came_and_what_nobody_noted(assessed: Callable[..., Results], voice: Voice) -> None:
    """16 patients at the end and none at the start: 8 on average over twelve months."""
    said = words(assessed(SIXTEEN + row()), voice)
    assert "31. desember 2025 27 21 21 16 5" in said
    assert "takket ja per 31. desember 2025 : 77,8 % (" in said
    assert "Andel av dem som har startet, som er avsluttet per 31. desember 2025 : 23,8 % (" in said
    assert "Pasientmåneder (anslått) 192 96 −96" in said
    assert voice.catalogue.text("service.note.estimated") in said
    lacks = said.partition(voice.catalogue.text("service.lacks"))[2]
    assert (
        lacks.split()
        == " ".join(
            voice.catalogue.text(f"service.lack.{one}") for one in ("reasons", "minutes", "alerts", "cost")
        ).split()
    )


def test_reasons_with_few_persons_are_not_told(assessed: Callable[..., Results], voice: Voice) -> None:
    said = words(assessed(SIXTEEN + row(f"{ROW}, fell_out: 3, died: 2")), voice)
    assert voice.catalogue.text("service.reasons.hidden") in said
    assert "Frafall: andel" not in said


def test_reasons_that_may_be_told_are_and_the_rest_is_said_to_be_hidden(
    assessed: Callable[..., Results], voice: Voice
) -> None:
    said = words(
        assessed(
            SIXTEEN + row("started: 60, active: 40, ended: 20, completed: 9, fell_out: 6, died: 2, other_reason: 3")
        ),
        voice,
    )
    assert "9 har fullført" in said
    assert "Frafall: andel av dem som har startet, som har falt fra per 31. desember 2025 : 10 % (" in said
    assert "resten er skjult, fordi det er få personer" in said


def test_kroner_of_two_years_stand_beside_each_other_and_why_is_said(
    assessed: Callable[..., Results], voice: Voice
) -> None:
    counts = f"{ROW}, patient_months: 200, cost: 190000"
    said = words(assessed(SIXTEEN + PRICED + row(counts)), voice)
    assert "med planens antall pasienter 900 950 – " in said
    assert "Planen er i 2024 -kroner og kostnaden i 2025 -kroner." in said
    same = words(assessed(SIXTEEN + PRICED.replace("2024", "2025") + row(counts)), voice)
    assert "med planens antall pasienter 900 950 50 " in same
    assert "trekkes" not in same


def test_kroner_paid_in_two_years_are_of_neither(assessed: Callable[..., Results], voice: Voice) -> None:
    text = SIXTEEN.replace("as_of: 2025-12-31", "as_of: 2026-06-30").replace(
        "go_live: 2025-01-01", "go_live: 2025-07-01"
    )
    counts = row(f"{ROW}, patient_months: 200, cost: 190000", "2026-06-30")
    volume = text.replace("{2025: 16}", "{2025: 16, 2026: 16}")
    said = words(assessed(volume + PRICED + counts), voice)
    assert "betalt i flere år" in said


def test_a_project_without_a_ledger_is_told_where_to_enter_one(assessed: Callable[..., Results], voice: Voice) -> None:
    assert voice.catalogue.text("service.none") in words(assessed(SIXTEEN), voice)


def test_a_project_whose_counts_are_hidden_is_told_how_it_sees_its_own(
    assessed: Callable[..., Results], voice: Voice
) -> None:
    see_own = voice.catalogue.text("service.see_own")
    assert see_own in words(assessed(SIXTEEN + row("invited: 20, accepted: 17")), voice)
    assert see_own not in words(assessed(SIXTEEN + row("invited: 20, accepted: 14")), voice)


def test_rows_after_the_date_of_the_report_are_not_known(assessed: Callable[..., Results], voice: Voice) -> None:
    later = "ledger: [{date: 2025-06-30, active: 9}, {date: 2026-06-30, active: 44}]\n"
    results = assessed(SIXTEEN + later)
    assert [one.active for one in results.project.ledger] == [9]
    assert "44" not in words(results, voice)
    assert not [id for id in results.values if "2026-06-30" in id]


def test_a_table_of_the_ledger_is_told_of_and_stands_among_the_inputs(
    assessed: Callable[..., Results], voice: Voice
) -> None:
    table = "Dato;Startet;Aktive\n30.06.2025;12;12\n31.12.2025;21;16\n"
    results = assessed(SIXTEEN + "ledger_file: ledger.csv\n", ledger=table)
    assert "30. juni 2025 12 12 31. desember 2025 21 16" in words(results, voice)
    assert "ledger.csv" in results.files


def test_years_stand_side_by_side_when_there_are_several(assessed: Callable[..., Results], voice: Voice) -> None:
    rows = (
        "ledger: [{date: 2024-12-31, active: 10, patient_months: 100, minutes: 5000},"
        " {date: 2025-12-31, active: 16, patient_months: 150, minutes: 6000}]\n"
    )
    said = words(assessed(SIXTEEN.replace("go_live: 2025", "go_live: 2024") + rows), voice)
    assert "1. januar 2024 til 31. desember 2024 8,3 50,0 1. januar 2025 til 31. desember 2025 12,5 40,0" in said


def early_words(results: Results, benefit: str, voice: Voice) -> str:
    project: Project = results.project
    one = next(one for one in project.benefits if one.id == benefit)
    said = [str(getattr(block, "words", "")) for block in early(one, results, voice)]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", " ".join(said))).split())


def test_an_early_indicator_is_one_sentence(assessed: Callable[..., Results], voice: Voice) -> None:
    results = assessed(SIXTEEN + EARLY + row(f"{ROW}, fell_out: 3"))
    assert early_words(results, "g1", voice) == (
        "Tidlig tegn: andel av de inviterte som takker ja, minst 70 % innen 31. desember 2025. "
        "Det er 77,8 % (59,2 % til 89,4 %) per 31. desember 2025: nådd."
    )
    assert early_words(results, "g2", voice).startswith("Tidlig tegn: Ro i huset. Planen sier ikke")
    assert early_words(results, "g3", voice) == (
        "Tidlig tegn: andel av dem som har startet, som har falt fra, høyst 10 % innen 31. desember 2025: "
        "skjult (få personer)."
    )
    assert early_words(results, "g4", voice) == ""
    assert [gap.subject for gap in results.gaps if gap.code == "no_early_indicator"] == ["g4"]


def test_a_few_sentences_say_the_same_for_a_page_of_its_own(assessed: Callable[..., Results], voice: Voice) -> None:
    said = [
        " ".join(unescape(re.sub(r"<[^>]+>", "", str(one))).split())
        for one in short(assessed(SIXTEEN + row(f"{ROW}, patient_months: 200, minutes: 9000")), voice)
    ]
    assert said == [
        "Per 31. desember 2025: 27 invitert, 21 har takket ja, 21 har startet, 16 er aktive og 5 er avsluttet.",
        "Fra 1. januar 2025 til 31. desember 2025 er det brukt 45,0 minutter per pasientmåned.",
    ]
