"""Avoided events and capacity: what stands on one axis or in one column says which years it covers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benefits.language import ready
from benefits.report.blocks import Figure, Table
from benefits.report.sections.avoided import events
from benefits.report.sections.capacity import capacity_in_all
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, Value

ROOT = Path(__file__).resolve().parents[2]


def drawn(results: Results, voice: Voice) -> list[Figure]:
    return [block for block in events(results, voice).blocks if isinstance(block, Figure)]


def without_measured(results: Results) -> Results:
    kept = {id: one for id, one in results.values.items() if not id.startswith("quantity.measured.")}
    return replace(results, values=kept)


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.striptags() for cell in row] for row in table.rows]


def test_expected_and_measured_share_an_axis_for_the_same_year_only(kommune: Results, voice: Voice) -> None:
    admissions = drawn(kommune, voice)[0]
    assert [one.id for one in admissions.values] == [
        "quantity.expected.innleggelser.admissions.2025",
        "quantity.measured.innleggelser.admissions.2025",
    ]
    assert admissions.alternative.count(", 2025:") == 2


def test_where_something_is_measured_what_is_only_expected_is_in_the_table_alone(
    kommune: Results, voice: Voice
) -> None:
    assert len(drawn(kommune, voice)) == 1
    (table,) = (block for block in events(kommune, voice).blocks if isinstance(block, Table))
    assert len(table.header) == 4
    said = " ".join(str(cell) for row in table.rows for cell in row)
    for id in ("innleggelser.admissions", "tid-hjemmetjeneste.hours", "fastlegekontakter.contacts"):
        assert f"quantity.expected.{id}.2026" in said


def test_a_figure_of_what_is_only_expected_says_which_years_it_covers(kommune: Results, voice: Voice) -> None:
    """The service starts in 2025: nothing is expected of 2024."""
    admissions, hours, contacts = drawn(without_measured(kommune), voice)
    assert [one.id for one in admissions.values] == ["quantity.expected.innleggelser.admissions"]
    assert "forventet, 2025–2028:" in admissions.alternative
    assert "forventet, 2025–2028:" in hours.alternative
    assert "forventet, 2025–2028:" in contacts.alternative


@pytest.mark.parametrize(("language", "words"), [("nb", "frigjorte timer"), ("nn", "frigjorde timar")])
def test_hours_are_freed_on_the_axis_as_in_the_table(
    kommune: Results, language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    axes: list[str] = []

    def seen(rows: list[tuple[str, Value]], *, axis: str, **_: object) -> bytes:
        axes.append(axis)
        return b""

    monkeypatch.setattr("benefits.report.sections.avoided.intervals", seen)
    drawn(without_measured(kommune), voice_in(language, first="nb"))  # type: ignore[arg-type]
    assert words in axes
    assert len(axes) == 3


@pytest.mark.parametrize("language", ready())
def test_every_row_of_the_capacity_table_says_its_years(kommune: Results, language: str) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    (table,) = (block for block in capacity_in_all(kommune, voice) if isinstance(block, Table))
    expected, measured = (voice.catalogue.text(f"basis.{basis}") for basis in ("expected", "measured"))
    years = {basis: {row[2] for row in rows_of(table) if row[1] == basis} for basis in (expected, measured)}
    assert years == {expected: {"2025–2028"}, measured: {"2025"}}


def test_measured_events_times_an_assumed_number_are_explained(kommune: Results, voice: Voice) -> None:
    """42.8 admissions were measured; that each is so many bed-days is assumed."""
    (table,) = (block for block in capacity_in_all(kommune, voice) if isinstance(block, Table))
    assert ["målt", "antatt"] in [[row[1], row[4]] for row in rows_of(table)]
    assert table.note == voice.say("capacity.note.multiplied")
    (without,) = (block for block in capacity_in_all(without_measured(kommune), voice) if isinstance(block, Table))
    assert without.note is None
