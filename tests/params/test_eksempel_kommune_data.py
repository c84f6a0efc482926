from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benefits.activity import Panel, read_panel
from benefits.measurement import Estimate, gamma_poisson, method

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "params" / "eksempel-kommune"


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made() -> ModuleType:
    return script(EXAMPLE / "make_data.py")


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    return script(ROOT / "benchmarks" / "example_coverage.py")


@pytest.fixture(scope="module")
def panel(benchmark) -> Panel:
    columns = {ours: theirs for theirs, ours in benchmark.COLUMNS.items()}
    return read_panel(root=EXAMPLE, file="data/innleggelser.csv", columns=columns).shape


def test_the_file_is_what_the_script_writes(made, tmp_path):
    made.write(tmp_path / "made.csv")
    assert (tmp_path / "made.csv").read_bytes() == (EXAMPLE / "data" / "innleggelser.csv").read_bytes()


def test_both_groups_were_chosen_in_a_bad_year(made):
    frame = made.simulate()
    bad_year = frame[frame["maaned"].dt.year == made.SELECTION_YEAR].groupby("pasient")["innleggelser"].sum()
    assert bad_year.min() >= made.SELECTION_AT_LEAST
    assert frame.groupby("gruppe")["pasient"].nunique().to_dict() == {"comparison": 150, "treated": 150}


def test_a_few_persons_are_there_only_part_of_the_time(made):
    exposure = made.simulate()["personaar"]
    assert exposure.between(0, 1 / 12 + 1e-6, inclusive="right").all()
    assert 5 <= (exposure < 0.083).sum() <= 60


def test_the_comparison_falls_by_itself_about_as_much_as_the_theory_says(made):
    """What the chosen return to: gamma_poisson, times a year of drift; the simulated fall is within three s.e."""
    fall = gamma_poisson(
        mean_rate=made.POPULATION_RATE,
        dispersion=made.POPULATION_DISPERSION,
        window_years=1.0,
        at_least=made.SELECTION_AT_LEAST,
    )
    rates = []
    for seed in range(30):
        frame = made.simulate(seed)
        sums = (
            frame[frame["gruppe"] == "comparison"].groupby(frame["maaned"].dt.year)[["innleggelser", "personaar"]].sum()
        )
        rates.append((sums["innleggelser"] / sums["personaar"]).tolist())
    _, selected, following = np.mean(rates, axis=0)
    _, se_selected, se_following = np.std(rates, axis=0) / 30**0.5
    assert fall.expected_selected == pytest.approx(selected, abs=3 * se_selected)
    assert fall.expected_next * made.YEARLY_DRIFT == pytest.approx(following, abs=3 * se_following)


def estimate(panel: Panel, made: ModuleType, method_id: str) -> Estimate:
    go_live = date.fromisoformat(made.GO_LIVE)
    return method(method_id).estimate(panel, benefit="g1", indicator="admissions", go_live=go_live, options={})


def test_before_and_after_misleads_and_its_checks_say_so(panel, made):
    found = estimate(panel, made, "before_after")
    assert found.ratio_interval[1] < made.TRUE_RATIO
    failed = {check.code for check in found.checks if check.passed is False}
    assert {"peak_before_start", "regression_to_the_mean"} <= failed
    assert found.grade == "reported"


def test_the_comparison_group_brings_the_truth_within_the_interval(panel, made):
    found = estimate(panel, made, "difference_in_differences")
    low, high = found.ratio_interval
    assert low < made.TRUE_RATIO < high
    assert found.grade == "controlled"


def test_the_interval_of_the_effect_is_that_of_a_bootstrap_over_patients(panel, made):
    """2 000 resamples of whole patients within each group; limits agree within a tenth of the interval's width."""
    rows = panel._rows.assign(post=panel._rows["period"] >= made.GO_LIVE)
    sums = rows.groupby(["group", "person", "post"])[["count", "exposure"]].sum().unstack("post", fill_value=0.0)
    stream = np.random.default_rng(1)
    resampled = {}
    for group in ("treated", "comparison"):
        cells = sums.loc[group].to_numpy()  # counts before, after; exposure before, after
        drawn = cells[stream.integers(0, len(cells), (2000, len(cells)))].sum(axis=1)
        resampled[group] = drawn[:, :2] / drawn[:, 2:]
    treated, comparison = resampled["treated"], resampled["comparison"]
    effects = treated[:, 1] - treated[:, 0] * comparison[:, 1] / comparison[:, 0]
    low, high = np.quantile(effects, (0.025, 0.975))
    found = estimate(panel, made, "difference_in_differences")
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.1 * (high - low))


@pytest.fixture(scope="module")
def first_seeds(benchmark):
    return benchmark.coverage(range(benchmark.FIRST))


@pytest.mark.slow
def test_the_stored_coverage_is_what_the_benchmark_finds(benchmark, first_seeds):
    assert benchmark.summary(first_seeds) == json.loads(benchmark.STORED.read_text())["first"]


@pytest.mark.slow
def test_the_stored_coverage_agrees_with_the_first_seeds(benchmark, first_seeds):
    """Quick stand-in for the whole: 20 seeds; before-after never covers, the other at least 16 (P(X < 16) < 0.003)."""
    covered = first_seeds[first_seeds["seed"] < 20].groupby("method")["covered"].sum()
    assert covered["before_after"] == 0
    assert covered["did"] >= 16
    stored = json.loads(benchmark.STORED.read_text())
    assert stored["covered_before_after"] == 0
    assert stored["covered_did"] == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / stored["seeds"]) ** 0.5)
