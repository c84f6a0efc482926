"""The price list of a test arena as a reader meets it: the prices, what they are made up of, and what they cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from benefits.report import Report
from benefits.report.sections.arena import arena
from benefits.report.voice import voice_in
from benefits.results import Results, assess
from benefits.vocabulary import Language

FILE = Path(__file__).resolve().parents[2] / "params" / "eksempel-testarena" / "project.yaml"


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(FILE, draws=200)


def opened(results: Results, language: Language = "nb") -> Report:
    return Report(kind="price", results=results, voice=voice_in(language, first="nb"))


def shown(results: Results, section: str = "arena", language: Language = "nb") -> Tag:
    found = BeautifulSoup(opened(results, language).show(section).html, "html.parser").section
    assert isinstance(found, Tag)
    return found


def rows(part: Tag, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so."""
    table = next(one for one in part.find_all("table") if one.caption.text.strip().startswith(caption))
    return [
        [cell.text.replace("\xa0", " ").strip() for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]


def test_a_project_without_a_test_arena_has_no_such_section(kommune: Results) -> None:
    assert opened(kommune).show("arena").html == ""


def test_the_price_list_has_every_offer_without_and_with_merverdiavgift(results: Results) -> None:
    listed = rows(shown(results), "Prisliste for")
    assert [[row[0], *row[3:]] for row in listed] == [
        ["Time i testrommet", "950", "237,50", "1 187,50"],
        ["Dag i testleiligheten", "11 750", "2 937,50", "14 687,50"],
        ["Brukertest med simulator", "48 000", "12 000", "60 000"],
    ]


def test_page_one_has_the_prices_the_last_day_and_what_is_sold_below_full_cost(results: Results) -> None:
    page = shown(results, "first_page")
    assert [row[2] for row in rows(page, "Prisliste for")] == ["950", "11 750", "48 000"]
    assert "Prislisten gjelder til og med 31. desember 2027" in page.text
    assert "«Time i testrommet» selges under full kostnad" in page.text
    assert "Ledige timer er betalt" in page.text


def test_every_line_of_a_price_stands_under_its_offer(results: Results) -> None:
    made_up = rows(shown(results), "Dag i testleiligheten")
    assert [row[3] for row in made_up] == [
        *("1 500", "4 050", "2 400", "1 000", "8 950", "2 237,50", "11 187,50"),
        *("559,38", "11 746,88", "2 936,72", "14 683,59"),
    ]
    assert made_up[5][0] == "Felleskostnader, 25 % av direkte kostnad"


def test_only_the_offer_below_full_cost_is_said_to_be(results: Results) -> None:
    words = [one.text for one in shown(results).find_all("p") if "selges under full kostnad" in one.text]
    assert len(words) == 1
    assert words[0].startswith("«Time i testrommet»")
    assert "37,5" in words[0]


def test_idle_hours_are_shown_beside_those_sold(results: Results) -> None:
    first = rows(shown(results), "Timer i")[0]
    assert first == ["2027", "Fagsykepleier", "1 500", "1 070", "430", "232 200"]


def test_it_is_said_which_year_is_covered_and_what_it_would_take(results: Results) -> None:
    text = shown(results).text
    assert "I 2027 dekker planlagt salg ikke det året koster" in text
    assert "I 2028 dekker planlagt salg det året koster" in text
    assert "137,2" in text


def test_the_pay_and_the_hours_behind_a_position_are_shown(results: Results) -> None:
    behind = [row[1:] for row in rows(shown(results), "Hva kostnadene") if row[0] == "Fagsykepleier"]
    assert ["Tolv månedslønner", "600 000 kr"] in behind
    assert ["Går fra: Ferie og fridager", "230 timer"] in behind


def test_every_number_is_a_value_of_the_results(results: Results) -> None:
    for one in shown(results).find_all("data"):
        assert one["data-id"] in results.values


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_section_is_said_in_every_language(results: Results, language: Language) -> None:
    section = arena(results, voice_in(language, first="nb"))
    assert len(section.blocks) > 20


def test_nothing_is_said_of_services_that_are_not_there(results: Results) -> None:
    report = opened(results)
    for name in ("services", "price_list", "price", "volume", "staffing"):
        assert report.show(name).html == "", name
    assert [gap.code for gap in results.gaps if gap.code == "no_service"] == []
