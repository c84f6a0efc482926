"""From activity data to the cells a comparison of rates needs, or the reason why it cannot be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from benefits.activity import Panel, Series
from benefits.errors import Parameter
from benefits.measurement.contract import Refusal
from benefits.measurement.options import RateOptions
from benefits.measurement.rates import Fit, by_period, collapse, fit_periods, fit_persons, totals
from benefits.measurement.windows import Windows, divide, starts

FEWEST = 2
SIDES = ("before", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Data that a comparison can be made on.

    Attributes
    ----------
    windows
        Rows of the groups compared, within the windows.
    earlier
        Rows of the same groups before the start, also those outside the windows.
    cells
        One row per person and side (panel) or per group and period (series).
    persons
        Whether it is a panel.
    whole
        Whether what is counted is events, not an amount.
    """

    windows: Windows
    earlier: pd.DataFrame
    cells: pd.DataFrame
    persons: bool
    whole: bool

    def fit(self, options: RateOptions) -> Fit:
        """Return rates and their standard error on the scale asked for."""
        if self.persons:
            return fit_persons(self.cells, scale=options.scale)
        return fit_periods(self.cells, scale=options.scale, whole=self.whole)

    def size(self, treated: int) -> int:
        """Return the number of persons or periods in one group."""
        cells = self.cells[self.cells["treated"] == treated]
        return int(cells["cluster"].nunique()) if self.persons else len(cells)


def treated_group(data: Panel | Series) -> str | None:
    """Return the group the service was for: treated if the data name it, else all, else none.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2024-01-01"]), "unit": "", "group": "all",
    ...                       "count": 1, "exposure": 1.0})
    >>> treated_group(Series(frame))
    'all'
    """
    return next((group for group in ("treated", "all") if group in data.groups), None)


def prepare(
    data: Panel | Series,
    *,
    method: str,
    groups: tuple[str, ...],
    go_live: date,
    options: RateOptions,
    step: int | None = None,
) -> Prepared | Refusal:
    """Keep the groups and periods asked for, and refuse when a rate or its spread would have nothing to rest on.

    Parameters
    ----------
    data
        Activity data.
    method
        Id of the method that asks.
    groups
        Treated group first, then the comparison group if the method has one.
    go_live
        First day of the service.
    options
        Windows, scale and least exposure.
    step
        Months a period lasts; None to tell it from the distances between them.
    """
    every = data.rows()
    rows = every[every["group"].isin(groups)]
    windows = divide(rows, go_live=go_live, options=options, step=step)
    for group in groups:
        for post, side in enumerate(SIDES):
            kept = windows.rows[(windows.rows["group"] == group) & (windows.rows["post"] == post)]
            refusal = _too_little(kept, method=method, group=group, side=side, options=options)
            if refusal is not None:
                return refusal
    persons = isinstance(data, Panel)
    cells = collapse(windows.rows) if persons else by_period(windows.rows)
    if options.scale == "difference" and cells["count"].sum() == 0:
        return Refusal(method=method, code="no_events_at_all", what_would_open_it="longer_window")
    earlier = rows[rows["period"] < starts(rows, go_live=go_live)]
    return Prepared(windows=windows, earlier=earlier, cells=cells, persons=persons, whole=data.whole)


def no_spread(fit: Fit, *, method: str) -> Refusal | None:
    """Refuse an estimate whose standard error is zero: the data are too few or too alike to tell its uncertainty."""
    if fit.se > 1e-12 and fit.df > 0:
        return None
    return Refusal(method=method, code="no_spread", what_would_open_it="longer_window")


def has_empty_cell(cells: pd.DataFrame) -> bool:
    """Whether a side of a group has no event at all."""
    return bool((totals(cells)["count"] == 0).any())


def _too_little(kept: pd.DataFrame, *, method: str, group: str, side: str, options: RateOptions) -> Refusal | None:
    longer = f"longer_{side}"
    if kept.empty:
        return Refusal(method=method, code=f"nothing_{side}", parameters={"group": group}, what_would_open_it=longer)
    clusters = kept["person" if "person" in kept else "period"].nunique()
    if clusters < FEWEST:
        persons = "person" in kept
        return Refusal(
            method=method,
            code="too_few_persons" if persons else "too_few_periods",
            parameters={"group": group, "side": side, "fewest": FEWEST},
            what_would_open_it="more_persons" if persons else longer,
        )
    exposure = float(kept["exposure"].sum())
    if exposure < options.min_exposure:
        parameters: dict[str, Parameter] = {
            "group": group,
            "side": side,
            "exposure": exposure,
            "least": options.min_exposure,
        }
        return Refusal(method=method, code="too_little_exposure", parameters=parameters, what_would_open_it=longer)
    if options.scale == "ratio" and kept["count"].sum() == 0:
        return Refusal(
            method=method,
            code="no_events",
            parameters={"group": group, "side": side},
            what_would_open_it="difference_scale_or_longer_window",
        )
    return None
