"""Sums of money: transfers cancel, layers make a whole, a net is what moves, and no sum crosses a column."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from benefits.results import Results, assess
from benefits.vocabulary import Basis, words

PROJECTS = ("kommune", "spread")
LAYERS = ("cash", "capacity", "not_avoided")
MONEY = ("cost", "cash", "transfer")

amount = st.integers(0, 2_000_000)


@st.composite
def spans(draw: st.DrawFn, low: float, high: float) -> dict[str, float]:
    """Low, likely and high in order, never all alike; two decimals, as three may be read as thousands."""
    hundredths = st.integers(round(low * 100), round(high * 100))
    ends = sorted(draw(st.lists(hundredths, min_size=3, max_size=3, unique=True)))
    return dict(zip(("low", "likely", "high"), (one / 100 for one in ends), strict=True))


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A project with costs, grants, a benefit with transfers between up to four actors, and a second benefit."""
    years = draw(st.integers(1, 4))
    actors = ("vik", "hf", "rhf", "staten")
    kinds = {"vik": "kommune", "hf": "hf", "rhf": "rhf", "staten": "state"}
    pairs = st.lists(st.sampled_from([(a, b) for a in actors for b in actors if a != b]), max_size=3)
    transfers = [
        {"id": f"t{at}", "title": "T", "payer": payer, "receiver": receiver, "amount": "pris", "share": "andel"}
        for at, (payer, receiver) in enumerate(draw(pairs))
    ]
    grants = [
        {
            "id": f"m{at}",
            "title": "M",
            "source": "rhf_funds",
            "payer": payer,
            "receiver": receiver,
            "amounts": {2025: draw(amount)},
        }
        for at, (payer, receiver) in enumerate(draw(pairs))
    ]
    valuation = {
        "actor": "hf",
        "expected_events": "forventet",
        "effect": "virkning",
        "unit_cost": "pris",
        "cash_share": "kontant",
        "staff_share": "bemanning",
        "bed_days": "dogn",
        "transfers": transfers,
    }
    indicator = {"definition": "I", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"}
    benefit = {
        "title": "G",
        "indicator": indicator,
        "target": {"value": 1, "date": date(2026, 12, 31), "ramp": {2025: draw(st.sampled_from([0.25, 0.5, 1.0]))}},
        "realisation": {"form": "freed_capacity"},
        "valuation": valuation,
    }
    other = {**benefit, "valuation": {**valuation, "actor": "vik", "transfers": []}}
    return {
        "format": 1,
        "id": "laget",
        "title": "Laget",
        "as_of": date(2025, 6, 30),
        "actors": [{"id": one, "kind": kinds[one], "name": one} for one in actors],
        "patient_group": {
            "category": "other",
            "volume": {2025 + at: draw(st.integers(1, 500)) for at in range(years)},
        },
        "go_live": date(2025, 1, 1),
        "horizon_years": years,
        "price_year": 2024,
        "costs": [
            {
                "id": f"k{at}",
                "title": "K",
                "kind": "running",
                "actor": draw(st.sampled_from(actors)),
                "amount": draw(amount),
            }
            for at in range(draw(st.integers(0, 3)))
        ],
        "financing": {"sources": grants},
        "assumptions": {
            "forventet": {"title": "F", "unit": "admissions", "per": "person_year", **draw(spans(0.1, 3))},
            "virkning": {"title": "V", "unit": "ratio", **draw(spans(0.5, 1.3))},
            "pris": {"title": "P", "unit": "kroner", "price_year": 2024, **draw(spans(10_000, 90_000))},
            "kontant": {"title": "S", "unit": "share", **draw(spans(0, 0.4))},
            "bemanning": {"title": "B", "unit": "share", **draw(spans(0, 0.6))},
            "andel": {"title": "A", "unit": "share", **draw(spans(0, 1))},
            "dogn": {"title": "D", "unit": "bed_days", "per": "event", **draw(spans(1, 9))},
        },
        "benefits": [{"id": "g1", **benefit}, {"id": "g2", **other}],
    }


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


def assessed(plan: dict[str, Any], folder: Path) -> Results:
    yaml = YAML()
    yaml.representer.ignore_aliases = lambda _: True
    with (folder / "project.yaml").open("w", encoding="utf-8") as stream:
        yaml.dump(plan, stream)
    return assess(folder / "project.yaml", draws=16)


def number(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None, id
    return value


def near(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-9, atol=1e-6))


def transfers_cancel(results: Results) -> None:
    """In every draw and year, and in what the values say; lines and flows hold the same transfers."""
    flows = results.flows.select(layer="transfer")
    for item, basis in dict.fromkeys((row.item, row.basis) for row in flows.index):
        part = flows.select(item=item, basis=basis)
        size = np.abs(part.values).max(initial=0.0)
        assert np.allclose(part.by_year(), 0.0, atol=1e-9 * max(1.0, size)), (item, basis)
        assert len(part) % 2 == 0
    assert {(line.item, line.basis) for line in results.transfers} == {(row.item, row.basis) for row in flows.index}
    for line in results.transfers:
        first, second = results.values[line.first_id], results.values[line.second_id]
        assert near(number(results, line.first_id), -number(results, line.second_id))
        assert first.basis == second.basis == line.basis
        if first.low is not None and first.high is not None:
            assert second.low is not None
            assert second.high is not None
            assert near(first.low, -second.high)
            assert near(first.high, -second.low)


def layers_make_a_whole(results: Results) -> None:
    wholes = [id for id in results.values if id.startswith("layer.") and id.endswith(".whole")]
    for whole in wholes:
        parts = [results.values[whole.removesuffix("whole") + layer] for layer in LAYERS]
        assert all(part.value is not None or part.reason == "not_stated" for part in parts), whole
        assert near(sum(part.value or 0.0 for part in parts), number(results, whole)), whole
    # A journey that is spared is cash as a whole and has no layers.
    items = {(row.item, row.basis) for row in results.flows.select(layer="not_avoided", unit="kroner").index}
    assert set(wholes) == {f"layer.{basis}.{item}.whole" for item, basis in items}


def no_value_mixes_bases(results: Results) -> None:
    for id, value in results.values.items():
        if id.split(".")[0] in {"quantity", "layer", "actor", "transfer"}:
            named = [part for part in id.split(".") if part in words(Basis)]
            assert named == [value.basis], id


def net_is_what_moves(results: Results) -> None:
    """Cost, cash and transfer make the net, in all and year by year; capacity and what is not avoided stand apart."""
    nets = [id for id in results.values if id.startswith("actor.") and "net" in id.split(".")]
    for net in nets:
        parts = [net.replace(".net", f".{layer}") for layer in MONEY]
        total = sum(number(results, part) for part in parts if part in results.values)
        assert near(total, number(results, net)), net
    years: dict[str, float] = defaultdict(float)
    for net in nets:
        whole, _, year = net.rpartition(".")
        if year.isdigit():
            years[whole] += number(results, net)
    assert all(near(total, number(results, whole)) for whole, total in years.items())


CHECKS = (transfers_cancel, layers_make_a_whole, no_value_mixes_bases, net_is_what_moves)


@pytest.mark.parametrize("holds", CHECKS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("project", PROJECTS)
def test_the_sums_of_a_shipped_project_hold(project: str, holds: Any, request: pytest.FixtureRequest) -> None:
    results: Results = request.getfixturevalue(project)
    assert results.transfers
    assert any(id.startswith("layer.") for id in results.values)
    holds(results)


@pytest.mark.slow
@settings(max_examples=25)
@given(plan=plans())
def test_the_sums_of_any_project_hold(plan: dict[str, Any], folder: Path) -> None:
    results = assessed(plan, folder)
    assert "layer.expected.g1.whole" in results.values
    for holds in CHECKS:
        holds(results)


@pytest.mark.slow
@settings(max_examples=10)
@given(plan=plans())
def test_society_gains_the_same_with_and_without_transfers(plan: dict[str, Any], folder: Path) -> None:
    """What everybody's net sums to is cash less cost; a transfer moves it between actors and adds nothing."""
    with_transfers = assessed(plan, folder)
    plan["benefits"][0]["valuation"]["transfers"] = []
    without = assessed({**plan, "financing": {"sources": []}}, folder)

    def society(results: Results) -> float:
        ids = [id for id in results.values if id.startswith("actor.") and id.endswith("expected.net")]
        return sum(number(results, id) for id in ids)

    assert np.isclose(society(with_transfers), society(without), rtol=1e-9, atol=1e-3)


def test_both_columns_stand_side_by_side_for_what_was_measured(kommune: Results) -> None:
    for layer in LAYERS:
        expected, measured = (
            kommune.values[f"layer.{basis}.innleggelser.{layer}"] for basis in ("expected", "measured")
        )
        assert (expected.basis, measured.basis) == ("expected", "measured")
        assert expected.grade == "assumed"


def test_a_product_is_known_no_better_than_its_weakest_factor(kommune: Results) -> None:
    """Admissions were measured against a comparison group; unit cost is one project's, refilled beds are assumed."""
    values = kommune.values
    assert values["quantity.measured.innleggelser.admissions"].grade == "controlled"
    assert values["layer.measured.innleggelser.cash"].grade == "assumed"
    assert values["layer.measured.innleggelser.capacity"].grade == "assumed"
    assert values["quantity.measured.innleggelser.bed_days"].grade == "assumed"


def test_no_value_is_a_total_over_columns(kommune: Results) -> None:
    """Nothing measured is in any actor's expected net, nor the other way round."""
    expected = kommune.flows.select(basis="expected", unit="kroner", layer=MONEY)
    for actor in kommune.project.actors:
        id = f"actor.{actor.id}.expected.net"
        if id in kommune.values:
            total = float(expected.select(actor=actor.id).total().mean())
            assert near(total, number(kommune, id))
