"""How wide the columns of a printed table should be, from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINE = 88.0
"""Average characters in a line of table text across a page."""

LONGEST = 2 * LINE
"""What a text of several lines counts as at most: one long text must not leave the other columns a word each."""

PADDING = 2.5
"""Characters of air in a column."""

_BREAKS = re.compile(r"[ \t\n]+|(?<=[-–/])")
_NARROW = frozenset("iljtfrI.,:;'’|!()[] ")
_WIDE = frozenset("mwMW%@—−")


def column_widths(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return each column's share of the page width; together at most 1.

    A table that fits on one line each row gets what it needs and no more. Else every column first gets room for its
    longest word, and what is left is shared by how much more each would need to stand on one line, as browsers do.

    Parameters
    ----------
    columns
        The texts of each column, its header among them.

    Examples
    --------
    >>> [round(share, 2) for share in column_widths([["År", "2025"], ["Pasienter", "150"]])]
    [0.07, 0.12]
    >>> [round(share, 2) for share in column_widths([["Hva", "kort"], ["Hvorfor", "en lang forklaring " * 20]])]
    [0.07, 0.93]
    """
    longest = [max((extent(text) for text in column), default=0.0) + PADDING for column in columns]
    if sum(longest) <= LINE:
        return [width / LINE for width in longest]
    least = [longest_word(column) + PADDING for column in columns]
    # Words too long to stand whole beside the others must be divided: none may take the room of the rest.
    fair = LINE / len(columns)
    while sum(least) > LINE:
        least = [min(width, max(fair, width * 0.9)) for width in least]
        if max(least) <= fair:
            break
    wanted = [min(long, LONGEST) - short for long, short in zip(longest, least, strict=True)]
    left = max(LINE - sum(least), 0.0)
    share = left / sum(wanted) if sum(wanted) > 0 else 0.0
    return [(short + share * more) / LINE for short, more in zip(least, wanted, strict=True)]


def longest_word(column: Sequence[str]) -> float:
    """Return how long the longest stretch is that cannot be divided between two lines.

    Examples
    --------
    >>> longest_word(["a bbbb", "aa-a"])
    4.0
    """
    return max((extent(word) for text in column for word in _BREAKS.split(text)), default=0.0)


def extent(text: str) -> float:
    """Return how long a text is in average characters of a proportional face.

    Examples
    --------
    >>> extent("MMM") > extent("aaa") > extent("iii")
    True
    """
    return sum(0.6 if sign in _NARROW else 1.5 if sign in _WIDE else 1.25 if sign.isupper() else 1.0 for sign in text)
