"""A form, and how the tests fill one in as a person would."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form import Form, FormRow
from benefits.forms.reported_form_sheet import workbook
from benefits.project import Loaded, read
from benefits.vocabulary import Language

PROJECT = """\
format: 1
id: dho
title: DHO
benefits:
  - id: time
    title: Time
    owner: {role: Leader}
    indicator: {definition: Hours, unit: hours, per: person_year, direction: lower_is_better}
  - id: calm
    title: Calm
    owner: {role: Leader}
    indicator: {definition: Share who are calm, unit: share, direction: higher_is_better}
  - id: points
    title: Points
    owner: {role: Leader}
    indicator: {definition: Score, unit: points, direction: higher_is_better}
"""
FIRST = at.HEADER + 1
GOOD: Mapping[str, Any] = {
    "value": 40.5,
    "n": 16,
    "start": date(2026, 1, 1),
    "date": date(2026, 12, 31),
    "source": "Rosters",
}


def row(benefit: str = "time", unit: Any = "hours", per: Any = "person_year", **words: str) -> FormRow:
    shown = {name: words.get(name, name) for name in ("title", "indicator", "baseline", "target", "last", "due")}
    return FormRow(benefit=benefit, unit=unit, per=per, **shown)


def form(*rows: FormRow, language: Language = "nb", title: str = "DHO", role: str = "Leader") -> Form:
    own = rows or (row(), row("calm", "share", "none"), row("points", "points", "none"))
    return Form(project="dho", title=title, owner="leader", role=role, actor="", language=language, rows=own)


def loaded(folder: Path, text: str = PROJECT) -> Loaded:
    path = folder / "project.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def filled(
    path: Path,
    *rows: Mapping[str, Any],
    day: Any = date(2027, 1, 15),
    cells: Mapping[str, Any] | None = None,
    of: Form | None = None,
) -> Path:
    """Save a form with these values in its rows, in order; ``cells`` are set by name, last."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(of or form())))
    sheet = book.active
    sheet[at.DAY_AT] = day
    for number, values in enumerate(rows, start=FIRST):
        for name, value in values.items():
            cell = sheet.cell(row=number, column=at.PLACE[name])  # type: ignore[index]
            cell.value = value
            if isinstance(value, str) and cell.data_type == "f":
                cell.data_type = "s"
    for name, value in (cells or {}).items():
        sheet[name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def as_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
