"""Small worlds the methods are tried on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from benefits.activity import Panel, Series


def _panel(counts: dict[str, list[list[int]]], *, exposure: float = 1.0, start: str = "2023-01-01") -> Panel:
    """Make a panel: group -> persons -> counts per month."""
    frames = []
    for group, persons in counts.items():
        months = len(persons[0])
        period = np.tile(pd.date_range(start, periods=months, freq="MS"), len(persons))
        person = np.repeat([f"{group}{number}" for number in range(len(persons))], months)
        values = {"person": person, "unit": "", "group": group, "period": period, "count": np.concatenate(persons)}
        frames.append(pd.DataFrame({**values, "exposure": exposure}))
    return Panel(pd.concat(frames))


def _series(counts: dict[str, list[int]], *, exposure: float = 10.0, start: str = "2023-01-01") -> Series:
    """Make a series: group -> counts per month."""
    frames = [
        pd.DataFrame(
            {
                "period": pd.date_range(start, periods=len(months), freq="MS"),
                "unit": group,
                "group": group,
                "count": months,
                "exposure": exposure,
            }
        )
        for group, months in counts.items()
    ]
    return Series(pd.concat(frames))


def _simulated(seed: int, *, persons: int = 60, ratio: float = 0.8, drift: float = 0.9) -> Panel:
    """Simulate two groups of gamma distributed persons, 12 months on each side; the treated change by ``ratio``."""
    stream = np.random.default_rng(seed)
    counts = {}
    for group, effect in (("treated", ratio), ("comparison", 1.0)):
        rates = stream.gamma(1.0, 1.5, size=persons)[:, None] / 12
        after = np.r_[np.ones(12), np.full(12, drift * effect)]
        counts[group] = stream.poisson(rates * after).tolist()
    return _panel(counts, exposure=1 / 12)


@pytest.fixture(scope="session")
def panel() -> Callable[..., Panel]:
    return _panel


@pytest.fixture(scope="session")
def series() -> Callable[..., Series]:
    return _series


@pytest.fixture(scope="session")
def simulated() -> Callable[..., Panel]:
    return _simulated
