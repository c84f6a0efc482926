"""What a notebook calls: a report is opened once and shows its sections, and mistakes are told in its language."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from benefits.language import catalogue
from benefits.report.opening import KINDS, SECTION_TYPE, Report, UnknownReport, UnusableProject, open_report

NOTEBOOKS = {
    "plan": "gevinstplan.ipynb",
    "follow-up": "oppfolging.ipynb",
    "avoided-cost": "unngatte_kostnader.ipynb",
    "price": "tjenestepris.ipynb",
    "data-request": "datauttrekk.ipynb",
    "portfolio": "portefolje.ipynb",
}
LEAST = "format: 1\nid: least\ntitle: Et <lite> prosjekt\nlanguages: [nb]\nas_of: 2025-12-31\n"


@pytest.fixture
def least(tmp_path: Path) -> Path:
    file = tmp_path / "project.yaml"
    file.write_text(LEAST, encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_of_the_emptiest_project_is_shown_as_page_text_and_bundle(kind: str, least: Path) -> None:
    report = open_report(kind, least)
    shown = [report.show(section)._repr_mimebundle_() for section in report.sections]
    assert len({data[SECTION_TYPE]["section"] for data in shown}) == len(shown)
    for data in shown:
        bundle = data[SECTION_TYPE]
        assert (bundle["kind"], bundle["project"]) == (kind, "least")
        assert (bundle["language"], bundle["as_of"], bundle["constructed"]) == ("nb", "2025-12-31", False)
        # A section that has nothing to say is not listed, and shows nothing.
        opening = f'<section id="{bundle["section"]}"' if bundle["sections"] else ""
        assert data["text/html"][: len(opening) or None] == opening
        assert data["text/plain"] == bundle["heading"] != ""
        assert json.loads(json.dumps(bundle)) == bundle


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebook_of_a_kind_shows_each_of_its_sections_once_in_their_order(kind: str) -> None:
    path = Path(__file__).resolve().parents[2] / "notebooks" / NOTEBOOKS[kind]
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.source.startswith("report.show(")]
    assert cells == [f'report.show("{section}")' for section in KINDS[kind]]


def test_the_title_is_plain_text_and_grows_with_the_phase(least: Path) -> None:
    early = open_report("plan", least).title
    assert early.endswith("Et <lite> prosjekt")
    least.write_text(LEAST + "phase: plan\n", encoding="utf-8")
    assert open_report("plan", least).title != early


def test_json_is_written_only_where_it_is_asked_for(least: Path, tmp_path: Path) -> None:
    open_report("plan", least)
    assert [path.name for path in tmp_path.iterdir()] == ["project.yaml"]
    open_report("plan", least, out_dir=str(tmp_path))
    assert json.loads((tmp_path / "plan.json").read_bytes())["kind"] == "plan"


def test_the_given_day_goes_before_the_one_in_the_file(least: Path) -> None:
    assert open_report("plan", least, as_of="2025-06-30").results.as_of.isoformat() == "2025-06-30"


def test_the_end_of_a_period_is_the_day_of_the_report_unless_one_is_given(least: Path) -> None:
    assert open_report("follow-up", least, period="2024T1").results.as_of.isoformat() == "2024-04-30"
    assert (
        open_report("follow-up", least, period="2024T1", as_of="2024-06-30").results.as_of.isoformat() == "2024-06-30"
    )


def test_a_period_that_is_none_is_refused_and_the_three_ways_are_shown(least: Path) -> None:
    with pytest.raises(UnknownReport, match="period '2024Q1': 2025, 2025T2, 2025-03"):
        open_report("follow-up", least, period="2024Q1")


def test_a_relative_project_is_looked_for_upwards(least: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = least.parent / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert isinstance(open_report("plan", "project.yaml"), Report)


@pytest.mark.parametrize(("kind", "language"), [("poem", "nb"), ("plan", "de"), ("plan", "")])
def test_a_kind_or_language_there_is_none_of_is_refused_and_the_known_are_named(
    kind: str, language: str, least: Path
) -> None:
    with pytest.raises(UnknownReport, match=r"plan, follow-up, avoided-cost|nb, nn, en"):
        open_report(kind, least, language=language)


def test_a_section_there_is_none_of_is_refused_and_the_known_are_named(least: Path) -> None:
    with pytest.raises(UnknownReport, match="'poem': first_page, "):
        open_report("plan", least).show("poem")


def test_all_problems_are_told_at_once_with_their_lines_and_no_traceback(least: Path) -> None:
    least.write_text(LEAST + "phase: someday\nno_key: 1\n", encoding="utf-8")
    with pytest.raises(UnusableProject) as caught:
        open_report("plan", least)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["project.yaml:6", "project.yaml:7"]
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_without_a_day_anywhere_the_report_says_which_line_could_hold_it(least: Path) -> None:
    least.write_text(LEAST.replace("as_of: 2025-12-31\n", ""), encoding="utf-8")
    with pytest.raises(UnusableProject, match=r"^project\.yaml:1: "):
        open_report("plan", least)


def test_a_project_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(UnusableProject, match=r"^nowhere\.yaml: "):
        open_report("plan", tmp_path / "nowhere.yaml")


def test_every_kind_of_report_has_its_sections_its_notebook_and_a_place_in_the_command() -> None:
    from benefits.batch import NOTEBOOKS
    from benefits.vocabulary import ReportKind, words

    assert set(KINDS) == set(NOTEBOOKS) == set(words(ReportKind))


@pytest.mark.slow
def test_a_notebook_says_on_its_first_section_that_an_example_is_constructed_and_the_page_says_it_once() -> None:
    report = open_report("plan", "params/eksempel-kommune/project.yaml", language="nb")
    said = catalogue("nb").text("page.constructed")
    first, second = (report.show(section) for section in report.sections[:2])
    assert said in first.html
    assert said not in second.html
    assert first.html.removeprefix(first.bundle["notice"]).startswith("<section")
    assert said not in first.html.removeprefix(first.bundle["notice"])
