"""How often each method's interval covers the truth in the example's world, over many simulated extracts.

``python benchmarks/example_coverage.py`` prints the shares with their Monte Carlo standard errors;
``--write`` also stores them beside the example, where its page and a test read them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
from scipy import stats

from benefits.activity import Panel
from benefits.measurement import Estimate, method

EXAMPLE = Path(__file__).parents[1] / "params" / "eksempel-kommune"
STORED = EXAMPLE / "coverage.json"
SEEDS = 200
FIRST = 30
"""Seeds whose summary is stored by itself, so that a test can find it again in a moment."""
COLUMNS = {
    "pasient": "person",
    "kommune": "unit",
    "gruppe": "group",
    "maaned": "period",
    "innleggelser": "count",
    "personaar": "exposure",
}
METHODS = {"did": "difference_in_differences", "before_after": "before_after"}


def world() -> ModuleType:
    """Return the example's script, which is not part of any package."""
    spec = importlib.util.spec_from_file_location("make_data", EXAMPLE / "make_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def coverage(seeds: Iterable[int]) -> pd.DataFrame:
    """Return one row per seed and method: the ratio with its interval, and whether it covers the true one."""
    made = world()
    go_live = date.fromisoformat(made.GO_LIVE)
    rows = []
    for seed in seeds:
        panel = Panel(made.simulate(seed).rename(columns=COLUMNS))
        for name, method_id in METHODS.items():
            estimate = method(method_id).estimate(
                panel, benefit="admissions", indicator="admissions", go_live=go_live, options={}
            )
            assert isinstance(estimate, Estimate)
            assert estimate.ratio is not None
            half = float(stats.t.ppf((1 + estimate.level) / 2, estimate.df)) * estimate.se
            low, high = estimate.ratio * np.exp(-half), estimate.ratio * np.exp(half)
            rows.append((seed, name, estimate.ratio, low, high, bool(low <= made.TRUE_RATIO <= high)))
    return pd.DataFrame(rows, columns=["seed", "method", "ratio", "low", "high", "covered"])


def summary(table: pd.DataFrame) -> dict[str, int | float]:
    """Return the number of seeds, and for each method the share covered and the median ratio."""
    by_method = table.groupby("method")
    covered, ratio = by_method["covered"].mean(), by_method["ratio"].median()
    seeds = int(table["seed"].nunique())
    shares = {f"covered_{name}": float(covered[name]) for name in METHODS}
    ratios = {f"median_ratio_{name}": round(float(ratio[name]), 4) for name in METHODS}
    return {"seeds": seeds, **shares, **ratios}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the shares beside the example")
    asked = parser.parse_args()
    table = coverage(range(SEEDS))
    found = summary(table)
    for name, method_id in METHODS.items():
        share = float(found[f"covered_{name}"])
        error = (share * (1 - share) / SEEDS) ** 0.5
        median = found[f"median_ratio_{name}"]
        print(f"{method_id}: {share:.3f} covered (Monte Carlo s.e. {error:.3f}), median ratio {median:.3f}")
    if asked.write:
        first = summary(table[table["seed"] < FIRST])
        STORED.write_text(json.dumps({**found, "first": first}, indent=2) + "\n")


if __name__ == "__main__":
    main()
