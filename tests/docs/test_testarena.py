"""The page on test arenas: its keys are those of the project file, and its figures those of the example."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel

from benefits.project.arena import Arena, Facility, Offer
from benefits.project.service import Resource
from benefits.results import assess
from benefits.results.arena.model import LINES

PAGE = "docs/testarena.md"
Page = Callable[[str], str]
MODELS: dict[str, type[BaseModel]] = {"staff": Resource, "premises": Facility, "equipment": Facility, "offers": Offer}


def test_every_key_named_is_one_of_the_project_file(page: Page) -> None:
    rows = [line.split("|")[2] for line in page(PAGE).splitlines() if line.startswith("| ") and line.count("|") == 4]
    named = [re.findall(r"`([a-z_]+)`", row) for row in rows]
    known = {*Arena.model_fields, *(key for model in MODELS.values() for key in model.model_fields)}
    assert len([key for keys in named for key in keys]) > 12
    assert [key for keys in named for key in keys if key not in known | {"test_arenas"}] == []


def test_the_figures_of_the_page_are_those_of_the_example(page: Page, root: Path) -> None:
    values = assess(root / "params" / "eksempel-testarena" / "project.yaml").values
    prefix = "arena.testarena.offer.dag"
    ids = ["part.leilighet", "part.sykepleier", "part.testleder", "purchases", *LINES]
    table = page(PAGE).split("Dag i testleiligheten |")[1].split("\n\n")[0]
    amounts = [row.split("|")[3].strip() for row in table.splitlines() if row.startswith("| ") and "---" not in row]
    assert [float(one.replace(" ", "").replace(",", ".")) for one in amounts] == [
        round((values[f"{prefix}.{id}"].value or 0) + 1e-9, 2) for id in ids
    ]
    cost, income, rest, needed, possible = (
        values[f"arena.testarena.year.{name}"].value or 0
        for name in ("2027.cost", "2027.income", "2028.result", "2027.share_needed", "2027.share_possible")
    )
    said = f"koster 2027 {cost:_.0f} kroner, og salget gir {income:_.0f}".replace("_", " ")
    text = " ".join(page(PAGE).split())
    assert said in text
    assert f"vært {needed:.0%} av".replace("%", " prosent") in text
    assert f"rekker til {100 * possible:.0f}." in text
    assert f"{rest:_.0f} kroner blir igjen".replace("_", " ") in text
