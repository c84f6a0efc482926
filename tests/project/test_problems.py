from __future__ import annotations

from typing import Any

import pytest
from pydantic_core import ErrorDetails

from benefits.project.places import read_yaml
from benefits.project.problems import refusals


def error(kind: str, loc: tuple[Any, ...], given: Any = None, **context: Any) -> ErrorDetails:
    return {"type": kind, "loc": loc, "msg": "", "input": given, "ctx": context}


def test_a_mistake_the_model_reports_for_each_kind_of_value_is_one_problem() -> None:
    reading = read_yaml("benefits:\n  - method:\n      options:\n        a: [1]\n")
    place = ("benefits", 0, "method", "options", "a")
    errors = [error(f"{kind}_type", (*place, kind), (1,)) for kind in ("str", "int", "float", "bool")]
    assert [one.fault.code for one in refusals(errors, reading)] == ["simple_value_expected"]


def test_two_missing_keys_of_one_item_are_two_problems() -> None:
    reading = read_yaml("actors:\n  - id: a\n")
    errors = [error("missing", ("actors", 0, name)) for name in ("kind", "name")]
    assert [one.fault.parameters["key"] for one in refusals(errors, reading)] == ["kind", "name"]


def test_a_misspelt_key_is_not_also_missing_but_another_one_is() -> None:
    reading = read_yaml("actors:\n  - id: a\n    knd: hf\n")
    errors = [
        error("extra_forbidden", ("actors", 0, "knd")),
        error("missing", ("actors", 0, "kind")),
        error("missing", ("actors", 0, "name")),
    ]
    found = [(one.fault.code, one.fault.parameters.get("key")) for one in refusals(errors, reading)]
    assert found == [("unknown_key", None), ("missing", "name")]


def test_what_the_table_does_not_know_is_still_a_problem_with_a_line() -> None:
    (one,) = refusals([error("something_new", ("id",), "x")], read_yaml("title: t\nid: x\n"))
    assert (one.fault.code, one.fault.line, one.fault.value) == ("not_valid", 2, "x")


@pytest.mark.parametrize(
    ("kind", "name", "code"), [("less_than", "lt", "too_large"), ("greater_than", "gt", "not_above")]
)
def test_a_limit_is_told_without_needless_decimals(kind: str, name: str, code: str) -> None:
    (one,) = refusals([error(kind, ("id",), 1, **{name: 5.0})], read_yaml("id: 7\n"))
    assert (one.fault.code, dict(one.fault.parameters)) == (code, {"limit": "5"})
