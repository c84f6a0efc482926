"""Who pays and who gains, by year: every layer in its column, both ends of every transfer, and capacity apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from benefits import open_report
from benefits.report.html import section_html
from benefits.report.sections.actors import actors, actors_beside_plan
from benefits.report.sections.transfers import transfers
from benefits.report.voice import Voice
from benefits.results import Results, assess

ROOT = Path(__file__).resolve().parents[2]
MOST_COLUMNS = 8


@pytest.fixture
def section(kommune: Results, voice: Voice) -> BeautifulSoup:
    return BeautifulSoup(section_html(actors(kommune, voice)), "html.parser")


def ids(part: Tag) -> list[str]:
    return [str(one["data-id"]) for one in part.find_all("data")]


def with_value(section: Tag, id: str) -> list[Tag]:
    return [table for table in section.find_all("table") if id in ids(table)]


def test_all_actors_stand_in_one_table_by_year_with_every_layer_they_have(
    section: BeautifulSoup, kommune: Results
) -> None:
    expected = {
        f"actor.{actor.id}.expected.{layer}.{year}"
        for actor in kommune.project.actors
        for layer in ("cost", "cash", "transfer")
        for year in kommune.project.years
        if f"actor.{actor.id}.expected.{layer}" in kommune.values
    }
    (table,) = with_value(section, "actor.eksempelvik.expected.cost.2025")
    assert len(expected) >= 60
    assert expected <= set(ids(table))


def test_a_net_stands_only_where_it_is_a_sum_of_more_than_one_layer(section: BeautifulSoup) -> None:
    (table,) = with_value(section, "actor.eksempelvik.expected.cost.2025")
    assert "actor.eksempelvik.expected.net.2025" in ids(table)
    assert "actor.staten.expected.net.2025" not in ids(section)


def test_society_stands_last_and_its_transfers_are_nought_every_year(section: BeautifulSoup, kommune: Results) -> None:
    for id in ("society.expected.transfer", *(f"society.expected.transfer.{year}" for year in kommune.project.years)):
        assert kommune.values[id].value == 0.0
        (table,) = with_value(section, id)
        last = [row.text for row in table.select("tbody tr")][-1]
        assert last.lstrip().startswith("Alle aktørene til sammen")


def test_transfers_are_nought_for_all_together_in_every_year_and_draw(kommune: Results) -> None:
    moved = kommune.flows.select(layer="transfer")
    for basis in ("expected", "measured"):
        whole = moved.select(basis=basis).by_year()
        assert abs(whole).max() <= 1e-9 * abs(moved.values).max()


def test_no_table_is_too_wide_for_paper(section: BeautifulSoup) -> None:
    widths = [len(table.select("thead th")) for table in section.find_all("table")]
    assert max(widths) <= MOST_COLUMNS


def test_capacity_never_stands_in_a_row_or_column_of_kroner_that_is_summed(
    section: BeautifulSoup, kommune: Results
) -> None:
    for table in section.find_all("table"):
        for row in table.select("tbody tr"):
            cells = [{kommune.values[id].unit for id in ids(cell)} - {"share", "years"} for cell in row.select("td")]
            assert all(not ("kroner" in units and len(units) > 1) for units in cells)
            layers = {id.split(".")[3] for id in ids(row) if id.startswith("actor.")}
            assert "capacity" not in layers
        bases = {kommune.values[id].basis for id in ids(table) if kommune.values[id].unit == "kroner"} - {None}
        assert len(bases) <= 1


def test_capacity_in_bed_days_and_hours_is_in_no_net(kommune: Results) -> None:
    """Net is cost, cash and transfers: the kroner of freed capacity are left out of it, in all and by year."""
    held = [id for id in kommune.values if id.startswith("actor.") and id.endswith(".expected.capacity")]
    assert held
    for id in held:
        prefix = id.removesuffix("capacity")
        parts = [kommune.values[prefix + name].value or 0.0 for name in ("cost", "cash", "transfer")]
        assert kommune.values[prefix + "net"].value == pytest.approx(sum(parts), abs=1e-3)


def test_every_transfer_stands_with_its_opposite_end(section: BeautifulSoup, kommune: Results) -> None:
    lines = [line for line in kommune.transfers if line.basis == "expected"]
    assert lines
    for line in lines:
        (table,) = with_value(section, line.first_id)
        row = next(row for row in table.select("tbody tr") if line.first_id in ids(row))
        assert {line.first_id, line.second_id} <= set(ids(row))
        first, second = (kommune.values[id].value for id in (line.first_id, line.second_id))
        assert first == -second  # type: ignore[operator]


def test_by_year_both_ends_of_a_transfer_stand_below_each_other(kommune: Results, voice: Voice) -> None:
    shown = BeautifulSoup(section_html(transfers(kommune, voice)), "html.parser")
    rows = [ids(row) for table in shown.find_all("table") for row in table.select("tbody tr")]
    for line in kommune.transfers:
        place = next(at for at, row in enumerate(rows) if f"{line.first_id}.2025" in row)
        opposite = [id.replace(line.first_id, line.second_id) for id in rows[place]]
        assert rows[place + 1] == opposite
        for one, other in zip(rows[place], opposite, strict=True):
            assert kommune.values[one].value == -(kommune.values[other].value or 0.0)


def test_a_report_with_a_section_on_transfers_does_not_say_them_twice(kommune: Results, voice: Voice) -> None:
    shown = BeautifulSoup(section_html(actors_beside_plan(kommune, voice)), "html.parser")
    assert not any(id.startswith("transfer.") for id in ids(shown))
    assert "actor.eksempelvik.expected.cost.2025" in ids(shown)


def test_bed_days_and_hours_stand_by_year_in_rows_of_their_own(section: BeautifulSoup) -> None:
    for id in ("actor_capacity.eksempel-hf.expected.bed_days.2026", "actor_capacity.eksempelvik.expected.hours.2026"):
        (table,) = with_value(section, id)
        row = next(row for row in table.select("tbody tr") if id in ids(row))
        assert all(one.startswith("actor_capacity.") for one in ids(row))
        assert "ikke i netto" in row.text


def test_what_rests_on_a_measured_effect_is_said_to_be_assumed_for_others(kommune: Results, voice: Voice) -> None:
    said = "Det som er forventet av"
    one = next(benefit for benefit in kommune.project.benefits if benefit.id == "innleggelser")
    assert one.valuation is not None
    for effect_from, told in (("measured", True), ("assumption", False)):
        changed = one.model_copy(update={"valuation": one.valuation.model_copy(update={"effect_from": effect_from})})
        project = kommune.project.model_copy(update={"benefits": (changed,)})
        shown = section_html(actors(replace(kommune, project=project), voice))
        assert (said in shown) == told
    expected = [row for row in kommune.flows.index if row.item == "innleggelser" and row.basis == "expected"]
    assert {row.grade for row in expected} == {"assumed"}


def test_what_was_measured_stands_apart_and_is_said_not_to_be_added(section: BeautifulSoup, voice: Voice) -> None:
    (table,) = with_value(section, "actor.eksempel-hf.measured.net")
    assert not any(".expected." in id for id in ids(table))
    assert voice.catalogue.text("matrix.measured.intro") in section.text


def test_the_present_value_stands_beside_the_sum_with_its_rate_and_warning(section: BeautifulSoup) -> None:
    (beside,) = with_value(section, "present_value.eksempelvik.expected.cost")
    assert {"actor.eksempelvik.expected.cost", "actor.eksempelvik.expected.net"} <= set(ids(beside))
    assert "discount_rate.years_0_40" in ids(section)
    assert "R-109/21" in section.text
    assert "sekundærkilder" in section.text
    (others,) = with_value(section, "present_value.eksempelvik.expected.net.discount_rate.after_75")
    assert "discount_rate.after_75" in ids(others)


def test_where_no_cost_is_stated_the_present_value_has_no_column_for_it(voice: Voice) -> None:
    spread = assess(ROOT / "params" / "dho-spredning-2024" / "project.yaml", draws=50)
    shown = BeautifulSoup(section_html(actors(spread, voice)), "html.parser")
    (beside, _) = with_value(shown, "present_value.staten.expected.net")
    assert len(beside.select("thead th")) == 3


def test_without_a_price_year_it_says_what_a_present_value_takes(tmp_path: Path, voice: Voice) -> None:
    file = tmp_path / "project.yaml"
    file.write_text(
        "format: 1\nid: liten\ntitle: Lite\nas_of: 2025-12-31\ngo_live: 2025-01-01\n"
        "actors:\n  - {id: k, kind: kommune, name: Vik}\n"
        "costs:\n  - {id: c, title: Drift, kind: running, actor: k, amount: 1000}\n",
        encoding="utf-8",
    )
    shown = open_report("plan", file).show("actors").html
    assert voice.catalogue.text("present_value.none") in shown


def test_a_net_without_what_comes_instead_is_not_called_a_saving(kommune: Results, voice: Voice) -> None:
    one = next(benefit for benefit in kommune.project.benefits if benefit.id == "innleggelser")
    assert one.valuation is not None
    assert one.valuation.replacements
    without = one.model_copy(update={"valuation": one.valuation.model_copy(update={"replacements": ()})})
    project = kommune.project.model_copy(update={"benefits": (without,)})
    said = "Netto kan derfor ikke kalles en besparelse"
    assert said in section_html(actors(replace(kommune, project=project), voice))
    assert said not in section_html(actors(kommune, voice))
