"""What a report says of its data: plain facts, warnings in words, and deaths beside every estimate of service use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from benefits.errors import Parameter
from benefits.language import ready
from benefits.measurement.contract import Detail
from benefits.project.data import CodingBreak
from benefits.project.fields import Text
from benefits.report.blocks import Section
from benefits.report.html import section_html
from benefits.report.sections.data_quality import data_quality, data_quality_in_short
from benefits.report.sections.measured import measured
from benefits.report.voice import Voice, voice_in
from benefits.results import DataQuality, Results, Told, Values
from benefits.results.estimate_values import add_estimate_values
from benefits.results.quality_values import FATES, OF_FEW, WARNINGS
from benefits.vocabulary import Language

ALL: Mapping[str, Mapping[str, Parameter]] = {
    "filtered_out": {"count": 12, "column": "type"},
    "filter_value_absent": {"column": "type", "value": "x"},
    "not_in_a_group": {"count": 7, "units": 2},
    "zero_exposure": {"count": 1},
    "repeated_rows_kept": {"count": 2},
    "repeated_rows_dropped": {"count": 1},
    "missing_periods": {"count": 2, "unit": "Vik", "group": "treated", "first": "2024-02", "last": "2024-05"},
    "missing_periods_more": {"count": 3},
    "missing_share": {"count": 2, "of": 40, "share": 0.05},
    "drawn_too_soon": {"period": "2025-12", "date": "2025-12-11"},
    "last_period_early": {"period": "2025-12", "last_day": "2025-12-11"},
    "last_period_low": {"period": "2025-12"},
    "one_period": {"period": "2025-01"},
    "coding_break": {"index": 0, "date": "2024-07-01"},
    "concurrent_event": {"index": 0, "date": "2025-03-01"},
    "events_outside_period": {"count": 6},
    "events_of_others": {"count": 8, "share": 0.02},
    "events_outside_observation": {"count": 9},
    "never_observed": {"count": 5, "group": "comparison"},
    "included_late": {"count": 11},
    "span_assumed": {"first": "2023-01-01", "last": "2025-12-31"},
    "history_by_rule": {"months": 12},
    "only_active": {"count": 20},
    "scores_not_relevant": {"count": 30, "share": 0.1},
    "population_carried": {"count": 36},
}
"""Every finding there may be, with the parameters it comes with."""


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def with_findings(
    results: Results, *codes: str, few: bool = False, cohort: Mapping[str, int | None] | None = None
) -> Results:
    """The example with findings, and what became of its treated."""
    values, found = Values(), []
    for id, value in results.values.items():
        values._by_id[id] = value
    for code in codes:
        numbers = {name: one for name, one in ALL[code].items() if isinstance(one, (int, float)) and name != "index"}
        for name, number in numbers.items():
            unit = {"share": "share", "months": "months"}.get(name, "count")
            values.add(f"data.innleggelser.{code}.{name}", None if few else number, unit=unit, suppressed=few)  # type: ignore[arg-type]
        said = {name: one for name, one in ALL[code].items() if name not in numbers}
        ids = {name: f"data.innleggelser.{code}.{name}" for name in numbers}
        found.append(Told(code=code, few=few and code in OF_FEW, values=ids, said=said))
    values.add("quality.limit", 5, unit="count")
    for fate, number in (cohort or {}).items():
        id = f"data.innleggelser.cohort.treated.{fate}"
        values.add(id, number, unit="persons", suppressed=number is None)
    quality = replace(results.quality[0], found=tuple(found), groups=("treated",) if cohort else ())
    breaks = (CodingBreak(date=date(2024, 7, 1), title=Text(nb="Nytt journalsystem")),)
    (source,) = results.project.data
    project = results.project.model_copy(update={"data": (source.model_copy(update={"breaks": breaks}),)})
    return replace(results, project=project, values=values, quality=(quality,))


def test_every_finding_has_a_case_here() -> None:
    assert set(ALL) >= WARNINGS | OF_FEW


@pytest.mark.parametrize("language", ready())
@pytest.mark.parametrize("code", ALL)
def test_every_finding_is_said_in_a_sentence_with_its_numbers(kommune: Results, code: str, language: Language) -> None:
    html = section_html(data_quality(with_findings(kommune, code), voice_in(language, first="nb")))
    values = [name for name, one in ALL[code].items() if isinstance(one, (int, float)) and name != "index"]
    for name in values:
        assert f'data-id="data.innleggelser.{code}.{name}"' in html
    assert "{" not in html
    assert ('class="note warning"' in html) is (code in WARNINGS)


@pytest.mark.parametrize("language", ready())
@pytest.mark.parametrize("code", sorted(OF_FEW))
def test_a_few_are_told_of_without_their_number(kommune: Results, code: str, language: Language) -> None:
    html = section_html(data_quality(with_findings(kommune, code, few=True), voice_in(language, first="nb")))
    assert 'data-id="quality.limit"' in html
    assert f"data.innleggelser.{code}" not in html


def test_where_nothing_was_found_that_is_one_sentence(kommune: Results, voice: Voice) -> None:
    text = text_of(section_html(data_quality(with_findings(kommune), voice)))
    assert text.count(voice.catalogue.text("quality.nothing")) == 1
    for fact in ("10\u00a0655", "1. januar 2023", "31. desember 2025", "15. januar 2026"):
        assert fact.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_a_plan_tells_only_what_may_change_what_the_numbers_mean(kommune: Results, voice: Voice) -> None:
    results = with_findings(kommune, "coding_break", "history_by_rule")
    text = text_of(section_html(data_quality_in_short(results, voice)))
    assert "Nytt journalsystem" in text
    assert "12 måneder" not in text
    nothing = text_of(section_html(data_quality_in_short(with_findings(kommune, "history_by_rule"), voice)))
    assert "Vi fant ingenting som endrer" in nothing


def test_a_plan_without_data_says_so(kommune: Results, voice: Voice) -> None:
    none = replace(kommune, quality=())
    for section in (data_quality(none, voice), data_quality_in_short(none, voice)):
        assert voice.catalogue.text("quality.no_data") in section_html(section)


def test_deaths_stand_beside_an_estimate_of_service_use_and_few_are_hidden(kommune: Results, voice: Voice) -> None:
    cohort = dict.fromkeys(FATES, 20) | {"included": 150, "died": None, "followed": None}
    html = section_html(measured(with_findings(kommune, cohort=cohort), voice))
    effect, table = html.index("estimate.innleggelser.difference_in_differences.effect"), html.index("Døde")
    assert effect < table < html.index("<figure")
    row = html[html.index("<tbody>", table) : html.index("</tbody>", table)]
    assert row.count(voice.catalogue.text("suppressed")) == 2
    assert voice.catalogue.text("cohort.not_told") not in html


def test_data_about_persons_that_do_not_tell_who_died_say_so_beside_the_estimate(
    kommune: Results, voice: Voice
) -> None:
    assert section_html(measured(kommune, voice)).count(voice.catalogue.text("cohort.not_told")) == 1


def test_further_figures_of_a_method_are_shown_with_words_intervals_and_the_indicators_unit(
    kommune: Results, voice: Voice
) -> None:
    details = {
        "hours_per_year": Detail(value=120.0, low=-10.0, high=250.0, unit="hours", per="year"),
        "their_own": Detail(value=0.4),
        "lag_2": Detail(value=0.9, low=0.8, high=1.2, unit="ratio"),
    }
    estimate = replace(kommune.estimates[0], details=details)
    values = Values()
    add_estimate_values(kommune.project, (estimate,), values)
    prefix = f"estimate.{estimate.benefit}.{estimate.method}.detail"
    assert (values[f"{prefix}.their_own"].unit, values[f"{prefix}.their_own"].per) == ("admissions", "person_year")
    assert values[f"{prefix}.lag_2.number"].value == 2
    results = replace(kommune, estimates=(estimate,), compared=(), values={**kommune.values, **values})
    html = section_html(measured(results, voice))
    assert voice.catalogue.text("detail.hours_per_year") in html
    assert '<span class="said">their_own</span>' in html
    assert f'data-id="{prefix}.lag_2.number"' in html
    assert "Flere tall fra metoden" in html
    row = html[html.index(f'data-id="{prefix}.hours_per_year"') :]
    assert "kan ikke skilles fra" in row[: row.index("</tr>")] or "null" in row[: row.index("</tr>")]


def test_an_estimate_without_further_figures_has_no_table_for_them(kommune: Results, voice: Voice) -> None:
    plain = tuple(replace(one, details={}) for one in (*kommune.estimates,))
    html = section_html(measured(replace(kommune, estimates=plain, compared=()), voice))
    assert "Flere tall fra metoden" not in html


def test_quality_of_a_source_is_found_by_its_id(kommune: Results) -> None:
    found = kommune.data_quality("innleggelser")
    assert isinstance(found, DataQuality)
    assert kommune.data_quality("ukjent") is kommune.data_quality(None) is None


@pytest.mark.parametrize("section", [data_quality, data_quality_in_short])
def test_an_event_within_several_sources_is_told_once(
    kommune: Results, voice: Voice, section: Callable[[Results, Voice], Section]
) -> None:
    once = with_findings(kommune, "concurrent_event", "missing_share")
    source, quality = once.project.data[0], once.quality[0]
    project = once.project.model_copy(update={"data": (source, source.model_copy(update={"id": "annen"}))})
    twice = replace(once, project=project, quality=(quality, replace(quality, data="annen")))
    assert text_of(section_html(section(twice, voice))).count("Samtidig hendelse") == 1
    assert text_of(section_html(section(once, voice))).count("Samtidig hendelse") == 1
