"""Stop at national identity numbers: a column that holds one is never read further, and no value of it is repeated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTHS = (0, 40, 80)


def is_national_id(text: str) -> bool:
    """Whether a text is a valid fødselsnummer or D-number, also one of the synthetic kinds used for testing.

    Both control digits must fit (modulus 11) and the first six digits must be a date: in a D-number the day has 40
    added, in synthetic numbers the month has 40 or 80 added. A space after the date is allowed.

    Parameters
    ----------
    text
        One value of a column, as it stands in the file.

    Returns
    -------
    bool

    Notes
    -----
    A random number of eleven digits passes about twice in a thousand. Pseudonyms should therefore not be eleven digits.

    References
    ----------
    Skatteetaten, "Fødselsnummer" and "D-nummer"; Forskrift til folkeregisterloven chapter 2.

    Examples
    --------
    >>> is_national_id("15817498765")
    False
    >>> is_national_id("P001")
    False
    """
    digits = text.strip().replace(" ", "")
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    numbers = [int(digit) for digit in digits]
    return _is_date(digits) and _controlled(numbers, _FIRST_WEIGHTS) and _controlled(numbers, _SECOND_WEIGHTS)


def national_ids(values: Iterable[str]) -> int:
    """Count the values that are national identity numbers.

    Examples
    --------
    >>> national_ids(["P001", "P002"])
    0
    """
    return sum(is_national_id(value) for value in values)


def _controlled(numbers: list[int], weights: tuple[int, ...]) -> bool:
    total = sum(weight * number for weight, number in zip(weights, numbers, strict=False))
    return (-total) % 11 == numbers[len(weights)]


def _is_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= 40 if day > 40 else 0
    return any(_exists(century + year, month - added, day) for added in _SYNTHETIC_MONTHS for century in (1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
