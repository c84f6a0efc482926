"""The examples that are shown in three languages say every text in all of them, and in another way in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from benefits.project import load
from benefits.project.fields import Text
from benefits.project.texts import texts

pytestmark = pytest.mark.slow

PARAMS = Path(__file__).parents[2] / "params"
EXAMPLES = ("eksempel-kommune", "dho-spredning-2024")


def is_a_word_of_ours(text: Text) -> bool:
    return text.plain is not None and "_" in text.plain


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_is_made_in_three_languages_bokmaal_first(name: str) -> None:
    assert load(PARAMS / name / "project.yaml").languages == ("nb", "nn", "en")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_a_reader_meets_is_in_all_three(name: str) -> None:
    found = [text for text in texts(load(PARAMS / name / "project.yaml")) if not is_a_word_of_ours(text)]
    assert len(found) > 30
    assert [text for text in found if not (text.nb and text.nn and text.en)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_long_text_is_the_same_in_two_languages(name: str) -> None:
    found = [text for text in texts(load(PARAMS / name / "project.yaml")) if text.nb and len(text.nb.split()) > 4]
    assert [text for text in found if text.nn == text.nb or text.en in {text.nb, text.nn}] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("word", ["ikke", "fra", "hvem", "pasienter", "innleggelse", "virkning", "sykehus"])
def test_no_word_of_bokmaal_is_left_in_the_nynorsk(name: str, word: str) -> None:
    found = [text.nn for text in texts(load(PARAMS / name / "project.yaml")) if text.nn]
    assert [text for text in found if word in text.lower().split()] == []
