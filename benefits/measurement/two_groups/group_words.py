"""The words that options of the comparisons of two groups take."""

from __future__ import annotations

from typing import Literal

from benefits.vocabulary import words

Measure = Literal["rate", "mean"]
Asked = Literal["auto", "person", "unit", "period"]
Controls = Literal["not_yet", "never"]
Weights = Literal["entropy", "propensity"]

WORDS = frozenset(word for listed in (Measure, Asked, Controls, Weights) for word in words(listed))
"""All of them."""
