"""The page on reported values tells the fields of the form, and its file is one the project reads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from benefits.forms.reported_form_layout import INPUTS
from benefits.language import catalogue
from benefits.project import read

Blocks = Callable[..., list[str]]
PAGE = "docs/rapportering.md"


def test_the_page_names_every_field_that_is_filled_in(page: Callable[[str], str]) -> None:
    said = catalogue("nb")
    table = page(PAGE).split("## Fyll ut")[1].split("\n## ")[0]
    told = {field for row in re.findall(r"^\| ([^|]+) \|", table, flags=re.MULTILINE) for field in row.split(", ")}
    asked = {said.text(f"form.column.{name}").removeprefix("Fyll ut: ") for name in INPUTS}
    top = {
        said.text(f"form.field.{name}").removeprefix("Fyll ut: ").removesuffix(" (rolle)") for name in ("role", "day")
    }
    assert told - {"Felt", "---"} == asked | top


def test_the_file_of_the_page_is_read_with_the_project(root: Path, blocks: Blocks, tmp_path: Path) -> None:
    project = tmp_path / "project"
    ignored = shutil.ignore_patterns("out", "reported")
    shutil.copytree(root / "params" / "eksempel-kommune", project, ignore=ignored)
    (project / "reported").mkdir()
    (text,) = blocks(PAGE, "yaml")
    (project / "reported" / "2027-02-15-leder.yaml").write_text(text, encoding="utf-8")
    (told,) = read(project / "project.yaml").reports
    assert told.content.values[0].value == 48.5
