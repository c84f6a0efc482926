"""Variation between areas in the results: worked by hand, from shown areas only, and left out where it has no sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from benefits.results import PublishedSeries, Results, assess

Write = Callable[..., Path]
Plan = dict[str, Any]
PREFIX = "series.tall.variation"


def assessed(plan: Plan, written: Write, counts: list[int], *, unit: str = "admissions", of: int = 100) -> Results:
    lines = [f"2023-01;sted {at};{count};{of}" for at, count in enumerate(counts)]
    plan["data"][0] |= {"per": "person_year", "delimiter": ";", "unit": unit}
    plan["data"][0]["columns"] |= {"unit": "sted"}
    plan["benefits"][0] = {"id": "g1", "title": "Lik tjeneste"}
    files: Mapping[str, str] = {"tall.csv": "\n".join(["periode;sted;antall;aar", *lines]) + "\n"}
    return assess(written(plan, files), draws=200)


def series(results: Results) -> PublishedSeries:
    (found,) = results.series
    return found


def value(results: Results, name: str) -> float | None:
    return results.values[f"{PREFIX}.{name}"].value


def test_the_measures_are_those_worked_by_hand(plan: Plan, written: Write) -> None:
    """10, 20 and 30 of 100: E 20 each, linear SCV 100 (0.5 / 3 - 0.05)."""
    results = assessed(plan, written, [10, 20, 30])
    assert value(results, "quotient") == pytest.approx(3)
    assert value(results, "cv") == pytest.approx(0.5)
    assert value(results, "scv_linear") == pytest.approx(100 * (0.5 / 3 - 0.05))
    assert (value(results, "units"), value(results, "small")) == (3, 0)


def test_who_is_far_out_is_named_with_how_many(plan: Plan, written: Write) -> None:
    results = assessed(plan, written, [100, 100, 100, 200], of=1000)
    assert series(results).outside == ("sted 3",)
    assert value(results, "outside") == 1


def test_areas_with_hidden_numbers_are_left_out(plan: Plan, written: Write) -> None:
    """Two events are hidden: with them the quotient would have told of them."""
    results = assessed(plan, written, [10, 20, 30, 40, 50, 2])
    shown = [one.value for one in (results.values[f"{point.id}.count"] for point in series(results).points)]
    kept = [count for count in shown if count is not None]
    assert None in shown
    assert value(results, "units") == len(kept)
    assert value(results, "quotient") == pytest.approx(max(kept) / min(kept))


def test_an_area_without_events_has_no_quotient(plan: Plan, written: Write) -> None:
    results = assessed(plan, written, [0, 20, 40])
    assert not {f"{PREFIX}.quotient", f"{PREFIX}.scv_log"} & set(results.values)
    assert value(results, "scv_linear") == pytest.approx(100 * (2 / 3 - 0.05))


def test_days_are_not_held_against_chance(plan: Plan, written: Write) -> None:
    results = assessed(plan, written, [100, 200, 300], unit="bed_days")
    assert value(results, "quotient") == pytest.approx(3)
    assert not {f"{PREFIX}.scv_linear", f"{PREFIX}.outside"} & set(results.values)
    assert series(results).outside == ()


def test_two_areas_have_no_measures(plan: Plan, written: Write) -> None:
    results = assessed(plan, written, [10, 20])
    assert not any(id.startswith(PREFIX) for id in results.values)


def test_published_areas_have_them(spread: Results) -> None:
    assert any(".variation.scv_linear" in id for id in spread.values)
