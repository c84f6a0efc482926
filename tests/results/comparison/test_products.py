"""The factors of a number reproduce it, and what is changed in a plan is what moved its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.results import Results, assess
from benefits.results.comparison.lines import of_product
from benefits.results.comparison.products import product, products

PLAN = """format: 1
id: liten
title: Lite prosjekt
go_live: 2025-01-01
as_of: 2025-12-31
horizon_years: 3
price_year: 2025
actors: [{id: hf, kind: hf, name: Sykehuset}]
patient_group: {category: several_chronic_conditions, volume: {2025: 100, 2026: 100, 2027: 100}}
assumptions:
  uten: {value: 2.0, unit: admissions, per: person_year}
  virkning: {value: 0.8, unit: ratio}
  kostnad: {value: 50000, unit: kroner, per: event, price_year: 2025}
  andel: {value: 0.2, unit: share}
  brukt: {value: 0.5, unit: share}
  fylt: {value: 0.25, unit: share}
  tiltak: {value: 0.1, unit: share}
  senger: {value: 50, unit: bed_days, per: year}
  dogn: {value: 5.0, unit: bed_days, per: event}
pools: [{id: senger, title: Senger, unit: bed_days, per_year: senger}]
benefits:
  - id: g1
    title: Færre innleggelser
    indicator: {definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}
    target: {value: 1.0, date: 2025-12-31, ramp: {2025: 0.5}}
    realisation: {form: own_budget}
    valuation:
      actor: hf
      expected_events: uten
      effect: virkning
      unit_cost: kostnad
      cash_share: andel
      realisation_share: brukt
      refill_share: fylt
      bed_days: dogn
      persistence: {2026: 0.6}
"""
CASH, DAYS = "layer.expected.g1.cash", "quantity.expected.g1.bed_days"
ACTION = "cash_by_action: {share: tiltak, action: Stenge post, owner: Klinikksjefen, due: 2026-07-01}\n      refill"


def changed(folder: Path, *change: str) -> Results:
    text = PLAN
    for old, new in zip(change[::2], change[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    file = folder / "project.yaml"
    file.write_text(text, encoding="utf-8")
    return assess(file, draws=2)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return changed(tmp_path_factory.mktemp("plan"))


def test_the_factors_of_cash_as_worked_by_hand(plan: Results) -> None:
    """In 2025: 100 x 0.5 x 2 x 0.2 = 20 events; 50 000 x 0.2 x 0.5 x (1 - 0.25) = 3 750 kr each: 75 000 kr.

    In 2026 the whole effect is reached, and 0.6 of it is left: 24 events and 90 000 kr; in 2027 nothing is carried.
    """
    by_year = products(plan)[CASH]
    assert {year: round(product(factors), 6) for year, factors in by_year.items()} == {
        2025: 75000,
        2026: 90000,
        2027: 0,
    }
    assert plan.values[CASH].value == pytest.approx(165_000)


CHANGES = [
    (("2026: 0.6", "2026: 0.6, 2027: 0.5"), {"carried"}, CASH),
    (("brukt: {value: 0.5", "brukt: {value: 0.7"), {"realisation_share"}, CASH),
    (("realisation_share: brukt\n      ", ""), {"realisation_share"}, CASH),
    (("fylt: {value: 0.25", "fylt: {value: 1.0"), {"refill_share"}, CASH),
    (("refill_share: fylt", ""), {"refill_share"}, CASH),
    (("refill", ACTION), {"action"}, CASH),
    (("virkning: {value: 0.8", "virkning: {value: 0.9"), {"effect"}, CASH),
    (("uten: {value: 2.0", "uten: {value: 3.0"), {"expected_events"}, CASH),
    (("2025: 0.5}", "2025: 0.25}"), {"ramp"}, CASH),
    (("2026: 100,", "2026: 80,"), {"volume"}, CASH),
    (("kostnad: {value: 50000", "kostnad: {value: 60000"), {"unit_cost"}, CASH),
    (("andel: {value: 0.2", "andel: {value: 0.1"), {"cash_share"}, CASH),
    (("dogn: {value: 5.0", "dogn: {value: 4.0"), {"per_event"}, DAYS),
    (("expected_events: uten", "expected_events: uten\n      pool: senger"), {"pool"}, DAYS),
    (("andel: {value: 0.2", "andel: {value: 0.1", "2026: 100,", "2026: 80,"), {"cash_share", "volume"}, CASH),
]


@pytest.mark.parametrize(("change", "causes", "id"), CHANGES)
def test_what_is_changed_is_what_moved_the_number_and_makes_all_of_the_difference(
    change: tuple[str, ...], causes: set[str], id: str, plan: Results, tmp_path: Path
) -> None:
    now = changed(tmp_path, *change)
    old, new = products(plan)[id], products(now)[id]
    for results, by_year in ((plan, old), (now, new)):
        assert sum(map(product, by_year.values())) == pytest.approx(results.values[id].value)
    lines = of_product(old, new)
    assert lines is not None
    made = {cause: amount for cause, _, amount in lines if abs(amount) > 1e-6}
    assert set(made) == causes
    assert sum(made.values()) == pytest.approx((now.values[id].value or 0.0) - (plan.values[id].value or 0.0))
