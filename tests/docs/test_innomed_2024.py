"""Every figure on the page about InnoMed's table is the one the portfolio gives."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from benefits.results import assess_portfolio
from benefits.results.portfolio.model import PortfolioResults

PAGE = "docs/innomed-2024.md"


@pytest.fixture(scope="module")
def results() -> PortfolioResults:
    return assess_portfolio("params/innomed-2024")


def cells(text: str, first: str) -> list[str]:
    row = next(line for line in text.splitlines() if line.startswith(f"| {first}"))
    return [cell.strip() for cell in row.strip("|").split("|")]


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ("Rader |", "rows"),
        ("Rader med timer", "rows_with_hours"),
        ("Timer til sammen", "hours"),
        ("Rader i Helse Sør-Øst", "region.helse_sor_ost.rows"),
        ("Rader i Helse Vest", "region.helse_vest.rows"),
        ("Rader i Helse Nord", "region.helse_nord.rows"),
        ("Rader i Helse Midt-Norge", "region.helse_midt_norge.rows"),
    ],
)
def test_the_counts_are_those_of_the_table(
    row: str, id: str, results: PortfolioResults, page: Callable[[str], str]
) -> None:
    written = cells(page(PAGE), row)[1].replace(" ", "")
    assert float(written) == results.values[f"portfolio.registry.{id}"].value


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ("Prosjekter |", "projects"),
        ("Liten tildeling", "size-small"),
        ("Mellomstor", "size-medium"),
        ("Stor, over", "size-large"),
        ("Minste tildeling", "hours-least"),
        ("Største tildeling", "hours-most"),
        ("DHO-prosjekter", "dho"),
    ],
)
def test_both_sides_of_each_disagreement_are_those_of_the_report(
    row: str, id: str, results: PortfolioResults, page: Callable[[str], str]
) -> None:
    _, said, _, table = cells(page(PAGE), row)
    printed, found = (results.values[f"portfolio.printed.{id}.{part}"] for part in ("statement.1", "table"))
    for written, value in ((said, printed), (table, found)):
        number = re.search(r"\d+(,\d+)?", written)
        assert number is not None
        scale = 100 if value.unit == "share" else 1
        assert float(number[0].replace(",", ".")) == pytest.approx((value.value or 0) * scale)
    if found.unit == "share":
        chosen, whole = (results.values[f"portfolio.printed.{id}.{part}"].value for part in ("chosen", "whole"))
        assert f"({chosen:.0f} av {whole:.0f})" in table
