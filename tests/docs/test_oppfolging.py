"""The page on follow-up tells the verdicts by the words the report uses, and what is frozen by the parts that are."""

from __future__ import annotations

import re
from collections.abc import Callable

from benefits.language import catalogue
from benefits.results.verdicts.rules import VERDICTS

PAGE = "docs/oppfolging.md"


def test_the_rules_give_every_verdict_by_its_word_and_no_other(page: Callable[[str], str]) -> None:
    section = page(PAGE).split("## Vurderingen")[1].split("\n## ")[0]
    told = {
        cell
        for row in re.findall(r"^\|.*\| (.*) \|$", section, flags=re.MULTILINE)[2:]
        for cell in row.split(", ellers ")
    }
    assert told == {catalogue("nb").text(f"verdict.{code}") for code in VERDICTS}
