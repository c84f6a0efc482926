"""The glossary says the words the reports say, in each language, and leaves out no word of the package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import product
from typing import get_args

import pytest

from benefits.language import catalogue, ready
from benefits.vocabulary import Basis, Grade

PAGE = "docs/ordliste.md"
COLUMNS = {"nb": 0, "nn": 1, "en": 2}

# Term in bokmål -> an entry of the catalogues that uses it; those without one are words no report says yet.
SAID = {
    "prosjekt": "about.heading",
    "gevinst": "benefits.column.benefit",
    "ulempe": "dis_benefits.column.dis_benefit",
    "gevinstplan": "title.plan.early",
    "gevinstrealiseringsplan": "title.plan",
    "gevinsthypotese": "gap.no_hypothesis",
    "gevinsttype": "benefits.column.types",
    "realiseringsform": "benefits.column.realisation",
    "gevinstansvarlig": "benefits.column.owner",
    "innfasing": "gap.no_ramp",
    "tiltak": "actions.column.action",
    "forutsetning": "sources.column.assumption",
    "mangel": "cli.check.gaps",
    "feil": "cli.check.failed",
    "indikator": "hypotheses.no_indicator",
    "nullpunkt": "baseline.none",
    "nullalternativ": "about.null_alternative",
    "målemetode": "gap.no_method",
    "sammenligningsgruppe": "group.comparison",
    "mål": "hypotheses.no_target",
    "virkning": "not_claimed.only_assumed",
    "usikkerhet": "first_page.figures.caption",
    "minste endring som kan påvises": "smallest.not_computed",
    "regresjon mot gjennomsnittet": "check.regression_to_the_mean.failed",
    "status": "benefits.column.status",
    "grunnlag": "first_page.column.basis",
    "forventet": "basis.expected",
    "målt": "basis.measured",
    "realisert": "basis.realised",
    "kunnskapsgrunnlag": "first_page.column.grade",
    "antatt": "grade.assumed",
    "ekspertanslag": "grade.expert",
    "rapportert": "grade.reported",
    "målt før og etter": "grade.before_after",
    "målt mot sammenligningsgruppe": "grade.controlled",
    "randomisert forsøk": "grade.randomised",
    "holdbarhet": "sources.column.standing",
    "vurdering": "follow_up.column.verdict",
    "den fryste planen": "deviation.heading",
    "avvik": "deviation.heading",
    "aktør": "actors.column.actor",
    "helseforetak": "actor_kind.hf",
    "regionalt helseforetak": "actor_kind.rhf",
    "kommune": "actor_kind.kommune",
    "fastleger": "actor_kind.gp",
    "pårørende": "actor_kind.relatives",
    "innleggelse": "unit.admissions",
    "liggedøgn": "unit.bed_days",
    "pasientmåned": "unit.patient_months",
    "aktivitet i tjenesten": "gap.resource_without_task",
    "tjenestepris": "price.heading",
    "full kostnad": "price.full",
    "ledig kapasitet": "price_part.idle_capacity",
    "praktisk kapasitet": "service_price.capacity.left",
    "marginalpris": "service_price.list.marginal",
    "kostnadsdriver": "problem.unknown_driver",
    "nøkkel": "service_price.split.column.of_fixed",
    "årsverk": "staff.heading",
    "frikort": "gap.copayment_without_exempt_share.any",
    "egenandel": "gap.copayment_without_exempt_share.any",
    "lag": "layers.column.layer",
    "unngåtte kostnader": "title.avoided-cost",
    "kan tas ut av budsjettet": "layer.cash",
    "frigjort kapasitet": "layer.capacity",
    "kostnad som består": "layer.not_avoided",
    "overføringer": "actors.column.transfer",
    "nåverdi": "present_value.heading",
    "annuitet": "yearly_cost.investment",
    "restverdi": "investment.caption",
    "budsjettvirkning": "budget.heading",
    "skattefinansieringskostnad": "tax_financing.row",
    "konsekvens": "unpriced.column.consequence",
    "gå i balanse": "break_even.heading",
    "prisår": "gap.input_without_price_year",
    "rate uten tjenesten": "gap.rate_without_interval.any",
    "oddsforhold": "evidence.intro",
    "trekning": "data_column.mean",
    "tall som henger sammen": "gap.correlated_without_spread.any",
    "oppslutning": "bridge.by.uptake",
    "yrke": "staff.column.who",
    "unngått vekst i bemanning": "staff.name.avoided_growth",
    "erstattende ressursbruk": "replacements.not_assessed",
    "senger som fylles igjen": "scenarios.column.refill",
    "motpost": "transfers.opposite",
    "pris uten tap": "scenarios.prices.never",
    "oppgjør": "settlement.heading",
    "døgnpris": "money_page.kind.day_price",
    "utskrivningsklare pasienter": "money_page.kind.day_price",
    "vederlag": "money_page.kind.municipal_fee",
}
NOT_SAID = {"nullpunktsmåling", "aktivitetsdata"}

# Words that carry one meaning in code, files and reports.
CODES = {
    "project", "benefit", "hypothesis", "type", "realisation", "lifecycle", "basis", "indicator", "baseline", "method",
    "target", "ramp", "grade", "standing", "verdict", "actor", "action", "task", "activity", "service", "layer",
    "avoided_cost", "cash", "capacity", "not_avoided", "transfer", *get_args(Basis), *get_args(Grade),
}  # fmt: skip

Rows = Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def rows(page: Callable[[str], str]) -> Rows:
    """Bokmål term -> the cells of its row."""
    found = [
        tuple(cell.strip() for cell in re.split(r" \|(?: |$)", line.removeprefix("| "))[:5])
        for line in page(PAGE).splitlines()
        if line.startswith("| ") and not line.startswith(("| Bokmål", "| ---"))
    ]
    assert len({row[0] for row in found}) == len(found), "a term stands twice"
    return {row[0]: row for row in found}


def test_every_row_says_the_term_in_three_languages_and_what_it_means(rows: Rows) -> None:
    assert [term for term, row in rows.items() if len(row) != 5 or not all(row[:3]) or not row[4]] == []


def test_every_term_is_held_to_the_reports_or_known_not_to_be_said_there(rows: Rows) -> None:
    assert set(rows) == set(SAID) | NOT_SAID


def test_the_reports_say_the_term(rows: Rows) -> None:
    wrong = []
    for term, language in product(SAID, ready()):
        entry = catalogue(language).entries[SAID[term]]
        said = entry if isinstance(entry, str) else " ".join(entry)
        if not re.search(rf"\b{re.escape(rows[term][COLUMNS[language]])}", said, flags=re.IGNORECASE):
            wrong.append((term, language, said))
    assert wrong == []


def test_every_word_of_the_package_is_explained(rows: Rows) -> None:
    assert sorted(CODES - {code for row in rows.values() for code in re.findall(r"`(\w+)`", row[3])}) == []


def test_the_three_words_with_null_each_have_a_row_and_stand_together_in_the_text(
    rows: Rows, page: Callable[[str], str]
) -> None:
    words = ("nullpunkt", "nullpunktsmåling", "nullalternativ")
    assert set(words) <= set(rows)
    assert [word for word in words if f"**{word.capitalize()}**" not in page(PAGE)] == []
