"""The JSON file: sorted, unrounded, without paths, and the same bytes for the same inputs."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess, to_json, write_json

PARAMS = Path(__file__).resolve().parents[2] / "params"


@pytest.fixture(params=["kommune", "spread"])
def results(request: pytest.FixtureRequest) -> Results:
    found: Results = request.getfixturevalue(request.param)
    return found


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, one in data.items():
            yield from (name, *strings(one))
    elif isinstance(data, list):
        for one in data:
            yield from strings(one)


def refuse(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def test_the_file_has_the_keys_it_promises(results: Results, tmp_path: Path) -> None:
    write_json(results, kind="plan", path=tmp_path / "plan.json")
    data = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"), parse_constant=refuse)
    assert {"format", "kind", "project", "as_of", "inputs", "values", "estimates", "gaps", "problems"} <= set(data)
    assert (data["format"], data["kind"], data["project"]) == (1, "plan", results.project.id)
    promised = {
        "id",
        "value",
        "low",
        "high",
        "unit",
        "price_year",
        "basis",
        "grade",
        "standing",
        "source",
        "suppressed",
    }
    assert all(promised <= set(value) for value in data["values"])


def test_values_are_sorted_by_id_and_each_there_once(results: Results) -> None:
    ids = [value["id"] for value in to_json(results, kind="plan")["values"]]
    assert ids == sorted(set(ids))
    assert ids == list(results.values)


def test_numbers_are_read_back_unrounded(results: Results, tmp_path: Path) -> None:
    write_json(results, kind="plan", path=tmp_path / "plan.json")
    data = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    for value in data["values"]:
        ours = results.values[value["id"]]
        assert (value["value"], value["low"], value["high"]) == (ours.value, ours.low, ours.high)


def test_keys_are_sorted_and_letters_written_as_they_are(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_json(results, kind="plan", path=path)
    text = path.read_bytes().decode("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    assert "\\u" not in text
    assert "\r" not in text


def test_no_string_is_an_absolute_path(results: Results) -> None:
    """The project was named by its absolute path."""
    for text in strings(to_json(results, kind="plan")):
        assert str(PARAMS) not in text
        assert not Path(text).is_absolute()


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    source = PARAMS / "dho-spredning-2024" / "project.yaml"
    for name in ("first", "second"):
        write_json(assess(source, draws=200), kind="avoided-cost", path=tmp_path / f"{name}.json")
    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()


def test_every_input_is_named_with_the_hash_of_its_bytes(kommune: Results) -> None:
    folder = PARAMS / "eksempel-kommune"
    inputs = to_json(kommune, kind="plan")["inputs"]
    assert inputs == {
        name: sha256((folder / name).read_bytes()).hexdigest()
        for name in ("data/innleggelser.csv", "frozen/2024-12-31.json", "project.yaml")
    }
    assert list(inputs) == sorted(inputs)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_not_finite_is_written_as_nothing(kommune: Results, tmp_path: Path, number: float) -> None:
    estimate = replace(kommune.estimates[0], df=number)
    path = tmp_path / "plan.json"
    write_json(replace(kommune, estimates=(estimate,)), kind="plan", path=path)
    data = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    assert [one["df"] for one in data["estimates"] if one["used"]] == [None]


def test_estimates_tell_which_are_used(kommune: Results) -> None:
    estimates = to_json(kommune, kind="plan")["estimates"]
    assert [(one["method"], one["used"]) for one in estimates] == [
        ("difference_in_differences", True),
        ("before_after", False),
    ]


def test_the_file_has_no_language(kommune: Results) -> None:
    assert "language" not in set(strings(to_json(kommune, kind="plan")))
