"""The lines of a bridge add up, and are the opposite when the two sides are swapped."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.results.comparison.lines import (
    HiddenPart,
    Line,
    of_actor,
    of_difference,
    of_effect,
    of_hours,
    of_price,
    of_product,
    of_society,
    with_rest,
)
from benefits.results.values import Value

FACTORS = st.fixed_dictionaries({name: st.floats(0.0, 1e3) for name in ("volume", "ramp", "expected_events", "effect")})
BY_YEAR = st.dictionaries(st.integers(2024, 2028), FACTORS, max_size=4)


def values(**numbers: float | None) -> dict[str, Value]:
    """Values by id, with a point where a name has two underscores."""
    ids = {name.replace("__", "."): one for name, one in numbers.items()}
    return {id: Value(id=id, value=one, unit="kroner") for id, one in ids.items()}


def by_cause(lines: list[Line] | None) -> dict[str, float]:
    assert lines is not None
    return {f"{cause} {item}".strip(): amount for cause, item, amount in lines if amount}


@given(BY_YEAR, BY_YEAR, st.floats(-10, 10), st.floats(-10, 10))
def test_a_sum_of_products_and_its_rest_add_up_to_the_difference(
    old: dict[int, dict[str, float]], new: dict[int, dict[str, float]], off: float, on: float
) -> None:
    was, now = (sum(math.prod(one.values()) for one in side.values()) for side in (old, new))
    there, back = of_product(old, new), of_product(new, old)
    assert there is not None
    assert back is not None
    told = with_rest(there, old=was + off, new=now + on)
    size = max(abs(was), abs(now), 10.0, *(abs(amount) for *_, amount in there))
    assert math.fsum(amount for *_, amount in told) == pytest.approx(now + on - was - off, rel=1e-9, abs=1e-8 * size)
    swapped = {cause: -amount for cause, _, amount in back}
    assert {cause: amount for cause, _, amount in there} == pytest.approx(swapped, rel=1e-6, abs=1e-8 * size)


def test_a_year_that_came_and_one_that_went_are_told_as_years() -> None:
    """2025 goes from 100 x 0.1 to 120 x 0.1: 2 by volume. 2024, 100 x 0.05 = 5, went; 2026, 120 x 0.2 = 24, came."""
    old = {2024: {"volume": 100.0, "effect": 0.05}, 2025: {"volume": 100.0, "effect": 0.1}}
    new = {2025: {"volume": 120.0, "effect": 0.1}, 2026: {"volume": 120.0, "effect": 0.2}}
    assert by_cause(of_product(old, new)) == pytest.approx({"volume": 2.0, "years": 19.0})


def test_products_of_other_factors_are_not_held_together() -> None:
    assert of_product({2025: {"volume": 1.0, "effect": 2.0}}, {2025: {"exposure": 1.0, "effect": 2.0}}) is None


def test_an_effect_moves_by_what_was_observed_and_by_what_is_expected_without() -> None:
    """0.9 less 1.2 is -0.3; 0.8 less 1.15 is -0.35: -0.1 by what was observed, and 0.05 the other way."""
    old = values(estimate__g__m__observed=0.9, estimate__g__m__counterfactual=1.2)
    new = values(estimate__g__m__observed=0.8, estimate__g__m__counterfactual=1.15)
    assert by_cause(of_effect(old, new, "estimate.g.m")) == pytest.approx({"observed": -0.1, "without": 0.05})
    assert of_effect(old, {}, "estimate.g.m") is None


def test_the_net_of_an_actor_moves_by_cost_cash_and_each_transfer() -> None:
    old = values(
        actor__hf__expected__cost=-100.0,
        actor__hf__expected__cash=40.0,
        layer__expected__g1__cash=40.0,
        transfer__expected__isf__hf=-10.0,
    )
    new = values(
        actor__hf__expected__cost=-130.0,
        actor__hf__expected__cash=65.0,
        layer__expected__g1__cash=45.0,
        layer__expected__g2__cash=20.0,
        transfer__expected__isf__hf=-12.0,
        transfer__expected__grant__hf=7.0,
        transfer__expected__isf__rhf=12.0,
    )
    assert by_cause(of_actor(old, new, "hf", "expected")) == {
        "cost": -30.0,
        "cash g1": 5.0,
        "cash g2": 20.0,
        "transfer grant": 7.0,
        "transfer isf": -2.0,
    }


def test_cash_of_several_actors_is_told_as_one() -> None:
    """The cash of g2 is another actor's: the two do not make what moved for this one."""
    old = values(actor__hf__measured__cash=40.0, layer__measured__g1__cash=40.0)
    new = values(actor__hf__measured__cash=45.0, layer__measured__g1__cash=45.0, layer__measured__g2__cash=20.0)
    assert by_cause(of_actor(old, new, "hf", "measured")) == {"cash": 5.0}


def test_a_price_moves_by_its_parts() -> None:
    old = values(service__dho__part__fixed__plattform=160.0, service__dho__part__equipment__brett=125.0)
    new = values(service__dho__part__fixed__plattform=130.0, service__dho__part__idle_capacity__spl=50.0)
    assert by_cause(of_price(old, new, "service.dho")) == {
        "part.equipment brett": -125.0,
        "part.fixed plattform": -30.0,
        "part.idle_capacity spl": 50.0,
    }
    taxed = values(service__dho__part__vat__equipment__brett=25.0)
    assert by_cause(of_price({}, taxed, "service.dho")) == {"part.vat equipment.brett": 25.0}


def test_a_years_price_less_cost_moves_by_both() -> None:
    old = values(s__year__2026__received=1000.0, s__year__2026__cost=3000.0)
    new = values(s__year__2026__received=1200.0, s__year__2026__cost=3500.0)
    assert by_cause(of_difference(old, new, "s.year.2026.difference")) == {"received": 200.0, "cost": -500.0}


def test_what_several_parties_pay_together_moves_what_is_left_too() -> None:
    old = values(s__year__2027__charged=4284.0, s__year__2027__cost=4241.0)
    new = values(s__year__2027__charged=4158.0, s__year__2027__cost=4361.0)
    assert by_cause(of_difference(old, new, "s.year.2027.difference")) == {"received": -126.0, "cost": -120.0}


def test_hours_move_by_patients_and_by_the_time_each_takes() -> None:
    """150 x 18 hours becomes 200 x 15: by patients 50 x 16.5 = 825, by time -3 x 175 = -525, together 300."""
    old, new = values(s__hours=2700.0, s__volume=150.0), values(s__hours=3000.0, s__volume=200.0)
    assert by_cause(of_hours(old, new, "s")) == pytest.approx({"volume": 825.0, "time_per_patient": -525.0})
    assert of_hours(old, {}, "s") is None


def test_a_part_that_is_hidden_on_one_side_gives_no_line() -> None:
    hidden = {"s.part.fixed.a": Value(id="s.part.fixed.a", value=None, unit="kroner", suppressed=True)}
    with pytest.raises(HiddenPart):
        of_price(values(s__part__fixed__a=10.0), hidden, "s")


def test_what_is_left_is_a_line_of_its_own_and_nothing_left_is_none() -> None:
    assert with_rest([("volume", "", 3.0), ("effect", "", -5.0)], old=10.0, new=8.0) == (
        ("effect", "", -5.0),
        ("volume", "", 3.0),
    )
    assert with_rest([], old=1.0, new=1.25) == (("rest", "", 0.25),)
    assert with_rest([], old=1.0, new=1.0) == ()


def test_what_is_left_for_everybody_moves_by_cost_and_cash_alone() -> None:
    old = values(society__expected__cost=-100.0, society__expected__cash=30.0, society__expected__net=-70.0)
    new = values(society__expected__cost=-120.0, society__expected__cash=35.0, society__expected__net=-85.0)
    assert by_cause(of_society(old, new, "society.expected.net")) == {"cost": -20.0, "cash": 5.0}
