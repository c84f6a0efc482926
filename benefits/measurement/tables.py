"""Look a plain table over before anything is worked out from it: what a refusal would otherwise be about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from benefits.measurement.contract import Refusal


def unusable(
    frame: pd.DataFrame,
    *,
    method: str,
    numbers: Sequence[str],
    above_zero: Sequence[str] = (),
    key: Sequence[str] = (),
) -> Refusal | None:
    """Return why a table cannot be used, or None when it can.

    Parameters
    ----------
    frame
        One row per thing that is counted.
    method
        Id of the method that asks.
    numbers
        Columns that must hold finite numbers, zero or more.
    above_zero
        Those of them that must be above zero.
    key
        Columns that together tell the rows apart; none may be empty.

    Returns
    -------
    Refusal or None
        The first of: no rows, a column that is missing, empty cells, cells that are no numbers, negative numbers, zeros
        where there can be none, the same row twice. Its parameters name the column and how many cells.

    Examples
    --------
    >>> unusable(pd.DataFrame({"count": ["1,5", "2"]}), method="variation", numbers=["count"]).parameters
    {'column': 'count', 'count': 1}
    """
    for column in (*key, *numbers):
        if column not in frame:
            return Refusal(
                method=method,
                code="column_missing",
                parameters={"column": column},
                what_would_open_it="table_with_the_columns",
            )
    if frame.empty:
        return Refusal(method=method, code="no_rows", what_would_open_it="table_with_rows")
    for column in (*key, *numbers):
        empty = int(frame[column].isna().sum())
        if empty:
            return Refusal(
                method=method,
                code="empty_cells",
                parameters={"column": column, "count": empty},
                what_would_open_it="cells_filled_in",
            )
    for column in numbers:
        refusal = _numbers(frame[column], method=method, column=column, above_zero=column in above_zero)
        if refusal is not None:
            return refusal
    twice = int(frame.duplicated(list(key)).sum()) if key else 0
    if twice:
        return Refusal(
            method=method, code="same_row_twice", parameters={"count": twice}, what_would_open_it="one_row_each"
        )
    return None


def _numbers(cells: pd.Series, *, method: str, column: str, above_zero: bool) -> Refusal | None:
    values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float)
    if cells.dtype.kind not in "iuf" or not np.isfinite(values).all():
        wrong = int((~np.isfinite(values)).sum()) or len(values)
        return Refusal(
            method=method,
            code="not_numbers",
            parameters={"column": column, "count": wrong},
            what_would_open_it="cells_as_numbers",
        )
    if (values < 0).any():
        return Refusal(
            method=method,
            code="negative_numbers",
            parameters={"column": column, "count": int((values < 0).sum())},
            what_would_open_it="numbers_zero_or_more",
        )
    if above_zero and (values == 0).any():
        return Refusal(
            method=method,
            code="zero_denominator",
            parameters={"column": column, "count": int((values == 0).sum())},
            what_would_open_it="denominators_above_zero",
        )
    return None
