"""Early indicators: a number of the ledger against its level, on its date and now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.project.model import Project
from benefits.results import Values
from benefits.results.service.early_signs import EarlySign, add_early_signs
from benefits.results.service.ledger_values import add_ledger_values

JUNE, DECEMBER = date(2025, 6, 30), date(2025, 12, 31)


def sign(target: dict[str, Any], *rows: dict[str, Any], as_of: date = DECEMBER) -> tuple[EarlySign, Values]:
    plan = {
        "format": 1,
        "id": "p",
        "title": "P",
        "go_live": date(2025, 1, 1),
        "price_year": 2024,
        "ledger": rows,
        "benefits": ({"id": "g1", "title": "G", "early_target": {"date": JUNE, **target}},),
    }
    project, values = Project.model_validate(plan), Values()
    add_ledger_values(project, values)
    (found,) = add_early_signs(project, values, as_of=as_of)
    return found, values


def at(day: date, started: int) -> dict[str, Any]:
    return {"date": day, "started": started}


@pytest.mark.parametrize(
    ("due", "june", "december", "state"),
    [
        (JUNE, 20, 30, "reached"),
        (JUNE, 10, 30, "late"),
        (JUNE, 10, 15, "behind"),
        (date(2026, 6, 30), 10, 30, "ahead"),
        (date(2026, 6, 30), 5, 10, "under_way"),
    ],
)
def test_a_number_that_is_to_come_up_to_its_level(due: date, june: int, december: int, state: str) -> None:
    found, values = sign({"measure": "started", "value": 20, "date": due}, at(JUNE, june), at(DECEMBER, december))
    assert (found.state, found.known_on, values["early.g1.now"].value) == (state, DECEMBER, december)


def minutes(day: date, number: float) -> dict[str, Any]:
    return {"date": day, "active": 10, "patient_months": 60, "minutes": 60 * number}


@pytest.mark.parametrize(
    ("due", "june", "december", "state"),
    [
        (JUNE, 80, 80, "reached"),
        (JUNE, 95, 80, "late"),
        (JUNE, 80, 95, "slipped"),
        (JUNE, 95, 95, "behind"),
        (date(2026, 6, 30), 95, 80, "within"),
        (date(2026, 6, 30), 80, 95, "under_way"),
    ],
)
def test_a_number_that_is_to_stay_under_its_level(due: date, june: float, december: float, state: str) -> None:
    target = {"measure": "minutes_per_patient_month", "value": 90, "date": due}
    found, _ = sign(target, minutes(JUNE, june), minutes(DECEMBER, december))
    assert found.state == state


def test_the_level_itself_is_reached_from_either_side() -> None:
    assert sign({"measure": "started", "value": 20}, at(JUNE, 20))[0].state == "reached"
    assert sign({"measure": "minutes_per_patient_month", "value": 90}, minutes(JUNE, 90))[0].state == "reached"


def test_a_number_from_before_the_date_does_not_tell_that_it_stayed_low_or_that_it_never_came_up() -> None:
    early = date(2025, 3, 31)
    assert sign({"measure": "minutes_per_patient_month", "value": 90}, minutes(early, 80))[0].state == "not_since"
    assert sign({"measure": "started", "value": 20}, at(early, 10))[0].state == "not_since"
    assert sign({"measure": "started", "value": 20}, at(early, 25))[0].state == "reached"


def test_a_share_has_its_interval() -> None:
    row = {"date": JUNE, "invited": 50, "accepted": 40}
    found, values = sign({"measure": "accepted_share", "value": 0.75}, row)
    now, share = values["early.g1.now"], values["ledger.2025-06-30.accepted.share"]
    assert (found.state, now.value, now.low, now.high) == ("reached", 0.8, share.low, share.high)


def test_what_is_hidden_is_not_judged() -> None:
    row = {"date": JUNE, "started": 30, "fell_out": 2}
    found, values = sign({"measure": "drop_out_share", "value": 0.1}, row)
    assert (found.state, values["early.g1.now"].suppressed) == ("hidden", True)


def test_a_ledger_that_does_not_tell_leaves_it_unknown() -> None:
    found, values = sign({"measure": "accepted_share", "value": 0.75}, at(JUNE, 20))
    assert (found.state, found.known_on, "early.g1.now" in values) == ("unknown", None, False)


def test_kroner_of_another_year_are_not_held_against_the_level() -> None:
    row = {"date": JUNE, "active": 10, "patient_months": 60, "cost": 60_000}
    found, values = sign({"measure": "cost_per_patient_month", "value": 1200}, row)
    assert found.state == "other_year"
    assert (values["early.g1.now"].price_year, values["early.g1.target"].price_year) == (2025, 2024)
