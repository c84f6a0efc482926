"""What is behind a figure: the numbers it is made of, how, and down to what somebody has stated, found or counted."""

from benefits.results.explain.explainer import Explainer
from benefits.results.explain.model import Explained, Form, How, UnknownFigure

__all__ = ["Explained", "Explainer", "Form", "How", "UnknownFigure"]
