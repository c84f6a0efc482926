"""One word for one thing in each language: the catalogues use these terms, and never others in their place.

A term is a pattern, since Norwegian nouns are inflected. Where the bokmål text of an entry uses a term, the nynorsk and
the English text of the entry use theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from benefits.language import ready
from benefits.vocabulary import Language

Texts = Callable[[Language], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing, and what it is called; ``yet`` is false for what no report speaks of so far."""

    nb: str
    nn: str
    en: str
    yet: bool = True


TERMS: Mapping[str, Term] = {
    "action": Term("tiltak", "tiltak", "action"),
    "actor": Term("aktør", "aktør", "actor"),
    "admission": Term("innleggelse", "innlegging", "admission"),
    "assumption": Term("forutsetning", "føresetnad", "assumption|precondition"),
    "avoided": Term("unngå", "unngå", "avoid"),
    "baseline": Term("nullpunkt", "nullpunkt", "baseline"),
    "bed-day": Term("liggedøgn", "liggjedøgn", "bed-day"),
    "benefit": Term("gevinst", "gevinst", "benefit|gain"),
    "benefit owner": Term("gevinstansvarlig", "gevinstansvarleg", "benefit owner|own(er of|s) the benefit"),
    "can be taken out": Term("kan tas ut av budsjett", "kan takast ut av budsjett", "can be taken out of the budget"),
    "cannot be shown": Term("kan ikke påvises", "kan ikkje påvisast", "cannot be shown"),
    "capacity released": Term("frigjort kapasitet", "frigjord kapasitet", "released capacity"),
    "comparison": Term("sammenlign", "samanlikn", "compar"),
    "co-payment": Term("egenandel", "eigendel", "co-payment", yet=False),
    "cost": Term("kostnad", "kostnad", "cost"),
    "DHO": Term("digital hjemmeoppfølging", "digital heimeoppfølging", "digital home follow-up"),
    "dis-benefit": Term("ulempe", "ulemp", "dis-benefit"),
    "effect": Term("virkning", "verknad", "effect"),
    "evidence grade": Term("kunnskapsgrunnlag", "kunnskapsgrunnlag", "strength of evidence"),
    "expected": Term("forventet", "venta", "expected"),
    "full cost": Term("full kostnad", "full kostnad", "full cost"),
    "grant": Term("tilskudd", "tilskot", "grant"),
    "health community": Term("helsefellesskap", "helsefellesskap", "health community"),
    "hospital trust": Term(r"(?<!regionalt )helseforetak", "helseføretak", "hospital trust"),
    "indicator": Term("indikator", "indikator", "indicator"),
    "measuring the baseline": Term("nullpunktsmåling", "nullpunktsmåling", "baseline measurement", yet=False),
    "not avoided": Term("kostnad som består", "kostnad som står att", "unavoided cost"),
    "null alternative": Term("nullalternativ", "nullalternativ", "null alternative"),
    "overview of effects": Term("pluss-minusmetode", "pluss-minusmetode", "plus-minus method"),
    "plan": Term("gevinstrealiseringsplan", "gevinstrealiseringsplan", "benefits realisation plan"),
    "plan, early": Term("gevinstplan", "gevinstplan", "benefits plan|plan for the benefits"),
    "present value": Term("nåverdi", "noverdi", "present value"),
    "ramp": Term("innfasing", "innfasing", "ramp-up"),
    "ready for discharge": Term("utskrivningsklar", "utskrivingsklar", "ready for discharge", yet=False),
    "realisation form": Term("realiseringsform", "realiseringsform", "form of realisation"),
    "regional health authority": Term("regionalt helseforetak", "regionalt helseføretak", "regional health authority"),
    "relatives": Term("pårørende", "pårørande", "relatives"),
    "service": Term("tjeneste(?!reise)", "tenest", "service"),
    "service price": Term("tjenestepris", "tenestepris", "service price"),
    "transfer": Term("overføring", "overføring", "transfer"),
    "uncertainty": Term("usikkerhet", "uviss", "uncertain"),
}

# What must not be written -> what is written in its place.
REJECTED: Mapping[Language, Mapping[str, str]] = {
    "nb": {
        r"gevinstprofil": "innfasing",
        r"(?<!de)realisasjon": "realisering, realiseringsform",
        r"uunngå": "kostnad som består",
        r"(kostnad|kostnader) som (blir|står) igjen": "kostnad som består",
        r"nullmåling|baseline(?![\w«»:])": "nullpunkt, nullpunktsmåling",
        r"gevinsteier": "gevinstansvarlig",
        r"nettonåverdi": "netto nåverdi",
        r"sykehusinnleggelse": "innleggelse",
        r"usikkerhetsintervall|konfidensintervall": "intervall",
        r"hjemmemonitorering|digital hjemmeoppfølgning|medisinsk avstandsoppfølging": "digital hjemmeoppfølging",
        r"evidensgrad|evidensnivå": "kunnskapsgrunnlag",
    },
    "nn": {
        r"gevinstprofil": "innfasing",
        r"realisasjon": "realisering, realiseringsform",
        r"uunngå": "kostnad som står att",
        r"kostnad(er)? som (består|blir att)": "kostnad som står att",
        r"nullmåling|baseline(?![\w«»:])": "nullpunkt, nullpunktsmåling",
        r"gevinsteigar|gevinstansvarlig": "gevinstansvarleg",
        r"virkning": "verknad",
        r"forutsetning|forutsetnad|føresetning": "føresetnad",
        r"usikkerhe[it]t?": "uvisse",
        r"nåverdi|notidsverdi|notverdi": "noverdi",
        r"innleggels": "innlegging",
        r"liggedøgn|liggjedag": "liggjedøgn",
        r"e(i)?genandel": "eigendel",
        r"helseforetak": "helseføretak",
        r"(hjemme|heim|heime)oppfølgning|hjemmeoppfølging": "heimeoppfølging",
        r"pårørende": "pårørande",
        r"frigjort kapasitet|frigitt": "frigjord kapasitet",
        r"unngådd|unngått(e)? kostnadar": "unngått, unngåtte kostnader",
        r"forvent(a|et)\b": "venta",
        r"sjukehusinnlegging": "innlegging",
        r"evidensgrad|evidensnivå": "kunnskapsgrunnlag",
    },
    "en": {
        r"benefits? profile": "ramp-up",
        r"realization": "realisation",
        r"unavoidable cost|non-avoided": "unavoided cost",
        r"freed capacity|freed-up": "released capacity",
        r"disbenefit": "dis-benefit",
        r"zero[- ]alternative|zero[- ]point|do-nothing": "null alternative, baseline",
        r"health enterprise|health trust": "hospital trust",
        r"hospitali[sz]ation": "admission",
        r"deductible|user fee": "co-payment",
        r"next of kin": "relatives",
        r"evidence grade|quality of evidence|level of evidence": "strength of evidence",
        r"remote monitoring|telemonitoring": "digital home follow-up",
        r"confidence interval": "interval",
    },
}


@pytest.mark.parametrize("language", ready())
@pytest.mark.parametrize("thing", [thing for thing, term in TERMS.items() if term.yet])
def test_the_reports_speak_of_every_thing_by_its_name(thing: str, language: Language, texts: Texts) -> None:
    name = re.compile(getattr(TERMS[thing], language), re.IGNORECASE)
    assert any(name.search(text) for text in texts(language).values())


@pytest.mark.parametrize("language", [language for language in ready() if language != "nb"])
@pytest.mark.parametrize("thing", TERMS)
def test_where_one_language_names_a_thing_so_does_the_other(thing: str, language: Language, texts: Texts) -> None:
    term = TERMS[thing]
    first, other = re.compile(rf"\b{term.nb}", re.IGNORECASE), re.compile(getattr(term, language), re.IGNORECASE)
    theirs = texts(language)
    lacking = [key for key, text in texts("nb").items() if first.search(text) and not other.search(theirs.get(key, ""))]
    assert not lacking, f"{getattr(term, language)} is not in {', '.join(lacking)}"


@pytest.mark.parametrize("language", ready())
def test_no_rejected_word_is_written(language: Language, texts: Texts) -> None:
    found = [
        f"{key}: {word[0]} (write: {instead})"
        for key, text in texts(language).items()
        for rejected, instead in REJECTED[language].items()
        if (word := re.search(rejected, re.sub(r"\{\w+\}", " ", text), re.IGNORECASE))
    ]
    assert not found, "; ".join(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Gevinstprofilen viser når gevinsten kommer."),
        ("nb", "Realisasjon av gevinsten"),
        ("nb", "Uunngåtte kostnader"),
        ("nn", "Verknaden og virkninga"),
        ("nn", "Kostnad som består"),
        ("nn", "Frigjort kapasitet"),
        ("en", "Unavoidable costs"),
        ("en", "Benefits realization plan"),
    ],
)
def test_a_rejected_word_is_found(language: Language, text: str) -> None:
    assert any(re.search(rejected, text, re.IGNORECASE) for rejected in REJECTED[language])


def test_no_term_is_itself_rejected() -> None:
    """A table that asks for a word and forbids it could not be followed."""
    clashes = [
        (thing, rejected)
        for thing, term in TERMS.items()
        for language, words in REJECTED.items()
        for rejected in words
        for name in getattr(term, language).split("|")
        if re.search(rejected, name, re.IGNORECASE)
    ]
    assert clashes == []


@pytest.mark.parametrize("language", ready())
def test_value_alternative_and_measuring_are_three_words(language: Language, texts: Texts) -> None:
    """The value before, what happens without the project, and the act of measuring: never one for another."""
    baseline = re.compile(getattr(TERMS["baseline"], language), re.IGNORECASE)
    alternative = re.compile(getattr(TERMS["null alternative"], language), re.IGNORECASE)
    said = texts(language)
    about_baseline = [key for key in said if key.startswith(("baseline.", "gap.baseline_", "gap.no_baseline"))]
    about_alternative = ["about.null_alternative", "about.no_null_alternative", "gap.no_null_alternative"]
    assert [key for key in about_baseline if alternative.search(said[key])] == []
    assert [key for key in about_alternative if key in said and baseline.search(said[key])] == []
