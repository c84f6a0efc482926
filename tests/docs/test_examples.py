"""Every figure on the pages about the two examples is the one the package gives, and the sums by hand are right."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.language import catalogue
from benefits.project.reported import read_reports
from benefits.results import Results, Value

pytestmark = pytest.mark.slow

Page = Callable[[str], str]
Norwegian = Callable[..., str]
KOMMUNE, SPREAD = "docs/eksempel-kommune.md", "docs/dho-spredning-2024.md"


def spans(value: Value, decimals: int, norwegian: Norwegian) -> str:
    assert value.value is not None
    assert value.low is not None
    assert value.high is not None
    number, low, high = (norwegian(one, decimals) for one in (value.value, value.low, value.high))
    return f"| {number} | {low} til {high} |"


@pytest.mark.parametrize("method", ["before_after", "difference_in_differences"])
def test_the_ratio_of_each_method_is_that_of_the_assessment(
    method: str, kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    ratio = kommune.values[f"estimate.innleggelser.{method}.ratio"]
    row = next(line for line in page(KOMMUNE).splitlines() if line.startswith(f"| `{method}`") and "til" in line)
    assert spans(ratio, 2, norwegian) in row
    covers = ratio.low is not None and ratio.high is not None and ratio.low <= 0.80 <= ratio.high
    assert row.endswith("| ja |" if covers else "| nei |")


def test_the_rates_in_the_text_are_those_of_the_assessment(kommune: Results, page: Page, norwegian: Norwegian) -> None:
    naive, controlled = (
        {
            name: kommune.values[f"estimate.innleggelser.{method}.{name}"]
            for name in ("counterfactual", "effect", "observed")
        }
        for method in ("before_after", "difference_in_differences")
    )
    text = " ".join(page(KOMMUNE).split())
    effect = controlled["effect"]
    assert f"raten {norwegian(controlled['observed'].value or 0, 2)}." in text
    for one in (naive, controlled):
        without, fall = one["counterfactual"].value or 0, -(one["effect"].value or 0)
        assert re.search(rf"{norwegian(without, 2)}, altså en nedgang på {norwegian(fall, 2)}", text)
    assert f"fra {norwegian(-(effect.high or 0), 2)} til {norwegian(-(effect.low or 0), 2)}" in text
    share = 1 - (kommune.values["estimate.innleggelser.before_after.ratio"].value or 0)
    assert f"{norwegian(100 * share)} prosent færre innleggelser der sannheten er 20" in text


@pytest.mark.parametrize(
    ("id", "row"),
    [
        ("layer.measured.innleggelser.cash", "kan tas ut av budsjettet"),
        ("transfer.measured.innleggelser.isf-hf.eksempel-hf", "tapt ISF"),
        ("actor.eksempel-hf.measured.net", "netto, uten kostnaden ved tjenesten"),
        ("layer.measured.innleggelser.capacity", "frigjort kapasitet, som ikke er penger"),
    ],
)
def test_the_money_measured_is_that_of_the_assessment(
    id: str, row: str, kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    found = kommune.values[id]
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.grade is not None
    thousands = [norwegian(round(one, -3)) for one in (found.value, found.low, found.high)]
    grade = catalogue("nb").text(f"grade.{found.grade}")
    assert f"| {row} | {thousands[0]} | {thousands[1]} til {thousands[2]} | {grade} |" in page(KOMMUNE)


def test_the_smallest_change_and_the_events_avoided_are_those_of_the_assessment(
    kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    text = " ".join(page(KOMMUNE).split())
    smallest, hoped = (kommune.values[f"benefit.innleggelser.{name}"].value or 0 for name in ("smallest", "hoped"))
    assert (
        f"er {norwegian(smallest, 2)} innleggelser per personår, mens prosjektet selv ventet {norwegian(hoped, 2)},"
        in text
    )
    avoided = kommune.values["quantity.measured.innleggelser.admissions"]
    number, low, high = (norwegian(one or 0, 1) for one in (avoided.value, avoided.low, avoided.high))
    assert f"{number} innleggelser unngått ({low} til {high})" in text


def test_the_first_verdict_on_the_page_is_that_of_the_assessment(
    kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    names = ("verdict.innleggelser.due", "assumption.innleggelser-uten-tjenesten", "benefit.innleggelser.smallest")
    due, without, smallest = (kommune.values[name].value or 0 for name in names)
    text = " ".join(page(KOMMUNE).split())
    assert f"gitt {norwegian(due, 2)} per personår, {norwegian(without - due, 2)} under" in text
    assert f"viser ikke mindre enn {norwegian(smallest, 2)}." in text
    assert kommune.follow_up.verdicts[0].reason == "below_smallest"


def test_what_was_reported_after_the_project_is_what_the_page_says(
    page: Page, root: Path, norwegian: Norwegian
) -> None:
    reports, _ = read_reports(root / "params/eksempel-kommune/project.yaml", shown_as="")
    words = {"trygghet": "Trygghet", "tid-hjemmetjeneste": "Timer[^|:]*"}
    told = [one for report in reports for one in report.content.values if one.benefit in words]
    assert len(told) == 4
    for one in told:
        assert re.search(rf"\b{words[one.benefit]}: {norwegian(one.value, 1)}\b", page(KOMMUNE))


@pytest.mark.parametrize(
    ("id", "row", "digits"),
    [
        ("replaced.measured.innleggelser.hjemmesykepleie.quantity", "besøk av hjemmesykepleien", 0),
        ("replaced.measured.innleggelser.hjemmesykepleie.kroner", "hjemmesykepleien, kroner", -3),
        ("replaced.measured.innleggelser.kad.kroner", "kommunal akutt døgnenhet, kroner", -3),
        ("replaced.measured.innleggelser.omsorg.hours", "omsorg fra pårørende, timer", 0),
    ],
)
def test_what_comes_instead_is_that_of_the_assessment(
    id: str, row: str, digits: int, kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    found = kommune.values[id]
    told = [norwegian(round(one or 0, digits)) for one in (found.value, found.low, found.high)]
    assert f"| {row} | {told[0]} | {told[1]} til {told[2]} |" in page(KOMMUNE)


def test_what_one_admission_brings_the_hospital_is_that_of_the_assessment(
    kommune: Results, page: Page, norwegian: Norwegian
) -> None:
    """Half of the beds are filled again: 0.08 x 64 000 = 5 120 to take out, 0.20 x 52 248 = 10 450 of ISF lost.

    150 of travel is spared, so it is 5 180 short for each.
    """
    cost, price, travel, filled = (
        kommune.values[f"assumption.{name}"].value or 0
        for name in ("enhetskostnad", "isf-pris", "reisedekning", "senger-fylt-igjen")
    )
    cash, lost, other = ((1 - filled) * one for one in (0.16 * cost, 0.40 * price, 0.50 * cost))
    net = kommune.values["break_even.innleggelser.eksempel-hf.net_per_event"].value
    assert net == pytest.approx(cash + travel - lost, rel=1e-3)
    text = " ".join(page(KOMMUNE).split())
    assert f"mister {norwegian(round(lost, -1))} kr i ISF, kan ta ut {norwegian(cash)} kr på kort sikt" in text
    assert f"sparer {norwegian(travel)} kr på hjemreisen" in text
    assert f"ville det vært {norwegian(other)} kr" in text
    assert other > lost


def test_the_expected_fall_and_the_drift_make_the_ratio_before_after_must_show(
    kommune: Results, page: Page, root: Path, norwegian: Norwegian
) -> None:
    """0.80 x (1 - 0.33) x 0.95^1.5 = 0.50; the median over the seeds is 0.496."""
    drop = kommune.values["estimate.innleggelser.before_after.check.regression_to_the_mean.expected_drop"].value or 0
    product = 0.80 * (1 - drop) * 0.95**1.5
    assert f"0,80 (virkningen) × {norwegian(1 - drop, 2)} (fallet av seg selv) × 0,95^1,5" in page(KOMMUNE)
    assert f"= {norwegian(product, 2)}\n" in page(KOMMUNE)
    assert f"{norwegian(100 * drop)} prosent uten noe tiltak" in page(KOMMUNE)
    stored = json.loads((root / "params/eksempel-kommune/coverage.json").read_text(encoding="utf-8"))
    assert product == pytest.approx(stored["median_ratio_before_after"], abs=0.005)


def test_the_shares_covered_are_those_stored(page: Page, root: Path, norwegian: Norwegian) -> None:
    stored = json.loads((root / "params/eksempel-kommune/coverage.json").read_text(encoding="utf-8"))
    for method, name in {"before_after": "before_after", "difference_in_differences": "did"}.items():
        covered = norwegian(100 * stored[f"covered_{name}"], 1)
        median = norwegian(stored[f"median_ratio_{name}"], 3)
        assert f"| `{method}` | {covered} % | {median} |" in page(KOMMUNE)
    assert f"{stored['seeds']} ulike startverdier" in page(KOMMUNE)


def test_the_world_is_described_as_it_is_made(page: Page, root: Path) -> None:
    script = (root / "params/eksempel-kommune/make_data.py").read_text(encoding="utf-8")
    made = dict(re.findall(r"^([A-Z_]+) = ([\d.]+)$", script, flags=re.MULTILINE))
    text = " ".join(page(KOMMUNE).split())
    assert (made["POPULATION"], made["PERSONS"], made["TRUE_RATIO"]) == ("4000", "150", "0.80")
    assert (made["POPULATION_RATE"], made["POPULATION_DISPERSION"], made["YEARLY_DRIFT"]) == ("0.5", "0.8", "0.95")
    assert "4 000 personer" in text
    assert "De første 150 med minst to innleggelser" in text


PATIENTS, PRICE, CASH, ISF = 1204, 52248, 0.16, 0.40
FEWER = {"value": 0.13, "low": -0.32, "high": 0.58}


@pytest.mark.parametrize("end", FEWER)
def test_admissions_by_hand_are_those_of_the_assessment(
    end: str, spread: Results, page: Page, norwegian: Norwegian
) -> None:
    by_hand = PATIENTS * FEWER[end]
    found = getattr(spread.values["quantity.expected.innleggelser.admissions"], end)
    assert found == pytest.approx(by_hand, rel=2e-3)
    assert f"1 204 × {norwegian(abs(FEWER[end]), 2)} = {norwegian(abs(by_hand), 1)}" in page(SPREAD)


@pytest.mark.parametrize(("end", "difference"), [("value", 0.18), ("low", 2.02), ("high", -1.66)])
def test_bed_days_by_hand_are_those_of_the_assessment(
    end: str, difference: float, spread: Results, page: Page, norwegian: Norwegian
) -> None:
    found = getattr(spread.values["quantity.expected.liggedogn.bed_days"], end)
    assert found == pytest.approx(-PATIENTS * difference, rel=2e-3)
    assert f"1 204 × {norwegian(abs(difference), 2)} = {norwegian(PATIENTS * abs(difference), 1)}" in page(SPREAD)


@pytest.mark.parametrize(
    ("id", "share"),
    [
        ("layer.expected.innleggelser.whole", 1),
        ("layer.expected.innleggelser.cash", CASH),
        ("layer.expected.innleggelser.not_avoided", 1 - CASH),
        ("transfer.expected.innleggelser.isf.staten", ISF),
    ],
)
def test_kroner_by_hand_are_those_of_the_assessment(
    id: str, share: float, spread: Results, page: Page, norwegian: Norwegian
) -> None:
    by_hand = PATIENTS * FEWER["value"] * PRICE * share
    assert spread.values[id].value == pytest.approx(by_hand, rel=2e-3)
    assert re.search(rf"156,52 × 52 248 .*= {norwegian(by_hand)} kr", page(SPREAD))


@pytest.mark.parametrize("end", ["low", "high"])
def test_the_interval_in_kroner_by_hand_is_that_of_the_assessment(
    end: str, spread: Results, page: Page, norwegian: Norwegian
) -> None:
    by_hand = PATIENTS * FEWER[end] * PRICE * CASH
    assert getattr(spread.values["layer.expected.innleggelser.cash"], end) == pytest.approx(by_hand, rel=2e-3)
    assert f"= {norwegian(by_hand)} kr" in " ".join(page(SPREAD).split())


def test_the_short_answer_is_the_headline_of_the_report(spread: Results, page: Page, norwegian: Norwegian) -> None:
    found = spread.values["quantity.expected.innleggelser.admissions"]
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    text = " ".join(page(SPREAD).split())
    fewer, more, most = (norwegian(abs(one)) for one in (found.value, found.low, found.high))
    assert f"{fewer} færre innleggelser, med 95 % intervall fra {more} *flere* til {most} færre" in text
    assert f"{norwegian(found.value, 3)} der håndregningen gir 156,52" in text


def test_published_figures_on_the_page_are_those_that_ship(spread: Results, page: Page, norwegian: Norwegian) -> None:
    inputs = spread.values
    assert inputs["assumption.enhetskostnad"].value == PRICE
    assert inputs["assumption.kan-tas-ut"].value == CASH
    assert inputs["assumption.isf-andel"].value == ISF
    nurses = inputs["assumption.pasienter-per-sykepleier"].value or 0
    assert f"1 204 / {norwegian(nurses)} = {norwegian(PATIENTS / nurses, 2)} sykepleierårsverk" in page(SPREAD)
    for name in ("admissions", "bed_days"):
        published = inputs[f"evidence.sul_2020.{name}"]
        number, low, high = (norwegian(one or 0, 2) for one in (published.value, published.low, published.high))
        assert f"| {number} ({low} til {high}) |" in page(SPREAD)
    kew = inputs["evidence.kew_cates.persons_admitted"]
    number, low, high = (norwegian(one or 0, 2) for one in (kew.value, kew.low, kew.high))
    assert f"oddsforhold {number} ({low} til {high})" in page(SPREAD)


def test_the_lowest_and_the_highest_area_are_those_of_the_data(page: Page, root: Path, norwegian: Norwegian) -> None:
    file = root / "params/dho-spredning-2024/data/kols-akuttinnlagte-personer.csv"
    with file.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    rates = sorted((10_000 * int(row["antall"]) / int(row["innbyggere"]), row["opptaksomrade"]) for row in rows)
    assert f"{len(rows)} områder" in page(SPREAD)
    for rate, area in (rates[0], rates[-1]):
        assert re.search(rf"{norwegian(rate, 1)}[^.]*\({area}\)", " ".join(page(SPREAD).split()))
