"""Three years in the life of the example: frozen, followed up, judged, closed, and reported on by those in the line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form import forms_of, of_role
from benefits.forms.reported_form_export import export_forms
from benefits.forms.reported_form_import import import_form
from benefits.project import read
from benefits.project.reported import Report, read_reports
from benefits.report import Report as ReportIn
from benefits.report.voice import voice_in
from benefits.results import Due, Results, Verdict, assess, freeze
from benefits.vocabulary import Language

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "params" / "eksempel-kommune"
FROZEN = date(2024, 12, 31)
Life = Callable[[date], Results]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example on the day its plan was frozen: nothing has been reported."""
    folder = tmp_path_factory.mktemp("life") / "eksempel-kommune"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("frozen", "reported"))
    freeze(folder / "project.yaml", as_of=FROZEN)
    return folder


@pytest.fixture(scope="module")
def life() -> Life:
    """The example as its reports see it on a day, worked out once for each day."""
    found: dict[date, Results] = {}

    def on(day: date) -> Results:
        if day not in found:
            found[day] = assess(EXAMPLE / "project.yaml", as_of=day, draws=100)
        return found[day]

    return on


def verdict(results: Results, benefit: str) -> Verdict:
    return next(one for one in results.follow_up.verdicts if one.benefit == benefit)


def due(results: Results, benefit: str) -> Due:
    return next(one for one in results.answers if one.benefit == benefit)


# Year 0: the plan -----------------------------------------------------------------------------------------------------


def test_the_plan_shipped_as_frozen_is_the_one_that_freezing_it_gives(home: Path) -> None:
    name = f"frozen/{FROZEN.isoformat()}.json"
    ours, made = (json.loads((folder / name).read_text(encoding="utf-8")) for folder in (EXAMPLE, home))
    assert made["plan"] == ours["plan"]
    assert made["plan"]["benefits"]["innleggelser"]["method"]["verdict_dates"][0] == "2025-12-31"


# Year 1: preliminary, then judged -------------------------------------------------------------------------------------

HALF, END = date(2025, 6, 30), date(2025, 12, 31)


def test_half_a_year_in_the_effect_is_shown_and_nothing_is_judged(life: Life) -> None:
    results = life(HALF)
    found = verdict(results, "innleggelser")
    assert (found.code, found.reason) == ("cannot_be_known_yet", "before_verdict_date")
    assert (found.judged_on, found.coming) == (None, END)
    assert results.values[found.values["change"]].value is not None
    assert (results.values["tests.main"].value, results.values["tests.preliminary"].value) == (0, 1)
    assert results.follow_up.deviations == ()


def test_what_was_decided_seen_or_counted_later_is_not_known_yet(life: Life) -> None:
    project = life(HALF).project
    assert [row.date for row in project.ledger] == [HALF]
    assert all(not benefit.measurements for benefit in project.benefits)
    assert not any(name.startswith("reported/") for name in life(END).files)


def test_after_a_year_the_admissions_are_judged_as_the_plan_said_and_so_few_patients_cannot_show_them(
    life: Life,
) -> None:
    """On 1.04, half-way from 1.13 to 0.95: 0.09 was to come, and 150 patients show 0.39 at the least."""
    found, values = verdict(life(END), "innleggelser"), life(END).values
    assert (found.code, found.reason) == ("cannot_be_known_yet", "below_smallest")
    assert (found.judged_on, found.coming) == (END, date(2026, 12, 31))
    assert values[found.values["due"]].value == pytest.approx(1.04, abs=0.005)
    assert values[found.values["smallest"]].value == pytest.approx(0.39, abs=0.005)
    assert values["tests.main"].value == 1


def test_uptake_is_told_long_before_any_effect(life: Life) -> None:
    values = life(END).values
    assert values["ledger.2025-12-31.accepted.share"].value == pytest.approx(161 / 196)
    # Three left for another reason than to die or to fall out.
    assert values["ledger.2025-12-31.other_reason"].suppressed


# By form --------------------------------------------------------------------------------------------------------------

CLOSED = date(2027, 12, 31)
DUE = "      en: The steering group\n    due: 2026-03-15\n"
SERVICE, ROLES = "    service_model: started\n", "    roles_and_tasks: started\n"
NEXT = "  - {title: {nb: Ta tjenesten inn i vanlig drift, nn: Ta tenesta inn i vanleg drift}, due: 2028-02-15}\n"
TICKED_OFF = {
    DUE: DUE + "    state: made\n" + NEXT,
    SERVICE: "    service_model: done\n",
    ROLES: "    roles_and_tasks: done\n",
    "  m3:\n    due: 2026-03-31\n": "  m3:\n    due: 2026-03-31\n    reached: 2026-03-20\n",
}
"""What the project leader does in the file when the project is closed."""


def shipped() -> tuple[Report, ...]:
    return read_reports(EXAMPLE / "project.yaml", shown_as="project.yaml")[0]


def filled(form: Path, report: Report) -> Path:
    """A form with the values of a shipped report written in, in nynorsk, and saved under the day."""
    book = load_workbook(form)
    sheet = book.active
    sheet[at.ROLE_AT], sheet[at.DAY_AT] = report.content.role.nn, report.content.reported_on
    rows = {sheet.cell(number, 1).value: number for number in range(at.HEADER + 1, sheet.max_row + 1)}
    for one in report.content.values:
        comment = one.comment.nn if one.comment is not None else None
        told = (one.value, one.n, one.start, one.date, one.source.nn, comment, "ja" if one.confirmed else "nei")
        for name, content in zip(at.INPUTS, told, strict=True):
            sheet.cell(rows[one.benefit], at.PLACE[name]).value = content
    file = form.with_name(f"{report.content.reported_on}.xlsx")
    book.save(file)
    return file


@pytest.fixture(scope="module")
def closed(home: Path, life: Life, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The project as it was closed by its leader and reported on by form, at the last date of verdict."""
    forms = forms_of(life(END), "nn")
    folder = tmp_path_factory.mktemp("forms")
    export_forms(forms, folder)
    for report in shipped():
        planned = report.content.planned_role or report.content.role
        (form,) = of_role(forms, planned.nn or "")
        import_form(filled(folder / f"{form.owner}.xlsx", report), read(home / "project.yaml"))
    file = home / "project.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in TICKED_OFF.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return assess(file, as_of=CLOSED, draws=100)


def test_five_forms_filled_in_and_read_give_the_values_that_are_shipped(closed: Results, home: Path) -> None:
    def told(reports: tuple[Report, ...]) -> list[tuple[object, ...]]:
        return [
            (one.content.reported_on, one.content.role.nn or one.content.role.plain, *value)
            for one in reports
            for value in (
                (v.benefit, v.value, v.unit, v.per, v.n, v.start, v.date, v.confirmed) for v in one.content.values
            )
        ]

    made, problems = read_reports(home / "project.yaml", shown_as="project.yaml")
    assert problems == ()
    assert told(made) == told(shipped())
    assert len(made) == 5


def test_what_the_leader_ticks_off_is_no_deviation_from_the_plan(closed: Results) -> None:
    assert closed.follow_up.deviations == ()
    assert closed.follow_up.freeze is not None
    assert [one.state for one in closed.project.decisions] == ["made", "asked"]


# After the project ----------------------------------------------------------------------------------------------------


def test_between_the_forms_only_what_has_been_reported_is_known() -> None:
    spring = read(EXAMPLE / "project.yaml").known_on(date(2027, 1, 22)).project
    known = {one.id: [each.value for each in one.measurements] for one in spring.benefits}
    assert known["trygghet"] == [4.6]
    assert known["tid-hjemmetjeneste"] == []


def test_a_quality_gain_at_its_target_twice_after_the_project_and_confirmed_is_realised(closed: Results) -> None:
    realised = {one.benefit: one for one in closed.follow_up.realised}
    assert realised["trygghet"].code == "confirmed_twice"
    assert realised["trygghet"].on == date(2027, 6, 30)
    assert {name for name, one in realised.items() if one.code != "no"} == {"trygghet"}
    assert closed.values["realised.trygghet.occasions"].value == 2


def test_hours_are_reported_against_the_baseline_by_the_one_who_has_taken_over(closed: Results) -> None:
    """52 before, 48.5 in 2026 and 47.2 in the first half of 2027: 4.8 fewer, not at 46, and never an effect."""
    change = closed.values["benefit.tid-hjemmetjeneste.measurement.1.change"]
    assert change.value == pytest.approx(47.2 - 52)
    assert change.grade == "reported"
    changed = due(closed, "tid-hjemmetjeneste")
    assert changed.answered
    assert changed.last_by is not None
    assert "Områdeleiar for heimetenester" in (changed.last_by.nn, changed.last_by.plain)
    assert not any(one.benefit == "tid-hjemmetjeneste" for one in closed.estimates)
    assert verdict(closed, "tid-hjemmetjeneste").code == "cannot_be_known_yet"


def test_those_who_have_not_answered_are_told(closed: Results) -> None:
    silent = {one.benefit: one.due for one in closed.answers if one.due is not None and not one.answered}
    assert silent == {"legevakt": date(2026, 12, 31), "innleggelser": CLOSED}
    assert closed.values[due(closed, "legevakt").late].value == 12


def test_without_a_new_extract_the_last_verdict_on_admissions_is_that_they_were_measured_too_early(
    closed: Results,
) -> None:
    found = verdict(closed, "innleggelser")
    assert (found.code, found.reason) == ("cannot_be_known_yet", "measured_too_early")
    assert (found.judged_on, found.measured_on) == (CLOSED, END)


# What is said ---------------------------------------------------------------------------------------------------------

SAID = {
    "nb": {
        HALF: ("Foreløpig endring:", "Gevinsten vurderes 31. desember 2025."),
        END: ("Vurdert 31. desember 2025:", "og regnes ikke som dokumentert."),
        CLOSED: ("Verdien sto ved målet, 4,5 poeng,",),
    },
    "nn": {
        HALF: ("Førebels endring:", "Gevinsten blir vurdert 31. desember 2025."),
        END: ("Vurdert 31. desember 2025:", "og blir ikkje rekna som dokumentert."),
        CLOSED: ("Verdien stod ved målet, 4,5 poeng,",),
    },
}


@pytest.mark.parametrize("language", SAID)
def test_each_gevinst_is_told_of_in_both_languages_as_it_stood(language: Language, life: Life, closed: Results) -> None:
    for results in (life(HALF), life(END), closed):
        report = ReportIn(kind="follow-up", results=results, voice=voice_in(language, first="nb"))
        html = report.show("followed").html
        text = re.sub(r" (?=[.,:])", "", " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split()))
        assert [one for one in SAID[language][results.as_of] if one not in text] == []
