"""Avoided events, and the three layers of what they cost on average: cash, capacity and what is not avoided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benefits.economics.arrays import Array
from benefits.economics.product import Product, Yearly, full
from benefits.economics.refusals import SharesOutOfRange

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Average cost of avoided events in three parts of one shape.

    Attributes
    ----------
    cash
        What can leave a budget in the short run.
    capacity
        What becomes free staff time, worth something only when somebody decides its use.
    not_avoided
        The rest: it is still paid.
    by_action
        Of the cash, what leaves a budget because of an action beyond the variable share; None without one.
    """

    cash: Yearly
    capacity: Yearly
    not_avoided: Yearly
    by_action: Yearly | None = None

    @property
    def whole(self) -> Array:
        """The three together: events times their average cost."""
        return full(self.cash) + full(self.capacity) + full(self.not_avoided)


def avoided_events(
    *,
    volume: Array,
    ramp: Array,
    expected_events: Array | None = None,
    ratio: Array | None = None,
    difference: Array | None = None,
) -> Product:
    """Return avoided events, shape (year, draw); negative when there are more of them.

    Parameters
    ----------
    volume
        Mean number of patients in the service, shape (year,), so patient-years.
    ramp
        Share of the effect reached, shape (year,).
    expected_events
        Events per patient-year without the service, shape (draw,); goes with ``ratio``.
    ratio
        Rate with the service over rate without it, shape (draw,).
    difference
        Rate with the service minus rate without it, per patient-year, shape (draw,). Instead of ``ratio``.

    Raises
    ------
    ValueError
        When not exactly one of ratio and difference is given, or a ratio stands without expected events.

    Notes
    -----
    ``volume x ramp x expected_events x (1 - ratio)``, or ``volume x ramp x (-difference)``.

    Examples
    --------
    80 patients with 0.68 admissions each, a fifth fewer, half of the effect reached: 80 x 0.5 x 0.68 x 0.2 = 5.44.

    >>> avoided_events(volume=np.array([80.0]), ramp=np.array([0.5]), expected_events=np.array([0.68]),
    ...                ratio=np.array([0.8])).full().round(9).tolist()
    [[5.44]]
    """
    if (ratio is None) == (difference is None):
        raise ValueError("a ratio or a difference, one of the two")
    if ratio is not None:
        if expected_events is None:
            raise ValueError("a ratio needs the events expected without the service")
        per_patient = expected_events * (1.0 - ratio)
    else:
        assert difference is not None
        per_patient = -difference
    return Product(years=volume * ramp, draws=per_patient)


def split(
    *,
    events: Yearly,
    unit_cost: Array,
    cash_share: Array,
    staff_share: Array,
    realisation_share: Array | None = None,
    refill_share: Array | None = None,
    action_share: Array | None = None,
    in_force: Array | None = None,
) -> Layers:
    """Split the average cost of avoided events into cash, capacity and what is not avoided.

    Parameters
    ----------
    events
        Avoided events, shape (..., draw).
    unit_cost
        Average cost of one event, kroner, shape (draw,).
    cash_share, staff_share
        Shares of the average cost that vary and can leave a budget, and that are staff time, shape (draw,).
    realisation_share
        How much of both can be put to use at all, shape (draw,); None is all of it. What cannot is not avoided.
    refill_share
        Share of the beds that are filled again, shape (draw,); None is none of them. The cost that varies is then spent
        on somebody else: it is no cash, and is not avoided.
    action_share
        Share of the average cost beyond the other two that leaves a budget because of an action, shape (draw,).
    in_force
        Share of each year in which the action is in force, 0 to 1, shape (year,); the events then have years as well.

    Returns
    -------
    Layers
        Three parts with the shape of ``events``; their sum is events times unit cost.

    Raises
    ------
    SharesOutOfRange
        When any draw has a share below zero, one over one, or shares that together are more than one. They are neither
        cut nor scaled: both would change the distributions somebody has given a source for, and a sum over one in a few
        draws says that the shares were not judged together.

    Notes
    -----
    ::

        cash        = events x unit cost x (1 - refill) x (cash share x realisation share + action share x in force)
        capacity    = events x unit cost x staff share x realisation share
        not avoided = the rest

    References
    ----------
    Roberts RR et al. Distribution of variable vs fixed costs of hospital care. JAMA 1999;281:644-649.

    Examples
    --------
    Ten events at 1000 kr, 16 % variable and 50 % staff: 1600 + 5000 + 3400 = 10 000 kr.

    >>> layers = split(events=np.array([10.0]), unit_cost=np.array([1000.0]), cash_share=np.array([0.16]),
    ...                staff_share=np.array([0.5]))
    >>> layers.cash.tolist(), layers.capacity.tolist(), layers.not_avoided.tolist()
    ([1600.0], [5000.0], [3400.0])

    Of the same, half can be put to use: 800 + 2500, and the rest, 6700, stays.

    >>> half = split(events=np.array([10.0]), unit_cost=np.array([1000.0]), cash_share=np.array([0.16]),
    ...              staff_share=np.array([0.5]), realisation_share=np.array([0.5]))
    >>> half.cash.tolist(), half.capacity.tolist(), half.not_avoided.tolist()
    ([800.0], [2500.0], [6700.0])

    A quarter of the beds are filled again: three quarters of 1600 kr leaves the budget.

    >>> split(events=np.array([10.0]), unit_cost=np.array([1000.0]), cash_share=np.array([0.16]),
    ...       staff_share=np.array([0.5]), refill_share=np.array([0.25])).cash.tolist()
    [1200.0]

    A ward closes in the middle of the first year and takes 20 % of the cost out: 1600 + 1000, then 1600 + 2000.

    >>> closed = split(events=np.array([[10.0], [10.0]]), unit_cost=np.array([1000.0]), cash_share=np.array([0.16]),
    ...                staff_share=np.array([0.5]), action_share=np.array([0.2]), in_force=np.array([0.5, 1.0]))
    >>> closed.cash.ravel().round(9).tolist(), closed.not_avoided.ravel().round(9).tolist()
    ([2600.0, 3600.0], [2400.0, 1400.0])
    """
    _refuse_out_of_range(cash_share, staff_share, action_share, others=(realisation_share, refill_share))
    variable, staff, action = cash_share, staff_share, action_share
    if realisation_share is not None:
        variable, staff = variable * realisation_share, staff * realisation_share
    if refill_share is not None:
        left_empty = 1.0 - refill_share
        variable = variable * left_empty
        action = None if action is None else action * left_empty
    if action is not None and in_force is not None:
        # One share per draw where the action is as much in force in every year: a product stays a product.
        steady = float(np.ptp(in_force)) == 0.0
        action = action * float(in_force[0]) if steady else np.multiply.outer(in_force, action)
    leaving = variable if action is None else variable + action
    cash, capacity = unit_cost * leaving, unit_cost * staff
    # The rest of the whole, not a share of its own, so that the three make up the whole; and nothing at all, not a
    # rounding error with a sign, where the shares are everything.
    left = np.where(leaving + staff >= 1.0 - _ROUNDING, 0.0, unit_cost - cash - capacity)
    return Layers(
        cash=_times(events, cash),
        capacity=_times(events, capacity),
        not_avoided=_times(events, left),
        by_action=None if action is None else _times(events, unit_cost * action),
    )


def _times(events: Yearly, per_event: Array) -> Yearly:
    return events * per_event if per_event.ndim == 1 else full(events) * per_event


def _refuse_out_of_range(
    cash_share: Array, staff_share: Array, action_share: Array | None, *, others: tuple[Array | None, Array | None]
) -> None:
    parts = [one for one in (cash_share, staff_share, action_share) if one is not None]
    lowest = min(float(one.min()) for one in (*parts, *others) if one is not None)
    if lowest < 0.0:
        raise SharesOutOfRange("share_below_zero", lowest=lowest)
    whole = cash_share + staff_share
    together = float((whole if action_share is None else whole + action_share).max())
    if together > 1.0 + _ROUNDING:
        code = "shares_over_one" if action_share is None else "shares_with_action_over_one"
        raise SharesOutOfRange(code, highest=together)
    for code, one in zip(("realisation_over_one", "refill_over_one"), others, strict=True):
        if one is not None and float(one.max()) > 1.0 + _ROUNDING:
            raise SharesOutOfRange(code, highest=float(one.max()))
