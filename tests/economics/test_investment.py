"""When an investment is bought, and what is left of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.investment import is_residual, purchases, residual_line, residual_value
from benefits.economics.product import full
from benefits.project.fields import Quantity, Text
from benefits.project.money import Cost

YEARS = (2025, 2026, 2027, 2028, 2029, 2030)


def sensors(**said: object) -> Cost:
    written = {"lifetime_years": 4.0, **said}
    return Cost(
        id="sensors",
        title=Text(nb="Sensorer"),
        kind="introduction",
        actor="vik",
        amount=Quantity(value=100_000.0),
        per="once",
        **written,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("lifetime", "bought"),
    [(1.0, YEARS), (2.5, (2025, 2027, 2030)), (4.0, (2025, 2029)), (6.0, (2025,)), (40.0, (2025,))],
)
def test_it_is_bought_again_in_the_year_its_lifetime_is_over(lifetime: float, bought: tuple[int, ...]) -> None:
    """2.5 years: used up in the middle of 2027, then at the end of 2029."""
    assert purchases(sensors(lifetime_years=lifetime), first=2025, last=2030) == bought


def test_it_is_not_bought_after_its_last_year_nor_after_the_horizon() -> None:
    assert purchases(sensors(lifetime_years=2.0, last_year=2027), first=2025, last=2030) == (2025, 2027)
    assert purchases(sensors(last_year=2025), first=2025, last=2030) == (2025,)
    assert purchases(sensors(), first=2031, last=2030) == ()


def test_what_does_not_last_is_bought_once() -> None:
    assert purchases(sensors(lifetime_years=None), first=2025, last=2030) == (2025,)


def test_a_straight_line_is_left_and_nothing_of_what_is_worn_out() -> None:
    """Bought at the start of 2029 for four years: two of four years are used when 2030 ends, half is left."""
    assert float(residual_value(100_000.0, bought=2029, lifetime=4.0, last=2030)) == 50_000.0
    assert float(residual_value(100_000.0, bought=2027, lifetime=4.0, last=2030)) == 0.0
    assert float(residual_value(100_000.0, bought=2025, lifetime=4.0, last=2030)) == 0.0
    assert residual_value(np.array([1.0, 2.0]), bought=2030, lifetime=4.0, last=2030, stated=0.5).tolist() == [0.5, 0.5]


def line_of(cost: Cost, amount: list[float]) -> list[list[float]] | None:
    line = residual_line(
        cost, amount=np.array(amount), first=2025, years=YEARS, standing="assumed", source="Leverandør"
    )
    if line is None:
        return None
    assert is_residual(line.row.item)
    assert (line.row.actor, line.row.layer, line.row.source) == ("vik", "cost", "Leverandør")
    return [[float(one) for one in year] for year in full(line.values)]


def test_it_is_got_back_in_the_last_year_draw_by_draw() -> None:
    assert line_of(sensors(), [100_000.0, 200_000.0]) == [[0.0, 0.0]] * 5 + [[50_000.0, 100_000.0]]


def test_nothing_left_is_no_row() -> None:
    assert line_of(sensors(lifetime_years=6.0), [100_000.0]) is None
    assert line_of(sensors(lifetime_years=None), [100_000.0]) is None


@given(st.floats(1, 60), st.integers(2025, 2060), st.floats(1, 1e7))
def test_the_last_bought_is_in_use_or_was_not_to_be_bought_again(lifetime: float, last: int, price: float) -> None:
    bought = purchases(sensors(lifetime_years=lifetime), first=2025, last=last)
    left = float(residual_value(price, bought=bought[-1], lifetime=lifetime, last=last))
    assert list(bought) == sorted(set(bought))
    assert bought[-1] + lifetime + 1 > last
    assert 0.0 <= left < price
