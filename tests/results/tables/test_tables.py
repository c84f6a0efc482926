"""Every table holds what its dictionary says, and only what a report may show."""

from __future__ import annotations

import pandas as pd
import pytest

from benefits.results import Results, Value
from benefits.results.tables import COLUMNS, TABLES, tables
from benefits.results.tables.from_values import VALUE_TABLES


@pytest.fixture(scope="module")
def frames(kommune: Results) -> dict[str, pd.DataFrame]:
    return tables(kommune)


def test_every_table_there_is_comes_whether_it_has_rows_or_not(frames: dict[str, pd.DataFrame]) -> None:
    assert tuple(frames) == TABLES


def test_every_column_has_a_meaning_and_every_meaning_a_column(frames: dict[str, pd.DataFrame]) -> None:
    assert {name for frame in frames.values() for name in frame.columns} == set(COLUMNS)


def test_a_column_holds_only_the_words_it_may(frames: dict[str, pd.DataFrame]) -> None:
    wrong = {
        (table, name, word)
        for table, frame in frames.items()
        for name in frame.columns
        if COLUMNS[name].allowed
        for word in set(frame[name].dropna()) - {"", *COLUMNS[name].allowed}
    }
    assert wrong == set()


def test_dates_are_iso(frames: dict[str, pd.DataFrame]) -> None:
    dates = [
        text
        for frame in frames.values()
        for name in frame.columns
        if COLUMNS[name].type == "date"
        for text in frame[name].dropna()
    ]
    assert dates
    assert all(pd.Timestamp(text).date().isoformat() == text for text in dates)


def test_a_number_of_a_service_is_in_one_of_its_tables(frames: dict[str, pd.DataFrame]) -> None:
    ids = [id for name in ("service_prices", "service_years", "service_inputs") for id in frames[name]["id"]]
    assert len(set(ids)) == len(ids) > 0


def test_a_small_cell_is_no_number_in_any_table(kommune: Results, frames: dict[str, pd.DataFrame]) -> None:
    hidden = {value.id for value in kommune.values.values() if value.suppressed}
    assert hidden
    for frame in frames.values():
        if "id" in frame.columns:
            shown = frame[frame["id"].isin(hidden)]
            assert shown[["value", "low", "high"]].isna().all().all()


def test_a_row_of_a_hidden_value_has_no_number() -> None:
    hidden = Value(id="estimate.g1.before_after.n", value=None, unit="persons", suppressed=True)
    (row,) = VALUE_TABLES["estimates"].rows({hidden.id: hidden})
    assert (row["value"], row["suppressed"], row["benefit"]) == (None, True, "g1")


def test_the_actors_table_is_the_flows_added(kommune: Results, frames: dict[str, pd.DataFrame]) -> None:
    cash = frames["actors"].query("basis == 'expected' and part == 'cash' and actor == 'eksempel-hf'")
    whole, by_year = cash[cash["year"].isna()]["value"].sum(), cash[cash["year"].notna()]["value"].sum()
    flows = frames["flows"].query("basis == 'expected' and layer == 'cash' and actor == 'eksempel-hf'")
    assert whole == pytest.approx(by_year) == pytest.approx(flows["mean"].sum())


def test_transfers_come_with_both_ends(frames: dict[str, pd.DataFrame]) -> None:
    whole = frames["transfers"][frames["transfers"]["year"].isna()]
    sums = whole.groupby(["basis", "item"])["value"].sum()
    assert len(sums)
    assert sums.abs().max() < 1e-6
