"""A file that cannot be held against a report is told of, with its place and every reason at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput, Problem
from benefits.results import Results, compared

pytestmark = pytest.mark.slow

Body = dict[str, Any]


def problems(results: Results, since: Path, **further: Any) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        compared(results, kind="follow-up", since=since, **further)
    return list(caught.value.problems)


def codes(found: list[Problem]) -> list[tuple[str, str]]:
    return [(one.code, one.value) for one in found]


def test_a_file_that_is_not_there_is_told_by_its_name_alone(now: Results, tmp_path: Path) -> None:
    assert [str(one) for one in problems(now, tmp_path / "no.json")] == ["no.json: file_not_found"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "x.json:1: since_not_json"),
        (b'{\n"format": 1,\n', "x.json:3: since_not_json"),
        (b"\xff\xfe\x00", "x.json: since_not_json"),
        (b'{"format": NaN}', "x.json: since_not_json"),
        (b"[" * 100_000, "x.json: since_not_json"),
        (b"[]", "x.json: since_not_results"),
        (b'{"format": 1}', "x.json: since_not_results"),
        (b'{"format": "1", "kind": 1, "project": 1, "values": []}', "x.json: since_not_results"),
        (b'{"format": 2, "kind": 1, "project": 1, "values": []}', "x.json: since_newer_format (2)"),
    ],
)
def test_what_is_no_file_of_results_is_told_as_what_it_is(
    content: bytes, told: str, now: Results, tmp_path: Path
) -> None:
    (tmp_path / "x.json").write_bytes(content)
    assert [str(one) for one in problems(now, tmp_path / "x.json")] == [told]


def test_another_project_kind_and_edition_are_told_together(now: Results, kept: Callable[..., Path]) -> None:
    """An internal file may hold small cells, which a public report would let out."""
    file = kept(lambda body: body.update(project="x", kind="price", audience="internal"))
    assert codes(problems(now, file)) == [
        ("since_other_project", "x"),
        ("since_other_kind", "price"),
        ("since_other_audience", "internal"),
    ]


def test_a_report_of_a_later_date_is_told(then: Results, kept: Callable[..., Path]) -> None:
    (found,) = problems(then, kept(lambda body: body.update(as_of="2025-07-01")))
    assert (found.code, found.value, dict(found.parameters)) == ("since_later", "2025-07-01", {"now": "2025-06-30"})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda body: body.update(values={}), "values"),
        (lambda body: body["values"].append(body["values"][0]), "values"),
        (lambda body: body["values"][3].update(value="12"), "values.3.value"),
        (lambda body: body["values"][3].update(unit="furlongs"), "values.3.unit"),
        (lambda body: body.update(as_of="yesterday"), "as_of"),
        (lambda body: body.pop("inputs"), "inputs"),
        (lambda body: body["gaps"][0].pop("code"), "gaps.0.code"),
        (lambda body: body["compared_by"]["plan"].update(benefits=3), "compared_by.plan.benefits"),
        (lambda body: body["compared_by"].update(titles={"g": {"xx": "Mer tid"}}), "compared_by.titles.g.xx.[key]"),
    ],
)
def test_a_damaged_place_is_named(
    change: Callable[[Body], object], where: str, now: Results, kept: Callable[..., Path]
) -> None:
    assert ("since_damaged", where) in codes(problems(now, kept(change)))


def test_a_number_that_is_hidden_and_told_or_has_no_end_is_damaged(now: Results, kept: Callable[..., Path]) -> None:
    file = kept(lambda body: body["values"][3].update(value=77_777.0, suppressed=True))
    (found,) = problems(now, file)
    id = json.loads(file.read_text(encoding="utf-8"))["values"][3]["id"]
    assert (found.code, found.value) == ("since_damaged", f"values.{id}")
    endless = (
        file.read_text(encoding="utf-8")
        .replace("77777.0", "1e999")
        .replace('"suppressed": true', '"suppressed": false')
    )
    file.write_text(endless, encoding="utf-8")
    assert codes(problems(now, file)) == [("since_damaged", f"values.{id}")]


def test_a_number_no_report_can_have_is_damaged(now: Results, kept: Callable[..., Path]) -> None:
    """Sums and differences of such numbers are no numbers."""
    file = kept(lambda body: body["values"][3].update(low=-1e308))
    id = json.loads(file.read_text(encoding="utf-8"))["values"][3]["id"]
    assert codes(problems(now, file)) == [("since_damaged", f"values.{id}")]


def test_the_report_is_not_written_over_the_one_it_is_held_against(now: Results, kept: Callable[..., Path]) -> None:
    file = kept()
    assert codes(problems(now, file, out_dir=file.parent)) == [("since_is_written_over", "")]


def test_a_folder_holds_the_reports_of_each_project_and_one_without_is_no_fault(
    now: Results, kept: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "earlier" / now.project.id
    folder.mkdir(parents=True)
    without = compared(now, kind="follow-up", since=tmp_path / "earlier")
    assert without.since is not None
    assert (without.since.as_of, without.since.changed) == (None, False)
    assert without.files == now.files
    kept().rename(folder / "follow-up.json")
    found = compared(now, kind="follow-up", since=tmp_path / "earlier")
    assert found.since is not None
    assert found.files[found.since.file] == found.since.sha256


def test_a_damaged_file_in_a_folder_is_told_with_the_project_it_is_of(
    now: Results, kept: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "earlier" / now.project.id
    folder.mkdir(parents=True)
    kept(lambda body: body.update(as_of="yesterday")).rename(folder / "follow-up.json")
    (found,) = problems(now, tmp_path / "earlier")
    assert found.place == f"earlier/{now.project.id}/follow-up.json"
