"""What a row of the flows is made of: events, the numbers they are multiplied by, and the years they are counted in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benefits.economics import Draws, FlowRow, Flows
from benefits.economics.arrays import Array
from benefits.economics.flows import Line
from benefits.economics.inputs import LEVEL
from benefits.economics.investment import is_residual
from benefits.economics.replacements import is_replacement
from benefits.economics.sensitivity.model import Model
from benefits.economics.travel import COST as TRAVEL
from benefits.project.benefit import Benefit
from benefits.results.explain.model import Explained
from benefits.results.explain.probing import Dependence, Probed
from benefits.results.model import Results
from benefits.results.sensitivity import groups_of, number_id
from benefits.results.spread import spread_of_draws
from benefits.results.values import Value
from benefits.vocabulary import Layer, words

_SAME = 1e-9
WEIGHTS = ("constant", "patient_years", "patients", "times_paid")
"""What does not vary in a row: ``explain.weight.<kind>`` is what it is called."""
ROW_KINDS = frozenset(
    {
        "assumption",
        *WEIGHTS,
        "row.events.expected",
        "row.events.measured",
        *(f"row.{layer}" for layer in words(Layer)),
        *(
            f"row.{kind}"
            for kind in ("financing", "new_activity", "physical", "replaced", "residual", "service", "travel")
        ),
    }
)
"""Kinds of rows and of what they are made of."""


class RowChains:
    """Explains rows of the flows of one assessed project.

    Parameters
    ----------
    results
        The project.
    model
        Its calculation, with one draw.
    found
        What each row rests on.
    """

    def __init__(self, results: Results, *, model: Model, found: Probed) -> None:
        self.results, self.model, self.found = results, model, found
        self.flows = results.flows
        self.draws = Draws(n=self.flows.n, groups=groups_of(results))
        self.lines = {line.row.key: line for line in self.flows.lines()}
        self.probed = {row.key: row for row in found.dependences}

    def sums(self, part: Flows, *, year: int | None = None) -> Iterator[Explained]:
        """Yield each row of some that is not nought in a year, or in all years together."""
        for row in part.index:
            if self._drawn(self.lines[row.key], year).any():
                yield self.of(row, year=year)

    def of(self, row: FlowRow, *, year: int | None = None) -> Explained:
        """Explain one row, in a year or in all years together."""
        line = self.lines[row.key]
        drawn = self._drawn(line, year)
        probed = self.probed.get(row.key)
        rests_on = self.found.dependences[probed] if probed is not None else ()
        events = self._events_of(row)
        if events is not None and events.key != row.key:
            own = {one.name for one in self._rests_on(events)}
            rests_on = tuple(one for one in rests_on if one.name not in own or one.form == "enters")
        else:
            events = None
        numbers = [self.number(one) for one in rests_on]
        upper = (
            [self.of(events, year=year)]
            if events is not None and self._drawn(self.lines[events.key], year).any()
            else []
        )
        shown = Explained(
            id=_id(row, year),
            kind=_kind(row, is_events=self._is_events(row)),
            value=self._value(row, drawn, year),
            how="function",
            parts=(*upper, *numbers),
            row=row,
            year=year,
        )
        if any(one.form == "enters" for one in rests_on) or (events is not None and not upper):
            return shown
        if not rests_on and not upper:
            return replace(shown, parts=tuple(self._stated(row, year)))
        product = np.ones_like(drawn)
        for one in rests_on:
            column = self.draws.column(one.name, self.model.numbers[one.name])
            product = product * (1.0 - column if one.form == "one_minus" else column)
        if events is not None:
            product = product * self._drawn(self.lines[events.key], year)
        weight = _constant(drawn, product)
        if weight is None:
            return shown
        weights = [] if abs(weight - 1.0) <= _SAME else [self._weight(row, weight, year, of_events=events is None)]
        given = float((product * weight).mean())
        return replace(shown, how="product", parts=(*upper, *numbers, *weights), given=given)

    def number(self, one: Dependence) -> Explained:
        """Explain a number a row rests on: an assumption, or one written in its place."""
        distribution = self.model.numbers[one.name]
        low, high = distribution.interval(LEVEL)
        value = self.results.values.get(number_id(one.name, self.results.inputs))
        named = self.results.inputs.get(one.name)
        return Explained(
            id=value.id if value is not None else one.name,
            kind="assumption" if named is not None else "stated",
            value=value,
            form=one.form,
            input=named,
            mean=float(distribution.mean),
            low=None if low == high else float(low),
            high=None if low == high else float(high),
            change=one.change,
        )

    def _rests_on(self, row: FlowRow) -> tuple[Dependence, ...]:
        probed = self.probed.get(row.key)
        return self.found.dependences[probed] if probed is not None else ()

    def _drawn(self, line: Line, year: int | None) -> Array:
        table: Array = np.asarray(line.values)
        drawn: Array = table.sum(axis=0) if year is None else table[self.flows.years.index(year)]
        return drawn

    def _benefit(self, item: str) -> Benefit | None:
        return next((one for one in self.results.project.benefits if one.id == item.partition(".")[0]), None)

    def _events_of(self, row: FlowRow) -> FlowRow | None:
        """The row of the events that a row of the same benefit and basis follows from."""
        benefit = self._benefit(row.item)
        if benefit is None:
            return None
        return next(
            (
                one
                for one in self.flows.index
                if one.item == benefit.id and one.basis == row.basis and self._is_events(one)
            ),
            None,
        )

    def _is_events(self, row: FlowRow) -> bool:
        benefit = self._benefit(row.item)
        return (
            benefit is not None
            and benefit.indicator is not None
            and row.item == benefit.id
            and row.layer == "capacity"
            and row.unit == benefit.indicator.unit
        )

    def _value(self, row: FlowRow, drawn: Array, year: int | None) -> Value:
        spread = spread_of_draws(drawn)
        return Value(
            id=_id(row, year),
            value=spread.mean,
            low=spread.low,
            high=spread.high,
            unit=row.unit,
            price_year=self.results.project.price_year if row.unit == "kroner" else None,
            basis=row.basis,
            grade=row.grade,
            standing=row.standing,
            source=row.source,
            derived=True,
        )

    def _weight(self, row: FlowRow, weight: float, year: int | None, *, of_events: bool) -> Explained:
        """What does not vary: of events the patients, how far the effect has come and how much of it is counted."""
        kind = "constant"
        if of_events and self._is_events(row):
            kind = "patient_years"
        elif of_events and row.item.startswith("new_activity."):
            kind = "patients"
        elif of_events and row.layer == "cost":
            kind = "times_paid"
        parts = self._stated(row, year) if kind in {"patient_years", "patients"} else ()
        return Explained(
            id=f"{_id(row, year)}.{kind}", kind=kind, form="weight", mean=weight, how="function", parts=tuple(parts)
        )

    def _stated(self, row: FlowRow, year: int | None) -> Iterator[Explained]:
        """What stands behind a row without any number that varies, or behind the weight of one."""
        values = self.results.values
        benefit = self._benefit(row.item)
        years = self.flows.years if year is None else (year,)
        names: list[tuple[str, str]] = []
        if row.basis == "measured" and benefit is not None:
            estimate = self.results.estimate(benefit.id)
            if estimate is not None:
                prefix = f"estimate.{benefit.id}.{estimate.method}"
                names += [(f"{prefix}.effect", "measured"), (f"{prefix}.exposure", "measured_part")]
        elif row.item.startswith("financing."):
            names += [(f"{row.item}.{one}", "stated") for one in years]
        elif row.item.startswith("service."):
            service = row.item.split(".")[1]
            names += [(f"service.{service}.agreed", "stated")]
            names += [(f"service.{service}.year.{one}.volume", "stated") for one in years]
        elif row.layer == "cost" and f"cost.{row.item}" in values:
            names += [(f"cost.{row.item}", "stated")]
        if row.basis == "expected" and not row.item.startswith("financing."):
            names += [(f"project.volume.{one}", "stated") for one in years]
        if benefit is not None and row.basis == "expected":
            names += [(f"carried.{benefit.id}.{one}", "carried") for one in years]
        yield from (Explained(id=id, kind=kind, value=values[id]) for id, kind in dict.fromkeys(names) if id in values)


def _id(row: FlowRow, year: int | None) -> str:
    parts = [
        "flow",
        row.basis,
        row.actor,
        row.item,
        row.layer,
        row.unit,
        row.counterpart,
        "" if year is None else str(year),
    ]
    return ".".join(part for part in parts if part)


def _constant(drawn: Array, product: Array) -> float | None:
    """What the product is times to be what was drawn, the same in every draw; None when there is no such number."""
    place = int(np.abs(product).argmax())
    if product[place] == 0.0:
        return None
    weight = float(drawn[place] / product[place])
    size = float(np.abs(drawn).max())
    return weight if float(np.abs(product * weight - drawn).max()) <= _SAME * size else None


def _kind(row: FlowRow, *, is_events: bool) -> str:
    """Which sentence says how a row comes about."""
    first = row.item.partition(".")[0]
    if is_events:
        return f"row.events.{row.basis}"
    if is_residual(row.item):
        return "row.residual"
    if is_replacement(row.item):
        return "row.replaced"
    if first in {"service", "financing", "new_activity"}:
        return f"row.{first}"
    if row.item.endswith(f".{TRAVEL}"):
        return "row.travel"
    if row.unit != "kroner":
        return "row.physical"
    return f"row.{row.layer}"
