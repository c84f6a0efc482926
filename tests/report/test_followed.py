"""One part per benefit, the light page, the text to paste, milestones and what nobody foresaw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from benefits import open_report
from benefits.project.benefit import Measurement, Review
from benefits.project.fields import Text
from benefits.project.model import Milestone1, Milestones, UnexpectedEffect
from benefits.report import Report
from benefits.report.blocks import Block, Bullets, Paragraph, Section
from benefits.report.export import to_pdf
from benefits.report.html import section_html
from benefits.report.page import html_page
from benefits.report.sections.columns import realised
from benefits.report.sections.followed import followed, next_day, together
from benefits.report.sections.light import light
from benefits.report.sections.progress import progress
from benefits.report.sections.standing import standing
from benefits.report.sections.to_paste import to_paste
from benefits.report.sections.unexpected import unexpected
from benefits.report.voice import Voice, voice_in
from benefits.results import Results
from benefits.results.verdicts.realised import Realised
from benefits.vocabulary import Language

PARAMS = Path(__file__).resolve().parents[2] / "params"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
v4 = nbformat.v4


def said(section: Section) -> str:
    return " ".join(BeautifulSoup(section_html(section), "html.parser").get_text().split())


def with_benefit(results: Results, id: str, **changes: object) -> Results:
    changed = tuple(one.model_copy(update=changes) if one.id == id else one for one in results.project.benefits)
    return with_project(results, benefits=changed)


def with_project(results: Results, **changes: object) -> Results:
    return replace(results, project=results.project.model_copy(update=changes))


def with_verdict(results: Results, id: str, **changes: object) -> Results:
    verdicts = tuple(replace(one, **changes) if one.benefit == id else one for one in results.follow_up.verdicts)  # type: ignore[arg-type]
    return replace(results, follow_up=replace(results.follow_up, verdicts=verdicts))


# One part per benefit -------------------------------------------------------------------------------------------------


def test_every_benefit_that_is_not_dropped_has_its_own_part_and_a_dis_benefit_is_called_so(
    kommune: Results, voice: Voice
) -> None:
    headings = BeautifulSoup(section_html(followed(kommune, voice)), "html.parser").find_all("h3")
    titles = [voice.plain_text(one.title) for one in kommune.project.benefits]
    dis = next(voice.plain_text(one.title) for one in kommune.project.benefits if one.dis_benefit)
    assert [one.get_text() for one in headings] == [f"{one} (ulempe)" if one == dis else one for one in titles]


def test_a_benefit_with_nothing_but_a_plan_is_told_of_in_one_paragraph(kommune: Results, voice: Voice) -> None:
    dis = next(one for one in kommune.project.benefits if one.dis_benefit)
    blank: dict[str, object] = {"code": "not_measured", "reason": "no_measurement", "values": {}, "target_date": None}
    results = with_verdict(replace(kommune, series=()), dis.id, **blank)
    section = BeautifulSoup(section_html(followed(results, voice)), "html.parser")
    heading = next(one for one in section.find_all("h3") if one.get_text().endswith("(ulempe)"))
    between = []
    for one in heading.find_next_siblings():
        if one.name == "h3":
            break
        between.append(one.name)
    assert between == ["p"]


def test_a_number_stands_in_the_verdict_or_with_the_method_and_not_in_both(kommune: Results, voice: Voice) -> None:
    (estimate,) = kommune.estimates
    id = f'data-id="estimate.{estimate.benefit}.{estimate.method}.effect">'
    told = with_verdict(kommune, estimate.benefit, reason="at_target")
    assert section_html(followed(told, voice)).count(id) == 1
    untold = with_verdict(kommune, estimate.benefit, reason="below_smallest")
    assert section_html(followed(untold, voice)).count(id) == 1


def test_of_checks_in_order_only_the_names_are_told_and_of_others_the_words(kommune: Results, voice: Voice) -> None:
    text = said(followed(kommune, voice))
    assert "Kontrollert og i orden: lik utvikling før oppstart, samme regel for utvalg i begge grupper" in text
    assert "ingen påvist virkning av en tenkt oppstart i tiden før" in text
    assert "beviser ikke at det ikke var noen" not in text
    assert "Usikkert: Dataene sier ikke om den siste perioden" in text


def test_a_check_that_warns_is_told_by_what_is_amiss(kommune: Results, voice: Voice) -> None:
    (naive,) = kommune.compared
    checks = tuple(replace(one, passed=False) if one.code == "season_balanced" else one for one in naive.checks)
    text = said(followed(replace(kommune, compared=(replace(naive, checks=checks),)), voice))
    assert "ikke de samme kalendermånedene før og etter oppstart" in text
    assert "topp like før oppstart" in text


def test_cause_and_decision_are_told_once_they_are_known(kommune: Results, voice: Voice) -> None:
    reviews = (
        Review(date=date(2025, 9, 1), cause=Text(nb="Få pasienter"), decision=Text(nb="Vente"), by=Text(nb="Gruppen")),
        Review(date=date(2026, 9, 1), cause=Text(nb="Ikke kjent ennå")),
    )
    text = said(followed(with_benefit(kommune, "innleggelser", reviews=reviews), voice))
    assert "Årsak (1. september 2025): Få pasienter. Beslutning (Gruppen): Vente." in text
    assert "Ikke kjent ennå" not in text


def test_the_next_day_is_the_first_of_measurement_and_verdict_after_the_report(kommune: Results) -> None:
    one = next(one for one in kommune.project.benefits if one.id == "trygghet")
    (verdict,) = (one for one in kommune.follow_up.verdicts if one.benefit == "trygghet")
    assert one.method is not None
    planned = one.model_copy(
        update={"method": one.method.model_copy(update={"measurement_dates": (date(2026, 6, 30), date(2025, 6, 30))})}
    )
    later = replace(verdict, coming=date(2026, 12, 31))
    assert next_day(planned, later, date(2025, 12, 31)) == date(2026, 6, 30)
    assert next_day(planned, later, date(2026, 6, 30)) == date(2026, 12, 31)
    assert next_day(planned, replace(verdict, coming=None), date(2026, 6, 30)) is None


def test_an_unexpected_effect_stands_with_its_benefit_and_others_by_themselves(kommune: Results, voice: Voice) -> None:
    seen = (
        UnexpectedEffect(date=date(2025, 5, 1), title=Text(nb="Flere ringer"), harmful=True, benefit="trygghet"),
        UnexpectedEffect(date=date(2025, 6, 1), title=Text(nb="Bedre samarbeid"), response=Text(nb="Fortsette")),
        UnexpectedEffect(date=date(2026, 6, 1), title=Text(nb="Ikke hendt ennå")),
    )
    results = with_project(kommune, unexpected_effects=seen)
    part, own = said(followed(results, voice)), said(unexpected(results, voice))
    assert "Uventet og uheldig (1. mai 2025): Flere ringer. Det står ikke hva som gjøres med det." in part
    assert "Uventet og bra (1. juni 2025): Bedre samarbeid. Hva som gjøres: Fortsette." in own
    assert "Flere ringer" not in own
    assert "Ikke hendt ennå" not in part + own


def test_where_nothing_unexpected_is_known_a_sentence_says_so_and_where_all_stand_elsewhere_nothing_does(
    kommune: Results, voice: Voice
) -> None:
    assert len(unexpected(with_project(kommune, unexpected_effects=()), voice).blocks) == 1
    one = UnexpectedEffect(date=date(2025, 5, 1), title=Text(nb="Flere ringer"), benefit="trygghet")
    assert unexpected(with_project(kommune, unexpected_effects=(one,)), voice).blocks == ()


def test_paragraphs_of_one_tone_become_one_and_others_stay_apart() -> None:
    a, b, c, d = (Markup(one) for one in "abcd")
    blocks: list[Block] = [Paragraph(a), Paragraph(b), Bullets((c,)), Paragraph(c, tone="warning"), Paragraph(d)]
    joined = [Paragraph(Markup("a b")), Bullets((c,)), Paragraph(c, tone="warning"), Paragraph(d)]
    assert list(together(blocks)) == joined


# Realised, preliminary ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Realised(benefit="trygghet", code="confirmed_twice"), "ja, målt ved målet to ganger"),
        (Realised(benefit="trygghet", code="no", lacking="confirmation"), "nei, mangler bekreftelse"),
        (Realised(benefit="trygghet", code="no", lacking="decided_later"), "nei, besluttet etter"),
    ],
)
def test_what_is_realised_is_told_with_what_it_takes(
    found: Realised, words: str, kommune: Results, voice: Voice
) -> None:
    results = replace(kommune, follow_up=replace(kommune.follow_up, realised=(found,)))
    one = next(one for one in results.project.benefits if one.id == "trygghet")
    assert realised(one, results, voice).startswith(words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "below_smallest"}, ", ikke dokumentert"),
        ({"reason": "before_verdict_date", "judged_on": None, "coming": date(2026, 12, 31)}, ", foreløpig"),
        ({"reason": "at_target", "values": {"change": "verdict.innleggelser.change"}}, ", foreløpig"),
        ({"reason": "at_target"}, ")"),
    ],
    ids=["too small", "no date yet", "judged on less", "judged"],
)
def test_a_change_says_whether_it_was_judged_and_is_documented(
    changes: dict[str, object], words: str, kommune: Results, voice: Voice
) -> None:
    (verdict,) = (one for one in kommune.follow_up.verdicts if one.benefit == "innleggelser")
    values = {**verdict.values, **changes.get("values", {})}  # type: ignore[dict-item]
    (estimate,) = kommune.estimates
    lacking = {"verdict.innleggelser.change": kommune.values[f"estimate.innleggelser.{estimate.method}.effect"]}
    results = with_verdict(kommune, "innleggelser", **{**changes, "values": values})
    results = replace(results, values={**lacking, **results.values})
    rows = BeautifulSoup(section_html(standing(results, voice)), "html.parser").select("tbody tr")
    assert rows[0].find_all("td")[1].get_text().endswith(words)


# Text to paste --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_to_paste_is_one_paragraph_of_four_to_eight_sentences(language: Language, kommune: Results) -> None:
    (block,) = to_paste(kommune, voice_in(language, first="nb")).blocks
    assert isinstance(block, Paragraph)
    text = block.words.striptags().replace("31. ", "31 ").replace("15. ", "15 ")
    assert 4 <= text.count(". ") + 1 <= 8


def test_the_text_to_paste_claims_no_more_than_the_verdict(kommune: Results, voice: Voice) -> None:
    text = said(to_paste(with_verdict(kommune, "innleggelser", reason="below_smallest"), voice))
    assert "så tallet regnes ikke som dokumentert" in text
    assert "kan det påstås noen virkning av tjenesten" in text
    selected = said(to_paste(with_verdict(kommune, "innleggelser", reason="regression_to_the_mean"), voice))
    assert "men den er ikke virkningen av tjenesten" in selected


def test_the_text_to_paste_tells_who_is_active_where_how_many_started_is_hidden(kommune: Results, voice: Voice) -> None:
    day = max(row.date for row in kommune.project.ledger if row.date <= kommune.as_of)
    hidden = replace(kommune.values[f"ledger.{day}.started"], value=None)
    text = said(to_paste(replace(kommune, values={**kommune.values, hidden.id: hidden}), voice))
    assert "pasienter aktive; hvor mange som har startet, er ikke ført inn eller kan ikke vises" in text


def test_a_reported_value_is_never_called_an_effect_in_the_text_to_paste(kommune: Results, voice: Voice) -> None:
    one = Measurement(date=date(2025, 12, 1), value=4.6, grade="reported", source=Text(nb="Skjema"))
    results = with_benefit(kommune, "trygghet", measurements=(one,))
    value = replace(kommune.values["benefit.trygghet.target"], id="benefit.trygghet.measurement.0", value=4.6)
    results = replace(results, values={**kommune.values, value.id: value})
    results = with_verdict(results, "trygghet", code="reached", reason="at_target_twice")
    text = said(to_paste(results, voice))
    assert "nådd; meldt inn: nivå 4,6" in text
    assert "som ikke viser hva som kommer av tjenesten" in text


# Milestones and phase -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "reached", "cell"),
    [
        (date(2025, 3, 1), date(2025, 2, 1), "1. februar 2025"),
        (date(2025, 3, 1), date(2025, 4, 1), "1. april 2025, etter fristen"),
        (date(2025, 3, 1), None, "ikke nådd, fristen er ute"),
        (date(2025, 3, 1), date(2026, 4, 1), "ikke nådd, fristen er ute"),
        (date(2026, 3, 1), None, "ikke nådd, fristen kommer"),
        (None, None, "ikke nådd"),
    ],
)
def test_a_milestone_says_when_it_was_reached_or_that_it_is_late(
    due: date | None, reached: date | None, cell: str, kommune: Results, voice: Voice
) -> None:
    results = with_project(kommune, milestones=Milestones(m1=Milestone1(due=due, reached=reached)))
    row = BeautifulSoup(section_html(progress(results, voice)), "html.parser").select("tbody tr")[0]
    assert row.find_all("td")[-1].get_text() == cell


def test_the_end_of_the_project_is_told_before_and_after(kommune: Results, voice: Voice) -> None:
    assert "Prosjektet skal avsluttes 1. mai 2026." in said(
        progress(with_project(kommune, ends=date(2026, 5, 1)), voice)
    )
    assert "Prosjektet ble avsluttet 1. mai 2025." in said(
        progress(with_project(kommune, ends=date(2025, 5, 1)), voice)
    )


# The light page -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lett() -> Report:
    report: Report = open_report("follow-up", PARAMS / "eksempel-lett" / "project.yaml", language="nn")
    return report


def test_a_light_follow_up_is_one_section_and_says_what_it_is_not(lett: Report) -> None:
    shown = {section: lett.show(section) for section in lett.sections}
    assert [section for section, one in shown.items() if one.html] == ["first_page"]
    assert [one["id"] for bundle in shown.values() for one in bundle.bundle["sections"]] == ["first_page"]
    text = " ".join(BeautifulSoup(shown["first_page"].html, "html.parser").get_text().split())
    assert "ingen verknad er vist" in text
    assert "Gevinstrealisering i digitaliseringsprosjekter" in text
    assert "Færre liggjedøgn på sjukehuset" in text.rpartition("bør målast når det skal brukast i ei avgjerd:")[2]


def test_a_light_follow_up_of_a_project_with_data_says_where_the_numbers_are(kommune: Results, voice: Voice) -> None:
    made = light(with_project(kommune, light=True), voice)
    assert "Noen av gevinstene er også målt i data." in said(made)
    assert 'data-id="estimate.' not in section_html(made)


@pytest.mark.slow
def test_a_light_follow_up_is_one_printed_page(lett: Report) -> None:
    bundles = [lett.show(section)._repr_mimebundle_() for section in lett.sections]
    cells = [v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=bundle)]) for bundle in bundles]
    with pikepdf.open(BytesIO(to_pdf(html_page(v4.new_notebook(cells=cells))))) as pdf:
        assert len(pdf.pages) == 1
