"""Rules on investments, on health in kroner and on effects without a price."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, numbers_of

HEALTH = ("qaly", "points")


def lifetime_not_once(project: Project) -> Iterator[Broken]:
    """What is bought to last has an amount, and is paid when it is bought."""
    for index, cost in enumerate(project.costs):
        if cost.lifetime_years is not None and (cost.per != "once" or cost.amount is None):
            yield Broken(loc=("costs", index, "lifetime_years"), code="lifetime_not_once")


def residual_without_lifetime(project: Project) -> Iterator[Broken]:
    """Only what lasts is worth something at last."""
    for index, cost in enumerate(project.costs):
        if cost.residual is not None and cost.lifetime_years is None:
            yield Broken(loc=("costs", index, "residual"), code="residual_without_lifetime")


def residual_above_price(project: Project) -> Iterator[Broken]:
    """At last it is worth no more than it cost."""
    for index, cost in enumerate(project.costs):
        written = [number for _, number in numbers_of(cost.amount)] if cost.amount is not None else []
        if cost.residual is not None and written and cost.residual > max(written):
            loc: Loc = ("costs", index)
            yield Broken(loc=(*loc, "residual"), code="residual_above_price", first=(*loc, "amount"))


def health_value_of_other(project: Project) -> Iterator[Broken]:
    """Only what is counted as health is given a value of health."""
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation is None or benefit.valuation.health_value is None:
            continue
        if benefit.indicator is None or benefit.indicator.unit not in HEALTH:
            at: Loc = ("benefits", index)
            yield Broken(
                loc=(*at, "valuation", "health_value"), code="health_value_of_other", needs=((*at, "indicator"),)
            )


def health_priced_as_cost(project: Project) -> Iterator[Broken]:
    """Health leaves no budget: it has no unit cost."""
    for index, benefit in enumerate(project.benefits):
        priced = benefit.valuation is not None and benefit.valuation.unit_cost is not None
        if priced and benefit.indicator is not None and benefit.indicator.unit in HEALTH:
            yield Broken(loc=("benefits", index, "valuation", "unit_cost"), code="health_priced_as_cost")


def consequence_other_way(project: Project) -> Iterator[Broken]:
    """A consequence goes the same way as the extent it follows from."""
    for index, benefit in enumerate(project.benefits):
        # What is of little importance may be of no consequence, whichever way it goes.
        if benefit.consequence is None or benefit.consequence == "none" or benefit.extent is None:
            continue
        if _sign(benefit.consequence) != _sign(benefit.extent):
            at: Loc = ("benefits", index)
            yield Broken(loc=(*at, "consequence"), code="consequence_other_way", first=(*at, "extent"))


def _sign(word: str) -> str:
    return word.rpartition("_")[2]
