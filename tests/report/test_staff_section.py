"""The staff matrix as a reader sees it: hours, full-time years, and what is not to be added."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from benefits.report.html import section_html
from benefits.report.sections.staff import staff, staff_in_short
from benefits.report.voice import Voice
from benefits.results import Results


def shown(results: Results, voice: Voice, *, short: bool = False) -> BeautifulSoup:
    return BeautifulSoup(section_html((staff_in_short if short else staff)(results, voice)), "html.parser")


def ids(part: Tag) -> list[str]:
    return [str(one["data-id"]) for one in part.find_all("data")]


def test_every_number_of_a_cell_stands_by_year_in_hours_and_in_full_time_years(kommune: Results, voice: Voice) -> None:
    said = set(ids(shown(kommune, voice)))
    matrix = kommune.flow_parts.staff
    assert matrix.rows
    for row in matrix.of("expected"):
        if row.profession == "all":
            continue
        # What is all there is of a net, is told as the net.
        only = {name for name in row.names if name != "net" and len(row.names) == 2}
        for name in {*row.names} - only:
            assert f"{row.prefix}.{name}.hours.2026" in said
        for name in {*row.full_time_years} - only:
            assert f"{row.prefix}.{name}.full_time_years.2026" in said


def test_a_net_of_one_number_says_which_and_is_that_number(kommune: Results, voice: Voice) -> None:
    values = kommune.values
    rows = [row for row in kommune.flow_parts.staff.of("expected") if len(row.names) == 2]
    assert rows
    for row in rows:
        (only,) = (name for name in row.names if name != "net")
        net, part = (values[f"{row.prefix}.{name}.hours"].value for name in ("net", only))
        assert net is not None
        assert part is not None
        assert abs(net) == pytest.approx(abs(part))
    said = shown(kommune, voice).get_text()
    assert "Netto (bare flyttet hit, eller ny aktivitet)" in said
    assert "Netto (bare frigjort)" in said


def test_expected_and_measured_share_no_table_and_measured_has_no_net(kommune: Results, voice: Voice) -> None:
    for table in shown(kommune, voice).find_all("table"):
        bases = {kommune.values[id].basis for id in ids(table)} - {None}
        assert len(bases) == 1
        if bases == {"measured"}:
            assert not any(".net." in id for id in ids(table))


def test_hours_and_full_time_years_stand_in_tables_of_their_own(kommune: Results, voice: Voice) -> None:
    for short in (False, True):
        for table in shown(kommune, voice, short=short).find_all("table"):
            assert len({kommune.values[id].unit for id in ids(table)} - {"share"}) == 1


def test_full_time_years_have_no_sum_over_years(kommune: Results, voice: Voice) -> None:
    for short in (False, True):
        posts = [id for id in ids(shown(kommune, voice, short=short)) if ".full_time_years" in id]
        assert posts
        assert all(id.rpartition(".")[2].isdigit() for id in posts)


def test_avoided_growth_is_said_to_be_a_part_of_what_is_freed(kommune: Results, voice: Voice) -> None:
    section = shown(kommune, voice)
    assert any(".avoided_growth." in id for id in ids(section))
    assert voice.catalogue.text("staff.note.avoided_growth") in section.text


def test_the_time_of_relatives_has_a_line_of_its_own_in_no_sum_of_staff(kommune: Results, voice: Voice) -> None:
    rows = [row for row in kommune.flow_parts.staff.of("expected") if row.profession == "relatives"]
    assert rows
    for row in rows:
        assert f"staff.expected.{row.actor}.all.net.hours" not in kommune.values
        assert f"{row.prefix}.net.hours.2026" in ids(shown(kommune, voice))


def test_hours_of_beds_that_are_filled_again_are_said_to_go_to_other_patients(kommune: Results, voice: Voice) -> None:
    said = "fylles igjen av andre pasienter («Færre akutte innleggelser»)"
    assert said in shown(kommune, voice).text
    without = replace(kommune, layer_parts=replace(kommune.layer_parts, lines=()))
    assert said not in shown(without, voice).text
