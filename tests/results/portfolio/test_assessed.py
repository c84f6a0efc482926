"""A portfolio assessed: each project as it stands alone, a broken one named, and whose date it is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput
from benefits.results import Results, assess, assess_portfolio, check_portfolio, to_json
from benefits.results.portfolio.model import PortfolioResults
from benefits.results.portfolio.source import read_source

DRAWS = 200
PLAN = """\
go_live: 2024-01-01
price_year: 2024
health_region: helse_vest
actors: [{{id: vik, kind: kommune, name: Vik}}]
owner: {{actor: vik}}
costs: [{{id: drift, title: Drift, kind: running, actor: vik, amount: 1000, per: year}}]
benefits:
  - {{id: g1, title: En, status: {status}}}
  - {{id: g2, title: To}}
  - {{id: g3, title: Merarbeid, dis_benefit: true}}
decisions: [{{title: Si ja}}]
"""


def project(
    folder: Path, id: str, *, as_of: str = "as_of: 2025-12-31\n", status: str = "expected", rest: str = ""
) -> Path:
    where = folder / id
    where.mkdir(parents=True)
    file = where / "project.yaml"
    text = f"format: 1\nid: {id}\ntitle: Prosjekt {id}\n{as_of}{PLAN.format(status=status)}{rest}"
    file.write_text(text, encoding="utf-8")
    return file


def portfolio(folder: Path, rest: str) -> Path:
    file = folder / "portfolio.yaml"
    file.write_text(f"format: 1\nid: vest\ntitle: Vest\n{rest}", encoding="utf-8")
    return file


def assessed(source: str | Path, as_of: date | None = None) -> PortfolioResults:
    return assess_portfolio(source, as_of=as_of, draws=DRAWS)


def counts(results: PortfolioResults, *names: str) -> list[float | None]:
    return [results.values[f"portfolio.{name}"].value for name in names]


# Which projects -------------------------------------------------------------------------------------------------------


def test_a_project_file_is_a_portfolio_of_one_with_the_projects_id(tmp_path: Path) -> None:
    results = assessed(project(tmp_path, "a"))
    assert (results.portfolio.id, [one.project.id for one in results.members]) == ("a", ["a"])


def test_a_folder_is_every_project_below_it_under_the_folders_name(tmp_path: Path) -> None:
    folder = tmp_path / "Helse Sør-Øst"
    project(folder, "b"), project(folder / "dypt", "a"), project(folder / "out", "c")
    results = assessed(folder)
    assert (results.portfolio.id, results.named) == ("helse-sor-ost", True)
    assert [one.file for one in results.members] == ["b/project.yaml", "dypt/a/project.yaml"]


def test_a_folder_with_a_portfolio_file_is_that_portfolio(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b")
    portfolio(tmp_path, "projects: [b]\n")
    results = assessed(tmp_path)
    assert (results.portfolio.id, [one.project.id for one in results.members]) == ("vest", ["b"])


def test_several_names_one_a_line_are_put_together_each_once(tmp_path: Path) -> None:
    first, _ = project(tmp_path, "b"), project(tmp_path, "a")
    results = assessed(f"{first}\n{tmp_path}\n{first}")
    assert (results.portfolio.id, results.named) == ("portfolio", False)
    assert [one.project.id for one in results.members] == ["b", "a"]


def test_a_relative_name_is_looked_for_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path, "a")
    (tmp_path / "x" / "y").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "x" / "y")
    assert [shown for _, shown in read_source("a").projects] == ["project.yaml"]


@pytest.mark.parametrize(("name", "code"), [("nei", "file_not_found"), ("tom", "portfolio_folder_empty")])
def test_what_is_not_there_is_a_problem(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "tom").mkdir()
    with pytest.raises(InvalidInput) as refused:
        assessed(tmp_path / name)
    assert [(one.code, one.place) for one in refused.value.problems] == [(code, name)]


# Broken projects ------------------------------------------------------------------------------------------------------


def test_a_broken_project_is_named_with_its_problems_and_the_others_are_shown(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", rest="fase: plan\n")
    results = assessed(portfolio(tmp_path, "projects: [a, b]\n"))
    assert [one.project.id for one in results.members] == ["a"]
    (broken,) = results.unusable
    assert [(one.place, one.code) for one in broken.problems] == [("b/project.yaml:16", "unknown_key")]
    assert counts(results, "named", "projects", "unusable") == [2, 1, 1]


def test_two_projects_with_one_id_are_not_both_counted(tmp_path: Path) -> None:
    project(tmp_path / "x", "a"), project(tmp_path / "y", "a")
    results = assessed(tmp_path)
    assert [one.file for one in results.members] == ["x/a/project.yaml"]
    (broken,) = results.unusable
    assert [(one.place, one.code) for one in broken.problems] == [("y/a/project.yaml", "same_project_id")]


def test_when_no_project_can_be_used_there_is_no_portfolio(tmp_path: Path) -> None:
    project(tmp_path, "a", rest="fase: plan\n"), project(tmp_path, "b", rest="fase: plan\n")
    with pytest.raises(InvalidInput) as refused:
        assessed(tmp_path)
    assert [one.place for one in refused.value.problems] == ["a/project.yaml:16", "b/project.yaml:16"]


def test_problems_of_the_portfolio_and_of_its_table_come_together(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("navn;timer\nA;-1\n", encoding="utf-8")
    file = portfolio(tmp_path, "sumary: x\nregistry:\n  file: t.csv\n  columns: {project: navn, hours: timer}\n")
    with pytest.raises(InvalidInput) as refused:
        check_portfolio(file, shown_as="portfolio.yaml")
    found = [(one.place, one.code) for one in refused.value.problems]
    assert found == [("portfolio.yaml:4", "unknown_key"), ("t.csv:2", "negative_hours")]


def test_a_fault_nobody_foresaw_costs_one_project_and_is_named_by_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, "a"), project(tmp_path, "b")
    fail_for(monkeypatch, "a")
    results = assessed(tmp_path)
    assert [one.project.id for one in results.members] == ["b"]
    (faulty,) = results.unusable
    assert [(one.place, one.code, dict(one.parameters)) for one in faulty.problems] == [
        ("a/project.yaml", "not_foreseen", {"fault": "ZeroDivisionError"})
    ]
    assert not faulty.by_its_file
    assert counts(results, "named", "projects", "unusable") == [2, 1, 1]
    # What it was about may name somebody or a folder.
    assert "hemmelig" not in json.dumps(to_json(results, kind="portfolio"))


def test_a_fault_that_leaves_nothing_to_show_is_raised_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, "a")
    fail_for(monkeypatch, "a")
    with pytest.raises(ZeroDivisionError):
        assessed(tmp_path)


def fail_for(monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    def failing(path: Path, **rest: Any) -> Results:
        if path.parent.name == id:
            raise ZeroDivisionError("hemmelig")
        return assess(path, **rest)

    monkeypatch.setattr("benefits.results.portfolio.assessed.assess", failing)


# Dates ----------------------------------------------------------------------------------------------------------------


def test_without_a_date_each_project_stands_at_its_own_and_the_latest_is_the_portfolios(tmp_path: Path) -> None:
    project(tmp_path, "a", as_of="as_of: 2024-12-31\n"), project(tmp_path, "b", as_of="as_of: 2025-06-30\n")
    results = assessed(tmp_path)
    assert (results.as_of, results.dated_by) == (date(2025, 6, 30), "projects")
    assert [one.as_of for one in results.members] == [date(2024, 12, 31), date(2025, 6, 30)]


def test_the_date_of_the_portfolio_file_holds_for_every_project(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", as_of="")
    results = assessed(portfolio(tmp_path, "as_of: 2024-12-31\nprojects: [a, b]\n"))
    assert (results.as_of, results.dated_by) == (date(2024, 12, 31), "portfolio")
    assert {one.as_of for one in results.members} == {date(2024, 12, 31)}


def test_the_date_asked_for_goes_before_all_others(tmp_path: Path) -> None:
    project(tmp_path, "a")
    results = assessed(portfolio(tmp_path, "as_of: 2024-12-31\nprojects: [a]\n"), as_of=date(2025, 3, 31))
    assert (results.as_of, results.dated_by) == (date(2025, 3, 31), "option")
    assert [one.as_of for one in results.members] == [date(2025, 3, 31)]


def test_a_table_alone_needs_a_date(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("navn\nA\n", encoding="utf-8")
    table = "registry:\n  file: t.csv\n  columns: {project: navn}\n"
    with pytest.raises(InvalidInput) as refused:
        assessed(portfolio(tmp_path, table))
    assert [(one.place, one.code) for one in refused.value.problems] == [("portfolio.yaml:1", "no_as_of")]
    assert assessed(portfolio(tmp_path, table + "as_of: 2024-12-31\n")).rows[0].project == "A"


# Numbers --------------------------------------------------------------------------------------------------------------


def test_benefits_are_counted_by_status_and_dis_benefits_apart(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", status="dropped")
    results = assessed(tmp_path)
    values = {id: value.value for id, value in results.values.items()}
    assert [values[f"portfolio.project.{id}.status.expected"] for id in "ab"] == [2, 1]
    assert [values[f"portfolio.project.{id}.status.dropped"] for id in "ab"] == [0, 1]
    assert [values[f"portfolio.project.{id}.dis_benefits"] for id in "ab"] == [1, 1]
    assert counts(results, "status.expected", "decisions") == [3, 2]


def test_a_number_of_a_project_is_the_one_its_own_report_shows(tmp_path: Path) -> None:
    file = project(tmp_path, "a")
    project(tmp_path, "b")
    alone, among = assess(file, draws=DRAWS), assessed(tmp_path)
    cost, copied = alone.values["society.expected.cost"], among.values["portfolio.project.a.society.expected.cost"]
    assert (copied.value, copied.price_year, copied.basis) == (cost.value, 2024, "expected")
    # Two projects of five years at 1000 kroner a year.
    assert among.values["portfolio.sum.cost.expected.2024"].value == pytest.approx(-10_000)
    assert among.values["portfolio.project.a.gaps"].value == len(alone.gaps)


def test_what_most_projects_lack_comes_first(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", rest="null_alternative: Som i dag\n")
    found = assessed(tmp_path).common_gaps
    sizes = [len(one.projects) for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert next(one.projects for one in found if one.code == "no_null_alternative") == ("a",)
    both = [one for one in found if len(one.projects) == 2]
    assert [one.weight for one in both] == sorted((one.weight for one in both), reverse=True)


@pytest.mark.slow
def test_the_measured_effect_of_a_shipped_project_keeps_interval_and_grade() -> None:
    params = Path(__file__).resolve().parents[3] / "params"
    results = assessed(params / "eksempel-kommune" / "project.yaml")
    (one,) = results.members
    (effect,) = one.effects
    value = results.values[effect.value]
    assert (effect.benefit, effect.grade, value.grade) == ("innleggelser", "controlled", "controlled")
    assert value.low is not None
    assert value.high is not None
    assert value.low < value.value < value.high  # type: ignore[operator]
    assert [(each.benefit, each.shown) for each in one.detectable] == [
        ("innleggelser", False),
        ("fastlegekontakter", None),
    ]


def test_the_json_has_every_value_once_and_names_the_portfolio(tmp_path: Path) -> None:
    project(tmp_path, "a"), project(tmp_path, "b", rest="fase: plan\n")
    file = portfolio(tmp_path, "projects: [a, b]\n")
    first, second = (json.dumps(to_json(assessed(file), kind="portfolio"), sort_keys=True) for _ in range(2))
    told = json.loads(first)
    assert first == second
    assert (told["format"], told["kind"], told["project"], told["as_of"]) == (1, "portfolio", "vest", "2025-12-31")
    ids = [one["id"] for one in told["values"]]
    assert ids == sorted(set(ids))
    assert [one["code"] for one in told["problems"]] == ["unknown_key"]
    assert str(tmp_path) not in first
