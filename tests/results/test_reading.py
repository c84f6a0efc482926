"""Reading data: which file, and what of it was known at a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits import load
from benefits.activity import Series
from benefits.errors import InvalidInput
from benefits.project.model import Project
from benefits.results import assess
from benefits.results.reading import known_by, last_whole_month, month_end, now_and_then, only_active, read_activity
from benefits.vocabulary import GRADES


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


@pytest.mark.slow
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


# What a project file says of its data ---------------------------------------------------------------------------------

HEAD = "format: 1\nid: dho\ntitle: DHO\ngo_live: 2024-01-01\n"
ASKED = """data:
  - {id: spurt, file: s.csv, shape: responses, columns: {respondent: id, wave: dag, item: spm, score: svar}}
benefits:
  - id: trygghet
    title: Tryggere
    indicator: {definition: Trygghet, unit: points, per: person_year, direction: higher_is_better}
    method: {id: survey, data: spurt}
"""
COHORT = """data:
  - id: npr
    file: h.csv
    shape: events
    columns: {person: id, date: dag}
    secondary: only_active
    cohort: {file: k.csv, columns: {person: id, group: gruppe, included: fra, ended: til, reason: grunn}}
benefits:
  - id: g1
    title: Fewer
    indicator: {definition: Admissions, unit: admissions, per: person_year, direction: lower_is_better}
    method: {id: before_after, data: npr}
"""


def project_in(folder: Path, text: str, **files: list[str]) -> Path:
    (folder / "project.yaml").write_text(HEAD + text, encoding="utf-8")
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "project.yaml"


def survey(folder: Path, *, waves: tuple[str, ...] = ("2023-11-15", "2024-11-15")) -> Path:
    answers = [
        f"P{who};{wave};trygg;{1 + who % 4 + (wave > '2024') * (who % 3)}" for wave in waves for who in range(12)
    ]
    return project_in(folder, ASKED, s=["id;dag;spm;svar", *answers])


def cohort(folder: Path) -> Path:
    """Sixty persons, every third of the treated stops in March, with an admission in every second month."""
    members, events = ["id;gruppe;fra;til;grunn"], ["id;dag"]
    for who in range(60):
        stops = "2024-03-31;stopped" if who % 3 == 0 and who < 30 else ";"
        members.append(f"P{who};{'treated' if who < 30 else 'comparison'};2024-01-01;{stops}")
        months = [(2023, month) for month in range(1, 13)] + [(2024, month) for month in range(1, 13)]
        events += [f"P{who};{year}-{month:02d}-{1 + who % 28:02d}" for year, month in months if (month + who) % 2]
        events += [f"P{who};2023-{month:02d}-15" for month in (2, 5) if who % 4 == 0]
    return project_in(folder, COHORT, h=events, k=members)


def test_answers_to_a_survey_go_all_the_way_to_a_result(tmp_path: Path) -> None:
    found = assess(survey(tmp_path), draws=100)
    assert found.as_of == date(2024, 11, 30)
    assert [one.method for one in found.estimates] == ["survey"]
    assert found.estimates[0].effect > 0


def test_answers_that_come_after_the_date_are_not_known(tmp_path: Path) -> None:
    found = assess(survey(tmp_path), as_of=date(2024, 6, 30), draws=100)
    assert found.estimates == ()
    assert len(found.refusals) == 1


def test_too_few_respondents_are_not_shown(tmp_path: Path) -> None:
    path = survey(tmp_path)
    lines = (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("P") or line.split(";")[0] in {"P0", "P1", "P2", "P3"}]
    (tmp_path / "s.csv").write_text("\n".join(kept), encoding="utf-8")
    assert [refusal.code for _, refusal in assess(path, draws=100).refusals] == ["too_few_to_show"]


def test_everyone_included_is_the_answer_and_only_the_active_stand_beside_it_weaker(tmp_path: Path) -> None:
    found = assess(cohort(tmp_path), draws=100)
    (used,), (beside,) = found.estimates, found.compared
    assert (used.method, beside.method) == ("before_after", "before_after.only_active")
    assert {check.code: check.passed for check in used.checks}["everyone_included"] is True
    assert {check.code: check.passed for check in beside.checks}["everyone_included"] is False
    assert GRADES.index(beside.grade) <= GRADES.index(used.grade)
    # Ten of thirty stop after three of twelve months: 7.5 person-years fewer.
    assert used.exposure - beside.exposure == pytest.approx(7.5)


def test_only_the_active_are_cut_at_the_date_as_everything_is(tmp_path: Path) -> None:
    path = cohort(tmp_path)
    activity = read_activity(load(path), root=tmp_path)
    known = only_active(activity.extracts, date(2024, 2, 29))["npr"]
    assert known.last_period == date(2024, 2, 1)


def test_every_file_is_listed_with_its_fingerprint(tmp_path: Path) -> None:
    files = assess(cohort(tmp_path), draws=100).files
    assert sorted(files) == ["h.csv", "k.csv", "project.yaml"]


def test_the_problems_of_every_source_come_at_once(tmp_path: Path) -> None:
    path = cohort(tmp_path)
    (tmp_path / "k.csv").write_text("id;gruppe;fra;til;grunn\nA;treated;2024-03-01;2024-01-01;died\n", encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace(
        "benefits:\n", ASKED[len("data:\n") : ASKED.index("benefits:")] + "benefits:\n"
    )
    path.write_text(text, encoding="utf-8")
    (tmp_path / "s.csv").write_text("id;dag;spm;svar\nA;2024-01-01;trygg;enig\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        assess(path)
    assert {problem.code for problem in refused.value.problems} == {"included_after_end", "cell_not_a_number"}


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("file: nei.csv", "data_file_missing"),
        ("file: nei/*.parquet", "data_file_missing"),
        ("{database: 'duckdb:nei.duckdb', table: x}", "data_file_missing"),
        ("{database: 'postgresql://u:hemmelig@vert/base', table: x}", "database_with_password"),
        ("{database: 'duckdb:nei.duckdb'}", "table_missing"),
        ("{title: Uten}", "file_or_database"),
    ],
)
def test_what_is_wrong_with_where_data_are_is_told_once(tmp_path: Path, where: str, code: str) -> None:
    inside = where.strip("{}")
    text = f"data:\n  - {{id: d, {inside}, shape: series, per: none, columns: {{period: m, count: n}}}}\n"
    with pytest.raises(InvalidInput) as refused:
        assess(project_in(tmp_path, text))
    told = [problem.code for problem in refused.value.problems]
    assert told.count(code) == 1
    assert set(told) <= {code, "data_file_missing"}
    assert "hemmelig" not in repr(refused.value.problems)


def test_two_months_of_a_time_study_a_year_apart_are_both_known_when_the_second_has_ended() -> None:
    rows = {
        "period": pd.to_datetime(["2023-10-01", "2024-10-01"]),
        "unit": "",
        "group": "all",
        "count": 30,
        "exposure": 1,
    }
    study = Series(pd.DataFrame(rows).assign(exposure=1.0))
    as_a_year, as_a_month = known_by(study, date(2025, 6, 30)), known_by(study, date(2025, 6, 30), step=1)
    assert as_a_year is not None
    assert as_a_month is not None
    assert as_a_year.last_period == date(2023, 10, 1)
    assert as_a_month.last_period == date(2024, 10, 1)


def test_data_of_a_method_that_looks_now_and_then_are_named() -> None:
    indicator = {"definition": "x", "unit": "minutes", "per": "event", "direction": "lower_is_better"}
    asked = {
        "a": {"id": "time_study", "data": "a"},
        "b": {"id": "before_after_means", "data": "b", "options": {"occasions": True}},
        "c": {"id": "before_after_means", "data": "c"},
    }
    project = Project.model_validate(
        {
            "format": 1,
            "id": "p",
            "title": "P",
            "benefits": tuple(
                {"id": id, "title": "G", "indicator": indicator, "method": one} for id, one in asked.items()
            ),
        }
    )
    assert now_and_then(project) == {"a", "b"}
