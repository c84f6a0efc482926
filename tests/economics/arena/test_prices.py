"""What an hour costs, and every line of a price."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.arena import Booked, OfferPrice, built_up

Plain = dict[str, Any]
Make = Callable[..., Plain]
Price = Callable[[Plain], tuple[dict[str, Booked], dict[str, OfferPrice]]]
kroner = st.floats(0, 1e7)
shares = st.floats(0, 3)


def test_an_hour_is_the_year_over_the_hours_it_can_be_booked(plain: Make, priced: Price) -> None:
    """756 000 / 1 400 = 540; (100 000 + 500 000 / 10) / 750 = 200."""
    hours, _ = priced(plain())
    assert {id: float(one.hour[0]) for id, one in hours.items()} == {"nurse": 540, "doctor": 1_000, "room": 200}
    assert (hours["room"].running[0], hours["room"].capital[0]) == (100_000, 50_000)


def test_what_is_left_at_the_end_is_not_paid_for(plain: Make, priced: Price) -> None:
    """(500 000 - 50 000) / 6 = 75 000, and 15 000 to have it: 90 000 over 300 hours is 300."""
    simulator = {
        "id": "simulator",
        "title": "S",
        "cost_per_year": 15_000.0,
        "price": 500_000.0,
        "residual": 50_000.0,
        "lifetime_years": 6.0,
        "hours_per_year": 300.0,
    }
    hours, _ = priced(plain(equipment=(simulator,)))
    assert (hours["simulator"].kind, hours["simulator"].hour[0]) == ("equipment", 300)


def test_with_a_real_rate_a_purchase_is_an_annuity(plain: Make, priced: Price) -> None:
    """500 000 over ten years at 4 %: the annuity factor is 8.1109, so 61 645 a year, and 100 000 to have it."""
    hours, _ = priced(plain(capital_rate=0.04))
    assert hours["room"].capital[0] == pytest.approx(500_000 / 8.1109, abs=1)
    assert hours["room"].hour[0] == pytest.approx((100_000 + 61_645.5) / 750, abs=0.01)


def test_a_price_is_built_up_line_by_line(plain: Make, priced: Price) -> None:
    """8 x 200 + 10 x 540 + 1 x 1 000 + 2 000 = 10 000 direct; 25 % overhead 2 500; full 12 500.

    4 % margin 500; price 13 000; 25 % merverdiavgift 3 250; with it 16 250.
    """
    _, prices = priced(plain())
    day = prices["day"]
    assert {part.id: float(part.amount[0]) for part in day.parts} == {"room": 1_600, "nurse": 5_400, "doctor": 1_000}
    assert day.purchases[0] == 2_000
    lines = [
        getattr(day.lines, name)[0] for name in ("direct", "overhead", "full", "margin", "price", "vat", "with_vat")
    ]
    assert lines == pytest.approx([10_000, 2_500, 12_500, 500, 13_000, 3_250, 16_250])
    assert day.charged[0] == day.lines.price[0]


def test_what_is_asked_is_the_list_price_and_the_lines_stay(plain: Make, priced: Price) -> None:
    """A room hour is 200 x 1.25 x 1.04 = 260; 300 is asked."""
    _, prices = priced(plain())
    assert (prices["hour"].lines.price[0], prices["hour"].charged[0]) == (pytest.approx(260), 300)


@given(direct=kroner, overhead=shares, margin=shares, vat=st.floats(0, 1))
def test_the_lines_sum_to_the_product_of_the_shares(direct: float, overhead: float, margin: float, vat: float) -> None:
    lines = built_up(np.array([direct]), overhead=overhead, margin=margin, vat=vat)
    product = direct * (1 + overhead) * (1 + margin) * (1 + vat)
    assert lines.with_vat[0] == pytest.approx(product)
    assert lines.direct[0] + lines.overhead[0] + lines.margin[0] + lines.vat[0] == pytest.approx(product)
    assert lines.full[0] <= lines.price[0] <= lines.with_vat[0]


@given(times=st.floats(0.1, 10))
def test_twice_the_kroner_is_twice_the_price(times: float, plain: Make, priced: Price) -> None:
    once = plain()
    more = plain(
        staff=tuple({**one, "cost_per_year": one["cost_per_year"] * times} for one in once["staff"]),
        premises=tuple(
            {**one, "cost_per_year": one["cost_per_year"] * times, "price": one["price"] * times}
            for one in once["premises"]
        ),
        offers=tuple(
            {**one, **({"purchases": one["purchases"] * times} if "purchases" in one else {})} for one in once["offers"]
        ),
    )
    before, after = priced(once)[1], priced(more)[1]
    for id, price in before.items():
        assert after[id].lines.with_vat == pytest.approx(price.lines.with_vat * times)


def test_the_parts_and_purchases_are_the_direct_cost_in_every_draw(plain: Make, priced: Price) -> None:
    offer = {**plain()["offers"][0], "purchases": {"low": 500.0, "likely": 900.0, "high": 4_000.0}}
    _, prices = priced(plain(offers=(offer,)))
    day = prices["day"]
    assert np.ptp(day.lines.direct) > 0
    assert sum(part.amount for part in day.parts) + day.purchases == pytest.approx(day.lines.direct)
