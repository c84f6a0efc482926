"""The measurement methods in plain lines: a list of them all, and the advice on each benefit of a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from benefits.language import Catalogue
from benefits.measurement import UnusableMethod, method, methods
from benefits.measurement.advice.caveats import TWO_GROUPS
from benefits.measurement.advice.ranking import SPECIALIST, Admissible
from benefits.measurement.advice.requirements import LIMITS, known
from benefits.report.sections.measuring import LATER, compared_with, fit, name_of, steps
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess
from benefits.results.advice import MeasuringAdvice

DRAWS = 100
"""No amount in kroner is shown here, so few random draws do."""
EITHER = "interrupted_time_series"
"""The method that compares with a group where there is one."""


def method_lines(said: Catalogue) -> tuple[str, ...]:
    """Return every method with its name, what it needs and compares with, its grade, and whom it is for."""
    return tuple(line for id in methods() for line in (_own if known(id) else _of_another_package)(id, said))


def _own(id: str, said: Catalogue) -> Iterator[str]:
    name, needs, against, grade, whom = method_row(id, said)
    yield said.text("advice.list.method", id=id, name=name)
    yield said.text("advice.list.needs", words=needs)
    yield said.text("advice.list.with", words=against)
    yield said.text("advice.list.grade", words=grade)
    yield said.text("advice.list.for", words=whom)


def method_row(id: str, said: Catalogue) -> tuple[str, str, str, str, str]:
    """Return what is said of one of the package's own methods: name, needs, compares with, grade, and for whom.

    Examples
    --------
    >>> from benefits.language import catalogue
    >>> method_row("control_chart", catalogue("nb"))[1]
    'minst 12 målinger før oppstart og én felles oppstartsdato'
    """
    name = said.text(f"design.{id}")
    needs = said.text(f"advice.needs.{id}", fewest=LIMITS.get(id, 0))
    against = "later" if id == LATER else "either" if id == EITHER else "group" if id in TWO_GROUPS else "before"
    whom = said.text("advice.list.analyst" if id in SPECIALIST else "advice.list.project")
    return name, needs, said.text(f"advice.compares.{against}"), said.text(f"grade.{method(id).grade}"), whom


def _of_another_package(id: str, said: Catalogue) -> Iterator[str]:
    yield said.text("advice.list.method", id=id, name=id)
    try:
        grade = method(id).grade
    except UnusableMethod as mistake:
        yield said.text("advice.list.unusable", found=mistake.found)
        return
    yield said.text("advice.list.needs", words=said.text("advice.needs.other"))
    key = f"grade.{grade}"
    yield said.text("advice.list.grade", words=said.text(key) if key in said else grade)


def project_lines(file: Path, said: Catalogue) -> tuple[str, ...]:
    """Return the advice on a project file, headed by the file and the project's title.

    Raises
    ------
    InvalidInput
        With every problem, when the file or its data cannot be used or no date can be found.
    """
    results = assess(file, draws=DRAWS)
    voice = voice_in(said.language, first=results.project.first_language)
    title = voice.plain_text(results.project.title)
    return (said.text("advice.command.project", file=file.as_posix(), title=title), *advice_lines(results, voice))


def advice_lines(results: Results, voice: Voice) -> Iterator[str]:
    """Yield the advice on each benefit: the two questions, whether it will do, what would help, and what answers."""
    if not results.advice:
        yield _plain(voice.say("advice.command.line", words=voice.say("advice.command.nothing")))
    for one in results.advice:
        benefit = next(found for found in results.project.benefits if found.id == one.benefit)
        yield _plain(voice.say("advice.command.benefit", benefit=voice.text(benefit.title), id=one.benefit))
        questions = (
            ("how", name_of(one, voice)),
            ("with", compared_with(one, benefit, voice)),
            ("fit", fit(one, results, voice)),
        )
        lines = [
            voice.say("advice.command.asked", question=voice.say(f"advice.column.{column}"), answer=answer)
            for column, answer in questions
        ]
        for words in (*lines, *steps(one, results, voice), *_answering(one, voice)):
            yield _plain(voice.say("advice.command.line", words=words))


def _answering(one: MeasuringAdvice, voice: Voice) -> Iterator[Markup]:
    plain = [found for found in one.advice.admissible if not found.specialist]
    if plain:
        yield voice.say("advice.command.answering", methods=_listed(plain, voice))
    if one.advice.for_analysts:
        yield voice.say("advice.command.analysts", methods=_listed(one.advice.for_analysts, voice))
    if one.advice.untold and one.advice.situation.rows is not None:
        yield voice.say("advice.command.untold", methods=voice.listed(voice.text(id) for id in one.advice.untold))


def _listed(found: list[Admissible] | tuple[Admissible, ...], voice: Voice) -> Markup:
    return voice.listed(
        voice.say("advice.command.one", method=voice.say(f"design.{one.method}"), grade=voice.word("grade", one.grade))
        for one in found
    )


def _plain(words: Markup) -> str:
    """The words without marks; leading blanks are kept, as the lines of a benefit stand under it."""
    text = str(words)
    return text[: len(text) - len(text.lstrip())] + words.striptags()
