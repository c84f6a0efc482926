"""What was known on an earlier day: the same data up to then, and what the methods find in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from benefits.activity import Data, Panel, Responses, Series
from benefits.activity.reading.source import AnyExtract
from benefits.project.model import Project
from benefits.results.measuring import Measured, measure
from benefits.results.reading import counted, known_by, now_and_then, only_active


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known on a day: the data that are counts over time, by id, and what the methods found in all of them."""

    shapes: Mapping[str, Series | Panel]
    measured: Measured


def what_was_known(
    project: Project,
    data: Mapping[str, Data],
    *,
    extracts: Mapping[str, AnyExtract],
    measured: Measured,
    as_of: date,
) -> Callable[[date], Known]:
    """Return a function that tells what was known on a day, at the latest that of the report.

    The methods are run again only where less was known then, and once for all the days on which as much was known.

    Parameters
    ----------
    project
        As it is now.
    data, measured
        What is known on the day of the report, and what the methods found in it.
    extracts
        What was read, by data id.
    as_of
        The day of the report.
    """
    now = Known(shapes=counted(data), measured=measured)
    remembered = {_ends(data): now}

    def known(day: date) -> Known:
        if day == as_of:
            return now
        then = up_to(project, data, day)
        ends = _ends(then)
        if ends not in remembered:
            found = measure(project, then, only_active=only_active(extracts, day))
            remembered[ends] = Known(shapes=counted(then), measured=found)
        return remembered[ends]

    return known


def up_to(project: Project, data: Mapping[str, Data], day: date) -> dict[str, Data]:
    """Return what was known of data on a day, by id; data of which nothing was known are left out."""
    months = now_and_then(project)
    found = {name: known_by(one, day, step=1 if name in months else None) for name, one in data.items()}
    return {name: one for name, one in found.items() if one is not None}


def _ends(data: Mapping[str, Data]) -> frozenset[tuple[str, date]]:
    """The last period or wave of each: what is known on two days is the same when these are."""
    ends = {name: one.last_wave if isinstance(one, Responses) else one.last_period for name, one in data.items()}
    return frozenset(ends.items())
