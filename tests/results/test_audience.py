"""What those inside the project may see and others may not; what is estimated is the same for both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benefits.measurement import Check
from benefits.results import Results, Values, assess, stem, to_json, write_json
from benefits.results.estimate_values import add_estimate_values
from benefits.results.limits import LIMITS

pytestmark = pytest.mark.slow

Plan = dict[str, Any]
AREAS = "omrade;aar;antall;folk\nVik;2024;3;900\nOs;2024;40;9000\nNes;2024;60;9000\nBø;2024;9;900\n"


def table(*, persons: int = 30) -> str:
    """Thirty persons for three years; sixteen of them each admitted every eighth month: two a month, six a quarter."""
    lines = ["person;gruppe;maaned;antall;tid"]
    for person in range(persons):
        for month in range(36):
            year, number = 2022 + month // 12, month % 12 + 1
            count = int(person < 16 and (month + person) % 8 == 0)
            lines.append(f"P{person:03d};treated;{year}-{number:02d};{count};0,08333")
    return "\n".join(lines) + "\n"


@pytest.fixture
def small(plan: Plan, written: Callable[..., Path]) -> Path:
    """A plan about thirty persons, areas with few events, few dropouts, and a baseline measured in four persons."""
    columns = {"person": "person", "group": "gruppe", "period": "maaned", "count": "antall", "exposure": "tid"}
    plan["data"][0] |= {"shape": "panel", "columns": columns}
    areas = {"period": "aar", "unit": "omrade", "count": "antall", "exposure": "folk"}
    pools = {"Vik": "Nord helsefellesskap", "Os": "Nord helsefellesskap"}
    plan["data"].append(
        {"id": "areal", "file": "areal.csv", "shape": "series", "columns": areas, "per": "inhabitant", "pools": pools}
    )
    plan["ledger"] = [{"date": date(2024, 6, 30), "invited": 40, "started": 30, "active": 27, "ended": 3}]
    plan["benefits"][0]["baseline"] = {"state": "measured", "value": 1.2, "n": 4, "source": "journal"}
    rows = AREAS.replace(";2024;", ";2024-01;")
    return written(plan, {"tall.csv": table(), "areal.csv": rows})


@pytest.fixture
def both(small: Path) -> tuple[Results, Results]:
    return assess(small, draws=100), assess(small, draws=100, audience="internal")


def test_those_inside_see_what_is_hidden_from_others(both: tuple[Results, Results]) -> None:
    public, internal = both
    hidden = {id for id, value in public.values.items() if value.suppressed}
    assert {"ledger.2024-06-30.ended", "benefit.g1.baseline.n"} <= hidden
    assert [id for id in hidden if internal.values[id].value is None] == []
    assert [id for id, value in internal.values.items() if value.suppressed] == []


def test_a_small_group_is_shown_by_month_inside_and_by_a_longer_step_to_others(both: tuple[Results, Results]) -> None:
    steps = [{one.data: one.step for one in results.series}["tall"] for results in both]
    assert steps == ["quarter", "month"]


def test_an_area_with_few_events_stands_with_its_health_community_and_alone_inside(
    both: tuple[Results, Results],
) -> None:
    public, internal = ({one.data: one for one in results.series}["areal"] for results in both)
    assert [point.group for point in public.points] == ["Bø", "Nes", "Nord helsefellesskap"]
    assert public.points[-1].members == ("Os", "Vik")
    assert [point.group for point in internal.points] == ["Bø", "Nes", "Os", "Vik"]


def test_no_count_of_a_few_stands_in_the_public_results(both: tuple[Results, Results]) -> None:
    public, internal = both
    few = {
        id
        for id, value in internal.values.items()
        if id.startswith(("series.", "ledger.", "data.", "period."))
        and ".variation." not in id
        and value.per == "none"
        and 0 < (value.value or 0) < 5
    }
    assert few
    assert [id for id in few if id in public.values and public.values[id].value is not None] == []


def test_estimates_verdicts_and_kroner_are_the_same_for_both(both: tuple[Results, Results]) -> None:
    public, internal = both
    assert public.estimates == internal.estimates != ()
    assert public.follow_up.verdicts == internal.follow_up.verdicts
    alike = [id for id in public.values if id.startswith(("estimate.", "layer.", "society.", "verdict."))]
    shown = [id for id in alike if not public.values[id].suppressed]
    assert {id: public.values[id] for id in shown} == {id: internal.values[id] for id in shown}
    assert {id.rpartition(".check.")[1] for id in set(alike) - set(shown)} <= {".check."}


def test_an_internal_edition_never_lies_where_a_public_one_does(both: tuple[Results, Results], tmp_path: Path) -> None:
    for results in both:
        write_json(results, kind="plan", path=tmp_path / f"{stem('plan', results.audience)}.json")
    told = {path.name: json.loads(path.read_text(encoding="utf-8"))["audience"] for path in tmp_path.glob("plan*.json")}
    assert told == {"plan.json": "public", "plan.internal.json": "internal"}


def test_a_few_persons_in_a_check_are_told_to_those_inside_alone(both: tuple[Results, Results], tmp_path: Path) -> None:
    public, internal = both
    one_sided = Check(
        code="persons_on_both_sides", passed=True, parameters={"one_sided": 3, "persons": 30, "share": 0.1}
    )
    found = {}
    for results in (public, internal):
        estimate = replace(results.estimates[0], checks=(one_sided,))
        values = Values()
        add_estimate_values(results.project, (estimate,), values, limit=LIMITS[results.audience])
        written = to_json(replace(results, estimates=(estimate,), compared=()), kind="plan")["estimates"][0]
        prefix, parameters = "estimate.g1.before_after.check.persons_on_both_sides", written["checks"][0]["parameters"]
        told = [values[f"{prefix}.{name}"].value for name in ("one_sided", "share")]
        found[results.audience] = (*told, parameters["one_sided"], parameters["share"])
    # The share of a number that is told would give the few away.
    assert found == {"public": (None, None, None, None), "internal": (3, 0.1, 3, 0.1)}
