"""Words, numbers and dates in bokmål, nynorsk and English. The only room where a sentence is written."""

from benefits.language.catalogue import Catalogue, LanguageNotReady, MissingText, catalogue, ready
from benefits.language.numbers import Numbers, numbers, round_half_up

__all__ = ["Catalogue", "LanguageNotReady", "MissingText", "Numbers", "catalogue", "numbers", "ready", "round_half_up"]
