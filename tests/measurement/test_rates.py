"""The arithmetic is held against three things it does not use: hand calculation, the delta method and the bootstrap."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from benefits.measurement.rates import collapse, fit_periods, fit_persons, totals


def sandwich(cells: pd.DataFrame, scale: str) -> float:
    """Closed form for a saturated comparison: a person's score in a cell is count - rate x exposure.

    Divided by the cell's events it is the person's part of the logarithm of the rate, by its exposure that of the rate;
    with the sign of the cell in the contrast, summed within the person, squared and summed over persons. Corrected by
    G / (G - 1) x (N - 1) / (N - K), as the library does.
    """
    sums = totals(cells)
    two = cells["treated"].nunique() == 2
    score = []
    for row in cells.itertuples():
        cell = sums.loc[(row.treated, row.post)]
        by = cell["count"] if scale == "ratio" else cell["exposure"]
        sign = (1 if row.post else -1) * (1 if row.treated or not two else -1)
        score.append(sign * (row.count_ - cell["count"] / cell["exposure"] * row.exposure) / by)
    per_person = pd.Series(score).groupby(cells["cluster"].to_numpy()).sum()
    persons, rows, parameters = len(per_person), len(cells), len(sums)
    correction = persons / (persons - 1) * (rows - 1) / (rows - parameters)
    return float(np.sqrt(correction * (per_person**2).sum()))


def named(cells: pd.DataFrame) -> pd.DataFrame:
    """Give the column count a name that itertuples can carry beside tuple.count."""
    return cells.assign(count_=cells["count"])


@pytest.mark.parametrize("scale", ["ratio", "difference"])
@pytest.mark.parametrize("groups", [["treated"], ["treated", "comparison"]])
def test_the_standard_error_is_the_closed_form_of_the_sandwich(simulated, scale, groups):
    rows = simulated(3)._rows
    rows = rows[rows["group"].isin(groups)].sample(frac=0.8, random_state=1)
    cells = collapse(rows.assign(post=(rows["period"] >= "2024-01-01").astype(int)))
    fit = fit_persons(cells, scale=scale)
    assert fit.se == pytest.approx(sandwich(named(cells), scale), rel=1e-8)
    assert fit.df == cells["cluster"].nunique() - len(groups)


def test_the_standard_error_of_two_persons_by_hand(panel):
    """Two persons, exposure 1 before and 1 after: A 3 -> 1, B 1 -> 1.

    Rates 4/2 = 2 and 2/2 = 1. Scores over events: A -(3-2)/4 + (1-1)/2 = -1/4, B -(1-2)/4 + 0 = 1/4.
    Sum of squares 1/8. Correction 2/1 x 3/2 = 3, so the variance of the log ratio is 3/8.
    Difference: scores over exposure A -1/2, B 1/2, sum of squares 1/2, times 3 is 3/2.
    """
    rows = panel({"treated": [[3, 1], [1, 1]]}, start="2023-12-01")._rows
    cells = collapse(rows.assign(post=(rows["period"] >= "2024-01-01").astype(int)))
    assert fit_persons(cells, scale="ratio").se ** 2 == pytest.approx(3 / 8)
    assert fit_persons(cells, scale="difference").se ** 2 == pytest.approx(3 / 2)
    assert fit_persons(cells, scale="ratio").rates == {(1, 0): 2.0, (1, 1): 1.0}


def test_resampling_persons_gives_the_same_standard_error(simulated):
    rows = simulated(11, persons=150)._rows
    cells = collapse(rows.assign(post=(rows["period"] >= "2024-01-01").astype(int)))
    wide = cells.pivot_table(index=["treated", "cluster"], columns="post", values="count")
    stream = np.random.default_rng(2)
    logs = []
    for _ in range(2000):
        sums = [wide.loc[group].to_numpy()[stream.integers(0, 150, 150)].sum(axis=0) for group in (1, 0)]
        logs.append(np.log(sums[0][1] / sums[0][0]) - np.log(sums[1][1] / sums[1][0]))
    assert fit_persons(cells, scale="ratio").se == pytest.approx(np.std(logs), rel=0.08)


def period_cells(counts: list[int], exposure: list[float]) -> pd.DataFrame:
    half = len(counts) // 2
    post = [0] * half + [1] * (len(counts) - half)
    return pd.DataFrame(
        {"treated": 1, "period": range(len(counts)), "post": post, "count": counts, "exposure": exposure}
    )


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0.5, 20)), min_size=6, max_size=24))
def test_periods_agree_with_the_librarys_quasi_poisson(pairs):
    counts, exposure = [count + 1 for count, _ in pairs], [time for _, time in pairs]
    cells = period_cells(counts, exposure)
    design = np.column_stack([np.ones(len(cells)), cells["post"]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        library = GLM(np.array(counts, dtype=float), design, family=Poisson(), offset=np.log(exposure)).fit(tol=1e-12)
    dispersion = max(1.0, library.pearson_chi2 / library.df_resid)
    assert fit_periods(cells, scale="ratio").se == pytest.approx(library.bse[1] * dispersion**0.5, rel=1e-5)


def test_periods_by_hand():
    """Before 2, 6 (rate 8/2 = 4), after 1, 1 (rate 1), exposure 1 each, 2 degrees of freedom.

    Pearson's X2 = (4 + 4) / 4 + 0 = 2, dispersion 2 / 2 = 1. Ratio: variance 1/8 + 1/2; difference: 4/2 + 1/2.
    """
    cells = period_cells([2, 6, 1, 1], [1.0] * 4)
    assert fit_periods(cells, scale="ratio").se ** 2 == pytest.approx(1 / 8 + 1 / 2)
    assert fit_periods(cells, scale="difference").se ** 2 == pytest.approx(4 / 2 + 1 / 2)
    assert fit_periods(cells, scale="ratio").df == 2


def test_twice_the_spread_between_periods_gives_a_wider_interval():
    calm, wild = period_cells([10, 10, 8, 8], [1.0] * 4), period_cells([0, 20, 0, 16], [1.0] * 4)
    assert fit_periods(wild, scale="ratio").se > 2 * fit_periods(calm, scale="ratio").se
