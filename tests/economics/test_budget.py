"""The budget view holds every krone that moves, in its year; tax-financing cost is on the net of public budgets."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.budget import BudgetLine, budget_lines, budget_years, moving
from benefits.economics.flows import FlowRow, Flows, from_array
from benefits.economics.tax_financing import tax_financing_cost
from benefits.project.fields import Text
from benefits.project.model import Actor, Project
from benefits.vocabulary import ActorKind, Layer

YEARS = (2025, 2026, 2027, 2028, 2029)
ROWS: tuple[tuple[str, str, Layer, str], ...] = (
    ("vik", "sensors", "cost", ""),
    ("vik", "investment.sensors.residual", "cost", ""),
    ("vik", "lead", "cost", ""),
    ("vik", "financing.grant", "transfer", "state"),
    ("state", "financing.grant", "transfer", "vik"),
    ("hf", "g1", "cash", ""),
    ("hf", "g1", "capacity", ""),
    ("hf", "g1", "not_avoided", ""),
    ("patient", "g1.fee", "transfer", "hf"),
    ("hf", "g1.fee", "transfer", "patient"),
)


def flows(values: list[list[float]]) -> Flows:
    """One draw; a list of years for each of ROWS."""
    index = tuple(
        FlowRow(
            actor=actor,
            item=item,
            layer=layer,
            basis="expected",
            unit="kroner",
            grade="assumed",
            standing="assumed",
            counterpart=other,
        )
        for actor, item, layer, other in ROWS
    )
    return from_array(index=index, years=YEARS, values=np.array(values)[:, :, np.newaxis])


@pytest.fixture
def some() -> Flows:
    return flows(
        [
            [-400.0, 0.0, 0.0, 0.0, -400.0],
            [0.0, 0.0, 0.0, 0.0, 300.0],
            [-50.0, -50.0, -50.0, -50.0, -50.0],
            [100.0, 60.0, 0.0, 0.0, 0.0],
            [-100.0, -60.0, 0.0, 0.0, 0.0],
            [0.0, 30.0, 30.0, 30.0, 30.0],
            [0.0, 70.0, 70.0, 70.0, 70.0],
            [0.0, 10.0, 10.0, 10.0, 10.0],
            [0.0, 5.0, 5.0, 5.0, 5.0],
            [0.0, -5.0, -5.0, -5.0, -5.0],
        ]
    )


@pytest.fixture
def project() -> Project:
    kinds: dict[str, ActorKind] = {"vik": "kommune", "hf": "hf", "state": "state", "patient": "patient"}
    actors = tuple(Actor(id=id, kind=kind, name=Text(nb=id)) for id, kind in kinds.items())
    return Project(format=1, id="dho", title=Text(nb="DHO"), actors=actors)


def said(lines: tuple[BudgetLine, ...]) -> list[tuple[str, str, list[float]]]:
    return [(one.item, one.group, one.values[:, 0].tolist()) for one in lines]


def test_an_outlay_stands_in_the_year_it_is_paid_and_what_is_left_at_last_nowhere(some: Flows) -> None:
    lines = budget_lines(some, actor="vik", investments={"sensors"}, years=YEARS[:4])
    assert said(lines) == [
        ("sensors", "investment", [-400.0, 0.0, 0.0, 0.0]),
        ("lead", "running", [-50.0] * 4),
        ("financing.grant", "transfer_in", [100.0, 60.0, 0.0, 0.0]),
    ]


def test_freed_capacity_is_in_no_budget_and_who_pays_is_told_from_who_is_paid(some: Flows) -> None:
    assert said(budget_lines(some, actor="hf", investments=(), years=YEARS[:2])) == [
        ("g1", "cash", [0.0, 30.0]),
        ("g1.fee", "transfer_out", [0.0, -5.0]),
    ]
    assert said(budget_lines(some, actor="patient", investments=(), years=(2026,))) == [
        ("g1.fee", "transfer_in", [5.0])
    ]


def test_what_does_not_move_in_those_years_has_no_line(some: Flows) -> None:
    assert budget_lines(some, actor="state", investments=(), years=(2027, 2028)) == ()


@pytest.mark.parametrize(
    ("as_of", "years"),
    [
        (date(2023, 1, 1), (2025, 2026, 2027, 2028)),
        (date(2025, 12, 30), (2025, 2026, 2027, 2028)),
        (date(2025, 12, 31), (2026, 2027, 2028, 2029)),
        (date(2027, 1, 1), (2027, 2028, 2029)),
        (date(2030, 1, 1), ()),
    ],
)
def test_the_view_begins_in_the_first_year_that_is_not_over(as_of: date, years: tuple[int, ...]) -> None:
    assert budget_years(YEARS, as_of=as_of) == years


tables = st.lists(
    st.lists(st.integers(-1_000_000, 1_000_000).map(float), min_size=5, max_size=5), min_size=10, max_size=10
)


@given(tables)
def test_the_lines_of_all_actors_are_every_krone_that_moves(values: list[list[float]]) -> None:
    held = flows(values)
    for actor in ("vik", "state", "hf", "patient"):
        lines = budget_lines(held, actor=actor, investments={"sensors"}, years=YEARS[:4])
        total = sum((one.values for one in lines), np.zeros((4, 1)))
        assert total.tolist() == moving(held).select(actor=actor).by_year()[:4].tolist()


def test_tax_is_on_what_public_budgets_pay_on_balance(some: Flows, project: Project) -> None:
    """2025: -400 - 50 = -450, the grant is between public budgets. 2026: -50 + 30 cash - 5 from the HF to patients.

    20 %: -90 and -5. What is left of the sensors in 2029 is no cash: -400 - 50 + 30 - 5 = -425, and -85.
    """
    cost = tax_financing_cost(project, some, share=np.array([0.2]))
    assert cost is not None
    assert cost[:, 0].tolist() == pytest.approx([-90.0, -5.0, -5.0, -5.0, -85.0])


def test_without_public_money_there_is_no_tax_financing_cost(some: Flows, project: Project) -> None:
    assert tax_financing_cost(project, some.select(actor="patient"), share=np.array([0.2])) is None
