"""What of an average cost can leave a budget: the variable share, a named action, and the beds filled again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from benefits.economics.avoided import Layers, split
from benefits.economics.event_kinds import event_kind
from benefits.economics.inputs import Input
from benefits.economics.pricing import Events, Pricing
from benefits.economics.service.holding import months_between
from benefits.errors import Gap, Parameter
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.valuation import LARGEST_VARIABLE, CashByAction, Valuation
from benefits.reference.distributions import Fixed
from benefits.vocabulary import EventKind

WEIGHTS: Mapping[str, int] = {
    "no_cash_share": 45,
    "no_staff_share": 35,
    "cash_share_not_variable": 62,
    "cash_without_action": 61,
    "cash_without_owner": 61,
    "cash_without_due": 61,
    "share_below_zero": 60,
    "shares_over_one": 60,
    "shares_with_action_over_one": 60,
    "realisation_over_one": 60,
    "refill_over_one": 60,
    "refill_not_stated": 44,
}
"""How much each gap matters, beside those of the plan itself."""

MARGINAL = "marginal_share."
"""What the names of the published shares begin with."""
_ROUNDING = 1e-9
_IN_BEDS: frozenset[EventKind] = frozenset({"admission", "bed_day"})
"""Events that free a bed, which may be filled again."""
_SCENARIO = "refill.scenario"
"""Name of an input no project file can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTerms:
    """Everything the kroner of one avoided event depend on.

    Attributes
    ----------
    unit_cost
        Average cost of one event.
    variable, staff
        Shares of it that vary in the short run and can leave a budget, and that are staff time; None where nobody has
        said, or where the share said is no short-run share.
    realisation, refill
        How much of both can be put to use, and how much is filled again; None is all, and nothing.
    action, due
        Share beyond the other two that leaves a budget because of a named action, and the day it does; None without one
        that has an action, an owner and a date.
    """

    unit_cost: Input
    variable: Input | None
    staff: Input | None
    realisation: Input | None
    refill: Input | None
    action: Input | None
    due: date | None

    @property
    def of_cash(self) -> tuple[Input, ...]:
        """What the cash is made of, beside the unit cost."""
        return tuple(one for one in (self.variable, self.action, self.realisation, self.refill) if one is not None)

    @property
    def of_capacity(self) -> tuple[Input, ...]:
        """What the capacity is made of, beside the unit cost."""
        return tuple(one for one in (self.staff, self.realisation) if one is not None)

    def layers(self, events: Events, pricing: Pricing) -> Layers:
        """Return the three layers of some events, in kroner of the price year without growth.

        Raises
        ------
        SharesOutOfRange
            As :func:`benefits.economics.avoided.split`.
        """
        column = pricing.column
        cost = column(self.unit_cost)
        nothing = np.zeros_like(cost)
        return split(
            events=events.avoided,
            unit_cost=cost,
            cash_share=nothing if self.variable is None else column(self.variable),
            staff_share=nothing if self.staff is None else column(self.staff),
            realisation_share=None if self.realisation is None else column(self.realisation),
            refill_share=None if self.refill is None else column(self.refill),
            action_share=None if self.action is None else column(self.action),
            in_force=None if self.due is None else np.array([in_force(year, due=self.due) for year in events.years]),
        )


def cash_terms(valuation: Valuation, *, subject: str, pricing: Pricing, gaps: list[Gap]) -> CashTerms | None:
    """Return what the kroner of an avoided event depend on; None when they cannot be told.

    Parameters
    ----------
    valuation
        What the project says of its events.
    subject
        Id of the benefit, for the gaps.
    pricing
        The project's inputs.
    gaps
        Told what is missing, or cannot be used.

    Notes
    -----
    ``cash_share`` is what varies with staff and beds as they are. A long-run share, or one above the largest that is
    published for the short run, says what the cost would be had beds and posts followed; nothing of it is counted as
    cash here. What goes beyond the short run is cash by ``cash_by_action`` alone, when it has an action, an owner and a
    date, and from that date on.
    """
    unit_cost = pricing.kroner(valuation.unit_cost, subject, gaps)
    if unit_cost is None:
        return None
    said, staff, realisation = (
        pricing.in_unit(name, ("share",), subject, gaps)
        for name in (valuation.cash_share, valuation.staff_share, valuation.realisation_share)
    )
    refill = refill_of(valuation, subject=subject, pricing=pricing, gaps=gaps)
    action = _action(valuation.cash_by_action, subject, pricing, gaps)
    variable = said if said is not None and is_variable(said) else None
    if said is not None and variable is None:
        gaps.append(gap_of("cash_share_not_variable", subject, name=said.name))
    elif said is None and action is None:
        gaps.append(gap_of("no_cash_share", subject))
    if staff is None:
        gaps.append(gap_of("no_staff_share", subject))
    if (realisation is None and valuation.realisation_share is not None) or unusable_refill(valuation, refill):
        return None
    return CashTerms(
        unit_cost=unit_cost,
        variable=variable,
        staff=staff,
        realisation=realisation,
        refill=refill,
        action=action,
        due=valuation.cash_by_action.due if action is not None and valuation.cash_by_action is not None else None,
    )


def is_variable(share: Input) -> bool:
    """Return whether a share of the average cost may be what varies with staff and beds as they are."""
    return share.horizon != "long_run" and share.mean <= LARGEST_VARIABLE + _ROUNDING


def in_force(year: int, *, due: date) -> float:
    """Return the share of a year that is left from a day on, by months, 0 to 1.

    Examples
    --------
    >>> [in_force(year, due=date(2026, 7, 1)) for year in (2025, 2026, 2027)]
    [0.0, 0.5, 1.0]
    """
    return min(1.0, months_between(max(due, date(year, 1, 1)), date(year, 12, 31)) / 12)


def refill_of(valuation: Valuation, *, subject: str, pricing: Pricing, gaps: list[Gap]) -> Input | None:
    """Return the share of the beds freed that are filled again; None when it is not said or cannot be used."""
    one = pricing.in_unit(valuation.refill_share, ("share",), subject, gaps)
    if one is None:
        return None
    column = pricing.column(one)
    lowest, highest = float(column.min()), float(column.max())
    if lowest < 0.0:
        gaps.append(gap_of("share_below_zero", subject, lowest=lowest))
        return None
    if highest > 1.0 + _ROUNDING:
        gaps.append(gap_of("refill_over_one", subject, highest=highest))
        return None
    return one


def unusable_refill(valuation: Valuation, found: Input | None) -> bool:
    """Return whether a share that is filled again is named, and cannot be used: what depends on it is not known."""
    return valuation.refill_share is not None and found is None


def frees_beds(benefit: Benefit) -> bool:
    """Return whether a benefit's events free beds, which may be filled again."""
    return event_kind(benefit) in _IN_BEDS


def with_refill(project: Project, inputs: Mapping[str, Input], *, share: float) -> tuple[Project, dict[str, Input]]:
    """Return a project and its inputs with the same share filled again of every bed that is freed.

    Parameters
    ----------
    project, inputs
        As they are.
    share
        Between 0 and 1. It stands for what the project says, if anything.
    """
    benefits = tuple(
        benefit.model_copy(update={"valuation": benefit.valuation.model_copy(update={"refill_share": _SCENARIO})})
        if benefit.valuation is not None and _may_be_refilled(benefit)
        else benefit
        for benefit in project.benefits
    )
    one = next(iter(inputs.values()), None)
    if one is None:
        return project, dict(inputs)
    scenario = replace(
        one,
        name=_SCENARIO,
        title=None,
        distribution=Fixed(value=share),
        mean=share,
        low=share,
        high=share,
        unit="share",
        per="none",
        price_year=None,
        growth=0.0,
        value_of=None,
        horizon=None,
    )
    return project.model_copy(update={"benefits": benefits}), {**inputs, _SCENARIO: scenario}


def _may_be_refilled(benefit: Benefit) -> bool:
    valuation = benefit.valuation
    if valuation is None:
        return False
    by_drg = any(one.kind in {"isf", "isf_passed_on"} for one in valuation.transfers)
    return valuation.refill_share is not None or by_drg or frees_beds(benefit)


def _action(stated: CashByAction | None, subject: str, pricing: Pricing, gaps: list[Gap]) -> Input | None:
    """The share an action takes out of a budget; None, with a gap for each thing that is not said, when one is not."""
    if stated is None:
        return None
    lacks = [
        code
        for code, said in (
            ("cash_without_action", stated.action),
            ("cash_without_owner", stated.owner),
            ("cash_without_due", stated.due),
        )
        if said is None
    ]
    gaps += [gap_of(code, subject, name=stated.share) for code in lacks]
    share = pricing.in_unit(stated.share, ("share",), subject, gaps)
    return None if lacks else share


def gap_of(code: str, subject: str, **parameters: Parameter) -> Gap:
    """Return a gap of this module."""
    return Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters=parameters)
