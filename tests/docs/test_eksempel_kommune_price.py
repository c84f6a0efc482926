"""The price of the example by hand: pay, hours, positions, parts and split, and the same figures on its page."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import pytest

from benefits.results import Results

Norwegian = Callable[..., str]
PAGE = "docs/eksempel-kommune.md"
PATIENT_MONTHS = 12 * 210
"""In 2027: 150 patients of Eksempelvik and 60 of Eksempelsund."""


def middle(low: float, likely: float, high: float) -> float:
    """Mean of a number said as low, likely and high, which is drawn from a triangle."""
    return (low + likely + high) / 3


# 12 x 53 166.67 x (1 + 0.024 + 0.14) x (1 + 0.141) + 12 000 = 859 343, and 5 per cent on top: 902 310 kroner.
NURSE = (12 * middle(51_500, 53_000, 55_000) * (1 + 0.024 + 0.14) * (1 + 0.141) + 12_000) * 1.05
HOURS = 1950 - 187.5 - 75 - 97.5 - 90 - 50  # 1 450
# 26.33 + 1.3667 x 18.33 + 15 + 0.2 x 45 + 6 = 81.39 minutes, and start, ending and the review of limits by the year.
MINUTES = (
    middle(22, 26, 31)
    + middle(1.0, 1.3, 1.8) * middle(14, 18, 23)
    + 15
    + 0.20 * 45
    + 6
    + (75 * 100 + 65 * 40 + 1920) / PATIENT_MONTHS
)
NURSES = ceil(PATIENT_MONTHS * MINUTES / 60 / HOURS)  # 3 619 hours over 1 450 is 2.5, so 3
PARTS = {
    "nurses": NURSES * NURSE / PATIENT_MONTHS,  # 3 x 902 310 / 2 520 = 1 074.18
    "lead": ceil(210 / 80) * 110_000 / PATIENT_MONTHS,  # 3 started eighties: 130.95
    "platform": 240_000 / PATIENT_MONTHS,  # from 200 patients: 95.24
    "support": 12 * 3000 / PATIENT_MONTHS,  # 14.29
    "training": 40_000 / PATIENT_MONTHS,  # 15.87
    "licence": 205.0,
    "equipment": (4800 - 400) / 48 + 4800 * 0.04 / 12,  # 91.67 + 16 = 107.67
    "delivery": 75 * 900 / PATIENT_MONTHS,  # 26.79
    "collection": 65 * 500 / PATIENT_MONTHS,  # 12.90
}
FULL = sum(PARTS.values())  # 1 682.9


def of(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None
    return value


def test_a_nurse_and_her_hours_are_built_up_as_by_hand(kommune: Results) -> None:
    assert pytest.approx(902_310, abs=1) == NURSE
    assert of(kommune, "service.dho.year.2027.resource.sykepleier.used_hours") == pytest.approx(
        PATIENT_MONTHS * MINUTES / 60, rel=2e-3
    )
    assert of(kommune, "service.dho.rate.sykepleier") == pytest.approx(NURSE / HOURS / 60, rel=1e-3)


def test_the_price_of_the_first_full_year_is_that_by_hand(kommune: Results) -> None:
    assert pytest.approx(1682.9, abs=0.05) == FULL
    assert of(kommune, "service.dho.year.2027.full") == pytest.approx(FULL, rel=1e-3)


def test_what_each_party_pays_is_that_by_hand(kommune: Results) -> None:
    """The agreed price: 1 700 x 2 520 = 4 284 000; 30 per cent to the hospital trust, the rest by key and by use."""
    whole = 1700 * PATIENT_MONTHS
    hospital = 0.30 * whole  # 1 285 200
    # What does not follow use: lead, platform, support, training, idle time and the review of the limits for alerts.
    idle = NURSES * NURSE * (1 - PATIENT_MONTHS * MINUTES / 60 / HOURS / NURSES) / PATIENT_MONTHS  # 180.5
    review = NURSE / HOURS / 60 * 1920 / PATIENT_MONTHS  # 7.9
    fixed = PARTS["lead"] + PARTS["platform"] + PARTS["support"] + PARTS["training"] + idle + review
    by_key = (whole - hospital) * fixed / FULL
    by_use = whole - hospital - by_key
    sund = by_key * 9_000 / 33_000 + by_use * 60 / 210
    found = {
        actor: of(kommune, f"service.dho.split.2027.party.{actor}.amount")
        for actor in ("eksempelvik", "eksempelsund", "eksempel-hf")
    }
    assert found["eksempel-hf"] == pytest.approx(hospital)
    assert found["eksempelsund"] == pytest.approx(sund, rel=2e-3)
    assert sum(found.values()) == pytest.approx(whole)


def test_the_years_on_the_page_are_those_of_the_assessment(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    text = page(PAGE)
    for year, patients in {2025: 150, 2026: 170, 2027: 210}.items():
        full = kommune.values[f"service.dho.year.{year}.full"]
        told = [norwegian(round(one or 0, -1)) for one in (full.value, full.low, full.high)]
        assert f"| {year} | {patients} | {told[0]} | {told[1]} til {told[2]} |" in text


def test_the_steps_and_the_split_on_the_page_are_those_of_the_assessment(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    text = " ".join(page(PAGE).split())
    step, last = of(kommune, "service.dho.next_step.sykepleier"), of(kommune, "service.dho.losing.3.to")
    assert f"Ved {norwegian(step)} pasienter trengs en fjerde" in text
    assert of(kommune, "service.dho.losing.3.from") == step
    assert f"ikke kostnaden igjen før ved {norwegian(last + 1)}." in text
    assert f"{norwegian(100 * of(kommune, 'service.dho.fixed_share'), 1)} prosent fast" in text
    for actor in ("eksempelsund", "eksempelvik"):
        amount = of(kommune, f"service.dho.split.2027.party.{actor}.amount")
        assert f" | {norwegian(round(amount, -3))} |" in text


def test_what_the_service_did_cost_lies_within_what_the_model_says(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    """Cost of 2025 over its patient-months: (1 556 000 + 1 379 000) / (870 + 813) = 1 743.9."""
    paid = (1_556_000 + 1_379_000) / (870 + 813)
    assert of(kommune, "service_use.2025.cost.rate") == pytest.approx(paid)
    full = kommune.values["service.dho.year.2025.full"]
    assert full.low is not None
    assert full.high is not None
    assert full.low < paid < full.high
    assert f"{norwegian(paid)} kr per pasientmåned i 2025" in " ".join(page(PAGE).split())


def test_the_admissions_that_would_cover_the_cost_are_those_of_the_assessment(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    """Half of the beds are filled again, and 2.66 visits of 550 and 0.133 days of 5 500 come instead.

    Each gives 0.08 x 64 000 + 303 x 1.031 of travel - 1 467 - 733 = 3 232, and 4.87 million a year is to be covered.
    """
    prefix = "break_even.innleggelser.society"
    each = 0.08 * 64_000 + 303 * 1.031 - 8 / 3 * 550 - 0.4 / 3 * 5_500
    assert of(kommune, f"{prefix}.net_per_event") == pytest.approx(each, rel=2e-3)
    needed = kommune.values[f"{prefix}.events_needed"]
    told = [norwegian(one or 0) for one in (needed.value, needed.low, needed.high)]
    expected = norwegian(of(kommune, f"{prefix}.events_expected"))
    said = f"unngå {told[0]} innleggelser i året ({told[1]} til {told[2]}), og {expected} ventes."
    assert said in " ".join(page("docs/penger.md").split())


def test_the_price_nobody_loses_at_is_that_of_the_assessment(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    """Its low end is where Eksempelvik is left with nothing; at a price of nothing the trust is already below it."""
    text = " ".join(page("docs/eksempel-kommune.md").split())
    all_months, paid = (of(kommune, f"price_interval.dho.{name}_months") for name in ("all", "paid"))
    assert f"kostnaden for {norwegian(all_months)} pasientmåneder" in text
    assert f"svarer til {norwegian(paid)} av dem" in text
    low = kommune.values["price_interval.dho.cash.low"]
    told = [norwegian(round(one or 0, -1)) for one in (low.value, low.low, low.high)]
    assert f"må de andre betale {told[0]} kr per pasientmåned (95 % intervall fra {told[1]} til {told[2]})" in text
    assert (low.value or 0) > 3 * of(kommune, "service.dho.full")
    assert of(kommune, "price_interval.dho.cash.zero.eksempel-hf") < 0
