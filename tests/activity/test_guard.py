"""Only synthetic numbers (month with 80 or 40 added) stand in these tests."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from benefits.activity import national_ids, read_panel
from benefits.activity.guard import refused, refused_ids
from benefits.errors import InvalidInput


def is_national_id(text: str) -> bool:
    return national_ids([text]) == 1


@pytest.mark.parametrize("date_part", ["158171", "018100", "299200", "314199", "558171", "415240"])
def test_a_synthetic_number_or_d_number_with_both_control_digits_is_found(date_part, synthetic_id):
    assert is_national_id(synthetic_id(date_part))


def test_a_number_written_with_a_space_after_the_date_is_found(synthetic_id):
    number = synthetic_id("158171")
    assert is_national_id(f" {number[:6]} {number[6:]} ")


@pytest.mark.parametrize("place", range(11))
def test_one_wrong_digit_is_enough_to_let_it_pass(place, synthetic_id):
    number = synthetic_id("158171")
    digit = (int(number[place]) + 1) % 10
    assert not is_national_id(number[:place] + str(digit) + number[place + 1 :])


@pytest.mark.parametrize("date_part", ["328171", "159371", "008171", "729171", "158071"])
def test_a_day_or_a_month_that_does_not_exist_is_not_a_number(date_part, synthetic_id):
    assert not is_national_id(synthetic_id(date_part))


@pytest.mark.parametrize("text", ["", "P001", "1581710000", "158171000000", "15817110\u0660\u0660\u0660"])
def test_what_is_not_eleven_digits_is_not_a_number(text):
    assert not is_national_id(text)


def test_a_number_inside_a_longer_text_is_found(synthetic_id):
    assert is_national_id(f"pasient {synthetic_id('158171')}, Vik")


def test_what_is_refused_in_a_project_file_is_refused_in_a_column(synthetic_id):
    """65 added to the month: a constructed number of another kind."""
    assert is_national_id(synthetic_id("157371"))


def test_the_numbers_of_a_column_are_counted(synthetic_id):
    number = synthetic_id("158171")
    assert national_ids(["P001", number, "", number]) == 2


def column(*texts: str) -> pd.Series:
    return pd.Series(texts, dtype="str")


def test_a_number_that_lost_its_zero_is_found_where_more_than_chance_of_them_are_valid(synthetic_numbers):
    short = [number.lstrip("0") for number in synthetic_numbers[:2]]
    others = [f"9{number:09d}" for number in range(38)]
    assert refused_ids(column(*short)) == 2
    assert refused_ids(column(*short, *others)) == 0, "two of forty are not above 5 %"
    assert refused_ids(column(*short, *others[:37])) == 2, "two of thirty-nine are"


def test_a_pseudonym_column_is_refused_only_above_the_share_of_chance(synthetic_numbers):
    others = [f"9{number:010d}" for number in range(19)]
    assert refused_ids(column(*synthetic_numbers[10:11], *others, ""), pseudonym=True) == 0
    assert refused_ids(column(*synthetic_numbers[10:11], *others[:18], ""), pseudonym=True) == 1
    assert refused_ids(column(*synthetic_numbers[10:11], *others), pseudonym=False) == 1


def test_every_row_with_a_number_is_counted_and_not_every_number_once(synthetic_numbers):
    assert refused_ids(column(*[synthetic_numbers[10]] * 3, "P1", "")) == 3


def test_an_empty_column_and_a_column_of_empty_cells_hold_no_number():
    assert refused_ids(column()) == refused_ids(column("", "")) == refused(0, 0, short=0, filled=0, pseudonym=True) == 0


@pytest.mark.parametrize("row", ["{};2024-01;1\n", "{},2024-01,1\n", "{0};{0};1\n", "pas;maaned;{}\n1;2024-01;1\n"])
def test_a_table_without_headings_is_refused_and_its_first_person_is_not_shown(row, synthetic_numbers, tmp_path):
    number = synthetic_numbers[12]
    (tmp_path / "a.csv").write_text(row.format(number), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_panel(root=tmp_path, file="a.csv", columns={"person": "pas", "period": "maaned", "count": "antall"})
    assert number not in repr(refused.value.problems)
    assert "***********" in repr(refused.value.problems)


def test_a_link_out_of_the_folder_is_refused_before_anything_is_read(tmp_path):
    (tmp_path / "secret.csv").write_text("hemmelig\n", encoding="utf-8")
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.csv").symlink_to("../secret.csv")
    with pytest.raises(InvalidInput) as refused:
        read_panel(root=root, file="a.csv", columns={"person": "pas", "period": "maaned", "count": "antall"})
    assert [one.code for one in refused.value.problems] == ["data_file_outside"]


def test_what_is_no_file_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(InvalidInput) as refused:
        read_panel(root=tmp_path, file="a.csv", columns={"person": "pas", "period": "maaned", "count": "antall"})
    assert [one.code for one in refused.value.problems] == ["file_not_found"]
