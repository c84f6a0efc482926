"""The project: its model, how its file is read, the rules it must keep, and what its plan lacks."""

from __future__ import annotations

from benefits.project.gaps import gaps
from benefits.project.ids import id_from
from benefits.project.load import Loaded, find_project, load, projects_in, read
from benefits.project.model import Project
from benefits.project.portfolio import Portfolio
from benefits.project.portfolio_load import LoadedPortfolio, is_portfolio, portfolio_in, read_portfolio

__all__ = [
    "Loaded",
    "LoadedPortfolio",
    "Portfolio",
    "Project",
    "find_project",
    "gaps",
    "id_from",
    "is_portfolio",
    "load",
    "portfolio_in",
    "projects_in",
    "read",
    "read_portfolio",
]
