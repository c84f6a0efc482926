"""Whether data can be compared between two groups at all: the refusals and checks their methods share."""

from __future__ import annotations

from datetime import date

import pandas as pd

from benefits.activity import Data, Panel, Responses, Series
from benefits.activity.shapes import START
from benefits.activity.steps import month_numbers
from benefits.measurement.contract import Check, Refusal, wrong_shape
from benefits.measurement.options import ControlledOptions
from benefits.measurement.two_groups.group_words import Asked
from benefits.measurement.windows import starts

GROUPS = ("treated", "comparison")
ALIKE_MONTHS = 1.0
"""How far apart the mean start of the two groups may be."""


def unsuitable(data: Data, *, method: str, cluster: Asked) -> Refusal | None:
    """Refuse data without both groups, or without what the errors are to be clustered by."""
    if isinstance(data, Responses):
        return wrong_shape(method, wants="panel")
    if "treated" not in data.groups:
        return Refusal(method=method, code="nobody_treated", what_would_open_it="data_on_treated")
    if "comparison" not in data.groups:
        return Refusal(method=method, code="no_comparison", what_would_open_it="comparison_group")
    if cluster == "person" and isinstance(data, Series):
        return wrong_shape(method, wants="panel")
    if cluster == "period" and isinstance(data, Panel):
        return wrong_shape(method, wants="series")
    return None


def staggered(data: Panel | Series, *, method: str, go_live: date) -> Refusal | None:
    """Refuse treated who began in different months beside a comparison group without days to count from of its own.

    Before and after would then be other calendar months in one group than in the other.
    """
    begun = begins(data, go_live=go_live)
    own = data.rows()[START].notna() if START in data.rows() else pd.Series(False, index=begun.index)
    comparison = data.rows()["group"] == "comparison"
    if begun[~comparison].nunique() > 1 and not own[comparison].all():
        return Refusal(method=method, code="staggered_starts", what_would_open_it="method_for_staggered_starts")
    return None


def begins(data: Panel | Series, *, go_live: date) -> pd.Series:
    """Return the number of the month in which each row's own start is."""
    return month_numbers(starts(data.rows(), go_live=go_live))


def starts_alike(data: Panel | Series, *, go_live: date) -> tuple[Check, ...]:
    """Check that the two groups are counted from the same months, where rows have starts of their own."""
    rows = data.rows()
    if START not in rows:
        return ()
    begun = begins(data, go_live=go_live)
    whose = [name for name in ("person", "unit", "group") if name in rows]
    each = rows.assign(begun=begun).drop_duplicates(whose).groupby("group")["begun"].mean()
    months = abs(float(each["treated"] - each["comparison"]))
    return (Check(code="starts_alike", passed=months <= ALIKE_MONTHS, parameters={"months_apart": months}),)


def selected_alike(options: ControlledOptions) -> Check:
    """Check that regression to the mean is the same in both groups: chosen by the same rule, or neither chosen."""
    chosen = options.selected is True or options.selection_at_least is not None
    alike = options.comparison_selected_alike
    if alike is None and options.selected is False:
        return Check(code="comparison_selected_alike", passed=True)
    return Check(code="comparison_selected_alike", passed=alike if chosen or alike else None)
