"""What is put in beside a project file is read as if it stood in it, and its mistakes are told at its own keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput
from benefits.project.additions import Added
from benefits.project.load import read

TEXT = """\
format: 1
id: p
title: P
actors:
  - {id: k, name: K, kind: kommune}
assumptions:
  pris: {value: 10, unit: kroner, price_year: 2025}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "project.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def problems(file: Path, *added: Added) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(file, added=added)
    return [str(problem) for problem in caught.value.problems]


def cost(**keys: Any) -> Added:
    return Added(under="costs", keys={"id": "c", "title": "C", "kind": "running", "actor": "k", "amount": 5.0, **keys})


def test_a_name_that_is_taken_takes_its_place_and_another_comes_beside_it(file: Path) -> None:
    other = Added(under="assumptions", name="pris", keys={"value": 12.0, "unit": "kroner", "price_year": 2024})
    new = Added(under="assumptions", name="andel", keys={"value": 0.5, "unit": "share"})
    found = read(file, added=(other, new)).project.assumptions
    assert [(name, one.value) for name, one in found.items()] == [("pris", 12.0), ("andel", 0.5)]


def test_what_goes_in_a_list_comes_last(file: Path) -> None:
    found = read(file, added=(cost(), cost(id="d"))).project.costs
    assert [one.id for one in found] == ["c", "d"]


def test_the_file_is_as_it_was(file: Path) -> None:
    read(file, added=(cost(),))
    assert file.read_text(encoding="utf-8") == TEXT
    assert read(file).project.costs == ()


def test_every_mistake_is_told_at_the_key_it_is_of(file: Path) -> None:
    told = problems(file, cost(actor="x", hopp=1), cost(id="d", kind="dear"))
    assert sorted(told) == ["actor: unknown_actor (x)", "hopp: unknown_key (hopp)", "kind: not_one_of (dear)"]


@pytest.mark.parametrize(
    ("value", "code"), [(float("nan"), "not_finite"), (float("inf"), "not_finite"), (10**400, "number_too_large")]
)
def test_a_number_no_field_takes_is_told_once(file: Path, value: float, code: str) -> None:
    one = Added(under="assumptions", name="andel", keys={"value": value, "unit": "share"})
    assert [told.partition(" (")[0] for told in problems(file, one)] == [f"value: {code}"]


def test_a_mistake_in_the_file_keeps_its_line(file: Path) -> None:
    file.write_text(TEXT.replace("id: p", "id: P"), encoding="utf-8")
    told = problems(file, cost(kind="dear"))
    assert told[0].startswith("project.yaml:2: ")
    assert told[1] == "kind: not_one_of (dear)"


def test_a_national_identity_number_is_refused_and_not_repeated(file: Path) -> None:
    told = problems(file, cost(source="01810112170 sin journal"))
    assert [one.partition(" (")[0] for one in told] == ["source: national_id_in_text"]
    assert "01810112170" not in told[0]
