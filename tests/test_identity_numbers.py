"""Only synthetic numbers (month with 80 added) stand in these tests."""

from __future__ import annotations

import pytest

from benefits.errors import Problem
from benefits.identity_numbers import HIDDEN, has_national_id, without_national_ids

NUMBER = "10817110008"
WITHOUT_ZERO = "1817110011"


@pytest.mark.parametrize("mark", ["", " ", "-", "\u00a0", "\u2009", "\u202f"])
def test_a_number_is_found_and_hidden_however_its_parts_are_set_apart(mark: str) -> None:
    written = f"ring {NUMBER[:6]}{mark}{NUMBER[6:]} nå"
    assert has_national_id(written)
    assert without_national_ids(written) == f"ring {HIDDEN} nå"


@pytest.mark.parametrize("text", ["", "Vik", "10817110009", "108171100080", "912345678", "2024-01-31"])
def test_what_is_no_number_is_shown_as_it_stands(text: str) -> None:
    assert without_national_ids(text) == text


def test_a_problem_shows_no_number_in_its_place_its_value_or_its_parameters() -> None:
    problem = Problem(
        place=f"{NUMBER}.csv:1", code="x", value=f"{'a' * 75} {NUMBER}", parameters={"column": NUMBER, "count": 3}
    )
    assert problem.place == f"{HIDDEN}.csv:1"
    assert problem.parameters == {"column": HIDDEN, "count": 3}
    assert not any(digit in problem.value for digit in "0123456789"), "a number is hidden before a value is cut"
