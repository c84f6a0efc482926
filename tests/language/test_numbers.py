"""Numbers and dates as each language writes them."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.language import numbers
from benefits.language.numbers import round_half_up
from benefits.vocabulary import Language

LANGUAGES = ("nb", "nn", "en")
NO_BREAK = "\u00a0"
MINUS = "\u2212"

AMOUNTS = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def read_back(written: str, language: str) -> Decimal:
    plain = written.replace(MINUS, "-")
    if language == "en":
        return Decimal(plain.replace(",", ""))
    return Decimal(plain.replace(NO_BREAK, "").replace(",", "."))


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (0.125, 2, "0.13"),
        (-0.125, 2, "-0.13"),
        (2.5, 0, "3"),
        (3.5, 0, "4"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (0.285, 2, "0.29"),
        (1234.5, 0, "1235"),
    ],
)
def test_a_half_is_rounded_away_from_zero_as_it_is_written(value: float, digits: int, rounded: str) -> None:
    """1.005 and 0.285 lie a hair below the half in binary; a reader sees a half."""
    assert round_half_up(value, digits) == Decimal(rounded)


@pytest.mark.parametrize("value", [-0.0, -0.4, -0.49999])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_written_as_minus_zero(value: float, language: str) -> None:
    assert not round_half_up(value, 0).is_signed()
    assert numbers(language).decimal(value) == "0"
    assert numbers(language).percent(value / 100).startswith("0")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nb", f"{MINUS}1{NO_BREAK}234{NO_BREAK}567,5"),
        ("nn", f"{MINUS}1{NO_BREAK}234{NO_BREAK}567,5"),
        ("en", f"{MINUS}1,234,567.5"),
    ],
)
def test_group_mark_decimal_mark_and_minus_are_those_of_the_language(language: str, written: str) -> None:
    assert numbers(language).decimal(-1_234_567.46, digits=1) == written


@pytest.mark.parametrize(
    ("language", "written"), [("nb", f"3,5{NO_BREAK}%"), ("nn", f"3,5{NO_BREAK}%"), ("en", "3.5%")]
)
def test_a_share_is_written_as_per_cent(language: str, written: str) -> None:
    assert numbers(language).percent(0.0345, digits=1) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_negative_share_has_the_minus_of_typography(language: str) -> None:
    assert numbers(language).percent(-0.12).startswith(f"{MINUS}12")


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "2. november 2026"), ("nn", "2. november 2026"), ("en", "2 November 2026")],
)
def test_a_date_is_written_in_words(language: str, written: str) -> None:
    assert numbers(language).day(date(2026, 11, 2)) == written


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("nb", "januar februar mars april mai juni juli august september oktober november desember"),
        ("nn", "januar februar mars april mai juni juli august september oktober november desember"),
        ("en", "January February March April May June July August September October November December"),
    ],
)
def test_months_have_the_names_of_the_language(language: str, months: str) -> None:
    said = [numbers(language).month(date(2025, month, 1)) for month in range(1, 13)]
    assert said == [f"{month} 2025" for month in months.split()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_months_differ_from_each_other_and_are_short(language: str) -> None:
    said = [numbers(language).short_month(date(2025, month, 1)) for month in range(1, 13)]
    assert len(set(said)) == 12
    assert all(len(month) <= 9 and month.endswith("25") for month in said)


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=AMOUNTS, digits=st.integers(0, 4))
def test_what_is_written_reads_back_within_half_of_its_last_digit(language: str, value: float, digits: int) -> None:
    back = read_back(numbers(language).decimal(value, digits=digits), language)
    assert abs(back - Decimal(repr(value))) <= Decimal("0.5").scaleb(-digits)
    assert back == round_half_up(value, digits)


@given(value=AMOUNTS, digits=st.integers(0, 4))
def test_rounding_is_the_same_on_both_sides_of_zero(value: float, digits: int) -> None:
    expected = abs(Decimal(repr(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert abs(round_half_up(value, digits)) == expected
    assert round_half_up(-value, digits) == -round_half_up(value, digits)


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.floats(min_value=-10, max_value=10, allow_nan=False), digits=st.integers(0, 2))
def test_a_share_reads_back_within_half_of_its_last_digit(language: str, value: float, digits: int) -> None:
    written = numbers(language).percent(value, digits=digits)
    assert written.endswith("%")
    back = float(read_back(written.removesuffix("%").removesuffix(NO_BREAK), language)) / 100
    assert math.isclose(back, value, abs_tol=0.5 * 10 ** -(digits + 2) * (1 + 1e-9))


@pytest.mark.parametrize(("language", "last"), [("nb", "b og c"), ("nn", "b og c"), ("en", "b and c")])
def test_the_last_two_of_a_list_are_joined_by_a_word(language: Language, last: str) -> None:
    of = numbers(language)
    assert of.listed(["a", "b", "c"]) == f"a, {last}"
    assert of.listed(["b", "c"]) == last
    assert (of.listed(["c"]), of.listed([])) == ("c", "")
