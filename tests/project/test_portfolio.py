"""A portfolio file is read as a project file is: every problem at once, each at its line, and nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.errors import InvalidInput
from benefits.language import catalogue, ready
from benefits.project import is_portfolio, portfolio_in, read_portfolio
from benefits.project.portfolio_rules import PORTFOLIO_CODES

HEAD = "format: 1\nid: vest\ntitle: Vest\n"
TABLE = "registry:\n  file: rader.csv\n  columns: {project: navn}\n"


def written(folder: Path, rest: str, *, head: str = HEAD) -> Path:
    (folder / "rader.csv").write_text("navn\nEn\n", encoding="utf-8")
    for name in ("a", "b"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "project.yaml").write_text("format: 1\nid: a\ntitle: A\n", encoding="utf-8")
    (folder / "tom").mkdir(exist_ok=True)
    file = folder / "portfolio.yaml"
    file.write_text(head + rest, encoding="utf-8")
    return file


def problems(file: Path) -> list[tuple[str, int]]:
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(file)
    return [(one.code, int(one.place.rpartition(":")[2])) for one in refused.value.problems]


def test_the_smallest_portfolio_has_a_format_an_id_and_a_title(tmp_path: Path) -> None:
    loaded = read_portfolio(written(tmp_path, ""))
    assert (loaded.portfolio.id, loaded.portfolio.languages, loaded.projects) == ("vest", ("nb",), ())


def test_a_folder_means_every_project_below_it_and_each_is_met_once(tmp_path: Path) -> None:
    loaded = read_portfolio(written(tmp_path, "projects: [b/project.yaml, ., a]\n"))
    names = [file.relative_to(tmp_path).as_posix() for file in loaded.projects]
    assert names == ["b/project.yaml", "a/project.yaml"]


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("sumary: x\n", [("unknown_key", 4)]),
        ("as_of: 31.12.2024\n", [("date_written_otherwise", 4)]),
        ("languages: [no]\n", [("not_one_of", 4)]),
        ("projects: [a]\nprojects: [b]\n", [("duplicate_key", 5)]),
        ("projects:\n  - c\n", [("portfolio_project_missing", 5)]),
        ("projects:\n  - tom\n", [("portfolio_folder_empty", 5)]),
        ("projects:\n  - ../c\n", [("portfolio_project_outside", 5)]),
        ("projects:\n  - /etc\n", [("portfolio_project_outside", 5)]),
        ("projects:\n  - a\n  - b\n  - a\n", [("portfolio_project_twice", 7)]),
        ("registry:\n  file: nei.csv\n  columns: {project: navn}\n", [("data_file_missing", 5)]),
        ("registry:\n  file: ../r.csv\n  columns: {project: navn}\n", [("data_file_outside", 5)]),
        ("registry:\n  file: rader.csv\n  columns: {owner: eier}\n", [("registry_without_project", 6)]),
        ("registry:\n  file: rader.csv\n  columns: {prosjekt: navn}\n", [("not_one_of", 6)]),
        (TABLE + "  phases: {Konsept: konsept}\n", [("not_one_of", 7)]),
        (TABLE + "  printed:\n    - {id: a, title: A, statements: []}\n", [("empty_list", 8)]),
        (TABLE + "  printed:\n    - {id: a, title: A, statements: [{where: s}]}\n", [("statement_empty", 8)]),
        (
            TABLE + "  printed:\n    - {id: a, title: A, figure: rows, statements: [{where: s, words: mange}]}\n",
            [("printed_without_value", 8)],
        ),
        (
            TABLE + "  printed:\n    - {id: a, title: A, figure: hours, statements: [{where: s, value: 3}]}\n",
            [("printed_without_column", 8)],
        ),
        (
            TABLE + "  printed:\n"
            "    - {id: a, title: A, statements: [{where: s, value: 3}]}\n"
            "    - {id: a, title: A, statements: [{where: s, value: 3}]}\n",
            [("duplicate_id", 9)],
        ),
        (
            TABLE + "  printed:\n    - {id: a, title: A, statements: [{where: s, value: 1.234}]}\n",
            [("ambiguous_number", 8)],
        ),
    ],
)
def test_a_mistake_is_one_problem_at_its_line(tmp_path: Path, rest: str, found: list[tuple[str, int]]) -> None:
    assert problems(written(tmp_path, rest)) == found


def test_all_problems_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    rest = "sumary: x\nas_of: i går\nprojects: [c, ../d]\n"
    found = problems(written(tmp_path, rest, head="format: 1\nid: Vest!\ntitle: Vest\n"))
    assert [code for code, _ in found] == [
        "pattern_project_id",
        "unknown_key",
        "not_a_date",
        "portfolio_project_missing",
        "portfolio_project_outside",
    ]


def test_a_national_identity_number_is_refused_and_not_repeated(tmp_path: Path) -> None:
    file = written(tmp_path, "notes: Ring 01010012356\n")
    with pytest.raises(InvalidInput) as refused:
        read_portfolio(file)
    assert [one.code for one in refused.value.problems] == ["national_id_in_text"]
    assert "01010012356" not in str(refused.value)


def test_a_link_out_of_the_folder_is_outside(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inne", tmp_path / "ute"
    inside.mkdir(), outside.mkdir()
    (inside / "lenke").symlink_to(outside)
    assert problems(written(inside, "projects: [lenke]\n")) == [("portfolio_project_outside", 4)]


def test_the_portfolio_of_a_folder_is_the_file_it_holds_directly(tmp_path: Path) -> None:
    file = written(tmp_path, "")
    assert (portfolio_in(tmp_path), portfolio_in(tmp_path / "a")) == (file, None)
    assert is_portfolio(file)


@pytest.mark.parametrize("language", ready())
@pytest.mark.parametrize("code", sorted(PORTFOLIO_CODES))
def test_every_rule_is_told_with_its_remedy_in_every_language(code: str, language: str) -> None:
    said = catalogue(language)  # type: ignore[arg-type]
    assert f"problem.{code}" in said
    assert f"problem.{code}.remedy" in said
