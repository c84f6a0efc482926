"""Values reported beside a project file: read with it, known when they were reported, and the later of two stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benefits.errors import InvalidInput
from benefits.project import load, read
from benefits.project.codes import PROBLEM_CODES
from benefits.project.reported import PROBLEM_CODES as OWN_CODES

PROJECT = """\
format: 1
id: dho
title: DHO
benefits:
  - id: time
    title: Time
    indicator: {definition: Hours, unit: hours, per: person_year, direction: lower_is_better}
    measurements:
      - {date: 2025-06-30, value: 50, grade: reported, source: By hand}
  - id: calm
    title: Calm
    indicator: {definition: Share who are calm, unit: share, direction: higher_is_better}
  - id: unclear
    title: Unclear
"""
TIME = (
    "{benefit: time, value: 40, unit: hours, per: person_year, n: 16, "
    "start: 2025-07-01, date: 2025-12-31, source: Rosters}"
)
CALM = "{benefit: calm, value: 0.5, unit: share, start: 2025-12-01, date: 2025-12-31, source: Survey, confirmed: true}"


def project(folder: Path, text: str = PROJECT) -> Path:
    path = folder / "project.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def report(folder: Path, *values: str, on: str = "2026-01-15", name: str = "", of: str = "dho") -> Path:
    path = folder / "reported" / (name or f"{on}-leader.yaml")
    path.parent.mkdir(exist_ok=True)
    lines = "".join(f"  - {one}\n" for one in values)
    text = f"format: 1\nproject: {of}\nreported_on: {on}\nrole: Leader\nvalues:\n{lines}"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(path)
    return [(one.place, one.code) for one in caught.value.problems]


def test_a_reported_value_becomes_a_measurement_of_its_gevinst(tmp_path: Path) -> None:
    report(tmp_path, TIME, CALM)
    time, calm, _ = load(project(tmp_path)).benefits
    assert [(one.date, one.value) for one in time.measurements] == [(date(2025, 6, 30), 50), (date(2025, 12, 31), 40)]
    (told,) = calm.measurements
    assert (told.grade, told.value, told.start, told.confirmed) == ("reported", 0.5, date(2025, 12, 1), True)
    assert told.by is not None
    assert (told.by.plain, told.reported_on) == ("Leader", date(2026, 1, 15))


def test_the_files_and_their_checksums_are_kept(tmp_path: Path) -> None:
    path = report(tmp_path, TIME)
    (one,) = read(project(tmp_path)).reports
    assert (one.file, len(one.sha256)) == (f"reported/{path.name}", 64)


def test_a_value_is_known_from_the_day_it_was_reported_however_old_the_days_it_is_of(tmp_path: Path) -> None:
    report(tmp_path, TIME)
    loaded = read(project(tmp_path))
    for day, values in ((date(2025, 6, 29), []), (date(2026, 1, 14), [50]), (date(2026, 1, 15), [50, 40])):
        known = loaded.known_on(day)
        assert [one.value for one in known.project.benefits[0].measurements] == values
        assert len(known.reports) == (40 in values)


def test_of_two_reports_for_the_same_days_the_later_stands_and_the_change_is_named(tmp_path: Path) -> None:
    report(tmp_path, TIME)
    report(tmp_path, TIME.replace("value: 40", "value: 44"), on="2026-02-01")
    loaded = read(project(tmp_path))
    assert [one.value for one in loaded.project.benefits[0].measurements] == [50, 44]
    before, after = loaded.known_on(date(2026, 1, 20)), loaded.known_on(date(2026, 2, 1))
    assert [one.value for one in before.project.benefits[0].measurements] == [50, 40]
    assert before.corrections == ()
    (corrected,) = after.corrections
    assert (corrected.benefit, corrected.old.value, corrected.new.value) == ("time", 40, 44)


def test_a_report_repeated_as_it_was_corrects_nothing(tmp_path: Path) -> None:
    report(tmp_path, TIME)
    report(tmp_path, TIME, on="2026-02-01")
    known = read(project(tmp_path)).known_on(date(2026, 3, 1))
    assert [one.value for one in known.project.benefits[0].measurements] == [50, 40]
    assert known.corrections == ()


def test_a_report_corrects_what_the_project_file_says_was_reported(tmp_path: Path) -> None:
    report(tmp_path, TIME.replace("2025-07-01", "2025-06-30").replace("2025-12-31", "2025-06-30"))
    known = read(project(tmp_path)).known_on(date(2026, 3, 1))
    assert [one.value for one in known.project.benefits[0].measurements] == [40]
    assert [(one.old.value, one.new.value) for one in known.corrections] == [(50, 40)]


def test_what_was_measured_better_is_no_report_and_is_not_replaced(tmp_path: Path) -> None:
    report(tmp_path, TIME.replace("2025-07-01", "2025-06-30").replace("2025-12-31", "2025-06-30"))
    text = PROJECT.replace("grade: reported", "grade: controlled")
    assert [one.value for one in load(project(tmp_path, text)).benefits[0].measurements] == [50, 40]


def test_rules_on_realised_gains_see_what_was_reported(tmp_path: Path) -> None:
    realised = """\
format: 1
id: dho
title: DHO
actors: [{id: vik, kind: kommune, name: Vik}]
benefits:
  - id: calm
    title: Calm
    types: [quality]
    status: realised
    owner: {role: Leader, actor: vik, line_authority: true}
    realisation: {form: not_priced, documentation: Minutes}
    indicator: {definition: Share who are calm, unit: share, direction: higher_is_better}
    target: {value: 0.4, date: 2025-01-01}
"""
    path = project(tmp_path, realised)
    assert [code for _, code in problems(path)] == ["quality_not_confirmed"]
    report(tmp_path, CALM, CALM.replace("2025-12-31", "2025-12-15"))
    assert load(path).benefits[0].status == "realised"


@pytest.mark.parametrize(
    ("values", "line", "code"),
    [
        (CALM.replace("calm", "gone"), 6, "report_unknown_benefit"),
        (CALM.replace("calm", "unclear"), 6, "report_without_indicator"),
        (CALM.replace("calm", "time"), 6, "report_unit_changed"),
        (CALM.replace("0.5", "45"), 6, "share_outside"),
        (TIME.replace("40", "-40"), 6, "value_negative"),
        (TIME.replace("date: 2025-12-31", "date: 2026-01-16"), 6, "reported_too_early"),
        (TIME.replace("2025-07-01", "2026-01-01"), 6, "measured_backwards"),
        (f"{TIME}\n  - {TIME}", 7, "reported_twice"),
        (TIME.replace("Rosters", "01810112170"), 6, "national_id_in_text"),
        (TIME.replace(", source: Rosters", ""), 6, "missing"),
        (TIME.replace("n: 16", "n: -1"), 6, "too_small"),
    ],
)
def test_a_problem_is_told_at_its_line_of_the_reported_file(values: str, line: int, code: str, tmp_path: Path) -> None:
    name = report(tmp_path, values).name
    path = project(tmp_path)
    assert problems(path) == [(f"reported/{name}:{line}", code)]


def test_a_report_of_another_project_is_refused(tmp_path: Path) -> None:
    report(tmp_path, TIME, of="other")
    assert problems(project(tmp_path)) == [("reported/2026-01-15-leader.yaml:2", "report_other_project")]


def test_problems_of_both_files_come_at_once(tmp_path: Path) -> None:
    report(tmp_path, TIME.replace("2025-07-01", "2026-01-01"))
    found = problems(project(tmp_path, PROJECT.replace("title: Calm", "titel: Calm")))
    assert {code for _, code in found} == {"unknown_key", "measured_backwards"}


def test_reports_are_found_whatever_folder_data_are_named_from(tmp_path: Path) -> None:
    report(tmp_path, TIME)
    assert len(load(project(tmp_path), data_root=tmp_path / "elsewhere").benefits[0].measurements) == 2


def test_other_endings_of_the_same_kind_of_file_are_read_too_and_hidden_files_are_not(tmp_path: Path) -> None:
    report(tmp_path, TIME, name="a.yml")
    report(tmp_path, CALM, name="b.YAML")
    report(tmp_path, CALM, name=".b.yaml", of="other")
    loaded = read(project(tmp_path))
    assert [len(one.measurements) for one in loaded.project.benefits] == [2, 1, 0]


def test_a_link_out_of_the_folder_of_the_project_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
    secret = report(outside, TIME)
    (inside / "reported").mkdir()
    (inside / "reported" / "a.yaml").symlink_to(secret)
    assert problems(project(inside)) == [("reported/a.yaml", "report_outside")]


def test_a_national_identity_number_in_the_name_of_a_file_is_told_of_and_not_repeated(tmp_path: Path) -> None:
    report(tmp_path, TIME, name="01810112170.yaml")
    assert problems(project(tmp_path)) == [("reported", "report_named_by_number")]


def test_a_workbook_is_not_taken_for_a_project_file(tmp_path: Path) -> None:
    assert problems(tmp_path / "form.xlsx") == [("form.xlsx", "workbook_not_project")]


def test_no_code_is_told_by_two_lists() -> None:
    assert not OWN_CODES & PROBLEM_CODES
