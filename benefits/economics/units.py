"""Units that are each other's: minutes and hours, and rates per month and per year of a patient."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.vocabulary import Unit

PER_PATIENT_YEAR: Mapping[str, float] = {"person_year": 1.0, "person_month": 12.0, "none": 1.0}
"""What a rate is multiplied by to be per patient-year, by what it is per; one that does not say is per patient-year."""

_HOURS: Mapping[Unit, float] = {"hours": 1.0, "minutes": 60.0}
"""How many go to the hour."""


def conversion(has: Unit, wants: Unit) -> float | None:
    """Return what a number in one unit is multiplied by to be in another; None when it cannot be.

    Examples
    --------
    >>> conversion("hours", "minutes"), conversion("bed_days", "bed_days"), conversion("bed_days", "hours")
    (60.0, 1.0, None)
    """
    if has == wants:
        return 1.0
    return _HOURS[wants] / _HOURS[has] if has in _HOURS and wants in _HOURS else None
