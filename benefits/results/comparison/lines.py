"""The lines between two values of one number: by what it is a difference, a sum or a product of, and the rest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from benefits.results.comparison.model import CAUSES, Cause
from benefits.results.comparison.products import ByYear, product
from benefits.results.comparison.shapley import contributions
from benefits.results.values import Value

Line = tuple[Cause, str, float]
"""What moved a number, of which item, and by how much."""
LAYERS: tuple[Cause, ...] = ("cost", "cash", "transfer")
_ROUNDING = 1e-9


class HiddenPart(Exception):
    """A part of a number is too small to be shown then or now, so that no difference may be told either."""


def with_rest(lines: list[Line], *, old: float, new: float) -> tuple[Line, ...]:
    """Return the lines that move anything, the largest first, and what they leave: together they make the difference.

    Examples
    --------
    >>> with_rest([("volume", "", 12.0), ("ramp", "", 0.0)], old=20.0, new=32.5)
    (('volume', '', 12.0), ('rest', '', 0.5))
    """
    size = max(abs(old), abs(new), *(abs(amount) for *_, amount in lines), 0.0)
    kept = sorted((line for line in lines if abs(line[2]) > _ROUNDING * size), key=lambda line: -abs(line[2]))
    rest = (new - old) - math.fsum(amount for *_, amount in kept)
    return (*kept, ("rest", "", rest)) if abs(rest) > _ROUNDING * size else tuple(kept)


def of_effect(old: Mapping[str, Value], new: Mapping[str, Value], prefix: str) -> list[Line] | None:
    """Return what an effect moved by: what was observed, and what is expected without, where all four are known."""
    found: list[Line] = []
    for cause, name, sign in (("observed", "observed", 1.0), ("without", "counterfactual", -1.0)):
        was, now = (_number(side, f"{prefix}.{name}") for side in (old, new))
        if was is None or now is None:
            return None
        found.append((_cause(cause), "", sign * (now - was)))
    return found


def of_product(old: ByYear, new: ByYear) -> list[Line] | None:
    """Return what a sum of products over years moved by: each factor, and years that have come or gone.

    A year that is counted in one of the two only is the change of years; of the others each factor has its share (see
    :func:`~benefits.results.comparison.shapley.contributions`). None when the two are not made of the same factors.

    Examples
    --------
    >>> of_product({2025: {"exposure": 50.0, "effect": 0.2}}, {2025: {"exposure": 60.0, "effect": 0.2},
    ...            2026: {"exposure": 10.0, "effect": 0.2}})
    [('exposure', '', 2.0), ('effect', '', 0.0), ('years', '', 2.0)]
    """
    if len({frozenset(factors) for side in (old, new) for factors in side.values()}) > 1:
        return None
    moved: dict[str, list[float]] = {}
    for year in sorted(old.keys() & new.keys()):
        for name, amount in contributions(old[year], new[year]).items():
            moved.setdefault(name, []).append(amount)
    come = [product(new[year]) for year in sorted(new.keys() - old.keys())]
    gone = [-product(old[year]) for year in sorted(old.keys() - new.keys())]
    found: list[Line] = [(_cause(name), "", math.fsum(amounts)) for name, amounts in moved.items() if name in CAUSES]
    return [*found, ("years", "", math.fsum([*come, *gone]))]


def of_actor(old: Mapping[str, Value], new: Mapping[str, Value], actor: str, basis: str) -> list[Line]:
    """Return what the net of an actor moved by: its cost, the cash of each benefit, and each transfer."""
    found: list[Line] = [_moved("cost", "", f"actor.{actor}.{basis}.cost", old, new)]
    cash, head, tail = f"actor.{actor}.{basis}.cash", f"layer.{basis}.", ".cash"
    if cash in old or cash in new:
        ids = [id for id in _ids(old, new, head) if id.endswith(tail)]
        of_items = [_moved("cash", id.removeprefix(head).removesuffix(tail), id, old, new) for id in ids]
        whole = _moved("cash", "", cash, old, new)
        # The cash of a benefit may be another actor's: only where they make the actor's own are they told apart.
        apart = math.isclose(math.fsum(one[2] for one in of_items), whole[2], rel_tol=_ROUNDING, abs_tol=_ROUNDING)
        found += of_items if apart else [whole]
    head, tail = f"transfer.{basis}.", f".{actor}"
    for id in _ids(old, new, head):
        if id.endswith(tail):
            found.append(_moved("transfer", id.removeprefix(head).removesuffix(tail), id, old, new))
    return found


def of_society(old: Mapping[str, Value], new: Mapping[str, Value], id: str) -> list[Line]:
    """Return what everybody's net together moved by: cost and cash, since transfers are nothing to all of them."""
    whole = id.removesuffix(".net")
    return [_moved("cost", "", f"{whole}.cost", old, new), _moved("cash", "", f"{whole}.cash", old, new)]


def of_price(old: Mapping[str, Value], new: Mapping[str, Value], service: str) -> list[Line]:
    """Return what the price of a patient-month moved by: each of its parts."""
    head, found = f"{service}.part.", []
    for id in _ids(old, new, head):
        kind, _, item = id.removeprefix(head).partition(".")
        found.append(_moved(_cause(f"part.{kind}"), item, id, old, new))
    return found


def of_difference(old: Mapping[str, Value], new: Mapping[str, Value], id: str) -> list[Line]:
    """Return what a year's price less cost moved by: what is received, and what it costs."""
    year = id.removesuffix(".difference")
    cause, item, cost = _moved("cost", "", f"{year}.cost", old, new)
    # What several parties pay together is not received from one of them.
    paid = "charged" if f"{year}.charged" in old and f"{year}.charged" in new else "received"
    return [_moved("received", "", f"{year}.{paid}", old, new), (cause, item, -cost)]


def of_arena(old: Mapping[str, Value], new: Mapping[str, Value], id: str) -> list[Line]:
    """Return what a year of a test arena moved by: its income, and its cost."""
    year = id.removesuffix(".result")
    cause, item, cost = _moved("cost", "", f"{year}.cost", old, new)
    return [_moved("income", "", f"{year}.income", old, new), (cause, item, -cost)]


def of_hours(old: Mapping[str, Value], new: Mapping[str, Value], service: str) -> list[Line] | None:
    """Return what the hours of a service moved by: the number of patients, and the time each of them takes."""
    sides: list[ByYear] = []
    for side in (old, new):
        hours, patients = (_number(side, f"{service}.{name}") for name in ("hours", "volume"))
        if hours is None or not patients:
            return None
        sides.append({0: {"volume": patients, "time_per_patient": hours / patients}})
    return of_product(*sides)


def _moved(cause: Cause, item: str, id: str, old: Mapping[str, Value], new: Mapping[str, Value]) -> Line:
    """Return by how much a part moved; one that is not there is nothing."""
    if any(side[id].suppressed for side in (old, new) if id in side):
        raise HiddenPart(id)
    return cause, item, (_number(new, id) or 0.0) - (_number(old, id) or 0.0)


def _ids(old: Mapping[str, Value], new: Mapping[str, Value], head: str) -> Iterator[str]:
    return (id for id in sorted({*old, *new}) if id.startswith(head))


def _number(values: Mapping[str, Value], id: str) -> float | None:
    one = values.get(id)
    return one.value if one is not None else None


def _cause(name: str) -> Cause:
    """Return the name as a cause."""
    found = next((one for one in CAUSES if one == name), None)
    if found is None:
        raise ValueError(f"{name} moves nothing that is told of")
    return found
