"""Input: one number the calculation rests on, as a distribution with unit, source and standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benefits.project.fields import Text
from benefits.reference.distributions import Distribution
from benefits.vocabulary import Exposure, Grade, GrowingValue, Horizon, Standing, Unit, words

LEVEL = 0.95
"""Of every interval shown."""
WorkedOutFrom = Literal["", "comparison_group", "adjusted_baseline", "raw_baseline", "measured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One number the calculation rests on.

    Attributes
    ----------
    name
        Id of the assumption.
    title
        What it is, when that is said.
    distribution
        Its uncertainty; ``Fixed`` when none is stated.
    mean, low, high
        Mean and 95 % interval of the distribution.
    unit, per, price_year
        What it is counted in and per, and the year of its kroner.
    source, address, standing
        Where it is from, and how well that holds.
    grade
        How well an effect is known: that of the evidence, else ``assumed``.
    reference_id, evidence_id
        The value or evidence it points to, of a mix the first study; empty otherwise.
    mixed
        Every study it is a mix of; empty when it is none.
    measure, outcome
        Of evidence: ``risk_ratio``, ``mean_difference``... and what was counted; empty otherwise.
    follow_up_months
        Of evidence and measured effects: how long those in it were followed; None where that is not known, or it is
        neither.
    instead_of
        The reference value the project's own number stands instead of; empty otherwise.
    value_of, growth
        Whether it is a value of time, life or health, and the yearly real growth of one that is: kroner of a year are
        those of the price year times ``(1 + growth) ** (year - price_year)``. Nothing else grows.
    converted_from, index, index_factor
        The year the kroner were of before an index brought them to the project's price year, which index, and what
        they were multiplied by; None, empty and 1 where they were not.
    worked_out_from
        Of a number nobody wrote, since it follows from data or from the baseline: from what. Empty otherwise.
    horizon
        Of a reference value that is a share of cost that varies: whether staff and beds have had time to follow.
    """

    name: str
    title: Text | None
    distribution: Distribution
    mean: float
    low: float
    high: float
    unit: Unit
    per: Exposure
    price_year: int | None
    source: str
    address: str
    standing: Standing
    grade: Grade = "assumed"
    reference_id: str = ""
    evidence_id: str = ""
    measure: str = ""
    outcome: str = ""
    follow_up_months: float | None = None
    instead_of: str = ""
    value_of: GrowingValue | None = None
    growth: float = 0.0
    converted_from: int | None = None
    index: str = ""
    index_factor: float = 1.0
    mixed: tuple[str, ...] = ()
    worked_out_from: WorkedOutFrom = ""
    horizon: Horizon | None = None

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies it rests on, by id."""
        return self.mixed or ((self.evidence_id,) if self.evidence_id else ())


def weakest_standing(*standings: Standing) -> Standing:
    """Return the weakest of some standings: a product holds no better than its weakest factor.

    Examples
    --------
    >>> weakest_standing("official", "study", "one_project")
    'one_project'
    """
    return max(standings, key=words(Standing).index)


def joined_sources(*used: Input) -> str:
    """Return the sources of some inputs, each once, in order."""
    return "; ".join(dict.fromkeys(one.source for one in used if one.source))
