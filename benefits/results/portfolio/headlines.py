"""Which figures stand on page one of a portfolio: sums of freed hours, then effects as well known as they come."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.results.portfolio.model import Member, PortfolioHeadline, Sum
from benefits.results.values import Values
from benefits.vocabulary import GRADES


def portfolio_headlines(
    members: tuple[Member, ...], sums: tuple[Sum, ...], values: Values
) -> tuple[PortfolioHeadline, ...]:
    """Return the figures of page one, most important first; only those with an interval.

    Effects come with the best known first and else as the projects stand: never chosen by what they show. Kroner are no
    headline of a portfolio, since its projects price what they hope for in different ways.
    """
    found = [*_hours(sums), *_effects(members)]
    return tuple(one for one in found if _has_interval(one.value, values))


def _hours(sums: tuple[Sum, ...]) -> Iterator[PortfolioHeadline]:
    for one in sums:
        if one.code == "hours":
            yield PortfolioHeadline(code="hours", value=one.value, project="", benefit="")


def _effects(members: tuple[Member, ...]) -> Iterator[PortfolioHeadline]:
    found = [(-GRADES.index(effect.grade), effect, member) for member in members for effect in member.effects]
    for _, effect, member in sorted(found, key=lambda one: one[0]):
        project = member.project.id
        yield PortfolioHeadline(code="effect", value=effect.value, project=project, benefit=effect.benefit)


def _has_interval(id: str, values: Values) -> bool:
    value = values[id]
    return value.value is not None and value.low is not None and value.high is not None
