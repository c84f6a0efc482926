"""The page on methods names what the methods have, and quotes figures that the package gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from benefits.language import catalogue
from benefits.measurement import barnett, gamma_poisson, method
from benefits.reference import load_library
from benefits.results import Results

Norwegian = Callable[..., str]
PAGE = "docs/metoder.md"
OWN = ("before_after", "difference_in_differences")


@pytest.mark.parametrize("id", OWN)
def test_every_option_and_every_assumption_of_a_method_is_named(id: str, page: Callable[[str], str]) -> None:
    text = page(PAGE)
    assert f"`{id}`" in text
    assert [field.name for field in fields(method(id).options) if f"`{field.name}`" not in text] == []
    for reference in method(id).references:
        assert re.split(r"[ ,]", reference)[0].replace("-", "") in text.replace("-", "")


def test_every_refusal_is_named(page: Callable[[str], str], root: Path) -> None:
    catalogued = (root / "benefits/language/catalogues/nb/methods.po").read_text(encoding="utf-8")
    codes = re.findall(r'^msgid "refusal\.([a-z_]+)"$', catalogued, flags=re.MULTILINE)
    assert codes
    assert [code for code in codes if f"`{code}`" not in page(PAGE)] == []
    assert catalogue("nb").text("refusal.no_comparison")


def test_every_test_file_named_is_there(page: Callable[[str], str], root: Path) -> None:
    named = set(re.findall(r"`(?:tests/(\w+)/)?(test_\w+\.py)`", page(PAGE)))
    assert named
    assert [name for folder, name in named if not list(root.glob(f"tests/{folder or '*'}/{name}"))] == []


def test_worked_figures_are_those_of_the_package(page: Callable[[str], str], norwegian: Norwegian) -> None:
    text = " ".join(page(PAGE).split())
    fall = gamma_poisson(mean_rate=0.5, dispersion=1.0, window_years=1.0, at_least=2)
    assert f"ratene {norwegian(fall.expected_selected, 1)} og {norwegian(fall.expected_next, 4)}" in text
    assert f"{norwegian(100 * fall.drop, 1)} prosent av seg selv" in text
    for correlation in (0.2, 0.5):
        moved = barnett(mean=60, sd=15, correlation=correlation, cutoff=40, tail="lower")
        assert f"{norwegian(moved, 3)} ved ρ = {norwegian(correlation, 1)}" in text


def test_figures_of_the_example_are_those_of_the_assessment(
    kommune: Results, page: Callable[[str], str], norwegian: Norwegian
) -> None:
    text, values = " ".join(page(PAGE).split()), kommune.values

    def said(id: str, decimals: int) -> tuple[str, str, str]:
        one = values[id]
        number, low, high = (norwegian(limit or 0, decimals) for limit in (one.value, one.low, one.high))
        return number, low, high

    prefix = "estimate.innleggelser.difference_in_differences"
    for id in ("ratio", "effect"):
        number, low, high = said(f"{prefix}.{id}", 2)
        assert re.search(rf"{number} (innleggelser per personår )?\({low} til {high}\)", text)
    needed, low, high = said("break_even.innleggelser.society.events_needed", 0)
    expected = said("break_even.innleggelser.society.events_expected", 0)[0]
    assert f"{needed} innleggelser i året ({low} til {high}), og {expected} ventes" in text
    assert f"nullpunktet på {said('benefit.innleggelser.baseline', 2)[0]}, φ er" in text
    spread = said("benefit.innleggelser.smallest.dispersion", 2)[0]
    assert f"φ er {spread}, og d er {said('benefit.innleggelser.smallest', 2)[0]}." in text
    assert f"I eksempelet er den {said('benefit.innleggelser.hoped', 2)[0]}." in text
    assert f"er {said('quantity.measured.innleggelser.admissions', 1)[0]} unngåtte innleggelser" in text


@pytest.mark.parametrize(
    ("id", "grade"),
    [
        ("quantity.measured.innleggelser.admissions", "controlled"),
        ("quantity.measured.innleggelser.bed_days", "assumed"),
        ("layer.measured.innleggelser.cash", "expert"),
    ],
)
def test_a_product_is_known_as_the_page_says(id: str, grade: str, kommune: Results, page: Callable[[str], str]) -> None:
    assert kommune.values[id].grade == grade
    assert f"«{catalogue('nb').text(f'grade.{grade}')}»" in " ".join(page(PAGE).split())


def test_every_check_is_named(kommune: Results, page: Callable[[str], str]) -> None:
    codes = {check.code for one in (*kommune.estimates, *kommune.compared) for check in one.checks}
    assert len(codes) > 5
    assert [code for code in sorted(codes) if f"| `{code}` | " not in page(PAGE)] == []


def test_the_four_shares_are_those_that_ship(page: Callable[[str], str]) -> None:
    library = load_library()
    shipped = {id: library.history(id)[-1].value for id in library.ids() if id.startswith("marginal_share.")}
    found = dict(re.findall(r"^\| `(marginal_share\.\w+)` \| (\d+) % \|", page(PAGE), flags=re.MULTILINE))
    assert {id: float(share) / 100 for id, share in found.items()} == pytest.approx(shipped)
