"""Rules on measuring: what is measured is said, data fit it, and the ledger counts up to each date once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.project.benefit import Indicator
from benefits.project.data import DataSource
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc


def measurement_without_indicator(project: Project) -> Iterator[Broken]:
    """A measured value is a value of an indicator."""
    for index, benefit in enumerate(project.benefits):
        if benefit.measurements and benefit.indicator is None:
            loc: Loc = ("benefits", index)
            code = "measurement_without_indicator"
            yield Broken(loc=(*loc, "measurements"), code=code, needs=((*loc, "indicator"),))


def method_without_indicator(project: Project) -> Iterator[Broken]:
    """A method that measures in data has an indicator to measure; without data it is a plan."""
    for index, benefit in enumerate(project.benefits):
        if benefit.method and benefit.method.data and benefit.indicator is None:
            loc: Loc = ("benefits", index)
            yield Broken(loc=(*loc, "method", "data"), code="method_without_indicator", needs=((*loc, "indicator"),))


def data_per_differs(project: Project) -> Iterator[Broken]:
    """Data count what the indicator counts, and per the same."""
    sources = {source.id: source for source in project.data}
    for index, benefit in enumerate(project.benefits):
        source = sources.get(benefit.method.data or "") if benefit.method else None
        if source is None or benefit.indicator is None:
            continue
        for key, has, wants in differences(source, benefit.indicator):
            yield Broken(
                loc=("benefits", index, "method", "data"),
                code="data_per_differs",
                parameters={"source": source.id, "key": key, "has": has, "wants": wants},
                needs=(("data",), ("benefits", index, "indicator")),
            )


def differences(source: DataSource, indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    """Yield what data and an indicator do not have in common: the key, what the data have and the indicator wants."""
    if source.unit is not None and source.unit != indicator.unit:
        yield "unit", source.unit, indicator.unit
    # An answer is per nothing but the one who gave it.
    if source.per != indicator.per and source.shape != "responses":
        yield "per", source.per, indicator.per


def also_repeats(project: Project) -> Iterator[Broken]:
    """A method shown beside the chosen one is another, and is named once."""
    for index, benefit in enumerate(project.benefits):
        if benefit.method is None:
            continue
        named = [benefit.method.id]
        for place, other in enumerate(benefit.method.also):
            if other in named:
                yield Broken(loc=("benefits", index, "method", "also", place), code="also_repeats")
            named.append(other)


def duplicate_date(project: Project) -> Iterator[Broken]:
    """The ledger has one row for each date."""
    seen: dict[date, Loc] = {}
    for index, row in enumerate(project.ledger):
        here: Loc = ("ledger", index, "date")
        if row.date in seen:
            yield Broken(loc=here, code="duplicate_date", first=seen[row.date])
        else:
            seen[row.date] = here
