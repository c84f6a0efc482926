"""Centre and limits of each type of control chart, from the points they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median

from benefits.measurement.charts.model import Kind, Limits

D2 = 1.128
"""Mean range of two independent normal values in standard deviations, as tables of control charts print it."""
D4 = 3.267
"""Upper limit of a moving range in mean moving ranges."""


def limits_of(kind: Kind, *, count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    """Return centre and limits of one type of chart.

    With count k and exposure n of each point::

        xmr      x = k / n            mean x                 sigma = mean moving range of x / 1.128
        p        x = k / n            sum k / sum n          sigma = sqrt(mean (1 - mean) / n)
        u        x = k / n            sum k / sum n          sigma = sqrt(mean / n)
        c        x = k                mean k                 sigma = sqrt(mean)
        g        x = k (between two)  mean k; centre median  sigma = sqrt(mean (mean + 1))
        p', u'   as p and u, sigma times the mean moving range of (x - mean) / sigma, over 1.128

    Limits are mean -+ 3 sigma. Screening leaves moving ranges above 3.267 times their mean out, once.

    Parameters
    ----------
    kind
        Type of chart.
    count, exposure
        Of each point the limits rest on, in order of time.
    screen
        Whether large moving ranges are left out (of xmr, p' and u').

    Raises
    ------
    ValueError
        With fewer than two points.

    References
    ----------
    Montgomery DC. Introduction to Statistical Quality Control. 6th ed. Wiley 2009, chapters 6 and 7. Nelson LS. Control
    charts for individual measurements. J Qual Technol 1982;14:172-173 (screening). Laney DB. Improved control charts
    for attributes. Qual Eng 2002;14:531-537. Provost LP, Murray SK. The Health Care Data Guide. Jossey-Bass 2011 (g).

    Examples
    --------
    Hand-worked: 10 of 100 and 30 of 100; mean 0.2, sigma of a point of 100 is sqrt(0.2 x 0.8 / 100) = 0.04.

    >>> limits = limits_of("p", count=[10, 30], exposure=[100, 100], screen=False)
    >>> round(limits.mean, 6), round(limits.sigma_of(100), 6)
    (0.2, 0.04)
    """
    if len(count) < 2:
        raise ValueError("limits need two points")
    return _OF[kind](count, exposure, screen)


def moving_ranges(points: Sequence[float], *, screen: bool) -> tuple[float, int, int]:
    """Return the mean moving range, how many it rests on, and how many were screened out.

    Examples
    --------
    >>> moving_ranges([4, 6, 4, 6], screen=False)
    (2.0, 3, 0)
    """
    every = [abs(later - earlier) for earlier, later in pairwise(points)]
    mean = fmean(every)
    kept = [one for one in every if one <= D4 * mean] if screen else every
    return fmean(kept), len(kept), len(every) - len(kept)


def _xmr(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    points = [events / of for events, of in zip(count, exposure, strict=True)]
    spread, ranges, screened = moving_ranges(points, screen=screen)
    mean = fmean(points)
    return Limits(centre=mean, mean=mean, sigma=spread / D2, sized=False, ranges=ranges, screened=screened)


def _p(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    mean = sum(count) / sum(exposure)
    sigma = (mean * (1 - mean)) ** 0.5
    return Limits(centre=mean, mean=mean, sigma=sigma, sized=True, lowest=0.0, highest=1.0)


def _u(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    mean = sum(count) / sum(exposure)
    return Limits(centre=mean, mean=mean, sigma=mean**0.5, sized=True, lowest=0.0)


def _c(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    mean = fmean(count)
    return Limits(centre=mean, mean=mean, sigma=mean**0.5, sized=False, lowest=0.0)


def _g(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
    mean = fmean(count)
    return Limits(centre=median(count), mean=mean, sigma=(mean * (mean + 1)) ** 0.5, sized=False, lowest=0.0)


def _prime(
    plain: Callable[[Sequence[float], Sequence[float], bool], Limits],
) -> Callable[[Sequence[float], Sequence[float], bool], Limits]:
    """Widen limits by how much more the points vary from one to the next than events alone would make them."""

    def widened(count: Sequence[float], exposure: Sequence[float], screen: bool) -> Limits:
        held = plain(count, exposure, screen)
        if held.sigma == 0:
            return held
        z = [(events / of - held.mean) / held.sigma_of(of) for events, of in zip(count, exposure, strict=True)]
        spread, ranges, screened = moving_ranges(z, screen=screen)
        sigma_z = spread / D2
        return Limits(
            centre=held.centre,
            mean=held.mean,
            sigma=held.sigma * sigma_z,
            sized=True,
            screened=screened,
            ranges=ranges,
            sigma_z=sigma_z,
            lowest=held.lowest,
            highest=held.highest,
        )

    return widened


_OF: Mapping[Kind, Callable[[Sequence[float], Sequence[float], bool], Limits]] = {
    "xmr": _xmr,
    "p": _p,
    "u": _u,
    "c": _c,
    "g": _g,
    "p_prime": _prime(_p),
    "u_prime": _prime(_u),
}
