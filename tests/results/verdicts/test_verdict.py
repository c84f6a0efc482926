"""Verdicts of whole projects: which target, which baseline and which measurement they rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, Verdict, assess, freeze

pytestmark = pytest.mark.slow

Plan = dict[str, Any]
Written = Callable[..., Path]


@pytest.fixture
def reported(plan: Plan) -> Plan:
    """A benefit without data: 52 hours (51 to 54) before, 46 by the end of 2024, and 44 (42 to 46) measured after it.

    The change is 44 - 52 = -8, from 42 - 54 = -12 to 46 - 51 = -5; 46 - 52 = -6 is needed.
    """
    plan["benefits"] = [
        {
            "id": "g1",
            "title": "Mer tid",
            "indicator": {"definition": "Timer", "unit": "hours", "per": "person_year", "direction": "lower_is_better"},
            "baseline": {"state": "measured", "value": 52.0, "low": 51.0, "high": 54.0, "source": "Uttrekk"},
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
        "baseline": (52, 51, 54),
        "target": (46, None, None),
        # After the year of the target all of it was to be reached.
        "share": (1, None, None),
        "path": (46, None, None),
        "level": (44, 42, 46),
        "change": (-8, -12, -5),
    }


def test_the_uncertainty_of_the_baseline_is_part_of_the_change(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["baseline"] |= {"low": 50.0, "high": 55.0}
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    # From 42 - 55 to 46 - 50.
    assert numbers(results)["change"] == (-8, -13, -4)


@pytest.mark.parametrize("limits", [{}, {"low": 51.0}, {"high": 54.0}])
def test_a_baseline_without_an_interval_is_not_certain(limits: Plan, written: Written, reported: Plan) -> None:
    reported["benefits"][0]["baseline"] = {"state": "measured", "value": 52.0, **limits}
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert numbers(results)["change"] == (-8, None, None)
    assert judged(results).reason == "no_interval"


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
    assert (judged(results).code, judged(results).reason) == ("cannot_be_known_yet", "before_verdict_date")
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


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        # Not kept: twice at the target of 46, then 60.
        ([((2025, 1, 31), 45.0), ((2025, 2, 28), 45.0), ((2025, 3, 31), 60.0)], "no_interval"),
        ([((2025, 1, 31), 45.0), ((2025, 2, 28), 60.0), ((2025, 3, 31), 45.0)], "no_interval"),
        ([((2025, 1, 31), 60.0), ((2025, 2, 28), 46.0), ((2025, 3, 31), 45.0)], "at_target_twice"),
        # Two values of one day are one day, and one from before the target's date is none.
        ([((2025, 1, 31), 45.0), ((2025, 1, 31), 44.0)], "no_interval"),
        ([((2024, 12, 30), 45.0), ((2025, 1, 31), 45.0)], "no_interval"),
        ([((2024, 12, 31), 45.0), ((2025, 1, 31), 45.0)], "at_target_twice"),
        # Of two values of one day both must stand there; what comes after the report is not known.
        ([((2025, 1, 31), 45.0), ((2025, 2, 28), 60.0), ((2025, 2, 28), 45.0)], "no_interval"),
        ([((2025, 1, 31), 45.0), ((2025, 7, 31), 45.0)], "no_interval"),
    ],
)
def test_the_two_latest_days_must_both_be_at_the_target(
    days: list[tuple[tuple[int, int, int], float]], reason: str, written: Written, reported: Plan
) -> None:
    plain = {"grade": "reported", "source": "S"}
    reported["benefits"][0]["measurements"] = [{"date": date(*day), "value": value, **plain} for day, value in days]
    assert judged(assess(written(reported), as_of=date(2025, 6, 30), draws=100)).reason == reason


@pytest.mark.parametrize(
    ("low", "high", "reason"),
    [(51.0, 53.0, "within_limit"), (50.0, 61.0, "limit_within_interval"), (61.0, 63.0, "short_of_target")],
)
def test_a_dis_benefit_is_to_be_kept_within_its_limit(
    low: float, high: float, reason: str, written: Written, reported: Plan
) -> None:
    # 52 before, at most 60: no fall is asked for, and how sure the baseline is does not matter.
    reported["benefits"][0] |= {
        "dis_benefit": True,
        "baseline": {"state": "measured", "value": 52.0},
        "target": {"value": 60.0, "date": date(2024, 12, 31)},
        "measurements": [
            {"date": date(2025, 1, 31), "value": low + 1, "low": low, "high": high, "grade": "reported", "source": "S"}
        ],
    }
    assert judged(assess(written(reported), as_of=date(2025, 6, 30), draws=100)).reason == reason


def test_the_target_cannot_be_moved_after_it_was_frozen(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["target"]["value"] = 40.0
    file = written(reported)
    freeze(file, as_of=date(2023, 12, 31))
    reported["benefits"][0]["target"] = {"value": 46.0, "date": date(2024, 12, 31)}
    file = written(reported)
    results = assess(file, as_of=date(2025, 6, 30), draws=100)
    assert judged(results).frozen
    assert numbers(results)["target"][0] == 40
    # 40 - 52 = -12 is needed; -8 was found, and -12 is within its interval.
    assert (judged(results).code, judged(results).reason) == ("on_track", "target_within_interval")
    assert {one.code for one in results.follow_up.deviations} == {"target.value", "target.ramp"}


def test_the_baseline_cannot_be_moved_after_it_was_frozen(written: Written, reported: Plan) -> None:
    file = written(reported)
    freeze(file, as_of=date(2023, 12, 31))
    reported["benefits"][0]["baseline"] |= {"value": 60.0, "high": 61.0}
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert numbers(results)["change"] == (-8, -12, -5)
    assert numbers(results)["baseline"] == (52, 51, 54)


@pytest.mark.parametrize(("now", "source"), [(52.0, "Uttrekk"), (53.0, "frozen/2023-12-31.json")])
def test_a_frozen_baseline_says_what_it_is_and_where_it_is_from(
    now: float, source: str, written: Written, reported: Plan
) -> None:
    freeze(written(reported), as_of=date(2023, 12, 31))
    reported["benefits"][0]["baseline"]["value"] = now
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    baseline = results.values[judged(results).values["baseline"]]
    assert baseline.id == "verdict.g1.baseline"
    assert (baseline.basis, baseline.grade, baseline.source) == ("measured", "reported", source)


def test_the_good_direction_cannot_be_turned_after_it_was_frozen(written: Written, reported: Plan) -> None:
    # 56 (55 to 57) is worse than 52 when fewer is better.
    reported["benefits"][0]["measurements"][0] |= {"value": 56.0, "low": 55.0, "high": 57.0}
    freeze(written(reported), as_of=date(2023, 12, 31))
    reported["benefits"][0]["indicator"]["direction"] = "higher_is_better"
    verdict = judged(assess(written(reported), as_of=date(2025, 6, 30), draws=100))
    assert (verdict.code, verdict.reason) == ("behind", "short_of_target")


@pytest.mark.parametrize("change", [{"unit": "minutes"}, {"per": "person_month"}])
def test_an_indicator_counted_otherwise_is_not_held_against_the_frozen_target(
    change: Plan, written: Written, reported: Plan
) -> None:
    freeze(written(reported), as_of=date(2023, 12, 31))
    reported["benefits"][0]["indicator"] |= change
    results = assess(written(reported), as_of=date(2025, 6, 30), draws=100)
    assert (judged(results).code, judged(results).reason) == ("cannot_be_known_yet", "indicator_changed")
    # No difference is made of numbers in two units, and what was frozen keeps its own.
    assert "change" not in judged(results).values
    target, level = (results.values[judged(results).values[name]] for name in ("target", "level"))
    assert (target.unit, target.per) == ("hours", "person_year")
    assert (level.unit, level.per) != (target.unit, target.per)


def test_a_rule_of_selection_cannot_be_taken_out_after_it_was_frozen(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["baseline"]["selection"] = {"rule": "de verste"}
    freeze(written(reported), as_of=date(2023, 12, 31))
    del reported["benefits"][0]["baseline"]["selection"]
    verdict = judged(assess(written(reported), as_of=date(2025, 6, 30), draws=100))
    assert verdict.reason == "regression_to_the_mean"


def test_what_is_expected_without_the_service_cannot_be_moved_after_it_was_frozen(
    written: Written, reported: Plan
) -> None:
    """The way of patients chosen in a bad period begins there: at 50, so half of it to 46 is 48."""
    reported["benefits"][0]["baseline"]["selection"] = {"rule": "De med flest timer"}
    reported["benefits"][0]["valuation"] = {"actor": "vik", "expected_events": "uten"}
    number = {"unit": "hours", "per": "person_year", "source": "S"}
    reported["assumptions"] = {"uten": {"low": 0.0, "likely": 50.0, "high": 100.0, **number}}
    file = written(reported)
    freeze(file, as_of=date(2023, 12, 31))
    same = assess(file, as_of=date(2024, 6, 30), draws=100)
    assert judged(same).values["without"] == "assumption.uten"
    reported["assumptions"]["uten"] = {"value": 60.0, **number}
    results = assess(written(reported), as_of=date(2024, 6, 30), draws=100)
    for held in (same, results):
        assert (numbers(held)["without"][0], numbers(held)["path"][0]) == (pytest.approx(50), pytest.approx(48))
    assert [one.code for one in same.follow_up.deviations] == []
    (moved,) = results.follow_up.deviations
    assert (moved.code, moved.old["likely"], moved.new["value"]) == ("without", 50.0, 60.0)


def test_a_moved_target_is_not_hidden_by_freezing_again(written: Written, reported: Plan) -> None:
    reported["benefits"][0]["target"]["value"] = 38.0
    freeze(written(reported), as_of=date(2023, 12, 31))
    reported["benefits"][0]["target"]["value"] = 46.0
    file = written(reported)
    freeze(file, as_of=date(2025, 6, 30))
    results = assess(file, as_of=date(2025, 6, 30), draws=100)
    # 38 - 52 = -14 is needed, and no more than -12 was found.
    assert judged(results).code == "behind"
    assert [one.code for one in results.follow_up.deviations] == ["target.value"]
    assert results.follow_up.later == (date(2025, 6, 30),)
    assert {"frozen/2023-12-31.json", "frozen/2025-06-30.json"} <= set(results.files)


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
    assert (verdict.measured_from, verdict.measured_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert verdict.values["change"] == "estimate.g1.before_after.effect"
    assert results.values[verdict.values["level"]].value == pytest.approx(0.5)
    assert results.values[verdict.values["change"]].value == pytest.approx(-0.5)
    # The date of the target is the last day of what it is the mean of.
    assert verdict.reason == "mean_since_start"


def by_month(rates: dict[int, float], *, half: int = 7) -> str:
    """Return a table with 100 person-years a month; from the month ``half`` of 2025 on, the rate of 2026."""
    rows = []
    for year in sorted(rates):
        for month in range(1, 13):
            rate = rates[2026] if (year, month) >= (2025, half) else rates[year]
            # Spread a little about the rate, evenly over the year, so that there is an uncertainty.
            rows.append(f"{year}-{month:02d};{round(100 * rate) + (1 if month % 2 else -1)};100,0")
    return "\n".join(["periode;antall;aar", *rows]) + "\n"


@pytest.mark.parametrize(
    ("before", "after", "as_of", "expected"),
    [
        # 2.0 until the middle of 2025, then 0.6: the mean since the start is above the target of 1.0, the level is not.
        (2.0, 0.6, date(2025, 12, 31), ("cannot_be_known_yet", "mean_since_start")),
        (2.0, 0.6, date(2026, 6, 30), ("reached", "at_target")),
        # And the other way: the mean since the start would hide that it came back.
        (0.6, 2.0, date(2025, 12, 31), ("cannot_be_known_yet", "mean_since_start")),
        (0.6, 2.0, date(2026, 6, 30), ("behind", "short_of_target")),
    ],
)
def test_a_target_is_held_against_the_time_after_its_date_not_the_mean_since_the_start(
    before: float, after: float, as_of: date, expected: tuple[str, str], written: Written, plan: Plan
) -> None:
    plan["benefits"][0] |= {"target": {"value": 1.0, "date": date(2025, 6, 30)}}
    table = by_month({2023: 2.5, 2024: before, 2025: before, 2026: after})
    results = assess(written(plan, {"tall.csv": table}), as_of=as_of, draws=100)
    verdict = judged(results)
    assert (verdict.code, verdict.reason) == expected
    if verdict.code != "cannot_be_known_yet":
        assert (verdict.measured_from, verdict.measured_on) == (date(2025, 7, 1), as_of)
        level, change = (results.values[verdict.values[name]] for name in ("level", "change"))
        assert level.value == pytest.approx(after)
        # 2.5 before the start.
        assert change.value == pytest.approx(after - 2.5)
        assert (change.basis, change.grade) == ("measured", "before_after")


def test_a_window_that_ends_before_the_date_is_measured_too_early(written: Written, plan: Plan) -> None:
    # The data go on to the end of 2026, but the method uses 2024 only.
    plan["benefits"][0] |= {"target": {"value": 1.0, "date": date(2025, 6, 30)}}
    plan["benefits"][0]["method"]["options"] = {"months_after": 12}
    table = by_month({2023: 2.5, 2024: 0.6, 2025: 0.6, 2026: 0.6})
    verdict = judged(assess(written(plan, {"tall.csv": table}), as_of=date(2026, 12, 31), draws=100))
    assert verdict.reason == "measured_too_early"
    assert verdict.measured_on == date(2024, 12, 31)


@pytest.mark.parametrize(("months", "reason"), [(29, "mean_since_start"), (30, "at_target")])
def test_the_end_of_the_window_is_kept_when_the_time_after_the_date_is_looked_at(
    months: int, reason: str, written: Written, plan: Plan
) -> None:
    # 30 months from January 2024 end in June 2026, a whole year after the date.
    plan["benefits"][0] |= {"target": {"value": 1.0, "date": date(2025, 6, 30)}}
    plan["benefits"][0]["method"]["options"] = {"months_after": months}
    table = by_month({2023: 2.5, 2024: 0.6, 2025: 0.6, 2026: 0.6})
    assert judged(assess(written(plan, {"tall.csv": table}), as_of=date(2026, 12, 31), draws=100)).reason == reason


def test_a_method_that_leaves_out_the_time_before_the_date_is_judged_as_it_is(written: Written, plan: Plan) -> None:
    plan["benefits"][0] |= {"target": {"value": 1.0, "date": date(2025, 6, 30)}}
    plan["benefits"][0]["method"]["options"] = {"lag_months": 18}
    table = by_month({2023: 2.5, 2024: 2.0, 2025: 2.0, 2026: 0.6})
    verdict = judged(assess(written(plan, {"tall.csv": table}), as_of=date(2026, 6, 30), draws=100))
    assert (verdict.code, verdict.values["level"]) == ("reached", "estimate.g1.before_after.observed")


@pytest.fixture
def on_the_way(plan: Plan) -> Plan:
    """From 2.5 to 1.0 by the end of 2027: half of it in 2024, all of it from 2025; judged at the end of both."""
    plan["benefits"][0] |= {
        "baseline": {"state": "measured", "value": 2.5, "source": "S"},
        "target": {"value": 1.0, "date": date(2027, 12, 31), "ramp": {2024: 0.5, 2025: 1.0}},
    }
    plan["benefits"][0]["method"]["verdict_dates"] = [date(2024, 12, 31), date(2025, 12, 31)]
    return plan


WAY = {2023: 2.5, 2024: 1.6, 2025: 1.2, 2026: 0.9}


@pytest.mark.parametrize(
    ("as_of", "expected", "level", "due"),
    [
        # Nothing is judged before the first date, also when what is found would do.
        (date(2024, 11, 30), ("cannot_be_known_yet", "before_verdict_date"), 1.6, None),
        # Half of the way from 2.5 to 1.0 is 1.75: 1.6 is past it, which is no target reached.
        (date(2024, 12, 31), ("on_track", "on_path"), 1.6, 1.75),
        # Between the dates it stays as it was judged, on what was known then.
        (date(2025, 10, 31), ("on_track", "on_path"), 1.6, 1.75),
        # In 2025 all of it was due. The last year is judged, 1.2 and from July 0.9, not the mean since the start.
        (date(2025, 12, 31), ("on_track", "path_within_interval"), 1.05, None),
    ],
)
def test_a_verdict_is_given_on_its_date_and_stands_until_the_next(
    as_of: date, expected: tuple[str, str], level: float, due: float | None, written: Written, on_the_way: Plan
) -> None:
    table = by_month(WAY)
    results = assess(written(on_the_way, {"tall.csv": table}), as_of=as_of, draws=100)
    verdict = judged(results)
    assert (verdict.code, verdict.reason) == expected
    assert results.values[verdict.values["level"]].value == pytest.approx(level, abs=0.002)
    assert ("due" in verdict.values) == (due is not None)
    if due is not None:
        assert results.values[verdict.values["due"]].value == pytest.approx(due)
    # What is found by now is there beside it, whatever was found on the date of verdict.
    assert results.values["estimate.g1.before_after.observed"].value is not None


@pytest.mark.parametrize("later", [(0.01, 5000), (9.0, 100)], ids=["far more patients", "far more events"])
def test_nothing_known_after_a_date_of_verdict_is_part_of_it(
    later: tuple[float, int], written: Written, on_the_way: Plan
) -> None:
    table, (rate, exposure) = by_month({2023: 2.5, 2024: 1.6, 2026: 1.6}).split("2026-01")[0], later
    # So little that what the volume can show decides.
    table = "\n".join(row.removesuffix(";100,0") + ";10,0" if at else row for at, row in enumerate(table.splitlines()))
    after = "".join(f"\n2025-{month:02d};{round(rate * exposure)};{exposure},0" for month in range(1, 13))
    on_the_way["benefits"][0]["method"]["verdict_dates"] = [date(2024, 12, 31), date(2026, 12, 31)]
    told = []
    for text in (table, table + after):
        results = assess(written(on_the_way, {"tall.csv": text + "\n"}), as_of=date(2026, 6, 30), draws=100)
        verdict = judged(results)
        told.append((verdict.code, verdict.reason, verdict.judged_on, verdict.measured_on, numbers(results)))
    assert told[0] == told[1]
    assert "smallest" in told[0][-1]


def test_what_was_judged_by_a_reported_value_is_not_judged_anew_when_the_method_can_answer(
    written: Written, on_the_way: Plan
) -> None:
    on_the_way["benefits"][0]["measurements"] = [
        {"date": date(2024, 12, 31), "value": 1.4, "low": 1.3, "high": 1.5, "grade": "reported", "source": "S"}
    ]
    on_the_way["benefits"][0]["baseline"] |= {"low": 2.4, "high": 2.6}
    # Nothing after the start is known on the first date; a year more is half a year later.
    before = by_month({2023: 2.5, 2026: 2.5}).split("2026-01")[0]
    after = "".join(f"2025-{month:02d};{240 + month};100,0\n" for month in range(1, 7))
    on_the_way["benefits"][0]["method"]["verdict_dates"] = [date(2024, 12, 31), date(2026, 12, 31)]
    told = []
    for text in (before, before + after):
        results = assess(written(on_the_way, {"tall.csv": text}), as_of=date(2025, 6, 30), draws=100)
        told.append((judged(results).code, judged(results).reason, numbers(results)))
    assert told[0] == told[1]
    assert told[0][:2] == ("on_track", "on_path")


def test_dates_of_verdict_cannot_be_moved_after_they_were_frozen(written: Written, on_the_way: Plan) -> None:
    freeze(written(on_the_way, {"tall.csv": by_month(WAY)}), as_of=date(2023, 12, 31))
    on_the_way["benefits"][0]["method"]["verdict_dates"] = [date(2024, 9, 30)]
    results = assess(written(on_the_way), as_of=date(2024, 10, 31), draws=100)
    assert judged(results).reason == "before_verdict_date"
    assert judged(results).coming == date(2024, 12, 31)
    assert [one.code for one in results.follow_up.deviations] == ["method.verdict_dates"]


def test_without_a_way_to_the_target_nothing_is_said_before_its_date(written: Written, on_the_way: Plan) -> None:
    del on_the_way["benefits"][0]["target"]["ramp"]
    results = assess(written(on_the_way, {"tall.csv": by_month(WAY)}), as_of=date(2025, 12, 31), draws=100)
    assert (judged(results).code, judged(results).reason) == ("cannot_be_known_yet", "no_path")


def test_a_control_chart_is_read_whenever_a_report_is_made(written: Written, on_the_way: Plan) -> None:
    on_the_way["benefits"][0]["method"] |= {"id": "control_chart"}
    on_the_way["benefits"][0]["method"].pop("options", None)
    results = assess(written(on_the_way, {"tall.csv": by_month(WAY)}), as_of=date(2024, 10, 31), draws=100)
    assert judged(results).judged_on == date(2024, 10, 31)
    assert judged(results).reason != "before_verdict_date"


def test_the_tests_made_are_counted_by_dates_and_beside_the_chosen_method(written: Written, on_the_way: Plan) -> None:
    on_the_way["benefits"][0]["method"]["also"] = ["interrupted_time_series"]
    file = written(on_the_way, {"tall.csv": by_month(WAY)})
    found = {}
    for as_of in (date(2024, 10, 31), date(2024, 12, 31), date(2025, 10, 31), date(2025, 12, 31)):
        values = assess(file, as_of=as_of, draws=100).values
        found[as_of.isoformat()] = [values[f"tests.{name}"].value for name in ("main", "preliminary", "chance")]
    assert found == {
        "2024-10-31": [0, 1, 0],
        "2024-12-31": [1, 0, pytest.approx(0.05)],
        "2025-10-31": [1, 1, pytest.approx(0.05)],
        # The verdict is on the last year, so the estimate since the start is one more.
        "2025-12-31": [2, 1, pytest.approx(1 - 0.95**2)],
    }


@pytest.mark.parametrize("kept", [True, False], ids=["still told", "taken out after the freeze"])
def test_patients_chosen_in_a_bad_period_and_compared_with_themselves_are_not_judged(
    kept: bool, written: Written, plan: Plan
) -> None:
    plan["benefits"][0] |= {
        "target": {"value": 1.0, "date": date(2025, 6, 30)},
        "baseline": {"state": "measured", "value": 2.5, "selection": {"rule": "De verste"}},
    }
    table = by_month({2023: 2.5, 2024: 0.6, 2025: 0.6, 2026: 0.6})
    freeze(written(plan, {"tall.csv": table}), as_of=date(2023, 12, 31))
    if not kept:
        del plan["benefits"][0]["baseline"]["selection"]
    verdict = judged(assess(written(plan), as_of=date(2026, 12, 31), draws=100))
    assert (verdict.code, verdict.reason) == ("cannot_be_known_yet", "regression_to_the_mean")


@pytest.mark.parametrize(
    ("alike", "reason"), [(True, "at_target"), (False, "not_selected_alike"), (None, "not_selected_alike")]
)
def test_patients_chosen_in_a_bad_period_are_judged_against_others_chosen_alike_only(
    alike: bool | None, reason: str, written: Written, plan: Plan
) -> None:
    """Those chosen fall from 2.5 to 1.0, as they may do by themselves; others stay at 1.0 all the time."""
    plan["data"][0]["columns"]["group"] = "gruppe"
    plan["benefits"][0] |= {
        "target": {"value": 1.0, "date": date(2024, 12, 31)},
        "baseline": {"state": "measured", "value": 2.5, "selection": {"rule": "De verste"}},
    }
    options = {} if alike is None else {"comparison_selected_alike": alike}
    plan["benefits"][0]["method"] = {"id": "difference_in_differences", "data": "tall", "options": options}
    groups = {
        "treated": {2023: 2.5, 2024: 0.9, 2025: 0.9, 2026: 0.9},
        "comparison": dict.fromkeys(range(2023, 2027), 1.0),
    }
    rows = [row + f";{group}" for group, rates in groups.items() for row in by_month(rates).splitlines()[1:]]
    table = "\n".join(["periode;antall;aar;gruppe", *rows]) + "\n"
    results = assess(written(plan, {"tall.csv": table}), as_of=date(2025, 12, 31), draws=100)
    assert judged(results).reason == reason


def test_the_example_is_judged_on_its_first_date_and_could_not_have_shown_so_little(kommune: Results) -> None:
    by_benefit = {one.benefit: one for one in kommune.follow_up.verdicts}
    first = by_benefit["innleggelser"]
    assert (first.code, first.reason) == ("cannot_be_known_yet", "below_smallest")
    assert (first.judged_on, first.coming, first.frozen) == (date(2025, 12, 31), date(2026, 12, 31), True)
    assert {one.code for name, one in by_benefit.items() if name != "innleggelser"} == {"not_measured"}
    # Patients were chosen in a bad period: the way to the target begins at what is expected without the service.
    without = kommune.values["assumption.innleggelser-uten-tjenesten"].value
    path = kommune.values["verdict.innleggelser.path"].value
    assert without is not None
    assert path == pytest.approx(without + 0.5 * (0.95 - without))
