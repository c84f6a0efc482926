"""Investments, payback, tax, budgets and health of one small project, every figure worked by hand.

Vik buys sensors for 100 000 kr in 2025; they last two years and are bought again in 2027, so half is left when 2027
ends. It pays 20 000 kr a year besides, and the state gives it 60 000 kr in 2025. Ten patients have an admission a year,
half of which is avoided: five times 40 000 kr, half of it cash, is 100 000 kr a year for the HF. They gain 0.02 QALY
each a year.

    Vik        -60 000   -20 000   -120 000, and 50 000 left at last
    the state  -60 000
    the HF     100 000   100 000    100 000
    together   -20 000    80 000    -20 000
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.results import Results, assess

Plan = dict[str, Any]
Made = Callable[..., Results]
YEARS = (2025, 2026, 2027)


def plan() -> Plan:
    actors = [("vik", "kommune"), ("hf", "hf"), ("staten", "state")]
    sensors = {"id": "sensorer", "title": "Sensorer", "kind": "introduction", "actor": "vik", "amount": 100000}
    grant = {"id": "midler", "source": "rhf_funds", "payer": "staten", "receiver": "vik", "amounts": {2025: 60000}}
    by_year = {"value": 1.0, "date": date(2027, 12, 31)}
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 3,
        "price_year": 2024,
        "actors": [{"id": id, "kind": kind, "name": id} for id, kind in actors],
        "patient_group": {"category": "other", "volume": dict.fromkeys(YEARS, 10)},
        "costs": [
            {**sensors, "per": "once", "lifetime_years": 2, "budget_line": "Investering, IKT"},
            {"id": "drift", "title": "Drift", "kind": "running", "actor": "vik", "amount": 20000},
        ],
        "financing": {"sources": [grant]},
        "assumptions": {
            "rate": {"value": 1, "unit": "admissions", "per": "person_year"},
            "effect": {"value": 0.5, "unit": "ratio"},
            "pris": {"value": 40000, "unit": "kroner", "price_year": 2024},
            "andel": {"value": 0.5, "unit": "share"},
            "skatt": {"value": 0.2, "unit": "share"},
            "helse": {"value": 0.02, "unit": "qaly", "per": "person_year"},
            "qaly": {"value": 500000, "unit": "kroner", "price_year": 2024, "source": "Styret"},
        },
        "present_value": {"tax_financing": "skatt"},
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {"definition": "d", "unit": "admissions", "direction": "lower_is_better"},
                "target": by_year,
                "realisation": {"form": "own_budget"},
                "valuation": {
                    "actor": "hf",
                    "expected_events": "rate",
                    "effect": "effect",
                    "unit_cost": "pris",
                    "cash_share": "andel",
                },
            },
            {
                "id": "g2",
                "title": "Bedre helse",
                "indicator": {"definition": "d", "unit": "qaly", "direction": "higher_is_better"},
                "target": by_year,
                "realisation": {"form": "not_priced"},
                "valuation": {
                    "actor": "vik",
                    "effect": "helse",
                    "effect_scale": "difference",
                    "health_value": "qaly",
                },
            },
        ],
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    def make(written: Plan) -> Results:
        path: Path = tmp_path_factory.mktemp("liten") / "project.yaml"
        with path.open("w", encoding="utf-8") as stream:
            yaml = YAML()
            yaml.representer.ignore_aliases = lambda _: True
            yaml.dump(written, stream)
        return assess(path, draws=100)

    return make


@pytest.fixture(scope="module")
def small(made: Made) -> Results:
    return made(plan())


def found(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None
    return value


def years(results: Results, prefix: str) -> list[float]:
    return [found(results, f"{prefix}.{year}") for year in YEARS]


def test_an_investment_is_bought_again_and_what_is_left_is_worth_something_at_last(small: Results) -> None:
    (one,) = small.worth.investments
    assert (one.cost, one.bought) == ("sensorer", (2025, 2027))
    assert found(small, one.residual) == pytest.approx(50_000)
    assert years(small, "actor.vik.expected.cost") == pytest.approx([-120_000, -20_000, -70_000])


def test_an_annuity_is_paid_down_in_two_years(small: Results) -> None:
    """100 000 / (1/1.04 + 1/1.04**2) = 100 000 / 1.886095 = 53 019.61."""
    assert found(small, "investment.sensorer.annuity") == pytest.approx(53_019.61, abs=0.005)


def test_the_budget_holds_outlays_and_the_cost_a_year_holds_annuities_never_both(small: Results) -> None:
    budgets = small.worth.budgets
    assert budgets is not None
    assert budgets.years == YEARS
    vik, hf, state = budgets.actors
    assert [(row.item, row.group, row.others) for row in vik.rows] == [
        ("sensorer", "investment", ()),
        ("drift", "running", ()),
        ("financing.midler", "transfer_in", ("staten",)),
    ]
    assert years(small, "budget.vik.line.cost.sensorer") == pytest.approx([-100_000, 0, -100_000])
    assert years(small, "budget.vik.net") == pytest.approx([-60_000, -20_000, -120_000])
    assert vik.sums == ("budget.vik.net",)
    assert (hf.sums, state.sums, hf.annuities) == ((), (), ())
    assert vik.annuities == ("sensorer",)
    assert years(small, "yearly_cost.vik.sum") == pytest.approx([-73_019.61] * 3, abs=0.005)


def test_the_money_is_earned_back_where_it_is_and_what_is_left_pays_nobody(small: Results) -> None:
    """Together -20 000, 60 000, 40 000 as running sums; with 50 000 left Vik would look 50 000 better."""
    lines = {one.actor: one for one in small.worth.paybacks}
    assert list(lines) == ["vik", "staten", "hf", "society"]
    assert [(one.plain.behind, one.plain.year) for one in lines.values()] == [
        (True, None),
        (True, None),
        (False, 2025),
        (True, 2026),
    ]
    assert lines["vik"].plain.lowest == pytest.approx(-200_000)
    assert lines["society"].discounted is not None
    assert lines["society"].discounted.year == 2026
    assert [one.share for one in lines.values()] == ["", "", "", ""]


def test_tax_is_a_fifth_of_what_public_budgets_pay_on_balance_and_societys_alone(small: Results) -> None:
    """-4 000 + 16 000 - 4 000 = 8 000; discounted -4 000 + 16 000/1.04 - 4 000/1.0816 = 7 686.39."""
    assert small.worth.taxed
    assert found(small, "society.expected.tax_financing") == pytest.approx(8_000)
    assert found(small, "society.expected.net") == pytest.approx(90_000)
    assert found(small, "society.expected.net_with_tax") == pytest.approx(98_000)
    assert found(small, "present_value.society.expected.tax_financing") == pytest.approx(7_686.39, abs=0.005)
    assert [id for id in small.values if "tax" in id and not id.startswith(("society", "present_value.society"))] == []


def test_health_in_kroner_stands_apart_from_everybodys_money(small: Results) -> None:
    """Ten patients gain 0.2 QALY a year, 100 000 kr under the value named: 300 000, and 288 609.47 discounted."""
    (one,) = small.worth.health
    assert found(small, one.quantity) == pytest.approx(0.6)
    assert small.values[one.quantity].unit == "qaly"
    assert found(small, one.whole) == pytest.approx(300_000)
    assert found(small, one.present) == pytest.approx(288_609.47, abs=0.005)
    assert "Styret" in small.values[one.whole].source
    assert "layer.expected.g2.cash" not in small.values


def test_published_evidence_on_life_years_is_counted_in_them(made: Made) -> None:
    """0.0132 of a year per patient and year (TeleCare North): 0.132 for ten in the year the study lasted."""
    asked = plan()
    asked["assumptions"]["helse"] = {"evidence": "telecare_north_2017.quality_adjusted_life_years"}
    results = made(asked)
    assert found(results, "quantity.expected.g2.qaly.2025") == pytest.approx(0.132, abs=0.01)
    assert results.worth.health[0].present


def test_tax_is_off_by_default(made: Made) -> None:
    without = plan()
    del without["present_value"]
    results = made(without)
    assert not results.worth.taxed
    assert [id for id in results.values if "tax" in id] == []


@pytest.mark.parametrize(
    ("assumption", "code"),
    [
        ({"value": 1.2, "unit": "ratio"}, "tax_financing_not_share"),
        ({"reference": "tax_financing_cost"}, "tax_financing_without_number"),
    ],
)
def test_tax_that_cannot_be_counted_is_told(made: Made, assumption: Plan, code: str) -> None:
    asked = plan()
    asked["assumptions"]["skatt"] = assumption
    results = made(asked)
    assert not results.worth.taxed
    assert code in [gap.code for gap in results.gaps]


def test_a_share_of_draws_is_told_only_where_studies_with_a_comparison_group_found_the_effect(made: Made) -> None:
    """The HF pays for the service, and the effect is from a trial: some draws are enough, and some are not."""
    known = plan()
    known["assumptions"]["effect"] = {"evidence": "cochrane_hf_2010.heart_failure_admissions"}
    known["costs"][1] |= {"actor": "hf", "amount": 45000}
    known["benefits"][0]["valuation"]["persistence"] = {2026: 1.0, 2027: 1.0}
    lines = {one.actor: one for one in made(known).worth.paybacks}
    assert (lines["vik"].share, lines["hf"].share) == ("", "payback.hf.share")
    assert 0.1 < found(made(known), "payback.hf.share") < 0.9


def test_after_the_years_of_the_plan_there_is_no_budget(made: Made) -> None:
    late = plan()
    late["as_of"] = date(2028, 6, 30)
    assert made(late).worth.budgets is None
    late["as_of"] = date(2027, 1, 31)
    budgets = made(late).worth.budgets
    assert budgets is not None
    assert budgets.years == (2027,)


def test_a_stated_last_value_and_a_last_year_to_buy_in_go_before(made: Made) -> None:
    stated = plan()
    stated["costs"][0] |= {"residual": 10000, "last_year": 2026}
    results = made(stated)
    (one,) = results.worth.investments
    assert one.bought == (2025,)
    assert found(results, one.residual) == 10_000
