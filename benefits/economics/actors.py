"""Who pays and who gains: cost, cash and transfers per actor, and beside them the capacity nobody has cashed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benefits.economics.arrays import Array, frozen
from benefits.economics.flows import Flows
from benefits.economics.refusals import CannotCompute
from benefits.vocabulary import Basis, Layer, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNet:
    """What one actor, or society, gains and loses over some years; arrays of shape (draw,).

    Attributes
    ----------
    actor
        Its id; empty for society, all actors together.
    cost, cash, transfers
        Kroner that enter or leave its accounts; positive is good.
    net
        The three together.
    capacity, not_avoided
        Kroner of freed staff time and of what is not avoided: beside the net, never in it. None where no row holds any:
        nobody has said that it is zero.
    physical
        Events, bed-days and hours by unit.
    """

    actor: str
    cost: Array
    cash: Array
    transfers: Array
    net: Array
    capacity: Array | None
    not_avoided: Array | None
    physical: Mapping[Unit, Array]


def net(flows: Flows, *, basis: Basis = "expected", years: Collection[int] | None = None) -> tuple[ActorNet, ...]:
    """Return one row per actor in the order the flows name them, and society last.

    Parameters
    ----------
    flows
        Flows of a project; only those on ``basis`` are counted.
    basis
        ``expected``. Costs are known as expected only, and a net over two bases is never made.
    years
        The years to count; all when None.

    Raises
    ------
    CannotCompute
        When the basis is another than expected.

    Examples
    --------
    >>> from benefits.economics.flows import FlowRow
    >>> row = FlowRow(actor="k", item="c", layer="cost", basis="expected", unit="kroner", grade="assumed",
    ...               standing="assumed")
    >>> [(one.actor, one.net.tolist()) for one in net(Flows(index=(row,), years=(2025,), values=[[[-7.0]]]))]
    [('k', [-7.0]), ('', [-7.0])]
    """
    if basis != "expected":
        raise CannotCompute("no_net_on_basis", basis=basis)
    counted = flows.select(basis=basis)
    actors = tuple(dict.fromkeys(row.actor for row in counted.index))
    each = [_one(actor, counted.select(actor=actor), years) for actor in actors]
    return (*each, _one("", counted, years))


def to_frame(nets: tuple[ActorNet, ...]) -> pd.DataFrame:
    """Return mean, 2.5, 50 and 97.5 per cent per actor, layer and unit; society has an empty actor."""
    lines = []
    for one in nets:
        money = {name: getattr(one, name) for name in ("cost", "cash", "transfers", "net", "capacity", "not_avoided")}
        shown = [(name, "kroner", draws) for name, draws in money.items() if draws is not None]
        shown += [("capacity", unit, draws) for unit, draws in one.physical.items()]
        for name, unit, draws in shown:
            low, middle, high = (float(at) for at in np.quantile(draws, (0.025, 0.5, 0.975)))
            spread = {"mean": float(draws.mean()), "p2_5": low, "p50": middle, "p97_5": high}
            lines.append({"actor": one.actor, "part": name, "unit": unit, **spread})
    return pd.DataFrame(lines, columns=["actor", "part", "unit", "mean", "p2_5", "p50", "p97_5"])


def _one(actor: str, flows: Flows, years: Collection[int] | None) -> ActorNet:
    kroner = flows.select(unit="kroner")

    def total(layer: Layer) -> Array:
        return kroner.select(layer=layer).total(years)

    def beside(layer: Layer) -> Array | None:
        return total(layer) if len(kroner.select(layer=layer)) else None

    cost, cash, transfers = total("cost"), total("cash"), total("transfer")
    units = tuple(dict.fromkeys(row.unit for row in flows.index if row.unit != "kroner"))
    return ActorNet(
        actor=actor,
        cost=cost,
        cash=cash,
        transfers=transfers,
        net=frozen(cost + cash + transfers),
        capacity=beside("capacity"),
        not_avoided=beside("not_avoided"),
        physical={unit: flows.select(unit=unit).total(years) for unit in units},
    )
