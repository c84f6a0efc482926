"""Bed-days and hours of each actor as Values: what is freed as such, never kroner and never in a net."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benefits.economics import Flows
from benefits.economics.staff import RELATIVES, StaffLine
from benefits.results.flow_values import add_spread
from benefits.results.spread import in_all_and_by_year
from benefits.results.values import Values
from benefits.vocabulary import BASES

CAPACITY = ("bed_days", "hours")
"""What capacity is counted in."""
EVERYBODY = "society"
"""How the ids say all actors together; of their time, that of staff only."""


def add_capacity(flows: Flows, lines: Sequence[StaffLine], values: Values) -> None:
    """Add ``actor_capacity.<actor>.<basis>.<bed_days or hours>[.<year>]``, negative where more is taken than freed.

    Bed-days are the rows of the flows. Hours are those that are freed, less those taken by what comes instead and by
    new activity; what the service uses is paid for in its cost, and stands in the staff matrix.
    """
    for basis in BASES:
        beds = flows.select(basis=basis, layer="capacity", unit="bed_days")
        for actor in (*dict.fromkeys(row.actor for row in beds.index), *((EVERYBODY,) if len(beds) else ())):
            own = beds if actor == EVERYBODY else beds.select(actor=actor)
            for id, draws in in_all_and_by_year(f"actor_capacity.{actor}.{basis}.bed_days", own.years, own.by_year()):
                if basis == "expected" or draws.any():
                    add_spread(id, draws, own, "bed_days", values, basis=basis, price_year=None)
        here = [line for line in lines if line.basis == basis and line.part != "used"]
        paid = [line for line in here if line.profession != RELATIVES]
        for actor in (*dict.fromkeys(line.actor for line in here), *((EVERYBODY,) if paid else ())):
            parts = paid if actor == EVERYBODY else [line for line in here if line.actor == actor]
            table = np.sum([line.hours if line.part == "freed" else -line.hours for line in parts], axis=0)
            items = {line.item for line in parts}
            own = flows.select(basis=basis, layer="capacity", unit=("hours", "minutes"), item=items)
            own = own if actor == EVERYBODY else own.select(actor=actor)
            for id, draws in in_all_and_by_year(f"actor_capacity.{actor}.{basis}.hours", flows.years, table):
                if basis == "expected" or draws.any():
                    add_spread(id, draws, own, "hours", values, basis=basis, price_year=None)
