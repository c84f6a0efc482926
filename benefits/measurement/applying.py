"""Use a method on a plain table: what an analyst calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from benefits.activity.frames import Data, shape_of
from benefits.measurement.contract import Estimate, Refusal
from benefits.measurement.registry import method


def apply(
    method_id: str,
    frame: pd.DataFrame | Data,
    *,
    go_live: date,
    options: Mapping[str, Any] | None = None,
    benefit: str = "",
    indicator: str = "",
) -> Estimate | Refusal:
    """Answer with one method from a table with named columns.

    Parameters
    ----------
    method_id
        As :func:`benefits.measurement.methods` lists them.
    frame
        One row per unit and period (``period``, ``count``; optional ``exposure``, ``unit``, ``group``, ``start``), per
        person and period (also ``person``), or per answer (``respondent``, ``wave``, ``item``, ``score``); or a shape.
    go_live
        First day of the service, for rows without a start of their own.
    options
        The method's own; its defaults for the rest.
    benefit, indicator
        Ids that the answer carries.

    Raises
    ------
    InvalidInput
        When the table cannot be used, with every problem.
    UnknownMethod
        When no method has the id.
    InvalidOption
        When an option is unknown or has a value that cannot be used.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=24, freq="MS"),
    ...                       "count": [2] * 12 + [1] * 12})
    >>> round(apply("before_after", frame, go_live=date(2024, 1, 1)).effect, 6)
    -1.0
    """
    data = shape_of(frame) if isinstance(frame, pd.DataFrame) else frame
    return method(method_id).estimate(
        data, benefit=benefit, indicator=indicator, go_live=go_live, options=dict(options or {})
    )
