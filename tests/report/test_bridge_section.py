"""Plan against measurement as it is read: two columns that are never added, steps between, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from benefits.report.blocks import Figure, Paragraph, Table
from benefits.report.html import section_html
from benefits.report.sections.bridge import bridge, bridge_in_short
from benefits.report.sections.compared import compared
from benefits.report.sections.measured import measured_in_short
from benefits.report.voice import Voice, voice_in
from benefits.report.waterfall_figure import WaterfallBar, waterfall
from benefits.results import Results, Value
from benefits.vocabulary import Language


def cells(row: Tag) -> list[str]:
    return [" ".join(one.get_text().split()) for one in row.find_all(["th", "td"])]


def test_expected_and_measured_stand_in_columns_of_their_own_with_steps_between(kommune: Results, voice: Voice) -> None:
    html = BeautifulSoup(section_html(bridge(kommune, voice)), "html.parser")
    for table in html.find_all("table"):
        rows = [cells(row) for row in table.select("tbody tr")]
        filled = [[bool(one) for one in row[1:]] for row in rows]
        assert filled[0] == [True, False, False]
        assert filled[-1] == [False, False, True]
        assert all(one == [False, True, False] for one in filled[1:-1])
        assert "antatt" in rows[0][0]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_number_is_a_value_and_no_figure_lacks_an_interval_or_its_words(
    language: Language, kommune: Results
) -> None:
    told = voice_in(language, first="nb")
    for section in (bridge(kommune, told), compared(kommune, told), bridge_in_short(kommune, told)):
        for one in BeautifulSoup(section_html(section), "html.parser").find_all("data"):
            value = kommune.values[str(one["data-id"])] if one["data-id"] != "level" else None
            part = getattr(value, str(one.get("data-part", "value"))) if value is not None else 0.95
            assert float(str(one["value"])) == part
        for figure in (one for one in section.blocks if isinstance(one, Figure)):
            assert all(value.low is not None or not value.value for value in figure.values)
            assert len(figure.alternative) > 80


def test_what_of_the_plan_was_not_frozen_is_said(kommune: Results, voice: Voice) -> None:
    (one,) = kommune.plan_bridges
    said = {
        name: bridge(replace(kommune, plan_bridges=(made,)), voice).blocks[1]
        for name, made in (
            ("lacking", replace(one, not_frozen=("volume", "effect"))),
            ("whole", replace(one, not_frozen=())),
            ("none", replace(one, freeze=None)),
        )
    }
    assert all(isinstance(block, Paragraph) for block in said.values())
    assert "hvor stor virkning som var ventet" in str(said["lacking"])
    assert "sier ikke" not in str(said["whole"])
    assert getattr(said["none"], "tone", "") == "warning"


def test_a_benefit_that_cannot_be_held_against_its_plan_says_why(kommune: Results, voice: Voice) -> None:
    (one,) = kommune.plan_bridges
    without = replace(one, quantity=None, cash=None, reason="nothing_planned")
    found = bridge(replace(kommune, plan_bridges=(without,)), voice)
    assert not [block for block in found.blocks if isinstance(block, (Table, Figure))]
    assert "ikke noe å holde det målte mot" in str(section_html(found))
    assert bridge_in_short(replace(kommune, plan_bridges=(without,)), voice).blocks == ()


def test_where_nothing_is_measured_both_sections_are_absent(kommune: Results, voice: Voice) -> None:
    nothing = replace(kommune, plan_bridges=())
    assert bridge(nothing, voice).blocks == ()
    assert compared(nothing, voice).blocks == ()


def test_the_naive_change_is_told_once_with_its_warning_and_never_beside_what_was_measured(
    kommune: Results, voice: Voice
) -> None:
    naive = "estimate.innleggelser.before_after.effect"
    told = [
        one for one in measured_in_short(kommune, voice).blocks if isinstance(one, Paragraph) and naive in one.words
    ]
    assert [one.tone for one in told] == ["warning"]
    assert "Tallet er ikke brukt" in told[0].words
    assert naive not in str(section_html(compared(kommune, voice)))


def test_the_result_without_the_heaviest_users_and_the_smallest_change_stand_beside(
    kommune: Results, voice: Voice
) -> None:
    ids = {
        str(one["data-id"])
        for one in BeautifulSoup(section_html(compared(kommune, voice)), "html.parser").find_all("data")
    }
    assert {
        "bridge.innleggelser.quantity.start",
        "bridge.innleggelser.quantity.end",
        "without_heaviest.innleggelser.quantity",
        "without_heaviest.innleggelser.left_out",
        "benefit.innleggelser.smallest",
    } <= ids
    (table,) = (block for block in compared(kommune, voice).blocks if isinstance(block, Table))
    # What the volume can show is a matter of what was measured.
    (smallest,) = (row for row in table.rows if "benefit.innleggelser.smallest" in "".join(row))
    assert ["data-id" in cell for cell in smallest[1:]] == [False, True, False]


def test_no_end_of_a_waterfall_is_drawn_without_its_interval(voice: Voice) -> None:
    bare = Value(id="a", value=3.0, unit="admissions")
    with pytest.raises(ValueError, match="interval"):
        waterfall([WaterfallBar(label="a", said="3", value=bare, end="start")], axis="x", numbers=voice.numbers)
