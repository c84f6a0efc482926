"""Covariates from the columns of a plain table: one value per person, words made into numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from benefits.measurement.contract import Refusal


def covariates_of(frame: pd.DataFrame, *, names: Sequence[str], method: str) -> pd.DataFrame | Refusal:
    """Return the covariates of each person, in the order a :class:`benefits.activity.Panel` numbers persons.

    Parameters
    ----------
    frame
        One row per person and period.
    names
        Columns. Words become one covariate for each word but the first in alphabetical order.
    method
        Id of the method that asks.

    Returns
    -------
    pandas.DataFrame or Refusal
        Refused when a column is not there, is blank for somebody, or has two values for somebody.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["b", "b", "a"], "age": [70, 70, 60], "sex": ["w", "w", "m"]})
    >>> covariates_of(frame, names=["age", "sex"], method="m").values.tolist()
    [[60.0, 0.0], [70.0, 1.0]]
    >>> covariates_of(frame, names=["height"], method="m").code
    'covariate_not_there'
    """
    found = []
    for name in names:
        if name not in frame or "person" not in frame:
            return Refusal(
                method=method,
                code="covariate_not_there",
                parameters={"column": name},
                what_would_open_it="column_of_that_name",
            )
        values = frame.groupby("person", sort=True)[name]
        if frame[name].isna().any():
            return Refusal(
                method=method,
                code="covariate_blank",
                parameters={"column": name},
                what_would_open_it="complete_covariates",
            )
        if (values.nunique() > 1).any():
            return Refusal(
                method=method,
                code="covariate_changes",
                parameters={"column": name},
                what_would_open_it="one_value_per_person",
            )
        one = values.first()
        if one.dtype.kind in "iufb":
            if not np.isfinite(one.to_numpy(dtype=float)).all():
                return Refusal(
                    method=method,
                    code="covariate_blank",
                    parameters={"column": name},
                    what_would_open_it="complete_covariates",
                )
            found.append(one.astype("float64").to_frame(name))
        else:
            found.append(pd.get_dummies(one.astype("str"), prefix=name, dtype="float64").iloc[:, 1:])
    if not found:
        return pd.DataFrame(index=range(frame["person"].nunique()))
    return pd.concat(found, axis=1).reset_index(drop=True)
