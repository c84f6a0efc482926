"""Who pays and who gains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.actors import ActorNet, net, to_frame
from benefits.economics.build import Built
from benefits.economics.refusals import CannotCompute

Plan = dict[str, Any]
Build = Callable[..., Built]


@pytest.fixture
def nets(plan: Plan, build: Build) -> dict[str, ActorNet]:
    return {one.actor: one for one in net(build(plan).flows)}


def test_the_one_who_pays_is_not_the_one_who_gains(nets: dict[str, ActorNet]) -> None:
    """Over two years: the kommune -200 000; the HF 2 x -12 539.52; the state 2 x 20 899.20; society all of them.

    -200 000 + 2 x 8 359.68 = -183 280.64, since transfers are nothing to society.
    """
    assert {actor: round(one.net[0], 2) for actor, one in nets.items()} == {
        "kommune": -200_000.00,
        "hf": -25_079.04,
        "rhf": 0.0,
        "state": 41_798.40,
        "": -183_280.64,
    }


def test_the_net_is_cost_cash_and_transfers_and_nothing_else(nets: dict[str, ActorNet]) -> None:
    hf = nets["hf"]
    assert hf.net[0] == pytest.approx(hf.cost[0] + hf.cash[0] + hf.transfers[0])
    assert hf.capacity is not None
    assert hf.not_avoided is not None
    assert hf.capacity[0] == pytest.approx(2 * 26_124.0)
    assert hf.not_avoided[0] == pytest.approx(2 * 17_764.32)
    assert {unit: round(draws[0], 9) for unit, draws in hf.physical.items()} == {"admissions": 2.0, "bed_days": 10.0}
    assert nets["kommune"].physical == {}
    assert (nets["kommune"].capacity, nets["kommune"].not_avoided) == (None, None)


def test_actors_come_in_the_order_of_the_flows_and_society_last(nets: dict[str, ActorNet]) -> None:
    assert list(nets) == ["kommune", "hf", "state", "rhf", ""]


def test_transfers_are_exactly_nothing_to_society(nets: dict[str, ActorNet]) -> None:
    assert (nets[""].transfers == 0.0).all()


def test_the_years_can_be_chosen(plan: Plan, build: Build) -> None:
    assert net(build(plan).flows, years=(2025,))[0].net[0] == -100_000.0


@pytest.mark.parametrize("basis", ["measured", "realised"])
def test_there_is_no_net_on_a_basis_without_costs(plan: Plan, build: Build, basis: Any) -> None:
    with pytest.raises(CannotCompute, match="no_net_on_basis"):
        net(build(plan).flows, basis=basis)


def test_the_frame_keeps_kroner_and_physical_units_apart(plan: Plan, build: Build) -> None:
    frame = to_frame(net(build(plan).flows)).set_index(["actor", "part", "unit"])
    assert frame.loc[("hf", "capacity", "bed_days"), "mean"] == pytest.approx(10.0)
    assert frame.loc[("hf", "capacity", "kroner"), "p50"] == pytest.approx(52_248.0)
    assert frame.loc[("", "net", "kroner"), "mean"] == pytest.approx(-183_280.64)
