"""Events without a cohort: counted by month, over a population where there is one, else per unit and month."""

from __future__ import annotations

import pandas as pd

from benefits.activity.quality import Finding
from benefits.activity.shapes import SERIES_COLUMNS
from benefits.activity.steps import step_in_months
from benefits.errors import InvalidInput, Parameter, Problem

_YEAR = 12


def monthly(events: pd.DataFrame) -> pd.DataFrame:
    """Sum events by month.

    Parameters
    ----------
    events
        Columns ``person`` ("" where unknown), ``unit``, ``group``, ``date`` and ``count``.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``unit``, ``group``, ``count``, and ``persons`` where the events say whose they were.

    Examples
    --------
    >>> events = pd.DataFrame({"person": ["a", "a", "b"], "unit": "", "group": "all", "count": 1,
    ...                        "date": pd.to_datetime(["2024-01-03", "2024-01-30", "2024-01-30"])})
    >>> monthly(events)[["count", "persons"]].values.tolist()
    [[3, 2]]
    """
    rows = events.assign(period=events["date"].dt.to_period("M").dt.to_timestamp())
    by = rows.groupby(["period", "unit", "group"], sort=True)
    sums = by["count"].sum().to_frame()
    if (events["person"] != "").any():
        sums["persons"] = by["person"].nunique()
    return sums.reset_index()


def every_month(sums: pd.DataFrame, *, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return a row for every month of every unit and group: no event in a month is none, not a hole.

    Examples
    --------
    >>> sums = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-03-01"]), "unit": "", "group": "all",
    ...                      "count": [3, 1]})
    >>> every_month(sums, first=pd.Timestamp("2024-01-01"), last=pd.Timestamp("2024-03-31"))["count"].tolist()
    [3, 0, 1]
    """
    months = pd.DataFrame({"period": pd.date_range(first.replace(day=1), last, freq="MS")})
    grid = sums[["unit", "group"]].drop_duplicates().merge(months, how="cross")
    whole = grid.merge(sums, on=["unit", "group", "period"], how="left")
    filled = [name for name in ("count", "persons") if name in whole]
    return whole.fillna(dict.fromkeys(filled, 0)).astype({name: sums[name].dtype for name in filled})


def with_population(
    sums: pd.DataFrame, population: pd.DataFrame, *, months_per: int | None, place: str
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Give each month the population of its unit as exposure.

    Parameters
    ----------
    sums
        Columns ``period``, ``unit``, ``group``, ``count``.
    population
        Columns ``period`` (a month, or the first of a year that it is the population of), ``unit`` and ``exposure``. A
        population without units is that of every unit.
    months_per
        Months in a unit of exposure when that is time of persons (12 for person-years); None when it is persons.
    place
        Where the population is from, in problems.

    Raises
    ------
    InvalidInput
        When a month with its unit has no population.

    Examples
    --------
    >>> sums = pd.DataFrame({"period": pd.to_datetime(["2024-05-01"]), "unit": "Vik", "group": "all", "count": [3]})
    >>> people = pd.DataFrame({"period": pd.to_datetime(["2024-01-01"]), "unit": "Vik", "exposure": [1200.0]})
    >>> rows, found = with_population(sums, people, months_per=12, place="folketall.csv")
    >>> rows["exposure"].tolist(), found[0].code
    ([100.0], 'population_carried')
    """
    yearly = set(population["period"].dt.month) == {1} and step_in_months(population["period"]) % _YEAR in (0, 1)
    by_unit = bool((population["unit"] != "").any())
    at = sums["period"].dt.to_period("Y" if yearly else "M").dt.to_timestamp()
    on = ["at", "unit"] if by_unit else ["at"]
    people = population.rename(columns={"period": "at"})[[*on, "exposure"]]
    rows = sums.assign(at=at).merge(people, on=on, how="left", validate="many_to_one")
    lacking = rows[rows["exposure"].isna()]
    if len(lacking):
        first = lacking.sort_values(["period", "unit"]).iloc[0]
        period = f"{first['period']:%Y-%m}"
        parameters: dict[str, Parameter] = {"count": len(lacking), "unit": str(first["unit"]), "period": period}
        raise InvalidInput((Problem(place=place, code="population_missing", parameters=parameters),))
    rows["exposure"] = rows["exposure"] / (months_per or 1)
    carried = int((rows["at"] != rows["period"]).sum())
    found = (Finding(code="population_carried", parameters={"count": carried}),) if carried else ()
    return rows[list(SERIES_COLUMNS)], found
