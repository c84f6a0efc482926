"""A figure explained in words: what it is, how it comes about, and what it rests on, as text or as nested lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from benefits.errors import Problem
from benefits.language import catalogue
from benefits.report.explore.mistakes import NoSuchFigure, told
from benefits.report.explore.names import digits_of
from benefits.report.names import actor_name, input_name, item_name
from benefits.report.sections import references
from benefits.report.sections.closing import named_numbers
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, Value
from benefits.results.explain import Explained, Explainer, UnknownFigure
from benefits.vocabulary import Language, words

_OF_PARTS = frozenset({"sum", "difference", "product", "quotient"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of an explanation: how deep it stands, its name and amount, and what is said of it."""

    depth: int
    figure: str
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A figure with everything behind it, in one language; printed it is text, shown in a notebook nested lists.

    Attributes
    ----------
    explained
        The figure as a tree.
    results, voice
        The project, and the language.
    """

    explained: Explained
    results: Results
    voice: Voice

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every figure in the order it is told; what is behind one that is met again is told the first time only."""
        return tuple(self._lines(self.explained, depth=0, told=set()))

    @cached_property
    def _stated(self) -> dict[str, Markup]:
        """What the numbers a project states are called."""
        return dict(named_numbers(self.results, self.voice))

    def __str__(self) -> str:
        parts = []
        for line in self.lines:
            indent = "  " * line.depth
            parts += [f"{indent}{line.figure}", *(f"{indent}    {one}" for one in line.said)]
        return "\n".join(parts)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Nested lists, so that a screen reader tells how deep a figure stands."""
        html, depth = [], -1
        for line in self.lines:
            while depth > line.depth:
                html.append("</li></ul>")
                depth -= 1
            html.append("</li><li>" if depth == line.depth else "<ul><li>")
            depth = line.depth
            said = Markup(" ").join(Markup("<br>{}").format(one) for one in line.said)
            html.append(Markup("<strong>{}</strong>{}").format(line.figure, said))
        return "".join([*html, *["</li></ul>"] * (depth + 1)])

    def _lines(self, one: Explained, *, depth: int, told: set[str]) -> Iterator[Line]:
        again = one.id in told and bool(one.parts)
        told.add(one.id)
        said = (_plain(self.voice.say("explain.before")),) if again else tuple(map(_plain, self._said(one)))
        yield Line(depth=depth, figure=self._figure(one), said=said)
        for part in () if again else one.parts:
            yield from self._lines(part, depth=depth + 1, told=told)

    def _figure(self, one: Explained) -> str:
        return _plain(self.voice.say("explain.figure", name=self._name(one), amount=self._amount(one)))

    def _name(self, one: Explained) -> str:
        results, voice = self.results, self.voice
        if one.input is not None:
            return _plain(input_name(one.input, results, voice))
        if one.form == "weight":
            return _plain(voice.say(f"explain.weight.{one.kind}"))
        if one.row is None:
            return _plain(self._stated.get(one.id, one.id))
        row = one.row
        layer = voice.say(f"axis.{row.unit}") if row.unit != "kroner" else voice.word("explain.layer", row.layer)
        actor = actor_name(row.actor, results, voice)
        words = {"item": item_name(row.item, results, voice), "actor": actor, "layer": layer}
        if one.year is None:
            return _plain(voice.say("explain.row", **words))
        return _plain(voice.say("explain.row.year", **words, year=voice.year(one.year)))

    def _amount(self, one: Explained) -> str:
        if one.value is not None:
            return _plain(self.voice.interval(one.value))
        if one.mean is None:
            return _plain(self.voice.say("blank"))
        mean, low, high = (self._decimal(number) for number in (one.mean, one.low, one.high))
        if one.low is None:
            return mean
        return _plain(self.voice.say("explain.interval", mean=mean, low=low, high=high))

    def _said(self, one: Explained) -> Iterator[Markup]:
        voice = self.voice
        yield self.voice.say(f"explain.is.{one.kind}")
        if one.adds_up is not None and one.how in _OF_PARTS:
            given = self._decimal(one.given)
            yield voice.say("explain.adds_up") if one.adds_up else voice.say("explain.does_not_add_up", given=given)
        if one.form in {"enters", "minus", "one_minus"}:
            yield self.voice.say(f"explain.{one.form}")
        if one.change is not None:
            yield self.voice.say("explain.change", change=voice.numbers.percent(one.change, digits=2))
        if one.input is not None and one.input.low != one.input.high:
            name = type(one.input.distribution).__name__.lower()
            yield self.voice.say("explain.distribution", distribution=self.voice.say(f"explain.distribution.{name}"))
        value = one.value
        if value is None:
            return
        if value.basis is not None and value.grade is not None:
            words = {"basis": voice.word("basis", value.basis), "grade": voice.word("grade", value.grade)}
            yield self.voice.say("explain.known", **words)
        if value.standing is not None:
            yield self.voice.say("explain.standing", standing=voice.word("standing", value.standing))
        if value.source and not one.parts:
            written = references.written(self.results.project)
            yield voice.say("explain.source", source=voice.text(written.get(value.source, value.source)))

    def _decimal(self, number: float | None) -> str:
        if number is None:
            return _plain(self.voice.say("blank"))
        return self.voice.numbers.decimal(number, digits=digits_of(number))


def explain(results: Results, figure: str | Value, *, language: Language | None = None) -> Explanation:
    """Return the chain of inputs, formula and source behind any figure.

    Parameters
    ----------
    results
        One assessed project.
    figure
        A Value, or its id, as ``actor.kommune.expected.net``.
    language
        nb, nn or en; the project's first language when None.

    Returns
    -------
    Explanation
        Text when printed; ``explained`` is the same as a tree of figures.

    Raises
    ------
    NoSuchFigure
        When there is no such figure; names those that are near.
    UnusableHere
        When there is no such language.
    """
    first = results.project.first_language
    if language is not None and language not in words(Language):
        wrong = Problem(place="language", code="unknown_language", value=str(language))
        raise told((wrong,), voice_in(first, first=first))
    voice = voice_in(catalogue(language or first).language, first=first)
    try:
        explained = _explainer(_Same(results)).of(figure)
    except UnknownFigure as unknown:
        raise NoSuchFigure(unknown, voice=voice) from None
    return Explanation(explained=explained, results=results, voice=voice)


class _Same:
    """Results, known by which they are and not by what they hold, so that the same ones are looked through once."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.results is other.results

    def __hash__(self) -> int:
        return id(self.results)


@lru_cache(maxsize=2)
def _explainer(same: _Same) -> Explainer:
    return Explainer(same.results)


def _plain(words: object) -> str:
    return str(words.striptags()) if isinstance(words, Markup) else str(words)
