"""An id made of a name, as that of a folder."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 64
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss"})


def id_from(name: str, *, otherwise: str) -> str:
    """Return a name as an id: small letters, digits and hyphens; letters with marks as those without.

    Parameters
    ----------
    name
        Any text.
    otherwise
        The id when the name has no letter or digit that can stand in one.

    Examples
    --------
    >>> id_from("DHO i Ås og Nærøy", otherwise="prosjekt"), id_from("André_2026", otherwise="prosjekt")
    ('dho-i-as-og-naeroy', 'andre-2026')
    >>> id_from("…", otherwise="portfolio")
    'portfolio'
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    kept = re.sub(r"[^a-z0-9]+", "-", "".join(one for one in plain if not unicodedata.combining(one)))
    return kept.strip("-")[:LONGEST].rstrip("-") or otherwise
