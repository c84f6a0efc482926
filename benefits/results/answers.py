"""Who is to answer for each gevinst, on which days, and whether anybody has: measured in data, or reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from benefits.activity import Data, Responses
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.fields import Text
from benefits.project.freezing import Freeze
from benefits.project.model import Project
from benefits.results.reading import month_end
from benefits.results.values import Values
from benefits.results.verdicts.windows import window_of
from benefits.results.verdicts.yardstick import yardstick


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A gevinst and the last day it was to be answered for.

    Attributes
    ----------
    benefit
        Its id.
    due
        The last such day that has come; None when none has.
    answered
        Whether a value reaches that day.
    measured_on
        Last day of the latest value; None when there is none.
    missed
        Days before ``due`` that nobody answered for.
    role, actor
        The gevinstansvarlig, else who measures; and the actor's id. None and empty when the plan names nobody.
    last_by
        Who reported last, where that is another role.
    next_due
        The next such day; None when there is no further.
    late
        Value id of the whole months since ``due``; empty when it is answered, or less than a month ago.
    """

    benefit: str
    due: date | None
    answered: bool
    measured_on: date | None
    missed: tuple[date, ...]
    role: Text | None
    actor: str
    last_by: Text | None
    next_due: date | None
    late: str = ""


def answers(
    project: Project,
    *,
    freeze: Freeze | None,
    in_data: Mapping[str, date],
    as_of: date,
    values: Values,
) -> tuple[Due, ...]:
    """Return, for each gevinst that is not dropped and can be measured, whether it has been answered for.

    Parameters
    ----------
    project
        As it was known on the date of the report.
    freeze
        The plan the follow-up is held to; None when it was never frozen.
    in_data
        The last day each gevinst was measured in data, for those that were.
    as_of
        The date of the report.
    values
        Where the months of delay are added, as ``answers.<benefit>.late``.

    Notes
    -----
    A gevinst is to be answered for on its dates of verdict, as frozen, and of measurement; without any, on the date of
    its target. A day is answered for by a value whose last day is that day or later, but before the next such day.
    """
    found: list[Due] = []
    for benefit in project.benefits:
        if benefit.status == "dropped" or benefit.indicator is None:
            continue
        days = due_days(project, benefit, freeze)
        if days:
            found.append(_of(benefit, days, in_data.get(benefit.id), as_of, values))
    return tuple(found)


def due_days(project: Project, benefit: Benefit, freeze: Freeze | None) -> tuple[date, ...]:
    """Return the days a gevinst is to be answered for, in order."""
    held = yardstick(project, benefit, freeze)
    asked = benefit.method.measurement_dates if benefit.method is not None else ()
    days = {*held.verdict_dates, *asked} or ({held.target.date} if held.target is not None else set())
    return tuple(sorted(days))


def _of(benefit: Benefit, days: tuple[date, ...], in_data: date | None, as_of: date, values: Values) -> Due:
    come = [day for day in days if day <= as_of]
    told = sorted(one.date for one in benefit.measurements)
    measured = [*told, *([in_data] if in_data is not None else [])]
    last = come[-1] if come else None
    # Data reach back: who is measured in them up to a day was measured on every day before it.
    missed = tuple(
        day
        for day, end in pairwise(come)
        if not any(day <= one < end for one in told) and (in_data is None or in_data < day)
    )
    answered = last is not None and any(one >= last for one in measured)
    reported = [one for one in benefit.measurements if one.by is not None]
    latest = max(reported, key=lambda one: one.reported_on or one.date, default=None)
    role = _role(benefit)
    late = ""
    if last is not None and not answered and _months(last, as_of):
        late = values.add(f"answers.{benefit.id}.late", _months(last, as_of), unit="months", derived=True).id
    return Due(
        benefit=benefit.id,
        due=last,
        answered=answered,
        measured_on=max(measured, default=None),
        missed=missed,
        role=role,
        actor=(benefit.owner.actor or "") if benefit.owner is not None else "",
        last_by=latest.by if latest is not None and not _same(latest.by, role) else None,
        next_due=next((day for day in days if day > as_of), None),
        late=late,
    )


def _role(benefit: Benefit) -> Text | None:
    if benefit.owner is not None:
        return benefit.owner.role
    return benefit.method.responsible if benefit.method is not None else None


def _same(one: Text | None, other: Text | None) -> bool:
    """Whether two roles have a text in common, in whatever language."""
    if one is None or other is None:
        return one is other
    first, second = ({text for text in part.model_dump().values() if text} for part in (one, other))
    return bool(first & second)


def _months(first: date, last: date) -> int:
    """Whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def measured_until(
    project: Project, estimates: Iterable[Estimate], data: Mapping[str, Data], *, as_of: date
) -> dict[str, date]:
    """Return the last day each gevinst was measured in data, by what its method found.

    Examples
    --------
    >>> from benefits.project.fields import Text
    >>> measured_until(Project(format=1, id="dho", title=Text(nb="DHO")), (), {}, as_of=date(2025, 6, 30))
    {}
    """
    found: dict[str, date] = {}
    for estimate in estimates:
        choice = next(one.method for one in project.benefits if one.id == estimate.benefit)
        shape = data.get(choice.data or "") if choice is not None else None
        if shape is None or project.go_live is None:
            continue
        if isinstance(shape, Responses):
            found[estimate.benefit] = month_end(shape.last_wave)
            continue
        window = window_of(shape, go_live=project.go_live, options=estimate.options)
        found[estimate.benefit] = min(window.last, as_of) if window is not None else as_of
    return found
