"""Synthetic identity numbers for the tests: no number of a living person stands in this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def _fits(digits: str, weights: tuple[int, ...]) -> bool:
    """Apply the rule as Skatteetaten writes it: with the control digit weighted one, the sum is divisible by eleven."""
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 == 0


def _with_control_digits(date_part: str) -> str:
    """Find both control digits by trial; a serial number that has none is passed over."""
    for number in range(100, 1000):
        for tail in range(100):
            digits = f"{date_part}{number:03d}{tail:02d}"
            if _fits(digits, FIRST) and _fits(digits, SECOND):
                return digits
    raise AssertionError


@pytest.fixture
def synthetic_id() -> Callable[[str], str]:
    """Complete six digits (day, month with 80 or 40 added, year) to a number with valid control digits."""
    return _with_control_digits


@pytest.fixture(scope="session")
def synthetic_numbers() -> list[str]:
    """Synthetic numbers of the days 1 to 20 of a month with 80 added; the first nine begin with a zero."""
    return [_with_control_digits(f"{day:02d}8171") for day in range(1, 21)]
