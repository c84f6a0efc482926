"""Verdicts of whole projects: which target, which baseline and which measurement they rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, Verdict, assess, freeze

Plan = dict[str, Any]
Written = Callable[..., Path]


@pytest.fixture
def reported(plan: Plan) -> Plan:
    """A benefit without data: 52 hours before, 46 by the end of 2024, and one measurement of 44 (42 to 46) after it.

    The change is 44 - 52 = -8, from 42 - 52 = -10 to 46 - 52 = -6; 46 - 52 = -6 is needed.
    """
    plan["benefits"] = [
        {
            "id": "g1",
            "title": "Mer tid",
            "indicator": {"definition": "Timer", "unit": "hours", "per": "person_year", "direction": "lower_is_better"},
            "baseline": {"state": "measured", "value": 52.0},
            "target": {"value": 46.0, "date": date(2024, 12, 31), "ramp": {2024: 0.5}},
            "measurements": [
                {
                    "date": date(2025, 1, 31),
                    "value": 44.0,
                    "low": 42.0,
                    "high": 46.0,
                    "grade": "reported",
                    "source": "S",
                }
            ],
        }
    ]
    del plan["data"]
    return plan


def judged(results: Results) -> Verdict:
    (verdict,) = results.follow_up.verdicts
    return verdict


def numbers(results: Results) -> dict[str, tuple[float | None, float | None, float | None]]:
    values = {name: results.values[id] for name, id in judged(results).values.items()}
    return {name: (one.value, one.low, one.high) for name, one in values.items()}


def test_a_reported_measurement_is_held_against_baseline_and_target(written: Written, reported: Plan) -> None:
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert (judged(results).code, judged(results).reason) == ("reached", "at_target")
    assert judged(results).measured_on == date(2025, 1, 31)
    assert numbers(results) == {
        "baseline": (52, None, None),
        "target": (46, None, None),
        # After the year of the target all of it was to be reached.
        "share": (1, None, None),
        "path": (46, None, None),
        "level": (44, 42, 46),
        "change": (-8, -10, -6),
    }


def test_the_uncertainty_of_the_baseline_is_part_of_the_change(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["baseline"] |= {"low": 50.0, "high": 55.0}
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    # From 42 - 55 to 46 - 50.
    assert numbers(results)["change"] == (-8, -13, -4)


def test_half_way_up_the_ramp_is_half_the_distance(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["measurements"] = []
    results = assess(written(reported), as_of=date(2024, 6, 30), draws=100)
    # 52 + 0.5 (46 - 52)
    assert (numbers(results)["share"][0], numbers(results)["path"][0]) == (0.5, 49)
    assert (judged(results).code, judged(results).reason) == ("not_measured", "no_measurement")


def test_a_measurement_of_a_later_day_is_not_known_yet(written: Written, reported: Plan) -> None:
    results = assess(written(reported), as_of=date(2025, 1, 30), draws=100)
    assert judged(results).code == "not_measured"


def test_before_the_date_of_the_target_the_number_is_shown_and_not_judged(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["target"]["date"] = date(2026, 12, 31)
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert (judged(results).code, judged(results).reason) == ("cannot_be_known_yet", "before_target_date")
    assert numbers(results)["change"][0] == -8


def test_a_measurement_from_before_the_date_must_be_made_again(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["measurements"][0]["date"] = date(2024, 12, 30)
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert judged(results).reason == "measured_too_early"


def test_values_without_interval_must_stand_at_the_target_on_two_days(written: Written, reported: Plan) -> None:
    plain = {"value": 44.0, "grade": "reported", "source": "S"}
    reported["benefits"][0]["measurements"] = [{"date": date(2025, 1, 31), **plain}]
    file = written(reported)
    assert judged(assess(file, as_of=date(2025, 6, 30), draws=100)).reason == "no_interval"
    reported["benefits"][0]["measurements"].append({"date": date(2025, 3, 31), **plain})
    file = written(reported)
    assert judged(assess(file, as_of=date(2025, 6, 30), draws=100)).reason == "at_target_twice"


def test_the_target_cannot_be_moved_after_it_was_frozen(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["target"]["value"] = 40.0
    file = written(reported)
    freeze(file, as_of=date(2023, 12, 31))
    reported["benefits"][0]["target"] = {"value": 46.0, "date": date(2024, 12, 31)}
    file = written(reported)
    results = assess(file, as_of=date(2025, 6, 30), draws=100)
    assert judged(results).frozen
    assert numbers(results)["target"][0] == 40
    # 40 - 52 = -12 is needed, and no more than -10 was found.
    assert (judged(results).code, judged(results).reason) == ("behind", "short_of_target")
    assert {one.code for one in results.follow_up.deviations} == {"target.value", "target.ramp"}


def test_the_baseline_cannot_be_moved_after_it_was_frozen(written: Written, reported: Plan) -> None:
    file = written(reported)
    freeze(file, as_of=date(2023, 12, 31))
    reported["benefits"][0]["baseline"]["value"] = 60.0
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert numbers(results)["change"][0] == -8
    assert numbers(results)["baseline"][0] == 52


def test_a_freeze_of_a_later_day_does_not_apply(written: Written, reported: Plan) -> None:
    file = written(reported)
    freeze(file, as_of=date(2025, 7, 1))
    results = assess(file, as_of=date(2025, 6, 30), draws=100)
    assert results.follow_up.freeze is None
    assert not judged(results).frozen


def test_persons_chosen_in_a_bad_period_get_better_anyway(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["baseline"]["selection"] = {"rule": "de verste"}
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert judged(results).reason == "regression_to_the_mean"


@pytest.mark.parametrize(
    ("taken_out", "reason"), [("indicator", "no_indicator"), ("target", "no_target"), ("baseline", "no_baseline")]
)
def test_what_is_missing_is_named(taken_out: str, reason: str, written: Written, reported: Plan) -> None:
    del reported["benefits"][0][taken_out]
    if taken_out == "indicator":
        reported["benefits"][0]["measurements"] = []
    assert judged(assess(written(reported), as_of=date(2025, 6, 30), draws=100)).reason == reason


def test_a_dropped_benefit_is_not_judged(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["status"] = "dropped"
    assert assess(written(reported), as_of=date(2025, 6, 30), draws=100).follow_up.verdicts == ()


def test_a_measured_benefit_rests_on_what_its_own_method_found(written: Written, plan: Plan, table: str) -> None:
    # Two events a month in two person-years before, one after: 1.0 and 0.5 per person-year, a change of -0.5.
    plan["benefits"][0] |= {"target": {"value": 0.6, "date": date(2024, 12, 31)}}
    results = assess(written(plan, {"tall.csv": table}), as_of=date(2024, 12, 31), draws=100)
    verdict = judged(results)
    assert verdict.measured_on == date(2024, 12, 31)
    assert verdict.values["change"] == "estimate.g1.before_after.effect"
    assert results.values[verdict.values["level"]].value == pytest.approx(0.5)
    change = results.values[verdict.values["change"]]
    assert change.value == pytest.approx(-0.5)
    assert change.high is not None
    assert (verdict.code == "reached") == (change.high < 0)


def test_the_example_is_not_judged_before_its_date(kommune: Results) -> None:
    by_benefit = {one.benefit: one for one in kommune.follow_up.verdicts}
    assert by_benefit["innleggelser"].reason == "before_target_date"
    assert by_benefit["innleggelser"].frozen
    assert {one.code for name, one in by_benefit.items() if name != "innleggelser"} == {"not_measured"}
    # Patients were chosen in a bad period: the way to the target begins at what is expected without the service.
    without = kommune.values["assumption.innleggelser-uten-tjenesten"].value
    path = kommune.values["verdict.innleggelser.path"].value
    assert without is not None
    assert path == pytest.approx(without + 0.5 * (0.95 - without))
