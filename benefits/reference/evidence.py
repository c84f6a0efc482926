"""Published effects, with what they can and cannot be used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from benefits.errors import BenefitsError
from benefits.reference.citation import (
    Disagreement,
    Source,
    Texts,
    disagreements_of,
    entries,
    optional_texts_of,
    own_text,
    source_of,
    texts_of,
)
from benefits.reference.dated import UnknownReference
from benefits.reference.distributions import Distribution, UnusableDistribution, from_interval
from benefits.vocabulary import Condition, Exposure, Grade, Unit

Outcome = Literal[
    "admissions",
    "bed_days",
    "emergency_admissions",
    "emergency_department_visits",
    "gp_contacts",
    "heart_failure_admissions",
    "home_care_hours",
    "home_care_use",
    "journeys",
    "out_of_hours_contacts",
    "outpatient_consultations",
    "persons_admitted",
    "quality_adjusted_life_years",
    "short_stay_days",
    "specialist_care",
    "total_cost_euro",
]
Measure = Literal["odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "narrative"]
Certainty = Literal["very_low", "low", "moderate", "high", "not_stated"]
"""The reviewers' own confidence in the result; ``not_stated`` where the text that was read does not give it."""

OUTCOME_UNITS: Mapping[Outcome, Unit] = {
    "admissions": "admissions",
    "emergency_admissions": "admissions",
    "heart_failure_admissions": "admissions",
    "bed_days": "bed_days",
    "home_care_hours": "hours",
    "outpatient_consultations": "consultations",
    "emergency_department_visits": "visits",
    "out_of_hours_contacts": "contacts",
    "gp_contacts": "contacts",
    "short_stay_days": "short_stay_days",
    "journeys": "journeys",
    "persons_admitted": "persons",
    "quality_adjusted_life_years": "qaly",
}
"""What a difference on an outcome is counted in; one that is not here has no unit of the vocabulary."""
RATIOS: frozenset[Measure] = frozenset({"odds_ratio", "risk_ratio", "rate_ratio"})


class NoDistribution(BenefitsError):
    """The evidence carries no figure with an interval, so it says nothing about how large an effect may be.

    Attributes
    ----------
    code
        ``evidence_narrative`` (words only) or ``evidence_without_interval`` (a figure without an interval).
    id
        Which evidence.
    """

    def __init__(self, code: str, id: str) -> None:
        super().__init__(code, id)
        self.code = code
        self.id = id

    def __str__(self) -> str:
        return f"{self.code}: {self.id}"

    @property
    def parameters(self) -> dict[str, str]:
        """Return the values that go into the sentences."""
        return {"id": self.id}


class EvidenceNeedsBaselineRisk(NoDistribution):
    """An odds ratio cannot become a risk ratio without the risk it was found at."""

    def __init__(self, id: str) -> None:
        super().__init__("evidence_needs_baseline_risk", id)

    def __reduce__(self) -> tuple[type[EvidenceNeedsBaselineRisk], tuple[str]]:
        return type(self), (self.id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One published effect of intervention against usual care.

    Attributes
    ----------
    id
        Dotted, stable name.
    titles
        Name of the study or review and the outcome.
    outcome
        What was counted; it also says the unit.
    measure
        Scale of the figures; ``narrative`` when the source gives words only.
    estimate, low, high
        The figures on that scale; below 1 or below 0 means fewer with the intervention. None where there is none.
    level
        Coverage of the interval.
    intervention, comparison
        The two groups' own figures, where the source gives them.
    interval_published
        False when the source gives an estimate without an interval.
    per
        What a difference is counted per.
    baseline_risk
        Share of the comparison group with the event, 0 to 1; needed to convert an odds ratio.
    n
        Persons in the study or review.
    n_disagreements
        Other numbers of persons given for the same study.
    follow_up_months
        Length of follow-up; None where it was not read.
    population
        Who was studied and where.
    conditions
        What they had; empty where that was not read.
    year
        Year of the publication the figure was read in.
    grade
        Design of the study.
    certainty
        The reviewers' own confidence in the result.
    source
        Where it was read.
    finding
        What the source found, in words; only for narrative evidence.
    caution
        What a reader must be told wherever the figure is used.
    own
        Entered by a project, not one of those that come with the package.

    Examples
    --------
    >>> wsd = load_evidence()["wsd_2012.persons_admitted"]
    >>> wsd.estimate, wsd.low, wsd.high, wsd.includes_no_effect
    (0.82, 0.7, 0.97, False)
    """

    id: str
    titles: Texts
    outcome: Outcome
    measure: Measure
    estimate: float | None
    low: float | None
    high: float | None
    level: float = 0.95
    intervention: float | None = None
    comparison: float | None = None
    interval_published: bool = True
    per: Exposure = "none"
    baseline_risk: float | None = None
    n: int
    n_disagreements: tuple[Disagreement, ...] = ()
    follow_up_months: float | None = None
    population: Texts
    year: int
    grade: Grade
    certainty: Certainty
    source: Source
    finding: Texts | None = None
    caution: Texts | None = None
    conditions: tuple[Condition, ...] = ()
    own: bool = False

    @property
    def includes_no_effect(self) -> bool:
        """Return whether no effect is compatible with the evidence: True unless a published interval excludes it.

        Examples
        --------
        >>> load_evidence()["sul_2020.admissions"].includes_no_effect
        True
        """
        if self.low is None or self.high is None:
            return True
        return self.low <= (1.0 if self.measure in RATIOS else 0.0) <= self.high

    def distribution(self) -> Distribution:
        """Return the effect as a distribution: a risk or rate ratio, or a difference per ``per``.

        An odds ratio is converted to a risk ratio at its own baseline risk, estimate and both limits alike.

        Returns
        -------
        Distribution
            ``LogNormal`` for ratios, ``Normal`` for differences.

        Raises
        ------
        NoDistribution
            When the evidence is narrative or its interval is not published.
        EvidenceNeedsBaselineRisk
            When it is an odds ratio without a baseline risk.

        Notes
        -----
        The conversion treats the baseline risk as known. For an odds ratio adjusted for covariates it is approximate.

        References
        ----------
        Zhang J, Yu KF. What's the relative risk? A method of correcting the odds ratio in cohort studies of common
        outcomes. JAMA 1998;280:1690-1691.

        Examples
        --------
        Whole System Demonstrator, OR 0.82 (0.70; 0.97) at a baseline risk of 0.48:
        0.82 / (1 - 0.48 + 0.48 x 0.82) = 0.82 / 0.9136 = 0.8975; 0.70 / 0.856 = 0.8178; 0.97 / 0.9856 = 0.9842.

        >>> found = load_evidence()["wsd_2012.persons_admitted"].distribution()
        >>> round(found.median, 4)
        0.8975
        >>> [round(limit, 2) for limit in found.interval()]
        [0.82, 0.98]
        """
        if self.measure == "narrative":
            raise NoDistribution("evidence_narrative", self.id)
        if self.estimate is None or self.low is None or self.high is None:
            raise NoDistribution("evidence_without_interval", self.id)
        estimate, low, high = self.estimate, self.low, self.high
        if self.measure == "odds_ratio":
            if self.baseline_risk is None:
                raise EvidenceNeedsBaselineRisk(self.id)
            estimate, low, high = (
                risk_ratio_from_odds_ratio(odds_ratio=figure, baseline_risk=self.baseline_risk)
                for figure in (estimate, low, high)
            )
        try:
            return from_interval(estimate=estimate, low=low, high=high, ratio=self.measure in RATIOS, level=self.level)
        except UnusableDistribution:
            # Next to everybody had the event: the ends of the interval are the same number.
            raise NoDistribution("evidence_without_interval", self.id) from None


class EvidenceLibrary(Mapping[str, Evidence]):
    """All published effects by name, sorted.

    Raises
    ------
    UnknownReference
        When there is no evidence of that name; it names those that resemble it.

    Examples
    --------
    >>> [found.id for found in load_evidence().on("bed_days")]
    ['fhi_2022.bed_days', 'sul_2020.bed_days', 'wsd_2012.bed_days']
    """

    def __init__(self, found: Mapping[str, Evidence]) -> None:
        self._found = dict(sorted(found.items()))

    def __getitem__(self, id: str) -> Evidence:
        if id not in self._found:
            from difflib import get_close_matches

            raise UnknownReference(id, tuple(get_close_matches(id, self._found, n=3)))
        return self._found[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def on(self, *outcomes: Outcome) -> tuple[Evidence, ...]:
        """Return the evidence on some outcomes, sorted by name."""
        return tuple(found for found in self._found.values() if found.outcome in outcomes)

    def with_own(self, studies: Iterable[Evidence]) -> EvidenceLibrary:
        """Return a library with further studies; one of a name that is taken stands instead of what was there."""
        return EvidenceLibrary({**self._found, **{study.id: study for study in studies}})


def risk_ratio_from_odds_ratio(*, odds_ratio: float, baseline_risk: float) -> float:
    """Return the risk ratio that an odds ratio means at a baseline risk, ``OR / (1 - p0 + p0 OR)``.

    Parameters
    ----------
    odds_ratio
        Odds ratio, above 0.
    baseline_risk
        Risk in the comparison group, 0 to 1.

    Returns
    -------
    float
        Risk ratio.

    References
    ----------
    Zhang J, Yu KF. JAMA 1998;280:1690-1691.

    Examples
    --------
    >>> round(risk_ratio_from_odds_ratio(odds_ratio=0.82, baseline_risk=0.48), 4)
    0.8975
    """
    return odds_ratio / (1 - baseline_risk + baseline_risk * odds_ratio)


@cache
def load_evidence() -> EvidenceLibrary:
    """Return the evidence that comes with the package; it is read once.

    Examples
    --------
    >>> load_evidence()["fhi_2022.bed_days"].finding["nb"]
    'Påvirker i liten grad'
    """
    return EvidenceLibrary({raw["id"]: _evidence_of(raw) for raw in entries(own_text("evidence.yaml"))})


def _evidence_of(raw: Mapping[str, Any]) -> Evidence:
    return Evidence(
        id=raw["id"],
        titles=texts_of(raw["titles"]),
        outcome=cast(Outcome, raw["outcome"]),
        measure=cast(Measure, raw["measure"]),
        estimate=_number(raw.get("estimate")),
        low=_number(raw.get("low")),
        high=_number(raw.get("high")),
        level=float(raw.get("level", 0.95)),
        intervention=_number(raw.get("intervention")),
        comparison=_number(raw.get("comparison")),
        interval_published=raw.get("interval_published", raw["measure"] != "narrative"),
        per=cast(Exposure, raw.get("per", "none")),
        baseline_risk=_number(raw.get("baseline_risk")),
        n=raw["n"],
        n_disagreements=disagreements_of(raw.get("n_disagrees")),
        follow_up_months=_number(raw.get("follow_up_months")),
        population=texts_of(raw["population"]),
        year=raw["year"],
        grade=cast(Grade, raw["grade"]),
        certainty=cast(Certainty, raw["certainty"]),
        source=source_of(raw["source"]),
        finding=optional_texts_of(raw.get("finding")),
        caution=optional_texts_of(raw.get("caution")),
        conditions=tuple(raw.get("conditions", ())),
    )


def _number(raw: float | None) -> float | None:
    return None if raw is None else float(raw)
