"""The portfolio report: the table as printed, both sides of a disagreement, and a broken project named."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from benefits import open_report
from benefits.language import ready
from benefits.report import Report, UnusableProject
from benefits.report.html import section_html
from benefits.report.sections.portfolio_money import money
from benefits.report.voice import voice_in
from benefits.results import Results, assess, assess_portfolio, to_json

PARAMS = Path(__file__).resolve().parents[2] / "params"
PLAN = "as_of: 2025-12-31\nbenefits:\n  - {id: g1, title: Noe godt}\n"


@cache
def innomed(language: str) -> Report:
    return open_report("portfolio", PARAMS / "innomed-2024" / "portfolio.yaml", language=language)


def text(report: Report, section: str) -> str:
    words = BeautifulSoup(report.show(section).html, "html.parser").get_text(" ")
    return re.sub(r"\s+", " ", words.replace("\u00a0", " ").replace("\u202f", " "))


def project(folder: Path, id: str, rest: str = "") -> Path:
    (folder / id).mkdir(parents=True)
    file = folder / id / "project.yaml"
    file.write_text(f"format: 1\nid: {id}\ntitle: Prosjekt {id}\n{PLAN}{rest}", encoding="utf-8")
    return file


# The table ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nb", ("har 27 rader", "til sammen 4 160 timer", "gjelder Helse Sør-Øst: 14 rader")),
        ("nn", ("har 27 rader", "til saman 4 160 timar", "gjeld Helse Sør-Øst: 14 rader")),
        ("en", ("has 27 rows", "come to 4,160 hours", "14 rows")),
    ],
)
def test_page_one_tells_rows_hours_and_the_largest_region(language: str, sentences: tuple[str, ...]) -> None:
    page = text(innomed(language), "first_page")
    assert [one for one in sentences if one not in page] == []


def test_every_row_is_printed_with_what_was_not() -> None:
    page = BeautifulSoup(innomed("nb").show("registry").html, "html.parser")
    rows = page.find_all("table")[-1].find_all("tr")[1:]
    assert len(rows) == 27
    bergen = next(row for row in rows if row.th.get_text() == "DHO Bergen")
    assert [cell.get_text() for cell in bergen.find_all("td")][1:4] == ["ikke trykt"] * 3
    words = text(innomed("nb"), "registry")
    for column in ("Eieren", "Timene"):
        assert f"{column} er ikke trykt i 2 rader." in words


def test_words_of_the_source_are_marked_as_norwegian_in_an_english_report() -> None:
    page = BeautifulSoup(innomed("en").show("registry").html, "html.parser")
    said = page.find("span", string="DHO Bergen")
    assert said is not None
    assert said["lang"] == "nb"


def test_both_sides_of_a_disagreement_stand_in_one_row() -> None:
    page = BeautifulSoup(innomed("nb").show("printed").html, "html.parser")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.find("table").find_all("tr")]
    small = next(row for row in rows if row[0].startswith("Andel med liten"))
    assert [cell.replace("\u00a0", " ") for cell in small[3:]] == ["40 %", "12 % (3 av 25 rader)", "stemmer ikke"]
    first = rows[1]
    assert (first[3], first[4], first[5]) == ("43", "27", "stemmer ikke")


def test_words_that_differ_within_the_source_stand_side_by_side() -> None:
    words = text(innomed("nb"), "printed")
    assert "februar, mai og september" in words
    assert "mai, juni og september" in words


@pytest.mark.parametrize("language", ready())
def test_every_number_of_a_table_is_a_value_of_the_json(language: str) -> None:
    report = innomed(language)
    values = {one["id"]: one["value"] for one in to_json(report.results, kind="portfolio")["values"]}
    soup = BeautifulSoup("".join(report.show(section).html for section in report.sections), "html.parser")
    shown = soup.find_all("data")
    assert len(shown) > 90
    assert [one for one in shown if float(one["value"]) != values[one["data-id"]]] == []
    for digits in soup.find_all(string=re.compile(r"\d")):
        marked = digits.find_parent(lambda tag: tag.name in {"data", "time"} or "said" in tag.get("class", []))
        assert marked is not None, digits


# Projects -------------------------------------------------------------------------------------------------------------


def test_a_broken_project_is_named_with_its_problem_and_the_rest_is_shown(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", "fase: plan\n")
    report = open_report("portfolio", tmp_path)
    words = text(report, "projects")
    assert "Prosjekt a" in words
    assert "b/project.yaml må rettes:" in words
    assert "«fase». Dette feltet finnes ikke her." in words
    assert "1 prosjektfil kan ikke brukes" in text(report, "first_page")


def test_reference_values_asked_for_as_of_a_day_are_said_to_be(tmp_path: Path) -> None:
    project(tmp_path, "a")
    said = "Referanseverdiene er slik de var kjent 31. desember 2024"
    assert said in text(open_report("portfolio", tmp_path, references="2024-12-31"), "sources")
    assert said not in text(open_report("portfolio", tmp_path), "sources")


def test_when_nothing_can_be_used_every_problem_is_told(tmp_path: Path) -> None:
    project(tmp_path, "a", "fase: plan\n"), project(tmp_path, "b", "eier: x\n")
    with pytest.raises(UnusableProject, match=r"a/project.yaml:7: «fase»[\s\S]*b/project.yaml:7: «eier»"):
        open_report("portfolio", tmp_path)


def test_projects_put_together_have_a_title_that_counts_them(tmp_path: Path) -> None:
    names = "\n".join(str(project(tmp_path, id)) for id in "ab")
    assert open_report("portfolio", names, language="nn").title == "Portefølje med 2 prosjekt"


def test_a_text_is_marked_with_the_language_of_its_own_project(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", "languages: [nn]\n")
    page = BeautifulSoup(open_report("portfolio", tmp_path).show("projects").html, "html.parser")
    assert {one.get_text(): one.get("lang") for one in page.select("th .said")} == {
        "Prosjekt a": None,
        "Prosjekt b": "nn",
    }


@pytest.mark.slow
def test_a_sum_names_the_period_of_its_basis_and_holds_no_hope_of_a_benefit_that_did_not_come(tmp_path: Path) -> None:
    example = (PARAMS / "eksempel-kommune" / "project.yaml").read_text(encoding="utf-8")
    for id in "ab":
        shutil.copytree(PARAMS / "eksempel-kommune", tmp_path / id, ignore=shutil.ignore_patterns("frozen", "reported"))
        told = example.replace("id: eksempel-kommune", f"id: {id}", 1)
        told = told.replace("status: measured", "status: not_realised", 1)
        (tmp_path / id / "project.yaml").write_text(told, encoding="utf-8")
    results = assess_portfolio(tmp_path, draws=200)
    assert [one.value for one in results.member("a").amounts if one.code == "cash"] == [
        f"portfolio.project.a.layer.{basis}.innleggelser.cash" for basis in ("expected", "measured")
    ]
    html = section_html(money(results, voice_in("nb", first="nb")))
    rows = BeautifulSoup(html, "html.parser").find("table").select("tbody tr")
    assert [(row.th.get_text(), row.td.get_text()) for row in rows] == [
        ("Frigjorte timer, hele analyseperioden", "forventet"),
        ("Frigjorte timer, oppfølgingsperioden", "målt"),
        ("Kostnad, hele analyseperioden", "forventet"),
        ("Kan tas ut av budsjettet, oppfølgingsperioden", "målt"),
    ]
    words = BeautifulSoup(html, "html.parser").get_text()
    assert "Kan tas ut av budsjettet: Færre akutte innleggelser" in words
    assert "gevinsten er satt som ikke realisert" in words


def test_a_project_that_met_a_fault_of_ours_is_left_out_and_nobody_is_asked_to_correct_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, "a"), project(tmp_path, "b")

    def failing(path: Path, **rest: Any) -> Results:
        if path.parent.name == "b":
            raise ZeroDivisionError
        return assess(path, **rest)

    monkeypatch.setattr("benefits.results.portfolio.assessed.assess", failing)
    words = text(open_report("portfolio", tmp_path), "projects")
    assert "b/project.yaml er ikke med:" in words
    assert "ZeroDivisionError" in words
    assert "må rettes" not in words


def test_no_total_stands_under_the_columns_of_status(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b")
    report = open_report("portfolio", tmp_path)
    page = BeautifulSoup(report.show("benefits").html, "html.parser")
    assert [row.th.get_text() for row in page.select("tbody tr")] == ["Prosjekt a", "Prosjekt b"]
    assert "legges aldri sammen" in page.get_text()


def test_that_one_event_may_be_counted_twice_is_said_where_there_are_two_projects(tmp_path: Path) -> None:
    project(tmp_path, "a")
    assert "telle dobbelt" not in text(open_report("portfolio", tmp_path), "first_page")
    project(tmp_path, "b")
    assert "telle dobbelt" in text(open_report("portfolio", tmp_path), "first_page")


@pytest.mark.slow
def test_the_best_known_effects_come_first_whatever_they_show() -> None:
    report = open_report("portfolio", PARAMS / "eksempel-kommune")
    rows = BeautifulSoup(report.show("first_page").html, "html.parser").select("tbody tr")
    assert "Målt endring" in rows[0].th.get_text()
    assert "målt mot sammenligningsgruppe" in rows[0].get_text()


@pytest.mark.parametrize("language", ready())
def test_what_projects_lack_is_told_without_the_name_of_a_benefit(language: str, tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b")
    report = open_report("portfolio", tmp_path, language=language)
    for section in ("first_page", "gaps"):
        words = text(report, section)
        assert report.voice.catalogue.text("gap.no_indicator.any") in words
        assert not {"…", "«»", "‘’", "{"} & set(re.findall("…|«»|‘’|{", words))


def test_on_page_one_of_a_portfolio_too_it_is_said_where_nobody_is_set_to_act(tmp_path: Path) -> None:
    project(tmp_path, "a", "decisions: [{title: Stanse, due: 2026-02-01}]\n")
    said = text(open_report("portfolio", tmp_path), "first_page")
    assert "Ingen er satt til å beslutte: Stanse , innen 1. februar 2026" in said
