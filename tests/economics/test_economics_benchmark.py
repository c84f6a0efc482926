"""What `make bench NAME=economics` times is the same arithmetic both ways, and takes little memory."""

from __future__ import annotations

import importlib.util
import tracemalloc
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benefits.economics.build import flows
from benefits.economics.product import Product

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "economics.py"
DRAWS = 2000


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("economics_benchmark", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_present_value_per_actor_is_what_numpy_gives_by_hand(benchmark: ModuleType) -> None:
    project = benchmark.project()
    inputs, draws, column = benchmark.given(project, n=DRAWS)
    factors = benchmark.factors_of(project.years)
    assert (len(column), len(project.years), len(benchmark.ACTORS)) == (30, 10, 8)
    ours = benchmark.ours(project, inputs=inputs, draws=draws, factors=factors)
    for way in (benchmark.with_tables, benchmark.with_years_first):
        by_hand = way(project, column=column, factors=factors)
        for actor in benchmark.ACTORS:
            size = float(np.abs(by_hand[actor]).max())
            assert ours[actor].shape == (DRAWS,)
            assert np.allclose(ours[actor], by_hand[actor], rtol=1e-12, atol=1e-12 * size), (way, actor)


def test_the_flows_are_held_as_factors_so_that_many_draws_take_little_room(benchmark: ModuleType) -> None:
    """Each row but a few is a column of draws: less than a tenth of the tables (row, year, draw)."""
    project = benchmark.project()
    inputs, draws, _ = benchmark.given(project, n=DRAWS)
    tracemalloc.start()
    try:
        built = flows(project, inputs=inputs, estimates={}, draws=draws).flows
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert all(isinstance(part, Product) for part in built.parts)
    assert peak < 0.2 * len(built) * len(built.years) * DRAWS * 8
