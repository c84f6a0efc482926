"""The form for a test arena: what is shown as an example can be put to use by taking out the marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benefits.forms.starters import starter
from benefits.results import assess
from benefits.vocabulary import Language, words

CODE = re.compile(r"^( +)# (?=( *- |[a-z]+:| +[a-z]+: ))", flags=re.MULTILINE)


@pytest.mark.parametrize("language", words(Language))
def test_without_the_marks_and_with_three_shares_there_is_a_price(language: Language, tmp_path: Path) -> None:
    """Eight hours of 100 kr twice, four of 1 000 / 5 / 10 = 20 kr, and 100 kr: 1 780 kr direct."""
    text = CODE.sub(r"\1", starter("testarena", language, id="ny"))
    for key, share in (("overhead", "0.25"), ("margin", "0.05"), ("vat", "0.25")):
        text = text.replace(f"    {key}:\n", f"    {key}: {share}\n")
    (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
    results = assess(tmp_path / "project.yaml", draws=20)
    (arena,) = results.arenas
    (offer,) = arena.offers
    assert results.values[f"arena.{arena.arena}.offer.{offer}.direct"].value == pytest.approx(1_780)
