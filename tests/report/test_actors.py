"""Who pays and who gains, by year: every layer in its column, both ends of every transfer, and capacity apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from benefits import open_report
from benefits.report.html import section_html
from benefits.report.sections.actors import actors, actors_after_transfers
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


def test_every_actor_with_kroner_has_every_year_of_every_layer_it_has(section: BeautifulSoup, kommune: Results) -> None:
    expected = {
        f"actor.{actor.id}.expected.{layer}.{year}"
        for actor in kommune.project.actors
        for layer in ("cost", "cash", "transfer")
        for year in kommune.project.years
        if f"actor.{actor.id}.expected.{layer}" in kommune.values
    }
    assert len(expected) == 60
    assert expected <= set(ids(section))


def test_a_net_stands_only_where_it_is_a_sum_of_more_than_one_layer(section: BeautifulSoup) -> None:
    (of_kommune,) = with_value(section, "actor.eksempelvik.expected.cost.2025")
    assert "actor.eksempelvik.expected.net.2025" in ids(of_kommune)
    assert "actor.staten.expected.net.2025" not in ids(section)


def test_no_table_is_too_wide_for_paper(section: BeautifulSoup) -> None:
    widths = [len(table.select("thead th")) for table in section.find_all("table")]
    assert max(widths) <= MOST_COLUMNS


def test_kroner_and_capacity_and_expected_and_measured_never_share_a_table_of_sums(
    section: BeautifulSoup, kommune: Results
) -> None:
    for table in section.find_all("table"):
        values = [kommune.values[id] for id in ids(table)]
        kroner = {value.unit == "kroner" for value in values if value.unit not in {"share", "years"}}
        assert len(kroner) <= 1, ids(table)
        if True in kroner:
            assert len({value.basis for value in values if value.basis is not None}) == 1


def test_every_transfer_stands_with_its_opposite_end(section: BeautifulSoup, kommune: Results) -> None:
    lines = [line for line in kommune.transfers if line.basis == "expected"]
    assert len(lines) == 13
    for line in lines:
        (table,) = with_value(section, line.first_id)
        row = next(row for row in table.select("tbody tr") if line.first_id in ids(row))
        assert {line.first_id, line.second_id} <= set(ids(row))
        first, second = (kommune.values[id].value for id in (line.first_id, line.second_id))
        assert first == -second  # type: ignore[operator]


def test_a_report_with_a_section_on_transfers_does_not_say_them_twice(kommune: Results, voice: Voice) -> None:
    shown = BeautifulSoup(section_html(actors_after_transfers(kommune, voice)), "html.parser")
    assert not any(id.startswith("transfer.") for id in ids(shown))
    assert "actor.eksempelvik.expected.cost.2025" in ids(shown)


def test_bed_days_and_hours_stand_by_year_with_the_actor_that_has_them(section: BeautifulSoup) -> None:
    ids_by_year = ("quantity.expected.innleggelser.bed_days.2026", "quantity.expected.tid-hjemmetjeneste.hours.2026")
    for place, (id, actor) in enumerate(
        zip(ids_by_year, ("Eksempel helseforetak", "Eksempelvik kommune"), strict=True)
    ):
        (table,) = with_value(section, id)
        assert table.select("thead th")[place + 1].text.startswith(actor)
        row = next(row for row in table.select("tbody tr") if id in ids(row))
        assert id in ids(row.select("td")[place])


def test_actors_with_transfers_only_share_a_table(section: BeautifulSoup) -> None:
    (table,) = with_value(section, "actor.staten.expected.transfer.2025")
    assert "actor.eksempel-rhf.expected.transfer.2025" in ids(table)
    assert "actor.eksempel-hf.expected.transfer.2025" not in ids(table)


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
