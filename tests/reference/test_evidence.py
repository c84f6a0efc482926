"""The shipped evidence is whole, and only a published interval becomes a distribution."""

import pickle
import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.reference import (
    Evidence,
    EvidenceNeedsBaselineRisk,
    LogNormal,
    NoDistribution,
    Normal,
    UnknownReference,
    load_evidence,
    risk_ratio_from_odds_ratio,
)
from benefits.reference.citation import entries, own_text
from benefits.reference.evidence import Certainty, Measure, Outcome
from benefits.vocabulary import Exposure, Grade, words

RAW = entries(own_text("evidence.yaml"))
ALL = list(load_evidence().values())


def test_ids_are_sorted_and_unique() -> None:
    ids = [raw["id"] for raw in RAW]
    assert ids == sorted(set(ids)) == list(load_evidence())


def test_no_entry_has_a_key_that_nobody_reads() -> None:
    known = set(Evidence.__dataclass_fields__) - {"n_disagreements"} | {"n_disagrees"}
    assert set(chain.from_iterable(RAW)) <= known


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.id)
def test_every_entry_is_whole(found: Evidence) -> None:
    assert found.outcome in words(Outcome)
    assert found.measure in words(Measure)
    assert found.certainty in words(Certainty)
    assert found.grade in words(Grade)
    assert found.per in words(Exposure)
    assert re.match(r"https?://", found.source.address)
    for texts in (found.titles, found.population, found.finding, found.caution):
        assert texts is None or all(texts[language] for language in ("nb", "nn", "en"))
    assert (found.measure == "narrative") == (found.finding is not None)
    assert (found.measure == "narrative") == (found.estimate is None)
    assert found.interval_published == (found.low is not None) == (found.high is not None)
    if found.low is not None and found.high is not None and found.estimate is not None:
        assert found.low < found.estimate < found.high


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.id)
def test_only_a_published_interval_becomes_a_distribution(found: Evidence) -> None:
    convertible = found.measure != "odds_ratio" or found.baseline_risk is not None
    if found.interval_published and convertible:
        low, high = found.distribution().interval()
        no_effect = 0 if found.measure == "mean_difference" else 1
        assert (low <= no_effect <= high) == found.includes_no_effect
    else:
        with pytest.raises(NoDistribution):
            found.distribution()


def test_the_odds_ratio_of_whole_system_demonstrator_becomes_a_risk_ratio_at_its_own_baseline_risk() -> None:
    """OR 0.82 (0.70; 0.97), p0 = 0.48: 0.82/0.9136 = 0.8975, 0.70/0.856 = 0.8178, 0.97/0.9856 = 0.9842."""
    found = load_evidence()["wsd_2012.persons_admitted"]
    converted = [risk_ratio_from_odds_ratio(odds_ratio=figure, baseline_risk=0.48) for figure in (0.82, 0.70, 0.97)]
    assert converted == pytest.approx([0.8975, 0.8178, 0.9842], abs=5e-5)
    distribution = found.distribution()
    assert isinstance(distribution, LogNormal)
    assert distribution.median == pytest.approx(0.8975, abs=5e-5)
    assert distribution.interval() == pytest.approx((0.8178, 0.9842), abs=5e-4)
    assert not found.includes_no_effect


def test_the_converted_risk_ratio_agrees_with_the_published_shares() -> None:
    """Admitted 43 % against 48 %: 0.43/0.48 = 0.896."""
    assert risk_ratio_from_odds_ratio(odds_ratio=0.82, baseline_risk=0.48) == pytest.approx(0.43 / 0.48, abs=0.005)


def test_an_odds_ratio_without_a_baseline_risk_is_refused() -> None:
    with pytest.raises(EvidenceNeedsBaselineRisk) as caught:
        load_evidence()["kew_cates.persons_admitted"].distribution()
    assert caught.value.code == "evidence_needs_baseline_risk"
    assert pickle.loads(pickle.dumps(caught.value)).parameters == {"id": "kew_cates.persons_admitted"}


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("wsd_2012.emergency_admissions", "evidence_without_interval"),
        ("wsd_2012.bed_days", "evidence_without_interval"),
        ("fhi_2022.admissions", "evidence_narrative"),
        ("norwegian_trial_2021.specialist_care", "evidence_narrative"),
    ],
)
def test_evidence_without_an_interval_says_why_it_is_no_distribution(id: str, code: str) -> None:
    with pytest.raises(NoDistribution) as caught:
        load_evidence()[id].distribution()
    assert caught.value.code == code
    assert load_evidence()[id].includes_no_effect


def test_differences_between_groups_are_the_difference_of_the_published_rates() -> None:
    """0.54 - 0.68 = -0.14 admissions; 4.87 - 5.68 = -0.81 bed-days."""
    for found in ALL:
        if found.intervention is not None and found.comparison is not None:
            assert found.estimate == pytest.approx(found.intervention - found.comparison)


def test_a_difference_has_the_standard_error_of_its_interval() -> None:
    """Sul 2020: (0.32 + 0.58) / (2 x 1.95996) = 0.22960."""
    distribution = load_evidence()["sul_2020.admissions"].distribution()
    assert isinstance(distribution, Normal)
    assert distribution.se == pytest.approx(0.22960, abs=5e-6)


def test_both_numbers_of_participants_are_kept() -> None:
    found = load_evidence()["norwegian_trial_2021.specialist_care"]
    assert (found.n, [other.value for other in found.n_disagreements]) == (730, [735])


def test_sources_that_disagree_warn_of_each_other() -> None:
    one, other = (load_evidence()[id].caution for id in ("kew_cates.persons_admitted", "sul_2020.admissions"))
    assert one is not None
    assert "Sul 2020" in one.nb
    assert other is not None
    assert "Kew" in other.nb


def test_a_misspelt_name_is_refused_with_its_neighbours() -> None:
    with pytest.raises(UnknownReference) as caught:
        load_evidence()["wsd_2012.bed_day"]
    assert caught.value.nearest[0] == "wsd_2012.bed_days"
    assert "nothing" not in load_evidence()


@given(st.floats(0.01, 100), st.floats(0, 1))
def test_a_risk_ratio_lies_between_the_odds_ratio_and_no_effect(odds_ratio: float, baseline_risk: float) -> None:
    risk_ratio = risk_ratio_from_odds_ratio(odds_ratio=odds_ratio, baseline_risk=baseline_risk)
    assert min(odds_ratio, 1) - 1e-12 <= risk_ratio <= max(odds_ratio, 1) + 1e-12
    assert baseline_risk * risk_ratio <= 1 + 1e-12
