"""Every word of the Norwegian texts is known to a dictionary or has been looked at, and the two languages keep apart.

``accepted/<language>.txt`` holds correct words the dictionary lacks, most of them compounds of the field;
``accepted/shared.txt`` holds names and abbreviations. A word that is wrong is mended, never put there.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from benefits.cli import main
from benefits.language import ready
from benefits.project.model import Project
from benefits.project.portfolio import Portfolio
from benefits.vocabulary import Audience, Language, PageFormat, ReportKind
from benefits.vocabulary import words as controlled

Spoken = Callable[[Language], Mapping[str, str]]
ACCEPTED = Path(__file__).parent / "accepted"
BOTH: tuple[Language, ...] = ("nb", "nn")
NORWEGIAN = [language for language in BOTH if language in ready()]
LISTS = ["shared", *NORWEGIAN]


def unknown(words: frozenset[str], language: Language) -> frozenset[str]:
    """The words hunspell's dictionary of a language does not know."""
    dictionary = f"{language}_NO"
    run = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"],
        input="".join(f"{word}\n" for word in sorted(words)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, f"no dictionary {dictionary}; `make system` installs it: {run.stderr}"
    return frozenset(run.stdout.split())


@lru_cache(maxsize=1)
def of_the_tool() -> frozenset[str]:
    """The English words people write to the tool, which texts speak of: keys and words of the files, and commands."""

    def named(schema: Any) -> Iterator[str]:
        if isinstance(schema, list):
            for one in schema:
                yield from named(one)
        if isinstance(schema, dict):
            yield from (schema.get("properties") or {})
            yield from (one for one in [*schema.get("enum", []), schema.get("const")] if isinstance(one, str))
            for one in schema.values():
                yield from named(one)

    files = [Project.model_json_schema(), Portfolio.model_json_schema()]
    names = [*named(files), *main.commands, *controlled(ReportKind), *controlled(PageFormat), *controlled(Audience)]
    return frozenset(word for name in names for word in name.split("-"))


def accepted(name: str) -> list[str]:
    return (ACCEPTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def plain(word: str) -> frozenset[str]:
    """The word as it stands, and as it is written inside a sentence."""
    return frozenset({word, word[0].lower() + word[1:]})


@pytest.mark.needs("hunspell")
@pytest.mark.parametrize("language", NORWEGIAN)
def test_every_word_is_in_the_dictionary_or_accepted(language: Language, words: Spoken) -> None:
    said = words(language)
    allowed = {*accepted("shared"), *accepted(language), *of_the_tool()}
    odd = [word for word in unknown(frozenset(said), language) if not plain(word) & allowed]
    assert not odd, ", ".join(sorted(f"{word} ({said[word]})" for word in odd))


@pytest.mark.needs("hunspell")
@pytest.mark.parametrize("language", NORWEGIAN)
def test_no_accepted_word_is_in_the_dictionary(language: Language) -> None:
    known = set(accepted(language)) - unknown(frozenset(accepted(language)), language)
    assert not known, ", ".join(sorted(known))


@pytest.mark.parametrize("name", LISTS)
def test_every_accepted_word_is_said_somewhere(name: str, words: Spoken) -> None:
    languages = [language for language in NORWEGIAN if name in ("shared", language)]
    said = {form for language in languages for word in words(language) for form in plain(word)}
    unsaid = [word for word in accepted(name) if word not in said]
    assert not unsaid, ", ".join(unsaid)


@pytest.mark.parametrize("name", LISTS)
def test_the_accepted_words_are_sorted_and_each_stands_once(name: str) -> None:
    assert accepted(name) == sorted(set(accepted(name)))


def test_no_word_is_accepted_both_for_one_language_and_for_all() -> None:
    assert [word for name in NORWEGIAN for word in accepted(name) if word in accepted("shared")] == []


# The dictionaries are generous: each lets through many words of the other language. These are never right in our texts,
# or are another form than the one the catalogues keep to.
FOREIGN: Mapping[str, str] = {
    "nn": """
        allerede altså alvorlig alvorlige andel annen annet ansvarlig antall avgjør bare beskriver beslutning ble
        bokstaver bygger da dagens datafilen dekke dekker dem deres disse dårlig egen egne ellers enhet ennå
        enten et faller fant fastleger filen finner finnes flere forskjell forskjellen fortsatt forventet fra
        frigjorte fylles følge følger galt ganges gis gjaldt gjelder gjennomsnittlig gjør gjøre hele hendelse
        hendelser heter hva hvem hver hverandre hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor høy høyere
        høyst ikke inneholder innen innhold jeg kilde kilder kommer kommuner lar lav lavere lavt ledelse leder ligge
        ligger lille lovlige lønn manglende mangler maskinen midterste mottar mulig mye måned måneder navn noe noen
        notatboken numre nærmeste offentlig omvendt oppdiktet opptatt overdrevet pasienter personer planlegge
        programmer prosjektfilen raden regne regner regnet rekkefølge rollen saken samme sammen sammenligne sannsynlig
        sannsynlige selv setter siden sitter skrevet skriver skrøpelige sted stiger stoppet takket tall tallene tallet
        tar tas tatt teller telt tidlig timer tjeneste tjenesten tredeler trengs ukjent usynlig uten utenfor vanlig
        vanligvis vart vedtar vedtatt vet virkning visning være vært årene økt øverst øvrig
    """,
    "nb": """
        alvorlege atterhald avgjerd avgjerder berre betre blei dei difor då døme dømes dømet eg eiga eige eigen eigne
        eining eininga eit enno fann fell finst forsking framfor framlegg framleis frå følgje følgjer føresetnad
        føresetnader galdt gjeld gjer gjere gong gonger handtering heil heile held hending hendingar høg høgast ikkje
        innlegging innleggingar innsparing kjelda kjelde kjelder kjem kor korleis krev kva kvar kvarandre kvart kven
        kvifor leiing ligg liggjedøgn låg lågt løn løyving meir mengd mengda mykje månad månader namn nemnd no noko
        nokon noverdi pasientar prissett prissette pårørande rekna rekne reknestykket saman samanlikne same seie seier
        seint sidan sjølv sjølve skildra skilnad skilnader spreiing stad staden stader stig tal tala talet talfesta
        tek teken tenesta teneste tryggleik tyding usamde utan uviss uvissa uvisse vedtek veit veker venta verke
        verknad verknaden verknader vesle åtvaring òg øvst
    """,
}

# Words that end as a passive does and are none.
NO_PASSIVE = {"fast", "færrast", "høgast", "last", "lågast", "nærast", "nærmast", "oftast"}
BEFORE_A_PASSIVE = re.compile(r"\b(?:kan|kunne|må|måtte|skal|skulle|vil|ville|bør|burde|å|lèt|til)\b", re.IGNORECASE)


def passives_alone(sentence: str) -> list[str]:
    """The words with the ending -ast that no modal verb goes before."""
    found = []
    for word in re.finditer(r"\b[^\W_]+ast\b", sentence):
        if word[0].lower() not in NO_PASSIVE and not BEFORE_A_PASSIVE.search(sentence[: word.start()]):
            found.append(word[0])
    return found


@pytest.mark.parametrize("language", NORWEGIAN)
def test_no_word_of_the_other_norwegian_is_used(language: Language, words: Spoken) -> None:
    foreign = set(FOREIGN[language].split())
    found = sorted(f"{word} ({key})" for word, key in words(language).items() if word.lower() in foreign)
    assert not found, ", ".join(found)


@pytest.mark.parametrize("language", NORWEGIAN)
def test_the_words_told_apart_are_sorted_and_each_stands_once(language: Language) -> None:
    assert FOREIGN[language].split() == sorted(set(FOREIGN[language].split()))


@pytest.mark.skipif("nn" not in NORWEGIAN, reason="nynorsk is not ready")
def test_nynorsk_has_a_passive_with_ast_only_after_a_modal_verb(texts: Spoken) -> None:
    """Elsewhere it is "blir": "beløpet blir ført", never "beløpet førast"."""
    found = [
        f"{word} ({key})"
        for key, text in texts("nn").items()
        for sentence in re.split(r"[.:;?!]\s", text)
        for word in passives_alone(sentence)
    ]
    assert not found, ", ".join(found)


@pytest.mark.parametrize("sentence", ["Beløpa førast i kroner", "Tala visast når dei kan"])
def test_a_passive_alone_is_found(sentence: str) -> None:
    assert len(passives_alone(sentence)) == 1


@pytest.mark.parametrize("sentence", ["Beløpa kan ikkje førast i kroner", "Skal ikkje delast", "Oftast er det fast"])
def test_a_passive_after_a_modal_verb_is_let_be(sentence: str) -> None:
    assert passives_alone(sentence) == []
