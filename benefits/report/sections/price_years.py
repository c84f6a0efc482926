"""Years of a service in a table: those with the same numbers are one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from benefits.report.periods import period_words
from benefits.report.voice import Voice
from benefits.results import Value


def alike(years: tuple[int, ...], of_year: Callable[[int], Sequence[Value | None]]) -> tuple[tuple[int, ...], ...]:
    """Return runs of years that follow each other and have the same numbers."""
    numbers = {
        year: [(one.value, one.low, one.high) if one is not None else None for one in of_year(year)] for year in years
    }
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1 and numbers[year] == numbers[year - 1]:
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(tuple(run) for run in runs)


def each_year(years: tuple[int, ...], voice: Voice) -> Markup:
    """Say a year, or that the numbers are those of each of several."""
    words = period_words(years, voice)
    return words if len(years) == 1 else voice.say("service_price.each_year", period=words)
