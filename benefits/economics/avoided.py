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
    """

    cash: Yearly
    capacity: Yearly
    not_avoided: Yearly

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
) -> Layers:
    """Split the average cost of avoided events into cash, capacity and what is not avoided.

    Parameters
    ----------
    events
        Avoided events, shape (..., draw).
    unit_cost
        Average cost of one event, kroner, shape (draw,).
    cash_share, staff_share
        Shares of the average cost that can leave a budget, and that are staff time, shape (draw,).
    realisation_share
        How much of both can be put to use at all, shape (draw,); None is all of it. What cannot is not avoided.

    Returns
    -------
    Layers
        Three parts with the shape of ``events``; their sum is events times unit cost.

    Raises
    ------
    SharesOutOfRange
        When any draw has a share below zero, or shares that together are more than one. They are neither cut nor
        scaled: both would change the distributions somebody has given a source for, and a sum over one in a few draws
        says that the two shares were not judged together.

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
    """
    lowest = min(float(one.min()) for one in (cash_share, staff_share, realisation_share) if one is not None)
    if lowest < 0.0:
        raise SharesOutOfRange("share_below_zero", lowest=lowest)
    together = float((cash_share + staff_share).max())
    if together > 1.0 + _ROUNDING:
        raise SharesOutOfRange("shares_over_one", highest=together)
    if realisation_share is not None:
        highest = float(realisation_share.max())
        if highest > 1.0 + _ROUNDING:
            raise SharesOutOfRange("realisation_over_one", highest=highest)
        cash_share, staff_share = cash_share * realisation_share, staff_share * realisation_share
    cash, capacity = unit_cost * cash_share, unit_cost * staff_share
    # The rest of the whole, not a share of its own, so that the three make up the whole; and nothing at all, not a
    # rounding error with a sign, where the two shares are everything.
    left = np.where(cash_share + staff_share >= 1.0 - _ROUNDING, 0.0, unit_cost - cash - capacity)
    return Layers(cash=events * cash, capacity=events * capacity, not_avoided=events * left)
