"""From which volume a price covers the cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.economics.numbers import Numbers
from benefits.economics.service import Covering, covering, price
from benefits.project.model import Project

Of = Callable[..., Project]


def found(of: Of, one: Numbers, *, up_to: int | None = 400, **service: Any) -> Covering | None:
    """A nurse of 800 000 kr for each 80 patients."""
    nurse = {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "patients_per_unit": 80.0}
    project = of({"id": "s", "title": "S", "provider": "k", "resources": (nurse,), **service})
    return covering(project, project.services[0], numbers=one, up_to=up_to)


def test_each_new_nurse_begins_a_stretch_that_loses(of: Of, one: Numbers) -> None:
    """900 kr x 12 = 10 800 a patient: one nurse is covered from 74.07, two from 148.1, three from 222.2, four 296.3."""
    covered = found(of, one, agreed_price=900.0)
    assert covered is not None
    assert (covered.lowest, covered.up_to) == (75, 400)
    assert covered.losing == ((81, 148), (161, 222), (241, 296), (321, 370))
    assert covered.always_from == 371


def test_a_stretch_that_loses_at_the_last_volume_may_go_on(of: Of, one: Numbers) -> None:
    covered = found(of, one, agreed_price=900.0, up_to=330)
    assert covered is not None
    assert (covered.losing[-1], covered.always_from) == ((321, 330), None)


def test_a_price_below_what_a_full_nurse_costs_covers_nothing(of: Of, one: Numbers) -> None:
    """800 000 / 960 = 833.33 with the nurse used to the last patient."""
    below, exactly = found(of, one, agreed_price=833.33), found(of, one, agreed_price=800_000 / 960)
    assert below is not None
    assert (below.lowest, below.losing, below.always_from) == (None, (), None)
    assert exactly is not None
    assert (exactly.lowest, exactly.losing[0]) == (80, (81, 159))


def test_a_price_above_everything_covers_from_the_first_patient(of: Of, one: Numbers) -> None:
    covered = found(of, one, agreed_price=800_000.0)
    assert covered is not None
    assert (covered.lowest, covered.losing, covered.always_from) == (1, (), 1)


def test_without_an_agreed_price_there_is_nothing_to_cover_with(of: Of, one: Numbers) -> None:
    assert found(of, one) is None


def test_ten_times_the_planned_volume_is_looked_through(of: Of, one: Numbers) -> None:
    small = found(of, one, up_to=None, agreed_price=900.0, volume={2026: 50.0})
    large = found(of, one, up_to=None, agreed_price=900.0, volume={2026: 250.0})
    assert (small and small.up_to, large and large.up_to) == (1_000, 2_500)


@settings(max_examples=40)
@given(agreed=st.floats(500.0, 3_000.0), volume=st.integers(1, 400))
def test_it_says_at_each_volume_what_the_price_says(agreed: float, volume: int, of: Of, one: Numbers) -> None:
    nurse = {"id": "nurse", "title": "N", "cost_per_year": 800_000.0, "patients_per_unit": 80.0}
    plain = {"id": "s", "title": "S", "provider": "k", "resources": (nurse,), "agreed_price": agreed}
    project = of({**plain, "fixed": ({"id": "p", "title": "P", "amount": 120_000.0},)})
    covered = covering(project, project.services[0], numbers=one, up_to=400)
    assert covered is not None
    loses = covered.lowest is None or volume < covered.lowest
    loses = loses or any(first <= volume <= last for first, last in covered.losing)
    full = price(project, project.services[0], numbers=one, volume=volume).full[0]
    assert loses == (agreed < full) or agreed == pytest.approx(full)
