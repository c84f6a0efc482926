"""How much events are gathered in some persons: found again in made-up data, and silent when it cannot be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.measurement.dispersion import dispersion, dispersion_around_trend, dispersion_within

START = date(2024, 1, 1)


def panel(*, shape: float | None, persons: int = 4_000, seed: int = 1) -> Panel:
    """Two years by month, one event a year; rates vary as a gamma distribution of this shape, or not at all."""
    stream = np.random.default_rng(seed)
    rates = np.ones(persons) if shape is None else stream.gamma(shape, 1 / shape, persons)
    months = pd.date_range("2023-01-01", periods=24, freq="MS")
    counts = stream.poisson(rates[:, None] / 12, (persons, 24))
    frame = pd.DataFrame(
        {
            "person": np.repeat(np.arange(persons), 24),
            "unit": "Vik",
            "group": "treated",
            "period": np.tile(months.to_numpy(), persons),
            "count": counts.ravel(),
            "exposure": 1 / 12,
        }
    )
    return Panel(frame)


def test_independent_events_have_a_dispersion_of_one() -> None:
    assert dispersion(panel(shape=None), go_live=START, selected=False) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("selected", [False, True])
def test_events_gathered_in_some_are_found(selected: bool) -> None:
    """A gamma shape of one with one event a year: a negative binomial with variance 1 + 1 / 1 = 2."""
    assert dispersion(panel(shape=1.0), go_live=START, selected=selected) == pytest.approx(2.0, rel=0.1)


def test_persons_chosen_by_their_events_look_more_alike_than_they_are_and_the_year_after_tells() -> None:
    everybody = panel(shape=1.0)
    rows = everybody._rows
    many = rows[rows["period"] < pd.Timestamp(START)].groupby("person")["count"].sum() >= 2
    chosen = Panel(rows[rows["person"].isin(many.index[many])])
    before, after = (dispersion(chosen, go_live=START, selected=one) for one in (False, True))
    assert before is not None
    assert after is not None
    assert before < 1.2 < after


def test_a_few_persons_or_nothing_before_the_start_tell_nothing() -> None:
    assert dispersion(panel(shape=1.0, persons=5), go_live=START, selected=False) is None
    assert dispersion(panel(shape=1.0, persons=50), go_live=date(2022, 1, 1), selected=False) is None


def test_no_event_tells_nothing() -> None:
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    quiet = pd.DataFrame({"period": months, "unit": "", "group": "all", "count": 0, "exposure": 1.0})
    assert dispersion(Series(quiet), go_live=START, selected=False) is None


def test_less_spread_than_chance_counts_as_chance() -> None:
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    even = pd.DataFrame({"period": months, "unit": "", "group": "all", "count": 3, "exposure": 1.0})
    assert dispersion(Series(even), go_live=START, selected=False) == 1.0


def test_an_amount_has_a_spread_in_its_own_unit_and_no_floor() -> None:
    """Hours of 1.9 and 2.1 by turns: 12 x 0.01 / 2 over 11; in minutes it is sixty times that."""
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    hours = pd.DataFrame({"period": months, "unit": "", "group": "all", "count": [1.9, 2.1] * 6, "exposure": 1.0})
    found = dispersion(Series(hours), go_live=START, selected=False)
    assert found == pytest.approx(12 * 0.01 / 2 / 11)
    minutes = hours.assign(count=hours["count"] * 60 + 0.5)
    more = dispersion(Series(minutes), go_live=START, selected=False)
    assert more == pytest.approx(12 * 36 / 120.5 / 11)


def test_what_persons_always_differ_by_is_no_spread_within_them() -> None:
    """Rates between persons vary as a gamma distribution of shape one half: between them 1 + 1 / 0.5 = 3."""
    everybody = panel(shape=0.5)
    assert dispersion(everybody, go_live=START, selected=False) == pytest.approx(3.0, rel=0.15)
    within = dispersion_within(everybody, member="person", go_live=START, selected=False)
    assert within == pytest.approx(1.0, abs=0.05)


def test_events_that_come_in_pairs_vary_twice_as_much_within_persons_and_units() -> None:
    """Every event twice in the same month: variance 4 times, mean 2 times."""
    rows = panel(shape=None).rows()
    twice = Panel(rows.assign(count=rows["count"] * 2))
    found = dispersion_within(twice, member="person", go_live=START, selected=False)
    assert found == pytest.approx(2.0, rel=0.06)
    units = twice.rows().assign(unit=lambda frame: "u" + (frame["person"] % 40).astype(str))
    by_unit = dispersion_within(Panel(units).to_series(), member="unit", go_live=START, selected=False)
    assert by_unit == pytest.approx(2.0, rel=0.35)


def test_too_few_members_tell_nothing_of_what_varies_within_them() -> None:
    few = panel(shape=None, persons=3)
    assert dispersion_within(few, member="person", go_live=START, selected=False) is None
    assert dispersion_within(few, member="person", go_live=date(2022, 1, 1), selected=False) is None


def test_trend_and_season_are_no_spread_around_them() -> None:
    months = pd.date_range("2021-01-01", periods=36, freq="MS")
    month = np.arange(36)
    mean = 400 * np.exp(0.02 * month + 0.3 * np.sin(2 * np.pi * month / 12))
    frame = pd.DataFrame({"period": months, "unit": "", "group": "all", "count": np.round(mean), "exposure": 1.0})
    flat = dispersion(Series(frame), go_live=START, selected=False)
    assert flat is not None
    assert flat > 20
    asked = {"go_live": START, "months": None}
    assert dispersion_around_trend(Series(frame), harmonics=1, **asked) == 1.0  # type: ignore[arg-type]
    without = dispersion_around_trend(Series(frame), harmonics=0, **asked)  # type: ignore[arg-type]
    assert without is not None
    assert without > 10
    assert dispersion_around_trend(Series(frame), go_live=START, months=9, harmonics=0) is None
