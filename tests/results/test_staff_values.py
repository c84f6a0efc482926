"""The staff matrix sums: each cell, an actor's professions, and all actors; relatives are never staff."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.arrays import Array
from benefits.economics.flows import FlowRow
from benefits.economics.staff import StaffLine, StaffPart
from benefits.results import Results
from benefits.results.staff_values import add_staff, staff_frame
from benefits.results.values import Values

YEARS = (2025, 2026)
ACTORS = ("vik", "hf")
hours = st.floats(-5_000.0, 5_000.0).map(lambda number: round(number, 2))
share = st.floats(0.0, 1.0).map(lambda number: round(number, 3))


@st.composite
def made(draw: st.DrawFn) -> StaffLine:
    """A line of one of three professions at one of two actors, of two years and draws."""
    profession = draw(st.sampled_from(["nurse", "not_stated", "relatives"]))
    part: StaffPart = draw(st.sampled_from(["freed", "used", "moved"]))
    table = np.array(draw(st.lists(hours, min_size=4, max_size=4))).reshape(2, 2)
    used_share = draw(st.none() | share) if part == "freed" else None
    counted = table if used_share is None else table * used_share
    growth = draw(st.none() | share) if part == "freed" else None
    year = draw(st.none() | st.sampled_from([1_000.0, 1_700.0]))
    actor = draw(st.sampled_from(ACTORS))
    row = FlowRow(
        actor=actor, item="i", layer="capacity", basis="expected", unit="hours", grade="assumed", standing="assumed"
    )
    return StaffLine(
        actor=actor,
        profession=profession,
        part=part,
        basis=draw(st.sampled_from(["expected", "measured"])),
        item="i",
        hours=table,
        counted=counted,
        usable=used_share is not None,
        per_full_time_year=None if year is None else np.full(2, year),
        avoided_growth=None if growth is None else counted * growth,
        rows=(row,),
    )


def number(values: Values, id: str) -> float:
    found = values.get(id)
    return 0.0 if found is None or found.value is None else found.value


def net_of(prefix: str, unit: str, end: str, values: Values) -> float:
    freed = "usable" if f"{prefix}.usable.{unit}{end}" in values else "freed"
    plus, used, moved = (number(values, f"{prefix}.{name}.{unit}{end}") for name in (freed, "used", "moved"))
    return plus - used - moved


@given(st.lists(made(), min_size=1, max_size=8))
def test_net_is_what_is_freed_less_what_is_used_and_moved_in_every_cell_and_sum(lines: list[StaffLine]) -> None:
    values = Values()
    matrix = add_staff(lines, actors=ACTORS, years=YEARS, values=values)
    for row in matrix.of("expected"):
        for end in ("", ".2025", ".2026"):
            assert number(values, f"{row.prefix}.net.hours{end}") == pytest.approx(
                net_of(row.prefix, "hours", end, values), abs=1e-6
            )
            if "net" in row.full_time_years:
                assert number(values, f"{row.prefix}.net.full_time_years{end}") == pytest.approx(
                    net_of(row.prefix, "full_time_years", end, values), abs=1e-6
                )
    assert not any(id.startswith("staff.measured.") and ".net." in id for id in values)


@given(st.lists(made(), min_size=1, max_size=8))
def test_professions_sum_to_their_actor_and_actors_to_all_without_relatives(lines: list[StaffLine]) -> None:
    values = Values()
    matrix = add_staff(lines, actors=ACTORS, years=YEARS, values=values)
    for basis in ("expected", "measured"):
        for name in ("freed", "used", "moved", "net", "avoided_growth"):
            actors = [
                sum(
                    number(values, f"{row.prefix}.{name}.hours")
                    for row in matrix.of(basis)
                    if row.actor == actor and row.profession in {"nurse", "not_stated"}
                )
                for actor in ACTORS
            ]
            told = [number(values, f"staff.{basis}.{actor}.all.{name}.hours") for actor in ACTORS]
            assert told == pytest.approx(actors, abs=1e-6)
            assert number(values, f"staff_society.{basis}.{name}.hours") == pytest.approx(sum(actors), abs=1e-6)


def test_a_sum_is_in_full_time_years_only_where_all_of_it_is() -> None:
    row = FlowRow(
        actor="vik", item="i", layer="capacity", basis="expected", unit="hours", grade="assumed", standing="assumed"
    )
    parts: tuple[tuple[StaffPart, Array | None], ...] = (("freed", np.array([1_000.0])), ("used", None))
    known, unknown = (
        StaffLine(
            actor="vik",
            profession="nurse",
            part=part,
            basis="expected",
            item="i",
            hours=np.full((1, 1), 500.0),
            counted=np.full((1, 1), 500.0),
            per_full_time_year=whole,
            rows=(row,),
        )
        for part, whole in parts
    )
    values = Values()
    (cell, *_) = add_staff((known, unknown), actors=("vik",), years=(2025,), values=values).rows
    assert cell.names == ("freed", "used", "net")
    assert cell.full_time_years == ("freed",)
    assert number(values, "staff.expected.vik.nurse.freed.full_time_years.2025") == 0.5
    assert number(values, "staff.expected.vik.nurse.net.hours.2025") == 0.0


def test_the_example_has_every_hour_of_its_flows_and_its_service_in_the_matrix(kommune: Results) -> None:
    matrix = kommune.flow_parts.staff
    frame = staff_frame(matrix)
    capacity = kommune.flows.select(layer="capacity", unit=("hours", "minutes"), basis="expected")
    told = frame[(frame["basis"] == "expected") & (frame["part"] != "used")]
    signs = told["part"].map({"freed": 1.0, "moved": -1.0})
    assert (told["hours"] * signs).sum() == pytest.approx(float(capacity.total().mean()), abs=1e-6)
    used = frame[(frame["part"] == "used") & (frame["year"] == 2027)]["hours"].sum()
    assert used == pytest.approx(kommune.values["service.dho.hours"].value, rel=1e-9)


def test_bed_days_and_hours_of_all_actors_are_those_of_each_without_relatives(kommune: Results) -> None:
    unpaid = {actor.id for actor in kommune.project.actors if actor.kind in {"relatives", "patient"}}
    for unit in ("bed_days", "hours"):
        each = [
            number_in(kommune, f"actor_capacity.{actor.id}.expected.{unit}")
            for actor in kommune.project.actors
            if actor.id not in unpaid
        ]
        assert number_in(kommune, f"actor_capacity.society.expected.{unit}") == pytest.approx(sum(each), abs=1e-6)


def test_the_hours_of_an_actor_are_what_its_flows_free_and_take(kommune: Results) -> None:
    capacity = kommune.flows.select(layer="capacity", unit=("hours", "minutes"), basis="expected")
    actors = {row.actor for row in capacity.index}
    assert len(actors) > 1
    for actor in actors:
        whole = float(capacity.select(actor=actor).total().mean())
        assert number_in(kommune, f"actor_capacity.{actor}.expected.hours") == pytest.approx(whole, abs=1e-6)


def number_in(results: Results, id: str) -> float:
    found = results.values.get(id)
    return 0.0 if found is None or found.value is None else found.value
