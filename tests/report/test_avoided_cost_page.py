"""Page one of the report on avoided cost: nobody could take capacity or transfers for savings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from benefits.report.avoided_cost_page import MOST_CLAIMS, first_page_of_avoided_cost, gaps_and_claims
from benefits.report.blocks import Bullets
from benefits.report.first_page import not_claimed
from benefits.report.html import section_html
from benefits.report.voice import voice_in
from benefits.results import Headline, Results, assess
from benefits.vocabulary import Language

LANGUAGES: tuple[Language, ...] = ("nb", "nn")
MOST = 5
SAVED = re.compile(r"\b(be|inn)?spar(t|te|er|e|ing\w*|else\w*)\b", re.IGNORECASE)
"""Words of saving, in bokmål and nynorsk."""
IN_MONEY = re.compile(r"actor\.[^.]+\.(expected|measured)\.net|society\.expected\.net|layer\.[^.]+\.[^.]+\.cash")
"""Kroner that may stand among the figures: what somebody is left with, and what can leave a budget."""
PRICE = re.compile(r"price_interval\..+|service\..+|level")
NOT_MONEY = {"nb": "ikke penger", "nn": "ikkje pengar"}
NOTHING = {"nb": "summen null", "nn": "summen null"}


def page(results: Results, language: Language) -> BeautifulSoup:
    made = first_page_of_avoided_cost(results, voice_in(language, first=results.project.first_language))
    return BeautifulSoup(section_html(made), "html.parser")


def misread(found: BeautifulSoup, results: Results, language: Language) -> list[str]:
    """Return everything on a page that a reader could take for savings, each with where it stands."""
    faults = []
    for one in found.find_all("data"):
        id = str(one["data-id"])
        value = results.values.get(id)
        kroner = value is not None and value.unit == "kroner"
        if kroner and not IN_MONEY.fullmatch(id) and not PRICE.fullmatch(id):
            faults.append(f"kroner of {id}")
    realised = {one.benefit for one in results.follow_up.realised if one.code == "documented"}
    own = [
        results.project.said(results.project.summary),
        *(results.project.said(one.title) for one in results.project.decisions),
    ]
    text = " ".join(found.get_text().split())
    for written in own:
        text = text.replace(" ".join(str(written).split()), "")
    faults += [f"the word {one[0]}" for one in SAVED.finditer(text) if not realised]
    rows = found.select("table tbody tr")
    faults += [f"{len(rows)} figures"] if len(rows) > MOST else []
    for row in rows:
        faults += _row(row, results)
    points = [" ".join(one.get_text().split()) for one in found.find_all("li")]
    for words, wanted in ((("apasitet",), NOT_MONEY[language]), (("(ISF)",), NOTHING[language])):
        said = [one for one in points if any(word in one for word in words) and one.startswith(("F", "B"))]
        faults += [f"not told: {wanted}"] if not any(wanted in one for one in said) else []
    return faults


def _row(row: Tag, results: Results) -> list[str]:
    """A figure needs an interval, a grade and an actor; an expected one may not be called measured."""
    ids = {str(one["data-id"]) for one in row.find_all("data")} - {"level"}
    parts = {str(one.get("data-part", "value")) for one in row.find_all("data")}
    cells = [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
    faults = [] if {"low", "high"} <= parts else [f"no interval: {cells[0]}"]
    faults += [f"{len(ids)} numbers in a row: {cells[0]}"] if len(ids) != 1 else []
    return faults + [f"an empty cell: {cells[0]}" for cell in cells if not cell]


@pytest.mark.parametrize("language", LANGUAGES)
def test_capacity_and_transfers_cannot_be_taken_for_savings(language: Language, kommune: Results) -> None:
    assert misread(page(kommune, language), kommune, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("id", "fault"),
    [
        ("layer.measured.innleggelser.capacity", "kroner of layer.measured.innleggelser.capacity"),
        ("layer.measured.innleggelser.whole", "kroner of layer.measured.innleggelser.whole"),
        ("layer.measured.innleggelser.not_avoided", "kroner of layer.measured.innleggelser.not_avoided"),
        (
            "transfer.measured.innleggelser.isf-hf.eksempel-hf",
            "kroner of transfer.measured.innleggelser.isf-hf.eksempel-hf",
        ),
        ("actor.eksempel-hf.expected.capacity", "kroner of actor.eksempel-hf.expected.capacity"),
    ],
)
def test_a_page_that_did_show_them_is_found_out(id: str, fault: str, language: Language, kommune: Results) -> None:
    """The check itself: each of them, put among the figures, is a fault."""
    kinds = frozenset({"avoided-cost"})
    wrong = Headline(code="cash.measured", value=id, benefit="innleggelser", actor="eksempel-hf", kinds=kinds)
    broken = replace(kommune, headlines=(wrong,))
    assert fault in misread(page(broken, language), broken, language)


@pytest.mark.parametrize(
    ("language", "old", "new", "fault"),
    [
        ("nb", "Det er ikke penger, og blir det bare hvis noen vedtar å bruke mindre.", "", "not told: ikke penger"),
        ("nn", "for alle samla er summen null", "det er bra", "not told: summen null"),
        ("nb", "Frigjort kapasitet: ", "Frigjort kapasitet er spart: ", "the word spart"),
        ("nn", "Blir berre flytt", "Innsparing som blir flytt", "the word Innsparing"),
        ("nb", "Ut av et budsjett: ", "Besparelse: ", "the word Besparelse"),
    ],
)
def test_words_that_mislead_are_found_out(language: Language, old: str, new: str, fault: str, kommune: Results) -> None:
    html = str(page(kommune, language))
    assert old in html
    found = BeautifulSoup(html.replace(old, new), "html.parser")
    assert fault in misread(found, kommune, language)


def test_what_was_measured_comes_before_what_is_hoped_for_and_capacity_before_kroner(kommune: Results) -> None:
    rows = page(kommune, "nb").select("table tbody tr")
    shown = [str(one["data-id"]) for row in rows for one in row.find_all("data")[:1]]
    assert shown == [
        "estimate.innleggelser.difference_in_differences.effect",
        "quantity.measured.innleggelser.admissions",
        "quantity.measured.innleggelser.bed_days",
        "actor.eksempel-hf.measured.net",
        "society.expected.net",
    ]


def test_who_pays_and_who_gains_is_told_by_the_interval(kommune: Results) -> None:
    def with_net(low: float, value: float, high: float) -> Results:
        id = "actor.staten.expected.net"
        values: Any = {**kommune.values, id: replace(kommune.values[id], low=low, value=value, high=high)}
        return replace(kommune, values=values)

    def line(results: Results, begins: str) -> str:
        points = [" ".join(one.get_text().split()) for one in page(results, "nb").find_all("li")]
        return next((one for one in points if one.startswith(begins)), "")

    assert "Staten" in line(with_net(5.0, 10.0, 15.0), "Får mer enn de betaler")
    assert "Staten" in line(with_net(-15.0, -10.0, -5.0), "Betaler mer enn de får")
    assert "Staten" in line(with_net(-15.0, 10.0, 15.0), "Kan gå begge veier")


def test_where_nobody_has_said_what_comes_instead_the_net_is_not_the_whole_story(kommune: Results) -> None:
    told = "Erstattende ressursbruk er ikke vurdert"
    assert told not in page(kommune, "nb").get_text()
    benefits = tuple(
        one.model_copy(update={"valuation": one.valuation.model_copy(update={"replacements": ()})})
        if one.valuation is not None
        else one
        for one in kommune.project.benefits
    )
    lacking = replace(kommune, project=kommune.project.model_copy(update={"benefits": benefits}))
    found = page(lacking, "nb")
    assert any(told in row.get_text() for row in found.select("table tbody tr"))
    assert told in " ".join(one.get_text() for one in found.find_all("p"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_page_one_has_no_room_for_stands_with_what_is_missing_and_nothing_is_lost(
    kommune: Results, language: Language
) -> None:
    voice = voice_in(language, first=kommune.project.first_language)
    told = {str(words) for _, words in not_claimed(kommune, voice)} - {
        str(voice.say("not_claimed.capacity_is_not_cash"))
    }
    first, later = (
        {str(point) for block in made.blocks if isinstance(block, Bullets) for point in block.points} & told
        for made in (first_page_of_avoided_cost(kommune, voice), gaps_and_claims(kommune, voice))
    )
    assert len(first) == MOST_CLAIMS
    assert first | later == told
    assert not first & later
    assert any("estimate.innleggelser.before_after.effect" in one for one in first)


def test_a_decision_is_told_once_on_page_one(kommune: Results) -> None:
    text = " ".join(page(kommune, "nb").get_text().split())
    assert text.count(str(kommune.project.said(kommune.project.decisions[0].title))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_with_an_owner_and_a_date_is_named_where_more_than_the_variable_cost_can_leave(
    language: Language,
) -> None:
    results = assess("params/eksempel-aatti/maalrettet/project.yaml")
    action = results.project.benefits[0].valuation.cash_by_action  # type: ignore[union-attr]
    assert action is not None
    text = " ".join(page(results, language).get_text().split())
    assert f"«{results.project.said(action.action)}»" in text
    assert {"nb": "tar ut fra 1. januar 2026", "nn": "tek ut frå 1. januar 2026"}[language] in text


def test_what_can_leave_a_budget_in_the_same_way_is_told_in_one_sentence() -> None:
    results = assess("params/vitacca-2009/project.yaml", draws=200)
    points = [one.get_text() for one in page(results, "nb").find_all("li") if one.get_text().startswith("Ut av et")]
    (told,) = points
    assert "«Innleggelser på lungeavdeling»" in told
    assert "«Intensivbehandling»" in told


def test_who_pays_is_told_with_a_reservation_where_no_cost_is_stated(kommune: Results) -> None:
    told = "Ingen kostnader er oppgitt"
    assert told not in page(kommune, "nb").get_text()
    without = replace(kommune, project=kommune.project.model_copy(update={"costs": ()}))
    assert told in page(without, "nb").get_text()
