"""What it could be worth to know more before deciding to go on: of everything, and of one input alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.flows import MONEY_THAT_MOVES
from benefits.economics.refusals import CannotCompute
from benefits.economics.sensitivity.model import SOCIETY, Model

KNOTS = 4
"""Inner knots of the curve through net by input: enough for a step or a bend, few enough not to follow chance."""
FEWEST_DRAWS = 200
"""With fewer, the curve follows chance."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """What more knowledge could be worth to one actor, or to all together.

    Attributes
    ----------
    actor
        Whose decision: go on when net is expected not to be below zero, else not.
    goes_on
        What the numbers say today.
    evpi
        Kroner: what knowing everything would be worth at most.
    evppi
        Input -> kroner: what knowing that input alone would be worth at most; the largest first.
    """

    actor: str
    goes_on: bool
    evpi: float
    evppi: Mapping[str, float]


def evpi(net: Array) -> float:
    """Return the expected value of perfect information: kroner.

    Parameters
    ----------
    net
        Kroner of going on instead of not, shape (draw,).

    Notes
    -----
    ``E[max(0, net)] - max(0, E[net])``: with everything known the right choice is made in each draw, without it the
    same choice in all. The interval of the mean is no part of it.

    References
    ----------
    Claxton K. The irrelevance of inference: a decision-making approach to the stochastic evaluation of health care
    technologies. J Health Econ 1999;18:341-364.

    Examples
    --------
    As likely to gain 30 as to lose 20: going on is worth 5; known beforehand, 30 half of the time, 15. 15 - 5 = 10.

    >>> evpi(np.array([30.0, -20.0]))
    10.0
    """
    return max(0.0, float(np.maximum(net, 0.0).mean()) - max(0.0, float(net.mean())))


def evppi(net: Array, column: Array) -> float:
    """Return the expected value of perfect information on one input: kroner.

    Parameters
    ----------
    net
        Kroner of going on instead of not, shape (draw,).
    column
        The draws of the input, in the same order.

    Notes
    -----
    ``E[max(0, E[net | input])] - max(0, E[net])``. The mean net at each value of the input is read off a smooth curve
    through the draws: cubic regression on the rank of the input, with knots at equal distances, and no more of its
    spread than is beyond what chance gives such a curve. No new draws are made. It is never more than ``evpi``.

    References
    ----------
    Strong M, Oakley JE, Brennan A. Estimating multiparameter partial expected value of perfect information from a
    probabilistic sensitivity analysis sample: a nonparametric regression approach. Med Decis Making 2014;34:311-326.

    Examples
    --------
    When nothing else is uncertain, knowing the input is knowing everything: uniform between -1 and 1, it is 1/4.

    >>> column = np.linspace(-1.0, 1.0, 2001)
    >>> round(evppi(column, column), 3)
    0.25
    """
    if np.ptp(column) == 0.0:
        return 0.0
    return min(evpi(net), evpi(_mean_given(net, column)))


def _mean_given(net: Array, column: Array) -> Array:
    """The mean net given the input in each draw: least squares on a cubic spline of its rank."""
    from scipy.stats import rankdata

    # In ranks the curve has as many draws between all knots; equal values have one rank.
    at = (rankdata(column) - 0.5) / len(column)
    inner = np.linspace(0.0, 1.0, KNOTS + 2)[1:-1]
    # The value itself beside its rank: a straight line in the input is then met exactly, however long its tails.
    scaled = (column - column.mean()) / column.std()
    terms = [np.ones_like(at), scaled, at, at**2, at**3, *(np.maximum(at - knot, 0.0) ** 3 for knot in inner)]
    basis = np.stack(terms, axis=1)
    size = max(1.0, float(np.abs(net).max()))
    solved, *_ = np.linalg.lstsq(basis, net / size, rcond=None)
    fitted: Array = basis @ solved * size
    # A curve follows chance as well, by as much as it has terms: that part of its spread is taken out again.
    mean, free = net.mean(), len(terms) - 1
    explained, left = float(((fitted - mean) ** 2).sum()), float(((net - fitted) ** 2).sum())
    by_chance = free * left / (len(net) - free - 1)
    kept = np.sqrt(max(0.0, 1.0 - by_chance / explained)) if explained > 0 else 0.0
    given: Array = mean + kept * (fitted - mean)
    return given


def value_of_information(model: Model, *, actor: str = SOCIETY) -> Information:
    """Return what more knowledge could be worth to an actor who decides whether to go on.

    Parameters
    ----------
    model
        The calculation, with at least ``FEWEST_DRAWS`` draws.
    actor
        Id; ``society`` for all together.

    Raises
    ------
    CannotCompute
        ``no_decision`` when the actor has no kroner in the plan, or nothing to pay: there is nothing to say no to.
        ``nothing_uncertain`` when its net is certain. ``too_few_draws``.

    Notes
    -----
    It is a ceiling, and only as good as the distributions: of an assumption it says what somebody's doubt would be
    worth to settle. What has been paid already is counted as if it could still be said no to.
    """
    if model.draws.n < FEWEST_DRAWS:
        raise CannotCompute("too_few_draws", n=model.draws.n, least=FEWEST_DRAWS)
    money = model.flows().select(unit="kroner", basis="expected", layer=MONEY_THAT_MOVES)
    own = money if actor == SOCIETY else money.select(actor=actor)
    pays = any(float(part.total().mean()) < 0.0 for part in (own.select(item=row.item) for row in own.index))
    if not pays:
        raise CannotCompute("no_decision", actor=actor)
    net = own.total()
    if np.ptp(net) <= _ROUNDING * max(1.0, float(np.abs(net).max())):
        raise CannotCompute("nothing_uncertain", actor=actor)
    each = {name: evppi(net, model.draws.column(name, distribution)) for name, distribution in model.uncertain.items()}
    return Information(
        actor=actor,
        goes_on=bool(net.mean() >= 0.0),
        evpi=evpi(net),
        evppi=dict(sorted(each.items(), key=lambda one: (-one[1], one[0]))),
    )
