"""Advice on how to measure: which methods a situation admits, what they would be worth, and what would open better."""

from benefits.measurement.advice.advising import Advice, Opening, advice_on, advise, opening_for
from benefits.measurement.advice.ranking import Admissible
from benefits.measurement.advice.situation import Situation
from benefits.measurement.advice.situation_of import situation_of

__all__ = ["Admissible", "Advice", "Opening", "Situation", "advice_on", "advise", "opening_for", "situation_of"]
