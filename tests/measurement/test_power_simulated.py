"""Power by simulation: the made-up data are as planned, and where there is a formula both give the same."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.measurement.power import (
    Planned,
    simulated_power,
    simulated_precision,
    simulated_smallest,
    smallest_detectable_ratio,
)
from benefits.measurement.power.simulated_data import GO_LIVE, drawn

pytestmark = pytest.mark.slow

MONTHLY = Planned(months_before=24, months_after=24, rate=1.5, exposure=10 / 3)
"""Forty person-years a year with 1.5 events in each: 120 events on each side."""


def test_data_are_as_planned():
    planned = replace(MONTHLY, exposure=5000.0, comparison=2500.0, dispersion=3.0)
    data = drawn(planned, effect=-0.5, seed=(1,))
    assert isinstance(data, Series)
    rows = data.rows()
    after = rows["period"] >= pd.Timestamp(GO_LIVE)
    rates = rows.groupby([rows["group"], after])[["count", "exposure"]].sum()
    found = (rates["count"] / rates["exposure"]).to_dict()
    assert found["treated", True] == pytest.approx(1.0, abs=0.03)
    assert [found[key] for key in (("treated", False), ("comparison", False), ("comparison", True))] == pytest.approx(
        [1.5] * 3, abs=0.03
    )
    before = rows[(rows["group"] == "treated") & ~after]["count"]
    assert float(before.var(ddof=1) / before.mean()) == pytest.approx(3.0, rel=0.7)


def test_the_same_seed_gives_the_same_luck_whatever_the_effect():
    one, other = (drawn(MONTHLY, effect=effect, seed=(4, 2)).rows() for effect in (0.0, -0.7))
    before = one["period"] < pd.Timestamp(GO_LIVE)
    assert (one["count"][before] == other["count"][before]).all()
    assert (one["count"] >= other["count"]).all()
    assert (one["count"] > other["count"]).any()


def test_persons_units_amounts_and_staggered_starts_can_be_drawn():
    panel = drawn(replace(MONTHLY, persons=30, comparison=5 / 3), effect=0.0, seed=(1,))
    assert isinstance(panel, Panel)
    assert {group: panel.persons(group) for group in panel.groups} == {"treated": 30, "comparison": 15}
    hours = drawn(replace(MONTHLY, whole=False, dispersion=0.2), effect=0.0, seed=(1,))
    assert not hours.whole
    assert float(hours.rows()["count"].var() / hours.rows()["count"].mean()) == pytest.approx(0.2, rel=0.5)
    staggered = drawn(replace(MONTHLY, units=3, starts=(0, 6, 12)), effect=0.0, seed=(1,)).rows()
    assert sorted(staggered["start"].dt.strftime("%Y-%m").unique()) == ["2020-01", "2020-07", "2021-01"]


@pytest.mark.parametrize(
    "wrong", [{"rate": 0.0}, {"months_after": 0}, {"dispersion": 0.5}, {"units": 2, "starts": (0,)}, {"persons": 0}]
)
def test_a_shape_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"above zero|one or more|one for each unit"):
        replace(MONTHLY, **wrong)


def test_precision_counting_and_formula_agree_on_before_and_after():
    """120 events each side: the formula's ratio; the method's own standard errors; and 80 of 100 data sets."""
    ratio = smallest_detectable_ratio(rate=1.5, exposure_treated=80, df=46)
    assert ratio is not None
    by_formula = 1.5 * (1 - ratio)
    quick = simulated_precision("before_after", MONTHLY, datasets=3)
    # The method lifts the spread it finds to one where chance has made it less, so it asks for a little more.
    assert quick.value == pytest.approx(by_formula, rel=0.1)


def test_the_projection_shows_the_effect_found_about_as_often_as_promised():
    """40 data sets: within 3 standard errors of a share of 0.8, and 4 points for the approximation."""
    found = simulated_precision("projection", MONTHLY)
    assert found.value is not None
    counted = simulated_power("projection", MONTHLY, effect=-found.value, datasets=40)
    assert counted.value == pytest.approx(0.8, abs=3 * counted.error + 0.04)


@pytest.mark.slow
def test_halving_finds_the_effect_that_is_shown_as_often_as_asked():
    planned = replace(MONTHLY, exposure=50.0)
    options = {"trend": "none", "season": "none"}
    found = simulated_smallest("projection", planned, options=options, datasets=8)
    assert found.value is not None
    assert (simulated_power("projection", planned, effect=-found.value, options=options, datasets=8).value or 0) >= 0.8
    below = simulated_power("projection", planned, effect=-found.value * 0.99, options=options, datasets=8)
    assert (below.value or 0) <= 0.8
    ratio = smallest_detectable_ratio(rate=1.5, exposure_treated=1200, df=23)
    assert ratio is not None
    assert found.value == pytest.approx(1.5 * (1 - ratio), abs=3 * found.error)


def test_a_rise_is_looked_for_upwards():
    fall, rise = (simulated_precision("projection", MONTHLY, rises=one, datasets=3).value or 0 for one in (False, True))
    assert rise > fall
    share = simulated_power("projection", MONTHLY, effect=rise, datasets=5).value
    assert share is not None
    assert share >= 0.4


def test_what_the_method_refuses_is_not_shown():
    """An interrupted time series needs eight months on each side."""
    short = replace(MONTHLY, months_after=4)
    assert simulated_precision("interrupted_time_series", short, datasets=2).value is None
    counted = simulated_power("interrupted_time_series", short, effect=-1.0, datasets=2)
    assert (counted.value, counted.refused) == (0.0, 2)


def test_no_fall_is_enough_where_there_are_hardly_any_events():
    rare = replace(MONTHLY, rate=0.05)
    assert simulated_precision("projection", rare, datasets=3).value is None or rare.rate * 40 > 1
    assert simulated_smallest("projection", rare, datasets=1).value is None


def test_false_alarms_are_as_many_as_they_should_be():
    """Under no effect either side counts: about one in twenty; at most 5 of 25 (probability of more: 0.001)."""
    counted = simulated_power("projection", MONTHLY, effect=0.0, datasets=25)
    assert counted.value is not None
    assert counted.value <= 0.2
