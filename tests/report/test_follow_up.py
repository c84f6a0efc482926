"""The follow-up as a steering group reads it: what is judged, what has changed, and what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from benefits import open_report
from benefits.report import Report
from benefits.report.voice import voice_in
from benefits.results import Results, freeze
from benefits.vocabulary import Language

pytestmark = pytest.mark.slow

PARAMS = Path(__file__).resolve().parents[2] / "params"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
LEAST = "format: 1\nid: liten\ntitle: Lite prosjekt\nas_of: 2025-12-31\n"


def soup(report: Report, section: str) -> BeautifulSoup:
    return BeautifulSoup(report.show(section).html, "html.parser")


def rows(report: Report, section: str, table: int = 0) -> list[list[str]]:
    found = soup(report, section).find_all("table")[table]
    assert isinstance(found, Tag)
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in found.select("tbody tr")
    ]


def words(report: Report, section: str) -> str:
    return " ".join(soup(report, section).get_text(" ").split())


def sentences(report: Report, section: str) -> str:
    return " ".join(soup(report, section).get_text().split())


def of(report: Report) -> Results:
    assert isinstance(report.results, Results)
    return report.results


def in_every_language(report: Report) -> list[Report]:
    first = of(report).project.first_language
    return [replace(report, voice=voice_in(language, first=first)) for language in LANGUAGES]


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    def write(rest: str) -> Path:
        file = tmp_path / "project.yaml"
        file.write_text(LEAST + rest, encoding="utf-8")
        return file

    return write


GOAL = (
    "go_live: 2025-01-01\nbenefits:\n  - id: g1\n    title: Mer tid\n"
    "    indicator: {definition: Timer, unit: hours, direction: lower_is_better}\n"
    "    baseline: {state: estimated, value: 52, low: 51, high: 54}\n    method: {id: time_study}\n"
    "    target: {value: 46, date: 2025-06-30}\n"
)
MEASURED = "    measurements: [{date: 2025-09-30, value: 45, low: 43, high: 47, grade: reported, source: Skjema}]\n"


# The example ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example() -> Report:
    report: Report = open_report("follow-up", PARAMS / "eksempel-kommune" / "project.yaml", period="2025")
    return report


def test_the_example_was_frozen_before_it_started_and_nothing_has_changed(example: Report) -> None:
    frozen = of(example).follow_up.freeze
    assert frozen is not None
    assert frozen.as_of == date(2024, 12, 31)
    assert of(example).follow_up.deviations == ()
    # Page one says so, and nothing is left to say elsewhere.
    assert example.show("deviations").html == ""
    assert "2024-12-31" in example.show("first_page").html


@pytest.mark.slow
def test_a_changed_method_and_a_changed_target_are_named_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "eksempel"
    shutil.copytree(PARAMS / "eksempel-kommune", folder, ignore=shutil.ignore_patterns("frozen"))
    file = folder / "project.yaml"
    freeze(file, as_of=date(2024, 12, 31))
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ("id: time_study", "id: survey"),
        ("target: {value: 0.95,", "target: {value: 1.05,"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    report = open_report("follow-up", file)
    assert [(one.benefit, one.code) for one in of(report).follow_up.deviations] == [
        ("innleggelser", "target.value"),
        ("tid-hjemmetjeneste", "method.id"),
    ]
    assert rows(report, "deviations") == [
        ["Færre akutte innleggelser", "mål", "0,95 innleggelser per personår", "1,05 innleggelser per personår"],
        ["Frigjort tid i hjemmetjenesten", "målemetode", "Tidsstudie", "Spørreundersøkelse"],
    ]
    # Page one says it, and the verdict is held to the target as it was.
    assert "2 avvik" in words(report, "first_page")
    assert "Tabellen viser 2 avvik" in words(report, "deviations")
    assert rows(report, "standing")[0][1].startswith("0,95 ")


def test_the_year_is_shown_beside_the_year_before_with_the_warning_that_belongs_to_it(example: Report) -> None:
    shown = rows(example, "period")
    assert [row[:2] for row in shown] == [
        ["Pasienter med tjenesten", "2025"],
        ["Pasienter med tjenesten", "2024"],
        ["Sammenligningsgruppe", "2025"],
        ["Sammenligningsgruppe", "2024"],
    ]
    assert "ikke virkningen av tjenesten" in words(example, "period")
    assert "dårlig periode" in words(example, "period")


def test_what_numbers_of_a_period_are_divided_by_has_its_unit(example: Report) -> None:
    heads = [[cell.get_text() for cell in soup(one, "period").select("thead th")] for one in in_every_language(example)]
    assert [head[3] for head in heads] == ["Delt på (personår)", "Delt på (personår)", "Divided by (person-years)"]


def test_where_the_way_to_the_target_begins_is_told_where_that_is_not_the_baseline(example: Report) -> None:
    # 1.13 + 50 % of (0.95 - 1.13) = 1.04
    said = sentences(example, "followed")
    assert "Etter planen nå: 1,04 innleggelser per personår, som er 50 % av veien" in said
    assert said.count("fra det som er ventet uten tjenesten (1,13 innleggelser per personår)") == 1


def test_several_benefits_are_named_as_a_list(example: Report) -> None:
    listed = "Færre besøk på legevakt og Flere kontakter med fastlegen"
    assert listed in words(example, "first_page")
    assert listed in words(example, "to_paste")


def test_the_benefit_that_decides_is_named_as_it_was_chosen(example: Report) -> None:
    assert "valgt på forhånd: Færre akutte innleggelser" in words(example, "standing")


def test_a_number_before_its_date_of_verdict_is_called_preliminary_and_is_shown() -> None:
    early: Report = open_report("follow-up", PARAMS / "eksempel-kommune" / "project.yaml", as_of="2025-06-30")
    row = rows(early, "standing")[0]
    assert row[-1] == "kan ikke vurderes ennå"
    assert row[2].endswith(", foreløpig")
    assert all("foreløpig" in one[2] for one in rows(early, "first_page"))
    assert "Gevinsten vurderes 31. desember 2025" in words(early, "followed")
    for report in in_every_language(early):
        assert report.voice.catalogue.text("follow_up.preliminary", figure="") in words(report, "standing")


def test_page_one_says_where_each_benefit_stands_before_the_figures(example: Report) -> None:
    page = words(example, "first_page")
    for benefit in of(example).project.benefits:
        assert example.voice.plain_text(benefit.title) in page
    assert page.index("Ikke målt: ") < page.index("De viktigste tallene")


# Small projects -------------------------------------------------------------------------------------------------------


def test_a_target_that_was_reached_is_called_reached(project: Callable[[str], Path]) -> None:
    report = open_report("follow-up", project(GOAL + MEASURED))
    assert rows(report, "standing")[0][-1] == "nådd"
    assert "Nådd: Mer tid" in words(report, "first_page")


def test_a_plan_frozen_after_the_start_says_so(project: Callable[[str], Path]) -> None:
    file = project(GOAL)
    freeze(file, as_of=date(2025, 3, 1))
    report = open_report("follow-up", file)
    assert "fryst 1. mars 2025 , etter at tjenesten startet 1. januar 2025" in words(report, "first_page")


def test_a_plan_frozen_again_after_the_start_says_so_in_every_language(project: Callable[[str], Path]) -> None:
    file = project(GOAL)
    freeze(file, as_of=date(2024, 12, 31))
    freeze(file, as_of=date(2025, 3, 1))
    freeze(file, as_of=date(2025, 9, 1))
    report = open_report("follow-up", file)
    assert "fryst på nytt 1. mars 2025 og 1. september 2025" in words(report, "first_page")
    assert "fryst 31. desember 2024" in words(report, "first_page")
    assert ["mars 2025" in words(one, "first_page") for one in in_every_language(report)] == [True, True, False]


REASONS = {
    "indicator_changed": (GOAL + MEASURED).replace("unit: hours", "unit: minutes"),
    "within_limit": (GOAL + MEASURED).replace("value: 46", "value: 60"),
    "limit_within_interval": (GOAL + MEASURED).replace("value: 46", "value: 60").replace("high: 47", "high: 61"),
    "no_interval": (GOAL + MEASURED).replace(", low: 51, high: 54", ""),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_said_in_every_language(reason: str, project: Callable[[str], Path]) -> None:
    if reason == "indicator_changed":
        freeze(project(GOAL), as_of=date(2024, 12, 31))
    report = open_report("follow-up", project(REASONS[reason]))
    assert [one.reason for one in of(report).follow_up.verdicts] == [reason]
    for one in in_every_language(report):
        assert "45" in words(one, "followed")


def test_what_was_frozen_keeps_its_unit_where_the_indicator_has_another_now(project: Callable[[str], Path]) -> None:
    freeze(project(GOAL), as_of=date(2024, 12, 31))
    report = open_report("follow-up", project(REASONS["indicator_changed"]))
    (row,) = rows(report, "standing")
    assert row[1].startswith("46 timer")
    assert "45,0 minutter, mot målet 46 timer" in sentences(report, "followed")


SERIES = (
    "go_live: 2023-01-01\nbenefits:\n  - id: g1\n    title: Innleggelser\n"
    "    indicator: {definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}\n"
    "    method: {id: before_after, data: tall}\n    target: {value: 1.0, date: 2024-12-31}\n"
    "data:\n  - {id: tall, file: tall.csv, shape: series, columns: {period: m, count: n, exposure: e}}\n"
)


@pytest.mark.parametrize(("as_of", "first"), [("2024-12-31", "1. januar 2023"), ("2025-12-31", "1. januar 2025")])
def test_a_mean_says_which_days_it_is_of(as_of: str, first: str, project: Callable[[str], Path]) -> None:
    months = [(year, month) for year in range(2022, 2026) for month in range(1, 13)]
    lines = [f"{year}-{month:02d};{250 - 50 * (year - 2022) + month % 2};100.0" for year, month in months]
    file = project(SERIES)
    (file.parent / "tall.csv").write_text("m;n;e\n" + "\n".join(lines).replace(".0", ",0") + "\n", encoding="utf-8")
    report = open_report("follow-up", file, as_of=as_of)
    assert f"fra {first} til 31. desember {as_of[:4]}" in sentences(report, "followed")
    for one in in_every_language(report):
        assert as_of[:4] in words(one, "followed")


def test_a_plan_not_frozen_is_a_lack_only_once_the_service_has_started(project: Callable[[str], Path]) -> None:
    late, early = GOAL, GOAL.replace("go_live: 2025-01-01", "go_live: 2026-01-01")
    assert "ikke fryst, og tjenesten har startet" in words(open_report("follow-up", project(late)), "gaps")
    report = open_report("follow-up", project(early))
    assert "ikke fryst" not in words(report, "gaps")
    assert "før tjenesten starter" in words(report, "first_page")


def test_what_was_taken_out_is_named_by_the_title_it_had(project: Callable[[str], Path]) -> None:
    file = project(GOAL)
    freeze(file, as_of=date(2024, 12, 31))
    file = project("go_live: 2025-01-01\nbenefits:\n")
    report = open_report("follow-up", file)
    assert rows(report, "deviations") == [["Mer tid", "gevinst tatt ut", "oppgitt", "ingen"]]


CHANGED = {
    "options": ("{id: time_study}", "{id: time_study, options: {level: 0.9, selected: true, scale: ratio}}"),
    "ramp": ("date: 2025-06-30}", "date: 2025-09-30, ramp: {2025: 0.25, 2026: 1.0}}"),
    "unit": ("unit: hours, direction: lower_is_better", "unit: minutes, per: person_year, direction: higher_is_better"),
    "baseline": (
        "{state: estimated, value: 52, low: 51, high: 54}",
        "{state: measured, value: 50, low: 48, high: 53, before_start: true, "
        "period: {start: 2024-01-01, end: 2024-12-31}, selection: {rule: De verste 10}}",
    ),
    "no_target": ("    target: {value: 46, date: 2025-06-30}\n", "    notes: Ingenting\n"),
    "start": ("go_live: 2025-01-01", "go_live: 2025-02-01"),
    "hypothesis": ("    method:", "    dis_benefit: true\n    hypothesis: {action: Noe annet}\n    method:"),
}


@pytest.mark.parametrize("turned", [False, True], ids=["forth", "back"])
@pytest.mark.parametrize("change", CHANGED)
def test_every_kind_of_deviation_is_said_in_every_language(
    change: str, turned: bool, project: Callable[[str], Path]
) -> None:
    old, new = CHANGED[change]
    assert old in GOAL
    before, after = (GOAL.replace(old, new), GOAL) if turned else (GOAL, GOAL.replace(old, new))
    freeze(project(before), as_of=date(2024, 12, 31))
    for report in in_every_language(open_report("follow-up", project(after))):
        found = of(report).follow_up.deviations
        shown = rows(report, "deviations")
        assert len(shown) == len(found) > 0
        assert all(row[2] != row[3] and row[2] and row[3] for row in shown)


def test_options_of_a_method_are_said_in_words(project: Callable[[str], Path]) -> None:
    frozen = "{id: time_study, options: {scale: ratio, level: 0.95, comparison_selected_alike: true, own: raw}}"
    freeze(project(GOAL.replace("{id: time_study}", frozen)), as_of=date(2024, 12, 31))
    now = frozen.replace("ratio", "difference").replace("0.95", "0.9").replace("true", "false").replace("raw", "other")
    report = open_report("follow-up", project(GOAL.replace("{id: time_study}", now)))
    alike = "sammenligningsgruppen er valgt ut med samme regel"
    assert [row[2:] for row in rows(report, "deviations")] == [
        [f"{alike}: ja", f"{alike}: nei"],
        ["intervallets dekning: 0,95", "intervallets dekning: 0,9"],
        ["own: raw", "own: other"],
        ["hva som anslås: forholdstall", "hva som anslås: differanse"],
    ]


def test_a_change_the_translation_does_not_show_is_shown_in_the_language_of_the_project(
    project: Callable[[str], Path],
) -> None:
    rule = "    hypothesis: {action: {nb: %s, en: Do something}}\n    method:"
    freeze(project(GOAL.replace("    method:", rule % "Gjør noe")), as_of=date(2024, 12, 31))
    file = project(GOAL.replace("    method:", rule % "Gjør mer"))
    assert [row[2:] for row in rows(open_report("follow-up", file, language="en"), "deviations")] == [
        ["Gjør noe", "Gjør mer"]
    ]


def test_of_a_changed_rule_of_selection_the_number_that_differs_is_told(project: Callable[[str], Path]) -> None:
    selected = "{state: estimated, value: 52, selection: {rule: De verste, window_months: %d, at_least: 2}}"
    for months in (12, 24):
        file = project(GOAL.replace("{state: estimated, value: 52, low: 51, high: 54}", selected % months))
        if months == 12:
            freeze(file, as_of=date(2024, 12, 31))
    (row,) = rows(open_report("follow-up", file), "deviations")
    assert row[2:] == [f"De verste; måneder utvalgsregelen ser på: {months}" for months in (12, 24)]


@pytest.mark.parametrize(
    "period", ["2024T2", pytest.param("2024", marks=pytest.mark.slow), pytest.param("2024-02", marks=pytest.mark.slow)]
)
def test_a_period_is_named_in_every_language(period: str) -> None:
    example = PARAMS / "eksempel-kommune" / "project.yaml"
    names = [
        rows(report, "period")[0][1] for report in in_every_language(open_report("follow-up", example, period=period))
    ]
    assert len(names) == len(LANGUAGES)
    assert all("2024" in name for name in names)


def test_numbers_of_areas_are_not_made_into_numbers_of_a_period() -> None:
    report = open_report("follow-up", PARAMS / "dho-spredning-2024" / "project.yaml", period="2023")
    assert "period." not in report.show("period").html


def test_uptake_is_shown_as_known_on_the_day_of_the_report(example: Report) -> None:
    half: Report = open_report("follow-up", PARAMS / "eksempel-kommune" / "project.yaml", as_of="2025-07-31")
    assert [row[0] for row in rows(example, "service")] == ["30. juni 2025", "31. desember 2025"]
    assert [row[0] for row in rows(half, "service")] == ["30. juni 2025"]


def test_actions_none_of_which_has_a_date_are_named_in_a_sentence(project: Callable[[str], Path]) -> None:
    report = open_report("follow-up", project(GOAL + "    actions: [{title: Endre turnus}, {title: Lære opp}]\n"))
    assert soup(report, "due").find("table") is None
    assert "Endre turnus ( Mer tid ) og Lære opp ( Mer tid )" in words(report, "due")


def test_what_is_due_comes_by_date_and_says_whether_it_has_passed(project: Callable[[str], Path]) -> None:
    actions = "    actions: [{title: Uten frist}, {title: Sen, due: 2026-01-01}, {title: Tidlig, due: 2025-12-31}]\n"
    report = open_report("follow-up", project(GOAL + actions))
    assert [(row[0], row[-1]) for row in rows(report, "due")] == [
        ("Tidlig", "fristen er ute"),
        ("Sen", "kommer"),
        ("Uten frist", "ingen frist"),
    ]
