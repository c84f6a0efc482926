"""An analyst's mistakes, told in words and without a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from benefits.errors import BenefitsError, Problem
from benefits.report.voice import Voice
from benefits.results.explain import UnknownFigure


class _Told(BenefitsError):
    """Jupyter shows the message alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class UnusableHere(_Told):
    """What was given cannot be used; the message lists every problem with its place, as of a project file."""


class UnknownNumber(_Told, LookupError):
    """The calculation rests on no number of this name; names those that are near."""

    def __init__(self, name: str, *, known: tuple[str, ...], voice: Voice) -> None:
        near = get_close_matches(name, known, n=5, cutoff=0.3) or known[:5]
        super().__init__(voice.catalogue.text("explore.unknown_number", name=name, near=", ".join(near)))


class NoSuchFigure(_Told, UnknownFigure):
    """There is no figure of this id among the results; names those that are near, in words."""

    def __init__(self, unknown: UnknownFigure, *, voice: Voice) -> None:
        super().__init__(unknown.id, near=unknown.near)
        key = "explore.unknown_figure" if unknown.near else "explore.unknown_figure.none_near"
        self.args = (voice.catalogue.text(key, id=unknown.id, near=", ".join(unknown.near)),)


def told(problems: Iterable[Problem], voice: Voice) -> UnusableHere:
    """Return an exception that lists problems in the words of a language."""
    return UnusableHere("\n".join(voice.catalogue.problem(problem) for problem in problems))


class CannotSay(_Told):
    """There is no answer to what was asked; the message says why."""
