"""From the text of a project file to the Values: what holds whatever the numbers in the file are."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from benefits.economics import Draws
from benefits.results import Results, assess

ROOT = Path(__file__).resolve().parents[2]
BASE = YAML(typ="safe").load(ROOT / "params" / "eksempel-aatti" / "maalrettet" / "project.yaml")
FEW = settings(max_examples=8, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
N = 16
ADMISSIONS = "innleggelser"
ISF_OF_ADMISSIONS = (f"{ADMISSIONS}.isf", f"{ADMISSIONS}.isf-videre")

shares = st.floats(0, 1)
Changes = dict[str, Any]


def between(low: float, high: float) -> st.SearchStrategy[Changes]:
    """An uncertain number: low, likely, high."""
    return (
        st.lists(st.floats(low, high), min_size=3, max_size=3, unique=True)
        .map(sorted)
        .filter(lambda found: found[2] - found[0] > 1e-3 * (high - low))
        .map(lambda found: dict(zip(("low", "likely", "high"), found, strict=True)))
    )


@st.composite
def files(draw: st.DrawFn, *, refill: st.SearchStrategy[Any] = shares) -> str:
    """The text of a project file with other numbers: uncertain ones, and more of them than patients can have."""
    plan = copy.deepcopy(BASE)
    numbers = plan["assumptions"]

    def put(name: str, found: Any) -> None:
        kept = {key: value for key, value in numbers[name].items() if key not in {"value", "reference"}}
        numbers[name] = {
            **kept,
            "unit": kept.get("unit", "share"),
            **(found if isinstance(found, dict) else {"value": found}),
        }
        numbers[name].setdefault("source", "Tilfeldig")

    put("innleggelser-uten", draw(between(0.1, 3)))
    put("virkning", draw(between(0.3, 1.4)))
    put("enhetskostnad", draw(between(10_000, 200_000)))
    put("kan-tas-ut", draw(between(0.0, 0.5)))
    put("bemanning", draw(between(0.0, 0.3)))
    put("tas-ut-ved-tiltak", draw(st.floats(0, 0.2)))
    put("isf-viderefort", draw(st.floats(0, 0.4)))
    put("drg-vekt", draw(between(0.2, 3)))
    put("fylt-igjen", draw(refill))
    (admissions, _) = plan["benefits"]
    valuation = admissions["valuation"]
    valuation["cash_by_action"]["due"] = draw(st.dates(plan["go_live"], plan["go_live"].replace(year=2028)))
    valuation["replacements"][0]["per_event"] = draw(st.floats(0, 5))
    plan["patient_group"]["volume"] = {year: draw(st.integers(1, 400)) for year in (2025, 2026, 2027)}
    service = plan["services"][0]
    service["agreed_price"] = draw(st.integers(0, 4_000))
    service["valid_from"] = draw(st.dates(plan["go_live"], plan["go_live"].replace(year=2027)))
    if draw(st.booleans()):
        del service["payer"]
        own = {"actor": "kommunen", "key": 1, "volume": plan["patient_group"]["volume"]}
        service["parties"] = [own, {"actor": "hf", "share": draw(st.floats(0.1, 0.9))}]
    return as_text(plan)


def as_text(plan: Mapping[str, Any]) -> str:
    """A project file on one line: dates, years and numbers are written without quotes, as a person writes them.

    Ten decimals, since a number with three could be read as a thousand.
    """

    def written(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(key): written(one) for key, one in value.items()}
        if isinstance(value, list):
            return [written(one) for one in value]
        return f"{value:.10f}" if isinstance(value, float) else value

    text = json.dumps(written(plan), default=str, ensure_ascii=False)
    return re.sub(r'"(\d{4}(-\d\d-\d\d)?|-?\d+\.\d{10})"', r"\1", text)


def as_plan(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.sub(r"(?<=[ {])(\d{4}-\d\d-\d\d|\d{4}(?=:))", r'"\1"', text))
    return found


def assessed(text: str, folder: Path) -> Results:
    file = folder / "project.yaml"
    file.write_text(text, encoding="utf-8")
    return assess(file, draws=N)


def of(results: Results, **chosen: Any) -> np.ndarray[Any, Any]:
    """The sum of some rows, shape (year, draw)."""
    return np.asarray(results.flows.select(**chosen).by_year())


@FEW
@given(text=files())
def test_the_layers_are_the_whole_and_transfers_are_nothing_for_society_in_every_year_and_draw(
    text: str, tmp_path: Path
) -> None:
    results = assessed(text, tmp_path)
    drawn = Draws(n=N, groups=results.project.correlated)
    cost = drawn.column("enhetskostnad", results.inputs["enhetskostnad"].distribution)
    events = of(results, item=ADMISSIONS, unit="admissions")
    layers = [of(results, item=ADMISSIONS, unit="kroner", layer=one) for one in ("cash", "capacity", "not_avoided")]
    assert events.shape == (3, N)
    assert sum(layers) == pytest.approx(events * cost, rel=1e-9, abs=1e-6)
    assert (of(results, layer="transfer") == 0).all()
    value = results.values
    parts = [value[f"layer.expected.{ADMISSIONS}.{layer}"].value or 0 for layer in ("cash", "capacity", "not_avoided")]
    assert sum(parts) == pytest.approx(value[f"layer.expected.{ADMISSIONS}.whole"].value, rel=1e-9, abs=1e-6)
    assert value["society.expected.transfer"].value == 0
    nets = [one.value or 0 for id, one in value.items() if id.startswith("actor.") and id.endswith(".expected.net")]
    assert sum(nets) == pytest.approx(value["society.expected.net"].value, rel=1e-9, abs=1e-4)


@FEW
@given(text=files(refill=st.just(1)))
def test_beds_that_are_all_filled_again_give_no_cash_and_lose_no_isf(text: str, tmp_path: Path) -> None:
    results = assessed(text, tmp_path)
    assert (of(results, item=ADMISSIONS, unit="kroner", layer="cash") == 0).all()
    for item in ISF_OF_ADMISSIONS:
        assert (of(results, item=item, actor="rhf") == 0).all()
    assert of(results, item=ADMISSIONS, unit="bed_days").any() == of(results, item=ADMISSIONS, unit="admissions").any()


@settings(FEW, max_examples=3)
@given(text=files())
def test_at_the_ends_of_the_interval_a_party_is_left_with_nothing(text: str, tmp_path: Path) -> None:
    """The price is put into the file, and the whole of it is worked out again."""
    results = assessed(text, tmp_path)
    for actor in ("kommunen", "hf"):
        zero = results.values[f"price_interval.dho.cash.zero.{actor}"].value
        assert zero is not None
        # A price below nothing cannot be agreed.
        if zero < 0:
            continue
        plan = as_plan(text)
        plan["services"][0]["agreed_price"] = zero
        again = assessed(as_text(plan), tmp_path)
        moved = abs(again.values[f"actor.{actor}.expected.cost"].value or 0) + 1e6
        assert again.values[f"actor.{actor}.expected.net"].value == pytest.approx(0, abs=1e-9 * moved)


@settings(FEW, max_examples=3)
@given(text=files())
def test_one_more_uncertain_number_moves_no_other(text: str, tmp_path: Path) -> None:
    """A cost that is made uncertain moves the cost of its actor, and nothing else that is drawn."""
    before = assessed(text, tmp_path)
    plan = as_plan(text)
    plan["costs"][1]["amount"] = {"low": 100_000, "likely": 300_000, "high": 700_000}
    after = assessed(as_text(plan), tmp_path)
    for layer in ("cash", "capacity", "not_avoided", "transfer"):
        for one, other in zip(
            before.flows.select(layer=layer).lines(), after.flows.select(layer=layer).lines(), strict=True
        ):
            assert one.row == other.row
            assert (np.asarray(one.values) == np.asarray(other.values)).all()
    assert np.std(of(after, actor="kommunen", item="prosjektledelse")[0]) > 0
