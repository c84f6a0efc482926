"""A folder of its own for each test, project files as JSON sees them, and forms filled in as a person would."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pytest
from ruamel.yaml import YAML

from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form import Form, FormRow
from benefits.forms.reported_form_sheet import workbook
from benefits.project import Loaded, read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def as_json() -> Callable[[str], Any]:
    """Read YAML as an editor's schema check does: dates are texts, and every key is one."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value.isoformat() if isinstance(value, date) else value

    return lambda text: plain(YAML(typ="safe", pure=True).load(text))


@dataclass(frozen=True, kw_only=True)
class Office:
    """Makes a form for reported values, and fills it in.

    ``good`` are the answers of a row that is as it should be; ``first`` is the number of the first row.
    """

    first: int = at.HEADER + 1
    project: str = """\
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
    good: Mapping[str, Any] = field(
        default_factory=lambda: MappingProxyType(
            {"value": 40.5, "n": 16, "start": date(2026, 1, 1), "date": date(2026, 12, 31), "source": "Rosters"}
        )
    )

    def row(self, benefit: str = "time", unit: Any = "hours", per: Any = "person_year", **words: str) -> FormRow:
        shown = {name: words.get(name, name) for name in ("title", "indicator", "baseline", "target", "last", "due")}
        return FormRow(benefit=benefit, unit=unit, per=per, **shown)

    def form(self, *rows: FormRow, language: Any = "nb", title: str = "DHO", project: str = "dho") -> Form:
        own = rows or (self.row(), self.row("calm", "share", "none"), self.row("points", "points", "none"))
        return Form(
            project=project, title=title, owner="leader", role="Leader", actor="Vik", language=language, rows=own
        )

    def loaded(self, folder: Path, text: str = "") -> Loaded:
        path = folder / "project.yaml"
        path.write_text(text or self.project, encoding="utf-8")
        return read(path)

    def filled(
        self,
        path: Path,
        *rows: Mapping[str, Any],
        day: Any = date(2027, 1, 15),
        cells: Mapping[str, Any] = MappingProxyType({}),
        form: Form | None = None,
    ) -> Path:
        """Save a form with these answers in its rows, in order; ``cells`` are set by name, last."""
        book = openpyxl.load_workbook(io.BytesIO(workbook(form or self.form())))
        sheet = book.active
        sheet[at.DAY_AT] = day
        for number, answers in enumerate(rows, start=self.first):
            for name, value in answers.items():
                cell = sheet.cell(row=number, column=at.PLACE[name])  # type: ignore[index]
                cell.value = value
                if isinstance(value, str):
                    # A person writes words; those of openpyxl that begin with an equals sign are formulas.
                    cell.data_type = "s"
        for name, value in cells.items():
            sheet[name] = value
        book.save(path)
        return path


@pytest.fixture(scope="session")
def office() -> Office:
    return Office()
