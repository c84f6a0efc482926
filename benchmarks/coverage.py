"""How often intervals cover the truth when patients are chosen in a bad period, method by method.

``python benchmarks/coverage.py`` prints, for each true rate ratio and group size: how often the interval covers it
(with Monte Carlo standard error), the median ratio and width, the power, and how often regression to the mean was
warned of. ``--write`` also stores them in ``coverage.json`` beside this file; ``--replications N`` asks for fewer.

The world: rates of admission are gamma distributed over persons, and everybody has two years. Those with at least two
admissions in the last of them come in, to the service or to a comparison chosen by the same rule; a third year follows.
Rates drift down by five per cent a year for all, a few persons are gone before the end of the last year, and the
service multiplies the rate of those who get it by the true ratio.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benefits.activity import Panel
from benefits.measurement import Estimate, method

STORED = Path(__file__).parent / "coverage.json"
REPLICATIONS = 2_000
RATIOS = (1.0, 0.8, 1.1)
PERSONS = (150, 500)
"""Per group."""
POPULATION_RATE = 0.5
"""Admissions per person-year in the year of selection, among everybody the rule is applied to."""
POPULATION_DISPERSION = 0.8
"""Shape of the gamma distribution of rates between persons."""
YEARLY_DRIFT = 0.95
AT_LEAST = 2
GONE = 0.05
"""Share of persons who are gone before the end of the last year."""
YEARS = pd.to_datetime(["2023-01-01", "2024-01-01", "2025-01-01"])
GO_LIVE = date(2025, 1, 1)
RULE: dict[str, Any] = {
    "selected": True,
    "selection_window_months": 12,
    "selection_at_least": AT_LEAST,
    "population_rate": POPULATION_RATE,
    "population_dispersion": POPULATION_DISPERSION,
}
RECOMMENDED, NAIVE = "difference_in_differences", "before_after"
METHODS: dict[str, dict[str, Any]] = {RECOMMENDED: {**RULE, "comparison_selected_alike": True}, NAIVE: RULE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one method did in one world: shares of replications, and medians over them.

    Attributes
    ----------
    covered, error
        Share of intervals that hold the true ratio, and its Monte Carlo standard error.
    median_ratio, median_width
        Of the estimated ratio, and of its interval (high less low).
    power
        Share of intervals that leave out one: with a true ratio of one, how often an effect is found that is not there.
    warned
        In how many replications the check of regression to the mean failed.
    refused
        In how many the method would not answer.
    """

    true_ratio: float
    persons: int
    method: str
    replications: int
    covered: float
    error: float
    median_ratio: float
    median_width: float
    power: float
    warned: int
    refused: int


def simulate(stream: np.random.Generator, *, persons: int, ratio: float) -> pd.DataFrame:
    """Return one row per person and year of both groups, all chosen by the same rule."""
    groups = [_group(stream, persons, effect) for effect in (ratio, 1.0)]
    counts, exposure = (np.concatenate(one) for one in zip(*groups, strict=True))
    return pd.DataFrame(
        {
            "person": np.repeat(np.arange(2 * persons), len(YEARS)),
            "unit": "",
            "group": np.repeat(["treated", "comparison"], persons * len(YEARS)),
            "period": np.tile(YEARS, 2 * persons),
            "count": counts.ravel(),
            "exposure": exposure.ravel(),
        }
    )


def _group(stream: np.random.Generator, persons: int, effect: float) -> tuple[np.ndarray, np.ndarray]:
    """Counts and exposure of the first so many of a large population who fulfil the rule."""
    years = np.array([1 / YEARLY_DRIFT, 1.0, YEARLY_DRIFT * effect])
    counts, exposure = np.empty((0, 3), dtype=np.int64), np.empty((0, 3))
    while len(counts) < persons:
        rate = stream.gamma(POPULATION_DISPERSION, POPULATION_RATE / POPULATION_DISPERSION, 20 * persons)
        last = np.where(stream.random(len(rate)) < GONE, stream.uniform(1 / 365, 1.0, len(rate)), 1.0)
        there = np.column_stack([np.ones_like(rate), np.ones_like(rate), last])
        seen = stream.poisson(rate[:, None] * years * there)
        chosen = seen[:, 1] >= AT_LEAST
        counts, exposure = np.concatenate([counts, seen[chosen]]), np.concatenate([exposure, there[chosen]])
    return counts[:persons], exposure[:persons]


def replicate(seeds: Iterable[int], *, persons: int, ratio: float) -> pd.DataFrame:
    """Return one row per seed and method: ratio, low, high, and whether regression to the mean was warned of."""
    rows = []
    for seed in seeds:
        stream = np.random.default_rng([seed, persons, round(1000 * ratio)])
        frame = simulate(stream, persons=persons, ratio=ratio)
        # Who compares before with after has no comparison group, and so none of the checks that need one.
        panels = {RECOMMENDED: Panel(frame), NAIVE: Panel(frame[frame["group"] == "treated"])}
        for method_id, options in METHODS.items():
            answer = method(method_id).estimate(
                panels[method_id], benefit="", indicator="", go_live=GO_LIVE, options=options
            )
            if not isinstance(answer, Estimate) or answer.ratio_interval is None:
                rows.append((seed, method_id, np.nan, np.nan, np.nan, False))
                continue
            warned = any(one.code == "regression_to_the_mean" and one.passed is False for one in answer.checks)
            rows.append((seed, method_id, answer.ratio, *answer.ratio_interval, warned))
    return pd.DataFrame(rows, columns=["seed", "method", "ratio", "low", "high", "warned"])


def summary(table: pd.DataFrame, *, persons: int, ratio: float) -> tuple[Found, ...]:
    """Return what each method did over the replications; a refusal covers nothing and shows nothing."""
    found = []
    for method_id in METHODS:
        rows = table[table["method"] == method_id]
        covered = float(((rows["low"] <= ratio) & (ratio <= rows["high"])).mean())
        found.append(
            Found(
                true_ratio=ratio,
                persons=persons,
                method=method_id,
                replications=len(rows),
                covered=covered,
                error=round((covered * (1 - covered) / len(rows)) ** 0.5, 5),
                median_ratio=round(float(rows["ratio"].median()), 4),
                median_width=round(float((rows["high"] - rows["low"]).median()), 4),
                power=float(((rows["low"] > 1) | (rows["high"] < 1)).mean()),
                warned=int(rows["warned"].sum()),
                refused=int(rows["ratio"].isna().sum()),
            )
        )
    return tuple(found)


def main() -> None:
    """Print what every method did in every world, and store it when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the figures beside this file")
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    asked = parser.parse_args()
    every: list[Found] = []
    print("ratio persons method                     covered (error)  median  width  power  warned refused", flush=True)
    for ratio, persons in product(RATIOS, PERSONS):
        table = replicate(range(asked.replications), persons=persons, ratio=ratio)
        for one in summary(table, persons=persons, ratio=ratio):
            every.append(one)
            print(
                f"{one.true_ratio:5.2f} {one.persons:7d} {one.method:26s} {one.covered:.4f} ({one.error:.4f}) "
                f"{one.median_ratio:7.3f} {one.median_width:6.3f} {one.power:6.3f} {one.warned:7d} {one.refused:7d}",
                flush=True,
            )
    if asked.write:
        STORED.write_text(json.dumps([asdict(one) for one in every], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
