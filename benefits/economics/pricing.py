"""What values events: the project's inputs as draws, kroner of the right year, and what is known of a product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.draws import Draws
from benefits.economics.flows import FlowRow, Line
from benefits.economics.inputs import Input, joined_sources, weakest_standing
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.economics.persistence import Carried
from benefits.economics.product import Product, Yearly, full
from benefits.errors import Gap
from benefits.project.fields import Quantity
from benefits.vocabulary import Basis, Grade, Layer, Standing, Unit, weakest


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Avoided events of one benefit, and what is known about them.

    Attributes
    ----------
    avoided
        Fewer events than without the service, shape (year, draw); negative when there are more.
    unit, lower_is_better
        What an event is, and whether fewer of them is good.
    basis, grade, standing, source
        As in FlowRow.
    years
        The calendar year of each row; none given means kroner of the price year, without growth.
    carried
        Of expected events: how much of the effect is counted in each year, and why not more.
    """

    avoided: Yearly
    unit: Unit
    lower_is_better: bool
    basis: Basis
    grade: Grade
    standing: Standing
    source: str
    years: tuple[int, ...] = ()
    carried: Carried | None = None

    @property
    def good(self) -> Yearly:
        """The same with its sign so that positive is good, shape (year, draw): the row of the events themselves."""
        return self.avoided if self.lower_is_better else -self.avoided


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What is needed to value events: the inputs, their draws, and the year kroner must be of."""

    inputs: Mapping[str, Input]
    draws: Draws
    price_year: int | None

    @property
    def numbers(self) -> Numbers:
        """Where numbers written in their place, or naming an assumption, get their draws."""
        return Numbers(draws=self.draws, inputs=self.inputs, price_year=self.price_year)

    def column(self, one: Input) -> Array:
        """Draws of an input, shape (draw,)."""
        return self.draws.column(one.name, one.distribution)

    def find(self, name: str | None) -> Input | None:
        """The input of that name; None when none is named, or it has no number."""
        return self.inputs.get(name) if name is not None else None

    def kroner(self, name: str | None, subject: str, gaps: list[Gap]) -> Input | None:
        """The input of that name when it is kroner of the right price year; otherwise None, and a gap saying why."""
        one = self.find(name)
        if one is None:
            return None
        try:
            return self.numbers.used(Quantity(assumption=one.name), unit="kroner")
        except UnusableNumber as unusable:
            gaps.append(unusable.gap(subject))
            return None

    def in_unit(self, name: str | None, units: tuple[Unit, ...], subject: str, gaps: list[Gap]) -> Input | None:
        """The input of that name when it is in one of some units; otherwise None, and a gap when it is in another."""
        one = self.find(name)
        if one is None or one.unit in units:
            return one
        gaps.append(UnusableNumber("other_unit", name=one.name, has=one.unit, wants=units[0]).gap(subject))
        return None

    def grown(self, values: Yearly, one: Input, years: tuple[int, ...]) -> Yearly:
        """Kroner by year of a value that grows in real terms, as a value of time may; of any other as they are.

        Parameters
        ----------
        values
            Number times value in kroner of the price year, shape (year, draw).
        one
            The value, with its real growth a year.
        years
            The calendar year of each row of the values; none: of the price year.
        """
        if one.growth == 0.0 or self.price_year is None or not years:
            return values
        growth = np.array([(1.0 + one.growth) ** (year - self.price_year) for year in years])
        return values.over(growth) if isinstance(values, Product) else full(values) * growth[:, np.newaxis]


def grade_of(one: Input) -> Grade:
    """How well a factor is known that an effect is multiplied by: a product is known no better than its weakest.

    Official figures and research do not weaken what they are multiplied with; one project's estimate or a convention is
    an expert's word, and an assumption is an assumption.
    """
    grades: dict[Standing, Grade] = {
        "official": "randomised",
        "study": "randomised",
        "one_project": "expert",
        "convention": "expert",
        "assumed": "assumed",
    }
    return grades[one.standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Makes the rows that follow from some events: who gains, and known no better than the events and what was used."""

    actor: str
    item: str
    events: Events

    def __call__(
        self, unit: Unit, layer: Layer, values: Yearly, *used: Input, actor: str = "", part: str = "", other: str = ""
    ) -> Line:
        """Return one row; ``part`` is added to the item after a dot, ``other`` is the far end of a transfer."""
        events = self.events
        sources = "; ".join(dict.fromkeys(source for source in (events.source, joined_sources(*used)) if source))
        row = FlowRow(
            actor=actor or self.actor,
            item=f"{self.item}.{part}" if part else self.item,
            layer=layer,
            basis=events.basis,
            unit=unit,
            grade=weakest(events.grade, *map(grade_of, used)),
            standing=weakest_standing(events.standing, *(one.standing for one in used)),
            source=sources,
            counterpart=other,
        )
        return Line(row=row, values=values)
