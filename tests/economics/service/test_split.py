"""Who pays which part of a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.economics.service import CannotSplit, Split, service_gaps, split
from benefits.project.model import Project

Plain = dict[str, Any]
Of = Callable[..., Project]

PARTIES: tuple[Plain, ...] = (
    {"actor": "vik", "key": 9_000.0, "volume": {2026: 60.0, 2027: 80.0}},
    {"actor": "sund", "key": 3_000.0, "volume": {2026: 20.0}},
    {"actor": "hf", "share": 0.25},
)


def of_year(of: Of, numbers: Numbers, *, year: int = 2026, parties: tuple[Plain, ...] = PARTIES, **more: Any) -> Split:
    """A platform of 240 000 kr, and a nurse of 960 000 for each 100 patients: 768 000 of her used by 80, the rest idle.

    In all 1 200 000, of which 432 000 is fixed.
    """
    plain = {
        "id": "dho",
        "title": "D",
        "provider": "vik",
        "volume": {2026: 80.0, 2027: 80.0},
        "fixed": ({"id": "platform", "title": "P", "amount": 240_000.0},),
        "resources": ({"id": "nurse", "title": "N", "cost_per_year": 960_000.0, "patients_per_unit": 100.0},),
        "parties": parties,
        **more,
    }
    project = of(plain)
    return split(project, project.services[0], numbers=numbers, year=year)


def test_a_share_is_of_all_what_is_fixed_goes_by_key_and_what_follows_use_by_patients(of: Of, one: Numbers) -> None:
    """The HF carries 300 000. Three quarters is left: 324 000 fixed by 3 : 1, 576 000 by 60 : 20 patients.

    Vik 243 000 + 432 000, Sund 81 000 + 144 000.
    """
    found = of_year(of, one)
    assert (found.agreed, found.total[0]) == (False, 1_200_000.0)
    assert (found.fixed[0], found.by_use[0]) == pytest.approx((324_000.0, 576_000.0))
    amounts = {each.actor: (each.of_share[0], each.of_fixed[0], each.of_use[0]) for each in found.parties}
    assert amounts == {
        "vik": pytest.approx((0.0, 243_000.0, 432_000.0)),
        "sund": pytest.approx((0.0, 81_000.0, 144_000.0)),
        "hf": pytest.approx((300_000.0, 0.0, 0.0)),
    }
    assert [each.provider for each in found.parties] == [True, False, False]
    assert {actor: float(paid[0]) for actor, paid in found.payments.items()} == pytest.approx(
        {"sund": 225_000.0, "hf": 300_000.0}
    )


def test_an_agreed_price_is_split_in_the_same_proportion_as_the_cost(of: Of, one: Numbers) -> None:
    """1 000 x 960 = 960 000: the HF 240 000, and of 720 000 left 0.36 is fixed."""
    found = of_year(of, one, agreed_price=1_000.0)
    assert (found.agreed, found.total[0]) == (True, 960_000.0)
    assert found.fixed[0] == pytest.approx(720_000 * 432 / 1_200)


def test_a_party_without_patients_yet_carries_nothing_of_what_is_fixed(of: Of, one: Numbers) -> None:
    found = of_year(of, one, year=2027)
    assert {each.actor: float(each.amount[0]) for each in found.parties} == pytest.approx(
        {"vik": 900_000.0, "sund": 0.0, "hf": 300_000.0}
    )


def test_a_party_that_states_no_patients_at_all_carries_by_its_key(of: Of, one: Numbers) -> None:
    """The regional trust takes a quarter of what is fixed, and no use."""
    parties = ({"actor": "vik", "key": 3.0, "volume": {2026: 80.0}}, {"actor": "rhf", "key": 1.0})
    found = of_year(of, one, parties=parties)
    assert [float(each.amount[0]) for each in found.parties] == pytest.approx([324_000 + 768_000, 108_000])


def test_shares_of_everything_need_no_patients(of: Of, one: Numbers) -> None:
    found = of_year(of, one, parties=({"actor": "vik", "share": 0.6}, {"actor": "hf", "share": 0.4}))
    assert [float(each.amount[0]) for each in found.parties] == pytest.approx([720_000, 480_000])
    assert (found.fixed[0], found.by_use[0]) == pytest.approx((0.0, 0.0))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": ()}, "split_without_parties"),
        ({"year": 2030}, "split_without_patients"),
        ({"parties": ({"actor": "vik", "key": 1.0}, {"actor": "hf", "share": 0.4})}, "split_without_use"),
    ],
)
def test_what_cannot_be_split_is_refused(changes: Plain, code: str, of: Of, one: Numbers) -> None:
    with pytest.raises(CannotSplit) as refused:
        of_year(of, one, **changes)
    assert refused.value.code == code


@settings(max_examples=40)
@given(
    keys=st.lists(st.floats(1.0, 1e6), min_size=1, max_size=4),
    shares=st.lists(st.floats(0.0, 0.3), max_size=3),
    patients=st.lists(st.floats(0.1, 500.0), min_size=4, max_size=4),
    agreed=st.none() | st.floats(0.0, 5_000.0),
)
def test_the_parties_carry_all_of_it_and_no_more(
    keys: list[float], shares: list[float], patients: list[float], agreed: float | None, of: Of
) -> None:
    parties: tuple[Plain, ...] = (
        *({"actor": f"k{at}", "key": key, "volume": {2026: patients[at]}} for at, key in enumerate(keys)),
        *({"actor": f"s{at}", "share": share} for at, share in enumerate(shares)),
    )
    numbers = Numbers(draws=Draws(n=5), inputs={})
    nurse = {
        "id": "n",
        "title": "N",
        "patients_per_unit": 90.0,
        "cost_per_year": {"low": 7e5, "likely": 8e5, "high": 1e6},
    }
    volume = {2026: sum(patients[: len(keys)])}
    found = of_year(of, numbers, parties=parties, volume=volume, resources=(nurse,), agreed_price=agreed)
    assert sum(each.amount for each in found.parties) == pytest.approx(found.total, rel=1e-12)
    assert all((each.amount >= 0).all() for each in found.parties)
    assert all(
        each.amount.tolist() == pytest.approx((each.of_share + each.of_fixed + each.of_use).tolist())
        for each in found.parties
    )


def test_the_key_of_one_who_starts_within_the_year_counts_for_the_days_that_are_left(of: Of, one: Numbers) -> None:
    """From 2 July there are 183 of 365 days left: 9 000 : 3 000 x 183 / 365 of 324 000 fixed; use is as before."""
    later = ({**PARTIES[1], "starts": date(2026, 7, 2)},)
    found = of_year(of, one, parties=(PARTIES[0], *later, PARTIES[2]))
    key = 3_000 * 183 / 365
    fixed = {each.actor: float(each.of_fixed[0]) for each in found.parties}
    assert fixed == pytest.approx(
        {"vik": 324_000 * 9_000 / (9_000 + key), "sund": 324_000 * key / (9_000 + key), "hf": 0}
    )
    assert {each.actor: float(each.of_use[0]) for each in found.parties}["sund"] == pytest.approx(144_000.0)


@pytest.mark.parametrize(("valid_until", "told"), [(date(2026, 6, 30), True), (date(2026, 12, 31), False)])
def test_a_price_that_ends_while_there_are_patients_is_told_of(of: Of, valid_until: date, told: bool) -> None:
    plain = {"id": "dho", "title": "D", "provider": "vik", "volume": {2026: 80.0}, "parties": PARTIES}
    codes = [gap.code for gap in service_gaps(of({**plain, "valid_until": valid_until}))]
    assert ("price_ends_before_plan" in codes) is told


def test_a_year_the_price_begins_in_is_split_for_the_time_it_holds(of: Of, one: Numbers) -> None:
    """A price of 1 000 kr from 1 July. The 60 patients of vik are there all year, the 20 of sund from 1 July.

    Patient-months while it holds: 12 x 60 x 6/12 = 360, and 12 x 20 = 240 (a mean over the year of patients who all
    come after 1 July). 600 x 1 000 kr = 600 000 kr. The trust carries 10 per cent, 60 000. Of the 540 000 left as much
    is fixed as of the price; use goes 360 : 240, and keys 9 000 : 3 000 as both take part in all of the time.
    """
    later = {**PARTIES[1], "starts": date(2026, 7, 1)}
    parties = (PARTIES[0], later, {"actor": "hf", "share": 0.1})
    found = of_year(of, one, parties=parties, agreed_price=1_000.0, valid_from=date(2026, 7, 1))
    assert (found.held, float(found.total[0])) == pytest.approx((600 / 960, 600_000.0))
    parts = {each.actor: each for each in found.parties}
    assert float(parts["hf"].amount[0]) == pytest.approx(60_000.0)
    assert float(found.by_use[0] + found.fixed[0]) == pytest.approx(540_000.0)
    assert (parts["vik"].use_share, parts["sund"].use_share) == pytest.approx((0.6, 0.4))
    assert (parts["vik"].key_share, parts["sund"].key_share) == pytest.approx((0.75, 0.25))
    assert sum(float(each.amount[0]) for each in found.parties) == pytest.approx(600_000.0)


def test_nobody_in_the_service_while_the_price_holds_leaves_nothing_to_split(of: Of, one: Numbers) -> None:
    later = ({**PARTIES[0], "starts": date(2026, 7, 1)}, {**PARTIES[1], "starts": date(2026, 7, 1)})
    found = of_year(of, one, parties=later, agreed_price=1_000.0, valid_until=date(2026, 3, 31))
    assert [float(each.amount[0]) for each in found.parties] == [0.0, 0.0]
