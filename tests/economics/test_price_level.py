"""Kroner of different years meet through a named index alone, and what is converted keeps what it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.draws import Draws
from benefits.economics.inputs import Input, inputs
from benefits.economics.numbers import Numbers, UnusableNumber
from benefits.economics.price_level import NoIndex, factor, scaled
from benefits.errors import Gap
from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.reference import Fixed, LogNormal, Normal, Triangular, load_library
from benefits.reference.citation import entries
from benefits.reference.values import entry_of

ON = date(2024, 6, 30)
GROWTH = """
- id: growth.own
  titles: {nb: Realvekst, nn: Realvekst, en: Real growth}
  unit: share
  per: year
  standing: assumed
  values:
    - {date: 2020-01-01, value: 0.01, source: {title: Vi, address: ""}}
"""


def read(assumption: dict[str, Any], **rest: Any) -> tuple[Input, tuple[Gap, ...]]:
    plan = {"format": 1, "id": "p", "title": "P", "price_year": 2024, "assumptions": {"a": assumption}, **rest}
    library = load_library().with_own({raw["id"]: entry_of(raw) for raw in entries(GROWTH)})
    found, gaps = inputs(Project.model_validate(plan), library=library, evidence={}, on=ON)
    return found["a"], gaps


def test_the_published_chain_from_2020_to_2024() -> None:
    """1.035 x 1.058 x 1.055 x 1.031 = 1.1910696."""
    assert factor(load_library(), "cpi.growth", from_year=2020, to_year=2024) == pytest.approx(1.1910696, abs=1e-7)


@given(st.integers(2020, 2024), st.integers(2020, 2024))
def test_there_and_back_is_where_one_began(one: int, other: int) -> None:
    there = factor(load_library(), "cpi.growth", from_year=one, to_year=other)
    assert there * factor(load_library(), "cpi.growth", from_year=other, to_year=one) == pytest.approx(1.0)


@given(st.integers(2020, 2024), st.integers(2020, 2024), st.integers(2020, 2024))
def test_it_does_not_matter_which_years_one_goes_by(first: int, by: int, last: int) -> None:
    def step(start: int, end: int) -> float:
        return factor(load_library(), "cpi.growth", from_year=start, to_year=end)

    assert step(first, by) * step(by, last) == pytest.approx(step(first, last))


@pytest.mark.parametrize(
    ("index", "first", "code", "years"),
    [
        ("cpi.growth", 2017, "index_years_missing", "2019, 2020"),
        ("cpi.growht", 2023, "index_unknown", None),
        ("isf.share", 2023, "not_an_index", None),
        ("deflator.municipal", 2023, "index_years_missing", "2024"),
    ],
)
def test_a_year_or_an_index_that_is_missing_is_named(index: str, first: int, code: str, years: str | None) -> None:
    with pytest.raises(NoIndex) as caught:
        factor(load_library(), index, from_year=first, to_year=2024)
    assert (caught.value.code, caught.value.parameters.get("years")) == (code, years)


@pytest.mark.parametrize(
    "distribution",
    [
        Fixed(value=5.0),
        Normal(mean=5.0, se=1.0),
        LogNormal(median=5.0, log_se=0.2),
        Triangular(low=1, likely=2, high=6),
    ],
)
def test_every_quantile_is_scaled(distribution: Any) -> None:
    u = np.array([0.01, 0.3, 0.5, 0.99])
    assert scaled(distribution, 2.0).ppf(u) == pytest.approx(2 * np.asarray(distribution.ppf(u)))
    assert scaled(distribution, 2.0).mean == pytest.approx(2 * distribution.mean)


def test_an_amount_of_2020_in_kroner_of_2024_keeps_what_it_was() -> None:
    """1 000 x 1.1910696 = 1 191.07."""
    written = {"value": 1000.0, "unit": "kroner", "price_year": 2020}
    one, gaps = read(written, reference={"price_index": "cpi.growth"})
    assert (round(one.mean, 2), one.price_year, one.converted_from, one.index) == (1191.07, 2024, 2020, "cpi.growth")
    assert gaps == ()


def test_without_an_index_nothing_is_converted() -> None:
    one, _ = read({"value": 1000.0, "unit": "kroner", "price_year": 2020})
    assert (one.mean, one.price_year, one.converted_from) == (1000.0, 2020, None)


def test_years_the_index_lacks_are_a_gap_that_names_them() -> None:
    one, gaps = read({"value": 1.0, "unit": "kroner", "price_year": 2017}, reference={"price_index": "cpi.growth"})
    assert (one.price_year, one.converted_from) == (2017, None)
    assert [(gap.code, gap.parameters["years"]) for gap in gaps] == [("index_years_missing", "2019, 2020")]


def test_hours_have_no_price_year_to_convert() -> None:
    one, _ = read({"value": 8.0, "unit": "hours"}, reference={"price_index": "cpi.growth"})
    assert (one.mean, one.index) == (8.0, "")


def test_only_a_value_of_time_life_or_health_grows() -> None:
    own = {"value": 200.0, "unit": "kroner", "price_year": 2024}
    chosen = {"real_growth": "growth.own"}
    assert read(own, reference=chosen)[0].growth == 0.0
    assert read({**own, "value_of": "time"}, reference=chosen)[0].growth == 0.01
    assert read({"reference": "vsl"}, reference=chosen)[0].growth == 0.01


@pytest.mark.parametrize("chosen", [{}, {"real_growth": "growth.gdp_per_capita"}])
def test_a_value_that_should_grow_and_cannot_is_a_gap(chosen: dict[str, str]) -> None:
    one, gaps = read({"reference": "vsl"}, reference=chosen)
    assert one.growth == 0.0
    assert [gap.code for gap in gaps] == ["growing_value_without_growth"]


def numbers(*, price_year: int | None = 2024, **assumptions: dict[str, Any]) -> Numbers:
    project = Project.model_validate({"format": 1, "id": "p", "title": "P", "assumptions": assumptions})
    found, _ = inputs(project, library=load_library(), evidence={}, on=ON)
    return Numbers(draws=Draws(n=50), inputs=found, price_year=price_year)


def test_a_number_that_names_an_assumption_is_the_same_draws_wherever_it_is_used() -> None:
    given = numbers(price={"low": 1.0, "likely": 2.0, "high": 4.0, "unit": "kroner", "price_year": 2024})
    named = Quantity(assumption="price")
    first, second = (given.column(name, named, unit="kroner") for name in ("cost.a", "service.b"))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, given.column("cost.a", Quantity(low=1.0, likely=2.0, high=4.0)))


def test_hours_where_minutes_are_wanted_are_sixty_times_as_many() -> None:
    given = numbers(time={"value": 0.5, "unit": "hours"})
    assert given.spread(Quantity(assumption="time"), unit="minutes").mean == 30.0
    assert set(given.column("x", Quantity(assumption="time"), unit="minutes")) == {30.0}


@pytest.mark.parametrize(
    ("assumption", "price_year", "code"),
    [
        ({"reference": "qaly.value"}, 2024, "assumption_without_number"),
        ({"value": 1.0, "unit": "share"}, 2024, "other_unit"),
        ({"value": 1.0, "unit": "kroner", "price_year": 2020}, 2024, "other_price_year"),
        ({"value": 1.0, "unit": "kroner", "price_year": 2020}, None, "project_without_price_year"),
    ],
)
def test_an_assumption_that_does_not_fit_is_refused_and_becomes_a_gap(
    assumption: dict[str, Any], price_year: int | None, code: str
) -> None:
    given = numbers(price_year=price_year, a=assumption)
    with pytest.raises(UnusableNumber) as caught:
        given.column("cost.c", Quantity(assumption="a"), unit="kroner")
    gap = caught.value.gap("c")
    assert (gap.code, gap.subject, gap.parameters["name"]) == (code, "c", "a")
