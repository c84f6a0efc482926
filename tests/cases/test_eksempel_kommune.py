"""The constructed kommune, where the truth is known: what its measured money rests on, and what it does not."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import numpy as np
import pytest

from benefits.report.avoided_cost import SECTIONS
from benefits.report.html import section_html
from benefits.report.voice import voice_in
from benefits.results import Results, assess
from benefits.vocabulary import Language

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).resolve().parents[2] / "params" / "eksempel-kommune"
TRUE_RATIO = 0.80
"""What make_data.py multiplies the rate of those with the service by."""


@pytest.fixture(scope="module")
def kommune() -> Results:
    return assess(EXAMPLE / "project.yaml", draws=1_000)


@pytest.fixture(scope="module")
def with_the_service() -> int:
    """Admissions in 2025 of those who got the service."""
    with (EXAMPLE / "data" / "innleggelser.csv").open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return sum(
            int(row["innleggelser"]) for row in rows if row["gruppe"] == "treated" and row["maaned"][:4] == "2025"
        )


def test_the_interval_of_avoided_admissions_covers_the_truth(kommune: Results, with_the_service: int) -> None:
    """124 with the service are 0.80 of what would have been: 155, so 31 were avoided."""
    truth = with_the_service / TRUE_RATIO - with_the_service
    avoided = kommune.values["quantity.measured.innleggelser.admissions"]
    assert (with_the_service, truth) == (124, pytest.approx(31))
    assert avoided.low is not None
    assert avoided.high is not None
    assert avoided.low < truth < avoided.high


def test_what_before_and_after_would_have_avoided_is_far_off_and_goes_into_nothing(kommune: Results) -> None:
    """1.11 an admission a year over 145 years of observation is 162; no row of flows is nearer to it than to 43."""
    naive = kommune.values["estimate.innleggelser.before_after.effect"]
    rate, exposure = kommune.values["estimate.innleggelser.difference_in_differences.observed"], 145.4
    assert rate.value is not None
    assert naive.value is not None
    assert naive.high is not None
    assert -naive.value * exposure == pytest.approx(162, abs=2)
    assert -naive.high * exposure > 31
    measured = kommune.flows.select(basis="measured", unit="admissions")
    assert measured.total().mean() == pytest.approx(42.8, abs=0.2)
    assert float(np.quantile(measured.total(), 0.975)) < -naive.high * exposure


def test_closing_beds_is_no_money_while_nobody_has_it_to_do(kommune: Results) -> None:
    """Half of the beds are filled again, so 8 per cent of the whole is cash; more waits for an owner and a date."""
    whole, cash = (kommune.values[f"layer.measured.innleggelser.{part}"].value or 0 for part in ("whole", "cash"))
    assert cash == pytest.approx(0.08 * whole, rel=1e-2)
    codes = {gap.code for gap in kommune.gaps if gap.subject == "innleggelser"}
    assert {"cash_without_owner", "cash_without_due"} <= codes
    assert "replacement_not_assessed" not in {gap.code for gap in kommune.gaps}


@pytest.mark.parametrize("quantity", ["quantity", "cash"])
def test_the_bridge_from_plan_to_what_was_measured_sums_exactly(kommune: Results, quantity: str) -> None:
    (bridge,) = kommune.plan_bridges
    steps = bridge.quantity if quantity == "quantity" else bridge.cash
    assert steps is not None
    of = kommune.values
    causes = sum(of[id].value or 0 for _, id in steps.causes)
    assert (of[steps.start].value or 0) + causes == pytest.approx(of[steps.end].value, abs=1e-9, rel=1e-12)
    measured = (
        "quantity.measured.innleggelser.admissions" if quantity == "quantity" else "layer.measured.innleggelser.cash"
    )
    assert of[steps.end].value == pytest.approx(of[measured].value, rel=1e-9)


NAIVE = "−1,11"
WARNED = {"nb": ("ikke virkningen", "ikke brukt"), "nn": ("ikkje verknaden", "ikkje brukt")}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_naive_figure_never_stands_without_its_warning(kommune: Results, language: Language) -> None:
    """Each sentence, row or figure text with it says that it is not used.

    Among the checks of the method it is only named: the list of those passed stands under the warnings.
    """
    voice = voice_in(language, first="nb")
    shown = [section_html(SECTIONS[name](kommune, voice)) for name in ("first_page", "events", "measured", "compared")]
    told = [text for page in shown for text in blocks(page) if NAIVE in text]
    checks = [text for text in told if text.startswith("I orden:")]
    assert len(checks) <= 1
    assert len(told) - len(checks) >= 3
    assert [text for text in told if text not in checks and not any(words in text for words in WARNED[language])] == []


def blocks(page: str) -> list[str]:
    """The paragraphs, points, rows and texts of figures of a section."""
    parts = re.split(r"</(?:p|li|tr|figcaption|h\d)>", html.unescape(page))
    pictures = re.findall(r'(?:alt|aria-label)="([^"]*)"', html.unescape(page))
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in (*parts, *pictures)]
