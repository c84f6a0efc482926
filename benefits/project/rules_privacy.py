"""No national identity number stands anywhere in a project file, its comments included."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.identity_numbers import has_national_id


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
