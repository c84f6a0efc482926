"""How much events are gathered in some persons: found again in made-up data, and silent when it cannot be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.measurement.dispersion import dispersion

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
