"""What may be added up over projects: freed hours, and kroner of one price year; never across bases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benefits.results.portfolio.model import Amount, LeftOut, Member, Sum
from benefits.results.values import Value, Values
from benefits.vocabulary import BASES, Basis, weakest

SUMMED = ("hours", "cost", "cash")
PREFIX = "portfolio.sum"
REASONS = ("nothing_stated", "in_minutes", "did_not_come", "illustration", "no_price_year")
"""Why something is left out of a sum; the catalogues hold a sentence for each."""


def add_sums(members: tuple[Member, ...], values: Values) -> tuple[tuple[Sum, ...], tuple[LeftOut, ...]]:
    """Add every sum of two projects or more, and tell what the sums do not hold.

    The interval of a sum goes from the sum of the lower limits to the sum of the upper ones. Projects share assumptions
    and none tells how their errors hang together; this is what the interval is when they all err the same way, which
    for these sums is the widest that is reasonable.

    Parameters
    ----------
    members
        The projects.
    values
        Receives the sums, as ``portfolio.sum.hours.expected`` and ``portfolio.sum.cost.expected.2024``.
    """
    sums: list[Sum] = []
    for code in SUMMED:
        for basis in BASES:
            for year in _price_years(members, code, basis, values):
                sums += _sum(code, basis, year, members, values)
    return tuple(sums), tuple(_left_out(members, values))


def _may_be_summed(one: Amount, code: str, basis: Basis) -> bool:
    return one.code == code and one.basis == basis and not one.illustration


def _price_years(members: Iterable[Member], code: str, basis: Basis, values: Values) -> list[int | None]:
    found = {
        values[one.value].price_year
        for member in members
        for one in member.amounts
        if _may_be_summed(one, code, basis) and (code == "hours" or values[one.value].price_year is not None)
    }
    return sorted(found, key=lambda year: year or 0)


def _sum(code: str, basis: Basis, year: int | None, members: Iterable[Member], values: Values) -> Iterator[Sum]:
    parts = {
        member.project.id: [
            values[one.value]
            for one in _countable(member, code)
            if _may_be_summed(one, code, basis) and values[one.value].price_year == year
        ]
        for member in members
    }
    parts = {project: found for project, found in parts.items() if found}
    if len(parts) < 2:
        return
    added = [value for found in parts.values() for value in found]
    id = f"{PREFIX}.{code}.{basis}" + (f".{year}" if year is not None else "")
    limits = [
        sum(limit if limit is not None else value.value or 0.0 for value in added for limit in [getattr(value, end)])
        for end in ("low", "high")
    ]
    certain = all(value.low is None for value in added)
    values.add(
        id,
        sum(value.value or 0.0 for value in added),
        low=None if certain else limits[0],
        high=None if certain else limits[1],
        unit="hours" if code == "hours" else "kroner",
        price_year=year,
        basis=basis,
        grade=weakest(*(value.grade or "assumed" for value in added)),
    )
    values.add(f"{id}.projects", len(parts), unit="count")
    yield Sum(code=code, basis=basis, value=id, projects=tuple(parts))


def _countable(member: Member, code: str) -> Iterator[Amount]:
    """Amounts of a code, but not the hope of a benefit that did not come."""
    ended = {one.id for one in member.project.benefits if one.status in {"not_realised", "dropped"}}
    for one in member.amounts:
        if one.code == code and not (one.basis == "expected" and one.item in ended):
            yield one


def _left_out(members: tuple[Member, ...], values: Values) -> Iterator[LeftOut]:
    """Each reason once, with the projects it concerns, in the order of the portfolio."""
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for member in members:
        for code, reason in _reasons(member, values):
            reasons.setdefault((code, reason), {})[member.project.id] = None
    for code, reason in sorted(reasons):
        values.add(f"portfolio.left_out.{code}.{reason}", len(reasons[code, reason]), unit="count")
        yield LeftOut(code=code, reason=reason, projects=tuple(reasons[code, reason]))


def _reasons(member: Member, values: Values) -> Iterator[tuple[str, str]]:
    amounts = member.amounts
    expected = {one.code for one in amounts if one.basis == "expected"}
    for code in ("hours", "cost", "cash"):
        if code not in expected and not (code == "hours" and "minutes" in expected):
            yield code, "nothing_stated"
    if any(one.code == "minutes" for one in amounts):
        yield "hours", "in_minutes"
    kept = {one.value for code in SUMMED for one in _countable(member, code)}
    for code in ("hours", "cash"):
        if any(one.code == code and not one.illustration and one.value not in kept for one in amounts):
            yield code, "did_not_come"
    if any(one.illustration for one in amounts):
        yield "cash", "illustration"
    for code in ("cost", "cash"):
        if any(one.code == code and _without_year(values[one.value]) for one in amounts):
            yield code, "no_price_year"


def _without_year(value: Value) -> bool:
    return value.unit == "kroner" and value.price_year is None
