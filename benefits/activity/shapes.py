"""Two shapes of activity data: a Series (counts per unit and period) and a Panel (counts per person and period)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from benefits.activity.guard import national_ids
from benefits.vocabulary import GROUPS, Group

SERIES_COLUMNS = ("period", "unit", "group", "count", "exposure")
PANEL_COLUMNS = ("person", *SERIES_COLUMNS)
START = "start"
"""An optional column: the day this person, or this unit and group, began; nothing where it has no day of its own."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Series:
    """Counts and exposure per unit, group and period.

    Parameters
    ----------
    _rows
        Columns ``period`` (datetime64, first day of a month or year), ``unit`` (str), ``group`` (treated, comparison,
        all), ``count`` (>= 0; whole numbers of events, or an amount such as hours or minutes) and ``exposure``
        (float > 0, in the unit the data source declares). Optional is ``start`` (datetime64): the day the service began
        in that unit and group, for staggered starts; empty where there is none of its own.

    Raises
    ------
    ValueError
        When a column is missing or a value is outside what is said above.

    Examples
    --------
    >>> frame = pd.DataFrame({"period": pd.to_datetime(["2024-01-01", "2024-02-01"]), "unit": "Vik",
    ...                       "group": "all", "count": [3, 5], "exposure": [10.0, 10.0]})
    >>> Series(frame)
    Series(2 periods 2024-01..2024-02, 1 units, 8 events in 20 exposure)
    """

    _rows: pd.DataFrame

    def __post_init__(self) -> None:
        rows = _checked(self._rows, columns=SERIES_COLUMNS, key=["unit", "group", "period"])
        object.__setattr__(self, "_rows", _with_one_start(rows, of=["unit", "group"], whose="a unit and group"))

    def __repr__(self) -> str:
        return f"Series({_span(self._rows)}, {self._rows['unit'].nunique()} units, {_totals(self._rows)})"

    @property
    def whole(self) -> bool:
        """Whether every count is a whole number: events, not an amount."""
        return _whole(self._rows)

    def rows(self) -> pd.DataFrame:
        """Return one row per unit, group and period, sorted: what a method works on."""
        return self._rows.copy()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups present, in the order of the vocabulary."""
        return _groups(self._rows)

    @property
    def last_period(self) -> date:
        """First day of the last period."""
        return _last(self._rows)

    def until(self, as_of: date) -> Series:
        """Return what had happened by a date: the periods that began on or before it.

        Raises
        ------
        ValueError
            When nothing is left.
        """
        return Series(_until(self._rows, as_of))

    def to_frame(self) -> pd.DataFrame:
        """Return period, group, count and exposure, summed over units."""
        return _sums(self._rows)

    def by_unit(self) -> pd.DataFrame:
        """Return unit, period, count and exposure, summed over groups, in the order of the units' names."""
        return self._rows.groupby(["unit", "period"], sort=True, as_index=False)[["count", "exposure"]].sum()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Panel:
    """Counts and exposure per person and period. The persons' own ids are replaced by running integers at once.

    Whether a period is before or after is decided by the person's own day of inclusion where the data have it, else by
    the project's go-live date.

    Parameters
    ----------
    _rows
        As for :class:`Series`, with a column ``person``. A person belongs to one group throughout. Exposure is the part
        of the period the person was observed, in the unit the data source declares. Optional is ``start``: the day the
        person was included (for the comparison group: the day counted from).

    Raises
    ------
    ValueError
        When a column is missing, a value is outside what is said above, or ``person`` holds a national identity number.

    Examples
    --------
    >>> frame = pd.DataFrame({"person": ["a", "a", "b"], "unit": "Vik", "group": "treated", "count": [1, 0, 2],
    ...                       "period": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-01"]), "exposure": 1 / 12})
    >>> Panel(frame)
    Panel(2 persons, 2 periods 2024-01..2024-02, 3 events in 0.25 exposure)
    >>> Panel(frame).to_frame()[["group", "persons", "count"]].values.tolist()
    [['treated', 2, 3], ['treated', 1, 0]]
    """

    _rows: pd.DataFrame

    def __post_init__(self) -> None:
        rows = self._rows
        if "person" in rows and national_ids(_as_text(rows["person"])):
            raise ValueError("the column person holds national identity numbers")
        rows = _checked(rows, columns=PANEL_COLUMNS, key=["person", "period"])
        rows["person"] = np.unique(rows["person"].to_numpy(), return_inverse=True)[1]
        if (rows.groupby("person", sort=False)["group"].nunique() > 1).any():
            raise ValueError("a person is in more than one group")
        object.__setattr__(self, "_rows", _with_one_start(rows, of=["person"], whose="a person"))

    def __repr__(self) -> str:
        return f"Panel({self._rows['person'].nunique()} persons, {_span(self._rows)}, {_totals(self._rows)})"

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups present, in the order of the vocabulary."""
        return _groups(self._rows)

    @property
    def last_period(self) -> date:
        """First day of the last period."""
        return _last(self._rows)

    @property
    def whole(self) -> bool:
        """Whether every count is a whole number: events, not an amount."""
        return _whole(self._rows)

    def rows(self) -> pd.DataFrame:
        """Return one row per person and period, sorted: what a method works on. Persons are running integers."""
        return self._rows.copy()

    def persons(self, group: Group | None = None) -> int:
        """Return how many persons there are, in one group or in all."""
        rows = self._rows if group is None else self._rows[self._rows["group"] == group]
        return int(rows["person"].nunique())

    def until(self, as_of: date) -> Panel:
        """Return what had happened by a date: the periods that began on or before it.

        Raises
        ------
        ValueError
            When nothing is left.
        """
        return Panel(_until(self._rows, as_of))

    def to_frame(self) -> pd.DataFrame:
        """Return period, group, persons, count and exposure; never a row for one person."""
        persons = self._rows.groupby(["period", "group"], sort=True)["person"].nunique().reset_index(name="persons")
        return persons.merge(_sums(self._rows), on=["period", "group"], validate="one_to_one")

    def to_series(self) -> Series:
        """Return the same events summed over persons; days of inclusion are left out."""
        sums = self._rows.groupby(["period", "unit", "group"], sort=True, as_index=False)[["count", "exposure"]].sum()
        return Series(sums)


def _checked(frame: pd.DataFrame, *, columns: tuple[str, ...], key: list[str]) -> pd.DataFrame:
    missing = [name for name in columns if name not in frame]
    if missing:
        raise ValueError(f"missing columns: {', '.join(missing)}")
    rows = frame.loc[:, [*columns, START] if START in frame else list(columns)]
    if rows.empty:
        raise ValueError("no rows")
    if rows[list(columns)].isna().any(axis=None):
        raise ValueError("empty cells")
    if START in rows and rows[START].dtype.kind != "M":
        raise ValueError("start must be dates")
    if rows["period"].dtype.kind != "M" or (rows["period"].dt.day != 1).any():
        raise ValueError("period must be the first day of a month")
    count = rows["count"].to_numpy()
    if count.dtype.kind not in "iuf" or not np.isfinite(count).all() or (count < 0).any():
        raise ValueError("count must be numbers, zero or more")
    exposure = rows["exposure"].to_numpy()
    if exposure.dtype.kind not in "iuf" or not np.isfinite(exposure).all() or (exposure <= 0).any():
        raise ValueError("exposure must be above zero")
    if not rows["group"].isin(GROUPS).all():
        raise ValueError(f"group must be one of {', '.join(GROUPS)}")
    if rows.duplicated(key).any():
        raise ValueError(f"more than one row for the same {', '.join(key)}")
    number = "int64" if (count % 1 == 0).all() else "float64"
    rows = rows.astype({"count": number, "exposure": "float64", "unit": "str", "group": "str"})
    return rows.sort_values(key, ignore_index=True)


def _with_one_start(rows: pd.DataFrame, *, of: list[str], whose: str) -> pd.DataFrame:
    """Check that no person, or unit, has two days of start; a column without any day is left out."""
    if START not in rows:
        return rows
    if rows[START].isna().all():
        return rows.drop(columns=START)
    if (rows.groupby(of, sort=False)[START].nunique(dropna=False) > 1).any():
        raise ValueError(f"{whose} has more than one start")
    return rows


def _whole(rows: pd.DataFrame) -> bool:
    return rows["count"].dtype.kind == "i"


def _as_text(person: pd.Series) -> list[str]:
    """Return each id once as text; a whole number gets back the leading zero it may have lost."""
    values = person.unique()
    return [f"{value:011d}" if person.dtype.kind in "iu" else str(value) for value in values]


def _groups(rows: pd.DataFrame) -> tuple[Group, ...]:
    present = set(rows["group"].unique())
    return tuple(group for group in GROUPS if group in present)


def _last(rows: pd.DataFrame) -> date:
    last: pd.Timestamp = rows["period"].max()
    return last.date()


def _until(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    return rows[rows["period"] <= pd.Timestamp(as_of)]


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(["period", "group"], sort=True, as_index=False)[["count", "exposure"]].sum()


def _span(rows: pd.DataFrame) -> str:
    period = rows["period"]
    return f"{period.nunique()} periods {period.min():%Y-%m}..{period.max():%Y-%m}"


def _totals(rows: pd.DataFrame) -> str:
    counted = f"{rows['count'].sum()} events" if _whole(rows) else f"{rows['count'].sum():.6g}"
    return f"{counted} in {rows['exposure'].sum():.6g} exposure"
