"""A published evaluation built up again of its printed prices and costs: Vitacca et al., Eur Respir J 2009;33:411-418.

Table 1 prints a price and the mean cost per patient in a year of each thing used; amounts are euro. The abstract prints
that the cost after tele-assistance is paid for was 33 per cent lower.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benefits.project import load
from benefits.results import Results, assess

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "params" / "vitacca-2009" / "project.yaml"
PAGE = ROOT / "docs" / "cases" / "vitacca-2009.md"
PATIENTS = 100

# Price (None: by DRG), control, tele-assistance; as printed.
PRINTED: Mapping[str, tuple[float | None, float, float]] = {
    "sykehusinnleggelser": (4_000, 6_588, 4_610),
    "akuttmottak": (62, 57, 38),
    "intensiv": (None, 7_509, 3_998),
    "poliklinikk": (32, 104, 4),
    "fastlege": (30, 48, 20),
    "antibiotika": (55, 203, 86),
    "steroider": (6, 16, 3),
    "hjemmesykepleie": (20, 178, 148),
    "reiser": (0.23, 27, 0.8),
}
TOTAL_CONTROL, TOTAL_TELE = 14_728, 8_907
CALLS, CHEAP, DEAR = 716, 127, 187


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(FILE, draws=8)


def per_patient(results: Results, id: str) -> float:
    value = results.values[id].value
    assert value is not None
    return value / PATIENTS


def test_the_file_holds_what_is_printed_and_nothing_else() -> None:
    project = load(FILE)
    assert [one.id for one in project.benefits] == list(PRINTED)
    for name, (price, control, tele) in PRINTED.items():
        numbers = [project.assumptions[f"{name}-{part}"].value for part in ("uten", "virkning", "pris")]
        assert None not in numbers
        without, ratio, unit = (float(one or 0) for one in numbers)
        assert unit == (price if price is not None else control)
        assert [without * unit, without * ratio * unit] == pytest.approx([control, tele])


def test_each_line_is_the_difference_that_is_printed(results: Results) -> None:
    for name, (_, control, tele) in PRINTED.items():
        assert per_patient(results, f"layer.expected.{name}.whole") == pytest.approx(control - tele)


def test_the_lines_add_to_the_printed_totals_but_for_rounding() -> None:
    """Nine numbers in whole euro: at most half a euro each."""
    control, tele = (sum(one[place] for one in PRINTED.values()) for place in (1, 2))
    assert control == pytest.approx(TOTAL_CONTROL, abs=4.5)
    assert tele == pytest.approx(TOTAL_TELE, abs=4.5)


def test_the_printed_result_is_met(results: Results) -> None:
    """33 per cent less after tele-assistance is paid for: 33.8 with the cheap oximeter and 33.4 with the dear one."""
    whole = sum(per_patient(results, f"layer.expected.{name}.whole") for name in PRINTED)
    cost = -per_patient(results, "actor.sykehuset.expected.cost")
    control = sum(one[1] for one in PRINTED.values())
    assert whole == pytest.approx(TOTAL_CONTROL - TOTAL_TELE, abs=2)
    assert cost == pytest.approx(CALLS + CHEAP)
    assert [(whole - one) / control for one in (cost, CALLS + DEAR)] == pytest.approx([0.338, 0.334], abs=5e-4)
    assert int(100 * (whole - cost) / control) == int(100 * (whole - CALLS - DEAR) / control) == 33


def test_next_to_none_of_it_leaves_the_budget_of_the_hospital(results: Results) -> None:
    """(1 978 + 19 + 3 511 + 100) x 0.16 = 897.28 a patient, and 843 is paid for it."""
    assert per_patient(results, "actor.sykehuset.expected.cash") == pytest.approx(897.28)
    assert per_patient(results, "actor.sykehuset.expected.net") == pytest.approx(54.28)


def test_the_page_tells_what_is_printed_and_what_came_out() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    rows = {
        line.strip("|").split("|")[0].strip(): [cell.strip().replace(" ", "").replace(",", ".") for cell in cells]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and (cells := line.strip("|").split("|")[1:]) and len(cells) == 5
    }
    printed = list(PRINTED.values())
    assert len(rows) == len(printed) + 4
    for (name, cells), (price, control, tele) in zip(list(rows.items())[2:-2], printed, strict=True):
        assert [float(one) for one in (cells[1], cells[2], cells[4])] == pytest.approx([control, tele, control - tele])
        if price is not None:
            assert float(cells[0]) == price, name
            assert float(cells[3]) == pytest.approx(control / price, abs=0.005)
    assert "| **54,28 euro** |" in text
    assert "mellom 33,4 og 33,8 prosent" in text
