"""Three years in the life of the example: frozen, followed up, judged, closed, and reported on by those in the line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benefits.project import load, read
from benefits.project.freezing import Freeze, read_freezes
from benefits.results import Due, Results, Verdict, assess, freeze
from benefits.results.deviations import deviations

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


# Year 0: the plan ------------------------------------------------------------------------------------------------------


def test_the_plan_shipped_as_frozen_is_the_one_that_freezing_it_gives(home: Path) -> None:
    name = f"frozen/{FROZEN.isoformat()}.json"
    ours, made = (json.loads((folder / name).read_text(encoding="utf-8")) for folder in (EXAMPLE, home))
    assert made["plan"] == ours["plan"]
    assert made["plan"]["benefits"]["innleggelser"]["method"]["verdict_dates"][0] == "2025-12-31"


# Year 1: preliminary, then judged --------------------------------------------------------------------------------------

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
    """On 1.04, half-way from 1.13 to 0.95: 0.09 was to come, and 150 patients show 0.47 at the least."""
    found, values = verdict(life(END), "innleggelser"), life(END).values
    assert (found.code, found.reason) == ("cannot_be_known_yet", "below_smallest")
    assert (found.judged_on, found.coming) == (END, date(2026, 12, 31))
    assert values[found.values["due"]].value == pytest.approx(1.04, abs=0.005)
    assert values[found.values["smallest"]].value == pytest.approx(0.47, abs=0.005)
    assert values["tests.main"].value == 1


def test_uptake_is_told_long_before_any_effect(life: Life) -> None:
    values = life(END).values
    assert values["ledger.2025-12-31.accepted.share"].value == pytest.approx(161 / 196)
    # Three left for another reason than to die or to fall out.
    assert values["ledger.2025-12-31.other_reason"].suppressed


# After the project ------------------------------------------------------------------------------------------------------

CLOSED = date(2027, 12, 31)


def test_between_the_forms_only_what_has_been_reported_is_known(life: Life) -> None:
    spring = life(date(2027, 1, 22))
    known = {one.id: [each.value for each in one.measurements] for one in spring.project.benefits}
    assert known["trygghet"] == [4.6]
    assert known["tid-hjemmetjeneste"] == []
    found = next(one for one in spring.follow_up.realised if one.benefit == "trygghet")
    assert (found.code, found.lacking) == ("no", "occasions")


def test_a_quality_gain_at_its_target_twice_after_the_project_and_confirmed_is_realised(life: Life) -> None:
    results = life(CLOSED)
    realised = {one.benefit: one for one in results.follow_up.realised}
    assert realised["trygghet"].code == "confirmed_twice"
    assert realised["trygghet"].on == date(2027, 6, 30)
    assert {name for name, one in realised.items() if one.code != "no"} == {"trygghet"}
    assert results.values["realised.trygghet.occasions"].value == 2


def test_hours_are_reported_against_the_baseline_by_the_one_who_has_taken_over(life: Life) -> None:
    """52 before, 48.5 in 2026 and 47.2 in the first half of 2027: 4.8 fewer, not at 46, and never an effect."""
    results = life(CLOSED)
    change = results.values["benefit.tid-hjemmetjeneste.measurement.1.change"]
    assert change.value == pytest.approx(47.2 - 52)
    assert change.grade == "reported"
    changed = due(results, "tid-hjemmetjeneste")
    assert changed.answered
    assert changed.last_by is not None
    assert changed.last_by.nn == "Områdeleiar for heimetenester"
    assert not any(one.benefit == "tid-hjemmetjeneste" for one in results.estimates)
    assert verdict(results, "tid-hjemmetjeneste").code == "cannot_be_known_yet"


def test_those_who_have_not_answered_are_told(life: Life) -> None:
    results = life(CLOSED)
    silent = {one.benefit: one.due for one in results.answers if one.due is not None and not one.answered}
    assert silent == {"legevakt": date(2026, 12, 31), "innleggelser": CLOSED}
    assert results.values[due(results, "legevakt").late].value == 12


def test_without_a_new_extract_the_last_verdict_on_admissions_is_that_they_were_measured_too_early(
    life: Life,
) -> None:
    found = verdict(life(CLOSED), "innleggelser")
    assert (found.code, found.reason) == ("cannot_be_known_yet", "measured_too_early")
    assert (found.judged_on, found.measured_on) == (CLOSED, END)


# What is a deviation from the frozen plan, and what is not -------------------------------------------------------------

ROWS = "    columns: {person: pasient,"
MOVED = {
    "method.id": ("      id: difference_in_differences\n", "      id: event_study\n"),
    "method.options": ("{comparison_selected_alike: true}", "{comparison_selected_alike: true, months_before: 12}"),
    "main_indicator": ("main_indicator: innleggelser\n", "main_indicator: trygghet\n"),
    "baseline.selection": ("        at_least: 2\n", "        at_least: 3\n"),
    "data.groups": (ROWS, "    groups: {treated: [Eksempelvik], comparison: [Sammenlikningsvik]}\n" + ROWS),
    "data.filters": (ROWS, "    filters: [{column: innleggelser, one_of: ['0', '1']}]\n" + ROWS),
    "target.value": ("target: {value: 0.95,", "target: {value: 1.05,"),
    "method.verdict_dates": ("[2025-12-31, 2026-12-31, 2027-12-31]", "[2026-12-31, 2027-12-31]"),
}
UNMOVED = {
    "a title": ("nb: Færre akutte innleggelser\n", "nb: Færre innleggelser\n"),
    "a cost": ("    amount: 450000\n", "    amount: 500000\n"),
    "a role": ("nb: Kommunalsjef helse og mestring\n", "nb: Kommunalsjef helse\n"),
    "a new extract": ("    extracted: 2026-01-15\n\n", "    extracted: 2026-07-15\n\n"),
    "who measures": ("nb: Analyseenheten i helseforetaket\n", "nb: Analyseenheten\n"),
}


@pytest.fixture(scope="module")
def held(home: Path) -> Freeze:
    (found,), _ = read_freezes(read(home / "project.yaml"))
    return found


def told(home: Path, held: Freeze, old: str, new: str) -> list[str]:
    text = (EXAMPLE / "project.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = home / "changed.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return [one.code for one in deviations(held, load(file))]


@pytest.mark.parametrize("code", MOVED)
def test_a_change_of_how_the_benefits_are_judged_is_named(code: str, home: Path, held: Freeze) -> None:
    assert told(home, held, *MOVED[code]) == [code]


@pytest.mark.parametrize("what", UNMOVED)
def test_a_change_of_anything_else_is_not(what: str, home: Path, held: Freeze) -> None:
    assert told(home, held, *UNMOVED[what]) == []
