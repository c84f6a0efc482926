"""What avoided events are the product of, as planned and as measured, year by year: the two ends of a bridge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from benefits.activity import Panel, Series
from benefits.activity.steps import step_in_months
from benefits.economics.arrays import Array
from benefits.economics.ramp import share_reached
from benefits.economics.service import months_between
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import treated_group
from benefits.measurement.windows import divide, month_numbers
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.values import Values

Cause = Literal["volume", "uptake", "timing", "effect", "price"]
Factors = dict[Cause, Array | float]
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The time an effect was measured in: months by calendar year, and the last day."""

    months: Mapping[int, int]
    last: date


def followed_time(
    shape: Series | Panel, *, go_live: date, options: Mapping[str, Any] = MappingProxyType({})
) -> Followed | None:
    """Return the months after the start that a method's options leave of the treated; None when there are none."""
    rows = shape.rows()
    used = RateOptions(lag_months=options.get("lag_months", 0), months_after=options.get("months_after"))
    windows = divide(rows[rows["group"] == treated_group(shape)], go_live=go_live, options=used)
    step = step_in_months(windows.rows["period"])
    firsts = sorted(set(month_numbers(windows.rows.loc[windows.rows["post"] == 1, "period"]).tolist()))
    if not firsts:
        return None
    months = Counter(month // YEAR for first in firsts for month in range(first, first + step))
    after = firsts[-1] + step
    last = date(after // YEAR, after % YEAR + 1, 1) - timedelta(days=1)
    return Followed(months=dict(months), last=last)


def service_months(year: int, *, start: date | None, last: date | None = None) -> float:
    """Return how many months of a year come after a start and, where there is one, up to a last day.

    Parameters
    ----------
    year
        Calendar year.
    start
        First day of the service; None: it was there all the time.
    last
        The last day counted; None: that of the year.

    Examples
    --------
    From 1 July 2025; in all, and to the end of September.

    >>> service_months(2025, start=date(2025, 7, 1))
    6.0
    >>> service_months(2025, start=date(2025, 7, 1), last=date(2025, 9, 30))
    3.0
    """
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    return months_between(max(begins, start or begins), min(ends, last or ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAsPlanned:
    """One year of a plan and of what was measured, before it is taken apart.

    Attributes
    ----------
    volume
        Patients planned, as a mean over the year.
    started, in_service
        How many were to be in the service at some time in the year, and how many were; None where not both are known.
    planned, measured
        Avoided events in the whole year as planned, and those measured, shape (draw,).
    patient_years
        Time the measured effect holds for.
    planned_months, followed_months, months
        Months of the year the service was planned for; of those, the ones up to the last day followed; and the months
        that were measured.
    ramp
        Share of the effect that is reached by now's plan over the share that was planned; 1 where nothing has moved.
    planned_price, price
        Kroner of an event as planned and as it is, shape (draw,); None where there are none.
    """

    volume: float
    started: float | None
    in_service: float | None
    planned: Array
    measured: Array
    patient_years: float
    planned_months: float
    followed_months: float
    months: float
    ramp: float = 1.0
    planned_price: Array | None = None
    price: Array | None = None


def factors(year: YearAsPlanned) -> tuple[Factors, Factors]:
    """Return the factors of the plan up to the last day followed, and of what was measured.

    What one side says nothing of is as on the other, so that it makes no difference: the plan says nothing of the
    effect in a year without patients, and nothing was measured of a year before the service began.

    Examples
    --------
    100 patients were to avoid 20 events in a year; 90 patient-years of 10 months each avoided 27.

    >>> year = YearAsPlanned(volume=100.0, started=None, in_service=None, planned=np.array([20.0]),
    ...     measured=np.array([27.0]), patient_years=75.0, planned_months=12.0, followed_months=12.0, months=10.0)
    >>> old, new = factors(year)
    >>> old["volume"], old["timing"], old["effect"].tolist()
    (100.0, 1.0, [0.2])
    >>> round(new["volume"], 6), round(new["timing"], 6), new["effect"].round(6).tolist()
    (90.0, 0.833333, [0.36])
    """
    of_year = year.planned_months or YEAR
    old: dict[str, Any] = {
        "volume": year.volume,
        "uptake": None,
        "timing": year.followed_months / of_year,
        "effect": year.planned / year.volume if year.volume else None,
        "price": year.planned_price,
    }
    at_work = year.months / of_year
    known = year.patient_years > 0 and at_work > 0
    new: dict[str, Any] = {
        "volume": year.patient_years / at_work if known else None,
        "uptake": None,
        "timing": at_work * year.ramp,
        "effect": year.measured / year.patient_years / year.ramp if known else None,
        "price": year.price,
    }
    if year.started and year.in_service:
        old |= {"volume": year.started, "uptake": year.volume / year.started}
        new["volume"] = year.in_service if known else None
        new["uptake"] = year.patient_years / at_work / year.in_service if known else None
    return _filled(old, new), _filled(new, old)


def _filled(one: Mapping[str, Any], other: Mapping[str, Any]) -> Any:
    """Return what one side says, else what the other does; what neither says has no part in it."""
    both = {name: one[name] if one[name] is not None else other[name] for name in one}
    return {name: value for name, value in both.items() if value is not None}


def ratio(part: Array, whole: Array) -> Array | None:
    """Return one per the other by draw, and its mean where there is nothing to divide by; None when there never is."""
    there = whole != 0.0
    if not there.any():
        return None
    found = np.divide(part, whole, out=np.zeros_like(part), where=there)
    return np.where(there, found, found[there].mean())


def ramp_moved(benefit: Benefit, planned: Benefit, *, project: Project, as_planned: Project, year: int) -> float:
    """Return the share reached by the plan as it stands over that of the plan it is held to; 1 where one is nothing."""
    shares = [
        share_reached(
            year,
            ramp=of.target.ramp if of.target is not None else {},
            go_live_year=within.go_live.year if within.go_live is not None else None,
            target_year=of.target.date.year if of.target is not None else None,
        )
        for of, within in ((benefit, project), (planned, as_planned))
    ]
    return shares[0] / shares[1] if all(shares) else 1.0


def headcounts(
    benefit: Benefit, project: Project, years: tuple[int, ...], *, last: date, values: Values
) -> dict[int, tuple[float, float]]:
    """Return how many were to be in the service at some time in each year and how many were; empty where not known.

    The plan says how many are to start and end in the year, and the ledger how many have. Only whole years can be told
    apart so, and only where the ledger hides nothing.
    """
    if len(project.services) != 1 or benefit.volume or last.month != YEAR:
        return {}
    service = project.services[0]
    found: dict[int, tuple[float, float]] = {}
    for year in years:
        started, ended = _in_ledger("started", year, project, values), _in_ledger("ended", year - 1, project, values)
        if year not in service.starting or started is None or ended is None:
            return {}
        begun = sum(number for of, number in service.starting.items() if of <= year)
        gone = sum(number for of, number in service.ending.items() if of < year)
        found[year] = begun - gone, started - ended
    return found if all(min(one) > 0 for one in found.values()) else {}


def _in_ledger(field: str, year: int, project: Project, values: Values) -> float | None:
    """The count at the end of a year; nought before the first year, None where nobody has said or it is hidden."""
    if project.go_live is None or year < project.go_live.year:
        return 0.0
    rows = [row for row in project.ledger if row.date == date(year, 12, 31)]
    value = values.get(f"ledger.{rows[-1].date.isoformat()}.{field}") if rows else None
    return value.value if value is not None else None
