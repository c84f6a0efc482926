"""An id is made of any name, and the same one wherever it is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.project import Project, id_from


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Ærfugl Ørland Åfjord", "aerfugl-orland-afjord"),
        ("Kárášjohka 2026", "karasjohka-2026"),
        ("Café", "cafe"),
        ("Vårt prosjekt", "vart-prosjekt"),
        ("__a__b__", "a-b"),
        ("日本", "ingen"),
        ("", "ingen"),
        ("x" * 80, "x" * 64),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_an_id_is_made_of_a_name(name: str, id: str) -> None:
    assert id_from(name, otherwise="ingen") == id


@given(st.text())
def test_what_is_made_of_any_name_may_be_an_id_and_is_its_own(name: str) -> None:
    id = id_from(name, otherwise="ingen")
    Project.model_validate({"format": 1, "id": id, "title": "a"})
    assert id_from(id, otherwise="annet") == id
