"""Events that are expected to be avoided, and events that were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benefits.economics.build import Built
from benefits.measurement.contract import Check, Estimate

Plan = dict[str, Any]
Build = Callable[..., Built]


def admissions(built: Built, basis: str = "expected") -> np.ndarray:
    return built.flows.select(unit="admissions", basis=basis).values


def test_expected_events_follow_volume_and_ramp(plan: Plan, build: Build) -> None:
    """10 x 0.3 x 1 x 0.1 = 0.3, then 40 x 0.8 x 0.1 = 3.2."""
    plan["patient_group"]["volume"] = {2025: 10.0, 2026: 40.0}
    plan["benefits"][0]["target"]["ramp"] = {2025: 0.3, 2026: 0.8}
    assert np.allclose(admissions(build(plan))[0, :, 0], [0.3, 3.2])


def test_a_rate_per_month_is_twelve_times_that_a_year(plan: Plan, build: Build) -> None:
    plan["assumptions"]["rate"]["per"] = "person_month"
    assert np.allclose(admissions(build(plan))[0, :, 0], [12.0, 12.0])


def test_a_difference_needs_no_expected_events(plan: Plan, valuation: Plan, build: Build) -> None:
    """10 patients x 0.3 fewer = 3."""
    del valuation["expected_events"]
    valuation["effect_scale"] = "difference"
    plan["assumptions"]["effect"] = {"value": -0.3, "unit": "admissions", "per": "person_year"}
    assert np.allclose(admissions(build(plan))[0, :, 0], [3.0, 3.0])


@pytest.mark.parametrize("missing", ["effect", "expected_events"])
def test_an_effect_nobody_has_stated_is_a_gap_and_no_rows(
    plan: Plan, valuation: Plan, build: Build, missing: str
) -> None:
    del valuation[missing]
    built = build(plan)
    assert len(built.flows.select(item=["g1", "g1.isf_state"])) == 0
    assert [(gap.code, gap.subject) for gap in built.gaps] == [("no_expected_effect", "g1")]


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("effect", {"value": 0.1, "unit": "share"}, "effect_in_other_scale"),
        ("effect", {"evidence": "sul_2020.admissions"}, "effect_in_other_scale"),
        ("rate", {"value": 1.0, "unit": "bed_days", "per": "person_year"}, "events_in_other_unit"),
        ("rate", {"value": 1.0, "unit": "admissions", "per": "inhabitant"}, "events_per_unusable"),
    ],
)
def test_numbers_that_cannot_be_multiplied_are_a_gap_and_no_rows(
    plan: Plan, build: Build, name: str, written: Plan, code: str
) -> None:
    plan["assumptions"][name] = written
    built = build(plan)
    assert len(built.flows.select(item="g1")) == 0
    assert [gap.code for gap in built.gaps] == [code]


def test_an_indicator_in_kroner_is_not_a_way_round_the_form_of_realisation(plan: Plan, build: Build) -> None:
    plan["benefits"][0]["indicator"]["unit"] = "kroner"
    plan["assumptions"]["rate"] = {"value": 1.0, "unit": "kroner", "price_year": 2024}
    built = build(plan)
    assert ([gap.code for gap in built.gaps], len(built.flows.select(item="g1"))) == (["events_in_kroner"], 0)


def test_no_patients_are_a_gap_and_no_rows(plan: Plan, build: Build) -> None:
    plan["patient_group"]["volume"] = {}
    built = build(plan)
    assert ([gap.code for gap in built.gaps], len(built.flows.select(item="g1"))) == (["no_volume_for_benefit"], 0)


def test_no_ramp_is_full_effect_from_the_start_and_said(plan: Plan, build: Build) -> None:
    plan["benefits"][0]["target"]["ramp"] = {}
    built = build(plan)
    assert np.allclose(admissions(built)[0, :, 0], [1.0, 1.0])
    assert [gap.code for gap in built.gaps] == ["no_ramp"]


def test_a_study_of_persons_used_on_admissions_is_said_and_stays_assumed(plan: Plan, build: Build) -> None:
    """Randomised there, and assumed once it is scaled to patients it was not measured in."""
    plan["assumptions"]["effect"] = {"evidence": "wsd_2012.persons_admitted"}
    built = build(plan)
    assert "evidence_on_persons" in [gap.code for gap in built.gaps]
    row = built.flows.select(unit="admissions").index[0]
    assert (row.grade, row.standing) == ("assumed", "one_project")


def test_whole_system_demonstrator_gives_the_persons_it_published(plan: Plan, valuation: Plan, build: Build) -> None:
    """48 % admitted against 43 %: of 80 patients 4.0 fewer, and with the risk ratio 0.8975 it is 3.94.

    The odds ratio itself would have said 80 x 0.48 x 0.18 = 6.9; the risk ratio is 80 x 0.48 x 0.1025 = 3.94.
    """
    plan["patient_group"]["volume"] = {2025: 80.0, 2026: 80.0}
    plan["benefits"][0]["indicator"]["unit"] = "persons"
    plan["assumptions"]["rate"] = {"value": 0.48, "unit": "persons", "per": "person_year"}
    plan["assumptions"]["effect"] = {"evidence": "wsd_2012.persons_admitted"}
    valuation |= {"event": "admission", "bed_days": None, "transfers": ()}
    avoided = build(plan, n=2_000).flows.select(item="g1", unit="persons", layer="capacity").values[0, 0]
    assert np.median(avoided) == pytest.approx(3.94, abs=0.01)
    assert avoided.mean() == pytest.approx(80 * 0.05, abs=0.15)


def test_a_benefit_that_is_dropped_has_no_rows(plan: Plan, build: Build) -> None:
    plan["benefits"][0]["status"] = "dropped"
    assert len(build(plan).flows.select(unit="admissions")) == 0


def test_measured_events_are_effect_times_exposure_of_each_year_of_the_follow_up(
    plan: Plan, build: Build, estimate: Callable[..., Estimate]
) -> None:
    """0.2 fewer x 45 person-years = 9, x 15 = 3; and the spread is that of the estimate's own draws."""
    built = build(plan, n=2_000, estimates={"g1": estimate()}, measured_exposure={"g1": {2025: 45.0, 2026: 15.0}})
    found = admissions(built, "measured")
    assert np.allclose(found.mean(axis=2)[0], [9.0, 3.0], atol=1e-3)
    low, high = np.quantile(found[0, 0] / 45.0, (0.025, 0.975))
    assert (low, high) == pytest.approx((0.2 - 0.1 * 1.984, 0.2 + 0.1 * 1.984), abs=2e-3)
    row = built.flows.select(unit="admissions", basis="measured").index[0]
    assert (row.grade, row.source) == ("before_after", "before_after")


def test_nothing_measured_is_carried_beyond_the_follow_up(
    plan: Plan, build: Build, estimate: Callable[..., Estimate]
) -> None:
    measured = build(plan, estimates={"g1": estimate()}, measured_exposure={"g1": {2025: 60.0}}).flows
    assert (measured.select(basis="measured").values[:, 1] == 0).all()
    assert (measured.select(basis="measured", layer="cash").values[:, 0].mean()) > 0


def test_a_follow_up_past_the_horizon_adds_its_years_to_the_measured_alone(
    plan: Plan, build: Build, estimate: Callable[..., Estimate]
) -> None:
    plan["patient_group"]["volume"][2027] = 10.0
    found = build(plan, estimates={"g1": estimate()}, measured_exposure={"g1": {2027: 60.0}}).flows
    assert found.years == (2025, 2026, 2027)
    assert (found.select(basis="expected").values[:, 2] == 0).all()
    assert (found.select(basis="measured", layer="capacity").values[:, 2] != 0).any()


@pytest.mark.parametrize(("exposure", "message"), [({}, "no exposure"), ({"g1": {2025: 61.0}}, "more exposure")])
def test_exposure_that_does_not_fit_the_estimate_is_refused(
    plan: Plan, build: Build, estimate: Callable[..., Estimate], exposure: dict[str, dict[int, float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        build(plan, estimates={"g1": estimate()}, measured_exposure=exposure)


@pytest.mark.parametrize("passed", [True, None, False])
@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("regression_to_the_mean", "measured_regression_to_mean"),
        ("comparison_selected_alike", "measured_not_selected_alike"),
    ],
)
def test_a_change_that_may_have_come_by_itself_is_no_multiplicand(
    plan: Plan, build: Build, estimate: Callable[..., Estimate], passed: bool | None, check: str, code: str
) -> None:
    looked_at = (Check(code=check, passed=passed), Check(code="season_balanced", passed=False))
    built = build(plan, estimates={"g1": estimate(checks=looked_at)}, measured_exposure={"g1": {2025: 60.0}})
    told = [gap.subject for gap in built.gaps if gap.code == code]
    rows = len(built.flows.select(basis="measured"))
    assert (told == ["g1"], rows == 0) == (passed is False, passed is False)
    assert len(built.flows.select(basis="expected", item="g1")) > 0


def test_a_measured_effect_without_finite_draws_is_a_gap(
    plan: Plan, build: Build, estimate: Callable[..., Estimate]
) -> None:
    wild = estimate(scale="ratio", se=100.0, df=1.0)
    with np.errstate(over="ignore"):
        built = build(plan, n=2_000, estimates={"g1": wild}, measured_exposure={"g1": {2025: 60.0}})
    assert [gap.code for gap in built.gaps] == ["measured_effect_unbounded"]
    assert len(built.flows.select(basis="measured")) == 0
