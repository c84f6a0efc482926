"""What differs from an earlier report is told, each figure is taken apart exactly, and nothing hidden comes out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.results import Bridge, Comparison, Results, compared, to_json

pytestmark = pytest.mark.slow

Body = dict[str, Any]
Kept = Callable[..., Path]
EFFECT = "estimate.innleggelser.difference_in_differences.effect"
FEW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def held(results: Results, file: Path, *, kind: str = "follow-up") -> tuple[Results, Comparison]:
    found = compared(results, kind=kind, since=file)
    assert found.since is not None
    return found, found.since


def value_of(body: Body, id: str) -> Body:
    return next(one for one in body["values"] if one["id"] == id)


def parts(bridge: Bridge, results: Results) -> dict[str, float]:
    return {f"{one.cause} {one.item}".strip(): results.values[one.value].value or 0.0 for one in bridge.parts}


def bridge(found: Comparison, code: str) -> Bridge:
    return next(one for one in found.bridges if one.code == code)


def adds_up(results: Results, found: Comparison) -> bool:
    """Whether the lines of every table lead from its first number to its last."""
    for one in found.bridges:
        if one.parts:
            start, end, difference = (results.values[id].value or 0.0 for id in (one.start, one.end, one.difference))
            made, size = math.fsum(parts(one, results).values()), max(abs(start), abs(end))
            assert start + made == pytest.approx(end, rel=1e-9, abs=1e-8 * size)
            assert difference == end - start
            assert (results.values[one.old].value, results.values[one.new].value) == (start, end)
    return any(one.parts for one in found.bridges)


def test_half_a_year_more_of_data_is_told_and_every_figure_taken_apart(now: Results, kept: Kept) -> None:
    results, found = held(now, kept())
    assert (found.as_of, found.plan_known, found.files, found.plan, found.numbers) == (
        date(2025, 6, 30),
        True,
        (),
        (),
        (),
    )
    (known,) = found.known
    assert (known.data, known.old, known.new) == ("innleggelser", date(2025, 6, 30), date(2025, 12, 31))
    assert adds_up(results, found)
    assert set(parts(bridge(found, "effect"), results)) == {"observed", "without"}
    events = parts(bridge(found, "events.measured"), results)
    assert {"exposure", "effect"} <= set(events) <= {"exposure", "effect", "rest"}
    assert abs(events.get("rest", 0.0)) < 0.1 * max(map(abs, events.values()))


def test_the_events_are_shared_between_time_measured_and_effect_as_worked_by_hand(
    then: Results, now: Results, kept: Kept
) -> None:
    """Two factors: each has its own change times the mean of the other."""
    results, found = held(now, kept())
    told = parts(bridge(found, "events.measured"), results)
    exposure, effect = (
        [sum(one.exposures["innleggelser"].values()) for one in (then, now)],
        [-(one.values[EFFECT].value or 0.0) for one in (then, now)],
    )
    assert told["exposure"] == pytest.approx((exposure[1] - exposure[0]) * sum(effect) / 2)
    assert told["effect"] == pytest.approx((effect[1] - effect[0]) * sum(exposure) / 2)


def test_a_report_held_against_itself_has_changed_in_nothing(then: Results, kept: Kept) -> None:
    results, found = held(then, kept())
    assert not found.changed
    assert [one.moved for one in found.bridges] == [False] * len(found.bridges)
    again = compared(then, kind="follow-up", since=kept())
    assert to_json(again, kind="follow-up") == to_json(results, kind="follow-up")


def test_a_report_that_was_itself_held_against_another_does_not_count_that_as_a_file(
    then: Results, now: Results, kept: Kept, tmp_path: Path
) -> None:
    first, _ = held(now, kept())
    file = tmp_path / "second.json"
    file.write_text(json.dumps(to_json(first, kind="follow-up")), encoding="utf-8")
    _, found = held(now, file)
    assert not found.changed


@pytest.mark.parametrize("kind", ["plan", "avoided-cost", "price"])
def test_every_kind_adds_up_both_ways_and_swapped_is_the_opposite(
    kind: str, then: Results, now: Results, tmp_path: Path
) -> None:
    def against(new: Results, old: Results) -> tuple[Results, Comparison]:
        file = tmp_path / "old.json"
        same_day = replace(old, as_of=now.as_of, values=moved(old) if old is then else old.values)
        file.write_text(json.dumps(to_json(same_day, kind=kind)), encoding="utf-8")
        return held(replace(new, as_of=now.as_of, values=moved(new) if new is then else new.values), file, kind=kind)

    def moved(results: Results) -> Any:
        """The same with every price and every cost otherwise."""
        heads = ("service.", "actor.eksempelvik.expected.")
        return {
            id: replace(one, value=one.value * 1.1) if id.startswith(heads) and one.value else one
            for id, one in results.values.items()
        }

    forward, there = against(now, then)
    backward, back = against(then, now)
    assert adds_up(forward, there)
    assert adds_up(backward, back)
    for one, other in zip(there.bridges, back.bridges, strict=True):
        ahead, behind = parts(one, forward), parts(other, backward)
        assert ahead == pytest.approx({name: -amount for name, amount in behind.items()}, rel=1e-6)


@FEW
@given(data=st.data())
def test_whatever_the_numbers_were_the_lines_add_up(data: st.DataObject, now: Results, kept: Kept) -> None:
    def scatter(body: Body) -> None:
        for one in body["values"]:
            if one["value"] is not None and one["id"].startswith(
                ("estimate", "quantity", "layer", "actor", "transfer")
            ):
                one["value"] *= scales[len(one["unit"]) % 3]
        for by_year in body["compared_by"]["products"].values():
            for factors in by_year.values():
                factors["effect"] *= scales[0]

    scales = data.draw(st.lists(st.floats(-3, 3), min_size=3, max_size=3))
    results, found = held(now, kept(scatter))
    adds_up(results, found)
    assert len(found.bridges) == 3


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        (lambda body: body["estimates"][0]["options"].update(lag_months=3), "effect", "method"),
        (
            lambda body: body["compared_by"]["plan"]["benefits"]["innleggelser"]["method"].update(id="before_after"),
            "events.measured",
            "method",
        ),
        (lambda body: body["compared_by"]["plan"].update(go_live="2025-02-01"), "effect", "method"),
        (lambda body: value_of(body, EFFECT).update(unit="contacts"), "effect", "unit"),
        (lambda body: value_of(body, EFFECT).update(value=None, suppressed=True), "effect", "hidden"),
        (lambda body: body["compared_by"].update(headlines=[]), "effect", "new"),
        (lambda body: body["compared_by"].update(products={}), "events.measured", "no_parts"),
    ],
)
def test_two_figures_that_cannot_be_held_together_are_not_taken_apart_and_it_is_said_why(
    change: Callable[[Body], object], code: str, reason: str, now: Results, kept: Kept
) -> None:
    _, found = held(now, kept(change))
    one = bridge(found, code)
    assert (one.reason, one.parts, one.difference) == (reason, (), "")


def test_dates_of_verdict_are_told_and_leave_the_measurement_what_it_is(now: Results, kept: Kept) -> None:
    def otherwise(body: Body) -> None:
        body["compared_by"]["plan"]["benefits"]["innleggelser"]["method"]["verdict_dates"] = ["2026-06-30"]

    _, found = held(now, kept(otherwise))
    assert [one.code for one in found.plan] == ["method.verdict_dates"]
    assert bridge(found, "effect").parts


def test_kroner_of_another_price_year_are_not_subtracted(then: Results, now: Results, tmp_path: Path) -> None:
    body = to_json(then, kind="avoided-cost")
    for one in body["values"]:
        one["price_year"] = 2023 if one["price_year"] else None
    body["compared_by"]["price_year"] = 2023
    file = tmp_path / "old.json"
    file.write_text(json.dumps(body), encoding="utf-8")
    _, found = held(now, file, kind="avoided-cost")
    assert found.price_year == (2023, 2024)
    assert (bridge(found, "cash.measured").reason, bridge(found, "net.measured").reason) == ("price_year", "price_year")
    assert bridge(found, "bed_days.measured").parts


def test_a_figure_that_is_there_no_more_is_told(then: Results, now: Results, kept: Kept) -> None:
    def otherwise(body: Body) -> None:
        gone = {
            "code": "net.expected",
            "value": "actor.eksempelvik.expected.net",
            "benefit": "",
            "actor": "eksempelvik",
        }
        body["compared_by"]["headlines"].append(gone)

    results, found = held(now, kept(otherwise))
    one = bridge(found, "net.expected")
    assert (one.reason, one.new) == ("gone", "")
    was = then.values["actor.eksempelvik.expected.net"]
    assert (results.values[one.old].value, results.values[one.old].low) == (was.value, was.low)


def test_what_a_plan_rests_on_is_told_with_what_it_was_and_its_source(now: Results, kept: Kept) -> None:
    def otherwise(body: Body) -> None:
        value_of(body, "assumption.liggetid").update(value=6.5, source="Et anslag")
        value_of(body, "cost.maaling").update(id="cost.annet")
        body["inputs"] |= {"project.yaml": "0" * 64, "gammel.csv": "1" * 64}
        body["compared_by"]["plan"]["benefits"]["trygghet"]["target"]["value"] = 4.0
        body["follow_up"]["freeze"] = None

    results, found = held(now, kept(otherwise))
    assert [(one.file, one.fate) for one in found.files] == [("gammel.csv", "gone"), ("project.yaml", "changed")]
    assert found.freeze == (None, date(2024, 12, 31))
    told = {one.id: (one.old, one.new) for one in found.numbers}
    assert told == {
        "assumption.liggetid": ("since.assumption.liggetid.old", "assumption.liggetid"),
        "cost.annet": ("since.cost.annet.old", ""),
        "cost.maaling": ("", "cost.maaling"),
    }
    was = results.values["since.assumption.liggetid.old"]
    assert (was.value, was.source) == (6.5, "Et anslag")
    (target,) = found.plan
    assert (target.code, target.old, target.new) == ("target.value", 4.0, 4.5)
    assert results.values["since.deviation.trygghet.target.value.old"].value == 4.0


def test_verdicts_and_gaps_are_told_both_ways(now: Results, kept: Kept) -> None:
    def otherwise(body: Body) -> None:
        body["follow_up"]["verdicts"] = [{"benefit": "innleggelser", "code": "behind", "reason": "short_of_target"}]
        body["gaps"] = [{"code": "no_ramp", "subject": "trygghet", "weight": 1, "parameters": {}}, *body["gaps"][1:]]

    results, found = held(now, kept(otherwise))
    old = {one.benefit: one.old for one in found.verdicts}
    assert old["innleggelser"] == "behind"
    assert old["trygghet"] is None
    assert [one.code for one in found.closed] == ["no_ramp"]
    assert len(found.opened) >= 1
    assert results.values["since.count.closed"].value == 1.0


def test_a_value_still_carried_forward_a_year_later_is_neither_a_gap_closed_nor_one_opened(
    now: Results, kept: Kept
) -> None:
    def otherwise(body: Body) -> None:
        carried = [one for one in body["gaps"] if one["code"] == "reference_carried_forward"]
        assert carried
        for one in carried:
            one["parameters"]["wants"] -= 1

    _, found = held(now, kept(otherwise))
    assert "reference_carried_forward" not in {one.code for one in (*found.closed, *found.opened)}


def test_a_hidden_number_of_the_service_stays_hidden_and_no_difference_is_worked_out(now: Results, kept: Kept) -> None:
    last = "ledger.2025-06-30.active"
    results, found = held(now, kept(lambda body: value_of(body, last).update(value=None, suppressed=True)))
    (active,) = [one for one in found.uptake if one.id == "active"]
    was = results.values[active.old]
    assert (was.suppressed, was.value) == (True, None)
    assert not [id for id in results.values if id.startswith("since.ledger") and not id.endswith(".old")]


def test_a_file_from_before_there_were_comparisons_is_still_read(now: Results, kept: Kept) -> None:
    results, found = held(now, kept(lambda body: body.pop("compared_by")))
    assert not found.plan_known
    assert (found.plan, found.known) == ((), ())
    assert set(parts(bridge(found, "effect"), results)) == {"observed", "without"}
    assert bridge(found, "events.measured").reason == "no_parts"


def test_within_is_each_in_the_interval_of_the_other_and_of_measured_figures_alone(now: Results, kept: Kept) -> None:
    effect, low = now.values[EFFECT], -0.9

    def far(body: Body) -> None:
        value_of(body, EFFECT).update(value=low, low=low - 0.5, high=0.5)

    def near(body: Body) -> None:
        value_of(body, EFFECT).update(value=effect.value, low=low, high=0.5)

    assert effect.low is not None
    assert effect.low > low
    assert bridge(held(now, kept(far))[1], "effect").within is False
    assert bridge(held(now, kept(near))[1], "effect").within is True
    file = kept(lambda body: body.update(kind="price"))
    assert {one.within for one in held(now, file, kind="price")[1].bridges} == {None}
