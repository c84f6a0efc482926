"""Innfasing: the share of the target that is reached in a calendar year."""

from __future__ import annotations

from collections.abc import Mapping


def share_reached(year: int, *, ramp: Mapping[int, float], go_live_year: int | None, target_year: int | None) -> float:
    """Return the share of the full effect that counts in a year.

    The first of these that answers:

    1. the ramp names the year: its share;
    2. the year is before the year of go-live: none;
    3. the year is after the year of the target date: all, since by then the target was to be reached;
    4. the ramp names an earlier year: the share of the latest of those;
    5. the ramp begins later: none;
    6. there is no ramp: all. How many patients are in the service that year is the volume's to say, so a service that
       grows is not counted as full from the start.

    Parameters
    ----------
    year
        Calendar year.
    ramp
        Share by year, 0 to 1; may be empty.
    go_live_year, target_year
        Of the project and of the benefit's target; None where there is no date.

    Examples
    --------
    >>> [share_reached(year, ramp={2025: 0.3, 2027: 0.8}, go_live_year=2025, target_year=2028)
    ...  for year in (2024, 2025, 2026, 2027, 2028, 2029)]
    [0.0, 0.3, 0.3, 0.8, 0.8, 1.0]
    >>> share_reached(2025, ramp={}, go_live_year=2025, target_year=2026)
    1.0
    """
    if year in ramp:
        return ramp[year]
    if go_live_year is not None and year < go_live_year:
        return 0.0
    if target_year is not None and year > target_year:
        return 1.0
    earlier = [named for named in ramp if named < year]
    if earlier:
        return ramp[max(earlier)]
    return 0.0 if ramp else 1.0
