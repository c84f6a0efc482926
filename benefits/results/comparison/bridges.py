"""Each figure of page one then and now, taken apart where the two can be held together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Literal

from benefits.results.comparison.earlier import Earlier
from benefits.results.comparison.lines import (
    HiddenPart,
    Line,
    of_actor,
    of_arena,
    of_difference,
    of_effect,
    of_hours,
    of_price,
    of_product,
    of_society,
    with_rest,
)
from benefits.results.comparison.model import Bridge, NoBridge
from benefits.results.comparison.products import ByYear, products
from benefits.results.model import Results
from benefits.results.values import Value

Key = tuple[str, str, str]
"""Code, benefit and actor of a figure: what it is, whatever it was measured by."""


def bridges(
    earlier: Earlier, results: Results, *, kind: str, changed: frozenset[str]
) -> Iterator[tuple[Bridge, tuple[Line, ...]]]:
    """Yield every figure of page one, then or now, and the lines that make up how it moved.

    Parameters
    ----------
    earlier
        The earlier report.
    results, kind
        The report now.
    changed
        Ids of the benefits that are measured by another method, with other options or in other data than they were.
    """
    new = {(one.code, one.benefit, one.actor): one.value for one in results.headlines if kind in one.kinds}
    old = _headlines(earlier, new)
    factors = _Factors(earlier, results)
    for key in dict.fromkeys([*new, *old]):
        was, now = earlier.values.get(old.get(key, "")), results.values.get(new.get(key, ""))
        yield _bridge(key, was, now, earlier.values, results.values, factors, moved_method=key[1] in changed)


class _Factors:
    """The factors of numbers then and now; those of now are worked out once."""

    def __init__(self, earlier: Earlier, results: Results) -> None:
        self._earlier, self._new = earlier, products(results)

    def of(self, old: str, new: str) -> tuple[ByYear, ByYear] | None:
        was, now = self._earlier.products(old), self._new.get(new)
        return (was, now) if was is not None and now is not None else None


def _headlines(earlier: Earlier, new: Mapping[Key, str]) -> dict[Key, str]:
    """Return the figures then; of a file that does not name them, the numbers that are figures now."""
    if earlier.held.compared_by is None:
        return {key: id for key, id in new.items() if id in earlier.values}
    return {(one.code, one.benefit, one.actor): one.value for one in earlier.held.compared_by.headlines}


def _bridge(
    key: Key,
    was: Value | None,
    now: Value | None,
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    factors: _Factors,
    *,
    moved_method: bool,
) -> tuple[Bridge, tuple[Line, ...]]:
    code, benefit, actor = key
    reason = _reason(was, now, method=moved_method and _is_measured(code))
    lines: tuple[Line, ...] = ()
    if not reason and was is not None and now is not None and was.value is not None and now.value is not None:
        try:
            found = _lines(key, was, now, old, new, factors) if was.value != now.value else []
        except HiddenPart:
            found, reason = [], "hidden"
        if found is None:
            reason = "no_parts"
        elif not reason:
            lines = with_rest(found, old=was.value, new=now.value)
    bridge = Bridge(
        code=code,
        benefit=benefit,
        actor=actor,
        old=was.id if was is not None else "",
        new=now.id if now is not None else "",
        reason=reason,
        within=_within(was, now),
    )
    return bridge, lines


def _reason(was: Value | None, now: Value | None, *, method: bool) -> NoBridge | Literal[""]:
    """Return why the two cannot be held together; empty when they can."""
    if was is None:
        return "new"
    if now is None:
        return "gone"
    if was.suppressed or now.suppressed or was.value is None or now.value is None:
        return "hidden"
    if (was.unit, was.per) != (now.unit, now.per):
        return "unit"
    if was.price_year != now.price_year:
        return "price_year"
    if method or (was.id != now.id and was.id.startswith("estimate.")):
        return "method"
    return "year" if was.id != now.id else ""


def _is_measured(code: str) -> bool:
    return code == "effect" or code.endswith(".measured")


def _lines(
    key: Key, was: Value, now: Value, old: Mapping[str, Value], new: Mapping[str, Value], factors: _Factors
) -> list[Line] | None:
    """Return what the number moved by; None where it is not known what it is made of."""
    code, benefit, actor = key
    kind, _, basis = code.partition(".")
    if kind == "effect":
        return of_effect(old, new, now.id.removesuffix(".effect"))
    if kind == "net":
        return of_actor(old, new, actor, basis)
    if kind == "society_net":
        return of_society(old, new, now.id)
    if kind == "price":
        return of_price(old, new, benefit)
    if kind == "price_difference":
        return of_difference(old, new, now.id)
    if kind == "arena_result":
        return of_arena(old, new, now.id)
    if kind == "price_hours":
        return of_hours(old, new, benefit)
    both = factors.of(was.id, now.id)
    return of_product(*both) if both is not None else None


def _within(was: Value | None, now: Value | None) -> bool | None:
    """Whether each lies within the interval of the other; of what is not measured, chance has moved nothing."""
    if was is None or now is None or was.basis != "measured" or now.basis != "measured":
        return None
    parts = (was.value, was.low, was.high, now.value, now.low, now.high)
    if any(part is None or not math.isfinite(part) for part in parts):
        return None
    a, a_low, a_high, b, b_low, b_high = (float(part or 0.0) for part in parts)
    return a_low <= b <= a_high and b_low <= a <= b_high
