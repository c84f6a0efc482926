"""What a reader should know of the data themselves, and what became of those included, with small numbers hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from benefits.activity.cohort import GroupCounts
from benefits.activity.quality import Finding
from benefits.activity.reading.source import AnyExtract
from benefits.activity.responses import Responses
from benefits.activity.steps import step_in_months
from benefits.errors import Parameter
from benefits.project.data import DataSource
from benefits.project.model import Project
from benefits.results.data_request import TIMED
from benefits.results.limits import LIMIT
from benefits.results.reading import month_end, months_on
from benefits.results.values import Values
from benefits.vocabulary import Group, Unit

FATES = ("included", "died", "stopped", "moved", "followed")
"""What is counted of those included; the first are the last to be hidden."""
PARTS = ("died", "moved", "followed")
"""Everyone included is one of these, and only one; who stopped is followed on."""
OF_FEW = frozenset(
    {
        "events_of_others",
        "events_outside_observation",
        "events_outside_period",
        "included_late",
        "never_observed",
        "only_active",
    }
)
"""Findings that count persons or what befell them: a small number is not told."""
WARNINGS = frozenset(
    {
        "not_in_a_group",
        "zero_exposure",
        "repeated_rows_kept",
        "repeated_rows_dropped",
        "filter_value_absent",
        "missing_periods",
        "missing_periods_more",
        "drawn_too_soon",
        "last_period_early",
        "last_period_low",
        "coding_break",
        "concurrent_event",
        "events_of_others",
        "never_observed",
        "only_active",
    }
)
"""Findings that may change what the numbers mean; the others tell how the data were made."""
_NOT_TOLD = {"last_period_low": ("count", "usual", "share")}
"""A single month may be a smaller cell than the series is shown with: that it is low is told, not how low."""
_UNITS: Mapping[str, Unit] = {"share": "share", "months": "months"}
_HOLES = frozenset({"missing_periods", "missing_periods_more", "missing_share"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding as it may be told.

    Attributes
    ----------
    code
        What was found.
    few
        Whether its number is too small to be told.
    values
        Value ids by parameter.
    said
        The other parameters.
    """

    code: str
    few: bool
    values: Mapping[str, str]
    said: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """A data source as a reader should know it.

    Attributes
    ----------
    data
        Its id.
    first, last
        First and last day of its periods, as known at the date of the report; None when nothing was known then. The
        last is also None where there is one period, and how long it is is not said.
    rows
        Value id of the number of rows.
    found
        What was found, in the order it was read.
    groups
        The groups of those included, where the data have a cohort; numbers are ``data.<id>.cohort.<group>.<fate>``.
    answers
        Whether it holds answers to a survey, which are not counted over time.
    """

    data: str
    first: date | None
    last: date | None
    rows: str
    found: tuple[Told, ...]
    groups: tuple[Group, ...] = ()
    answers: bool = False
    warnings: tuple[Told, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "warnings", tuple(one for one in self.found if one.code in WARNINGS))


def qualities(
    project: Project,
    extracts: Mapping[str, AnyExtract],
    values: Values,
    *,
    as_of: date,
    limit: int = LIMIT,
) -> tuple[DataQuality, ...]:
    """Return what should be known of each data source that was read, and add its numbers as ``data.<id>.*``.

    Parameters
    ----------
    project
        Names the sources.
    extracts
        What was read, by data id.
    values
        Where the numbers are added.
    as_of
        The date of the report: what happened later is not told.
    limit
        Smallest number of persons that may be told.
    """
    occasions = _occasions(project)
    found = tuple(
        _quality(source, extracts[source.id], values, as_of=as_of, limit=limit, occasions=source.id in occasions)
        for source in project.data
        if source.id in extracts
    )
    if any(told.few for one in found for told in one.found):
        values.add("quality.limit", limit, unit="count")
    return found


def _occasions(project: Project) -> frozenset[str]:
    """Data of nothing but time studies: a person is timed now and then, and the months between lack nothing."""
    used = [(one.method.data, one.method.id) for one in project.benefits if one.method is not None and one.method.data]
    return frozenset(data for data, _ in used if all(id == TIMED for other, id in used if other == data))


def _quality(
    source: DataSource, extract: AnyExtract, values: Values, *, as_of: date, limit: int, occasions: bool
) -> DataQuality:
    prefix = f"data.{source.id}"
    few = 0 < extract.rows < limit
    values.add(f"{prefix}.rows", None if few else extract.rows, unit="count", suppressed=few)
    first, last = _span(source, extract, as_of)
    found = [one for one in extract.findings if _known(one, as_of) and not (occasions and one.code in _HOLES)]
    groups: tuple[Group, ...] = ()
    if extract.members is not None:
        counted = extract.members.counts(as_of).groups
        groups = tuple(one.group for one in counted)
        for one in counted:
            _add_fates(f"{prefix}.cohort.{one.group}", one, values, limit)
    return DataQuality(
        data=source.id,
        first=first,
        last=last,
        rows=f"{prefix}.rows",
        found=tuple(_told(prefix, found, values, limit)),
        groups=groups,
        answers=isinstance(extract.shape, Responses),
    )


def _span(source: DataSource, extract: AnyExtract, as_of: date) -> tuple[date | None, date | None]:
    """First and last day of the periods that had ended by a date; no last day of a single one of unknown length."""
    shape = extract.shape
    if isinstance(shape, Responses):
        waves = [one.date() for one in shape.rows()["wave"] if one.date() <= as_of]
        return min(waves, default=None), max(waves, default=None)
    period = shape.rows()["period"]
    step = step_in_months(period)
    ends = {one.date(): month_end(months_on(one.date(), step - 1)) for one in period.unique()}
    known = {first: end for first, end in ends.items() if end <= as_of}
    said = source.period
    if said is not None and known:
        return said.start, min(said.end, as_of)
    return min(known, default=None), max(known.values()) if len(known) > 1 else None


def _known(one: Finding, as_of: date) -> bool:
    """Whether a finding is of a time that had come: its day, or the first of its month."""
    said = [str(one.parameters[name]) for name in ("date", "last_day", "period") if name in one.parameters]
    return all(day[:10] <= as_of.isoformat()[: len(day)] for day in said)


def _told(prefix: str, found: Sequence[Finding], values: Values, limit: int) -> Iterator[Told]:
    several = {one.code for one in found if sum(other.code == one.code for other in found) > 1}
    seen: dict[str, int] = {}
    for one in found:
        seen[one.code] = seen.get(one.code, 0) + 1
        id = f"{prefix}.{one.code}" + (f".{seen[one.code]}" if one.code in several else "")
        hushed = _NOT_TOLD.get(one.code, ())
        numbers = {
            name: number
            for name, number in one.parameters.items()
            if isinstance(number, (int, float)) and name != "index" and name not in hushed
        }
        few = one.code in OF_FEW and 0 < numbers.get("count", 0) < limit
        for name, number in numbers.items():
            unit = _UNITS.get(name, "count")
            values.add(f"{id}.{name}", None if few else number, unit=unit, basis="measured", suppressed=few)
        said = {name: value for name, value in one.parameters.items() if name not in numbers and name not in hushed}
        yield Told(code=one.code, few=few, values={name: f"{id}.{name}" for name in numbers}, said=said)


def _add_fates(prefix: str, counts: GroupCounts, values: Values, limit: int) -> None:
    numbers = {fate: int(getattr(counts, fate)) for fate in FATES}
    hidden = hidden_fates(numbers, limit=limit)
    for fate, number in numbers.items():
        few = fate in hidden
        known: dict[str, Any] = {"unit": "persons", "basis": "measured", "suppressed": few}
        values.add(f"{prefix}.{fate}", None if few else number, **known)


def hidden_fates(numbers: Mapping[str, int], *, limit: int = LIMIT) -> frozenset[str]:
    """Return which counts of a group to hide so that no number of persons below the limit can be told or worked out.

    Parameters
    ----------
    numbers
        ``included``, ``died``, ``stopped``, ``moved`` and ``followed``: everyone included died, moved or was followed.
    limit
        Smallest number of persons, but for none, that may be told.

    Examples
    --------
    Of 150 included three died and the rest were followed: both are hidden, since the one gives the other.

    >>> sorted(hidden_fates({"included": 150, "died": 3, "stopped": 20, "moved": 0, "followed": 147}))
    ['died', 'followed']
    >>> sorted(hidden_fates({"included": 150, "died": 8, "stopped": 0, "moved": 0, "followed": 142}))
    []
    """
    for size in range(len(FATES) + 1):
        for chosen in combinations(reversed(FATES), size):
            known = {fate: number for fate, number in numbers.items() if fate not in chosen}
            if not any(0 < number < limit for number in _follows(known)):
                return frozenset(chosen)
    return frozenset(FATES)


def _follows(known: Mapping[str, int]) -> Iterable[int]:
    """Every number of persons that can be worked out from those known."""
    yield from known.values()
    shown = [fate for fate in PARTS if fate in known]
    for size in range(1, len(shown) + 1):
        for some in combinations(shown, size):
            yield sum(known[fate] for fate in some)
            if "included" in known:
                yield known["included"] - sum(known[fate] for fate in some)
    if {"included", "stopped"} <= known.keys():
        yield known["included"] - known["stopped"]
