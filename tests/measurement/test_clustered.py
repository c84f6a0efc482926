from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.measurement.clustered import Clustered, small_sample, tabulated
from benefits.measurement.two_groups.group_comparison import CONTRAST, fit_clusters, own_rates, table_of

ANCHOR = json.loads((Path(__file__).parent / "anchors" / "difference_in_differences.json").read_text(encoding="utf-8"))


def anchored() -> Clustered:
    rows = pd.DataFrame(ANCHOR["rows"])
    return tabulated(
        rows.groupby(["unit", "treated", "post"], as_index=False)[["count", "exposure"]].sum(),
        cluster="unit",
        cells=["treated", "post"],
    )


@pytest.mark.parametrize("scale", ["ratio", "difference"])
def test_a_sandwich_error_is_that_of_a_regression_in_r(scale):
    """glm and weighted lm with sandwich::vcovCL, figures stored with the anchor."""
    table = anchored()
    rates = np.log(table.rates) if scale == "ratio" else table.rates
    error = float(CONTRAST @ table.covariance(scale) @ CONTRAST) ** 0.5
    assert (float(CONTRAST @ rates), error) == pytest.approx(tuple(ANCHOR[scale]), rel=1e-8)


def test_means_of_units_have_the_error_of_an_unweighted_regression_in_r():
    rows = pd.DataFrame(ANCHOR["rows"]).assign(period=pd.Timestamp("2024-01-01"))
    rows["group"] = np.where(rows["treated"] == 1, "treated", "comparison")
    table = table_of(rows, level="unit", measure="mean")
    fit = fit_clusters(table, scale="difference", apart=True)
    assert (float(CONTRAST @ table.rates), fit.se) == pytest.approx(tuple(ANCHOR["mean"]), rel=1e-8)
    assert fit.df == 6


def test_the_small_sample_factor_by_hand():
    """Eight clusters, sixteen rows, four cells: 8 / 7 x 15 / 12."""
    assert small_sample(anchored()) == pytest.approx(8 / 7 * 15 / 12)


def test_a_cluster_that_has_nothing_in_a_cell_does_not_move_it():
    rows = pd.DataFrame({"unit": ["a", "b", "c"], "post": [0, 0, 1], "count": [1, 3, 5], "exposure": 1.0})
    moved = tabulated(rows, cluster="unit", cells=["post"]).influence("difference")
    assert moved.tolist() == [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.0]]


def test_a_rate_is_found_by_its_cell_and_cells_are_in_order():
    rows = pd.DataFrame(
        {"unit": ["a", "a"], "treated": [1, 0], "post": [0, 1], "count": [4, 6], "exposure": [2.0, 2.0]}
    )
    table = tabulated(rows, cluster="unit", cells=["treated", "post"])
    assert table.cells == ((0, 1), (1, 0))
    assert table.rates[table.cells.index((1, 0))] == 2


@given(
    counts=st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), min_size=2, max_size=8),
    weight=st.floats(0.1, 10),
)
def test_influence_sums_to_zero_and_covariance_is_never_negative(counts, weight):
    count = np.array(counts, dtype=float)
    table = Clustered(count=count, exposure=np.full(count.shape, weight), cells=((0,), (1,)), observations=count.size)
    assert table.influence("difference").sum(axis=0) == pytest.approx(0, abs=1e-9)
    assert np.linalg.eigvalsh(table.covariance("difference")).min() >= -1e-9


def test_influence_is_how_the_rate_moves_when_a_cluster_weighs_more():
    table = anchored()
    step = 1e-6
    for cluster in range(table.clusters):
        heavier = np.ones(table.clusters)
        heavier[cluster] += step
        rates = (heavier @ table.count) / (heavier @ table.exposure)
        moved = (np.log(rates) - np.log(table.rates)) / step
        assert moved == pytest.approx(table.influence("ratio")[cluster], abs=1e-6)


def test_own_rates_leave_other_columns_as_they_are():
    rows = pd.DataFrame({"unit": ["a"], "count": [3], "exposure": [4.0]})
    assert own_rates(rows).to_dict("list") == {"unit": ["a"], "count": [0.75], "exposure": [1.0]}
