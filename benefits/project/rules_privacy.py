"""No national identity number stands anywhere in a project file, its comments included."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CANDIDATE = re.compile(r"(?<!\d)(\d{6})[ \u00a0-]?(\d{5})(?!\d)")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_MONTH_OFFSETS = (0, 40, 65, 80)
"""Ordinary numbers, H-numbers, and the two ranges of constructed ones."""


def lines_with_national_id(text: str) -> Iterator[int]:
    r"""Yield the lines on which something looks like a fødselsnummer, D-number or H-number.

    Parameters
    ----------
    text
        Any text; lines are counted from 1.

    Examples
    --------
    >>> list(lines_with_national_id("tlf 22 00 00 00\nperson 21 83 17\n"))
    []
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if has_national_id(line):
            yield number


def has_national_id(text: str) -> bool:
    """Say whether eleven digits with a date and valid control digits stand in a text.

    References
    ----------
    Skatteetaten: Fødselsnummer (control digits modulo 11 over the weights below).
    """
    return any(_is_national_id(found[1] + found[2]) for found in _CANDIDATE.finditer(text))


def _is_national_id(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    if not (1 <= day <= 31 or 41 <= day <= 71) or not any(1 <= month - offset <= 12 for offset in _MONTH_OFFSETS):
        return False
    return _control(digits, _FIRST) == digits[9] and _control(digits, _SECOND) == digits[10]


def _control(digits: str, weights: tuple[int, ...]) -> str:
    return str((11 - sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11) % 11)
