"""What kind of event a benefit avoids, what such events are counted in, and which published outcomes are on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.project.benefit import Benefit
from benefits.reference.evidence import Outcome
from benefits.vocabulary import EventKind, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfEvent:
    """The outcomes of studies that count the same as events of a kind, beside the units of ``EVENT_UNITS``.

    ``sure`` are the units that leave no doubt that it is events of this kind. ``beside`` are outcomes that are shown
    with the others, but count something else, as persons admitted, or admissions for one illness alone.
    """

    sure: tuple[Unit, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    beside: tuple[Outcome, ...] = ()


EVENT_KINDS: Mapping[EventKind, KindOfEvent] = {
    "admission": KindOfEvent(
        sure=("admissions",),
        outcomes=("admissions", "emergency_admissions"),
        beside=("heart_failure_admissions", "persons_admitted", "specialist_care"),
    ),
    "bed_day": KindOfEvent(sure=("bed_days",), outcomes=("bed_days",), beside=("specialist_care",)),
    "outpatient": KindOfEvent(
        outcomes=("outpatient_consultations",),
        beside=("specialist_care",),
    ),
    "emergency_department": KindOfEvent(outcomes=("emergency_department_visits",), beside=("specialist_care",)),
    "out_of_hours": KindOfEvent(outcomes=("out_of_hours_contacts",)),
    "gp": KindOfEvent(outcomes=("gp_contacts",)),
    "home_care": KindOfEvent(outcomes=("home_care_hours",), beside=("home_care_use",)),
    "short_stay": KindOfEvent(sure=("short_stay_days",), outcomes=("short_stay_days",)),
    "journey": KindOfEvent(sure=("journeys",), outcomes=("journeys",)),
}
"""What there is of each kind; none but those of the vocabulary."""


HEADS: frozenset[Unit] = frozenset({"consultations", "contacts", "visits"})
"""Words for somebody being seen: which is used of one kind of event is a matter of habit."""


def event_kind(benefit: Benefit) -> EventKind | None:
    """Return the kind of event a benefit avoids: as said, else where its unit leaves no doubt; None when it does not.

    Visits may be to the emergency department or out of hours, and hours anybody's; only the plan can tell.

    Examples
    --------
    >>> from benefits.project.benefit import Indicator
    >>> from benefits.project.fields import Text
    >>> counted = Indicator(definition=Text(nb="Døgn"), unit="bed_days", direction="lower_is_better")
    >>> event_kind(Benefit(id="g1", title=Text(nb="Færre"), indicator=counted))
    'bed_day'
    """
    if benefit.valuation is not None and benefit.valuation.event is not None:
        return benefit.valuation.event
    unit = benefit.indicator.unit if benefit.indicator is not None else None
    return next((kind for kind, what in EVENT_KINDS.items() if unit in what.sure), None)
