"""Only synthetic numbers (month with 80 or 40 added) stand in these tests."""

from __future__ import annotations

import pytest

from benefits.activity import national_ids


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
