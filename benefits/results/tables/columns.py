"""What the columns of the tables hold: type, unit and allowed values; a name means the same in every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from benefits.vocabulary import Basis, Exposure, Grade, Layer, Lifecycle, Standing, Unit, words

ColumnType = Literal["text", "number", "integer", "boolean", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its type, what its numbers are counted in, and the words it may hold.

    Attributes
    ----------
    type
        Dates are text as ISO 8601, so that a CSV file reads back the same.
    unit
        Of a number: a word of ``vocabulary.Unit``, or the name of the column that tells; empty where it has none.
    allowed
        The words there are; empty where it is free.
    """

    type: ColumnType
    unit: str = ""
    allowed: tuple[str, ...] = ()


def _text(*allowed: str) -> Column:
    return Column(type="text", allowed=allowed)


_IN_UNIT = Column(type="number", unit="unit")
_ID = _text()
_YEAR = Column(type="integer", unit="years")

COLUMNS: Mapping[str, Column] = {
    "id": _ID,
    "value": _IN_UNIT,
    "low": _IN_UNIT,
    "high": _IN_UNIT,
    "unit": _text(*words(Unit)),
    "per": _text(*words(Exposure)),
    "price_year": _YEAR,
    "basis": _text(*words(Basis)),
    "grade": _text(*words(Grade)),
    "elsewhere": Column(type="boolean"),
    "standing": _text(*words(Standing)),
    "source": _text(),
    "derived": Column(type="boolean"),
    "suppressed": Column(type="boolean"),
    "reason": _text(),
    "actor": _ID,
    "counterpart": _ID,
    "item": _ID,
    "layer": _text(*words(Layer)),
    "part": _text(),
    "year": _YEAR,
    "mean": _IN_UNIT,
    "p2_5": _IN_UNIT,
    "p50": _IN_UNIT,
    "p97_5": _IN_UNIT,
    "benefit": _ID,
    "method": _text(),
    "quantity": _text(),
    "service": _ID,
    "profession": _text(),
    "data": _ID,
    "group": _text(),
    "period": Column(type="date"),
    "input": _ID,
    "title": _text(),
    "distribution": _text(
        "fixed", "normal", "lognormal", "uniform", "triangular", "beta", "gamma", "mixture", "quantiles"
    ),
    "address": _text(),
    "reference_id": _text(),
    "evidence_id": _text(),
    "measure": _text(),
    "outcome": _text(),
    "follow_up_months": Column(type="number", unit="months"),
    "persons": Column(type="integer", unit="persons"),
    "population": _text(),
    "certainty": _text(),
    "published": Column(type="integer", unit="years"),
    "code": _text(),
    "subject": _text(),
    "weight": Column(type="integer", unit="count"),
    "parameters": _text(),
    "status": _text(*words(Lifecycle)),
    "indicator": _text(),
    "direction": _text(),
    "realisation": _text(),
    "baseline": _IN_UNIT,
    "target": _IN_UNIT,
    "target_date": Column(type="date"),
    "scenario": _text(),
}
"""Every column of every table, by name."""
