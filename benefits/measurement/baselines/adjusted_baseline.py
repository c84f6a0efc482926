"""What persons chosen in a bad period return to when nothing is done: a baseline that may be compared with."""

from __future__ import annotations

from benefits.measurement.contract import Check


def adjusted_rate(rate: float, *, years: float, population_rate: float, population_dispersion: float) -> float:
    """Return the rate that persons return to, given what they were seen to have over the baseline window.

    Under the gamma-Poisson model a person with Y events in w years is expected at (k + Y) / (k / m + w) afterwards,
    with m the population's mean rate and k the shape of its spread. It is linear in Y, so the mean of a group needs the
    group's rate only: (k + w r) / (k / m + w). It holds for whatever rule they were chosen by, as long as the rule
    looked at nothing but the events in the window; for the rule "at least c" its expectation is
    ``gamma_poisson(...).expected_next``.

    Parameters
    ----------
    rate
        Events per person-year of the chosen, over the baseline window.
    years
        Length of the window, which holds all the time the rule looked at.
    population_rate, population_dispersion
        Of everybody the rule was applied to: mean events per person-year, and the shape of the gamma distribution.

    Raises
    ------
    ValueError
        When a parameter is not above zero, or the rate is below it.

    References
    ----------
    Robbins H. An empirical Bayes approach to statistics. Proc. Third Berkeley Symposium 1956;1:157-163.

    Examples
    --------
    Hand-worked: k 1, m 0.5, one year, 2.5 a year: (1 + 2.5) / (1 / 0.5 + 1) = 3.5 / 3.

    >>> round(adjusted_rate(2.5, years=1.0, population_rate=0.5, population_dispersion=1.0), 4)
    1.1667
    """
    if min(years, population_rate, population_dispersion) <= 0 or rate < 0:
        raise ValueError("every parameter must be above zero, and the rate not below it")
    return (population_dispersion + years * rate) / (population_dispersion / population_rate + years)


def adjusted_mean(observed: float, *, mean: float, correlation: float, measurements: int = 1) -> float:
    """Return the mean that persons return to, given the mean of their baseline measurements.

    With variance between persons rho s2 and within them (1 - rho) s2, the mean of n measurements has reliability
    rho / (rho + (1 - rho) / n), and the chosen are expected that share of the way from everybody's mean to where they
    were seen. For choosing beyond a cut-off the distance moved back is that of Barnett and others on average.

    Parameters
    ----------
    observed
        Mean of the chosen, of the measurements they were chosen by.
    mean, correlation
        Of the measurement in everybody the rule was applied to; between two measurements of a person.
    measurements
        How many were averaged.

    Raises
    ------
    ValueError
        When ``correlation`` is outside 0 to 1 or ``measurements`` below one.

    References
    ----------
    Barnett, van der Pols and Dobson (2005), International Journal of Epidemiology 34:215-220.

    Examples
    --------
    >>> adjusted_mean(40.0, mean=60.0, correlation=0.5)
    50.0
    >>> round(adjusted_mean(40.0, mean=60.0, correlation=0.5, measurements=3), 6)
    45.0
    """
    if not 0 <= correlation <= 1 or measurements < 1:
        raise ValueError("correlation within 0 and 1, measurements >= 1")
    between = correlation
    within = (1 - correlation) / measurements
    return mean + (observed - mean) * between / (between + within)


def peak_months(*, window_months: int | None, gap_months: int, left_out_within: int = 0) -> Check:
    """Check whether months that the rule of selection looked at are kept out of the baseline.

    What holds under the gamma-Poisson model, when rates stay as they are: months before the window the rule looks at
    are expected at exactly the rate that follows, neither above it nor below, provided the rule looks at nothing else.
    Where persons come in the first time they meet the rule, they had not met it before; then the earlier months are
    below what follows, and a baseline without the peak corrects too much. So it does where months are left out because
    they were high. Where only part of the window is left out the rest of it is still too high.

    Parameters
    ----------
    window_months
        Months before the start that the rule looks at; None where that is not said.
    gap_months
        Months between the end of the baseline and the start.
    left_out_within
        Months of the rule's window that were left out as abnormal.

    Returns
    -------
    Check
        Passed when none is left out, failed when a part of the window is, unknown when all of it is or its length is
        not said.

    Examples
    --------
    >>> [peak_months(window_months=12, gap_months=gap).passed for gap in (0, 3, 12)]
    [True, False, None]
    """
    left_out = gap_months + left_out_within
    if window_months is not None:
        left_out = min(left_out, window_months)
    passed = True if left_out == 0 else False if window_months is not None and left_out < window_months else None
    return Check(code="peak_months_kept", passed=passed, parameters={"months": left_out})
