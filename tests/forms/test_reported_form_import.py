"""What is filled in is what is read in; everything wrong is told at its cell, and then nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.forms import reported_form_layout as at
from benefits.forms.reported_form_checks import PROBLEM_CODES
from benefits.forms.reported_form_import import import_form
from benefits.forms.reported_form_reading import MOST_BYTES
from benefits.language import catalogue, ready
from benefits.project import read
from benefits.project.textfile import unwanted

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")).filter(lambda letter: unwanted(letter) is None),
    min_size=1,
    max_size=40,
).map(str.strip)


def refusals(path: Path, project: Any, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        import_form(path, project, **options)
    return [(one.place.rpartition("!")[2], one.code) for one in caught.value.problems]


@settings(max_examples=8, phases=(Phase.explicit, Phase.generate))
@given(
    hours=st.floats(min_value=0, max_value=1e14) | st.integers(min_value=0, max_value=10**14),
    share=st.floats(min_value=0, max_value=1),
    points=st.floats(min_value=-1e9, max_value=1e9),
    n=st.none() | st.integers(min_value=0, max_value=10**9),
    start=DAYS,
    length=st.integers(min_value=0, max_value=300),
    source=WORDS.filter(bool),
    comment=WORDS,
    confirmed=st.booleans(),
    language=st.sampled_from(ready()),
)
def test_what_is_filled_in_is_what_the_project_reads(
    hours: float,
    share: float,
    points: float,
    n: int | None,
    start: date,
    length: int,
    source: str,
    comment: str,
    confirmed: bool,
    language: Any,
    office: Any,
) -> None:
    end = start + timedelta(days=length)
    said = catalogue(language).text("form.yes" if confirmed else "form.no")
    rest = {"n": n, "start": start, "date": end, "source": source, "comment": comment, "confirmed": said}
    with TemporaryDirectory() as folder:
        project, form = office.loaded(Path(folder)), office.form(language=language)
        rows = [rest | {"value": value} for value in (hours, share, points)]
        path = office.filled(Path(folder) / "form.xlsx", *rows, day=end, form=form)
        import_form(path, project)
        benefits = read(project.path).project.benefits
    for benefit, value in zip(benefits, (hours, share, points), strict=True):
        (told,) = benefit.measurements
        # A workbook keeps fifteen digits of a number, and one is lost when it is turned to text and back.
        assert told.value == pytest.approx(value, rel=1e-14)
        assert (told.n, told.start, told.date, told.reported_on) == (n, start, end, end)
        assert (told.source.plain, told.comment.plain if told.comment else "") == (source, comment)
        assert (told.confirmed, told.grade) == (confirmed, "reported")


def test_the_file_is_named_by_day_and_role_and_says_who_answered(tmp_path: Path, office: Any) -> None:
    path = office.filled(tmp_path / "form.xlsx", office.good, cells={at.ROLE_AT: "Ny leder, æøå"})
    imported = import_form(path, office.loaded(tmp_path))
    assert imported.file == tmp_path / "reported" / "2027-01-15-leader.yaml"
    assert imported.file.read_text(encoding="utf-8").split("\n", 1)[1] == (
        'format: 1\nproject: "dho"\nreported_on: 2027-01-15\nrole: "Ny leder, æøå"\nplanned_role: "Leader"\nvalues:\n'
        '  - benefit: "time"\n    value: 40.5\n    unit: hours\n    per: person_year\n    n: 16\n'
        '    start: 2026-01-01\n    date: 2026-12-31\n    source: "Rosters"\n'
    )
    assert sorted(one.name for one in imported.file.parent.iterdir()) == [imported.file.name]


def test_a_number_that_looks_like_thousands_is_read_back_as_it_was(tmp_path: Path, office: Any) -> None:
    project = office.loaded(tmp_path)
    import_form(office.filled(tmp_path / "form.xlsx", {**office.good, "value": 1.234}), project)
    assert read(project.path).project.benefits[0].measurements[0].value == 1.234


def test_the_project_file_is_never_changed(tmp_path: Path, office: Any) -> None:
    project = office.loaded(tmp_path)
    before = project.path.read_bytes()
    import_form(office.filled(tmp_path / "form.xlsx", office.good), project)
    assert project.path.read_bytes() == before


def test_the_same_form_read_twice_is_told_and_changes_nothing(tmp_path: Path, office: Any) -> None:
    project, path = office.loaded(tmp_path), office.filled(tmp_path / "form.xlsx", office.good)
    first = import_form(path, project)
    content = first.file.read_bytes()
    again = import_form(path, project)
    assert (first.before, again.before) == (False, True)
    assert again.file.read_bytes() == content


def test_another_answer_from_the_same_role_and_day_is_written_over_only_when_told_to(
    tmp_path: Path, office: Any
) -> None:
    project = office.loaded(tmp_path)
    first = import_form(office.filled(tmp_path / "form.xlsx", office.good), project)
    content = first.file.read_bytes()
    other = office.filled(tmp_path / "other.xlsx", {**office.good, "value": 44})
    assert [code for _, code in refusals(other, project)] == ["form_exists"]
    assert first.file.read_bytes() == content
    # Of two forms that are read together, none writes over the other.
    assert [code for _, code in refusals(other, project, force=True, keep={first.file})] == ["form_exists"]
    import_form(other, project, force=True)
    assert read(project.path).project.benefits[0].measurements[0].value == 44


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"value": "1.234"}, [("J9", "form_two_readings")]),
        ({"value": "om lag 12"}, [("J9", "form_not_a_number")]),
        ({"value": "45 %"}, [("J9", "form_percent")]),
        ({"value": -1}, [("J9", "value_negative")]),
        ({"value": 1e16}, [("J9", "form_number_too_large")]),
        ({"value": None}, [("J9", "form_without_value")]),
        ({"n": -3}, [("K9", "form_not_a_count")]),
        ({"start": "i fjor"}, [("L9", "form_not_a_date")]),
        ({"start": date(2027, 1, 1)}, [("L9", "form_backwards")]),
        ({"date": date(2027, 1, 16)}, [("M9", "form_too_early")]),
        ({"start": None, "date": None, "source": None}, [
            ("L9", "form_without_first_day"),
            ("M9", "form_without_last_day"),
            ("N9", "form_without_source"),
        ]),
        ({"comment": "01810112170"}, [("O9", "form_national_id")]),
        ({"comment": "x" * (at.LONGEST + 1)}, [("O9", "form_text_too_long")]),
        ({"confirmed": "kanskje"}, [("P9", "form_yes_or_no")]),
    ],
)  # fmt: skip
def test_everything_wrong_is_told_at_its_cell_and_nothing_is_written(
    answers: Mapping[str, Any], found: list[tuple[str, str]], tmp_path: Path, office: Any
) -> None:
    path = office.filled(tmp_path / "form.xlsx", {**office.good, **answers})
    assert refusals(path, office.loaded(tmp_path)) == found
    assert not (tmp_path / "reported").exists()


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"J9": '=HYPERLINK("http://x","40")'}, [("J9", "form_formula")]),
        ({at.ROLE_AT: None}, [(at.ROLE_AT, "form_without_role")]),
        ({at.DAY_AT: None}, [(at.DAY_AT, "form_without_day")]),
        ({at.PROJECT_AT: "other"}, [(at.PROJECT_AT, "form_other_project")]),
        ({at.OWNER_AT: "../../leader"}, [(at.OWNER_AT, "form_damaged")]),
        ({at.LANGUAGE_AT: "xx"}, [(at.OWNER_AT, "form_damaged")]),
        ({at.FORMAT_AT: 2}, [(at.FORMAT_AT, "form_other_format")]),
        ({at.PLANNED_AT: "x" * 20_001}, [(at.PLANNED_AT, "form_text_too_long")]),
        ({at.PLANNED_AT: "Leader\u202e"}, [(at.PLANNED_AT, "form_unseen_character")]),
        ({"A9": "../x"}, [("D9", "form_damaged")]),
        ({"B9": "gold"}, [("D9", "form_damaged")]),
        ({"D40": "ring 01810112170"}, [("D40", "form_national_id")]),
        ({"J40": 3}, [("D40", "form_damaged")]),
    ],
)
def test_a_form_that_was_tampered_with_is_refused_at_its_cell(
    cells: Mapping[str, Any], found: list[tuple[str, str]], tmp_path: Path, office: Any
) -> None:
    path = office.filled(tmp_path / "form.xlsx", office.good, cells=cells)
    assert refusals(path, office.loaded(tmp_path)) == found


def test_every_problem_of_every_row_comes_at_once(tmp_path: Path, office: Any) -> None:
    path = office.filled(
        tmp_path / "form.xlsx", {**office.good, "n": 1.5}, {**office.good, "value": 45}, {"comment": "?"}, day=None
    )
    assert refusals(path, office.loaded(tmp_path)) == [
        (at.DAY_AT, "form_without_day"),
        ("K9", "form_not_a_count"),
        ("J10", "form_share_outside"),
        ("J11", "form_without_value"),
    ]


def test_the_same_days_twice_are_refused_and_other_days_of_the_same_gevinst_are_not(
    tmp_path: Path, office: Any
) -> None:
    form = office.form(office.row(), office.row())
    project = office.loaded(tmp_path)
    twice = office.filled(tmp_path / "twice.xlsx", office.good, office.good, form=form)
    assert refusals(twice, project) == [("D10", "form_twice")]
    halves = ({**office.good, "date": date(2026, 6, 30)}, {**office.good, "start": date(2026, 7, 1)})
    import_form(office.filled(tmp_path / "halves.xlsx", *halves, form=form), project)
    assert len(read(project.path).project.benefits[0].measurements) == 2


def test_an_empty_form_has_nothing_to_read(tmp_path: Path, office: Any) -> None:
    path = office.filled(tmp_path / "form.xlsx")
    assert [code for _, code in refusals(path, office.loaded(tmp_path))] == ["form_empty"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- id: time", "- id: hours", "form_benefit_gone"),
        ("unit: hours, per: person_year", "unit: minutes, per: person_year", "form_unit_changed"),
        ("    indicator: {definition: Hours, unit: hours, per: person_year, direction: lower_is_better}\n", "",
         "form_indicator_gone"),
    ],
)  # fmt: skip
def test_what_the_plan_has_no_place_for_now_is_told_and_the_rest_is_kept(
    old: str, new: str, code: str, tmp_path: Path, office: Any
) -> None:
    project = office.loaded(tmp_path, office.project.replace(old, new))
    both = office.filled(tmp_path / "both.xlsx", office.good, {**office.good, "value": 0.5})
    imported = import_form(both, project)
    assert [one.code for one in imported.left_out] == [code]
    assert [one.benefit for one in imported.report.values] == ["calm"]
    alone = office.filled(tmp_path / "alone.xlsx", office.good)
    assert [found for _, found in refusals(alone, project)] == [code]


def test_what_is_no_form_is_refused_without_being_read(tmp_path: Path, office: Any) -> None:
    import openpyxl

    project = office.loaded(tmp_path)
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    (tmp_path / "words.xlsx").write_text("not a workbook")
    (tmp_path / "large.xlsx").write_bytes(b"x" * (MOST_BYTES + 1))
    (tmp_path / "folder.xlsx").mkdir()
    codes = {"other": "form_not_one", "words": "form_not_workbook", "large": "form_too_large"}
    codes |= {"folder": "file_is_folder", "gone": "file_not_found"}
    for name, code in codes.items():
        assert [found for _, found in refusals(tmp_path / f"{name}.xlsx", project)] == [code]


def test_a_workbook_made_to_harm_is_refused(tmp_path: Path, office: Any) -> None:
    project, good = office.loaded(tmp_path), office.filled(tmp_path / "form.xlsx", office.good)

    def changed(name: str, part: str, content: bytes) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.namelist():
                if one != part:
                    new.writestr(one, old.read(one))
            new.writestr(part, content)
        return path

    sheet = "xl/worksheets/sheet1.xml"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><worksheet>&a;</worksheet>'
    cases = {
        "form_macros": changed("macro.xlsx", "xl/vbaProject.bin", b"x"),
        "form_unreadable": changed("entities.xlsx", sheet, entities),
        "form_too_large": changed("bomb.xlsx", sheet, b" " * 60_000_000),
    }
    for code, path in cases.items():
        assert [found for _, found in refusals(path, project)] == [code]
    broken = changed("broken.xlsx", sheet, b"<worksheet><sheetData><row")
    assert [found for _, found in refusals(broken, project)] == ["form_unreadable"]
    assert [found for _, found in refusals(good.rename(tmp_path / "form.xlsm"), project)] == ["form_macros"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, office: Any) -> None:
    (tmp_path / "reported").write_text("in the way")
    path = office.filled(tmp_path / "form.xlsx", office.good)
    assert [code for _, code in refusals(path, office.loaded(tmp_path))] == ["form_not_writable"]


def test_every_reason_has_words_and_a_remedy() -> None:
    said = catalogue("nb")
    assert all(f"problem.{code}" in said and f"problem.{code}.remedy" in said for code in PROBLEM_CODES)


def test_two_forms_in_one_workbook_are_told_so_that_none_is_left_unread(tmp_path: Path, office: Any) -> None:
    import openpyxl

    path = office.filled(tmp_path / "form.xlsx", office.good)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).sheet_state = "hidden"
    book.save(path)
    assert refusals(path, office.loaded(tmp_path)) == [("form.xlsx", "form_several")]


def test_a_form_saved_by_another_program_under_another_sheet_name_is_read(tmp_path: Path, office: Any) -> None:
    import openpyxl

    path = office.filled(tmp_path / "form.xlsx", office.good)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    book.active.title = "Ark1"
    book.create_sheet("Notater", 0)
    book.save(path)
    assert import_form(path, office.loaded(tmp_path)).report.values[0].value == 40.5
