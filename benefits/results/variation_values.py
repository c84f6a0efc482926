"""How much the rates of areas differ beyond chance, as Values: from the areas as they are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from benefits.measurement.areas.variation import OUTER, AreaVariation, Of, variation
from benefits.results.model import PublishedSeries
from benefits.results.values import Values
from benefits.vocabulary import Unit

NOT_EVENTS: frozenset[Unit] = frozenset({"bed_days", "short_stay_days", "hours", "minutes"})
"""Many come to one stay, so chance makes them vary more than independent events would."""


def add_variation(series: Iterable[PublishedSeries], values: Values) -> tuple[PublishedSeries, ...]:
    """Add, as ``series.<data>.variation.*``, how the rates of areas vary, and return the series with who is far out.

    Areas whose numbers are hidden are left out: a highest over a lowest rate would tell of one of them. Days and hours
    have no measure of what is beyond chance.
    """
    return tuple(_one(one, values) if one.areas else one for one in series)


def _one(series: PublishedSeries, values: Values) -> PublishedSeries:
    rows = [
        (point.group, values[f"{point.id}.count"].value, values[f"{point.id}.exposure"].value)
        for point in series.points
    ]
    frame = pd.DataFrame([row for row in rows if None not in row], columns=["unit", "count", "exposure"])
    unit = values[series.points[0].id].unit
    of: Of = "shares" if unit == "share" else "events"
    found = variation(frame.astype({"count": float, "exposure": float}), of=of) if len(frame) else None
    if not isinstance(found, AreaVariation):
        return series
    prefix = f"series.{series.data}.variation"
    values.add(f"{prefix}.units", found.units, unit="count", basis="measured")
    for name in ("quotient", "quotient_5_95", "cv"):
        _add(f"{prefix}.{name}", getattr(found, name), values)
    if unit in NOT_EVENTS:
        return series
    for name in ("scv_log", "scv_linear"):
        _add(f"{prefix}.{name}", getattr(found, name), values)
    outside = tuple(point.unit for point in found.funnel if point.outside_outer)
    values.add(f"{prefix}.outside", len(outside), unit="count", basis="measured")
    values.add(f"{prefix}.small", len(found.small), unit="count", basis="measured")
    values.add(f"{prefix}.coverage", OUTER, unit="share", source="Spiegelhalter 2005")
    return replace(series, outside=outside)


def _add(id: str, value: float | None, values: Values) -> None:
    """Add a measure that can be worked out; one that cannot is missing, and the report says why."""
    if value is not None:
        values.add(id, value, unit="ratio", basis="measured")
