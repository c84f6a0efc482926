"""The rules a portfolio file must keep beyond its form, each with the place where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benefits.project.load import projects_in
from benefits.project.places import Loc
from benefits.project.portfolio import Portfolio, Printed
from benefits.project.rules_common import Broken
from benefits.project.rules_files import stays_inside

PORTFOLIO_CODES: frozenset[str] = frozenset(
    {
        "data_file_missing",
        "data_file_outside",
        "duplicate_id",
        "portfolio_folder_empty",
        "portfolio_project_missing",
        "portfolio_project_outside",
        "portfolio_project_twice",
        "printed_without_column",
        "printed_without_value",
        "registry_without_project",
        "statement_empty",
    }
)
"""Every code these rules can give; the catalogues hold two sentences for each."""


def broken_rules(portfolio: Portfolio, folder: Path) -> Iterator[Broken]:
    """Yield every rule a portfolio breaks.

    Parameters
    ----------
    portfolio
        The portfolio.
    folder
        The folder its table and its projects are named from.
    """
    yield from _projects(portfolio, folder)
    yield from _registry(portfolio, folder)
    yield from _printed(portfolio)


def _projects(portfolio: Portfolio, folder: Path) -> Iterator[Broken]:
    """A project is a file or folder below the portfolio's own, exists, and is named once."""
    first: dict[Path, Loc] = {}
    for index, named in enumerate(portfolio.projects):
        loc: Loc = ("projects", index)
        where = _below(folder, named)
        if where is None:
            yield Broken(loc=loc, code="portfolio_project_outside")
        elif where in first:
            yield Broken(loc=loc, code="portfolio_project_twice", first=first[where])
        elif not where.exists():
            yield Broken(loc=loc, code="portfolio_project_missing")
        elif where.is_dir() and not projects_in(where):
            yield Broken(loc=loc, code="portfolio_folder_empty")
        if where is not None:
            first.setdefault(where, loc)


def _registry(portfolio: Portfolio, folder: Path) -> Iterator[Broken]:
    """The table is a file below the portfolio's folder, and names its projects."""
    registry = portfolio.registry
    if registry is None:
        return
    loc: Loc = ("registry", "file")
    where = _below(folder, registry.file)
    if where is None:
        yield Broken(loc=loc, code="data_file_outside")
    elif not where.is_file():
        yield Broken(loc=loc, code="data_file_missing")
    columns: Loc = ("registry", "columns")
    if "project" not in registry.columns:
        yield Broken(loc=columns, code="registry_without_project", needs=(columns,))


def _printed(portfolio: Portfolio) -> Iterator[Broken]:
    """What was printed has words or a number; what is held against the table has a number and a column there."""
    if portfolio.registry is None:
        return
    first: dict[str, Loc] = {}
    columns: Loc = ("registry", "columns")
    for index, printed in enumerate(portfolio.registry.printed):
        loc: Loc = ("registry", "printed", index)
        if printed.id in first:
            yield Broken(loc=(*loc, "id"), code="duplicate_id", first=first[printed.id], needs=((*loc, "id"),))
        first.setdefault(printed.id, (*loc, "id"))
        for place, statement in enumerate(printed.statements):
            here = (*loc, "statements", place)
            if statement.words is None and statement.value is None:
                yield Broken(loc=here, code="statement_empty", needs=(here,))
        if printed.figure is not None and all(one.value is None for one in printed.statements):
            statements = (*loc, "statements")
            yield Broken(loc=(*loc, "figure"), code="printed_without_value", needs=(statements,))
        for column in _needed(printed):
            if column not in portfolio.registry.columns:
                parameters = {"column": column}
                yield Broken(loc=loc, code="printed_without_column", parameters=parameters, needs=(columns, loc))


def _needed(printed: Printed) -> tuple[str, ...]:
    """The columns a printed figure is worked out from."""
    if printed.figure is None:
        return ()
    chosen = printed.of
    needed = [name for name in ("round", "health_region", "dho") if getattr(chosen, name) is not None]
    if chosen.on_hours or printed.figure in {"hours", "least_hours", "most_hours"}:
        needed.append("hours")
    return tuple(needed)


def _below(folder: Path, named: str) -> Path | None:
    """The file or folder named, when it is below a folder; none when it is, or links, elsewhere."""
    if not stays_inside(named):
        return None
    try:
        found = (folder / named).resolve()
        return found if found.is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None
