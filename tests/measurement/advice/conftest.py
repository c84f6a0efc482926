"""Data of any shape a situation can have, with events enough that only the shape decides whether a method answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Data, Panel, Responses, Series
from benefits.measurement.advice import Situation

GO_LIVE = date(2024, 1, 1)
MEAN = {"events": 30.0, "amounts": 30.0, "minutes": 30.0, "scores": 4.0, "shares": 0.6, "reported": 1.0}


def _counts(stream: np.random.Generator, kind: str, size: int, exposure: float) -> np.ndarray:
    if kind == "events":
        return stream.poisson(MEAN[kind], size)
    if kind == "shares":
        return stream.binomial(int(exposure), MEAN[kind], size)
    return np.abs(stream.normal(MEAN[kind], MEAN[kind] / 10, size)) + 0.01


def _months(situation: Situation, *, start: int = 0) -> list[pd.Timestamp]:
    begin = pd.Timestamp(GO_LIVE)
    return [
        begin + pd.DateOffset(months=at * situation.step) for at in range(-situation.before, situation.after + start)
    ]


def _rows(situation: Situation, group: str, name: str, unit: str, stream: np.random.Generator) -> pd.DataFrame:
    periods = _months(situation)
    exposure = 1.0 if situation.rows == "panel" else 40.0
    count = _counts(stream, situation.kind, len(periods), exposure)
    return pd.DataFrame(
        {"person": name, "unit": unit, "group": group, "period": periods, "count": count, "exposure": exposure}
    )


def _persons(
    situation: Situation, group: str, number: int, units: int, stream: np.random.Generator
) -> list[pd.DataFrame]:
    found = []
    for at in range(number):
        unit = f"{group if situation.apart else 'shared'} {at % max(1, units)}"
        rows = _rows(situation, group, f"{group} {at}", unit, stream)
        if situation.seen == "others":
            later = rows["period"] >= pd.Timestamp(GO_LIVE)
            rows["person"] = rows["person"] + np.where(later, " after", " before")
        found.append(rows)
    return found


def _responses(situation: Situation, stream: np.random.Generator) -> Responses:
    waves = [pd.Timestamp(GO_LIVE) - pd.Timedelta(days=30 * at + 10) for at in range(situation.before)]
    waves += [pd.Timestamp(GO_LIVE) + pd.Timedelta(days=30 * at + 100) for at in range(situation.after)]
    rows = [
        {
            "respondent": f"r{at}{wave >= pd.Timestamp(GO_LIVE) if situation.seen == 'others' else ''}",
            "wave": wave,
            "group": "all",
            "item": "safe",
            "score": float(stream.normal(4.0, 1.0)),
        }
        for wave in waves
        for at in range(situation.persons)
    ]
    return Responses(pd.DataFrame(rows))


def _world(situation: Situation, *, seed: int = 1) -> Data:
    stream = np.random.default_rng(seed)
    if situation.rows == "responses":
        return _responses(situation, stream)
    treated = "treated" if situation.compared else "all"
    frames = []
    for group, number, units in (
        (treated, situation.persons, situation.units),
        ("comparison", situation.comparison_persons if situation.compared else 0, situation.comparison_units),
    ):
        if situation.rows == "panel":
            frames += _persons(situation, group, number, units, stream)
        elif group == treated or situation.compared:
            frames += [
                _rows(situation, group, "", f"{group if situation.apart else 'shared'} {at}", stream)
                for at in range(units)
            ]
    frame = pd.concat(frames, ignore_index=True)
    if situation.own_starts:
        frame["start"] = _starts(frame, situation, treated)
    if situation.silent:
        frame.loc[(frame["group"] == treated) & (frame["period"] >= pd.Timestamp(GO_LIVE)), "count"] = 0
    if situation.rows == "panel":
        return Panel(frame)
    return Series(frame.drop(columns="person"))


def _starts(frame: pd.DataFrame, situation: Situation, treated: str) -> pd.Series:
    """Spread the treated evenly over the starting months, the first at go-live."""
    whose = "person" if situation.rows == "panel" else "unit"
    names = sorted(frame.loc[frame["group"] == treated, whose].unique())
    months = [
        pd.Timestamp(GO_LIVE) + pd.DateOffset(months=at * situation.step) for at in range(situation.starting_months)
    ]
    begun = {name: months[at % len(months)] for at, name in enumerate(names)}
    start = frame[whose].map(begun)
    if situation.comparison_dated:
        start = start.fillna(pd.Timestamp(GO_LIVE))
    return pd.to_datetime(start.where((frame["group"] == treated) | situation.comparison_dated))


@pytest.fixture(scope="session")
def world() -> Callable[..., Data]:
    """Return data of the shape of a situation."""
    return _world


@pytest.fixture(scope="session")
def go_live() -> date:
    return GO_LIVE
