"""The numbers of a comparison as Values, under ids that begin with ``since.``; differences of hidden ones are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

from benefits.project.freezing import plan_of
from benefits.results.comparison.earlier import Earlier
from benefits.results.comparison.inputs import latest_row
from benefits.results.comparison.lines import Line
from benefits.results.comparison.model import Bridge, Comparison, NumberChange, Part
from benefits.results.deviations import NUMBERS, Deviation
from benefits.results.model import Results
from benefits.results.values import Value, Values


def then(value: Value) -> Value:
    """Return a number of the earlier report under the id it has in a comparison.

    Examples
    --------
    >>> then(Value(id="service.dho.full", value=1773.0, unit="kroner")).id
    'since.service.dho.full.old'
    """
    return replace(value, id=f"since.{value.id}.old")


def told(
    bridge: Bridge, lines: tuple[Line, ...], old: Mapping[str, Value], new: Mapping[str, Value]
) -> tuple[Bridge, list[Value]]:
    """Return a bridge with its numbers as values.

    The ends of its table stand without intervals and as exactly as they are, since a table is to be added up.

    Parameters
    ----------
    bridge
        With the ids the ends have in the two reports.
    lines
        What makes the difference; none where it is not taken apart.
    old, new
        Values of the two reports.
    """
    values: list[Value] = []
    if bridge.old:
        values.append(then(old[bridge.old]))
        bridge = replace(bridge, old=values[0].id)
    if not lines:
        return bridge, values
    now, head = new[bridge.new], f"since.{bridge.new}"
    was, is_now = values[0].value or 0.0, now.value or 0.0
    parts: list[Part] = []
    for name, amount in (("start", was), ("end", is_now), ("difference", is_now - was)):
        values.append(_plain(f"{head}.{name}", amount, now))
    for cause, item, amount in lines:
        part = Part(cause=cause, item=item, value=".".join(name for name in (head, "by", cause, item) if name))
        values.append(_plain(part.value, amount, now))
        parts.append(part)
    whole = replace(
        bridge, parts=tuple(parts), start=f"{head}.start", end=f"{head}.end", difference=f"{head}.difference"
    )
    return whole, values


def _plain(id: str, amount: float, like: Value) -> Value:
    return Value(id=id, value=amount, unit=like.unit, per=like.per, price_year=like.price_year, basis=like.basis)


def of_deviations(found: tuple[Deviation, ...], earlier: Earlier, results: Results) -> Iterator[Value]:
    """Yield the numbers of what differs in the plan, by the ids they have as deviations from a frozen plan."""
    plans = {"old": earlier.plan.plan if earlier.plan is not None else {}, "new": plan_of(results.project)}
    for one in found:
        for side, plan in plans.items():
            held, head = getattr(one, side), f"since.{one.id}"
            indicator = plan.get("benefits", {}).get(one.benefit, {}).get("indicator", {})
            if one.code in NUMBERS and held is not None:
                units = {"unit": indicator.get("unit", "count"), "per": indicator.get("per", "none")}
                yield Value(id=f"{head}.{side}", value=float(held), basis="expected", **units)
            elif one.code == "target.ramp":
                for year, share in (held or {}).items():
                    yield Value(id=f"{head}.{year}.{side}", value=float(share), unit="share", basis="expected")


def uptake_of(earlier: Earlier, results: Results) -> tuple[tuple[NumberChange, ...], list[Value]]:
    """Return where the last row of the ledger says otherwise, and the numbers then; no difference is worked out."""
    old, new = latest_row(earlier.values), latest_row(results.values)
    were = {field: then(earlier.values[id]) for field, id in old.items()}
    found: list[NumberChange] = []
    for field in dict.fromkeys([*new, *old]):
        was, now = were.get(field), results.values.get(new.get(field, ""))
        if (was and (was.value, was.suppressed)) != (now and (now.value, now.suppressed)):
            found.append(
                NumberChange(id=field, old=was.id if was is not None else "", new=now.id if now is not None else "")
            )
    return tuple(found), [were[one.id] for one in found if one.old]


def counts(found: Comparison) -> Iterator[Value]:
    """Yield how many figures, verdicts and gaps differ."""
    counted = {"figures": found.moved, "verdicts": found.verdicts, "closed": found.closed, "opened": found.opened}
    for name, several in counted.items():
        yield Value(id=f"since.count.{name}", value=float(len(several)), unit="count")


def with_values(values: Mapping[str, Value], further: list[Value]) -> Values:
    """Return all values; one that two parts of a comparison tell of stands once."""
    found = Values()
    for one in (*values.values(), *{one.id: one for one in further}.values()):
        fields = asdict(one)
        found.add(fields.pop("id"), fields.pop("value"), **fields)
    return found
