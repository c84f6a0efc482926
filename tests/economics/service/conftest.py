"""A service whose every number is round, and how to make a project of services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benefits.economics.draws import Draws
from benefits.economics.numbers import Numbers
from benefits.project.model import Project

Plain = dict[str, Any]


@pytest.fixture(scope="session")
def one() -> Numbers:
    return Numbers(draws=Draws(n=1), inputs={}, price_year=2025)


@pytest.fixture(scope="session")
def dho() -> Callable[..., Plain]:
    """One nurse of 800 000 kr and 1 600 practical hours follows 80 patients at 100 minutes a month.

    80 x 12 x 100 / 60 = 1 600 hours. A platform of 96 000 kr a year, a licence of 250 kr a month, and equipment of
    3 600 kr that lasts 36 months.
    """

    def make(**changes: Any) -> Plain:
        nurse = {"id": "nurse", "title": "Sykepleier", "cost_per_year": 800_000.0, "hours_per_year": 1_600.0}
        plain: Plain = {
            "id": "dho",
            "title": "DHO",
            "provider": "kommune",
            "resources": (nurse,),
            "tasks": (
                {"id": "follow", "title": "Oppfølging", "resource": "nurse", "minutes": 75.0},
                {"id": "record", "title": "Journal", "resource": "nurse", "minutes": 25.0},
            ),
            "fixed": ({"id": "platform", "title": "Plattform", "amount": 96_000.0},),
            "per_patient_month": ({"id": "licence", "title": "Lisens", "amount": 250.0},),
            "equipment": ({"id": "kit", "title": "Utstyr", "price": 3_600.0, "lifetime_months": 36.0},),
        }
        return {**plain, **changes}

    return make


@pytest.fixture(scope="session")
def of() -> Callable[..., Project]:
    def make(*services: Plain, **rest: Any) -> Project:
        return Project.model_validate({"format": 1, "id": "p", "title": "P", "services": services, **rest})

    return make
