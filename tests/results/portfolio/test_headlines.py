"""Page one of a portfolio: sums of hours, then effects by how well they are known; none without an interval."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from benefits.results.portfolio.headlines import portfolio_headlines
from benefits.results.portfolio.model import MemberEffect, Sum
from benefits.results.values import Values
from benefits.vocabulary import Grade


def member(id: str, grade: Grade, value: float, values: Values, *, half: float | None = 1.0) -> Any:
    name = f"portfolio.project.{id}.benefit.g1.effect"
    limits = {} if half is None else {"low": value - half, "high": value + half}
    values.add(name, value, unit="admissions", grade=grade, **limits)  # type: ignore[arg-type]
    effect = MemberEffect(benefit="g1", method="m", grade=grade, value=name, holds_no_effect=False)
    return SimpleNamespace(project=SimpleNamespace(id=id), effects=(effect,))


def test_the_best_known_effect_comes_first_and_equals_keep_their_order() -> None:
    values = Values()
    members = (
        member("a", "before_after", -9.0, values),
        member("b", "controlled", -0.1, values),
        member("c", "controlled", -5.0, values),
    )
    assert [one.project for one in portfolio_headlines(members, (), values)] == ["b", "c", "a"]


def test_sums_of_hours_come_before_effects_and_kroner_do_not_come() -> None:
    values = Values()
    values.add("portfolio.sum.hours.expected", 10, low=1, high=20, unit="hours")
    values.add("portfolio.sum.cost.expected.2024", -10, low=-20, high=-1, unit="kroner", price_year=2024)
    sums = (
        Sum(code="cost", basis="expected", value="portfolio.sum.cost.expected.2024", projects=("a", "b")),
        Sum(code="hours", basis="expected", value="portfolio.sum.hours.expected", projects=("a", "b")),
    )
    found = portfolio_headlines((member("a", "controlled", -1.0, values),), sums, values)
    assert [one.code for one in found] == ["hours", "effect"]


def test_a_figure_without_an_interval_is_no_headline() -> None:
    values = Values()
    assert portfolio_headlines((member("a", "reported", -1.0, values, half=None),), (), values) == ()
