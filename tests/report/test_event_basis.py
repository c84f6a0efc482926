"""A small project the whole way: where rate and effect come from, in rows, on page one and in the section on events."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.report.first_page import first_page
from benefits.report.html import section_html
from benefits.report.sections.avoided import events, evidence
from benefits.report.sections.closing import sources
from benefits.report.voice import voice_in
from benefits.results import Results, assess
from benefits.vocabulary import Language

Plan = dict[str, Any]
MEASURED = {"expected_from": "comparison_group", "effect_from": "measured"}
REFUSED = {"expected_from": "raw_baseline", "effect": "effect"}
FLAGGED = REFUSED | {"raw_baseline_because": "Utvalget så ikke på innleggelser"}
ANOTHER_NAME = {"expected_events": "rate", "effect": "effect"}
EMPTY = {"expected_events": "lower"}
OWN = {
    "id": "vik_2024.admissions",
    "title": "Oppfølging i Vik",
    "outcome": "admissions",
    "measure": "narrative",
    "finding": "Ingen klar forskjell",
    "n": 90,
    "population": "Voksne",
    "year": 2024,
    "grade": "controlled",
    "source": {"nb": "Vik kommune 2024, tall", "nn": "Vik kommune 2024, tal"},
}


@cache
def assessed(**valuation: str) -> Results:
    """A hundred patients and a hundred others: 20 admissions a month, then 8 of the patients and 12 of the others."""
    counted = {"definition": "Innleggelser", "unit": "admissions", "per": "person_year", "direction": "lower_is_better"}
    period = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
    chosen = {"rule": "Minst to innleggelser siste år"}
    columns = {"period": "periode", "count": "antall", "exposure": "aar", "group": "gruppe"}
    source = {"id": "tall", "file": "tall.csv", "shape": "series", "per": "person_year", "columns": columns}
    plan: Plan = {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "go_live": date(2024, 1, 1),
        "as_of": date(2024, 12, 31),
        "horizon_years": 2,
        "actors": [{"id": "hf", "kind": "hf", "name": "HF"}],
        "patient_group": {"category": "other", "volume": {2024: 50, 2025: 100}},
        "data": [source | {"groups": {"treated": ["a"], "comparison": ["b"]}}],
        "studies": [OWN],
        "assumptions": {
            "rate": {"value": 2.5, "unit": "admissions", "per": "person_year"},
            "lower": {"value": 1.0, "unit": "admissions", "per": "person_year"},
            "effect": {"value": 0.4, "unit": "ratio"},
        },
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": counted,
                "method": {
                    "id": "difference_in_differences",
                    "data": "tall",
                    "options": {"comparison_selected_alike": True},
                },
                "baseline": {"state": "measured", "value": 2.4, "low": 2.1, "high": 2.7, "n": 100, "period": period}
                | {"selection": chosen},
                "target": {"value": 1.0, "date": date(2025, 12, 31), "ramp": {2024: 1.0, 2025: 1.0}},
                "realisation": {"form": "freed_capacity"},
                "valuation": {"actor": "hf", **valuation},
            }
        ],
    }
    rows = ["periode;gruppe;antall;aar"]
    for year in (2022, 2023, 2024):
        for month in range(1, 13):
            few = {"a": 8, "b": 12} if year == 2024 else {"a": 20, "b": 20}
            # One more and one fewer in turn, so that there is some spread about the rate.
            rows += [f"{year}-{month:02d}-01;{one};{n + (-1) ** month};10" for one, n in few.items()]
    with TemporaryDirectory() as folder:
        (Path(folder) / "tall.csv").write_text("\n".join(rows), encoding="utf-8")
        yaml = YAML()
        yaml.representer.ignore_aliases = lambda _: True
        yaml.dump(plan, Path(folder) / "project.yaml")
        return assess(Path(folder) / "project.yaml", draws=400)


def told(section: Any, results: Results, language: Language = "nb") -> str:
    voice = voice_in(language, first="nb")
    return " ".join(str(section_html(section(results, voice)).striptags()).split())


def page_one(results: Results, voice: Any) -> Any:
    return first_page("avoided-cost", results, voice)


def test_rate_and_effect_from_data_are_multiplied_and_said_in_words() -> None:
    """144 in 120 person-years is 1.2; 8 for 12 is 0.667; 50 x 1.2 x (1 - 0.667) = 20 in 2024, and nothing after."""
    results = assessed(**MEASURED)
    values = results.values
    assert values["assumption.expected.g1"].value == pytest.approx(1.2)
    assert values["assumption.effect.g1"].value == pytest.approx(2 / 3, abs=0.01)
    assert values["quantity.expected.g1.admissions.2024"].value == pytest.approx(20.0, abs=0.7)
    assert values["quantity.expected.g1.admissions.2025"].value == 0.0
    assert values["quantity.expected.g1.admissions"].grade == "assumed"
    said = told(events, results)
    assert "Det er raten i sammenligningsgruppen etter oppstart." in said
    assert "Den er brukt på flere pasienter enn dem den er målt på, og det er en forutsetning." in said
    assert "At den blir den samme hos flere pasienter, er en forutsetning." in told(page_one, results)
    named = told(sources, results)
    assert "etter sammenligningsgruppen" in named


def test_a_raw_baseline_of_the_chosen_gives_no_rows_and_says_why() -> None:
    results = assessed(**REFUSED)
    assert not [id for id in results.values if id.startswith("quantity.expected.g1")]
    assert "Slike pasienter får færre hendelser av seg selv" in told(events, results)


def test_with_a_reason_it_is_counted_and_warned_of_on_page_one_and_beside_the_numbers() -> None:
    """50 x 2.4 x (1 - 0.4) = 72 in 2024."""
    results = assessed(**FLAGGED)
    assert results.values["quantity.expected.g1.admissions.2024"].value == pytest.approx(72.0, abs=0.1)
    assert "bygger på et nullpunkt fra en dårlig periode" in told(page_one, results)
    said = told(events, results)
    assert "Det som er regnet som unngått, er derfor for høyt" in said
    assert "Utvalget så ikke på innleggelser" in said


def test_a_raw_baseline_by_another_name_is_told_of_on_page_one_and_beside_the_numbers() -> None:
    results = assessed(**ANOTHER_NAME)
    assert "er på nivå med nullpunktet" in told(page_one, results)
    assert "er på nivå med nullpunktet" in told(events, results)


def test_an_empty_expectation_stands_beside_what_is_published_and_counts_nothing() -> None:
    """Sul 2020 at 1.0 a year: 1 - 0.58 = 0.42, and 1 + 0.32 = 1.32."""
    results = assessed(**EMPTY)
    said = told(events, results)
    assert "fra 0,42 til 1,32 ganger raten uten" in said
    assert "Forventet virkning er ikke oppgitt, så ingenting er regnet med." in said
    assert not [id for id in results.values if id.startswith("quantity.expected.g1")]


@pytest.mark.parametrize("valuation", [MEASURED, REFUSED, FLAGGED, ANOTHER_NAME, EMPTY], ids=str)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_way_is_said_in_the_other_languages(valuation: dict[str, str], language: Language) -> None:
    results = assessed(**valuation)
    words = {"nn": "Fortalt berre med ord, utan tal", "en": "Told in words only, without figures"}
    assert words[language] in told(events, results, language)
    assert told(page_one, results, language)


def test_an_own_study_stands_among_the_others_with_its_source() -> None:
    said = told(evidence, assessed(**EMPTY))
    assert "Oppfølging i Vik" in said
    assert "Vik kommune 2024, tall" in said
    assert "Vik kommune 2024, tall" not in told(evidence, assessed(**EMPTY), "nn")
