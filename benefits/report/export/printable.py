"""What the fonts that come along can show: a tagged PDF may hold no character without a glyph."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_LONG = re.compile(r"(?!\S*(?://|www\.))\S{24,}")
_UNBROKEN = re.compile(r"[^\W_]{45,}")
_SIGN = re.compile(r"[)\]}>;:/=_.,&?!%|*»”](?=\w|[(\[{<«“])")
_MAY_DIVIDE = "\u200b"


def printable(text: str) -> str:
    """Return a text in which every character can be shown and no stretch is too long for a line.

    A character no font has is named by its number, as ``[U+1F600]``: a reader can look it up, and nothing is lost
    unseen. A word of 24 characters or more may be divided after its signs, and a stretch of 45 letters or digits after
    every tenth; an address may not, so that it can be copied.

    Examples
    --------
    >>> printable("Økt trygghet ≥ 5 %")
    'Økt trygghet ≥ 5 %'
    >>> printable("smil \U0001f984")
    'smil [U+1F984]\u200b'
    """
    known = _covered()
    shown = "".join(sign if ord(sign) in known else f"[U+{ord(sign):04X}]{_MAY_DIVIDE}" for sign in text)
    return _LONG.sub(lambda word: _UNBROKEN.sub(_in_tens, _SIGN.sub(rf"\g<0>{_MAY_DIVIDE}", word[0])), shown)


def _in_tens(stretch: re.Match[str]) -> str:
    return re.sub(r".{10}(?=.)", rf"\g<0>{_MAY_DIVIDE}", stretch[0])


def fallback_fonts() -> Path:
    """Return the folder of the fonts that come with matplotlib."""
    from matplotlib import get_data_path

    return Path(get_data_path()) / "fonts" / "ttf"


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """Characters of DejaVu Sans, the widest of the fonts that come along."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(fallback_fonts() / "DejaVuSans.ttf")).get_charmap())
