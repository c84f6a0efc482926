"""What the numbers of the calculation, and those who pay and gain, are called."""

from __future__ import annotations

import math

from markupsafe import Markup

from benefits.report.names import input_name
from benefits.report.sections.closing import named_numbers
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.sensitivity import number_id


def digits_of(number: float) -> int:
    """Return how many decimals a number is written with: as many as it has, and no more than four.

    Examples
    --------
    >>> digits_of(-1.0), digits_of(0.16), digits_of(1 / 3)
    (0, 2, 4)
    """
    return next((digits for digits in range(5) if math.isclose(round(number, digits), number, rel_tol=1e-9)), 4)


def plain(words: Markup) -> str:
    """Return words without marks, for a field or an alternative text."""
    return str(words.striptags())


def number_names(names: tuple[str, ...], results: Results, voice: Voice) -> dict[str, str]:
    """Return what each of some numbers is called: an assumption by its title, another as the list of sources says it.

    One that is in no list is called by where it stands in the project file.
    """
    stated = {id: plain(words) for id, words in named_numbers(results, voice)}
    found = {}
    for name in names:
        one = results.inputs.get(name)
        called = plain(input_name(one, results, voice)) if one is not None else ""
        found[name] = called or stated.get(number_id(name, results.inputs), name)
    return found


def number_value(name: str, results: Results) -> Value | None:
    """Return the Value a number is shown as, with its unit; None when it is shown nowhere by itself."""
    return results.values.get(number_id(name, results.inputs))


def net_name(actor: str, results: Results, voice: Voice) -> str:
    """Return the name of an actor, or of all together."""
    names = {one.id: one.name for one in results.project.actors}
    return voice.plain_text(names[actor]) if actor in names else plain(voice.say("explore.everybody"))
