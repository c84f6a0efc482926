"""The layers seen closer: published shares, beds filled again, what comes instead, and without the heaviest users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.results import Results, assess
from benefits.results.layer_values import LayerLine

Plan = dict[str, Any]
SHARES = {
    "short_run_supplies": 0.16,
    "unexpected_admissions": 0.5,
    "growth_funding_rule": 0.8,
    "forecast_change": 1.0,
}


def line(results: Results, basis: str) -> LayerLine:
    return next(one for one in results.layer_parts.lines if one.basis == basis)


def number(results: Results, id: str) -> float:
    found = results.values[id].value
    assert found is not None
    return found


@pytest.mark.parametrize("basis", ["expected", "measured"])
def test_each_published_share_says_what_the_same_events_would_give(kommune: Results, basis: str) -> None:
    """The same events, unit cost and beds filled again: only the share differs, so cash is in proportion to it."""
    cash = {name: number(kommune, f"marginal.{basis}.innleggelser.{name}") for name in SHARES}
    whole = cash["forecast_change"]
    assert {name: one / whole for name, one in cash.items()} == pytest.approx(SHARES)
    assert cash["short_run_supplies"] == pytest.approx(number(kommune, f"layer.{basis}.innleggelser.cash"))


def test_the_share_the_project_has_chosen_is_marked_and_long_run_shares_are_not_counted(kommune: Results) -> None:
    presets = line(kommune, "expected").presets
    assert [(one.name, one.horizon, one.chosen, one.counted) for one in presets] == [
        ("short_run_supplies", "short_run", True, True),
        ("unexpected_admissions", "short_run", False, True),
        ("growth_funding_rule", "long_run", False, False),
        ("forecast_change", "long_run", False, False),
    ]


def test_of_the_bed_days_freed_some_are_filled_again(kommune: Results) -> None:
    """Half on average, by a share drawn apart from the bed-days."""
    freed = number(kommune, "quantity.measured.innleggelser.bed_days")
    again = number(kommune, "refilled.measured.innleggelser.bed_days")
    assert again / freed == pytest.approx(0.5, abs=0.02)


def test_every_number_of_what_comes_instead_is_a_value_with_its_standing(kommune: Results) -> None:
    """Written in their places, they are assumed; each is the column of its draws, so that a tornado can show it."""
    prefix = "replacement.innleggelser.hjemmesykepleie"
    told = [kommune.values[f"{prefix}.{name}"] for name in ("per_event", "unit_cost", "hours")]
    assert [(one.unit, one.standing, one.price_year) for one in told] == [
        ("visits", "assumed", None),
        ("kroner", "assumed", kommune.project.price_year),
        ("hours", "assumed", None),
    ]
    assert told[0].low is not None


def test_what_comes_instead_is_what_the_flows_take_off(kommune: Results) -> None:
    shown = [one for one in kommune.layer_parts.replaced if "kroner" in one.names]
    assert {one.basis for one in shown} == {"expected", "measured"}
    for one in shown:
        kroner = number(kommune, f"replaced.{one.basis}.{one.benefit}.{one.replacement}.kroner")
        item = f"{one.benefit}.replaced.{one.replacement}"
        taken = kommune.flows.select(item=item, unit="kroner", basis=one.basis).total().mean()
        assert kroner == pytest.approx(-float(taken))


def test_the_heaviest_users_are_left_out_of_events_and_cash_alike(kommune: Results) -> None:
    """The method's own answer without them, over their exposure less; cash follows the events in proportion."""
    values = kommune.values
    assert kommune.layer_parts.without_heaviest == ("innleggelser",)
    (estimate,) = (one for one in kommune.estimates if one.benefit == "innleggelser")
    (check,) = (one for one in estimate.checks if one.code == "heaviest_users")
    assert check.without is not None
    assert check.without.exposure < estimate.exposure
    quantity = values["without_heaviest.innleggelser.quantity"]
    assert quantity.value == pytest.approx(-check.without.effect * check.without.exposure, rel=0.01)
    assert number(kommune, "without_heaviest.innleggelser.left_out") >= 5
    # The share filled again is drawn apart from the effect, so means of products are near products of means.
    per_event = number(kommune, "layer.measured.innleggelser.cash") / number(
        kommune, "quantity.measured.innleggelser.admissions"
    )
    cash = number(kommune, "without_heaviest.innleggelser.cash")
    assert cash / number(kommune, "without_heaviest.innleggelser.quantity") == pytest.approx(per_event, rel=0.02)


@pytest.fixture
def valued(plan: Plan, written: Callable[..., Path]) -> Callable[..., Results]:
    """Ten patients with one admission each, half of them avoided, of 50 000 kr: five admissions, 250 000 kr in 2024."""

    def make(cash: Plan, **valuation: Any) -> Results:
        plan["price_year"] = 2024
        plan["as_of"] = date(2024, 12, 31)
        plan["horizon_years"] = 1
        plan["patient_group"] = {"category": "other", "volume": {2024: 10}}
        plan["assumptions"] = {
            "rate": {"value": 1, "unit": "admissions", "per": "person_year"},
            "effect": {"value": 0.5, "unit": "ratio"},
            "cost": {"value": 50000, "unit": "kroner", "price_year": 2024, "standing": "one_project"},
            "cash": cash,
            "more": {"value": 0.3, "unit": "share"},
        }
        plan.pop("data", None)
        plan["benefits"] = [
            {
                "id": "g1",
                "title": "G",
                "indicator": {"definition": "I", "unit": "admissions", "direction": "lower_is_better"},
                "target": {"value": 1, "date": date(2024, 12, 31), "ramp": {2024: 1.0}},
                "realisation": {"form": "own_budget"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "effect",
                    "unit_cost": "cost",
                    "cash_share": "cash",
                    **valuation,
                },
            }
        ]
        return assess(written(plan), draws=4)

    return make


def test_a_share_of_the_projects_own_stands_among_the_published_ones(valued: Callable[..., Results]) -> None:
    """25 % of 250 000 kr is 62 500."""
    found = valued({"value": 0.25, "unit": "share"})
    presets = line(found, "expected").presets
    assert [one.name for one in presets if one.chosen] == ["own"]
    assert [one.name for one in presets][:2] == ["short_run_supplies", "own"]
    assert number(found, "marginal.expected.g1.own") == pytest.approx(62_500)
    assert number(found, "layer.expected.g1.cash") == pytest.approx(62_500)


def test_an_action_is_told_as_a_part_of_the_cash(valued: Callable[..., Results]) -> None:
    """10 % and, from 1 October, a further 30 %: 25 000 + 250 000 x 0.3 x 3/12 = 25 000 + 18 750."""
    action = {"share": "more", "action": "A", "owner": "B", "due": date(2024, 10, 1)}
    found = valued({"value": 0.1, "unit": "share"}, cash_by_action=action)
    assert number(found, "layer.expected.g1.by_action") == pytest.approx(18_750)
    assert number(found, "layer.expected.g1.cash") == pytest.approx(43_750)
    assert number(found, "layer.expected.g1.not_avoided") == pytest.approx(206_250)
    assert line(found, "expected").by_action


def test_a_long_run_share_has_no_cash_and_shows_what_it_would_be(valued: Callable[..., Results]) -> None:
    found = valued({"reference": "marginal_share.growth_funding_rule"})
    assert found.values["layer.expected.g1.cash"].value is None
    assert number(found, "marginal.expected.g1.growth_funding_rule") == pytest.approx(200_000)
    assert [(one.name, one.counted) for one in line(found, "expected").presets if one.chosen] == [
        ("growth_funding_rule", False)
    ]
    assert found.layer_parts.not_assessed == ()
