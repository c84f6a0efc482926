"""Which counts of the ledger to hide, so that no number of persons below the limit follows from those shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benefits.project.model import LedgerRow
from benefits.results.limits import LIMIT

REASONS = ("fell_out", "completed", "died", "other_reason")
"""Why persons ended."""
COUNTS = ("started", "active", "invited", "accepted", "ended", *REASONS)
"""Counts of persons in the ledger; the first are the last to be hidden."""

_PARTS = ("declined", "waiting", "active", "unknown", *REASONS, "no_reason")
"""Those invited, each in one part: not accepted, not started, active, neither active nor ended, ended by reason."""
_ENDED = frozenset({*REASONS, "no_reason"})
_STARTED = _ENDED | {"active", "unknown"}
_SETS: Mapping[str, frozenset[str]] = {
    "invited": frozenset(_PARTS),
    "accepted": frozenset(_PARTS) - {"declined"},
    "started": _STARTED,
    "active": frozenset({"active"}),
    "ended": _ENDED,
    **{reason: frozenset({reason}) for reason in REASONS},
}
_UNIONS: NDArray[np.float64] = (np.arange(1, 2 ** len(_PARTS))[:, None] >> np.arange(len(_PARTS)) & 1).astype("float64")
"""Every set of persons that parts make up, one a row."""
_EXACT = 1e-6


def _place(parts: frozenset[str]) -> int:
    """Where a set of persons stands among all there are."""
    return sum(1 << at for at, part in enumerate(_PARTS) if part in parts) - 1


_LASTING: Mapping[str, int] = {
    **{name: _place(_SETS[name]) for name in ("invited", "accepted", "started")},
    **{
        "+".join(chosen): _place(frozenset(chosen))
        for size in range(1, len(_ENDED) + 1)
        for chosen in combinations(sorted(_ENDED), size)
    },
}
"""Sets nobody leaves, all up to the date, so that the difference of two dates is of those in between."""


def hidden_counts(rows: Sequence[LedgerRow], *, limit: int = LIMIT) -> tuple[frozenset[str], ...]:
    """Return, for each row of a ledger, the counts to hide so that no number of persons below the limit follows.

    Such a number may be a count itself, any sum or difference of counts that is a number of some of the same persons
    (as those who ended less those who completed), or the same number less what it was at an earlier date. Those who
    started are taken as those active and those ended, and those ended as those of the four reasons, where the row does
    not say otherwise. As few counts as possible are hidden in each row, and zero is shown.

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
    earlier: dict[str, set[int]] = {}
    for at in sorted(range(len(rows)), key=lambda place: rows[place].date):
        stated = {field: number for field in COUNTS if (number := getattr(rows[at], field)) is not None}
        few = frozenset(field for field, number in stated.items() if 0 < number < limit)
        for hidden in _fewest_first(stated, few):
            known, lasting = _known(stated, hidden)
            if any(0 < number < limit for number in known):
                continue
            # Fewer than the limit since any earlier date; a ledger of each week has too many dates to go through.
            since = ((name, number - few) for name, number in lasting.items() for few in range(1, limit))
            if any(number in earlier.get(name, ()) for name, number in since):
                continue
            concealed[at] = hidden
            for name, number in lasting.items():
                earlier.setdefault(name, set()).add(number)
            break
    return tuple(concealed[at] for at in range(len(rows)))


def _fewest_first(stated: Iterable[str], few: frozenset[str]) -> Iterator[frozenset[str]]:
    """Every set of fields that could be hidden: those of a few persons, then with one more from the last, and so on."""
    others = [field for field in reversed(tuple(stated)) if field not in few]
    for size in range(len(others) + 1):
        yield from (few | frozenset(chosen) for chosen in combinations(others, size))


def _known(stated: Mapping[str, int], hidden: frozenset[str]) -> tuple[tuple[int, ...], dict[str, int]]:
    """Every number of persons a reader can work out from a row, and by name those that can only grow with time."""
    shown = [field for field in stated if field not in hidden]
    empty = tuple(frozenset({part}) for part in _taken_as_none(stated))
    which, how = _worked_out((*(_SETS[field] for field in shown), *empty))
    numbers = np.array([stated[field] for field in shown] + [0] * len(empty), dtype="float64")
    known = np.rint(how @ numbers).astype("int64").tolist() if which.size else []
    by_set = dict(zip(which.tolist(), known, strict=True))
    lasting = {name: by_set[place] for name, place in _LASTING.items() if place in by_set}
    return tuple(known), lasting


def _taken_as_none(stated: Mapping[str, int]) -> Iterator[str]:
    """Parts a reader takes as empty, where the row does not say otherwise."""
    reasons = sum(stated[reason] for reason in REASONS) if stated.keys() >= set(REASONS) else None
    ended = stated.get("ended", reasons)
    whole = stated.keys() >= {"started", "active"}
    if not whole or ended is None or stated["started"] == stated["active"] + ended:
        yield "unknown"
    left = stated.get("ended", stated["started"] - stated["active"] if whole else None)
    if reasons is None or left is None or left == reasons:
        yield "no_reason"


@lru_cache(maxsize=4096)
def _worked_out(given: tuple[frozenset[str], ...]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which sets of persons follow from the given ones, and how: their places, and each one's weights of the given."""
    rows = np.array([[part in one for part in _PARTS] for one in given], dtype="float64").reshape(-1, len(_PARTS))
    weights = _UNIONS @ np.linalg.pinv(rows)
    follows = np.flatnonzero(np.abs(weights @ rows - _UNIONS).max(axis=1) < _EXACT)
    return follows, weights[follows]
