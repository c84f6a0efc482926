"""The texts of a language as they stand in its catalogue, and the words of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from benefits.language import catalogue
from benefits.vocabulary import Language

# What is written by machines or for them: placeholders, options, file names and addresses, names with an underscore.
CODE = re.compile(r"\{\w+\}|--[\w-]+|\w+(?:[./]\w+)+|\w*_\w*")
WORD = re.compile(r"[^\W\d_]{2,}")


def texts_of(language: Language) -> Mapping[str, str]:
    """Key -> the entry; the forms of a plural after one another."""
    entries = catalogue(language).entries
    return {key: entry if isinstance(entry, str) else " ".join(entry) for key, entry in entries.items()}


def words_of(language: Language) -> Mapping[str, str]:
    """Every word of two letters or more -> the first key it stands under; placeholders and code left out."""
    found: dict[str, str] = {}
    for key, text in texts_of(language).items():
        for word in WORD.findall(CODE.sub(" ", text)):
            found.setdefault(word, key)
    return found


@pytest.fixture(scope="session")
def texts() -> Callable[[Language], Mapping[str, str]]:
    return texts_of


@pytest.fixture(scope="session")
def words() -> Callable[[Language], Mapping[str, str]]:
    return words_of
