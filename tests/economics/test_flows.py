"""Flows: an index, an array, and totals that refuse to mix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benefits.economics.flows import FlowRow, Flows, Line, from_array, from_lines
from benefits.economics.product import Product
from benefits.economics.refusals import MixedFlows


def row(**changes: Any) -> FlowRow:
    plain = {"actor": "k", "item": "g1", "layer": "cash", "basis": "expected", "unit": "kroner"}
    return FlowRow(**{**plain, "grade": "assumed", "standing": "assumed", **changes})


def flows(*rows: FlowRow, years: tuple[int, ...] = (2025, 2026)) -> Flows:
    """Row number r in year number y has the draws 100 r + 10 y + (0, 1, 2)."""
    numbers = np.add.outer(np.add.outer(100.0 * np.arange(len(rows)), 10.0 * np.arange(len(years))), np.arange(3.0))
    return from_array(index=rows, years=years, values=numbers)


def test_a_total_adds_rows_and_years_draw_by_draw() -> None:
    """(0 + 10 + 100 + 110) = 220, and 4 more for each further draw."""
    found = flows(row(), row(item="g2", layer="cost"))
    assert found.total().tolist() == [220.0, 224.0, 228.0]
    assert found.total(years=(2026,)).tolist() == [120.0, 122.0, 124.0]
    assert found.by_year().shape == (2, 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "hours"}, "mixed_unit"),
        ({"basis": "measured"}, "mixed_basis"),
        ({"layer": "capacity"}, "mixed_layer"),
        ({"layer": "not_avoided"}, "mixed_layer"),
    ],
)
def test_a_total_over_what_cannot_be_added_is_refused(change: dict[str, str], code: str) -> None:
    with pytest.raises(MixedFlows) as refused:
        flows(row(), row(**change)).total()
    assert refused.value.code == code


def test_capacity_and_what_is_not_avoided_are_not_added_either() -> None:
    with pytest.raises(MixedFlows):
        flows(row(layer="capacity"), row(layer="not_avoided")).total()


def test_capacity_alone_has_a_total() -> None:
    assert flows(row(layer="capacity"), row(layer="capacity", item="g2")).total()[0] == 220.0


def test_no_row_is_a_total_of_zero() -> None:
    empty = flows(row()).select(actor="nobody")
    assert len(empty) == 0
    assert empty.total().tolist() == [0.0, 0.0, 0.0]
    assert list(empty.to_frame().columns)[-4:] == ["mean", "p2_5", "p50", "p97_5"]


def test_a_year_that_is_not_there_has_no_total() -> None:
    with pytest.raises(ValueError, match="2030"):
        flows(row()).total(years=(2030,))


def test_rows_are_selected_by_one_value_or_by_several() -> None:
    found = flows(row(), row(actor="hf"), row(actor="state", layer="transfer"))
    assert [one.actor for one in found.select(layer="cash").index] == ["k", "hf"]
    chosen = found.select(actor=["hf", "state"], basis="expected")
    assert chosen.values[:, 0, 0].tolist() == [100.0, 200.0]
    with pytest.raises(TypeError, match="colour"):
        found.select(colour="red")


def test_two_rows_of_one_key_are_refused_and_another_counterpart_is_another_key() -> None:
    with pytest.raises(ValueError, match="twice"):
        flows(row(), row(grade="expert"))
    assert len(flows(row(counterpart="a"), row(counterpart="b"))) == 2


@pytest.mark.parametrize("shape", [(2, 2, 3), (1, 3, 3), (1, 2, 0), (1, 2)])
def test_an_array_that_does_not_fit_the_index_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        from_array(index=(row(),), years=(2025, 2026), values=np.zeros(shape))


def test_years_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        flows(row(), years=(2026, 2025))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_flow_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        from_array(index=(row(),), years=(2025,), values=np.array([[[value]]]))
    product = Product(years=np.array([1.0]), draws=np.array([value]))
    with pytest.raises(ValueError, match="finite"):
        from_lines([Line(row=row(), values=product)], years=(2025,), n=1)


def test_a_line_of_other_years_or_draws_is_refused() -> None:
    product = Product(years=np.ones(2), draws=np.ones(3))
    for years, n in (((2025,), 3), ((2025, 2026), 4)):
        with pytest.raises(ValueError, match="do not fit"):
            from_lines([Line(row=row(), values=product)], years=years, n=n)


def test_weights_make_a_present_value_of_products_and_tables_alike() -> None:
    """Discounted at 25 %: 100 + 50 / 1.25 = 140 of the product, and 5 + 5 / 1.25 = 9 of the table."""
    product = Line(row=row(), values=Product(years=np.array([1.0, 0.5]), draws=np.array([100.0, 200.0])))
    table = Line(row=row(item="g2"), values=np.array([[5.0, 0.0], [5.0, 0.0]]))
    found = from_lines([product, table], years=(2025, 2026), n=2)
    assert found.weighted(np.array([1.0, 0.8])).tolist() == [149.0, 280.0]
    assert found.by_year().tolist() == [[105.0, 200.0], [55.0, 100.0]]
    assert found.values.tolist() == [[[100.0, 200.0], [50.0, 100.0]], [[5.0, 0.0], [5.0, 0.0]]]
    with pytest.raises(ValueError, match="weights"):
        found.weighted(np.ones(3))
    with pytest.raises(MixedFlows):
        flows(row(), row(unit="hours")).weighted(np.ones(2))


def test_both_ends_of_a_transfer_are_exactly_nothing_together() -> None:
    paid = Product(years=np.array([0.1, 0.7]), draws=np.array([1 / 3, 1e9]))
    ends = [Line(row=row(layer="transfer", counterpart="b"), values=paid)]
    ends.append(Line(row=row(actor="b", layer="transfer", counterpart="k"), values=-paid))
    found = from_lines(ends, years=(2025, 2026), n=2)
    assert found.weighted(np.array([0.9, 1 / 7])).tolist() == [0.0, 0.0]
    assert not found.by_year().any()


def test_rows_are_chosen_without_a_copy_of_their_numbers() -> None:
    found = flows(row(), row(actor="hf"))
    assert found.select(actor="hf").parts[0] is found.parts[1]


def test_the_factors_of_a_row_cannot_be_written_to() -> None:
    held = Line(row=row(), values=Product(years=np.ones(1), draws=np.ones(3)))
    (part,) = from_lines([held], years=(2025,), n=3).parts
    assert isinstance(part, Product)
    for factor in (part.years, part.draws):
        with pytest.raises(ValueError, match="read-only"):
            factor[0] = 2.0


def test_the_array_is_the_flows_own_and_cannot_be_written_to() -> None:
    mine = np.zeros((1, 1, 2))
    found = from_array(index=(row(),), years=(2025,), values=mine)
    mine[:] = 9.0
    assert found.total().tolist() == [0.0, 0.0]
    for held in (found.values, found.by_year(), found.total(), found.parts[0]):
        with pytest.raises(ValueError, match="read-only"):
            held[0] = 1.0


def test_a_frame_has_mean_and_quantiles_of_every_row_and_year() -> None:
    """The draws 0, 1, 2: mean and median 1, and the 2.5 per cent quantile 0.05."""
    first = flows(row(), row(item="g2")).to_frame().iloc[0]
    assert (first["item"], first["year"], first["mean"], first["p50"]) == ("g1", 2025, 1.0, 1.0)
    assert first["p2_5"] == pytest.approx(0.05)
    assert first["p97_5"] == pytest.approx(1.95)


def test_lines_go_back_to_the_flows_they_came_from_without_a_negative_zero() -> None:
    found = flows(row(), row(item="g2"))
    again = from_lines(found.lines(), years=found.years, n=found.n)
    assert again.index == found.index
    assert np.array_equal(again.values, found.values)
    zero = from_lines([Line(row=row(), values=np.full((1, 3), -0.0))], years=(2025,), n=3)
    assert not np.signbit(zero.values).any()
    assert from_lines([], years=(2025,), n=3).total().tolist() == [0.0, 0.0, 0.0]
