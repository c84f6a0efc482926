"""The blank project file: every key there is, explained and commented out, with nothing claimed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pydantic import BaseModel

from benefits.forms.key_texts import meaning, part_at, words_of
from benefits.language import Catalogue, catalogue
from benefits.project.model import Project
from benefits.vocabulary import Language

EXPLAINS = "##"
"""What a line of explanation begins with; one ``#`` alone stands before a line that may be put to use."""

_FILLED = ("format", "id", "title", "languages", "as_of")
_WIDTH = 110


def blank(language: Language, *, id: str, as_of: str) -> str:
    """Return a project file where only what every file must have is filled in.

    Parameters
    ----------
    language
        The language of the explanations, and of the project.
    id
        The project's id.
    as_of
        ISO date the plan is made as of.

    Examples
    --------
    >>> text = blank("en", id="dho", as_of="2026-10-31")
    >>> [line for line in text.splitlines() if line and not line.startswith("#")]
    ['format: 1', 'id: dho', 'title: "[Write the name of the project here]"', 'languages: [en]', 'as_of: 2026-10-31']
    """
    said = catalogue(language)
    lines = [*_explained(said.text("starter.blank"), "")]
    values = (
        ("format", "1"),
        ("id", id),
        ("title", f'"[{said.text("starter.name_of_project")}]"'),
        ("languages", f"[{language}]"),
        ("as_of", as_of),
    )
    for key, value in values:
        lines += [*_explained(meaning(said, Project, key), ""), f"{key}: {value}"]
    for key in Project.model_fields:
        if key not in _FILLED:
            lines += ["", *_key(said, Project, key, "")]
    return "\n".join(lines) + "\n"


def _key(said: Catalogue, model: type[BaseModel], key: str, indent: str, dash: str = "") -> Iterator[str]:
    """The lines of one key: what it means, the key, and the keys of the part below it."""
    yield from _explained(meaning(said, model, key), indent)
    words = words_of(said, model, key).items()
    yield from _explained(", ".join(f"{one} ({name})" if name else one for one, name in words), indent)
    part, how = part_at(model, key)
    yield f"# {indent}{dash}{key}:"
    if part is None:
        return
    below = indent + "  " * (1 + bool(dash))
    if how == "named":
        yield f"# {below}{said.text('starter.own_name')}:"
        below += "  "
    first = how == "list"
    for name in part.model_fields:
        if how == "list":
            yield from _in_list(said, part, name, below, first=first)
            first = False
        else:
            yield from _key(said, part, name, below)


def _in_list(said: Catalogue, part: type[BaseModel], name: str, indent: str, *, first: bool) -> Iterator[str]:
    if first:
        yield from _key(said, part, name, indent, "- ")
    else:
        yield from _key(said, part, name, indent + "  ")


def _explained(text: str, indent: str) -> list[str]:
    return [f"{EXPLAINS} {indent}{line}" for line in textwrap.wrap(text, _WIDTH - len(indent))]
