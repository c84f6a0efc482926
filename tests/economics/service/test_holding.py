"""How much of a year an agreed price holds for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.service import months_between, part_held
from benefits.project.model import Project

START = date(2025, 1, 1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def project(*, go_live: date = START, **keys: object) -> Project:
    service = {"id": "dho", "title": "D", "provider": "k", **keys}
    return Project.model_validate({"format": 1, "id": "p", "title": "P", "go_live": go_live, "services": (service,)})


def part(year: int, *, starts: date | None = None, go_live: date = START, **keys: object) -> float:
    whole = project(go_live=go_live, **keys)
    return part_held(whole.services[0], whole, year, starts=starts)


@pytest.mark.parametrize(
    ("keys", "year", "expected"),
    [
        ({}, 2026, 1.0),
        ({"valid_from": date(2026, 7, 1)}, 2026, 6 / 12),
        ({"valid_from": date(2026, 7, 1)}, 2025, 0.0),
        ({"valid_until": date(2026, 3, 31)}, 2026, 3 / 12),
        ({"valid_until": date(2026, 3, 31)}, 2027, 0.0),
        # 16 April: 15 of April's 30 days and eight months.
        ({"valid_from": date(2026, 4, 16)}, 2026, 8.5 / 12),
        # The service runs the last six months, and the price holds the first three of them.
        ({"go_live": date(2026, 7, 1), "valid_until": date(2026, 9, 30)}, 2026, 3 / 6),
        # A party that comes on 1 October has all its patients while the price holds.
        ({"valid_from": date(2026, 7, 1), "starts": date(2026, 10, 1)}, 2026, 1.0),
    ],
)
def test_a_price_holds_for_months_of_those_the_service_runs(keys: dict[str, date], year: int, expected: float) -> None:
    assert part(year, **keys) == pytest.approx(expected)


@given(first=DAYS, days=st.integers(0, 900), cut=st.integers(0, 900))
def test_months_of_two_stretches_are_those_of_both(first: date, days: int, cut: int) -> None:
    last, middle = first + timedelta(days=days), first + timedelta(days=min(cut, days))
    both = months_between(first, middle) + months_between(middle + timedelta(days=1), last)
    assert both == pytest.approx(months_between(first, last))


@given(first=DAYS, last=DAYS, go_live=DAYS, starts=st.none() | DAYS, year=st.integers(2025, 2027))
def test_a_part_of_a_year_lies_between_none_and_all(
    first: date, last: date, go_live: date, starts: date | None, year: int
) -> None:
    assert 0.0 <= part(year, valid_from=first, valid_until=last, go_live=go_live, starts=starts) <= 1.0 + 1e-12
