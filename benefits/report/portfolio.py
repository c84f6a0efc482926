"""The portfolio report: its sections in order. Each is a function of an assessed portfolio and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.blocks import Section
from benefits.report.sections import portfolio_gaps, portfolio_money, portfolio_projects, portfolio_table
from benefits.report.sections.portfolio_first_page import first_page
from benefits.report.voice import Voice
from benefits.results import PortfolioResults

SECTIONS: Mapping[str, Callable[[PortfolioResults, Voice], Section]] = {
    "first_page": first_page,
    "projects": portfolio_projects.projects,
    "registry": portfolio_table.registry,
    "printed": portfolio_table.printed,
    "benefits": portfolio_projects.benefits,
    "effects": portfolio_projects.effects,
    "money": portfolio_money.money,
    "gaps": portfolio_gaps.gaps,
    "sources": portfolio_gaps.sources,
}
