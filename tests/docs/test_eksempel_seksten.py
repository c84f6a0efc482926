"""The page about the example with 16 patients quotes what the package gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benefits.results import Results, assess

PAGE = "docs/eksempel-seksten.md"
FILE = Path(__file__).resolve().parents[2] / "params" / "eksempel-seksten" / "project.yaml"
Page = Callable[[str], str]
Norwegian = Callable[..., str]


@pytest.fixture(scope="module")
def year() -> Results:
    return assess(FILE, draws=100)


@pytest.fixture(scope="module")
def closed() -> Results:
    return assess(FILE, as_of=date(2027, 2, 28), draws=100)


def test_the_survey_is_worked_out_on_the_page(year: Results, page: Page, norwegian: Norwegian) -> None:
    """Nine differences with mean 3/9 and variance (5 - 9 x 1/9) / 8 = 1/2; Student's t with 8 degrees of freedom."""
    found = year.values["estimate.trygghet.survey.effect"]
    number, low, high = (norwegian(one or 0, 2) for one in (found.value, found.low, found.high))
    assert f"{number} poeng ({low} til {high})" in page(PAGE)
    assert found.value == pytest.approx(3 / 9)
    assert found.high == pytest.approx(3 / 9 + 2.306 * 0.5**0.5 / 3, abs=1e-4)
    verdict = year.follow_up.verdicts[0]
    assert (verdict.code, verdict.reason) == ("cannot_be_known_yet", "includes_zero")


def test_the_hours_are_those_reported(year: Results, closed: Results, page: Page, norwegian: Norwegian) -> None:
    hours = year.values["benefit.tid.measurement.0"].value
    assert f"| {norwegian(hours or 0, 1)} timer per pasient og måned, mot 9,5 i nullpunktet |" in page(PAGE)
    last, change = (closed.values[f"benefit.tid.measurement.1{name}"].value or 0 for name in ("", ".change"))
    assert f"{norwegian(last, 1)} timer, {norwegian(-change, 1)} færre enn" in " ".join(page(PAGE).split())
    verdict = next(one for one in closed.follow_up.verdicts if one.benefit == "tid")
    assert (verdict.code, verdict.reason) == ("cannot_be_known_yet", "no_interval")


def test_what_so_few_cannot_show_is_that_of_the_plan(year: Results, page: Page, norwegian: Norwegian) -> None:
    hoped, smallest = (year.values[f"benefit.innleggelser.{name}"].value or 0 for name in ("hoped", "smallest"))
    assert f"{norwegian(hoped, 2)} er ventet, og 16 pasienter kan vise {norwegian(smallest, 2)}" in page(PAGE)
    assert smallest > hoped


def test_the_counts_are_those_of_the_ledger_with_the_small_ones_hidden(year: Results, page: Page) -> None:
    row = {name: year.values[f"ledger.2026-02-28.{name}"] for name in ("invited", "started", "active", "ended")}
    assert {name: one.value for name, one in row.items()} == {"invited": 27, "started": 21, "active": 16, "ended": 5}
    assert "er 27 invitert, 21 har takket ja og startet, og 16 er aktive. Fem har sluttet." in " ".join(
        page(PAGE).split()
    )
    assert all(year.values[f"ledger.2026-02-28.{name}"].suppressed for name in ("died", "fell_out"))
