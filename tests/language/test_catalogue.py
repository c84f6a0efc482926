"""The catalogue: entries by key, plurals by count, and values that cannot smuggle markup into a page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from markupsafe import Markup

from benefits.errors import Gap, Problem
from benefits.language import Catalogue, LanguageNotReady, MissingText, catalogue, ready

HOSTILE = '<script>alert("x")</script>&\'{other}'


@pytest.fixture
def small() -> Catalogue:
    return Catalogue(
        "nb",
        {
            "plain": "Prosjektet {title} starter {day}.",
            "angles": "a < b & {value}",
            "counted": ("{count} gevinst", "{count} gevinster"),
            "no_place": "Ingen.",
            "problem.value": "«{value}»:",
            "problem.too_small": "Tallet {value} er under {least}.",
            "problem.too_small.remedy": "Skriv {least} eller mer.",
            "gap.no_baseline": "Nullpunkt mangler for {subject}.",
            "gap.no_baseline.cost": "Endringen i {subject} kan ikke regnes ut før {year}.",
        },
    )


def test_a_key_without_an_entry_is_refused_by_its_name(small: Catalogue) -> None:
    with pytest.raises(MissingText, match=r"plan\.nothing_here"):
        small.text("plan.nothing_here")
    with pytest.raises(MissingText, match=r"plan\.nothing_here"):
        small.html("plan.nothing_here")
    assert "plan.nothing_here" not in small
    assert "plain" in small


def test_placeholders_are_filled_by_name(small: Catalogue) -> None:
    assert small.text("plain", day="i dag", title="DHO") == "Prosjektet DHO starter i dag."
    assert small.placeholders("plain") == {"title", "day"}
    assert small.placeholders("counted") == {"count"}
    assert small.placeholders("no_place") == frozenset()


def test_a_placeholder_without_a_value_is_never_printed_empty(small: Catalogue) -> None:
    with pytest.raises(KeyError, match="day"):
        small.text("plain", title="DHO")
    with pytest.raises(KeyError, match="day"):
        small.html("plain", title="DHO")


@pytest.mark.parametrize(("count", "form"), [(0, "gevinster"), (1, "gevinst"), (2, "gevinster"), (1.5, "gevinster")])
def test_the_count_chooses_between_one_and_many(small: Catalogue, count: float, form: str) -> None:
    assert small.text("counted", count=count) == f"{count} {form}"
    assert small.html("counted", count=count) == f"{count} {form}"


@pytest.mark.parametrize(("number", "form"), [(1.0, "gevinst"), (3.0, "gevinster"), (None, "gevinster")])
def test_a_shown_number_chooses_by_the_number_it_shows(small: Catalogue, number: float | None, form: str) -> None:
    shown = SimpleNamespace(number=number, __html__=None)
    assert small.text("counted", count=shown).endswith(form)


@pytest.mark.parametrize("language", ready())
def test_one_and_many_differ_in_every_language(language: str) -> None:
    said = catalogue(language)
    plurals = {
        key: said.placeholders(key) - {"count"} for key, forms in said.entries.items() if not isinstance(forms, str)
    }
    assert plurals
    for key, others in plurals.items():
        rest = dict.fromkeys(others, "x")
        assert said.text(key, count=2, **rest).replace("2", "5") == said.text(key, count=5, **rest)
    assert any(
        said.text(key, count=1, **dict.fromkeys(others, "x"))
        != said.text(key, count=2, **dict.fromkeys(others, "x")).replace("2", "1")
        for key, others in plurals.items()
    )


def test_a_hostile_value_is_escaped_in_html_and_its_braces_left_alone(small: Catalogue) -> None:
    made = small.html("plain", title=HOSTILE, day=HOSTILE)
    assert "<" not in made
    assert '"' not in made
    assert made.unescape() == f"Prosjektet {HOSTILE} starter {HOSTILE}."


def test_markup_goes_in_as_it_is_and_the_words_of_the_catalogue_are_escaped(small: Catalogue) -> None:
    assert small.html("angles", value=Markup("<b>c</b>")) == "a &lt; b &amp; <b>c</b>"
    assert isinstance(small.html("angles", value=1), Markup)


def test_plain_text_is_not_escaped(small: Catalogue) -> None:
    assert small.text("angles", value="<c>") == "a < b & <c>"


def test_a_problem_is_said_with_its_place_value_rule_and_remedy(small: Catalogue) -> None:
    problem = Problem(place="project.yaml:7", code="too_small", value="-1", parameters={"least": 0})
    assert small.problem(problem) == "project.yaml:7: «-1»: Tallet -1 er under 0. Skriv 0 eller mer."


def test_a_problem_without_a_value_says_none(small: Catalogue) -> None:
    problem = Problem(place="project.yaml:7", code="too_small", parameters={"least": 0})
    assert "«" not in small.problem(problem)


def test_a_gap_is_said_with_what_it_costs(small: Catalogue) -> None:
    gap = Gap(code="no_baseline", subject="g1", weight=90, parameters={"year": 2026})
    assert small.gap(gap) == ("Nullpunkt mangler for g1.", "Endringen i g1 kan ikke regnes ut før 2026.")


def test_a_language_without_a_catalogue_is_refused_with_those_there_are() -> None:
    with pytest.raises(LanguageNotReady) as refused:
        catalogue("se")
    assert refused.value.language == "se"
    assert refused.value.ready == ready()
    assert "nb" in ready()


@pytest.mark.parametrize("language", ready())
def test_a_shipped_catalogue_knows_its_language_and_holds_words(language: str) -> None:
    said = catalogue(language)
    assert said.language == language
    assert len(said.entries) > 300
    assert said.text("grade.controlled")
