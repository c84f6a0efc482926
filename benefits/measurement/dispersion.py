"""How much more events vary between persons, or periods, than independent events would."""

from __future__ import annotations

from datetime import date

from benefits.activity import Panel, Series
from benefits.measurement.options import RateOptions
from benefits.measurement.rates import by_period, collapse, pearson_residuals, totals
from benefits.measurement.windows import divide

YEAR = 12
FEWEST = 10
"""Persons or periods a dispersion is worked out from."""


def dispersion(data: Panel | Series, *, go_live: date, selected: bool) -> float | None:
    """Return variance over mean of the counts, around the rate of each group, over the year nearest to the start.

    Pearson's X2 over its degrees of freedom: between persons in a panel, between periods in a series. From the year
    before the start; from the year after it when persons were chosen by their own events, because a rule that takes
    in only persons with many events also makes them more alike.

    Parameters
    ----------
    data
        Activity data.
    go_live
        First day of the service.
    selected
        Whether persons came in because of their own events.

    Returns
    -------
    float or None
        At least one: less spread than independent events have is chance. None when fewer than ten persons or periods,
        or no event, tell of it.

    References
    ----------
    McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989, section 4.5.

    Examples
    --------
    Hand-worked: twelve months of 2 and 6 by turns; mean 4, X2 = 12 x 4 / 4 = 12 with 11 degrees of freedom.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"period": pd.date_range("2023-01-01", periods=12, freq="MS"), "unit": "Vik",
    ...                       "group": "all", "count": [2, 6] * 6, "exposure": 1.0})
    >>> round(dispersion(Series(frame), go_live=date(2024, 1, 1), selected=False), 4)
    1.0909
    """
    side = 1 if selected else 0
    rows = divide(data.rows(), go_live=go_live, options=RateOptions(months_before=YEAR, months_after=YEAR)).rows
    rows = rows[rows["post"] == side]
    if rows.empty:
        return None
    cells = collapse(rows) if isinstance(data, Panel) else by_period(rows)
    df = len(cells) - len(totals(cells))
    if df + 1 < FEWEST or cells["count"].sum() == 0:
        return None
    return max(1.0, float((pearson_residuals(cells) ** 2).sum()) / df)
