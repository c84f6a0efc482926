"""Whether an estimate rests on everyone included, also those who stopped (intention to treat)."""

from __future__ import annotations

from dataclasses import replace

from benefits.measurement.contract import Check, Estimate, lowered

ONLY_ACTIVE = ".only_active"
"""What is put after a method's id when it was used on those who took part, only while they did."""


def everyone_included(estimate: Estimate, *, only_active: bool) -> Estimate:
    """Return the estimate with the check of whom it rests on; of only the active it is named as that, and weaker.

    Those who stop are often those it did not help, or the sickest. Leaving them out compares the persons it went well
    for with everyone else. A grade already lowered by a failed check is not lowered once more.

    Parameters
    ----------
    estimate
        What a method found.
    only_active
        Whether the data end for each person when that person stopped.

    References
    ----------
    Hernán and Robins (2017), Per-protocol analyses of pragmatic trials, N Engl J Med 377:1391-1398.
    """
    check = Check(code="everyone_included", passed=not only_active)
    if not only_active:
        return replace(estimate, checks=(*estimate.checks, check))
    failed = any(one.passed is False for one in estimate.checks)
    return replace(
        estimate,
        method=f"{estimate.method}{ONLY_ACTIVE}",
        checks=(*estimate.checks, check),
        grade=estimate.grade if failed else lowered(estimate.grade),
    )
