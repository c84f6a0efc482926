"""The request as it is sent: a page for each indicator, nothing invented, and the same in three languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benefits import open_report
from benefits.language import ready
from benefits.project.data import DataRequest, Filter
from benefits.project.fields import Text
from benefits.report.html import section_html
from benefits.report.sections.data_request import first_page, pages
from benefits.report.voice import Voice, voice_in
from benefits.results import Results
from benefits.vocabulary import Language

pytestmark = pytest.mark.slow

PARAMS = Path(__file__).resolve().parents[2] / "params"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def agreed(results: Results) -> Results:
    """The example with everything agreed for its one data source."""
    request = DataRequest(
        legal_basis=Text(nb="Vedtak 12 hos dataansvarlig"),
        sender=Text(nb="Analyseavdelingen"),
        recipient=Text(nb="Prosjektlederen"),
        delivery=date(2026, 2, 1),
        note=Text(nb="Haster ikke"),
    )
    (source,) = results.project.data
    project = results.project.model_copy(update={"data": (source.model_copy(update={"request": request}),)})
    first = replace(results.requests.pages[0], lacks=())
    return replace(results, project=project, requests=replace(results.requests, pages=(first,)))


def test_every_indicator_has_a_section_on_a_new_page_with_its_own_id(kommune: Results, voice: Voice) -> None:
    html = section_html(pages(kommune, voice))
    assert html.count('class="new-page"') == html.count("<section") == len(kommune.requests.pages) == 4
    assert html.count("</section>") == 4
    assert 'id="request-innleggelser"' in html


def test_the_contents_of_the_page_lead_to_every_indicator() -> None:
    bundle = open_report("data-request", PARAMS / "eksempel-kommune" / "project.yaml").show("requests").bundle
    assert [one["id"] for one in bundle["sections"]] == [
        "request-innleggelser",
        "request-tid-hjemmetjeneste",
        "request-trygghet",
        "request-fastlegekontakter",
    ]


@pytest.mark.parametrize("language", ready())
def test_a_legal_basis_nobody_has_given_is_missing_with_who_must_decide(kommune: Results, language: Language) -> None:
    said = voice_in(language, first="nb")
    html = section_html(pages(kommune, said))
    assert text_of(html).count(said.catalogue.text("request.lack.legal_basis")) == 4
    row = re.search(rf'<th scope="row">{said.catalogue.text("request.row.legal_basis")}</th><td>(.*?)</td>', html)
    assert row is not None
    assert text_of(row[1]) == said.catalogue.text("blank")


def test_what_is_agreed_is_said_and_nothing_is_missing(kommune: Results, voice: Voice) -> None:
    results = agreed(kommune)
    text = text_of(section_html(pages(results, voice)))
    for words in (
        "Vedtak 12 hos dataansvarlig",
        "Analyseavdelingen",
        "Prosjektlederen",
        "1. februar 2026",
        "Haster ikke",
    ):
        assert words in text
    assert voice.catalogue.text("request.before_sending") not in text
    assert voice.catalogue.text("request.missing.none") in text_of(section_html(first_page(results, voice)))


def test_page_one_names_what_is_missing_once_and_which_it_concerns(kommune: Results, voice: Voice) -> None:
    first, *others = kommune.requests.pages
    one = replace(kommune.requests, pages=(replace(first, lacks=(*first.lacks, "fraction")), *others))
    text = text_of(section_html(first_page(replace(kommune, requests=one), voice)))
    assert text.count(voice.catalogue.text("request.lack.recipient")) == 1
    assert f"{voice.catalogue.text('request.lack.fraction')} Gjelder: Færre akutte innleggelser" in text


def test_a_plan_with_nothing_to_measure_says_what_it_takes(kommune: Results, voice: Voice) -> None:
    nothing = replace(kommune, requests=replace(kommune.requests, pages=()))
    for section in (first_page(nothing, voice), pages(nothing, voice)):
        assert voice.catalogue.text("request.none") in text_of(section_html(section))


def test_a_filter_is_said_in_words_and_its_values_as_they_are(kommune: Results, voice: Voice) -> None:
    (source,) = kommune.project.data
    filters = (Filter(column="type", one_of=("1", "<b>")), Filter(column="alder", at_least=18.0, at_most=90))
    filtered = source.model_copy(update={"filters": filters})
    project = kommune.project.model_copy(update={"data": (filtered,)})
    html = section_html(pages(replace(kommune, project=project), voice))
    assert "<b>" not in html
    text = text_of(html)
    assert "Kolonnen type : bare 1 og &lt;b&gt; ." in text
    assert "Kolonnen alder : fra og med 18 . Kolonnen alder : til og med 90 ." in text


def test_a_period_wholly_before_the_start_is_told_without_months(kommune: Results, voice: Voice) -> None:
    first, *_ = kommune.requests.pages
    values = {id: value for id, value in kommune.values.items() if id != f"request.{first.benefit}.before"}
    alone = replace(first, because="source", first=date(2023, 1, 1), last=date(2023, 12, 31))
    results = replace(kommune, values=values, requests=replace(kommune.requests, pages=(alone,)))
    text = text_of(section_html(pages(results, voice)))
    assert "Fra 1. januar 2023 til 31. desember 2023 . Det er perioden datakilden skal dekke." in text


@pytest.mark.parametrize("language", ready())
def test_the_same_plan_gives_the_same_page(language: Language) -> None:
    made = [open_report("data-request", PARAMS / "eksempel-lett" / "project.yaml", language=language) for _ in range(2)]
    first, again = ([report.show(section).html for section in report.sections] for report in made)
    assert first == again


def test_a_time_study_is_asked_for_one_row_a_measurement_and_not_for_empty_months(
    kommune: Results, voice: Voice
) -> None:
    text = text_of(section_html(pages(kommune, voice)))
    assert text.count("Måneder uten målinger skal ikke være med.") == 1
    assert text.count("Uten målinger fra før starten kan vi ikke regne ut noen endring.") == 1
