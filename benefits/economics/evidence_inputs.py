"""Inputs that point to published evidence: one study, or several that disagree and of which one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.economics.input import LEVEL, Input
from benefits.errors import Gap
from benefits.project.fields import Text
from benefits.project.money import Assumption
from benefits.reference.distributions import Distribution, Mixture
from benefits.reference.evidence import (
    OUTCOME_UNITS,
    RATIOS,
    Evidence,
    EvidenceNeedsBaselineRisk,
    NoDistribution,
)
from benefits.vocabulary import Exposure, Unit, weakest

WEIGHTS: Mapping[str, int] = {
    "unknown_evidence": 75,
    "evidence_has_no_distribution": 70,
    "evidence_needs_baseline_risk": 70,
    "evidence_in_other_unit": 70,
    "mix_of_other_scales": 70,
}
"""How much each gap matters, beside those of the plan itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A study with its distribution on the scale it may be multiplied on."""

    study: Evidence
    distribution: Distribution
    unit: Unit
    per: Exposure


def from_evidence(name: str, assumption: Assumption, evidence: Mapping[str, Evidence], gaps: list[Gap]) -> Input | None:
    """Return the input an assumption is that names one study, or a mix of several; None, with a gap, when it has none.

    Each study is converted with its own baseline risk before anything is mixed, and every draw of a mix is a draw of
    one of them. A mix is known as well as the weakest of its studies, and for as long as the shortest followed its
    patients.

    Parameters
    ----------
    name
        Id of the assumption.
    assumption
        With ``evidence`` or ``mix``.
    evidence
        Studies by id, those of the project among them.
    gaps
        Told why there is no number: for every study of a mix.
    """
    named = tuple(part.evidence for part in assumption.mix) or (assumption.evidence or "",)
    told = [_distribution_of(id, name, evidence, gaps) for id in named]
    found = [one for one in told if one is not None]
    if len(found) < len(named):
        return None
    first = found[0]
    if any((one.unit, one.per) != (first.unit, first.per) for one in found):
        gaps.append(_gap("mix_of_other_scales", name))
        return None
    studies = [one.study for one in found]
    distribution = first.distribution
    if assumption.mix:
        weights = tuple(part.weight for part in assumption.mix)
        distribution = Mixture(components=tuple(one.distribution for one in found), weights=weights)
    low, high = distribution.interval(LEVEL)
    follow_ups = [study.follow_up_months for study in studies]
    known = [months for months in follow_ups if months is not None]
    of_persons = [study.outcome for study in studies if study.outcome == "persons_admitted"]
    titles = studies[0].titles
    shipped = None if assumption.mix else Text(nb=titles.nb, nn=titles.nn, en=titles.en)
    return Input(
        name=name,
        title=assumption.title or shipped,
        distribution=distribution,
        mean=distribution.mean,
        low=low,
        high=high,
        unit=first.unit,
        per=first.per,
        price_year=None,
        source="; ".join(dict.fromkeys(study.source.title for study in studies)),
        address="" if assumption.mix else studies[0].source.address,
        standing="study",
        grade=weakest(*(study.grade for study in studies)),
        evidence_id=studies[0].id,
        measure=studies[0].measure,
        outcome=of_persons[0] if of_persons else studies[0].outcome,
        follow_up_months=min(known) if len(known) == len(follow_ups) else None,
        mixed=tuple(study.id for study in studies) if assumption.mix else (),
    )


def _distribution_of(id: str, name: str, evidence: Mapping[str, Evidence], gaps: list[Gap]) -> _Found | None:
    if id not in evidence:
        gaps.append(_gap("unknown_evidence", name, evidence=id))
        return None
    study = evidence[id]
    try:
        distribution = study.distribution()
    except EvidenceNeedsBaselineRisk:
        gaps.append(_gap("evidence_needs_baseline_risk", name, evidence=study.id))
        return None
    except NoDistribution:
        gaps.append(_gap("evidence_has_no_distribution", name, evidence=study.id))
        return None
    ratio = study.measure in RATIOS
    unit: Unit | None = "ratio" if ratio else OUTCOME_UNITS.get(study.outcome)
    if unit is None:
        gaps.append(_gap("evidence_in_other_unit", name, evidence=study.id))
        return None
    return _Found(study=study, distribution=distribution, unit=unit, per="none" if ratio else study.per)


def _gap(code: str, name: str, **parameters: str) -> Gap:
    return Gap(code=code, subject=name, weight=WEIGHTS[code], parameters={"name": name, **parameters})
