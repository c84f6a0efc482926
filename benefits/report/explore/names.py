"""What the numbers of the calculation, and those who pay and gain, are called."""

from __future__ import annotations

from benefits.report.names import input_name
from benefits.report.sections.closing import named_numbers
from benefits.report.voice import Voice
from benefits.results import Results, Value
from benefits.results.sensitivity import number_id


def number_names(names: tuple[str, ...], results: Results, voice: Voice) -> dict[str, str]:
    """Return what each of some numbers is called: an assumption by its title, another as the list of sources says it.

    One that is in no list is called by where it stands in the project file.
    """
    stated = {id: str(words.striptags()) for id, words in named_numbers(results, voice)}
    found = {}
    for name in names:
        one = results.inputs.get(name)
        called = str(input_name(one, results, voice).striptags()) if one is not None else ""
        found[name] = called or stated.get(number_id(name, results.inputs), name)
    return found


def number_value(name: str, results: Results) -> Value | None:
    """Return the Value a number is shown as, with its unit; None when it is shown nowhere by itself."""
    return results.values.get(number_id(name, results.inputs))


def net_name(actor: str, results: Results, voice: Voice) -> str:
    """Return the name of an actor, or of all together."""
    names = {one.id: one.name for one in results.project.actors}
    return voice.plain_text(names[actor]) if actor in names else voice.catalogue.text("explore.everybody")
