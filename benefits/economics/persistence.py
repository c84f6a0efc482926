"""How long an effect is counted: the follow-up of its evidence, and beyond it only what the project states is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from benefits.economics.inputs import Input
from benefits.errors import Gap
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.project.valuation import Valuation

WEIGHTS: Mapping[str, int] = {
    "effect_not_carried": 50,
    "dis_benefit_not_carried": 55,
    "effect_carried": 32,
    "dis_benefit_carried": 20,
    "follow_up_unknown": 40,
    "persistence_unused": 25,
}
"""How much each gap matters, beside those of the plan itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How much of an effect is counted in each year, and why not more.

    Attributes
    ----------
    benefit
        Whose effect.
    shares
        Share of the effect that is counted, by year.
    months
        Follow-up of the evidence the effect rests on; None when it rests on none, or its follow-up is not known.
    assumed_from
        First year in which some of what is counted rests on a persistence the project states; None when nothing does.
    cut_from
        First year with patients in which some of the effect is left out since no persistence is stated for it.
    """

    benefit: str
    shares: Mapping[int, float]
    months: float | None
    assumed_from: int | None
    cut_from: int | None


def covered(year: int, *, go_live: date | None, months: float | None, last_year: int | None) -> float:
    """Return how much of a year an effect is known or hoped for without any statement of what is left of it, 0 to 1.

    Parameters
    ----------
    year
        Calendar year.
    go_live
        When the service starts; None: nothing is cut.
    months
        Follow-up of the evidence, counted from go-live. A year that is partly covered counts in proportion to its
        months with the service. None: the effect is the project's own assumption.
    last_year
        Last year of an own assumption: that of its target, or the last its ramp names. None: the year of go-live.

    Examples
    --------
    A follow-up of 12 months from 1 July 2025 covers the six months of 2025 in which there is a service, and half 2026.

    >>> [covered(year, go_live=date(2025, 7, 1), months=12.0, last_year=None) for year in (2025, 2026, 2027)]
    [1.0, 0.5, 0.0]
    >>> [covered(year, go_live=date(2025, 7, 1), months=None, last_year=2026) for year in (2025, 2026, 2027)]
    [1.0, 1.0, 0.0]
    """
    if go_live is None:
        return 1.0
    if months is None:
        return float(year <= max(go_live.year, last_year or go_live.year))
    start = 12 * go_live.year + (go_live.month - 1) + (go_live.day - 1) / 31
    first, end = max(start, 12.0 * year), 12.0 * (year + 1)
    if first >= end:
        return 1.0
    return min(1.0, max(0.0, (start + months - first) / (end - first)))


def carried(
    year: int,
    *,
    go_live: date | None,
    months: float | None,
    last_year: int | None,
    persistence: Mapping[int, float],
) -> float:
    """Return the share of an effect that is counted in a year: what is covered, and of the rest what is left of it.

    Examples
    --------
    Half of 2026 is covered, and of the other half 80 per cent is left: 0.5 + 0.5 x 0.8 = 0.9. After 2027 nothing is
    stated, so nothing is counted.

    >>> [round(carried(year, go_live=date(2025, 7, 1), months=12.0, last_year=None, persistence={2026: 0.8, 2027: 0.6}),
    ...        3) for year in (2025, 2026, 2027, 2028)]
    [1.0, 0.9, 0.6, 0.0]
    """
    known = covered(year, go_live=go_live, months=months, last_year=last_year)
    return known + (1.0 - known) * persistence.get(year, 0.0)


def carried_by(
    benefit: Benefit, valuation: Valuation, effect: Input, *, project: Project, years: tuple[int, ...], gaps: list[Gap]
) -> Carried:
    """Return how much of a benefit's effect is counted in each year, and tell what is cut, carried or unused.

    Parameters
    ----------
    effect
        The input the effect is: evidence or a measured effect with its follow-up, or an assumption of the project.
    years
        Calendar years of the analysis.
    gaps
        Told from which year the effect is cut, from which it rests on a stated persistence, which persistence is for a
        year that needs none, and evidence whose follow-up is not known.
    """
    months = effect.follow_up_months if effect.evidence_id or effect.worked_out_from else None
    if effect.evidence_id and months is None:
        gaps.append(_gap("follow_up_unknown", benefit, evidence=effect.evidence_id))
    go_live, stated = project.go_live, valuation.persistence
    last = _last_year(benefit)
    known = {year: covered(year, go_live=go_live, months=months, last_year=last) for year in years}
    shares = {year: carried(year, go_live=go_live, months=months, last_year=last, persistence=stated) for year in years}
    active = [year for year in years if project.volume(year, benefit)]
    assumed = _first(year for year in active if known[year] < 1.0 and stated.get(year, 0.0) > 0.0)
    cut = _first(year for year in active if known[year] < 1.0 and year not in stated)
    if cut is not None:
        gaps.append(_gap("dis_benefit_not_carried" if benefit.dis_benefit else "effect_not_carried", benefit, year=cut))
    if assumed is not None:
        gaps.append(_gap("dis_benefit_carried" if benefit.dis_benefit else "effect_carried", benefit, year=assumed))
    unused = _first(year for year in sorted(stated) if known.get(year, 1.0) == 1.0)
    if unused is not None:
        gaps.append(_gap("persistence_unused", benefit, year=unused))
    return Carried(benefit=benefit.id, shares=shares, months=months, assumed_from=assumed, cut_from=cut)


def _last_year(benefit: Benefit) -> int | None:
    """The last year an own assumption says anything of: that of the target, or a later one of its ramp."""
    if benefit.target is None:
        return None
    return max([benefit.target.date.year, *benefit.target.ramp])


def _first(years: Iterable[int]) -> int | None:
    return next(iter(years), None)


def _gap(code: str, benefit: Benefit, **parameters: str | int) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code], parameters=parameters)
