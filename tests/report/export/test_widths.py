"""Columns get room for what stands in them, and never more than the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.report.export.widths import LINE, PADDING, column_widths, longest_word

CELLS = st.text(alphabet="abc MW12,-", max_size=120)
TABLES = st.integers(1, 5).flatmap(
    lambda rows: st.lists(st.lists(CELLS, min_size=rows, max_size=rows), min_size=1, max_size=9)
)


def test_a_small_table_takes_what_it_needs_and_no_more() -> None:
    # 4 and 9 average characters, and air in both.
    needs = [(4 + PADDING) / LINE, (9 + PADDING) / LINE]
    assert column_widths([["aaaa"], ["a" * 9]]) == pytest.approx(needs)
    assert column_widths([["aa-a"], ["aaaa-aaaa"]]) == pytest.approx(needs)


def test_a_column_of_long_texts_gets_what_the_short_ones_leave() -> None:
    short, long = column_widths([["aaaa"], ["aaaa " * 100]])
    assert short == pytest.approx((4 + PADDING) / LINE)
    assert short + long == pytest.approx(1)


def test_words_too_long_for_the_page_share_it_and_take_no_room_from_short_ones() -> None:
    first, *others = column_widths([["aaa"], *[["a" * 60]] * 3])
    assert first == pytest.approx((3 + PADDING) / LINE)
    assert others == pytest.approx([others[0]] * 3)
    assert first + sum(others) <= 1.0001


@given(TABLES)
def test_columns_never_fill_more_than_the_page_and_each_has_some_room(columns: list[list[str]]) -> None:
    widths = column_widths(columns)
    assert len(widths) == len(columns)
    assert sum(widths) <= 1.0001
    assert min(widths) > 0


@given(TABLES)
def test_no_word_is_divided_when_all_have_room(columns: list[list[str]]) -> None:
    if sum(longest_word(column) + PADDING for column in columns) <= LINE:
        for width, column in zip(column_widths(columns), columns, strict=True):
            assert width * LINE >= longest_word(column)
