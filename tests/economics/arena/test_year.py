"""A year of a test arena: hours sold and idle, cost and income, and the sales that cover the cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.arena import ArenaYear, Booked, OfferPrice, year_of

Plain = dict[str, Any]
Make = Callable[..., Plain]
Price = Callable[[Plain], tuple[dict[str, Booked], dict[str, OfferPrice]]]


def year(plain: Plain, priced: Price, **volumes: float) -> ArenaYear:
    hours, prices = priced(plain)
    sold = {id: volumes.get(id, 0.0) for id in prices}
    return year_of(2027, volumes=sold, prices=prices, booked=hours, overhead=plain["overhead"])


def test_a_year_by_hand(plain: Make, priced: Price) -> None:
    """50 days and 100 hours. Nurse 500 of 1 400 hours, room 400 + 100 of 750, doctor 50 by use.

    Sold: 500 x 540 + 50 x 1 000 + 500 x 200 = 420 000. Idle: 900 x 540 + 250 x 200 = 536 000. Purchases 100 000.
    1 056 000 and 25 % is 1 320 000. Income 50 x 13 000 + 100 x 300 = 680 000, so 640 000 is lacking.
    Paid for whatever is sold: (756 000 + 150 000) x 1.25 = 1 132 500. The sales bring 680 000 less
    (50 000 + 100 000) x 1.25 = 187 500, so 492 500: 2.2995 times as much must be sold, and the room has hours for 1.5.
    """
    found = year(plain(), priced, day=50, hour=100)
    assert {id: (one.sold, one.idle) for id, one in found.hours.items()} == {
        "nurse": (500, 900),
        "doctor": (50, 0),
        "room": (500, 250),
    }
    money = (found.sold, found.idle, found.purchases, found.overhead, found.cost, found.income, found.result)
    assert [float(one[0]) for one in money] == pytest.approx(
        [420_000, 536_000, 100_000, 264_000, 1_320_000, 680_000, -640_000]
    )
    assert found.needed is not None
    assert found.needed[0] == pytest.approx(1_132_500 / 492_500)
    assert found.possible == pytest.approx(1.5)
    assert found.short == ()


def test_positions_are_whole_and_at_least_one(plain: Make, priced: Price) -> None:
    """140 days take 1 400 hours, just one nurse; 150 take 1 500, and two nurses have 1 300 idle hours."""
    wide = plain(premises=({**plain()["premises"][0], "hours_per_year": 5_000.0},))
    units = {days: year(wide, priced, day=days).hours["nurse"] for days in (0, 1, 140, 150)}
    assert {days: one.units for days, one in units.items()} == {0: 1, 1: 1, 140: 1, 150: 2}
    assert {days: one.idle for days, one in units.items()} == {0: 1_400, 1: 1_390, 140: 0, 150: 1_300}


def test_all_the_hours_of_a_room_are_enough_and_one_more_is_not(plain: Make, priced: Price) -> None:
    assert year(plain(), priced, hour=750).short == ()
    over = year(plain(), priced, hour=760)
    assert over.short == ("room",)
    assert over.hours["room"].short == pytest.approx(10)
    assert over.hours["room"].idle == 0


def test_a_sale_that_brings_no_more_than_it_costs_never_covers(plain: Make, priced: Price) -> None:
    """A day's purchases and doctor cost 3 000 x 1.25 = 3 750 a day; asked for at that, nothing is left for the room."""
    (day, _) = plain()["offers"]
    assert year(plain(offers=({**day, "list_price": 3_750.0},)), priced, day=10).needed is None
    assert year(plain(offers=({**day, "list_price": 3_751.0},)), priced, day=10).needed is not None


@given(days=st.integers(1, 60), hours=st.integers(0, 200))
def test_at_the_sales_needed_income_is_the_cost(days: int, hours: int, plain: Make, priced: Price) -> None:
    """In the hours there are: a room that is large enough, and a nurse whose year is paid whatever is sold."""
    wide = plain(
        staff=tuple(
            {**one, "cost_per_year": one["cost_per_year"] * 9, "hours_per_year": 12_600.0} for one in plain()["staff"]
        ),
        premises=({**plain()["premises"][0], "hours_per_year": 1e6},),
        offers=tuple({**one, "list_price": 90_000.0} for one in plain()["offers"]),
    )
    planned = year(wide, priced, day=days, hour=hours)
    assert planned.needed is not None
    share = float(planned.needed[0])
    if share * days * 10 <= 12_600:
        scaled = year(wide, priced, day=days * share, hour=hours * share)
        assert scaled.income == pytest.approx(scaled.cost)


@given(days=st.integers(0, 90), hours=st.integers(0, 30))
def test_cost_is_the_sum_of_its_parts_and_what_is_paid_for_is_sold_or_idle(
    days: int, hours: int, plain: Make, priced: Price
) -> None:
    found = year(plain(), priced, day=days, hour=hours)
    assert found.sold + found.idle + found.purchases + found.overhead == pytest.approx(found.cost)
    assert found.income - found.cost == pytest.approx(found.result)
    room = found.hours["room"]
    assert room.sold + room.idle == pytest.approx(750)
    assert room.sold_cost + room.idle_cost == pytest.approx(150_000)
