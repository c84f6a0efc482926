"""What decides which methods can answer: the shape of what is measured, not its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from benefits.activity.steps import YEAR

Kind = Literal["events", "amounts", "minutes", "scores", "shares", "reported"]
"""What is measured: events that come one by one, an amount, minutes a task takes, answers, how many of how many, or a
single number that somebody reports."""
Rows = Literal["series", "panel", "responses"]
"""How it is laid out."""
Comparison = Literal["none", "not_told", "unselected", "selected_alike"]
Seen = Literal["same", "some", "others"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The shape of what is measured, or will have been by a date.

    Attributes
    ----------
    kind
        What is measured.
    rows
        How it is laid out: per period (series), per person and period (panel) or per answer (responses); None when it
        is not laid out at all, as a number that is reported.
    step
        Months in a period.
    before, after
        Whole periods of the treated on each side of the start; for answers, waves.
    comparison_periods
        The same of the comparison group; None where they are the treated's.
    persons, comparison_persons
        Persons with rows of their own in each group; zero in a series. The fewest of both sides, where they differ.
    each
        Most rows a person has on a side; None for one in every period.
    seen
        Whether those seen after are the same persons as before, some of them, or others.
    comparison
        Whether there is a group without the service, and whether it came in by the same rule.
    selected
        Whether the treated were chosen in a bad period; None when nobody has said.
    units, comparison_units
        Units (kommuner, wards) of each group.
    apart
        Whether no unit has rows of both groups: the service came to whole units.
    own_starts, starting_months
        Whether rows have a day of start of their own, and in how many different months the treated started.
    comparison_dated
        Whether those of the comparison group have days to count from too.
    untouched
        Histories (persons, or units of a series) that can be compared with while the first ones have the service: those
        who start later, and the comparison group.
    exposure, comparison_exposure
        Of the side with least of it in each group; None when not known.
    silent, comparison_silent
        Whether a side of the group has no event at all.
    """

    kind: Kind
    rows: Rows | None = "series"
    step: int = 1
    before: int = 0
    after: int = 0
    comparison_periods: tuple[int, int] | None = None
    persons: int = 0
    comparison_persons: int = 0
    each: int | None = None
    seen: Seen = "same"
    comparison: Comparison = "none"
    selected: bool | None = None
    units: int = 1
    comparison_units: int = 0
    apart: bool = True
    own_starts: bool = False
    starting_months: int = 1
    comparison_dated: bool = False
    untouched: int = 0
    exposure: float | None = None
    comparison_exposure: float | None = None
    silent: bool = False
    comparison_silent: bool = False

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind is {self.kind!r}; it is one of {', '.join(get_args(Kind))}")
        numbers = ("before", "after", "persons", "comparison_persons", "units", "comparison_units", "untouched")
        if min(getattr(self, name) for name in numbers) < 0 or min(self.step, self.starting_months) < 1:
            raise ValueError("a number of periods, persons or units is below zero")

    @property
    def compared(self) -> bool:
        """Whether there is a comparison group."""
        return self.comparison != "none"

    @property
    def recorded(self) -> bool:
        """Whether it is recorded as it happens, so that the time before can be fetched; answers and timings are not."""
        return self.rows is not None and self.kind not in {"minutes", "scores"}

    @property
    def months_before(self) -> int:
        """Months that the periods before cover."""
        return self.before * self.step

    @property
    def months_after(self) -> int:
        """Months that the periods after cover."""
        return self.after * self.step

    @property
    def whole_years(self) -> bool:
        """Whether both sides are whole years, so that each calendar month weighs the same before and after.

        Examples
        --------
        >>> Situation(kind="events", before=24, after=12).whole_years
        True
        >>> Situation(kind="events", before=24, after=6).whole_years
        False
        """
        return self.months_before % YEAR == 0 and self.months_after % YEAR == 0

    @property
    def everyone(self) -> int:
        """Persons of the treated in all, also where those seen after are others than those before."""
        return self.persons * (2 if self.seen == "others" else 1)

    @property
    def histories(self) -> tuple[int, int]:
        """How many histories there are of the treated and of the comparison group: persons, or units of a series."""
        if self.rows == "panel":
            return self.persons, self.comparison_persons
        return self.units, self.comparison_units
