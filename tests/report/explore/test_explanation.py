"""A figure explained in words, in each language, as text and as nested lists."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from benefits.report.explore import explain
from benefits.results import Results
from benefits.vocabulary import Language, words

FIGURE = "layer.expected.innleggelser.cash"


class Balance(HTMLParser):
    """How deep lists stand, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, self.open.count("ul"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.slow
@pytest.mark.parametrize("language", words(Language))
def test_every_figure_has_its_sentence_in_every_language(kommune: Results, language: Language) -> None:
    said = {
        id: str(explain(kommune, id, language=language)) for id in (FIGURE, "society.expected.net", "service.dho.full")
    }
    assert all(said.values())
    assert not any("{" in text or "explain." in text for text in said.values())


def test_the_chain_goes_from_the_figure_to_inputs_with_interval_distribution_and_source(kommune: Results) -> None:
    text = str(explain(kommune, FIGURE, language="nb"))
    first, *_ = text.splitlines()
    assert first.startswith(f"{FIGURE}: ")
    for wanted in (
        "Gjennomsnittskostnad per innleggelse: ",
        "Inngår som én minus tallet.",
        "Fordeling: trekant mellom lavt, sannsynlig og høyt.",
        "Kilde: Roberts mfl. 1999",
        "95 % intervall",
        "Delene gir tallet.",
    ):
        assert wanted in text


def test_what_is_met_again_is_not_told_again(kommune: Results) -> None:
    lines = explain(kommune, "society.expected.net", language="nb").lines
    behind = [line.figure for line in lines if line.said != ("Se over.",) and ", innleggelser: " in line.figure]
    assert len(behind) == len(set(behind))


def test_a_notebook_shows_lists_that_are_closed(kommune: Results) -> None:
    explanation = explain(kommune, FIGURE, language="nn")
    balance = Balance()
    balance.feed(explanation._repr_html_())
    assert balance.open == []
    assert balance.deepest == max(line.depth for line in explanation.lines) + 1


def test_a_value_is_explained_as_its_id_is(kommune: Results) -> None:
    assert str(explain(kommune, kommune.values[FIGURE])) == str(explain(kommune, FIGURE))


def test_sources_are_told_in_the_language_asked_for_and_kroner_with_their_year(kommune: Results) -> None:
    text = str(explain(kommune, FIGURE, language="nn"))
    assert "Kjelde: Konstruert anslag, lågare enn nivået" in text
    assert "lavere enn nivået" not in text
    assert "2024-kroner" in text.splitlines()[0]
