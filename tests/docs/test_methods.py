"""The pages on methods and calculations name what there is, and quote figures that the package gives."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.language import catalogue
from benefits.measurement import barnett, gamma_poisson, method, methods
from benefits.reference import load_library
from benefits.results import Results

Norwegian = Callable[..., str]
PAGES = ("docs/methods.md", "docs/penger.md", "docs/beregninger.md")
METHODS, MONEY, _ = PAGES
PARTS = ("regner ut", "Kilde", "Forutsetninger", "Nekter når", "Kontrollert mot")


@pytest.fixture
def both(page: Callable[[str], str]) -> str:
    return "\n".join(page(one) for one in PAGES)


@pytest.mark.parametrize("id", methods())
def test_every_method_has_a_section_with_all_its_parts(id: str, page: Callable[[str], str]) -> None:
    (section,) = [one for one in page(METHODS).split("\n## ") if f"Id: `{id}`" in one]
    assert [part for part in PARTS if f"{part}" not in section] == []


@pytest.mark.parametrize("id", methods())
def test_every_reference_of_a_method_is_named(id: str, page: Callable[[str], str]) -> None:
    text = page(METHODS).replace("-", "")
    first = {re.split(r"[ ,.]", reference)[0].replace("-", "") for reference in method(id).references}
    assert [name for name in sorted(first) if name not in text] == []


def test_the_tables_of_codes_are_those_of_the_package(page: Callable[[str], str], root: Path) -> None:
    spec = importlib.util.spec_from_file_location("tabeller", root / "docs" / "tabeller.py")
    assert spec is not None
    assert spec.loader is not None
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    assert tables.written(page(METHODS)) == page(METHODS), "run: python docs/tabeller.py"


def test_a_deviation_is_told_of_something_there_is(page: Callable[[str], str]) -> None:
    told = re.findall(r"^## (.+)$", page("docs/deviations.md"), flags=re.MULTILINE)
    sections = {name for one in PAGES for name in re.findall(r"^## (.+)$", page(one), flags=re.MULTILINE)}
    assert len(told) > 10
    assert [name for name in told if name not in sections] == []


def test_every_test_file_named_is_there(both: str, root: Path) -> None:
    named = set(re.findall(r"`(?:tests/(\w+)/)?(test_\w+\.py)`", both))
    assert named
    assert [name for folder, name in named if not list(root.glob(f"tests/{folder or '*'}/{name}"))] == []


def test_worked_figures_are_those_of_the_package(both: str, norwegian: Norwegian) -> None:
    text = " ".join(both.split())
    fall = gamma_poisson(mean_rate=0.5, dispersion=1.0, window_years=1.0, at_least=2)
    assert f"ratene {norwegian(fall.expected_selected, 1)} og {norwegian(fall.expected_next, 4)}" in text
    assert f"{norwegian(100 * fall.drop, 1)} prosent av seg selv" in text
    for correlation in (0.2, 0.5):
        moved = barnett(mean=60, sd=15, correlation=correlation, cutoff=40, tail="lower")
        assert f"{norwegian(moved, 3)} ved ρ = {norwegian(correlation, 1)}" in text


def test_figures_of_the_example_are_those_of_the_assessment(kommune: Results, both: str, norwegian: Norwegian) -> None:
    text, values = " ".join(both.split()), kommune.values

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
        ("layer.measured.innleggelser.cash", "assumed"),
    ],
)
def test_a_product_is_known_as_the_page_says(id: str, grade: str, kommune: Results, both: str) -> None:
    assert kommune.values[id].grade == grade
    assert f"«{catalogue('nb').text(f'grade.{grade}')}»" in " ".join(both.split())


def test_the_four_shares_are_those_that_ship(page: Callable[[str], str]) -> None:
    library = load_library()
    shipped = {id: library.history(id)[-1].value for id in library.ids() if id.startswith("marginal_share.")}
    found = dict(re.findall(r"^\| `(marginal_share\.\w+)` \| (\d+) % \|", page(MONEY), flags=re.MULTILINE))
    assert {id: float(share) / 100 for id, share in found.items()} == pytest.approx(shipped)
