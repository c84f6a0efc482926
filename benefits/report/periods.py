"""The years a number covers, said."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.voice import Voice
from benefits.results import Results, Value


def years_covered(value: Value, results: Results) -> tuple[int, ...]:
    """Return the years in which a sum over years has anything to count."""
    by_year = {year: results.values.get(f"{value.id}.{year}") for year in results.years}
    return tuple(year for year, one in by_year.items() if one is not None and (one.value or one.high))


def period_words(years: tuple[int, ...], voice: Voice) -> Markup:
    """Say the first and the last of some years, or the only one."""
    if not years:
        return voice.say("period.unknown")
    if len(years) == 1:
        return voice.year(years[0])
    return voice.say("period", first=voice.year(years[0]), last=voice.year(years[-1]))
