"""The language of a call of ``benefits``: of its help, of its messages and of what click says by itself.

It follows ``--lang`` wherever it stands on the command line, else ``BENEFITS_LANG``, else the language of the
terminal, else bokmål. The commands are built once with the ids of their texts; each call says them in its language.
"""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from typing import Any, get_args

import click

from benefits.language import Catalogue, catalogue
from benefits.vocabulary import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_FIRST: Language = "nb"
_OF_THE_CALL: ContextVar[Language | None] = ContextVar("language of the call", default=None)

WORDS_OF_CLICK: Mapping[str, str] = {
    "Aborted!": "aborted",
    "Commands": "commands",
    "Could not open file {filename!r}: {message}": "file_not_opened",
    "Did you mean {possibility}?": "did_you_mean",
    "Error: {message}": "error",
    "Got unexpected extra argument ({args})": "extra_argument",
    "Invalid value for {param_hint}: {message}": "invalid_value_for",
    "Invalid value: {message}": "invalid_value",
    "Missing argument": "missing_argument",
    "Missing command.": "missing_command",
    "Missing option": "missing_option",
    "Missing parameter": "missing_parameter",
    "No such command {name!r}.": "no_such_command",
    "No such option {name!r}.": "no_such_option",
    "No such option: {name}": "no_such_option",
    "Option {name!r} does not take a value.": "takes_no_value",
    "Option {name!r} requires an argument.": "requires_a_value",
    "Options": "options",
    "Show this message and exit.": "help",
    "Try '{command} {option}' for help.": "try_help",
    "Usage:": "usage",
    "default: {default}": "default",
    "required": "required",
    "{name} {filename!r} does not exist.": "not_there",
    "{name} {filename!r} is a directory.": "is_a_folder",
    "{name} {filename!r} is a file.": "is_a_file",
    "{name} {filename!r} is not readable.": "not_readable",
    "{name} {filename!r} is not writable.": "not_writable",
    "{value!r} is not a valid {number_type}.": "not_a_number",
    "{value!r} is not {choice}.": "not_one_of",
    "{value} is not in the range {range}.": "outside_range",
    "Choose from:\n\t{choices}": "choose_from",
}
"""What click says in English -> the id of our entry for it, after ``click.``. A text not listed stays English."""

_SPEAKING_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")


class TextIds:
    """Stands in for a catalogue while the commands are built, before there is a call and so a language.

    Examples
    --------
    >>> TextIds().text("cli.help")
    'cli.help'
    """

    def text(self, key: str, /) -> str:
        """Return the id of a text; ``SpokenGroup`` says it when the command is called."""
        return key


def spoken() -> Catalogue:
    """Return the catalogue of the call under way; that of bokmål when there is none."""
    return catalogue(_OF_THE_CALL.get() or _FIRST)


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language a call is to speak.

    Parameters
    ----------
    arguments
        What stands after ``benefits`` on the command line.
    environment
        The environment variables.

    Examples
    --------
    >>> language_of(["report", "plan", ".", "--lang", "nn"], {"LANG": "en_GB.UTF-8"})
    'nn'
    >>> language_of(["check", "."], {"BENEFITS_LANG": "en", "LANG": "nb_NO.UTF-8"})
    'en'
    >>> language_of([], {"LC_ALL": "", "LANG": "no_NO.UTF-8"}), language_of([], {"LANG": "C.UTF-8"})
    ('nb', 'nb')
    """
    for number, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            given = value or (arguments[number + 1] if number + 1 < len(arguments) else "")
            first = given.partition(",")[0]
            if first in LANGUAGES:
                return first
    wish = environment.get("BENEFITS_LANG", "")
    if wish in LANGUAGES:
        return wish
    terminal = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environment.get(name))), "")
    return {"nn": "nn", "en": "en"}.get(terminal[:2].lower(), _FIRST)  # type: ignore[return-value]


class SpokenGroup(click.Group):
    """A group of commands whose texts are ids; each call says them, and click's own words, in its language."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line as click does, in the language the call asks for."""
        arguments = sys.argv[1:] if args is None else list(args)
        language = language_of(arguments, os.environ)
        _let_click_ask_us()
        token = _OF_THE_CALL.set(language)
        try:
            return click.Group.main(_said(self, catalogue(language)), arguments, *rest, **extra)
        finally:
            _OF_THE_CALL.reset(token)


def _said(command: click.Command, said: Catalogue) -> Any:
    """A copy of a command with every id of a text replaced by the text."""
    spoken = copy.copy(command)
    spoken.help, spoken.short_help = _text(command.help, said), _text(command.short_help, said)
    spoken.options_metavar = said.text("click.metavar.options")
    spoken.params = [_said_parameter(parameter, said) for parameter in command.params]
    if isinstance(spoken, click.Group) and isinstance(command, click.Group):
        spoken.subcommand_metavar = said.text("click.metavar.command")
        spoken.commands = {name: _said(part, said) for name, part in command.commands.items()}
    return spoken


def _said_parameter(parameter: click.Parameter, said: Catalogue) -> click.Parameter:
    spoken = copy.copy(parameter)
    spoken.metavar = _text(parameter.metavar, said)
    if isinstance(spoken, click.Option):
        spoken.help = _text(spoken.help, said)
    return spoken


def _text(key: str | None, said: Catalogue) -> str | None:
    return said.text(key) if key is not None and key in said else key


@cache
def _let_click_ask_us() -> None:
    """Let click find our words where it would ask gettext, in a call of ours; outside of one it asks gettext as before.

    Done once and left so: calls that overlap, in threads, would else put back what another has put there. gettext
    itself looks for compiled files by the environment, which is not where the language of a call comes from.
    """
    for name in _SPEAKING_MODULES:
        module = import_module(f"click.{name}")
        for asked, ours in (("_", _gettext), ("ngettext", _ngettext)):
            if hasattr(module, asked):
                setattr(module, asked, ours(getattr(module, asked)))


def _gettext(theirs: Callable[[str], str]) -> Callable[[str], str]:
    return lambda message: _pattern(message) or theirs(message)


def _ngettext(theirs: Callable[[str, str, int], str]) -> Callable[[str, str, int], str]:
    return lambda singular, plural, number: _pattern(singular) or theirs(singular, plural, number)


def _pattern(message: str) -> str | None:
    """Our words for a text of click, with its placeholders left for click to fill; None where it is to use its own."""
    word = WORDS_OF_CLICK.get(message)
    if word is None or _OF_THE_CALL.get() is None:
        return None
    said = spoken()
    return said.text(f"click.{word}", **{name: f"{{{name}}}" for name in said.placeholders(f"click.{word}")})
