"""The page on requests for data names the rows of the request as the report does, and its example can be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from benefits.language import catalogue
from benefits.project import read
from benefits.results.data_request import requests
from benefits.results.values import Values

Blocks = Callable[..., list[str]]
PAGE = "docs/datauttrekk.md"
REST = """format: 1
id: vik
title: Vik
go_live: 2027-01-01
patient_group: {category: other, description: Voksne med kols}
benefits:
  - id: g1
    title: Færre innleggelser
    indicator: {definition: Innleggelser, unit: admissions, per: person_year, direction: lower_is_better}
    method: {id: before_after, data: innleggelser}
"""


def test_the_table_has_every_row_of_a_request_by_its_words(page: Callable[[str], str]) -> None:
    table = page(PAGE).partition("| Tema | Fra prosjektfilen |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| ([^|]+?) \|", table, flags=re.MULTILINE)[1:]
    words = {key: text for key, text in catalogue("nb").entries.items() if key.startswith("request.row.")}
    assert sorted(told) == sorted(words.values())


def test_the_example_leaves_nothing_to_decide(blocks: Blocks, tmp_path: Path) -> None:
    (example,) = blocks(PAGE, "yaml", "forespørsel")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "innleggelser.csv").write_text("", encoding="utf-8")
    (tmp_path / "project.yaml").write_text(REST + example, encoding="utf-8")
    (one,) = requests(read(tmp_path / "project.yaml").project, Values()).pages
    assert one.lacks == ()
