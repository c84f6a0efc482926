"""The coverage benchmark: its stored figures hold what is claimed of them, and a small run agrees."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benefits.measurement import gamma_poisson

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_benchmark", ROOT / "benchmarks" / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_stored_figures_are_of_every_world_and_at_least_two_thousand_replications(benchmark):
    stored = json.loads(benchmark.STORED.read_text())
    worlds = {(one["true_ratio"], one["persons"], one["method"]) for one in stored}
    assert worlds == {
        (ratio, persons, name)
        for ratio in benchmark.RATIOS
        for persons in benchmark.PERSONS
        for name in benchmark.METHODS
    }
    assert min(one["replications"] for one in stored) >= 2_000


def test_the_recommended_method_covers_as_often_as_it_says_and_the_naive_one_is_warned_of_every_time(benchmark):
    for one in json.loads(benchmark.STORED.read_text()):
        if one["method"] == benchmark.RECOMMENDED:
            assert 0.93 <= one["covered"] <= 0.97
            assert one["median_ratio"] == pytest.approx(one["true_ratio"], rel=0.02)
        else:
            assert one["warned"] == one["replications"]
            assert one["covered"] < 0.05
        assert one["refused"] == 0


def test_both_groups_are_chosen_by_the_rule_and_fall_as_the_theory_says(benchmark):
    """Mean events of the chosen in the year looked at, and the year after but for drift; within four s.e."""
    stream = np.random.default_rng(1)
    frame = benchmark.simulate(stream, persons=4_000, ratio=1.0)
    wide = frame.pivot(index="person", columns="period", values="count").to_numpy()
    assert wide[:, 1].min() >= benchmark.AT_LEAST
    fall = gamma_poisson(
        mean_rate=benchmark.POPULATION_RATE,
        dispersion=benchmark.POPULATION_DISPERSION,
        window_years=1.0,
        at_least=benchmark.AT_LEAST,
    )
    for year, expected in ((1, fall.expected_selected), (2, fall.expected_next * benchmark.YEARLY_DRIFT)):
        rows = frame[frame["period"] == benchmark.YEARS[year]]
        rate = rows["count"].sum() / rows["exposure"].sum()
        assert rate == pytest.approx(expected, abs=4 * rows["count"].std() / len(rows) ** 0.5)


def test_the_same_seed_gives_the_same_row(benchmark):
    one, other = (benchmark.replicate([7], persons=40, ratio=0.8) for _ in range(2))
    assert one.equals(other)


@pytest.mark.slow
@pytest.mark.usefixtures("interval_alone")
@pytest.mark.parametrize("ratio", [0.8])
def test_a_small_run_agrees_with_what_is_stored(benchmark, ratio):
    """100 replications of 150 a group: fewer than 88 covered has a chance of 0.002 at 95 %."""
    found = {
        one.method: one
        for one in benchmark.summary(
            benchmark.replicate(range(100), persons=150, ratio=ratio), persons=150, ratio=ratio
        )
    }
    assert found[benchmark.RECOMMENDED].covered >= 0.88
    assert found["before_after"].covered == 0
    assert found["before_after"].warned == 100
    kept = {(one["true_ratio"], one["persons"], one["method"]): one for one in json.loads(benchmark.STORED.read_text())}
    told = kept[ratio, 150, benchmark.RECOMMENDED]
    assert found[benchmark.RECOMMENDED].median_width == pytest.approx(told["median_width"], rel=0.1)
