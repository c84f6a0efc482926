from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from benefits.errors import InvalidInput, Problem
from benefits.project import find_project, load, projects_in, read

SMALL = "format: 1\nid: dho\ntitle: DHO\n"
SIX_MISTAKES = """\
format: 1
id: dho
title: DHO
fase: plan
go_live: 01.02.2026
horizon_years: 0
actors:
  - {id: vik, kind: kommune, name: Vik, code: "4639"}
costs:
  - id: licence
    title: Licence
    kind: running
    actor: vikk
    amount: 45 000
benefits:
  - id: g1
    title: Fewer admissions
    valuation:
      actor: vik
      effect: efect
    baseline:
      state: measured
"""


def write(folder: Path, text: str, name: str = "project.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path | str) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        load(path)
    return list(caught.value.problems)


def codes_of(path: Path | str) -> list[str]:
    return [problem.code for problem in problems_of(path)]


def test_a_small_file_is_a_project(tmp_path: Path) -> None:
    assert load(write(tmp_path, SMALL)).id == "dho"


def test_a_file_with_every_field_blank_is_a_project(tmp_path: Path) -> None:
    from benefits.project.model import Project

    blanks = "".join(f"{name}:\n" for name in Project.model_fields if name not in ("format", "id", "title"))
    assert load(write(tmp_path, SMALL + blanks)).benefits == ()


def test_all_problems_of_syntax_model_and_rules_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    found = [(problem.place, problem.code) for problem in problems_of(write(tmp_path, SIX_MISTAKES))]
    assert found == [
        ("project.yaml:4", "unknown_key"),
        ("project.yaml:5", "date_written_otherwise"),
        ("project.yaml:6", "too_small"),
        ("project.yaml:13", "unknown_actor"),
        ("project.yaml:14", "number_written_otherwise"),
        ("project.yaml:20", "nothing_to_refer_to"),
        ("project.yaml:22", "baseline_without_value"),
    ]


def test_what_could_be_read_comes_with_the_problems(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(write(tmp_path, SIX_MISTAKES))
    assert [benefit.id for benefit in caught.value.partial.project.benefits] == ["g1"]


def test_an_actor_that_was_refused_is_not_also_unknown(tmp_path: Path) -> None:
    text = SMALL + "owner: {actor: vik}\nactors:\n  - {id: vik, kind: town, name: Vik}\n"
    assert codes_of(write(tmp_path, text)) == ["not_one_of"]


def test_a_value_that_was_refused_is_not_also_missing(tmp_path: Path) -> None:
    text = SMALL + "benefits:\n  - id: g\n    title: G\n    baseline: {state: measured, value: '12,5'}\n"
    assert codes_of(write(tmp_path, text)) == ["number_written_otherwise"]


def test_lines_stay_right_when_an_earlier_item_of_the_list_cannot_be_read(tmp_path: Path) -> None:
    text = SMALL + "actors:\n  - {id: a, name: A}\n  - {id: b, kind: gp, name: B}\n  - {id: b, kind: gp, name: B}\n"
    found = [(problem.place, problem.code, dict(problem.parameters)) for problem in problems_of(write(tmp_path, text))]
    assert found == [
        ("project.yaml:5", "missing", {"key": "kind"}),
        ("project.yaml:7", "duplicate_id", {"first_line": 6}),
    ]


def test_the_value_is_shown_as_it_was_written(tmp_path: Path) -> None:
    text = SMALL + "actors:\n  - {id: oslo, kind: kommune, name: Oslo, code: 0301}\n"
    assert [problem.value for problem in problems_of(write(tmp_path, text))] == ["0301"]


@pytest.mark.parametrize("text", ["notes: born 01810112170\n", "horizon_years: 01810112170\n", "01810112170: x\n"])
def test_a_national_identity_number_is_reported_once_and_never_repeated(tmp_path: Path, text: str) -> None:
    (problem,) = problems_of(write(tmp_path, SMALL + text))
    assert (problem.place, problem.code) == ("project.yaml:4", "national_id_in_text")
    assert "01810112170" not in str(problem) + str(dict(problem.parameters))


def test_a_newer_format_is_the_only_problem(tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, "format: 2\ntitel: x\nnew: {a: 1}\n"))
    assert (problem.code, dict(problem.parameters)) == ("newer_format", {"known": 1})


def test_the_checksum_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    loaded = read(path)
    assert loaded.sha256 == sha256(path.read_bytes()).hexdigest()
    assert loaded.places["title",].line == 3


def test_no_absolute_path_is_shown(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "none.yaml")[0].place == "none.yaml"
    assert str(tmp_path) not in str(problems_of(write(tmp_path, "id: dho\n")))


def test_a_relative_path_is_shown_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "format: 1\nid: dho\n", "vik/project.yaml")
    monkeypatch.chdir(tmp_path)
    assert problems_of("vik/project.yaml")[0].place == "vik/project.yaml:1"


def test_a_folder_and_a_missing_file_are_problems(tmp_path: Path) -> None:
    assert codes_of(tmp_path) == ["file_is_folder"]
    assert codes_of(tmp_path / "none.yaml") == ["file_not_found"]
    assert codes_of(write(tmp_path, SMALL) / "project.yaml") == ["file_not_found"]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, SMALL)

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes_of(path) == ["file_unreadable"]


def test_a_link_out_of_the_folder_is_no_data_file(tmp_path: Path) -> None:
    secret = write(tmp_path, "a", "secret.csv")
    text = SMALL + "data:\n  - {id: d, file: d.csv, shape: series, columns: {period: p, count: c, exposure: e}}\n"
    path = write(tmp_path, text, "vik/project.yaml")
    (path.parent / "d.csv").symlink_to(secret)
    assert codes_of(path) == ["data_file_outside"]


def test_data_files_are_looked_for_in_the_data_root(tmp_path: Path) -> None:
    text = SMALL + "data:\n  - {id: d, file: d.csv, shape: series, columns: {period: p, count: c, exposure: e}}\n"
    path = write(tmp_path, text, "vik/project.yaml")
    write(tmp_path, "p;c;e\n", "data/d.csv")
    assert codes_of(path) == ["data_file_missing"]
    assert load(path, data_root=tmp_path / "data").data[0].file == "d.csv"


def test_a_relative_project_is_found_from_the_working_directory_upwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, SMALL, "vik/project.yaml")
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    assert find_project("vik/project.yaml") == path
    with pytest.raises(InvalidInput):
        find_project("no-such-folder-anywhere/project.yaml")


def test_projects_below_out_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    kept = [write(tmp_path, SMALL, f"{name}/project.yaml") for name in ("a", "b/c")]
    for name in ("out", "a/out/x", ".hidden"):
        write(tmp_path, SMALL, f"{name}/project.yaml")
    write(tmp_path, SMALL, "a/other.yaml")
    assert projects_in(tmp_path) == tuple(kept)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("{value: 0,95, date: 2027-12-31}", ["0,95"]),
        ("{low: 55,5, likely: 62,25, high: 75,5}", ["55,5", "62,25", "75,5"]),
        ("{value: 350,-}", ["350,-"]),
        ("{2027: 10,5, 2028: }", ["10,5"]),
    ],
)
def test_a_decimal_comma_inside_braces_is_told_and_never_cuts_a_number(
    tmp_path: Path, written: str, numbers: list[str]
) -> None:
    file = tmp_path / "project.yaml"
    file.write_text(
        f"format: 1\nid: a\ntitle: A\nbenefits:\n  - id: g1\n    title: G\n    target: {written}\n", "utf-8"
    )
    with pytest.raises(InvalidInput) as refused:
        load(file)
    cut = [one.value for one in refused.value.problems if one.code == "number_cut_by_comma"]
    assert cut == numbers


def test_a_year_without_a_number_yet_is_a_blank(tmp_path: Path) -> None:
    file = tmp_path / "project.yaml"
    group = "patient_group: {category: other, volume: {2027: , 2028: 40}}"
    file.write_text(f"format: 1\nid: a\ntitle: A\n{group}\n", "utf-8")
    assert load(file).volume(2028) == 40
