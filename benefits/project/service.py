"""A service whose price is modelled (tjenestepris): what it uses, what that costs, and who shares the cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from benefits.project.fields import ByYear, Id, NotNegative, Part, Positive, Quantity, Share, Text, Year
from benefits.vocabulary import Profession, Standing

TaskTime = Literal["patient_month", "start", "end", "year"]
"""What the minutes of a task are per: a month of a patient, one who starts or ends, or the service in a year."""


class Vat(Part):
    """Merverdiavgift on something bought at an amount without it; a part of the cost unless it is compensated."""

    rate: Share
    compensated: bool = False


class Pay(Part):
    """What an employee costs in a year, from monthly pay.

    ``12 x monthly x (1 + holiday_pay + pension) x (1 + payroll_tax) + other``. Holiday pay is what comes on top of
    twelve months' pay; holiday pay and pension are shares of pay, and payroll tax (arbeidsgiveravgift) is on all three.
    """

    monthly: Quantity
    holiday_pay: Quantity
    pension: Quantity
    payroll_tax: Quantity
    other: NotNegative = 0.0


class NotAvailable(Part):
    """Hours of paid time a year that do not reach patients: holiday, absence, training, meetings, breaks."""

    title: Text
    hours: NotNegative


class Capacity(Part):
    """Practical capacity: paid hours a year less those that do not reach patients."""

    paid_hours: Positive
    less: tuple[NotAvailable, ...] = ()

    @property
    def hours(self) -> float:
        """Hours a year that are left."""
        return self.paid_hours - sum(one.hours for one in self.less)


class Resource(Part):
    """Something a service uses by the minute: its yearly cost and its practical capacity in hours a year.

    The cost is ``cost_per_year``, or built up from ``pay``; ``overhead`` is a share on top of it. The capacity is
    ``hours_per_year``, or worked out in ``capacity``. With ``patients_per_unit`` whole units follow the number of
    patients, whatever the minutes.
    """

    id: Id
    title: Text
    cost_per_year: Quantity | None = None
    pay: Pay | None = None
    overhead: NotNegative = 0.0
    hours_per_year: Positive | None = None
    capacity: Capacity | None = None
    profession: Profession | None = None
    patients_per_unit: Quantity | None = None
    stepwise: bool = True

    @property
    def hours(self) -> float:
        """Practical capacity in hours a year; zero when none is stated."""
        if self.capacity is not None:
            return self.capacity.hours
        return self.hours_per_year or 0.0


class Driver(Part):
    """What makes a task take longer: how many there are per patient-month, or the share of patients in a group."""

    id: Id
    title: Text
    amount: Quantity
    group: bool = False


class Task(Part):
    """One step of the service: which resource, and its minutes as a time equation.

    ``minutes`` plus, for each driver named in ``extra``, its minutes times the driver's amount.
    """

    id: Id
    title: Text
    resource: Id
    minutes: Quantity
    per: TaskTime = "patient_month"
    extra: dict[Id, Quantity] = {}


class Band(Part):
    """From this many patients the amount is another."""

    from_patients: NotNegative
    amount: Quantity


class UnitCost(Part):
    """A cost per patient-month, or per patient who starts or ends, as a licence or a delivery."""

    id: Id
    title: Text
    amount: Quantity
    vat: Vat | None = None


class FixedCost(Part):
    """A cost a year or a month, whole, per started ``every`` patients, or by band of volume."""

    id: Id
    title: Text
    amount: Quantity | None = None
    per: Literal["year", "month"] = "year"
    every: Positive | None = None
    bands: tuple[Band, ...] = ()
    vat: Vat | None = None


class Equipment(Part):
    """Equipment per patient: its price, the months it lasts, what is lost in a year and what it is worth at last."""

    id: Id
    title: Text
    price: Quantity
    lifetime_months: Positive
    lost_per_year: Share = 0.0
    residual: NotNegative = 0.0
    vat: Vat | None = None


class ServiceUse(Part):
    """Another service this one uses: how many of its patient-months per patient-month here."""

    service: Id
    amount: Quantity


class Party(Part):
    """Somebody who shares the cost: a share of all of it, or what follows from a key and own use.

    Those with ``share`` carry it of the whole cost. Of the rest, what does not follow use is split by ``key`` (as
    inhabitants), and what follows use by each party's ``volume``. One who ``starts`` within a year carries by key for
    the rest of that year.
    """

    actor: Id
    share: Share | None = None
    key: Positive | None = None
    volume: ByYear = {}
    starts: date | None = None


class Regulation(Part):
    """How the price follows prices: by which index (a reference value), from the prices of which year."""

    index: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")]
    from_year: Year


class Service(Part):
    """A service with a price per patient-month (tjenesteprismodell).

    Every amount, the agreed price among them, is kroner of the project's price year. ``starting`` and ``ending`` are
    patients who start and end in a year. With ``capital_rate`` equipment is paid for as an annuity at that real rate.
    """

    id: Id
    title: Text
    provider: Id
    payer: Id | None = None
    agreed_price: NotNegative | None = None
    volume: ByYear = {}
    starting: ByYear = {}
    ending: ByYear = {}
    drivers: tuple[Driver, ...] = ()
    resources: tuple[Resource, ...] = ()
    tasks: tuple[Task, ...] = ()
    fixed: tuple[FixedCost, ...] = ()
    per_patient_month: tuple[UnitCost, ...] = ()
    per_start: tuple[UnitCost, ...] = ()
    per_end: tuple[UnitCost, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    capital_rate: NotNegative | None = None
    uses: tuple[ServiceUse, ...] = ()
    parties: tuple[Party, ...] = ()
    regulation: Regulation | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    notice_months: NotNegative | None = None
    terms: tuple[Text, ...] = ()
    source: Text | None = None
    standing: Standing = "assumed"
