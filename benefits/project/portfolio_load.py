"""Reads a portfolio file as project files are read: all problems at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benefits.project.load import projects_in, shown
from benefits.project.places import Places
from benefits.project.portfolio import Portfolio
from benefits.project.portfolio_rules import broken_rules
from benefits.project.reading import read_as
from benefits.project.rules_common import Broken

PORTFOLIO_FILE = "portfolio.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPortfolio:
    """A portfolio with what its file was.

    Attributes
    ----------
    portfolio
        The portfolio.
    places
        The line of every value.
    file
        The file as it is named in messages.
    path
        Where the file is; its table and projects are named from its folder.
    sha256
        Of the file's bytes, in hexadecimal.
    """

    portfolio: Portfolio
    places: Places
    file: str
    path: Path
    sha256: str

    @property
    def projects(self) -> tuple[Path, ...]:
        """The project files, each once, in the order named; a folder means every project file at or below it."""
        found: dict[Path, Path] = {}
        for named in self.portfolio.projects:
            where = self.path.parent / named
            for file in projects_in(where) if where.is_dir() else (where,):
                found.setdefault(file.resolve(), file)
        return tuple(found.values())


def read_portfolio(path: str | Path, *, shown_as: str | None = None) -> LoadedPortfolio:
    """Read a portfolio file; its table and its projects are found, but not read.

    Parameters
    ----------
    path
        A YAML file.
    shown_as
        How the file is named in messages; when None the path as given, or the bare name of an absolute one.

    Raises
    ------
    InvalidInput
        With every problem; carries what could be read in spite of them.

    Examples
    --------
    >>> read_portfolio("nowhere/portfolio.yaml")
    Traceback (most recent call last):
    benefits.errors.InvalidInput: nowhere/portfolio.yaml: file_not_found
    """
    where = Path(path)
    file = shown_as or shown(path)

    def rules(portfolio: Portfolio) -> Iterable[Broken]:
        return broken_rules(portfolio, where.parent)

    def made(portfolio: Portfolio, places: Places, checksum: str) -> LoadedPortfolio:
        return LoadedPortfolio(portfolio=portfolio, places=places, file=file, path=where, sha256=checksum)

    return read_as(where, file, model=Portfolio, rules=rules, made=made)


def is_portfolio(path: Path) -> bool:
    """Say whether a path is named as a portfolio file.

    Examples
    --------
    >>> is_portfolio(Path("params/portfolio.yaml")), is_portfolio(Path("params/project.yaml"))
    (True, False)
    """
    return path.name == PORTFOLIO_FILE


def portfolio_in(folder: Path) -> Path | None:
    """Return the portfolio file a folder holds directly, if any."""
    file = folder / PORTFOLIO_FILE
    return file if file.is_file() else None
