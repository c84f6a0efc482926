"""Activity the service brings about: how many, what they cost whom, the hours they take, and what is paid for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from benefits.economics.benefit_lines import physical
from benefits.economics.flows import Line
from benefits.economics.pricing import Events, Pricing, Rows
from benefits.economics.product import Product
from benefits.economics.transfers import tell_of_more_passed_on, transfer_lines
from benefits.economics.units import PER_PATIENT_YEAR
from benefits.errors import Gap
from benefits.project.model import Project
from benefits.project.valuation import NewActivity

WEIGHTS: Mapping[str, int] = {"new_activity_without_number": 60, "new_activity_without_volume": 60}
"""How much each gap matters, beside those of the plan itself."""

ITEM = "new_activity"
"""What new activity is called among the flows, followed by its id."""
_PER_PATIENT_YEAR: Mapping[str, float] = {**PER_PATIENT_YEAR, "patient": 1.0}


def item_of(activity: NewActivity) -> str:
    """Return what the rows of an activity are called."""
    return f"{ITEM}.{activity.id}"


def quantity(
    activity: NewActivity, *, project: Project, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]
) -> Events | None:
    """Return how many there are more of by year, as events that are not avoided; None, with a gap, when unknown.

    Patients of the year times the number per patient and year. The grade is ``assumed``: nobody has counted them yet.
    """
    rate = pricing.find(activity.per_patient_year)
    if rate is None or rate.unit not in {activity.unit, "count"} or rate.per not in _PER_PATIENT_YEAR:
        gaps.append(_gap("new_activity_without_number", activity))
        return None
    volume = np.array([project.volume(year) for year in years])
    if not volume.any():
        gaps.append(_gap("new_activity_without_volume", activity))
        return None
    return Events(
        avoided=Product(years=-volume, draws=pricing.column(rate) * _PER_PATIENT_YEAR[rate.per]),
        unit=activity.unit,
        lower_is_better=False,
        basis="expected",
        grade="assumed",
        standing=rate.standing,
        source=rate.source,
        years=years,
    )


def new_activity_lines(
    project: Project, *, years: tuple[int, ...], pricing: Pricing, gaps: list[Gap]
) -> Iterator[Line]:
    """Yield what each new activity costs, the hours it takes, and what is paid for it, with both ends.

    There are more events, so everything has the other sign than in what is avoided: they cost kroner and take hours,
    and who is paid per event gains.
    """
    for activity in project.new_activity:
        events = quantity(activity, project=project, years=years, pricing=pricing, gaps=gaps)
        if events is None:
            continue
        rows, subject = Rows(actor=activity.actor, item=item_of(activity), events=events), item_of(activity)
        cost = pricing.kroner(activity.unit_cost, subject, gaps)
        if cost is not None:
            kroner = pricing.grown(events.avoided * pricing.column(cost), cost, years)
            yield rows("kroner", "cost", kroner, cost)
        yield from physical(rows, activity.hours, ("hours", "minutes"), subject=subject, pricing=pricing, gaps=gaps)
        tell_of_more_passed_on(activity.transfers, item=subject, subject=subject, pricing=pricing, gaps=gaps)
        for transfer in activity.transfers:
            yield from transfer_lines(rows, transfer, subject=subject, pricing=pricing, gaps=gaps)


def _gap(code: str, activity: NewActivity) -> Gap:
    return Gap(code=code, subject=item_of(activity), weight=WEIGHTS[code])
