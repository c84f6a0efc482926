"""A Value: one number of a report with its interval, unit, basis, grade and source. Nothing is rounded here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benefits.economics.numbers import Spread
from benefits.vocabulary import Basis, Exposure, Grade, Standing, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One number, by a stable dotted id.

    Attributes
    ----------
    id
        As ``benefit.g1.baseline``.
    value, low, high
        The number and its 95 % interval, in ``unit`` per ``per``; None when there is none.
    price_year
        For kroner.
    basis, grade, standing, elsewhere, source
        Which column it belongs to, how well it is known, whether it was measured elsewhere, and where it is from.
    derived
        Worked out from other numbers, not stated as it is.
    suppressed
        Hidden because the cell is small.
    reason
        Why ``value`` is None.

    Examples
    --------
    >>> Value(id="benefit.g1.effect", value=-0.2, low=-0.5, high=0.1, unit="admissions").holds_no_effect
    True
    """

    id: str
    value: float | None
    unit: Unit
    low: float | None = None
    high: float | None = None
    per: Exposure = "none"
    price_year: int | None = None
    basis: Basis | None = None
    grade: Grade | None = None
    elsewhere: bool = False
    standing: Standing | None = None
    source: str = ""
    derived: bool = False
    suppressed: bool = False
    reason: str = ""

    @property
    def holds_no_effect(self) -> bool:
        """Whether the interval holds no effect: zero, or one for a ratio. False without an interval.

        A ratio per something is a weight, as DRG points per event, and no effect at all.
        """
        if self.low is None or self.high is None or (self.unit == "ratio" and self.per != "none"):
            return False
        return self.low <= (1.0 if self.unit == "ratio" else 0.0) <= self.high


LEVEL_VALUE = Value(id="level", value=0.95, unit="share")
"""Coverage of every interval shown."""


class Values(Mapping[str, Value]):
    """All values of one assessed project by id, sorted; an id can be set once only.

    Examples
    --------
    >>> values = Values()
    >>> values.add("b", 2.0, unit="hours").value, values.add("a", float("nan"), unit="hours", reason="no_data").value
    (2.0, None)
    >>> list(values)
    ['a', 'b']
    """

    def __init__(self) -> None:
        self._by_id: dict[str, Value] = {}

    def add(
        self,
        id: str,
        number: float | Spread | None,
        /,
        *,
        unit: Unit,
        low: float | None = None,
        high: float | None = None,
        per: Exposure = "none",
        price_year: int | None = None,
        basis: Basis | None = None,
        grade: Grade | None = None,
        elsewhere: bool = False,
        standing: Standing | None = None,
        source: str = "",
        derived: bool = False,
        suppressed: bool = False,
        reason: str = "",
    ) -> Value:
        """Add a number; one that is not finite becomes None with a reason, and a share is not per anything.

        A mean with its limits is the number and its interval. What a share is of is in its own definition: "40 per cent
        per contact" would be another number.

        Raises
        ------
        ValueError
            When the id is taken.
        """
        if id in self._by_id:
            raise ValueError(f"the value {id} is set twice")
        if isinstance(number, Spread):
            low, high, number = number.low, number.high, number.mean
        shown = _finite(number)
        if shown is None and not reason and not suppressed:
            reason = "not_finite" if number is not None else "missing"
        self._by_id[id] = Value(
            id=id,
            value=shown,
            unit=unit,
            low=_finite(low),
            high=_finite(high),
            per="none" if unit == "share" else per,
            price_year=price_year,
            basis=basis,
            grade=grade,
            elsewhere=elsewhere,
            standing=standing,
            source=source,
            derived=derived,
            suppressed=suppressed,
            reason=reason if shown is None else "",
        )
        return self._by_id[id]

    def take(self, others: Mapping[str, Value]) -> None:
        """Add values that were made apart from these.

        Raises
        ------
        ValueError
            When an id is taken; then none of them is added.
        """
        twice = self._by_id.keys() & others.keys()
        if twice:
            raise ValueError(f"set twice: {', '.join(sorted(twice))}")
        self._by_id.update(others)

    def __getitem__(self, id: str) -> Value:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._by_id))

    def __len__(self) -> int:
        return len(self._by_id)


def _finite(number: float | None) -> float | None:
    return float(number) if number is not None and math.isfinite(number) else None
