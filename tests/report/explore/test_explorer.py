"""An analyst changes a number or puts a part in, and sees what follows; the project file is never touched."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import benefits
from benefits.economics.sensitivity.model import Model
from benefits.report.explore import Explorer, explore
from benefits.report.explore.analyses import Said
from benefits.report.explore.mistakes import CannotSay, NoSuchFigure, UnknownNumber, UnusableHere

PROJECT = Path(__file__).resolve().parents[3] / "params" / "eksempel-kommune" / "project.yaml"
HF, SHARE = "eksempel-hf", "kan-tas-ut"


def test_the_doors_of_the_package_lead_here() -> None:
    assert benefits.explore is explore
    assert {"explore", "explain", "tables", "write_tables"} <= set(dir(benefits))


def change(explorer: Explorer, actor: str) -> float:
    """By how much the net of an actor has changed."""
    found: Any = explorer.net.loc[actor, "change"]
    return float(found)


def test_net_without_a_change_is_that_of_the_report(explorer: Explorer) -> None:
    for actor, row in explorer.net.iterrows():
        id = "society.expected.net" if actor == "society" else f"actor.{actor}.expected.net"
        assert row["usual"] == row["now"] == pytest.approx(explorer.results.values[id].value)
        assert row["change"] == 0.0


def test_a_change_gives_a_new_explorer_and_leaves_the_first_as_it_was(explorer: Explorer) -> None:
    changed = explorer.with_number(SHARE, 0.32)
    assert change(changed, HF) > 0.0
    assert explorer.changes == {}
    assert change(changed.without_changes(), HF) == 0.0


def test_cash_that_is_twice_the_share_is_twice_the_cash(explorer: Explorer) -> None:
    cash = explorer.results.values["layer.expected.innleggelser.cash"].value
    assert cash is not None
    assert change(explorer.with_number(SHARE, 0.32), HF) == pytest.approx(cash, rel=1e-6)


def test_a_number_written_in_its_place_can_be_changed(explorer: Explorer) -> None:
    cheaper = explorer.with_number("cost.prosjektledelse", 0.0)
    assert change(cheaper, "society") > 0.0


def test_the_numbers_are_told_with_names_and_what_they_are_changed_to(explorer: Explorer) -> None:
    numbers: Any = explorer.with_number(SHARE, 0.3).numbers
    assert numbers.loc[SHARE, "changed_to"] == 0.3
    assert numbers.loc[SHARE, "unit"] == "share"
    assert numbers.loc["cost.prosjektledelse", "title"] == "Prosjektledelse i kommunen"


def test_own_evidence_a_distribution_and_a_cost_are_put_in() -> None:
    stated = {"name": ["virkning", "andel"], "value": [0.9, 0.16], "unit": ["ratio", "share"], "source": "Før"}
    explorer = explore(pd.DataFrame(stated), as_of="2025-12-31", draws=50)
    study: dict[str, Any] = {"outcome": "admissions", "measure": "rate_ratio", "population": "Hvem", "source": "Hvor"}
    study |= {"estimate": 0.9, "low": 0.8, "high": 1.0, "n": 300, "year": 2024, "grade": "controlled"}
    changed = (
        explorer.with_study(id="egen.studie", title="Studie", **study)
        .with_assumption("virkning", evidence="egen.studie")
        .with_assumption("andel", low=0.1, likely=0.16, high=0.4, source="Egen vurdering")
        .with_cost(id="ny", title="Ny kostnad", kind="running", actor="hf", amount=100_000.0)
    )
    inputs = changed.results.inputs
    assert inputs["virkning"].evidence_id == "egen.studie"
    assert inputs["andel"].low < inputs["andel"].high
    assert (inputs["andel"].unit, inputs["andel"].source) == ("share", "Egen vurdering")
    assert changed.results.values["cost.ny"].value == 100_000.0


@pytest.mark.parametrize(
    ("method", "keys", "places"),
    [
        ("with_cost", {"id": "x"}, {"costs"}),
        ("with_cost", {"id": "x", "title": "X", "kind": "dear", "actor": HF, "amount": 1.0}, {"kind"}),
        ("with_study", {"id": "x", "hopp": 1}, {"studies", "hopp"}),
        ("with_correlated", {"id": "x", "correlation": 2.0}, {"assumptions", "correlation"}),
    ],
)
def test_a_mistake_is_told_as_of_a_file_at_the_argument_it_is_of(
    explorer: Explorer, method: str, keys: dict[str, Any], places: set[str]
) -> None:
    with pytest.raises(UnusableHere) as caught:
        getattr(explorer, method)(*([keys.pop("id")] if method == "with_correlated" else []), **keys)
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == places
    assert caught.value._render_traceback_() == [str(caught.value)]


@pytest.mark.parametrize("value", ["mye", float("nan"), None, 1e300, 10**400])
def test_what_is_no_number_is_refused(explorer: Explorer, value: Any) -> None:
    with pytest.raises(UnusableHere, match=SHARE):
        explorer.with_number(SHARE, value)


def test_a_number_there_is_none_of_is_told_with_those_that_are_near(explorer: Explorer) -> None:
    with pytest.raises(UnknownNumber, match=f"ikke noe tall som heter «kan-tas».* {SHARE}"):
        explorer.with_number("kan-tas", 0.2)


def test_a_figure_there_is_none_of_is_told_in_words_with_those_that_are_near(explorer: Explorer) -> None:
    with pytest.raises(NoSuchFigure, match=r"ikke noe tall med id-en «society\.expected».*society\.expected\.net"):
        explorer.explain("society.expected")
    with pytest.raises(NoSuchFigure, match=r"Alle id-ene står i results\.values"):
        explorer.explain("§")


def test_a_number_that_makes_shares_impossible_is_said_not_to_be_worked_out(explorer: Explorer) -> None:
    net: Any = explorer.with_number("bemanning", 5.0).net
    assert net.loc["society"].drop("usual").isna().all() or net.loc["society", "change"] == 0.0


@pytest.mark.parametrize("name", ["tornado", "two_way", "information"])
def test_nor_are_the_analyses_of_it(explorer: Explorer, name: str) -> None:
    assert "kan ikke stå sammen" in str(explorer.with_number("bemanning", 5.0).analyses.show(name))


def test_a_table_of_assumptions_is_put_into_a_project() -> None:
    frame = pd.DataFrame({"name": [SHARE, "ny"], "value": [0.3, 2.0], "unit": ["share", "hours"]})
    inputs = explore(frame, project=PROJECT, draws=50).results.inputs
    assert (inputs[SHARE].mean, inputs["ny"].mean) == (0.3, 2.0)


def test_a_table_alone_is_a_project_of_its_own() -> None:
    """A cost of 100 kr a year for five years: -500."""
    frame = pd.DataFrame([{"name": "pris", "value": 100.0, "unit": "kroner", "price_year": 2025.0}])
    keys = {"id": "k", "title": "K", "kind": "running", "actor": "kommune"}
    net: Any = explore(frame).with_cost(**keys, amount={"assumption": "pris"}).net
    assert net.loc["society", "now"] == pytest.approx(-500.0)


@pytest.mark.parametrize(
    ("columns", "place"),
    [({"name": ["a"], "unti": ["share"]}, "unti"), ({"value": [1.0]}, "name"), ({"name": ["a", "a"]}, "1")],
)
def test_a_table_that_cannot_be_read_is_told(columns: dict[str, list[Any]], place: str) -> None:
    with pytest.raises(UnusableHere, match=rf"^{place}: "):
        explore(pd.DataFrame(columns))


@pytest.mark.parametrize(
    "option",
    [
        {"as_of": "i går"},
        {"references": "2025"},
        {"audience": "alle"},
        {"language": "sv"},
        {"draws": 0},
        {"draws": "100"},
    ],
)
def test_an_option_that_cannot_be_read_is_told(option: dict[str, Any]) -> None:
    with pytest.raises(UnusableHere, match=next(iter(option))):
        explore(PROJECT, **option)


def test_how_sure_is_told_on_the_numbers_as_they_are_set(explorer: Explorer) -> None:
    usual = explorer.analyses.tornado(HF)
    held = explorer.with_number("enhetskostnad", 60_000.0).analyses.tornado(HF)
    assert "enhetskostnad" in usual.index
    assert "enhetskostnad" not in held.index
    assert (usual["low"] < usual["high"]).all()


def test_a_number_written_in_its_place_is_held_in_the_analyses_too(explorer: Explorer) -> None:
    name = "service.dho.driver.varsler"
    assert name in explorer.analyses.tornado().index
    assert name not in explorer.with_number(name, 1.0).analyses.tornado().index


def test_two_numbers_at_once_and_what_more_knowledge_is_worth(explorer: Explorer) -> None:
    grid: Any = explorer.analyses.two_way(
        SHARE, "enhetskostnad", actor=HF, first_values=(0.1, 0.2), second_values=(1e4, 2e4)
    )
    assert grid.shape == (2, 2)
    assert grid.loc[0.2, 2e4] - grid.loc[0.2, 1e4] == pytest.approx(2 * (grid.loc[0.1, 2e4] - grid.loc[0.1, 1e4]))
    assert (explorer.analyses.information()["worth"] >= 0.0).all()


def test_a_question_without_an_answer_is_said_in_words(explorer: Explorer) -> None:
    with pytest.raises(CannotSay, match="«a»"):
        explorer.analyses.two_way("a", "a")
    assert isinstance(explorer.analyses.show("indices"), Said)


def test_a_question_of_nobody_or_of_nothing_is_told_with_what_there_is(explorer: Explorer) -> None:
    assert HF in str(explorer.analyses.show("tornado", actor="sykehuset"))
    assert "information" in str(explorer.analyses.show("monte_carlo"))
    with pytest.raises(CannotSay, match="må være tall"):
        explorer.analyses.two_way(SHARE, "enhetskostnad", first_values=(float("nan"),))


def test_what_is_no_project_and_no_table_is_told() -> None:
    with pytest.raises(UnusableHere, match="source"):
        explore({"andel": 0.2})  # type: ignore[arg-type]


def test_numbers_that_hang_together_are_put_in() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "mean": [1.0, 2.0], "se": [0.1, 0.2], "unit": "hours"})
    groups = explore(frame, as_of="2025-12-31").with_correlated("par", "a", "b", correlation=0.5).model.draws.groups
    assert [(one.id, one.assumptions) for one in groups] == [("par", ("a", "b"))]


def test_a_changed_number_is_answered_many_times_faster_than_the_project_is_assessed(
    opened: tuple[Explorer, float],
) -> None:
    """A tenth of a second is what the eye takes for at once; a ratio holds on a slow machine too."""
    explorer, whole = opened
    started = time.perf_counter()
    _ = explorer.with_number(SHARE, 0.21).net
    assert time.perf_counter() - started < whole / 3


def test_the_calculation_is_the_one_behind_the_results(explorer: Explorer) -> None:
    assert isinstance(explorer.model, Model)
    assert explorer.model.project is explorer.results.project
