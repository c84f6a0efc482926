"""What a control chart says of a process: did it change for better or worse, and will it reach a target."""

from __future__ import annotations

from benefits.measurement.charts.model import Assurance, ControlChart, Variation
from benefits.vocabulary import Direction


def variation(chart: ControlChart, *, direction: Direction) -> Variation:
    """Return whether the signals are an improvement, a concern, both, or there are none.

    Parameters
    ----------
    chart
        Its signals are looked at; too few crossings have no side and are no more than a sign that something changed.
    direction
        Which way is good.

    References
    ----------
    NHS England, Making Data Count: variation icons.
    """
    sides = {one.above for one in chart.signals if one.above is not None}
    good = direction == "higher_is_better"
    if sides == {True, False}:
        return "both"
    if not sides:
        return "common_cause"
    return "improvement" if sides == {good} else "concern"


def assurance(chart: ControlChart, *, target: float, direction: Direction) -> Assurance:
    """Return whether the process, as the last limits describe it, will reach a target.

    Within the limits, limits included, it is reached or missed by chance; beyond them always, or never, as long as
    nothing changes.

    Parameters
    ----------
    chart
        The limits of its last point are used.
    target
        In the unit of the points.
    direction
        Which way is good.

    References
    ----------
    NHS England, Making Data Count: assurance icons.
    """
    low, high = chart.low[-1], chart.high[-1]
    if low <= target <= high:
        return "hit_or_miss"
    reached = target < low if direction == "higher_is_better" else target > high
    return "consistently_reached" if reached else "consistently_missed"
