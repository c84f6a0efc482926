from __future__ import annotations

import pytest
from pydantic import ValidationError

from benefits.project.fields import AmbiguousNumber, Text


@pytest.mark.parametrize(
    ("raw", "readings"),
    [("1.234", ("1.234", "1234")), ("1_000", ("1.000", "1000")), ("1_000.5", ("1000.5", "1000.5"))],
)
def test_both_readings_of_a_number_are_known(raw: str, readings: tuple[str, str]) -> None:
    assert AmbiguousNumber(raw).readings == readings


def test_a_text_in_no_language_is_refused() -> None:
    with pytest.raises(ValidationError):
        Text.model_validate({})
