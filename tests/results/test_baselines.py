"""Baselines worked out from data through a project file: the values, what replaces what, and what is told."""

from __future__ import annotations

from datetime import date

import pytest

from benefits.errors import InvalidInput
from benefits.results import assess
from benefits.results.assess import check, freeze, lacks
from benefits.results.baselines import kind_of

pytestmark = pytest.mark.slow


def months(first: int, last: int, count) -> str:
    """Two person-years in each month from January of a year to December of another."""
    rows = [f"{year}-{month:02d};{count(year, month)};2,0" for year in range(first, last + 1) for month in range(1, 13)]
    return "\n".join(["periode;antall;aar", *rows]) + "\n"


@pytest.fixture
def measured(plan):
    plan["benefits"][0]["baseline"] = {"state": "measured", "data": "tall"}
    return plan


def baseline(plan) -> dict:
    return plan["benefits"][0]["baseline"]


def test_the_baseline_is_worked_out_and_used_as_if_it_were_written(measured, written, table):
    """2023: two events a month in two person-years: 24 in 24, 1 a person-year; 2024 is after the start."""
    results = assess(written(measured, {"tall.csv": table}), draws=100)
    value = results.values["benefit.g1.baseline"]
    assert (value.value, value.unit, value.per) == (1.0, "admissions", "person_year")
    assert (value.low, value.high) == pytest.approx((0.6407, 1.4879), abs=1e-4)
    said = results.project.benefits[0].baseline
    assert (said.period.start, said.period.end, said.before_start) == (date(2023, 1, 1), date(2023, 12, 31), True)
    names = {"events": 24, "exposure": 24, "measurements": 12, "months": 12, "sd": 0, "dispersion": 1}
    assert {name: results.values[f"benefit.g1.baseline.{name}"].value for name in names} == names
    assert "baseline_without_period" not in {gap.code for gap in results.gaps}


def test_a_value_beside_data_is_shown_with_its_difference_and_not_used(measured, written, table):
    baseline(measured)["value"] = 1.4
    values = assess(written(measured, {"tall.csv": table}), draws=100).values
    assert values["benefit.g1.baseline"].value == 1.0
    assert values["benefit.g1.baseline.stated"].value == 1.4
    assert values["benefit.g1.baseline.stated.difference"].value == pytest.approx(-0.4)


def test_a_person_s_own_value_without_data_stays(plan, written, table):
    plan["benefits"][0]["baseline"] = {"state": "measured", "value": 1.4, "source": "Egen telling"}
    results = assess(written(plan, {"tall.csv": table}), draws=100)
    assert results.values["benefit.g1.baseline"].value == 1.4
    assert results.baselines == {}


def test_a_window_the_data_do_not_fill_is_a_gap_and_a_refusal_and_not_a_number(measured, written, table):
    baseline(measured)["seasons"] = 2
    results = assess(written(measured, {"tall.csv": table}), draws=100)
    assert "benefit.g1.baseline" not in results.values
    assert results.values["benefit.g1.baseline.lacking"].value == 12
    assert ("baseline_not_worked_out", "g1") in {(gap.code, gap.subject) for gap in results.gaps}
    assert results.baselines["g1"].found.refusal.code == "part_of_a_season"


def test_a_part_of_a_season_is_used_when_asked_for_and_its_check_fails(measured, written, table):
    baseline(measured).update(seasons=2, part_of_season=True)
    results = assess(written(measured, {"tall.csv": table}), draws=100)
    assert results.values["benefit.g1.baseline"].value == 1.0
    failed = {one.code for one in results.baselines["g1"].checks if one.passed is False}
    assert failed == {"baseline_whole_seasons"}


def test_an_abnormal_period_is_left_out_and_shown_both_ways(measured, written):
    """4 a month in 2019 and 2022, 1 from March 2020 to the end of 2021; start in 2022: 2019's months stand in."""
    measured["go_live"] = date(2022, 1, 1)
    measured["abnormal_periods"] = [{"start": date(2020, 3, 1), "end": date(2021, 12, 31), "title": "Pandemien"}]
    data = months(2018, 2022, lambda year, month: 1 if (2020, 3) <= (year, month) <= (2021, 12) else 4)
    results = assess(written(measured, {"tall.csv": data}), draws=100)
    values = results.values
    assert values["benefit.g1.baseline"].value == 2.0
    assert values["benefit.g1.baseline.with_abnormal"].value == 0.5
    # January and February from 2020, so that only the year's own twelve are left out of 2021 and ten of 2020.
    assert values["benefit.g1.baseline.left_out"].value == 22
    assert "baseline_in_pandemic" not in {gap.code for gap in results.gaps}


def test_a_baseline_from_the_pandemic_without_a_named_period_is_a_gap(measured, written):
    measured["go_live"] = date(2022, 1, 1)
    data = months(2019, 2022, lambda year, month: 4)
    results = assess(written(measured, {"tall.csv": data}), draws=100)
    assert ("baseline_in_pandemic", "g1") in {(gap.code, gap.subject) for gap in results.gaps}


def test_so_is_a_stated_one_and_one_from_before_is_not(plan, written, table):
    for year, told in ((2019, False), (2021, True)):
        plan["benefits"][0]["baseline"] = {
            "state": "measured",
            "value": 1.0,
            "period": {"start": date(year, 1, 1), "end": date(year, 12, 31)},
        }
        _, gaps = lacks(written(plan, {"tall.csv": table}))
        assert ("baseline_in_pandemic" in {gap.code for gap in gaps}) is told


def test_the_verdict_is_held_to_the_computed_baseline(measured, written, table):
    measured["benefits"][0]["target"] = {"value": 0.5, "date": date(2024, 12, 31)}
    results = assess(written(measured, {"tall.csv": table}), draws=100)
    (verdict,) = results.follow_up.verdicts
    assert results.values[verdict.values["baseline"]].value == 1.0


def test_a_freeze_keeps_what_was_worked_out_and_later_data_are_a_deviation(measured, written, table):
    path = written(measured, {"tall.csv": table})
    freeze(path, as_of=date(2023, 12, 31))
    (path.parent / "tall.csv").write_text(table.replace("2023-12;2;", "2023-12;14;"), encoding="utf-8")
    results = assess(path, as_of=date(2024, 12, 31), draws=100)
    changed = {one.code: (one.old, one.new) for one in results.follow_up.deviations}
    assert changed["baseline.value"] == (1.0, 1.5)
    (verdict,) = results.follow_up.verdicts
    assert verdict.benefit == "g1"


def test_each_unit_is_shown_and_a_small_one_is_hidden_with_the_next_smallest(plan, written):
    plan["data"][0]["columns"] |= {"unit": "omraade"}
    plan["data"][0] |= {"per": "inhabitant", "period": {"start": date(2021, 1, 1), "end": date(2023, 12, 31)}}
    del plan["data"][0]["columns"]["period"]
    benefit = plan["benefits"][0]
    benefit["indicator"]["per"] = "inhabitant"
    benefit["baseline"] = {"state": "measured", "data": "tall", "per_unit": True}
    del benefit["method"]
    data = "omraade;antall;aar\nAnes;40;1000\nBo;3;500\nDal;12;800\nElv;30;900\n"
    results = assess(written(plan, {"tall.csv": data}), as_of=date(2024, 12, 31), draws=100)
    values = results.values
    assert values["benefit.g1.baseline"].value == pytest.approx(85 / 3200)
    shown = {one.name: values[one.id] for one in results.baselines["g1"].units}
    assert shown["Anes"].value == pytest.approx(400)
    assert shown["Anes"].per == "ten_thousand_inhabitants"
    assert {name for name, value in shown.items() if value.suppressed} == {"Bo", "Dal"}
    hidden = next(one.id for one in results.baselines["g1"].units if one.name == "Bo")
    assert (values[hidden].low, values[f"{hidden}.events"].value) == (None, None)


def test_those_chosen_in_a_bad_period_get_a_warning_a_size_and_an_adjusted_baseline(measured, written, table):
    """k 1, m 0.5, 1 a year over one year: (1 + 1) / (1 / 0.5 + 1) = 2 / 3; the drop for at least two is 0.5333."""
    baseline(measured)["selection"] = {
        "rule": "Minst to innleggelser siste år",
        "window_months": 12,
        "at_least": 2,
        "population_rate": 0.5,
        "population_dispersion": 1.0,
    }
    results = assess(written(measured, {"tall.csv": table}), draws=100)
    value = results.values["benefit.g1.baseline.adjusted"]
    assert (value.value, value.grade, value.derived) == (pytest.approx(2 / 3), "assumed", True)
    assert value.low < value.value < value.high
    assert results.values["benefit.g1.baseline.expected_drop"].value == pytest.approx(0.5333, abs=1e-4)
    checks = {one.code: one.passed for one in results.baselines["g1"].checks}
    assert checks["regression_to_the_mean"] is False
    assert checks["peak_months_kept"] is True


def test_a_baseline_that_leaves_the_rule_s_window_out_is_not_adjusted_but_told_of(measured, written):
    baseline(measured)["until"] = date(2022, 12, 31)
    baseline(measured)["selection"] = {
        "rule": "Minst to siste år",
        "window_months": 12,
        "at_least": 2,
        "population_rate": 0.5,
        "population_dispersion": 1.0,
    }
    data = months(2022, 2024, lambda year, month: 3 if year == 2023 else 1)
    results = assess(written(measured, {"tall.csv": data}), draws=100)
    assert "benefit.g1.baseline.adjusted" not in results.values
    checks = {one.code: one.passed for one in results.baselines["g1"].checks}
    assert checks["peak_months_kept"] is None


def test_of_a_measurement_it_is_barnett_and_others(plan, written, table):
    """Mean 60, sd 15, correlation 0.5, above 80; seen at 88: adjusted 60 + 28 x 0.5 = 74."""
    plan["benefits"][0]["indicator"] |= {"unit": "points", "per": "none"}
    plan["benefits"][0]["baseline"] = {
        "state": "measured",
        "value": 88.0,
        "selection": {
            "rule": "Over 80",
            "population_mean": 60.0,
            "population_sd": 15.0,
            "correlation": 0.5,
            "cutoff": 80.0,
        },
    }
    del plan["benefits"][0]["method"]
    values = assess(written(plan, {"tall.csv": table}), as_of=date(2024, 12, 31), draws=100).values
    assert values["benefit.g1.baseline.adjusted"].value == 74.0
    assert values["benefit.g1.baseline.expected_move"].value == pytest.approx(13.486, abs=1e-3)


def test_the_population_is_estimated_from_data_of_everybody(measured, written, table):
    """Sixty persons without an event, twenty with one, twenty with four in the year before; as in the method's own."""
    measured["data"].append(
        {
            "id": "alle",
            "file": "alle.csv",
            "shape": "panel",
            "columns": {"person": "p", "group": "g", "period": "m", "count": "n", "exposure": "e"},
        }
    )
    baseline(measured)["selection"] = {
        "rule": "Minst to",
        "window_months": 12,
        "at_least": 2,
        "population_data": "alle",
    }
    rows = ["p;g;m;n;e"]
    counts = [0] * 60 + [1] * 20 + [4] * 20
    for person, count in enumerate(counts):
        rows += [f"x{person};all;2023-{month:02d};{count if month == 5 else 0};0,0833333" for month in range(1, 13)]
    path = written(measured, {"tall.csv": table, "alle.csv": "\n".join(rows) + "\n"})
    results = assess(path, draws=100)
    assert results.values["benefit.g1.selection.rate"].value == pytest.approx(1.0, rel=1e-4)
    assert results.values["benefit.g1.selection.persons"].value == 100
    assert 0.66 < results.values["benefit.g1.baseline.adjusted"].value <= 1.0001
    naive = next(one for one in results.estimates if one.method == "before_after")
    (warned,) = [one for one in naive.checks if one.code == "regression_to_the_mean"]
    assert "expected_drop" in warned.parameters


def test_too_few_persons_are_not_shown(measured, written):
    measured["data"][0] |= {"shape": "panel"}
    measured["data"][0]["columns"] |= {"person": "p", "group": "g"}
    rows = ["p;g;periode;antall;aar"]
    rows += [f"x{person};all;2023-{month:02d};1;0,08" for person in range(3) for month in range(1, 13)]
    results = assess(written(measured, {"tall.csv": "\n".join(rows) + "\n"}), draws=100)
    assert results.baselines["g1"].found.refusal.code == "too_few_to_show"
    assert "benefit.g1.baseline" not in results.values


def test_mistakes_are_told_together_with_their_lines(measured, written, table):
    del measured["go_live"]
    baseline(measured)["data"] = "tal"
    measured["benefits"].append(
        {"id": "g2", "title": "To", "baseline": {"state": "measured", "seasons": 2, "value": 1.0}}
    )
    with pytest.raises(InvalidInput) as told:
        check(written(measured, {"tall.csv": table}))
    assert {"unknown_data", "baseline_needs_data"} <= {problem.code for problem in told.value.problems}


def test_what_is_counted_decides_what_a_baseline_is():
    assert [kind_of(unit) for unit in ("persons", "visits", "minutes", "points", "kroner")] == [
        "rate", "rate", "mean", "mean", "mean",
    ]  # fmt: skip


def test_a_normal_year_after_an_abnormal_dip_is_not_taken_for_a_peak(measured, written):
    """Two a month as always, but one in each month of 2022: told apart when that year is named, else 2023 is a peak."""
    dip = months(2020, 2024, lambda year, month: 1 if year == 2022 else 2)
    measured["benefits"][0]["baseline"]["seasons"] = 1

    def peak():
        return assess(written(measured, {"tall.csv": dip}), draws=100).baselines["g1"].found.peak

    unnamed = peak()
    measured["abnormal_periods"] = [{"start": date(2022, 1, 1), "end": date(2022, 12, 31), "title": "Pandemi"}]
    named = peak()
    assert unnamed.parameters["rate_earlier"] == pytest.approx((24 + 24 + 12) / 72)
    assert named.parameters["rate_earlier"] == pytest.approx(48 / 48)
    assert named.passed is True
