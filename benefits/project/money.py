"""What a project costs, who finances it, and the services whose price is modelled; and the assumptions all rest on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from benefits.project.fields import ByYear, Id, NotNegative, Part, Positive, Quantity, Text, Year
from benefits.vocabulary import CostKind, Exposure, FundingSource, Standing, Unit


class Assumption(Quantity):
    """A number the plan rests on, with unit, source and standing; or a pointer to a shipped reference or evidence."""

    title: Text | None = None
    reference: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    evidence: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    unit: Unit | None = None
    per: Exposure = "none"
    price_year: Year | None = None
    source: Text | None = None
    address: str | None = None
    standing: Standing = "assumed"
    note: Text | None = None

    def _check_form(self) -> None:
        ways = [bool(self.form), self.reference is not None, self.evidence is not None]
        numbers = any(self._has(name) for name in ("value", "low", "likely", "high", "mean", "se", "estimate"))
        if sum(ways) != 1 or (numbers and not self.form):
            raise PydanticCustomError("assumption_form", "one way to say a number", {})

    @model_validator(mode="after")
    def _has_unit(self) -> Self:
        if self.form and self.unit is None:
            raise PydanticCustomError("assumption_unit", "unit needed", {})
        if self.unit == "kroner" and self.form and self.price_year is None:
            raise PydanticCustomError("price_year_missing", "price year needed", {})
        return self


class Cost(Part):
    """One cost, of one kind, carried by one actor: an amount, or what a modelled service costs at its volume."""

    id: Id
    title: Text
    kind: CostKind
    actor: Id
    amount: Quantity | None = None
    service: Id | None = None
    per: Annotated[str, Field(pattern="^(year|once|patient_month|patient_year)$")] = "year"
    first_year: Year | None = None
    last_year: Year | None = None
    source: Text | None = None
    standing: Standing = "assumed"


class Funding(Part):
    """Money from one source, paid by one actor to another: kroner of the project's price year, by year."""

    id: Id
    title: Text | None = None
    source: FundingSource
    payer: Id
    receiver: Id
    amounts: ByYear


class AfterGrant(Part):
    """Who carries the running cost when the grant ends, and whether that is decided."""

    actor: Id | None = None
    decision: Text | None = None
    decided: date | None = None


class Financing(Part):
    """Where the money comes from, year by year, and what happens when the grant ends."""

    sources: tuple[Funding, ...] = ()
    after_grant: AfterGrant | None = None


class Resource(Part):
    """Something a service uses by the minute: its yearly cost and its practical capacity in hours a year."""

    id: Id
    title: Text
    cost_per_year: Quantity
    hours_per_year: Positive
    stepwise: bool = True


class Task(Part):
    """One step of the service: which resource, and how many minutes per patient-month."""

    id: Id
    title: Text
    resource: Id
    minutes: Quantity


class UnitCost(Part):
    """A cost per patient-month, as a licence."""

    id: Id
    title: Text
    amount: Quantity


class Equipment(Part):
    """Equipment per patient: its price and the months it lasts."""

    id: Id
    title: Text
    price: Quantity
    lifetime_months: Positive


class Service(Part):
    """A service with a price per patient-month (tjenesteprismodell).

    Every amount, the agreed price among them, is kroner of the project's price year.
    """

    id: Id
    title: Text
    provider: Id
    payer: Id | None = None
    agreed_price: NotNegative | None = None
    volume: ByYear = {}
    resources: tuple[Resource, ...] = ()
    tasks: tuple[Task, ...] = ()
    fixed: tuple[UnitCost, ...] = ()
    per_patient_month: tuple[UnitCost, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    source: Text | None = None
    standing: Standing = "assumed"
