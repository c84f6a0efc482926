"""What an agreed price is in later years, when it follows an index whose years are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benefits.economics.refusals import CannotCompute
from benefits.project.service import Service

Factor = Callable[[int, int], float]
"""From the prices of one year to those of another; raises ``CannotCompute`` when a year between them is missing."""


def regulated(service: Service, *, factor: Factor, years: Iterable[int]) -> dict[int, float | None]:
    """Return the agreed price of each year in that year's kroner; None for a year whose index is not known.

    Parameters
    ----------
    service
        With an agreed price and a regulation; without either there is nothing to regulate.
    factor
        What prices rise by from one year to another by the index the service names.
    years
        Those asked for. Up to and with the year the regulation counts from the price is as agreed.

    Examples
    --------
    >>> def three_per_cent(first, last):
    ...     if last > 2026:
    ...         raise CannotCompute("no_index", year=last)
    ...     return 1.03 ** (last - first)
    >>> service = Service.model_validate({"id": "s", "title": "S", "provider": "k", "agreed_price": 1000.0,
    ...     "regulation": {"index": "cpi.growth", "from_year": 2025}})
    >>> regulated(service, factor=three_per_cent, years=(2025, 2026, 2027))
    {2025: 1000.0, 2026: 1030.0, 2027: None}
    """
    if service.agreed_price is None or service.regulation is None:
        return {}
    start = service.regulation.from_year
    return {year: _of_year(service.agreed_price, start, year, factor) for year in years}


def _of_year(agreed: float, start: int, year: int, factor: Factor) -> float | None:
    if year <= start:
        return agreed
    try:
        return agreed * factor(start, year)
    except CannotCompute:
        return None
