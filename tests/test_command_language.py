"""Help, messages and click's own words follow the language of the call."""

from __future__ import annotations

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Barrier, Event

import click
import pytest
from click.testing import CliRunner

from benefits.cli import main
from benefits.command_language import LANGUAGES, WORDS_OF_CLICK, SpokenGroup, language_of, spoken
from benefits.language import catalogue
from benefits.vocabulary import ReportKind, words

COMMANDS = sorted(main.commands)
# Words click says in English that a call of ours can meet; they are in none of our Norwegian texts.
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Missing|Try|Show|Invalid|such|choose|exist|DIRECTORY|TEXT|PATH)\b"
)
ID_OF_A_TEXT = re.compile(r"\b(cli|click|starter)\.[a-z_.]+")
USAGE = {"nb": "Bruk:", "nn": "Bruk:", "en": "Usage:"}


@pytest.fixture(autouse=True)
def no_wish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BENEFITS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def said(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments).output


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_every_command_is_in_the_language_asked_for(command: str, language: str) -> None:
    shown = said(*([command] if command else []), "--lang", language, "--help")
    assert shown.startswith(USAGE[language])
    assert not ID_OF_A_TEXT.search(shown)
    if language != "en":
        assert not ENGLISH.search(shown), ENGLISH.findall(shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "wrong",
    [
        ("report", "plan", "."),
        ("chekc",),
        ("check", "--chek"),
        ("check", "--lang"),
        ("report", "poem", "."),
        ("report",),
        ("report", "plan", ".", "--as-of", "tomorrow"),
        ("check", "nowhere.yaml"),
    ],
    ids=" ".join,
)
def test_what_is_wrong_with_a_call_is_said_in_its_language(wrong: tuple[str, ...], language: str) -> None:
    shown = said("--lang", language, *wrong)
    assert len(shown.split()) > 3
    assert not ID_OF_A_TEXT.search(shown)
    if language != "en":
        assert not ENGLISH.search(shown), ENGLISH.findall(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_report_names_every_kind_and_its_place_in_the_call(language: str) -> None:
    shown = " ".join(said("report", "--lang", language, "--help").split()).replace("- ", "-")
    rest = shown.partition("]")[2]
    place = rest.split()[0]
    assert f"{place} " in rest.partition(place)[2]
    assert [kind for kind in words(ReportKind) if kind not in rest] == []


def test_three_languages_say_three_things() -> None:
    assert len({said("--help", "--lang", language) for language in LANGUAGES}) == 3


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["check", ".", "--lang", "nn"], {"BENEFITS_LANG": "en"}, "nn"),
        (["check", ".", "--lang=en"], {}, "en"),
        (["--lang", "nn", "report", "plan", ".", "--lang", "en"], {}, "nn"),
        (["report", "plan", ".", "--lang", "nn,en"], {}, "nn"),
        (["--lang", "de"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["--lang"], {}, "nb"),
        ([], {"BENEFITS_LANG": "nn", "LC_ALL": "en_GB.UTF-8"}, "nn"),
        ([], {"BENEFITS_LANG": "de", "LANG": "nn_NO.UTF-8"}, "nn"),
        ([], {"LC_ALL": "nn_NO", "LC_MESSAGES": "en_GB", "LANG": "en_GB"}, "nn"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "nb_NO"}, "en"),
        ([], {"LANG": "no_NO"}, "nb"),
        ([], {"LANG": "C.UTF-8"}, "nb"),
        ([], {"LANG": "POSIX"}, "nb"),
        ([], {"LANG": "sv_SE.UTF-8"}, "nb"),
        ([], {}, "nb"),
    ],
)
def test_the_language_is_the_one_asked_for_then_that_of_the_terminal(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


def test_the_environment_decides_when_the_call_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert said("--help").startswith("Usage:")
    monkeypatch.setenv("BENEFITS_LANG", "nn")
    assert "Kommandoar:" in said("--help")


def test_a_call_leaves_nothing_behind() -> None:
    said("--help")
    before = (click.core._, click.exceptions._, click.types.ngettext, main.help, main.commands["check"].help)
    said("--lang", "nn", "check")
    assert (click.core._, click.exceptions._, click.types.ngettext, main.help, main.commands["check"].help) == before
    assert spoken() is catalogue("nb")
    assert click.core._("Usage:") == "Usage:"
    assert click.formatting._("Options") == "Options"
    assert click.types.ngettext("Choose from:\n\t{choices}", "many", 2) == "many"


def test_calls_that_overlap_each_speak_their_own_language_and_leave_click_its_own() -> None:
    both_begun, first_done = Barrier(2, timeout=30), Event()
    heard: dict[str, tuple[str, ...]] = {}

    @click.command("overlap")
    @click.option("--lang")
    def overlap(lang: str) -> None:
        before = click.core._("Usage:")
        both_begun.wait()
        if lang == "nn":
            # The call that began together with this one has ended.
            assert first_done.wait(30)
        heard[lang] = (before, click.core._("Usage:"), click.formatting._("Options"))

    group = SpokenGroup("calls", commands={"overlap": overlap})

    def call(lang: str) -> None:
        group.main(["overlap", "--lang", lang], standalone_mode=False)
        if lang == "en":
            first_done.set()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(call, ("nn", "en")))
    assert heard == {"nn": ("Bruk:", "Bruk:", "Val"), "en": ("Usage:", "Usage:", "Options")}
    assert click.core._("Usage:") == "Usage:"


def texts_of_click() -> set[str]:
    """Every text click asks gettext for, in the modules a call of ours goes through."""
    found: set[str] = set()
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        source = Path(str(import_module(f"click.{name}").__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return found


# For developers, or for kinds of values our commands do not take.
NOT_MET = re.compile(
    r"deprecated|declaration|Boolean option|defined twice|UUID|boolean|executable|format\b|Choice\(|iterable|dynamic"
    r"|version|^path$|^file$|^directory$|unknown error|env var|Missing \{|Missing parameter: |prompting|continue"
    r"|values|start character|Could not determine|No options defined|Positional"
)


def test_every_text_of_click_a_call_can_meet_has_words_of_ours() -> None:
    assert sorted(one for one in texts_of_click() - set(WORDS_OF_CLICK) if not NOT_MET.search(one)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", sorted(WORDS_OF_CLICK))
def test_our_words_ask_click_for_nothing_it_does_not_give(text: str, language: str) -> None:
    given = set(re.findall(r"\{(\w+)", text))
    if "of:" not in text:
        given |= {f"{name}s" for name in given}
    assert catalogue(language).placeholders(f"click.{WORDS_OF_CLICK[text]}") <= given
