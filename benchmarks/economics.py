"""From given draws to the present value of every actor, against the same arithmetic by hand in numpy.

``python benchmarks/economics.py`` takes a project of 8 actors, 30 uncertain inputs and 10 years with 100 000 draws. It
prints the processor's seconds of each way, as medians of rounds in which they take turns, their ratios, and the most
memory the process held for ours. Two ways are written by hand: with a table (year, draw) per actor, as the flows are
defined, and with the years summed before the draws are looked at, which is the quickest there is and knows nothing of
single years. Both leave out what a present value does not need; ours also works out capacity, bed-days and what is not
avoided, and holds every row. The draws themselves are made beforehand.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from statistics import median
from typing import Any

import numpy as np

from benefits.economics.build import flows
from benefits.economics.draws import Draws
from benefits.economics.inputs import Input, inputs
from benefits.economics.present_value import discount_factors, known_rates
from benefits.project.model import Project
from benefits.reference import load_evidence, load_library

DRAWS, ROUNDS, FIRST, YEARS = 100_000, 15, 2025, 10
ON = date(2024, 6, 30)
ACTORS = ("kommune", "hf", "rhf", "state", "gp", "patient", "relatives", "supplier")
VALUED = {"g1": "hf", "g2": "kommune", "g3": "gp"}
PAID = {
    "isf": ("state", "rhf"),
    "passed_on": ("rhf", "hf"),
    "fee": ("patient", "state"),
    "rent": ("relatives", "supplier"),
}
"""Payer and receiver of each transfer; every benefit has them all."""
MONEY = ("cost", "cash", "transfer")
Nets = dict[str, np.ndarray]


def project() -> Project:
    """The project whose flows are timed."""
    years = range(FIRST, FIRST + YEARS)
    assumptions: dict[str, Any] = {}
    for id in VALUED:
        assumptions |= {
            f"{id}_rate": {"low": 0.5, "likely": 0.8, "high": 1.4, "unit": "admissions", "per": "person_year"},
            f"{id}_effect": {"estimate": 0.85, "low": 0.7, "high": 1.03, "ratio": True, "unit": "ratio"},
            f"{id}_cost": {"mean": 52_000.0, "se": 4_000.0, "unit": "kroner", "price_year": 2024},
            f"{id}_cash": {"mean": 0.16, "se": 0.02, "unit": "share"},
            f"{id}_staff": {"low": 0.4, "likely": 0.5, "high": 0.6, "unit": "share"},
            f"{id}_days": {"low": 3.0, "likely": 5.0, "high": 9.0, "unit": "bed_days", "per": "event"},
        }
    for id in ("isf", "fee", "rent"):
        assumptions[id] = {"mean": 5_000.0, "se": 300.0, "unit": "kroner", "price_year": 2024}
    assumptions["share"] = {"mean": 0.4, "se": 0.05, "unit": "share"}
    return Project.model_validate(
        {
            "format": 1,
            "id": "speed",
            "title": {"en": "Speed"},
            "languages": ("en",),
            "go_live": date(FIRST, 1, 1),
            "horizon_years": YEARS,
            "price_year": 2024,
            "actors": tuple({"id": id, "kind": id, "name": {"en": id}} for id in ACTORS),
            "patient_group": {"category": "other", "volume": {year: 60.0 + 10 * (year - FIRST) for year in years}},
            "assumptions": assumptions,
            "costs": tuple(_cost(id) for id in ACTORS),
            "benefits": tuple(_benefit(id, actor) for id, actor in VALUED.items()),
        }
    )


def _cost(actor: str) -> dict[str, Any]:
    amount = {"low": 90_000.0, "likely": 100_000.0, "high": 140_000.0}
    return {"id": f"c_{actor}", "title": {"en": actor}, "kind": "running", "actor": actor, "amount": amount}


def _benefit(id: str, actor: str) -> dict[str, Any]:
    transfers = [
        {"id": name, "title": {"en": name}, "payer": payer, "receiver": receiver}
        | ({"amount": "isf", "share": "share"} if name in {"isf", "passed_on"} else {"amount": name})
        for name, (payer, receiver) in PAID.items()
    ]
    factors = {"unit_cost": "cost", "cash_share": "cash", "staff_share": "staff", "bed_days": "days"}
    named = {key: f"{id}_{name}" for key, name in ({"expected_events": "rate", "effect": "effect"} | factors).items()}
    # The target is at the end of the horizon, so that the effect is carried all the way.
    ramp = {FIRST: 0.4, FIRST + 1: 0.7, FIRST + 2: 1.0, FIRST + YEARS - 1: 1.0}
    return {
        "id": id,
        "title": {"en": id},
        "indicator": {"definition": {"en": "Admissions"}, "unit": "admissions", "direction": "lower_is_better"},
        "target": {"value": 0.9, "date": date(FIRST + YEARS - 1, 12, 31), "ramp": ramp},
        "realisation": {"form": "freed_capacity"},
        "valuation": {"actor": actor, **named, "transfers": tuple(transfers)},
    }


def factors_of(years: tuple[int, ...]) -> np.ndarray:
    """Discount factors of the shipped rate in steps."""
    rate = known_rates(load_library(), on=ON).stepwise
    return discount_factors(rate=rate, years=years, base_year=FIRST)


def ours(project: Project, *, inputs: Mapping[str, Input], draws: Draws, factors: np.ndarray) -> Nets:
    """Present value of every actor's net by the package."""
    found = flows(project, inputs=inputs, estimates={}, draws=draws).flows
    money = found.select(unit="kroner", basis="expected", layer=MONEY)
    return {actor: money.select(actor=actor).weighted(factors) for actor in ACTORS}


def with_tables(project: Project, *, column: Mapping[str, np.ndarray], factors: np.ndarray) -> Nets:
    """The same by hand, with a table (year, draw) for each actor."""
    reached, n = reached_of(project), len(column["share"])
    net = {actor: np.zeros((len(factors), n)) for actor in ACTORS}
    part = np.empty((len(factors), n))
    for actor in ACTORS:
        net[actor] -= column[f"cost.c_{actor}"]
    isf = column["isf"] * column["share"]
    for id, actor in VALUED.items():
        avoided = np.multiply.outer(reached, column[f"{id}_rate"] * (1.0 - column[f"{id}_effect"]))
        net[actor] += np.multiply(avoided, column[f"{id}_cost"] * column[f"{id}_cash"], out=part)
        for name, (payer, receiver) in PAID.items():
            kept = np.multiply(avoided, isf if name in {"isf", "passed_on"} else column[name], out=part)
            net[payer] += kept
            net[receiver] -= kept
    return {actor: factors @ table for actor, table in net.items()}


def with_years_first(project: Project, *, column: Mapping[str, np.ndarray], factors: np.ndarray) -> Nets:
    """The same by hand, with the years summed before the draws are looked at."""
    reached, once = float(factors @ reached_of(project)), float(factors.sum())
    net = {actor: -once * column[f"cost.c_{actor}"] for actor in ACTORS}
    isf = column["isf"] * column["share"]
    for id, actor in VALUED.items():
        avoided = (1.0 - column[f"{id}_effect"]) * column[f"{id}_rate"]
        avoided *= reached
        net[actor] += avoided * column[f"{id}_cost"] * column[f"{id}_cash"]
        for name, (payer, receiver) in PAID.items():
            kept = avoided * (isf if name in {"isf", "passed_on"} else column[name])
            net[payer] += kept
            net[receiver] -= kept
    return net


def reached_of(project: Project) -> np.ndarray:
    """Patients times how far the effect has come, shape (year,)."""
    ramp = np.array([0.4, 0.7, *[1.0] * (YEARS - 2)])
    reached: np.ndarray = np.array([project.volume(year) for year in project.years]) * ramp
    return reached


def given(project: Project, *, n: int) -> tuple[dict[str, Input], Draws, dict[str, np.ndarray]]:
    """The inputs, their draws, and the same draws as columns by name."""
    found, gaps = inputs(project, library=load_library(), evidence=load_evidence(), on=ON)
    assert not gaps
    draws = Draws(n=n)
    flows(project, inputs=found, estimates={}, draws=draws)
    return found, draws, {name: column for name, (_, column) in draws._columns.items()}


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--draws", type=int, default=DRAWS)
    wanted.add_argument("--rounds", type=int, default=ROUNDS)
    told = wanted.parse_args()
    one = project()
    found, draws, column = given(one, n=told.draws)
    factors = factors_of(one.years)
    ways: dict[str, Callable[[], Nets]] = {
        "ours": lambda: ours(one, inputs=found, draws=draws, factors=factors),
        "tables": lambda: with_tables(one, column=column, factors=factors),
        "years first": lambda: with_years_first(one, column=column, factors=factors),
    }
    answers = {"ours": ways["ours"]()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    answers |= {name: way() for name, way in ways.items() if name != "ours"}
    for name, nets in answers.items():
        for actor in ACTORS:
            assert np.allclose(nets[actor], answers["ours"][actor], rtol=1e-11, atol=1e-3), (name, actor)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(told.rounds):
        for name, way in ways.items():
            began = time.process_time()
            way()
            taken[name].append(time.process_time() - began)
    print(f"{len(column)} inputs, {len(one.years)} years, {len(ACTORS)} actors, {told.draws} draws")
    print(", ".join(f"{name} {1000 * median(each):.0f} ms" for name, each in taken.items()))
    for name in ("tables", "years first"):
        ratio = median(mine / other for mine, other in zip(taken["ours"], taken[name], strict=True))
        print(f"ours takes {ratio:.2f} times as long as by hand with {name}")
    print(f"most memory held, draws included: {peak / 2**30:.2f} GiB")


if __name__ == "__main__":
    main()
