"""Know a national identity number when one stands in a text, and leave it out of what is shown."""

from __future__ import annotations

import re

HIDDEN = "***********"
"""What is shown in place of a number."""

_CANDIDATE = re.compile(r"(?<!\d)([0-9]{6})[ \u00a0\u2009\u202f-]?([0-9]{5})(?!\d)")
_SHORT = re.compile(r"(?<!\d)[0-9]{10}(?!\d)")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_MONTH_OFFSETS = (0, 40, 65, 80)
"""Ordinary numbers, H-numbers, and the two ranges of constructed ones."""


def has_national_id(text: str) -> bool:
    """Say whether eleven digits with a date and valid control digits stand in a text.

    References
    ----------
    Skatteetaten: Fødselsnummer (control digits modulo 11 over the weights below).
    """
    return any(_is_national_id(found[1] + found[2]) for found in _CANDIDATE.finditer(text))


def without_national_ids(text: str) -> str:
    """Return a text with each national identity number in it hidden, also one that has lost a leading zero.

    Examples
    --------
    >>> without_national_ids("tlf 22 00 00 00")
    'tlf 22 00 00 00'
    """
    if not any(character.isdigit() for character in text):
        return text
    hidden = _CANDIDATE.sub(lambda found: HIDDEN if _is_national_id(found[1] + found[2]) else found[0], text)
    return _SHORT.sub(lambda found: HIDDEN if _is_national_id(f"0{found[0]}") else found[0], hidden)


def _is_national_id(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    if not (1 <= day <= 31 or 41 <= day <= 71) or not any(1 <= month - offset <= 12 for offset in _MONTH_OFFSETS):
        return False
    return _control(digits, _FIRST) == digits[9] and _control(digits, _SECOND) == digits[10]


def _control(digits: str, weights: tuple[int, ...]) -> str:
    return str((11 - sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11) % 11)
