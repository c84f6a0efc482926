"""Counts from the service up to each date, as Values, with those hidden from which a few persons could be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from benefits.measurement.intervals import proportion_interval
from benefits.project.model import LedgerRow, Project
from benefits.results.limits import LIMIT
from benefits.results.values import Values
from benefits.vocabulary import Unit

COUNTS = ("started", "active", "invited", "accepted", "ended")
"""Counts of persons in the ledger; the first are the last to be hidden."""
CUMULATIVE = ("invited", "accepted", "started", "ended")
"""Counts of all up to the date, so that the difference of two dates is of the persons in between."""
WITHIN = (
    ("invited", "accepted"),
    ("invited", "started"),
    ("invited", "active"),
    ("invited", "ended"),
    ("accepted", "started"),
    ("accepted", "active"),
    ("accepted", "ended"),
    ("started", "active"),
    ("started", "ended"),
)
"""A count, and one of some of the same persons: the difference is the rest of them."""


def add_ledger_values(project: Project, values: Values, *, limit: int = LIMIT) -> None:
    """Add every count as ``ledger.<date>.<field>``, and two shares: of the invited who accepted, the started who ended.

    A share has its Wilson interval, and is hidden where either of its counts is.
    """
    hidden = hidden_counts(project.ledger, limit=limit)
    for row, concealed in zip(project.ledger, hidden, strict=True):
        prefix, source = f"ledger.{row.date.isoformat()}", project.said(row.source)
        for field in (*COUNTS, "units"):
            number, few = getattr(row, field), field in concealed
            if number is not None:
                unit: Unit = "count" if field == "units" else "persons"
                shown = None if few else number
                values.add(f"{prefix}.{field}", shown, unit=unit, basis="measured", source=source, suppressed=few)
        for name, of in (("accepted", "invited"), ("ended", "started")):
            part, whole = getattr(row, name), getattr(row, of)
            if part is None or not whole or part > whole:
                continue
            few = bool(concealed & {name, of})
            low, high = (None, None) if few else proportion_interval(part, whole)
            values.add(
                f"{prefix}.{name}.share",
                None if few else part / whole,
                low=low,
                high=high,
                unit="share",
                basis="measured",
                suppressed=few,
                source=source,
            )


def hidden_counts(rows: Sequence[LedgerRow], *, limit: int = LIMIT) -> tuple[frozenset[str], ...]:
    """Return, for each row of a ledger, the counts to hide so that no number of persons below the limit follows.

    Such a number may be a count itself, one count less another of some of the same persons, or a count less the same
    count at an earlier date. Those who started are taken as those active and those ended, where the row does not say
    otherwise. As few counts as possible are hidden in each row, and zero is shown.

    What is hidden in a row depends on the rows of earlier dates alone. A later row changes nothing about them, so two
    reports, one made before it was there, do not together tell more than the later one.

    Parameters
    ----------
    rows
        In any order, one for each date.
    limit
        Smallest number of persons, but for none, that may be told.

    Examples
    --------
    Twenty started and three are active. Seventeen have ended, which would tell of the three.

    >>> from datetime import date
    >>> [sorted(one) for one in hidden_counts([LedgerRow(date=date(2025, 6, 30), started=20, active=3, ended=17)])]
    [['active', 'ended']]
    """
    concealed: dict[int, frozenset[str]] = {}
    earlier: list[Mapping[str, int]] = []
    for at in sorted(range(len(rows)), key=lambda place: rows[place].date):
        stated = {field: number for field in COUNTS if (number := getattr(rows[at], field)) is not None}
        for hidden in _fewest_first(tuple(stated)):
            known = _known(stated, hidden)
            if not any(0 < number < limit for number in _told(known, earlier)):
                concealed[at] = hidden
                earlier.append(known)
                break
    return tuple(concealed[at] for at in range(len(rows)))


def _fewest_first(fields: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every set of fields that could be hidden: none, then each alone from the last, and so on to all of them."""
    for size in range(len(fields) + 1):
        yield from (frozenset(chosen) for chosen in combinations(reversed(fields), size))


def _known(stated: Mapping[str, int], hidden: frozenset[str]) -> dict[str, int]:
    """What a reader knows of a row: the counts shown, and who started or ended from the other two of the three.

    Who is active, from who started and ended, is among the differences of :data:`WITHIN`.
    """
    known = {field: number for field, number in stated.items() if field not in hidden}
    sums = stated.keys() >= {"started", "active", "ended"}
    if sums and stated["started"] != stated["active"] + stated["ended"]:
        return known
    if known.keys() >= {"started", "active"}:
        known.setdefault("ended", known["started"] - known["active"])
    elif known.keys() >= {"active", "ended"}:
        known["started"] = known["active"] + known["ended"]
    return known


def _told(known: Mapping[str, int], earlier: Iterable[Mapping[str, int]]) -> Iterator[int]:
    """Every number of persons that follows from what is known of a row and of those before it."""
    yield from known.values()
    yield from (known[whole] - known[part] for whole, part in WITHIN if known.keys() >= {whole, part})
    if known.keys() >= {"started", "active", "ended"}:
        yield known["started"] - known["active"] - known["ended"]
    for row in earlier:
        yield from (known[field] - row[field] for field in CUMULATIVE if field in known and field in row)
