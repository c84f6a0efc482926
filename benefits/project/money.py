"""What a project costs, who finances it, and the assumptions all rest on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from benefits.project.fields import Amount, ByYear, Id, NotNegative, Part, Positive, Quantity, Text, Year
from benefits.vocabulary import CostKind, Exposure, FundingSource, GrowingValue, Standing, Unit


class MixPart(Part):
    """One study of several that are mixed, and its weight."""

    evidence: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")]
    weight: Positive = 1.0


class Assumption(Quantity):
    """A number the plan rests on, with unit, source and standing; or a pointer to a reference value or evidence.

    ``instead_of`` names the reference value that an own number stands instead of, so that both are shown. ``value_of``
    says that the kroner are a value of time, life or health: those alone grow in real terms. ``mix`` names several
    studies that disagree: one of them holds, with its weight.
    """

    title: Text | None = None
    reference: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    evidence: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    mix: tuple[MixPart, ...] = ()
    unit: Unit | None = None
    per: Exposure = "none"
    price_year: Year | None = None
    source: Text | None = None
    address: str | None = None
    standing: Standing = "assumed"
    instead_of: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    value_of: GrowingValue | None = None
    note: Text | None = None

    def _check_form(self) -> None:
        ways = [bool(self.form), self.reference is not None, self.evidence is not None, bool(self.mix)]
        numbers = any(self._has(name) for name in ("value", "low", "likely", "high", "mean", "se", "estimate"))
        if sum(ways) != 1 or (numbers and not self.form) or self.form == "assumption":
            raise PydanticCustomError("assumption_form", "one way to say a number", {})

    @model_validator(mode="after")
    def _has_unit(self) -> Self:
        if self.form and self.unit is None:
            raise PydanticCustomError("assumption_unit", "unit needed", {})
        if self.unit == "kroner" and self.form and self.price_year is None:
            raise PydanticCustomError("price_year_missing", "price year needed", {})
        return self


class Cost(Part):
    """One cost, of one kind, carried by one actor: an amount, or what a modelled service costs at its volume.

    With ``lifetime_years`` it is an investment: paid in the year it is bought, and worth ``residual`` kroner, else what
    is left of it in a straight line, at the end of the horizon.
    """

    id: Id
    title: Text
    kind: CostKind
    actor: Id
    amount: Quantity | None = None
    service: Id | None = None
    per: Annotated[str, Field(pattern="^(year|once|patient_month|patient_year)$")] = "year"
    first_year: Year | None = None
    last_year: Year | None = None
    lifetime_years: Annotated[Amount, Field(ge=1)] | None = None
    residual: NotNegative | None = None
    budget_line: Text | None = None
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
