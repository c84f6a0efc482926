"""A worked example of a settlement: those who gain give in proportion to their gain until no party loses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What each gives and gets, kroner over the years of the plan.

    Attributes
    ----------
    received
        By actor: what it gets (positive) or gives (negative); they sum to zero, and only those who give or get are in.
    need
        What the parties that lose must have to lose nothing.
    left
        How much of that those who gain cannot cover without losing themselves.
    """

    received: Mapping[str, float]
    need: float
    left: float


def settle(nets: Mapping[str, float], *, parties: Collection[str], may_give: Collection[str]) -> Settlement:
    """Return the settlement that leaves no party with a loss, as far as those who gain can bear it.

    Parameters
    ----------
    nets
        What each actor is left with before it, kroner.
    parties
        Those who are to lose nothing.
    may_give
        Those who may be asked, as patients may not; each gives the same share of what it gains, and never more than
        that.

    Examples
    --------
    A party loses 60, and two actors gain 100 and 20: each gives half of its gain.

    >>> found = settle({"k": -60.0, "hf": 100.0, "state": 20.0}, parties=("k", "hf"), may_give=("hf", "state"))
    >>> found.received, found.need, found.left
    ({'k': 60.0, 'hf': -50.0, 'state': -10.0}, 60.0, 0.0)

    Where they gain 30 together, half of what is needed, the party is left with half of its loss.

    >>> settle({"k": -60.0, "hf": 30.0}, parties=("k", "hf"), may_give=("hf",)).left
    30.0
    """
    lost = {actor: -net for actor, net in nets.items() if actor in parties and net < 0}
    gained = {actor: net for actor, net in nets.items() if actor in may_give and net > 0}
    need, gain = sum(lost.values()), sum(gained.values())
    given = min(need, gain)
    received: dict[str, float] = {}
    if given > 0:
        received = {actor: given * loss / need for actor, loss in lost.items()}
        received |= {actor: -given * net / gain for actor, net in gained.items()}
    return Settlement(received=received, need=need, left=need - given)
