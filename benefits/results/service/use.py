"""What a service was used for and what it cost in each year of its ledger, beside what its plan said, as Values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.economics.service import MONTHS, minutes_of_task, own_volume, price
from benefits.measurement.intervals import poisson_interval
from benefits.project.model import LedgerRow, Project
from benefits.project.service import Service
from benefits.reference.distributions import UnusableDistribution
from benefits.results.price.adding import Adding
from benefits.results.service.early_signs import EarlySign, add_early_signs
from benefits.results.service.ledger_values import AMOUNTS, RATES, id_of
from benefits.results.service.time import RowTime, Stretch, stretches, timed
from benefits.results.values import Value, Values

MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedTime:
    """A stretch of time the ledger is of: a calendar year, or what is of several.

    Values are ``service_use.<id>.<months, patient_months, mean_active, alerts, minutes, hours, cost>``; alerts, minutes
    and cost per patient-month with ``.rate`` after them; ``.planned.<patients, patient_months, minutes, price,
    price_at_actual, agreed>``; ``.difference.<patient_months, minutes, price, price_at_actual>``: what was, less what
    was planned.

    Attributes
    ----------
    id
        As ``2025``, or ``2025-2026``.
    start, end
        First and last day.
    year
        None where it is of several, so that its kroner are of no one year.
    estimated
        Whether patient-months are estimated from how many were active.
    """

    id: str
    start: date
    end: date
    year: int | None
    estimated: bool

    @property
    def prefix(self) -> str:
        """How the ids of its values begin."""
        return f"service_use.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUse:
    """What the ledger tells of the service: its stretches of time in order, and where the early indicators stand."""

    times: tuple[UsedTime, ...]
    early: tuple[EarlySign, ...]

    @property
    def last(self) -> UsedTime | None:
        """The last stretch of time."""
        return self.times[-1] if self.times else None

    def sign(self, benefit: str) -> EarlySign | None:
        """Return the early indicator of a benefit, if it has a level to come to."""
        return next((one for one in self.early if one.benefit == benefit), None)


def ledger_known(project: Project, ledger: Iterable[LedgerRow], *, on: date) -> Project:
    """Return a project with the rows of a ledger up to a date, in order, as its own.

    Examples
    --------
    >>> rows = [LedgerRow(date=date(2026, 12, 31), active=9), LedgerRow(date=date(2025, 12, 31), active=7)]
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P"})
    >>> [row.active for row in ledger_known(project, rows, on=date(2025, 12, 31)).ledger]
    [7]
    """
    rows = sorted((row for row in ledger if row.date <= on), key=lambda row: row.date)
    return project.model_copy(update={"ledger": tuple(rows)})


def add_service(project: Project, numbers: Numbers, values: Values, *, as_of: date) -> ServiceUse:
    """Add what the service was used for, and where the early indicators stand; see the two functions it calls."""
    times = add_service_use(project, numbers, values)
    return ServiceUse(times=times, early=add_early_signs(project, values, as_of=as_of))


def add_service_use(project: Project, numbers: Numbers, values: Values) -> tuple[UsedTime, ...]:
    """Add what each stretch of the ledger used, what was planned for it and the difference, and return the stretches.

    Kroner that were paid are of the year they were paid in, those of the plan of its price year. Where the two are not
    the same year there is no difference: some of it would be the rise in prices.

    Parameters
    ----------
    project
        With the rows of the ledger that are known. A plan is compared with when it has one service: rows of the ledger
        do not say which they are of.
    numbers
        Where uncertain numbers of the price get their draws.
    values
        Where the numbers are added; holds those of the ledger already, of which some are hidden. What follows from a
        hidden number is hidden too.
    """
    rows = timed(project.ledger, go_live=project.go_live)
    found = stretches(rows)
    service = project.services[0] if len(project.services) == 1 else None
    for stretch in found:
        used = _used(stretch, project, values)
        _planned(stretch, used, service, project, numbers, values)
    _drop_out(rows, values)
    return tuple(
        UsedTime(id=one.id, start=one.start, end=one.end, year=one.year, estimated=one.estimated) for one in found
    )


def _used(stretch: Stretch, project: Project, values: Values) -> Value | None:
    """Add what was used, and return the mean number in the service; None when it is not known."""
    prefix, months = f"service_use.{stretch.id}", stretch.patient_months
    few = any(_is_hidden(one, "patient_months", values) for one in stretch.rows)
    source = project.said(stretch.rows[-1].row.source)
    values.add(f"{prefix}.months", stretch.months, unit="months", basis="measured")
    for field, unit in AMOUNTS.items():
        number = months if field == "patient_months" else stretch.total(field)
        if number is None:
            continue
        hide = few if field == "patient_months" else any(_is_hidden(one, field, values) for one in stretch.rows)
        year = stretch.year if unit == "kroner" else None
        guessed = field == "patient_months" and stretch.estimated
        values.add(
            f"{prefix}.{field}",
            None if hide else number,
            unit=unit,
            price_year=year,
            basis="measured",
            grade="assumed" if guessed else None,
            derived=guessed,
            suppressed=hide,
            source=source,
        )
        if field in RATES and months:
            concealed = hide or few
            values.add(
                f"{prefix}.{field}.rate",
                None if concealed else number / months,
                unit=unit,
                per="person_month",
                price_year=year,
                basis="measured",
                derived=True,
                suppressed=concealed,
                source=source,
            )
        if field == "minutes":
            values.add(f"{prefix}.hours", number / MINUTES, unit="hours", basis="measured", derived=True, source=source)
    if months is None:
        return None
    mean = None if few else months / stretch.months
    return values.add(
        f"{prefix}.mean_active", mean, unit="persons", basis="measured", derived=True, suppressed=few, source=source
    )


def _planned(
    stretch: Stretch,
    used: Value | None,
    service: Service | None,
    project: Project,
    numbers: Numbers,
    values: Values,
) -> None:
    prefix = f"service_use.{stretch.id}"
    volume = _planned_volume(stretch, service, project)
    if volume is not None:
        values.add(f"{prefix}.planned.patients", volume, unit="persons", basis="expected")
        months = values.add(
            f"{prefix}.planned.patient_months", volume * stretch.months, unit="patient_months", basis="expected"
        )
        _difference(prefix, "patient_months", values.get(f"{prefix}.patient_months"), months, values)
    if service is None:
        return
    if service.agreed_price is not None:
        id, of = f"{prefix}.planned.agreed", project.price_year
        agreed = service.agreed_price
        values.add(id, agreed, unit="kroner", per="person_month", price_year=of, basis="expected")
    if not (service.resources or service.fixed or service.per_patient_month or service.equipment):
        return
    adding = Adding(
        project=project, numbers=numbers, values=values, prefix=f"service_use.{stretch.id}.planned", service=service
    )
    try:
        _planned_time(stretch, volume, service, adding)
        _planned_price(stretch, used, volume, service, adding)
    except (UnusableNumber, UnusableDistribution):
        return  # a gap of the price says which number, and why


def _planned_time(stretch: Stretch, volume: float | None, service: Service, adding: Adding) -> None:
    """Add the minutes planned per patient-month: all tasks over the months, or those of a month without a volume."""
    minutes: Array | None = None
    if volume:
        uses = price(
            adding.project, service, numbers=adding.numbers, year=stretch.year, volume=volume
        ).resources.values()
        if uses:
            minutes = np.sum([use.used_hours for use in uses], axis=0) * (MINUTES / (MONTHS * volume))
    elif months := [task for task in service.tasks if task.per == "patient_month"]:
        minutes = np.sum([minutes_of_task(service, task, numbers=adding.numbers) for task in months], axis=0)
    if service.tasks and minutes is not None:
        planned = adding.worked_out("minutes", minutes, "minutes", per="person_month")
        prefix = f"service_use.{stretch.id}"
        _difference(prefix, "minutes", adding.values.get(f"{prefix}.minutes.rate"), planned, adding.values)


def _planned_price(
    stretch: Stretch, used: Value | None, volume: float | None, service: Service, adding: Adding
) -> None:
    """Add the price at the planned number and at the actual one, and the difference where the kroner are of a year."""
    prefix, values, project = f"service_use.{stretch.id}", adding.values, adding.project
    paid = values.get(f"{prefix}.cost.rate")
    for name, patients in (("price", volume), ("price_at_actual", used.value if used is not None else None)):
        id = f"{prefix}.planned.{name}"
        if patients:
            found = price(project, service, numbers=adding.numbers, year=stretch.year, volume=patients)
            adding.worked_out(name, found.full, "kroner", per="person_month")
        elif name == "price_at_actual" and used is not None and used.suppressed:
            year = project.price_year
            values.add(id, None, unit="kroner", per="person_month", price_year=year, basis="expected", suppressed=True)
        else:
            continue
        if stretch.year is not None and stretch.year == project.price_year:
            _difference(prefix, name, paid, values[id], values)


def _planned_volume(stretch: Stretch, service: Service | None, project: Project) -> float | None:
    """Mean number planned in the time: that of each year by its months; None when the plan lacks one of the years."""
    years = range(stretch.start.year, stretch.end.year + 1)
    volumes = {
        year: own_volume(service, project, year) if service is not None else project.volume(year) for year in years
    }
    if not all(volumes.values()):
        return None
    return sum(volumes[year] * stretch.months_in(year) for year in years) / stretch.months


def _difference(prefix: str, name: str, was: Value | None, planned: Value, values: Values) -> None:
    """Add what was less what was planned, as uncertain as the plan."""
    if was is None or was.value is None or planned.value is None:
        return
    values.add(
        f"{prefix}.difference.{name}",
        was.value - planned.value,
        low=was.value - planned.high if planned.high is not None else None,
        high=was.value - planned.low if planned.low is not None else None,
        unit=planned.unit,
        per=planned.per,
        price_year=planned.price_year,
        derived=True,
    )


def _drop_out(rows: tuple[RowTime, ...], values: Values) -> None:
    """Add how many fell out per patient-year, as a Poisson count over all patient-months up to the last row."""
    months = [one.patient_months for one in rows]
    if not rows or None in months or rows[-1].row.fell_out is None:
        return
    total = sum(one for one in months if one is not None)
    if not total:
        return
    count = rows[-1].row.fell_out
    few = _is_hidden(rows[-1], "fell_out", values) or any(_is_hidden(one, "patient_months", values) for one in rows)
    years = total / MONTHS
    low, high = (None, None) if few else (end / years for end in poisson_interval(count))
    values.add(
        "service_use.drop_out.rate",
        None if few else count / years,
        low=low,
        high=high,
        unit="persons",
        per="person_year",
        basis="measured",
        derived=True,
        suppressed=few,
    )


def _is_hidden(one: RowTime, field: str, values: Values) -> bool:
    value = values.get(f"{id_of(one)}.{field}")
    return value is not None and value.suppressed
