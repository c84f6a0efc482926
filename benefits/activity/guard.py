"""Stop at national identity numbers: a column that holds one is never read further, and no value of it is repeated."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from benefits.identity_numbers import has_national_id

CHANCE_SHARE = 0.05
"""Above this share of valid numbers a column holds identity numbers, whatever it is declared to hold."""


def national_ids(values: Iterable[str]) -> int:
    """Count the values in which a fødselsnummer, D-number or H-number stands, also one of the kinds made for testing.

    Parameters
    ----------
    values
        The values of a column, as they stand in the file.

    Notes
    -----
    A random number of eleven digits passes two or three times in a thousand. Pseudonyms should therefore not be eleven
    digits.

    Examples
    --------
    >>> national_ids(["P001", "P002"])
    0
    """
    return sum(has_national_id(value) for value in values)


def refused_ids(column: pd.Series, *, pseudonym: bool = False) -> int:
    """Count the identity numbers of a column that stop the run; 0 when it may be read.

    Parameters
    ----------
    column
        Texts, empty ones "".
    pseudonym
        Whether the column is declared to hold pseudonyms.

    Notes
    -----
    A number stored as a number has lost a leading zero: ten digits are looked at with the zero put back. Both these and
    pseudonyms may be valid by chance, so they count only when they are more than :data:`CHANCE_SHARE`.

    Examples
    --------
    >>> refused_ids(pd.Series(["P001", "P002"]))
    0
    """
    filled = column[column != ""].value_counts()
    text = filled.index.astype("str")
    short = text.str.fullmatch(r"[0-9]{10}")
    valid = sum(int(filled[value]) for value in text[~short] if has_national_id(value))
    padded = sum(int(filled[value]) for value in text[short] if has_national_id(f"0{value}"))
    return refused(valid, padded, short=int(filled[short].sum()), filled=int(filled.sum()), pseudonym=pseudonym)


def refused(valid: int, padded: int, *, short: int, filled: int, pseudonym: bool) -> int:
    """Say how many of a column's valid numbers stop the run.

    Parameters
    ----------
    valid
        Values in which a valid number stands as it is.
    padded
        Values of ten digits that are a valid number with a zero before.
    short
        Values of ten digits.
    filled
        Values that are not empty.
    pseudonym
        Whether the column is declared to hold pseudonyms.

    Examples
    --------
    One number is enough in a column of remarks; among a thousand pseudonyms three are chance.

    >>> refused(1, 0, short=0, filled=1000, pseudonym=False), refused(3, 0, short=0, filled=1000, pseudonym=True)
    (1, 0)
    """
    if pseudonym:
        return valid + padded if valid + padded > CHANCE_SHARE * filled else 0
    return valid + (padded if padded > CHANCE_SHARE * short else 0)
