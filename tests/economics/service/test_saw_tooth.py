"""The price at every number of patients."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from benefits.economics.numbers import Numbers
from benefits.economics.service import next_steps, saw_tooth
from benefits.project.model import Project

Of = Callable[..., Project]

NURSE: dict[str, Any] = {
    "id": "dho",
    "title": "D",
    "provider": "k",
    "fixed": ({"id": "platform", "title": "P", "amount": 96_000.0},),
    "per_patient_month": ({"id": "licence", "title": "L", "amount": 100.0},),
    "resources": ({"id": "nurse", "title": "N", "cost_per_year": 960_000.0, "patients_per_unit": 80.0},),
}


def test_the_price_of_80_patients_and_the_jump_at_the_next_nurse(of: Of, one: Numbers) -> None:
    """80: (96 000 + 960 000) / 960 + 100 = 1 200. 81: (96 000 + 1 920 000) / 972 + 100 = 2 174.07."""
    project = of(NURSE)
    found = dict(saw_tooth(project, project.services[0], numbers=one, year=None, first=20, last=240))
    assert (found[80], found[81]) == pytest.approx((1_200.0, 2_016_000 / 972 + 100))


def test_it_falls_everywhere_but_where_the_next_step_is(of: Of, one: Numbers) -> None:
    project = of(NURSE)
    found = saw_tooth(project, project.services[0], numbers=one, year=None, first=20, last=240)
    jumps = [at for (_, before), (at, price) in pairwise(found) if price > before]
    assert jumps == [81, 161]
    (step,) = next_steps(project, project.services[0], numbers=one, volume=80.0)
    assert step.volume == jumps[0]


def test_it_ends_where_it_is_told_to_and_a_single_volume_is_one_point(of: Of, one: Numbers) -> None:
    project = of(NURSE)
    ends = [at for at, _ in saw_tooth(project, project.services[0], numbers=one, year=None, first=7, last=300)]
    assert (ends[0], ends[-1]) == (7, 300)
    assert len(saw_tooth(project, project.services[0], numbers=one, year=None, first=7, last=7)) == 1
