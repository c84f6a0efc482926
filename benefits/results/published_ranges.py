"""The range that controlled studies of the same outcome and group leave open, beside what a plan hopes for.

There is no number to begin with: what is published is shown, with no effect in it, and counted only when it is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from benefits.economics.event_kinds import EVENT_KINDS, HEADS, event_kind
from benefits.economics.expected_rate import effect_of, rate_of
from benefits.economics.input import Input
from benefits.economics.units import PER_PATIENT_YEAR
from benefits.errors import Gap
from benefits.project.benefit import Benefit, Indicator
from benefits.project.model import Project
from benefits.reference import Evidence, NoDistribution
from benefits.reference.evidence import OUTCOME_UNITS, RATIOS, Outcome
from benefits.results.expected_rates import is_chosen
from benefits.results.values import Values
from benefits.vocabulary import Condition, EventKind, Exposure, Grade, Unit

WEIGHTS: Mapping[str, int] = {
    "hypothesis_above_range": 72,
    "admissions_without_bed_days": 28,
    "admissions_without_drg_weight": 27,
}
"""How much each gap matters, beside those of the plan itself."""
CONTROLLED: frozenset[Grade] = frozenset({"controlled", "randomised"})
"""Grades of studies a hypothesis is held against."""
_OF_ONE_ILLNESS: Mapping[tuple[Condition, ...], tuple[Outcome, ...]] = {
    ("heart_failure",): ("heart_failure_admissions",),
}
HOPES = ("assumption", "target")
"""Where a plan may say how much it hopes for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRange:
    """What has been published on the events of one benefit, and how what the plan hopes for compares with it.

    Attributes
    ----------
    benefit, kind
        Whose events, and of which kind.
    chosen
        Whether the plan has an effect that is counted.
    low, high
        Value ids of the ends of the range, no effect within it; empty when no controlled study has a figure that can
        be brought to the scale.
    scale
        ``ratio`` or ``difference``.
    studies
        Ids of the studies in the range; of another scale only where the rate of the plan could convert them.
    converted
        Whether some of them were converted with the rate of the plan.
    in_words
        Studies of the same events that tell what they found in words only.
    above
        Which of ``HOPES`` lie beyond the range, with the Value id of each on its scale.
    """

    benefit: str
    kind: EventKind
    chosen: bool
    low: str = ""
    high: str = ""
    scale: str = "ratio"
    studies: tuple[str, ...] = ()
    converted: bool = False
    in_words: tuple[str, ...] = ()
    above: tuple[tuple[str, str], ...] = ()


def add_published_ranges(
    project: Project, inputs: Mapping[str, Input], evidence: Iterable[Evidence], values: Values
) -> tuple[tuple[PublishedRange, ...], tuple[Gap, ...]]:
    """Return what is published on the events of each benefit, and add the ranges and hopes as Values.

    Parameters
    ----------
    project
        Its benefits with a valuation are looked at, and the conditions of its patients.
    inputs
        The assumptions, and what was worked out.
    evidence
        All studies, those of the project among them.
    values
        ``published_range.<benefit>.low`` and ``.high``, and ``.assumption`` and ``.target`` on the same scale.

    Returns
    -------
    tuple
        Ranges in the order of the file, and gaps: a hope beyond the range, and what is not known of admissions.
    """
    known, ranges, gaps = tuple(evidence), [], []
    conditions = project.patient_group.conditions if project.patient_group is not None else ()
    for benefit, _ in project.valued:
        kind, indicator = event_kind(benefit), benefit.indicator
        if indicator is None or kind is None:
            continue
        same = [study for study in known if same_group(study, conditions)]
        found = _of(benefit, indicator, kind, same, conditions, inputs, values)
        ranges.append(found)
        if found.above:
            gaps.append(_gap("hypothesis_above_range", benefit))
        gaps += _of_admissions(benefit, kind)
    return tuple(ranges), tuple(gaps)


def same_group(study: Evidence, conditions: tuple[Condition, ...]) -> bool:
    """Return whether a study may be of the patients of a plan; one that does not say whom it is of may be.

    Examples
    --------
    >>> from benefits.reference import load_evidence
    >>> found = load_evidence()["cochrane_hf_2010.heart_failure_admissions"]
    >>> same_group(found, ("copd",)), same_group(found, ("copd", "heart_failure")), same_group(found, ())
    (False, True, True)
    """
    return not conditions or not study.conditions or bool({*study.conditions} & {*conditions})


def on_ratio_scale(study: Evidence, *, rate: float | None, wanted: Indicator) -> tuple[float, float] | None:
    """Return the limits of a study as rate with over rate without; None when it has none that can be brought there.

    A ratio is as it is, an odds ratio by its own baseline risk. A difference is set against the plan's own rate without
    the service, per patient-year: ``1 + difference / rate``.

    Examples
    --------
    Sul 2020, -0.13 (-0.58; 0.32) admissions a year, where 1.16 are expected: 1 - 0.5 = 0.5, and 1 + 0.276 = 1.276.

    >>> from benefits.project.fields import Text
    >>> from benefits.reference import load_evidence
    >>> counted = Indicator(definition=Text(nb="Innleggelser"), unit="admissions", direction="lower_is_better")
    >>> told = on_ratio_scale(load_evidence()["sul_2020.admissions"], rate=1.16, wanted=counted)
    >>> [round(limit, 2) for limit in told]
    [0.5, 1.28]
    """
    limits = _limits(study)
    if limits is None or study.measure in RATIOS:
        return limits
    if rate is None or rate <= 0 or not _same_unit(study, wanted):
        return None
    return max(0.0, 1.0 + limits[0] / rate), 1.0 + limits[1] / rate


def on_difference_scale(study: Evidence, *, rate: float | None, wanted: Indicator) -> tuple[float, float] | None:
    """Return the limits of a study as rate with less rate without, per patient-year; None when it has none."""
    limits = _limits(study)
    if limits is None:
        return None
    if study.measure in RATIOS:
        return None if rate is None else ((limits[0] - 1.0) * rate, (limits[1] - 1.0) * rate)
    return limits if _same_unit(study, wanted) else None


def _of(
    benefit: Benefit,
    indicator: Indicator,
    kind: EventKind,
    same: list[Evidence],
    conditions: tuple[Condition, ...],
    inputs: Mapping[str, Input],
    values: Values,
) -> PublishedRange:
    what, effect = EVENT_KINDS[kind], effect_of(benefit, inputs)
    # Admissions for heart failure are all admissions of interest only where that is all the patients have.
    counted = {*what.outcomes, *(_OF_ONE_ILLNESS.get(conditions, ()) if kind == "admission" else ())}
    on = [study for study in same if study.outcome in counted]
    rate = _yearly(rate_of(benefit, inputs), indicator)
    assert benefit.valuation is not None
    ratio = benefit.valuation.effect_scale == "ratio"
    told = _told(on, indicator, rate=rate, ratio=ratio)
    if ratio and not told and rate is None:
        # Without a rate a difference cannot become a ratio; it is still what was found.
        ratio, told = False, _told(on, indicator, rate=rate, ratio=False)
    words = [one.id for one in same if one.measure == "narrative" and one.outcome in {*what.outcomes, *what.beside}]
    found = PublishedRange(
        benefit=benefit.id,
        kind=kind,
        chosen=effect is not None,
        scale="ratio" if ratio else "difference",
        studies=tuple(told),
        converted=any((study.measure in RATIOS) != ratio for study in on if study.id in told),
        in_words=tuple(words),
    )
    if not told:
        return found
    none = 1.0 if ratio else 0.0
    ends = min(none, *(low for low, _ in told.values())), max(none, *(high for _, high in told.values()))
    unit: Unit = "ratio" if ratio else indicator.unit
    per: Exposure = "none" if ratio else "person_year"
    ids = [f"published_range.{benefit.id}.{name}" for name in ("low", "high")]
    for id, end in zip(ids, ends, strict=True):
        values.add(id, end, unit=unit, per=per, elsewhere=True, standing="study", derived=True)
    above = []
    for hope, at in _hopes(benefit, indicator, effect, rate=rate, ratio=ratio):
        id = f"published_range.{benefit.id}.{hope}"
        values.add(id, at, unit=unit, per=per, basis="expected", grade="assumed", derived=True)
        beyond = at < ends[0] if indicator.direction == "lower_is_better" else at > ends[1]
        if beyond and not benefit.dis_benefit:
            above.append((hope, id))
    return replace(found, low=ids[0], high=ids[1], above=tuple(above))


def _told(
    on: list[Evidence], indicator: Indicator, *, rate: float | None, ratio: bool
) -> dict[str, tuple[float, float]]:
    """Limits on one scale of the studies that have them there, by id."""
    of_scale = on_ratio_scale if ratio else on_difference_scale
    return {
        study.id: limits
        for study in on
        if study.grade in CONTROLLED and (limits := of_scale(study, rate=rate, wanted=indicator)) is not None
    }


def _hopes(
    benefit: Benefit, indicator: Indicator, effect: Input | None, *, rate: float | None, ratio: bool
) -> Iterator[tuple[str, float]]:
    """What the plan hopes for, on the scale of its effect and per patient-year; a study's own figure is no hope."""
    per = 1.0 if ratio else PER_PATIENT_YEAR.get(effect.per, 0.0) if effect is not None else 0.0
    own = effect is not None and not effect.studies and not effect.worked_out_from
    if own and effect is not None and per and (effect.unit == "ratio") == ratio:
        yield "assumption", effect.mean * per
    target, said = benefit.target, benefit.baseline
    scale = PER_PATIENT_YEAR.get(indicator.per)
    if target is None or scale is None:
        return
    without = rate
    if without is None and said is not None and said.value is not None and not is_chosen(benefit):
        without = said.value * scale
    if without is not None and without > 0:
        reached = target.value * scale
        yield "target", reached / without if ratio else reached - without


def _yearly(rate: Input | None, indicator: Indicator) -> float | None:
    if rate is None or rate.unit != indicator.unit or rate.per not in PER_PATIENT_YEAR:
        return None
    return rate.mean * PER_PATIENT_YEAR[rate.per]


def _limits(study: Evidence) -> tuple[float, float] | None:
    try:
        low, high = study.distribution().interval()
    except NoDistribution:
        return None
    if study.measure in RATIOS:
        return low, high
    scale = PER_PATIENT_YEAR.get(study.per)
    return None if scale is None else (low * scale, high * scale)


def _same_unit(study: Evidence, wanted: Indicator) -> bool:
    counted = OUTCOME_UNITS.get(study.outcome)
    return counted == wanted.unit or {counted, wanted.unit} <= HEADS


def _of_admissions(benefit: Benefit, kind: EventKind) -> Iterator[Gap]:
    """What is to be known of the admissions that are avoided, beside their number."""
    valuation = benefit.valuation
    if kind != "admission" or valuation is None or benefit.dis_benefit:
        return
    if valuation.bed_days is None:
        yield _gap("admissions_without_bed_days", benefit)
    if not any(one.kind in {"isf", "isf_passed_on"} for one in valuation.transfers):
        # One that is there without a weight is told of where it is reckoned.
        yield _gap("admissions_without_drg_weight", benefit)


def _gap(code: str, benefit: Benefit) -> Gap:
    return Gap(code=code, subject=benefit.id, weight=WEIGHTS[code])
