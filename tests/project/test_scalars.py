from __future__ import annotations

from datetime import date

import pytest

from benefits.project.fields import AmbiguousNumber
from benefits.project.scalars import ImpossibleDate, Unusable, plain_value, suggested_date, suggested_number

CORE = "tag:yaml.org,2002:"


@pytest.mark.parametrize("raw", ["1.234", "-12.500", "1_000", "1_0", "999.999"])
def test_a_number_with_two_readings_stays_both(raw: str) -> None:
    assert isinstance(plain_value(raw, CORE + ("int" if "_" in raw else "float")), AmbiguousNumber)


@pytest.mark.parametrize(
    ("raw", "number"), [("0.123", 0.123), ("1.2340", 1.234), ("1.23", 1.23), ("1234.567", 1234.567)]
)
def test_a_number_with_one_reading_is_that_number(raw: str, number: float) -> None:
    value = plain_value(raw, CORE + "float")
    assert value == number
    assert type(value) is float


@pytest.mark.parametrize(
    ("raw", "code"),
    [(".inf", "not_finite"), ("-.INF", "not_finite"), (".nan", "not_finite"), ("1e15", "number_too_large")],
)
def test_a_number_no_field_takes_is_unusable(raw: str, code: str) -> None:
    with pytest.raises(Unusable, match=code):
        plain_value(raw, CORE + "float")


def test_fifteen_digits_are_read_and_sixteen_are_not() -> None:
    assert plain_value("9" * 15, CORE + "int") == 10**15 - 1
    with pytest.raises(Unusable):
        plain_value("9" * 16, CORE + "int")


def test_a_date_in_no_calendar_stays_as_written() -> None:
    assert plain_value("2024-02-29", CORE + "timestamp") == date(2024, 2, 29)
    assert isinstance(plain_value("2025-02-29", CORE + "timestamp"), ImpossibleDate)


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("45 000", "45000"),
        ("45\u00a0000,50", "45000.50"),
        ("−12,5", "-12.5"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.50"),
        ("kr 500", "500"),
        ("500 kr", "500"),
        ("16 %", "0.16"),
        ("0,5%", "0.005"),
        ("1,234", None),
        ("1.234", None),
        ("fem", None),
        ("", None),
        ("1-2", None),
    ],
)
def test_a_norwegian_number_is_suggested_as_the_file_wants_it(raw: str, suggestion: str | None) -> None:
    assert suggested_number(raw) == suggestion


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [("1.2.2025", "2025-02-01"), ("2025/02/01", "2025-02-01"), ("30.02.2025", None), ("1.2.25", None), ("2025", None)],
)
def test_a_norwegian_date_is_suggested_as_the_file_wants_it(raw: str, suggestion: str | None) -> None:
    assert suggested_date(raw) == suggestion
