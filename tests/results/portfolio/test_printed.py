"""What was printed stands beside the table, both sides as they are, and whether they agree is told by rule."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.project.portfolio import Printed, Selection
from benefits.results.portfolio.model import Held
from benefits.results.portfolio.printed import hold, selected
from benefits.results.portfolio.registry import RegistryRow
from benefits.results.values import Values

# Five rows: hours 50, 100, 250, 300 and none; two in the north, two in the west, one unknown.
ROWS = tuple(
    RegistryRow(line=number + 1, number=number, project=f"P{number}", hours=hours, health_region=region, dho=dho)
    for number, (hours, region, dho) in enumerate(
        [
            (50.0, "helse_nord", True),
            (100.0, "helse_nord", False),
            (250.0, "helse_vest", None),
            (300.0, "helse_vest", False),
            (None, None, True),
        ],
        start=1,
    )
)


def held(*statements: dict[str, Any], figure: str | None = "rows", **of: Any) -> tuple[Held, Values]:
    values = Values()
    places = tuple({"where": "s", **one} for one in statements)
    said = {"id": "a", "title": "A", "of": of, "statements": places} | ({"figure": figure} if figure else {})
    printed = Printed.model_validate(said)
    (found,) = hold((printed,), ROWS, values, source="Kilden")
    return found, values


@pytest.mark.parametrize(
    ("figure", "of", "expected"),
    [
        ("rows", {}, 5),
        ("rows", {"health_region": "helse_nord"}, 2),
        ("rows", {"dho": False}, 2),
        ("share_of_rows", {"hours_below": 100}, 0.25),
        ("share_of_rows", {"hours_from": 100, "hours_to": 250}, 0.5),
        ("share_of_rows", {"hours_above": 250}, 0.25),
        ("share_of_rows", {"dho": True}, 0.5),
        ("hours", {}, 700),
        ("hours", {"health_region": "helse_vest"}, 550),
        ("least_hours", {}, 50),
        ("most_hours", {}, 300),
    ],
)
def test_each_figure_is_worked_out_from_the_rows_it_is_about(figure: str, of: dict[str, Any], expected: float) -> None:
    found, values = held({"value": 1}, figure=figure, **of)
    assert found.table is not None
    assert values[found.table].value == expected


def test_the_size_classes_hold_every_row_with_hours_once() -> None:
    classes = [Selection(hours_below=100), Selection(hours_from=100, hours_to=250), Selection(hours_above=250)]
    chosen = [row.number for one in classes for row in selected(ROWS, one)[0]]
    assert sorted(chosen) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("value", "within", "agree"), [(5, 0, True), (6, 0, False), (6, 1, True), (3.9, 1, False), (4, 1, True)]
)
def test_a_number_agrees_when_it_is_within_what_it_was_said_to_be(value: float, within: float, agree: bool) -> None:
    found, values = held({"value": value, "within": within})
    assert found.agree == (agree,)
    assert values["portfolio.printed.a.statement.1"].value == value
    assert found.differs is not agree


def test_words_alone_are_shown_and_not_judged() -> None:
    found, _ = held({"words": "mai"}, {"words": "juni"}, figure=None)
    assert (found.table, found.agree, found.differs) == (None, (None, None), False)


def test_one_of_two_statements_can_agree() -> None:
    found, _ = held({"value": 43}, {"value": 5})
    assert (found.agree, found.differs) == ((False, True), True)


def test_a_figure_of_rows_without_hours_is_unknown_and_agrees_with_nothing() -> None:
    values = Values()
    printed = Printed.model_validate(
        {"id": "a", "title": "A", "figure": "hours", "statements": ({"where": "s", "value": 0},)}
    )
    (found,) = hold((printed,), ROWS[4:], values, source="")
    assert (found.agree, values["portfolio.printed.a.table"].reason) == ((None,), "not_printed")
