"""What any engine answers, as one kind of table: texts, whole numbers, numbers and days; in one order; its hash."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from benefits.activity.tables.engines.contract import Kind

IDENTIFIERS = frozenset({"person", "unit", "group", "respondent", "item", "reason"})
"""Our columns that are names, also where they are stored as numbers."""


def typed(columns: Mapping[str, pd.Series], kinds: Mapping[str, Kind]) -> pd.DataFrame:
    """Return a table in which a column's type follows from its kind, whichever engine gave it; rows sorted.

    Parameters
    ----------
    columns
        Name -> values, as the engine gave them.
    kinds
        Name -> what it holds. A name in :data:`IDENTIFIERS` becomes text whatever its kind.

    Returns
    -------
    pandas.DataFrame
        Texts str (missing where empty), whole numbers int64 (float64 where one is empty), numbers float64, days and
        times datetime64[us], truths and anything else as their text.

    Examples
    --------
    >>> given = {"unit": pd.Series([7, 7]), "count": pd.Series([Decimal("2"), 1])}
    >>> typed(given, {"unit": "whole", "count": "number"}).values.tolist()
    [['7', 1.0], ['7', 2.0]]
    """
    made = {name: _column(values, "name" if name in IDENTIFIERS else kinds[name]) for name, values in columns.items()}
    frame = pd.DataFrame(made)
    return frame.sort_values(list(frame.columns), ignore_index=True, kind="stable") if len(frame.columns) else frame


def as_texts(column: pd.Series, *, decimal: str) -> pd.Series:
    """Write a column of :func:`typed` as a CSV file would hold it: ISO dates, plain numbers, "" where empty.

    Examples
    --------
    >>> as_texts(pd.Series([1.5, None, 200000.0]), decimal=",").tolist()
    ['1,5', '', '200000']
    """
    if column.dtype.kind == "M":
        midnight = (column.dropna() == column.dropna().dt.normalize()).all()
        text = column.dt.strftime("%Y-%m-%d" if midnight else "%Y-%m-%dT%H:%M:%S").astype("object")
    elif column.dtype.kind in "iuf":
        text = column.map(lambda value: plain(value, decimal=decimal)).astype("object")
    else:
        text = column.astype("object")
    written: pd.Series = text.where(column.notna(), "").astype("str")
    return written


def plain(number: float, *, decimal: str) -> str:
    """Write a number without grouping, and without decimals when it has none.

    Examples
    --------
    >>> plain(2.0, decimal=","), plain(0.25, decimal=",")
    ('2', '0,25')
    """
    if isinstance(number, (int, np.integer)) or float(number).is_integer():
        return str(int(number))
    return repr(float(number)).replace(".", decimal)


def fingerprint(frame: pd.DataFrame) -> str:
    """Return the sha256 of a table's names and values, which no engine, platform or display setting changes."""
    digest = sha256()
    for name in frame.columns:
        column = frame[name]
        digest.update(f"{name}\0{len(column)}\0".encode())
        empty = column.isna().to_numpy()
        digest.update(empty.tobytes())
        if column.dtype.kind == "M":
            digest.update(column.to_numpy().astype("datetime64[us]").astype("<i8").tobytes())
        elif column.dtype.kind in "iuf":
            # A whole number is hashed alike whether its neighbours made its column one of decimals or not.
            digest.update(column.to_numpy().astype("<f8").tobytes())
        else:
            # Each different text once, and which of them stands where; an empty cell is none of them.
            which, texts = pd.factorize(column)
            written = [str(text).encode() for text in texts]
            digest.update(b"".join(b"%d:%b" % (len(one), one) for one in written))
            digest.update(which.astype("<i8").tobytes())
    return digest.hexdigest()


def _column(column: pd.Series, kind: str) -> pd.Series:
    if kind in {"date", "time"}:
        return pd.to_datetime(column).astype("datetime64[us]")
    if kind in {"whole", "number"}:
        numbers = pd.to_numeric(column.map(_float) if column.dtype == object else column).astype("float64")
        # Above 2**53 a double cannot tell neighbours apart; a count of such a size is not one.
        return numbers.astype("int64") if kind == "whole" and not numbers.isna().any() else numbers
    if kind == "name" and column.dtype.kind in "iuf":
        return column.map(lambda value: plain(value, decimal=".")).astype("str").where(column.notna())
    if isinstance(column.dtype, pd.StringDtype):
        return column.astype("str")
    return column.map(_as_name, na_action="ignore").astype("str")


def _float(value: Any) -> float:
    return np.nan if value is None else float(value)


def _as_name(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (float, Decimal)):
        return plain(float(value), decimal=".")
    return str(value)
