"""Options of the methods that compare the change in two groups."""

from __future__ import annotations

from dataclasses import dataclass

from benefits.measurement.options import ControlledOptions, InvalidOption
from benefits.measurement.two_groups.group_words import Asked, Measure
from benefits.vocabulary import words

MOST_BINS = 8
"""Bins on each side of the start that a method tells of one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOptions(ControlledOptions):
    """Options of a comparison of the changes in two groups.

    Attributes
    ----------
    measure
        ``rate``: everything counted over all exposure. ``mean``: the mean of each person's own rate (panel), or each
        unit's (series), so that each of them counts the same however long it was observed.
    cluster
        What varies by itself: ``person``, ``unit``, ``period``, or ``auto`` (units when the service came to whole units
        and each group has at least three, else persons in a panel and periods in a series).

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    measure: Measure = "rate"
    cluster: Asked = "auto"

    def __post_init__(self) -> None:
        ControlledOptions.__post_init__(self)
        one_of("measure", self.measure, words(Measure))
        one_of("cluster", self.cluster, words(Asked))


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Raise when an option's value is not one of those allowed.

    Raises
    ------
    InvalidOption
        As said.
    """
    if value not in allowed:
        raise InvalidOption("option_value", option=name, value=str(value), allowed=", ".join(allowed))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOptions(GroupOptions):
    """Options of methods that tell of each period counted from the start.

    Attributes
    ----------
    bin_months
        Months to a bin.
    leads, lags
        Bins before and after the start, 2 to 8 and 1 to 8; what is further off is pooled with the outermost.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    bin_months: int = 3
    leads: int = 4
    lags: int = 8

    def __post_init__(self) -> None:
        GroupOptions.__post_init__(self)
        between("bin_months", self.bin_months, 1, 24)
        between("leads", self.leads, 2, MOST_BINS)
        between("lags", self.lags, 1, MOST_BINS)


def between(name: str, value: object, least: int, most: int) -> None:
    """Raise when an option is not a whole number within its bounds.

    Raises
    ------
    InvalidOption
        As said.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidOption("option_value", option=name, value=str(value), allowed=f"{least}-{most}")
