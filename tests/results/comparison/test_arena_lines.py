"""What is left of a test arena's income moved by its income and its cost, and by nothing else."""

from __future__ import annotations

from benefits.results.comparison.lines import of_arena
from benefits.results.values import Values


def year(income: float, cost: float) -> Values:
    values = Values()
    values.add("arena.lab.year.2027.income", income, unit="kroner")
    values.add("arena.lab.year.2027.cost", cost, unit="kroner")
    return values


def test_more_income_and_more_cost_are_told_apart() -> None:
    """100 - 80 = 20 becomes 130 - 95 = 35: 30 more of income, and 15 more of cost."""
    lines = of_arena(year(100, 80), year(130, 95), "arena.lab.year.2027.result")
    assert lines == [("income", "", 30.0), ("cost", "", -15.0)]
