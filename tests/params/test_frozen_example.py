"""What is a deviation from the frozen plan of the example, and what is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benefits.project import load, read
from benefits.project.freezing import Freeze, read_freezes
from benefits.results.deviations import deviations

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "params" / "eksempel-kommune"
ROWS = "    columns: {person: pasient,"
MOVED = {
    "method.id": ("      id: difference_in_differences\n", "      id: event_study\n"),
    "method.options": ("{comparison_selected_alike: true}", "{comparison_selected_alike: true, months_before: 12}"),
    "main_indicator": ("main_indicator: innleggelser\n", "main_indicator: trygghet\n"),
    "baseline.selection": ("        at_least: 2\n", "        at_least: 3\n"),
    "data.groups": (ROWS, "    groups: {treated: [Eksempelvik], comparison: [Sammenlikningsvik]}\n" + ROWS),
    "data.filters": (ROWS, "    filters: [{column: innleggelser, one_of: ['0', '1']}]\n" + ROWS),
    "target.value": ("target: {value: 0.95,", "target: {value: 1.05,"),
    "method.verdict_dates": ("[2025-12-31, 2026-12-31, 2027-12-31]", "[2026-12-31, 2027-12-31]"),
}
UNMOVED = {
    "a title": ("nb: Færre akutte innleggelser\n", "nb: Færre innleggelser\n"),
    "a cost": ("    amount: 450000\n", "    amount: 500000\n"),
    "a role": ("nb: Kommunalsjef helse og mestring\n", "nb: Kommunalsjef helse\n"),
    "a new extract": ("    extracted: 2026-01-15\n\n", "    extracted: 2026-07-15\n\n"),
    "the file of a new extract": ("file: data/innleggelser.csv\n", "file: data/innleggelser-2027.csv\n"),
    "who measures": ("nb: Analyseenheten i helseforetaket\n", "nb: Analyseenheten\n"),
}


@pytest.fixture(scope="module")
def held() -> Freeze:
    (found,), _ = read_freezes(read(EXAMPLE / "project.yaml"))
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changed")
    shutil.copytree(EXAMPLE / "data", folder / "data")
    (folder / "data" / "innleggelser-2027.csv").touch()
    return folder


def told(home: Path, held: Freeze, old: str, new: str) -> list[str]:
    text = (EXAMPLE / "project.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = home / "changed.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return [one.code for one in deviations(held, load(file))]


@pytest.mark.parametrize("code", MOVED)
def test_a_change_of_how_the_benefits_are_judged_is_named(code: str, home: Path, held: Freeze) -> None:
    assert told(home, held, *MOVED[code]) == [code]


@pytest.mark.parametrize("what", UNMOVED)
def test_a_change_of_anything_else_is_not(what: str, home: Path, held: Freeze) -> None:
    assert told(home, held, *UNMOVED[what]) == []
