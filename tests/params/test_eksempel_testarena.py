"""The example of a test arena: made up, with figures that can be checked on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.project import load
from benefits.project.texts import texts
from benefits.results import Results, assess

FILE = Path(__file__).parents[2] / "params" / "eksempel-testarena" / "project.yaml"


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(FILE, draws=200)


def test_it_is_said_to_be_made_up_in_two_languages_and_every_text_in_both() -> None:
    project = load(FILE)
    assert project.constructed
    assert project.languages == ("nb", "nn")
    assert [text for text in texts(project) if not (text.nb and text.nn)] == []


def test_the_hours_cost_what_the_file_says(results: Results) -> None:
    hours = {"sykepleier": 540, "testleder": 600, "lege": 1_000, "testrom": 250, "leilighet": 200, "simulator": 300}
    found = {id: results.values[f"arena.testarena.hour.{id}"].value for id in hours}
    assert found == pytest.approx(hours)


def test_the_first_year_is_not_covered_and_the_second_is(results: Results) -> None:
    """2027: 300 x 950 + 60 x 11 750 + 20 x 48 000 = 1 950 000 against 2 043 000 x 1.25 = 2 553 750.

    1 294 800 for hours sold, 568 200 for idle ones and 180 000 of purchases. 2028: 2 760 000 against 2 163 000 x 1.25.
    """
    of = {year: results.values[f"arena.testarena.year.{year}.result"].value for year in (2027, 2028)}
    assert of == pytest.approx({2027: 1_950_000 - 2_553_750, 2028: 2_760_000 - 2_703_750}, abs=5)
    assert [year.enough for year in results.arenas[0].years] == [True, True]


def test_one_offer_is_below_full_cost_and_that_is_all_the_price_list_lacks(results: Results) -> None:
    found = [(gap.code, gap.subject) for gap in results.gaps if gap.code.startswith("arena")]
    assert found == [("arena_list_below_cost", "arena.testarena.offer.time")]
