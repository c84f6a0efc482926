"""The prices of a service at which neither party loses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.build import flows
from benefits.economics.draws import Draws
from benefits.economics.flows import MONEY_THAT_MOVES, Flows
from benefits.economics.price_interval import (
    NoPriceInterval,
    PartyLine,
    PriceInterval,
    owned_capacity,
    price_interval,
)
from benefits.economics.pricing import Pricing
from benefits.project.model import Project
from benefits.project.service import Service

Plan = dict[str, Any]

SERVICE: Plan = {
    "id": "dho",
    "title": "DHO",
    "provider": "kommune",
    "payer": "hf",
    "agreed_price": 400.0,
    "fixed": ({"id": "platform", "title": "Plattform", "amount": {"value": 60_000.0}},),
}

ALONE: Plan = {"actor": "kommune", "share": 1.0}
NOBODY, WHOLE, KEYED = {"actor": "hf", "share": 0.0}, ALONE, {"actor": "kommune", "key": 5.0}
UNKNOWN: Plan = {"id": "platform", "title": "Plattform", "amount": {"assumption": "not-there"}}


def cost(id: str, actor: str, **keys: Any) -> Plan:
    return {"id": id, "title": id, "kind": "running", "actor": actor, **keys}


def project(**changes: Any) -> Plan:
    """Ten patients a year for two years are 240 patient-months; the service costs 60 000 kr a year.

    The trust has 180 000 kr from the state, whatever the price is.
    """
    plain: Plan = {
        "format": 1,
        "id": "p",
        "title": "P",
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "patient_group": {"category": "several_chronic_conditions", "volume": {2025: 10.0, 2026: 10.0}},
        "costs": (cost("running", "kommune", service="dho"),),
        "services": (SERVICE,),
        "financing": {
            "sources": (
                {"id": "fund", "source": "rhf_funds", "payer": "state", "receiver": "hf", "amounts": {2025: 180_000.0}},
            )
        },
    }
    return {**plain, **changes}


def interval(plan: Plan, *, n: int = 1, at: int = 0, **keys: Any) -> PriceInterval:
    read = Project.model_validate(plan)
    draws = Draws(n=n)
    pricing = Pricing(inputs={}, draws=draws, price_year=2024)
    return price_interval(read, read.services[at], flows=built(plan, draws), pricing=pricing, **keys)


def built(plan: Plan, draws: Draws) -> Flows:
    return flows(Project.model_validate(plan), inputs={}, estimates={}, draws=draws).flows


def net(plan: Plan, actor: str, draws: Draws) -> Any:
    return built(plan, draws).select(actor=actor, unit="kroner", layer=MONEY_THAT_MOVES).total()


def test_the_interval_runs_from_what_the_provider_must_have_to_what_the_buyer_can_pay() -> None:
    """The kommune must have 120 000 kr for 240 patient-months, 500 kr; the trust has 180 000 kr for them, 750 kr."""
    found = interval(project())
    assert (found.low, found.high, found.empty) == pytest.approx((500.0, 750.0, False))
    assert (found.gap, found.gap_in_all, found.share_with_price) == (0.0, 0.0, 1.0)


def test_without_such_a_price_the_gap_is_told_per_month_and_in_all() -> None:
    """The trust has 60 000 kr, 250 kr a month: 500 - 250 = 250 kr, and 240 x 250 = 60 000 kr in all."""
    grant = {"id": "fund", "source": "rhf_funds", "payer": "state", "receiver": "hf", "amounts": {2025: 60_000.0}}
    found = interval(project(financing={"sources": (grant,)}))
    assert (found.low, found.high, found.empty) == pytest.approx((500.0, 250.0, True))
    assert (found.gap, found.gap_in_all, found.share_with_price) == pytest.approx((250.0, 60_000.0, 0.0))
    # Between the two what they lose together is the same; the lowest of those prices is told.
    assert found.fairest == pytest.approx(250.0)


def test_a_buyer_that_loses_at_any_price_has_a_price_below_zero() -> None:
    """Nothing is gained, and the trust pays 24 000 kr of its own: -24 000 / 240 = -100 kr. No price is below 0."""
    costs = (cost("running", "kommune", service="dho"), cost("own", "hf", amount={"value": 12_000.0}))
    found = interval(project(financing=None, costs=costs))
    assert (found.high, found.empty, found.gap) == pytest.approx((-100.0, True, 600.0))
    # At a price of nothing the kommune loses 120 000 and the trust 24 000.
    assert found.gap_in_all == pytest.approx(144_000.0)


def test_a_provider_that_needs_no_payment_and_a_buyer_that_gains_nothing() -> None:
    grant = {"id": "g", "source": "rhf_funds", "payer": "state", "receiver": "kommune", "amounts": {2025: 144_000.0}}
    costs = (cost("running", "kommune", service="dho"), cost("own", "hf", amount={"value": 6_000.0}))
    found = interval(project(financing={"sources": (grant,)}, costs=costs))
    # The kommune has 24 000 kr to spare, -100 kr a month; the trust is 12 000 kr short at a price of nothing, -50 kr.
    assert (found.low, found.high) == pytest.approx((-100.0, -50.0))
    assert found.empty
    assert (found.gap, found.gap_in_all) == pytest.approx((50.0, 12_000.0))


def test_several_parties_each_have_a_price_of_their_own() -> None:
    """Half of the price each: 120 of 240 patient-months. The trust has 180 000 kr for 120, the neighbour nothing."""
    parties = ({"actor": "hf", "share": 0.5}, {"actor": "kommune", "share": 0.25}, {"actor": "nabo", "share": 0.25})
    service = {**SERVICE, "payer": None, "parties": parties}
    found = interval(project(services=(service,)))
    zero = {one.actor: one.zero for one in found.parties}
    # The provider is paid for three quarters of 240: 120 000 / 180.
    assert zero == pytest.approx({"kommune": 120_000 / 180, "hf": 1_500.0, "nabo": 0.0})
    assert {one.actor for one in found.parties if one.provider} == {"kommune"}
    assert found.high == 0.0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"services": ({**SERVICE, "payer": None},)}, "price_nobody_pays"),
        ({"services": ({**SERVICE, "payer": "kommune"},)}, "price_nobody_pays"),
        ({"services": ({**SERVICE, "payer": None, "parties": (ALONE,)},)}, "price_nobody_pays"),
        ({"patient_group": {"category": "several_chronic_conditions"}}, "price_without_patients"),
        ({"services": ({**SERVICE, "valid_from": date(2030, 1, 1)},)}, "price_without_patients"),
        ({"costs": ()}, "price_without_cost"),
        ({"services": ({**SERVICE, "payer": None, "parties": (NOBODY, WHOLE)},)}, "price_nobody_pays"),
        (
            {"services": ({**SERVICE, "payer": None, "parties": (KEYED, KEYED | {"actor": "hf"})},)},
            "price_without_split",
        ),
        ({"services": ({**SERVICE, "fixed": (UNKNOWN,)},)}, "price_unusable"),
    ],
)
def test_a_price_without_an_interval_says_why(changes: Plan, code: str) -> None:
    with pytest.raises(NoPriceInterval) as refused:
        interval(project(**changes))
    assert refused.value.code == code


@pytest.mark.parametrize("agreed", [None, 0.0, 400.0, 9_000.0])
def test_the_interval_does_not_depend_on_the_price_that_is_agreed(agreed: float | None) -> None:
    found = interval(project(services=({**SERVICE, "agreed_price": agreed},)))
    assert (found.low, found.high) == pytest.approx((500.0, 750.0))


def test_years_can_be_weighted_as_by_discounting() -> None:
    """The second year counts half: 60 000 x 1.5 for 120 x 1.5 months; the trust has its 180 000 in the first."""
    found = interval(project(), weights=np.array([1.0, 0.5]))
    assert (found.low, found.high) == pytest.approx((500.0, 1_000.0))


def test_one_who_pays_nothing_in_the_years_that_count_is_no_party() -> None:
    """The neighbour comes in the second year; in the first alone the trust pays for all of 120 patient-months."""
    parties = (
        {"actor": "hf", "key": 1.0, "volume": {2025: 10.0, 2026: 5.0}},
        {"actor": "nabo", "key": 1.0, "volume": {2026: 5.0}},
    )
    plan = project(services=({**SERVICE, "payer": None, "parties": parties},))
    found = interval(plan, weights=np.array([1.0, 0.0]))
    assert {one.actor for one in found.parties} == {"kommune", "hf"}
    assert (found.low, found.high) == pytest.approx((500.0, 1_500.0))
    with pytest.raises(NoPriceInterval):
        interval(plan, weights=np.zeros(2))


def test_capacity_counts_only_where_it_is_asked_for() -> None:
    """24 000 kr of capacity at the trust is 100 kr more a month."""
    found = interval(project(), owned={"hf": np.array([24_000.0])})
    assert (found.low, found.high) == pytest.approx((500.0, 850.0))


amounts = st.floats(0.0, 500_000.0)


@settings(max_examples=40, deadline=None)
@given(
    fixed=st.tuples(st.floats(1_000.0, 250_000.0), st.floats(260_000.0, 500_000.0)),
    grant=amounts,
    own=amounts,
    shares=st.tuples(st.floats(0.05, 0.6), st.floats(0.05, 0.35)),
    held=st.dates(date(2025, 1, 1), date(2026, 11, 30)),
    key=st.floats(100.0, 9_000.0),
)
def test_each_end_is_exactly_where_the_net_of_a_party_is_zero(
    fixed: tuple[float, float], grant: float, own: float, shares: tuple[float, float], held: date, key: float
) -> None:
    """The price is put into the project and everything is worked out anew: the mean net of the party is then zero."""
    low, high = fixed
    nurse: Plan = {"id": "n", "title": "N", "patients_per_unit": 4.0}
    nurse["cost_per_year"] = {"low": low, "likely": low, "high": high}
    parties = (
        {"actor": "hf", "share": shares[0]},
        {"actor": "kommune", "key": key, "volume": {2025: 6.0, 2026: 7.0}},
        {"actor": "nabo", "key": 1_000.0, "volume": {2025: 4.0, 2026: 3.0}},
    )
    service = {**SERVICE, "payer": None, "parties": parties, "resources": (nurse,), "valid_from": held}
    grants = ({"id": "g", "source": "rhf_funds", "payer": "state", "receiver": "hf", "amounts": {2025: grant}},)
    costs = (cost("running", "kommune", service="dho"), cost("own", "nabo", amount={"value": own}))
    plan = project(services=(service,), financing={"sources": grants}, costs=costs)
    found = interval(plan, n=20)
    for party in found.parties:
        if party.zero < 0:
            continue
        priced = {**plan, "services": ({**service, "agreed_price": party.zero},)}
        left = net(priced, party.actor, Draws(n=20))
        size = max(1.0, float(np.abs(party.fixed).max()), abs(party.zero * float(party.months.mean())))
        assert abs(float(left.mean())) <= 1e-9 * size
    assert {found.low, found.high} <= {party.zero for party in found.parties}
    assert found.empty == (max(found.low, 0.0) > found.high)


@given(nets=st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(1.0, 5_000.0)), min_size=1, max_size=4), a=amounts)
def test_no_price_leaves_the_parties_with_less_loss_than_the_fairest(nets: list[tuple[float, float]], a: float) -> None:
    def line(actor: str, provider: bool, fixed: float, months: float) -> PartyLine:
        return PartyLine(actor=actor, provider=provider, fixed=np.array([fixed]), months=np.array([months]))

    buyers = [line(f"b{at}", False, fixed, -months) for at, (fixed, months) in enumerate(nets)]
    provider = line("p", True, -a, sum(months for _, months in nets))
    found = PriceInterval(service="s", parties=(provider, *buyers))
    best = found.lost(found.fairest)
    for price in (0.0, 1.0, 250.0, 5_000.0, found.fairest + 10.0, max(0.0, found.fairest - 10.0)):
        assert best <= found.lost(price) + 1e-6 * (1.0 + best)
    assert float(found.least_lost[0]) == pytest.approx(best, abs=1e-5)
    if not found.empty:
        assert best <= 1e-6


def test_capacity_is_owned_where_its_use_is_decided_by_somebody_in_the_line(
    plan: Plan, build: Callable[..., Any]
) -> None:
    """Two years of one admission: 26 124 kr of capacity each."""
    benefit = plan["benefits"][0]
    plan["benefits"] = (benefit,)

    def owned(**changes: Any) -> dict[str, float]:
        benefit.update(changes)
        read = Project.model_validate(plan)
        return {actor: float(rows.total()[0]) for actor, rows in owned_capacity(read, build(plan).flows).items()}

    used = {"form": "freed_capacity", "use": "Utredning"}
    chief = {"role": "Klinikksjef", "actor": "hf", "line_authority": True}
    assert owned() == {}
    assert owned(owner=chief) == {}
    assert owned(realisation=used) == pytest.approx({"hf": 52_248.0})
    assert owned(owner={**chief, "line_authority": False}) == {}
    assert owned(owner={**chief, "actor": "kommune"}) == {}
    action = {"title": "Legge ned senger", "responsible": "Klinikksjef", "due": date(2026, 1, 1)}
    found = owned(owner=chief, realisation={"form": "freed_capacity"}, actions=(action,))
    assert found == pytest.approx({"hf": 52_248.0})


def test_a_service_is_one_of_several(plan: Plan) -> None:
    """The other keeps its agreed price: 100 kr x 240 is paid by the trust, and earned by the kommune."""
    other = {**SERVICE, "id": "video", "agreed_price": 100.0, "fixed": ()}
    both = project(services=(SERVICE, other), costs=(cost("running", "kommune", service="dho"),))
    assert isinstance(Project.model_validate(both).services[1], Service)
    found = interval(both)
    assert (found.low, found.high) == pytest.approx((400.0, 650.0))
    with pytest.raises(NoPriceInterval):
        interval(both, at=1)
