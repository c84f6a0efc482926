"""The page on reading a report explains the words that reports use."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from benefits.language import catalogue
from benefits.results.verdicts.rules import VERDICTS
from benefits.vocabulary import Basis, Grade, Standing, words

PAGE = "docs/lese-rapporten.md"


@pytest.mark.parametrize(("prefix", "vocabulary"), [("grade", Grade), ("standing", Standing), ("basis", Basis)])
def test_every_word_of_how_well_a_number_is_known_is_explained(
    prefix: str, vocabulary: object, page: Callable[[str], str]
) -> None:
    said = catalogue("nb")
    names = [said.text(f"{prefix}.{word}") for word in words(vocabulary)]
    assert [name for name in names if f"\n| {name} | " not in page(PAGE)] == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_of_a_follow_up_is_explained(verdict: str, page: Callable[[str], str]) -> None:
    assert f"\n| {catalogue('nb').text(f'verdict.{verdict}')} | " in page(PAGE)


@pytest.mark.parametrize("price", ["agreed", "full", "ramp_up", "used", "marginal"])
def test_every_price_of_the_price_list_is_explained(price: str, page: Callable[[str], str]) -> None:
    name = catalogue("nb").text(f"service_price.list.{price}")
    assert f"\n| {name[0].lower()}{name[1:]} | " in page(PAGE)


PARTS = (
    "budget.heading",
    "deviation.heading",
    "financing_gap.heading",
    "follow_up.period.heading",
    "hump.heading",
    "present_value.heading",
    "service_price.split.heading",
    "staff.heading",
    "yearly_cost.heading",
)


@pytest.mark.parametrize("key", PARTS)
def test_parts_of_reports_are_named_as_in_them(key: str, page: Callable[[str], str]) -> None:
    assert re.search(rf"\*\*{re.escape(catalogue('nb').text(key))}\.?\*\*", page(PAGE))


@pytest.mark.parametrize("layer", ["cash", "capacity", "not_avoided"])
def test_every_layer_of_cost_is_explained(layer: str, page: Callable[[str], str]) -> None:
    assert f"\n| {catalogue('nb').text(f'layer.{layer}')} | " in page(PAGE)


def test_the_parts_of_the_first_page_are_named_as_on_it(page: Callable[[str], str]) -> None:
    said = catalogue("nb")
    headings = [
        said.text(f"first_page.{name}") for name in ("decision", "figures", "not_claimed", "missing", "who_acts")
    ]
    assert [heading for heading in headings if f"**{heading}" not in page(PAGE)] == []
