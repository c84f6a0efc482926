"""What is not financed, new activity, freed time and how long effects count, as the example's reader sees them."""

from __future__ import annotations

import pytest

from benefits.report.blocks import Paragraph, Section, Table
from benefits.report.first_page import first_page
from benefits.report.names import item_name
from benefits.report.sections.carried import carried
from benefits.report.sections.financing_gap import financing_gap
from benefits.report.sections.new_activity import new_activity
from benefits.report.voice import Voice, voice_in
from benefits.results import Results
from benefits.results.values import Value


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def number(results: Results, id: str) -> float:
    found: Value = results.values[id]
    assert found.value is not None
    return found.value


def test_the_financing_gap_is_its_parts_in_every_year_and_in_all(kommune: Results, voice: Voice) -> None:
    financed = dict(kommune.flow_parts.financed)
    assert {"eksempelvik", "eksempel-hf"} <= set(financed)
    for actor, parts in financed.items():
        for end in ("", *(f".{year}" for year in kommune.project.years)):
            signs = {"cost": 1, "price_paid": 1, "grants": -1, "own": -1, "price_received": -1}
            whole = sum(signs[part] * number(kommune, f"financing_gap.{actor}.{part}{end}") for part in parts)
            assert number(kommune, f"financing_gap.{actor}.gap{end}") == pytest.approx(whole, abs=1e-3)
    shown = tables(financing_gap(kommune, voice))
    assert len(shown) == len(financed) + 1
    assert len(shown[0].rows) == len(kommune.project.years) + 1


def test_the_running_sum_of_the_last_year_is_the_net_without_what_investments_are_worth(kommune: Results) -> None:
    last = kommune.project.years[-1]
    left = {row.actor for row in kommune.flows.index if row.item.endswith(".residual")}
    for actor in set(kommune.flow_parts.running) - left:
        running = number(kommune, f"actor.{actor}.expected.cumulative.{last}")
        assert running == pytest.approx(number(kommune, f"actor.{actor}.expected.net"), abs=1e-3)


def test_who_is_behind_is_said_with_year_and_amount(kommune: Results, voice: Voice) -> None:
    carriers = dict(kommune.flow_parts.financed)
    behind = [one for one in kommune.worth.paybacks if one.plain.behind and one.actor in carriers]
    said = [block for block in financing_gap(kommune, voice).blocks if isinstance(block, Paragraph)]
    assert behind
    assert sum(str(one.plain.lowest_year) in block.words for one in behind[:1] for block in said) >= 1
    assert len(said) == len(behind) + 2


def test_an_actor_that_is_lowest_in_the_last_year_is_not_said_to_have_a_low_point(kommune: Results) -> None:
    (last,) = {one.plain.lowest_year for one in kommune.worth.paybacks if one.actor == "eksempelvik"}
    assert last == kommune.project.years[-1]
    blocks = financing_gap(kommune, voice_in("en", first="nb")).blocks
    words = [block.words for block in blocks if isinstance(block, Paragraph)]
    assert any("does not show when that turns" in one for one in words)
    assert not any("still below zero" in one for one in words)


def test_new_activity_says_how_many_and_what_they_cost(kommune: Results, voice: Voice) -> None:
    (table,) = tables(new_activity(kommune, voice))
    assert len(table.rows) == len(kommune.project.years) + 1
    each = kommune.inputs[str(kommune.project.new_activity[0].unit_cost)].mean
    counted = number(kommune, "new_activity.video.quantity")
    assert number(kommune, "new_activity.video.cost") == pytest.approx(counted * each, rel=0.05)


def test_what_is_assumed_to_last_is_said_with_its_share_of_each_year(kommune: Results) -> None:
    voice = voice_in("en", first="nb")
    (one,) = (one for one in kommune.flow_parts.carried if one.benefit == "innleggelser")
    assert one.assumed_from == 2028
    (said,) = carried(tuple(b for b in kommune.project.benefits if b.id == "innleggelser"), kommune, voice)
    assert isinstance(said, Paragraph)
    assert said.tone == "warning"
    assert "carried.innleggelser.2028" in said.words


def test_parts_of_an_item_are_named_by_what_they_are(kommune: Results) -> None:
    voice = voice_in("en", first="nb")
    assert item_name("innleggelser.travel.cost", kommune, voice).startswith("Journeys spared: ")
    assert item_name("innleggelser.travel.reimbursement", kommune, voice).startswith("Reimbursement of journeys: ")
    assert item_name("x.exempt", kommune, voice).endswith(", for those with an exemption card")


def test_what_is_feared_has_no_break_even_and_is_not_said_to_be_avoided(kommune: Results, voice: Voice) -> None:
    feared = {benefit.id for benefit in kommune.project.benefits if benefit.dis_benefit}
    assert feared
    assert not feared & {one.benefit for one in kommune.break_evens}
    (figures,) = (b for b in first_page("plan", kommune, voice).blocks if isinstance(b, Table) and len(b.header) == 5)
    (row,) = (row[0] for row in figures.rows if "astleg" in row[0] or "GP" in row[0])
    assert not any(word in row for word in ("unngått", "avoided"))
