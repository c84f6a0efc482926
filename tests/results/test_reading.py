"""Reading data: which file, and what of it was known at a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity import Series
from benefits.project.model import Project
from benefits.results.reading import known_by, last_whole_month, month_end, read_activity


def months(first: str, number: int) -> Series:
    frame = pd.DataFrame({"period": pd.date_range(first, periods=number, freq="MS"), "unit": "Vik", "group": "all"})
    return Series(frame.assign(count=3, exposure=1.0))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2024, 6, 30), date(2024, 6, 1)),
        (date(2024, 6, 29), date(2024, 5, 1)),
        (date(2024, 6, 1), date(2024, 5, 1)),
        (date(2024, 2, 29), date(2024, 2, 1)),
        (date(2024, 2, 28), date(2024, 1, 1)),
        (date(2030, 1, 15), date(2024, 12, 1)),
    ],
)
def test_a_month_is_known_when_it_has_ended(day: date, last: date) -> None:
    known = known_by(months("2024-01-01", 12), day)
    assert known is not None
    assert known.last_period == last


def test_nothing_is_known_before_the_first_month_has_ended() -> None:
    assert known_by(months("2024-01-01", 12), date(2024, 1, 30)) is None
    assert known_by(months("2024-01-01", 12), date(2020, 1, 1)) is None


@given(day=st.dates(date(2023, 1, 1), date(2027, 1, 1)))
def test_what_is_known_grows_with_the_date_and_never_holds_a_month_that_goes_on(day: date) -> None:
    known = known_by(months("2024-01-01", 24), day)
    if known is not None:
        assert month_end(known.last_period) <= day
        assert len(known.to_frame()) <= 24
    later = known_by(months("2024-01-01", 24), month_end(day))
    assert known is None or (later is not None and len(later.to_frame()) >= len(known.to_frame()))


def test_the_last_whole_month_is_that_of_the_source_that_reaches_furthest() -> None:
    shapes = {"a": months("2024-01-01", 2), "b": months("2023-01-01", 3)}
    assert last_whole_month(shapes) == date(2024, 2, 29)
    assert last_whole_month({}) is None


def test_every_file_is_read_and_all_problems_come_at_once(tmp_path: Path) -> None:
    columns = {"period": "periode", "count": "antall", "exposure": "aar"}
    sources = tuple(
        {"id": name, "file": f"{name}.csv", "shape": "series", "columns": columns} for name in ("god", "daarlig", "tom")
    )
    project = Project.model_validate({"format": 1, "id": "p", "title": "P", "data": sources})
    (tmp_path / "god.csv").write_text("periode;antall;aar\n2024-01;3;1,0\n", encoding="utf-8")
    (tmp_path / "daarlig.csv").write_text("periode;antall;aar\n2024-01;-3;1,0\n2024-02;x;1,0\n", encoding="utf-8")
    (tmp_path / "tom.csv").write_text("", encoding="utf-8")
    read = read_activity(project, root=tmp_path)
    assert list(read.shapes) == ["god"]
    assert [problem.place for problem in read.problems] == ["daarlig.csv:2", "daarlig.csv:3", "tom.csv"]
    assert not any(str(tmp_path) in str(problem) for problem in read.problems)
