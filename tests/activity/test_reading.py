"""Data sources as a project file declares them, from files in a folder to shapes, findings and problems."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.activity.reading.source import AnyExtract, read_source
from benefits.activity.tables import texts
from benefits.activity.tables.opened import Tables
from benefits.errors import InvalidInput
from benefits.project.data import DataSource
from benefits.vocabulary import Unit

SERIES = {"period": "maaned", "unit": "sted", "count": "antall", "exposure": "tid"}
COHORT = {"person": "id", "group": "gruppe", "included": "fra", "ended": "til", "reason": "grunn"}
MEMBERS = """id;gruppe;fra;til;grunn
A;treated;2024-01-01;;
B;treated;2024-02-01;2024-03-31;died
C;comparison;2024-01-15;2024-05-01;stopped
"""
EVENTS = """id;dag
A;2023-12-24
A;2024-02-03
A;2024-02-03
B;2024-04-01
C;2024-06-30
X;2024-01-01
"""


def read(
    folder: Path, files: Mapping[str, str], *, unit: Unit = "admissions", tables: Tables | None = None, **said: Any
) -> AnyExtract:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    source = DataSource.model_validate({"id": "npr", "file": next(iter(files)), **said})
    return read_source(source, tables=tables or Tables(folder), unit=unit)


def problems(folder: Path, files: Mapping[str, str], **said: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read(folder, files, **said)
    assert str(folder) not in str(refused.value)
    return [(problem.place, problem.code) for problem in refused.value.problems]


def found(extract: AnyExtract) -> dict[str, dict[str, Any]]:
    return {one.code: dict(one.parameters) for one in extract.findings}


def series(*rows: str) -> dict[str, str]:
    return {"a.csv": "\n".join(["maaned;sted;antall;tid", *rows]) + "\n"}


# Counted rows ---------------------------------------------------------------------------------------------------------


def test_units_are_put_in_groups_and_the_rest_counted(tmp_path):
    rows = ["2024-01;Vik;3;10", "2024-01;Os;2;10", "2024-01;Eid;1;10", "2024-02;Eid;1;10"]
    groups = {"treated": ("Vik",), "comparison": ("Os",)}
    extract = read(tmp_path, series(*rows), shape="series", columns=SERIES, groups=groups)
    assert extract.shape.rows()[["unit", "group"]].values.tolist() == [["Os", "comparison"], ["Vik", "treated"]]
    assert found(extract)["not_in_a_group"] == {"count": 2, "units": 1}


def test_a_name_that_no_row_has_is_told_with_the_nearest(tmp_path):
    said = {"shape": "series", "columns": SERIES, "groups": {"treated": ("Wik",)}}
    assert problems(tmp_path, series("2024-01;Vik;3;10"), **said) == [("a.csv", "group_name_unknown")]


def test_rows_about_one_period_need_no_column_for_it(tmp_path):
    files = {"a.csv": "sted;antall;tid\nVik;3;10\nOs;4;12\n"}
    columns = {"unit": "sted", "count": "antall", "exposure": "tid"}
    period = {"start": pd.Timestamp("2013-01-01").date(), "end": pd.Timestamp("2015-12-31").date()}
    rows = read(tmp_path, files, shape="series", columns=columns, period=period).shape.rows()
    assert rows["period"].unique().tolist() == [pd.Timestamp("2013-01-01")]


def test_a_count_per_nothing_needs_no_exposure(tmp_path):
    files = {"a.csv": "maaned;antall\n2024-01;3\n2024-02;4\n"}
    columns = {"period": "maaned", "count": "antall"}
    assert read(tmp_path, files, shape="series", columns=columns, per="none").shape.rows()["exposure"].tolist() == [
        1,
        1,
    ]


def test_hours_need_not_be_whole_and_admissions_must(tmp_path):
    files = series("2024-01;Vik;1,5;10")
    assert read(tmp_path, files, unit="hours", shape="series", columns=SERIES).shape.rows()["count"].tolist() == [1.5]
    assert problems(tmp_path, files, shape="series", columns=SERIES) == [("a.csv:2", "cell_not_a_whole_number")]
    assert problems(tmp_path, series("2024-01;Vik;-1,5;10"), unit="hours", shape="series", columns=SERIES) == [
        ("a.csv:2", "negative_count")
    ]


def test_thousands_are_read_as_the_file_groups_them(tmp_path):
    rows = read(
        tmp_path, series("2024-01;Vik;1 200;10 000,5"), shape="series", columns=SERIES, thousands=" "
    ).shape.rows()
    assert rows[["count", "exposure"]].values.tolist() == [[1200, 10000.5]]


def test_a_row_about_nobody_with_nothing_in_it_is_left_out_and_counted(tmp_path):
    extract = read(tmp_path, series("2024-01;Vik;3;10", "2024-02;Vik;0;0"), shape="series", columns=SERIES)
    assert (extract.rows, found(extract)["zero_exposure"]) == (1, {"count": 1})


def test_events_among_nobody_are_a_problem(tmp_path):
    assert problems(tmp_path, series("2024-01;Vik;1;0"), shape="series", columns=SERIES) == [
        ("a.csv:2", "exposure_not_positive")
    ]


def test_a_denominator_below_its_numerator_is_a_problem_for_a_share(tmp_path):
    files = series("2024-01;Vik;11;10")
    assert problems(tmp_path, files, unit="share", shape="series", columns=SERIES) == [
        ("a.csv:2", "count_above_exposure")
    ]


def test_a_row_said_twice_is_refused_or_dropped_as_declared(tmp_path):
    files = series("2024-01;Vik;3;10", "2024-01;Vik;3;10")
    assert problems(tmp_path, files, shape="series", columns=SERIES) == [("a.csv:3", "repeated_row")]
    extract = read(tmp_path, files, shape="series", columns=SERIES, repeated="drop")
    assert (extract.rows, found(extract)["repeated_rows_dropped"]) == (1, {"count": 1})


def test_a_day_of_start_may_be_empty_but_not_change(tmp_path):
    columns = {**SERIES, "start": "oppstart"}
    head = "maaned;sted;antall;tid;oppstart\n"
    files = {"a.csv": head + "2024-01;Vik;3;10;2024-02-01\n2024-02;Vik;3;10;2024-02-01\n2024-01;Os;3;10;\n"}
    starts = read(tmp_path, files, shape="series", columns=columns).shape.rows()["start"]
    assert starts.isna().tolist() == [True, False, False]
    files = {"a.csv": head + "2024-01;Vik;3;10;2024-02-01\n2024-02;Vik;3;10;\n"}
    assert problems(tmp_path, files, shape="series", columns=columns) == [("a.csv:3", "start_changes")]


def test_persons_behind_each_cell_are_kept_for_the_limit_on_small_cells(tmp_path):
    files = {"a.csv": "maaned;sted;antall;tid;personer\n2024-01;Vik;9;10;3\n"}
    extract = read(tmp_path, files, shape="series", columns={**SERIES, "persons": "personer"})
    assert extract.persons is not None
    assert extract.persons["persons"].tolist() == [3]


def test_a_pseudonym_that_is_a_valid_number_by_chance_is_read_when_declared(tmp_path, synthetic_id):
    rows = [f"P{number};treated;2024-01;1;1" for number in range(30)] + [
        f"{synthetic_id('158171')};treated;2024-01;1;1"
    ]
    files = {"a.csv": "\n".join(["id;gruppe;maaned;antall;tid", *rows])}
    columns = {"person": "id", "group": "gruppe", "period": "maaned", "count": "antall", "exposure": "tid"}
    assert problems(tmp_path, files, shape="panel", columns=columns) == [("a.csv", "national_ids")]
    extract = read(tmp_path, files, shape="panel", columns=columns, pseudonym=True)
    assert extract.shape.persons() == 31
    assert extract.shape.rows()["person"].tolist() == list(range(31))


# Filters --------------------------------------------------------------------------------------------------------------

MIXED = series("2024-01;Vik;3;10", "2024-01;Os;2;10,5", "2024-02;Vik;4;20", "2024-02;Norge;99;")


@pytest.mark.parametrize(
    ("filters", "kept", "left_out"),
    [
        ([{"column": "sted", "one_of": ("Vik",)}], 2, [2]),
        ([{"column": "sted", "not_one_of": ("Norge",)}], 3, [1]),
        ([{"column": "tid", "at_least": 10.5}], 2, [2]),
        ([{"column": "tid", "at_least": 10, "at_most": 10.5}], 2, [2]),
        ([{"column": "sted", "not_one_of": ("Norge",)}, {"column": "sted", "one_of": ("Os",)}], 1, [1, 2]),
    ],
)
def test_filters_keep_the_rows_they_say_and_count_the_others(tmp_path, filters, kept, left_out):
    extract = read(tmp_path, MIXED, shape="series", columns=SERIES, filters=tuple(filters))
    assert extract.rows == kept
    counted = [one.parameters["count"] for one in extract.findings if one.code == "filtered_out"]
    assert counted == left_out


def test_a_date_is_filtered_as_a_date(tmp_path):
    files = {"a.csv": "dag\n2024-01-31\n2024-02-01 08:30\n2024-02-29\n2024-03-01\n"}
    filters = (
        {"column": "dag", "at_least": pd.Timestamp("2024-02-01").date(), "at_most": pd.Timestamp("2024-02-29").date()},
    )
    extract = read(tmp_path, files, shape="events", per="none", columns={"date": "dag"}, filters=filters)
    assert extract.shape.rows()["count"].tolist() == [2]


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([{"column": "by", "one_of": ("Vik",)}], "missing_column"),
        ([{"column": "sted", "one_of": ("Wik",)}], "filter_matches_nothing"),
        ([{"column": "sted", "at_least": 3}], "cell_not_a_number"),
        ([{"column": "sted", "not_one_of": ("Vik", "Os", "Norge")}], "nothing_left"),
    ],
)
def test_a_filter_that_cannot_be_used_is_told(tmp_path, filters, code):
    said = problems(tmp_path, MIXED, shape="series", columns=SERIES, filters=tuple(filters))
    assert {one for _, one in said} == {code}


def test_a_value_asked_for_that_is_nowhere_is_named(tmp_path):
    filters = ({"column": "sted", "one_of": ("Vik", "Wik")},)
    extract = read(tmp_path, MIXED, shape="series", columns=SERIES, filters=filters)
    assert found(extract)["filter_value_absent"] == {"column": "sted", "value": "Wik"}


def test_rows_left_out_may_hold_anything(tmp_path):
    files = series("2024-01;Vik;3;10", "ukjent;Norge;mange;-1")
    filters = ({"column": "sted", "one_of": ("Vik",)},)
    assert read(tmp_path, files, shape="series", columns=SERIES, filters=filters).rows == 1


# Events of a cohort ---------------------------------------------------------------------------------------------------


def cohort(**said: Any) -> dict[str, Any]:
    return {
        "shape": "events",
        "columns": {"person": "id", "date": "dag"},
        "cohort": {"file": "k.csv", "columns": COHORT, **said},
    }


def test_a_cohort_and_its_events_become_persons_by_month(tmp_path):
    """A: 2 of 3 (Christmas lies in the twelve months before); B died before the event; C stopped and is followed."""
    extract = read(tmp_path, {"h.csv": EVENTS, "k.csv": MEMBERS}, **cohort())
    rows = extract.shape.rows()
    assert rows.groupby("person")["count"].sum().tolist() == [3, 0, 1]
    assert rows.groupby("person")["period"].max().dt.strftime("%Y-%m").tolist() == ["2024-06", "2024-03", "2024-06"]
    told = found(extract)
    assert told["events_of_others"] == {"count": 1, "share": 1 / 6}
    assert told["events_outside_observation"] == {"count": 1}
    assert told["repeated_rows_kept"] == {"count": 1}
    assert told["history_by_rule"] == {"months": 12}
    assert told["span_assumed"] == {"first": "2023-12-01", "last": "2024-06-30"}
    assert sorted(extract.files) == ["h.csv", "k.csv"]
    assert extract.members is not None
    assert [
        (one.group, one.included, one.died, one.stopped, one.followed) for one in extract.members.counts().groups
    ] == [
        ("treated", 2, 1, 0, 1),
        ("comparison", 1, 0, 1, 1),
    ]


@pytest.mark.parametrize(("repeated", "counted"), [("keep", 3), ("drop", 2)])
def test_two_events_alike_are_counted_or_dropped_as_declared(tmp_path, repeated, counted):
    extract = read(tmp_path, {"h.csv": EVENTS, "k.csv": MEMBERS}, repeated=repeated, **cohort())
    assert extract.shape.rows().groupby("person")["count"].sum().iloc[0] == counted


def test_two_events_alike_may_be_refused(tmp_path):
    files = {"h.csv": EVENTS, "k.csv": MEMBERS}
    assert problems(tmp_path, files, repeated="refuse", **cohort()) == [("h.csv:4", "repeated_row_whole")]


def test_only_the_active_are_a_second_panel_and_never_the_first(tmp_path):
    extract = read(tmp_path, {"h.csv": EVENTS, "k.csv": MEMBERS}, secondary="only_active", **cohort())
    assert extract.secondary is not None
    assert extract.shape.rows()["count"].sum() - extract.secondary.rows()["count"].sum() == 1
    assert found(extract)["only_active"] == {"count": 1}


def test_the_day_before_extraction_is_the_last_day_observed(tmp_path):
    said = {**cohort(), "extracted": pd.Timestamp("2024-07-15").date()}
    files = {"h.csv": EVENTS + "C;2024-07-02\n", "k.csv": MEMBERS}
    rows = read(tmp_path, files, per="person_month", **said).shape.rows()
    assert rows["exposure"].iloc[-1] == 14 / 31


def test_the_words_of_a_file_may_be_its_own(tmp_path):
    members = MEMBERS.replace("died", "død").replace("treated", "tiltak").replace("comparison", "kontroll")
    said = cohort(reasons={"died": ("død", "1")})
    groups = {"treated": ("tiltak",), "comparison": ("kontroll",)}
    extract = read(tmp_path, {"h.csv": EVENTS, "k.csv": members}, groups=groups, **said)
    assert extract.members is not None
    assert [one.died for one in extract.members.counts().groups] == [1, 0]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A;treated;2024-03-01;;", "cohort_person_twice"),
        ("D;treated;;;", "empty_cell"),
        (";treated;2024-03-01;;", "empty_cell"),
        ("D;treated;1.3.2024;;", "cell_not_a_day"),
        ("D;treated;2024-03-01;2024-02-28;died", "included_after_end"),
        ("D;treated;2024-03-01;2024-04-28;", "ended_without_reason"),
        ("D;treated;2024-03-01;;died", "reason_without_day"),
        ("D;treated;2024-03-01;2024-04-28;borte", "unknown_reason"),
        ("D;tiltak;2024-03-01;;", "unknown_group"),
    ],
)
def test_a_wrong_row_of_the_cohort_is_named_with_its_line(tmp_path, row, code):
    files = {"h.csv": EVENTS, "k.csv": MEMBERS + row + "\n"}
    assert problems(tmp_path, files, **cohort()) == [("k.csv:5", code)]


def test_the_problems_of_both_files_come_at_once(tmp_path):
    files = {"h.csv": EVENTS + "A;snart\n", "k.csv": MEMBERS + "A;treated;2024-03-01;;\n"}
    assert problems(tmp_path, files, **cohort()) == [("k.csv:5", "cohort_person_twice"), ("h.csv:8", "cell_not_a_day")]


def test_a_cohort_of_quite_other_persons_is_refused(tmp_path):
    files = {"h.csv": "id;dag\nX1;2024-01-01\n", "k.csv": MEMBERS}
    assert problems(tmp_path, files, **cohort()) == [("h.csv", "cohort_does_not_match")]


def test_a_first_day_after_inclusion_is_refused(tmp_path):
    files = {"h.csv": EVENTS, "k.csv": "id;fra;sett\nA;2024-01-01;2024-02-01\n"}
    said = cohort(columns={"person": "id", "included": "fra", "observed_from": "sett"})
    assert problems(tmp_path, files, **said) == [("k.csv:2", "observed_after_inclusion")]


def test_counts_by_person_and_month_take_their_time_from_the_cohort(tmp_path):
    files = {"p.csv": "id;maaned;antall\nA;2024-01;2\nB;2024-03;1\nB;2024-04;5\n", "k.csv": MEMBERS}
    said = {**cohort(), "shape": "panel", "columns": {"person": "id", "period": "maaned", "count": "antall"}}
    extract = read(tmp_path, files, per="person_month", **said)
    assert extract.shape.rows().groupby("person")["count"].sum().tolist() == [2, 1, 0]
    assert found(extract)["events_outside_observation"] == {"count": 5}


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(EVENTS.splitlines()[1:]), st.permutations(MEMBERS.splitlines()[1:]))
def test_the_order_of_the_rows_never_matters(tmp_path, happened, everyone):
    files = {"h.csv": "\n".join(["id;dag", *happened]), "k.csv": "\n".join([MEMBERS.splitlines()[0], *everyone])}
    usual = read(tmp_path, {"h.csv": EVENTS, "k.csv": MEMBERS}, **cohort())
    again = read(tmp_path, files, **cohort())
    pd.testing.assert_frame_equal(again.shape.rows(), usual.shape.rows())
    assert found(again) == found(usual)


# Events without a cohort ----------------------------------------------------------------------------------------------

CONTACTS = "id;dag;sted\nA;2024-01-05;Vik\nA;2024-01-05;Vik\nB;2024-03-20;Vik\nC;2024-02-29;Os\n"
BY_DAY = {"person": "id", "date": "dag", "unit": "sted"}


def test_events_alone_are_counted_by_month_and_a_month_without_any_is_zero(tmp_path):
    extract = read(tmp_path, {"h.csv": CONTACTS}, shape="events", per="none", columns=BY_DAY)
    rows = extract.shape.rows()
    assert rows.loc[rows["unit"] == "Vik", "count"].tolist() == [2, 0, 1]
    assert rows.loc[rows["unit"] == "Os", "count"].tolist() == [0, 1, 0]
    assert rows["exposure"].unique().tolist() == [1.0]
    assert extract.persons is not None
    assert extract.persons.loc[extract.persons["unit"] == "Vik", "persons"].tolist() == [1, 0, 1]


def test_events_have_the_population_of_their_unit_and_year(tmp_path):
    """1 200 inhabitants all year are 100 person-years in a month."""
    files = {"h.csv": CONTACTS, "f.csv": "sted;aar;antall\nVik;2024;1200\nOs;2024;2400\n"}
    population = {"file": "f.csv", "columns": {"unit": "sted", "period": "aar", "exposure": "antall"}}
    extract = read(tmp_path, files, shape="events", columns=BY_DAY, population=population)
    rows = extract.shape.rows()
    assert rows.groupby("unit")["exposure"].unique().map(list).to_dict() == {"Os": [200.0], "Vik": [100.0]}
    assert found(extract)["population_carried"] == {"count": 4}
    per_inhabitant = read(tmp_path, files, shape="events", per="inhabitant", columns=BY_DAY, population=population)
    assert per_inhabitant.shape.rows()["exposure"].max() == 2400


def test_a_unit_without_population_is_told(tmp_path):
    files = {"h.csv": CONTACTS, "f.csv": "sted;aar;antall\nVik;2024;1200\n"}
    population = {"file": "f.csv", "columns": {"unit": "sted", "period": "aar", "exposure": "antall"}}
    said = {"shape": "events", "columns": BY_DAY, "population": population}
    assert problems(tmp_path, files, **said) == [("f.csv", "population_missing")]


def test_events_outside_the_declared_period_are_counted(tmp_path):
    period = {"start": pd.Timestamp("2024-01-01").date(), "end": pd.Timestamp("2024-02-29").date()}
    extract = read(tmp_path, {"h.csv": CONTACTS}, shape="events", per="none", columns=BY_DAY, period=period)
    assert found(extract)["events_outside_period"] == {"count": 1}
    assert "span_assumed" not in found(extract)
    assert extract.shape.rows()["count"].sum() == 3


# Answers --------------------------------------------------------------------------------------------------------------

ASKED = {"respondent": "id", "wave": "dag", "item": "spm", "score": "svar"}


def test_an_empty_answer_is_not_relevant_and_counted(tmp_path):
    files = {"s.csv": "id;dag;spm;svar\nA;2024-01-15;trygg;4\nB;2024-01-15;trygg;\nA;2024-11-15;trygg;4,5\n"}
    extract = read(tmp_path, files, shape="responses", columns=ASKED)
    assert extract.shape.to_frame()["answered"].tolist() == [1, 1]
    assert found(extract)["scores_not_relevant"] == {"count": 1, "share": 1 / 3}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A;2024-01-15;trygg;5", "repeated_row"),
        ("B;2024-01-15;trygg;enig", "cell_not_a_number"),
        ("B;15.01.2024;trygg;5", "cell_not_a_day"),
        (";2024-01-15;trygg;5", "empty_cell"),
    ],
)
def test_a_wrong_answer_is_named_with_its_line(tmp_path, row, code):
    files = {"s.csv": f"id;dag;spm;svar\nA;2024-01-15;trygg;4\n{row}\n"}
    assert problems(tmp_path, files, shape="responses", columns=ASKED) == [("s.csv:3", code)]


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_file_two_sources_share_is_opened_once(tmp_path, monkeypatch):
    opened: list[str] = []
    real = texts.content_of
    monkeypatch.setattr(texts, "content_of", lambda root, file: opened.append(file) or real(root, file))
    tables = Tables(tmp_path)
    for place in ("Vik", "Os"):
        filters = ({"column": "sted", "one_of": (place,)},)
        read(tmp_path, MIXED, tables=tables, shape="series", columns=SERIES, filters=filters)
    assert opened == ["a.csv"]


@pytest.mark.parametrize(
    "said", [{"shape": "series", "columns": SERIES}, cohort(), {"shape": "responses", "columns": ASKED}]
)
@pytest.mark.parametrize(("content", "code"), [("", "empty_file"), ("x;y\n", "missing_column")])
def test_an_empty_file_is_refused_whatever_the_shape(tmp_path, said, content, code):
    files = {"a.csv": content, "k.csv": MEMBERS}
    assert {one for _, one in problems(tmp_path, files, **said)} == {code}


def test_data_in_which_nobody_was_exposed_are_refused_as_that(tmp_path):
    assert problems(tmp_path, series("2024-01;Vik;0;0"), shape="series", columns=SERIES) == [
        ("a.csv", "nobody_exposed")
    ]


def test_a_value_that_may_be_somebodys_own_is_not_repeated_in_a_message(tmp_path):
    (tmp_path / "h.csv").write_text(EVENTS, encoding="utf-8")
    said = {"file": "h.csv", "shape": "events", "per": "none", "columns": {"date": "dag"}}
    source = {"id": "npr", **said, "filters": ({"column": "id", "one_of": ("Z",)},)}
    with pytest.raises(InvalidInput) as refused:
        read_source(DataSource.model_validate(source), tables=Tables(tmp_path), unit="admissions")
    assert [problem.parameters["nearest"] for problem in refused.value.problems] == ["–"]


def test_a_break_within_a_survey_is_named(tmp_path):
    files = {"s.csv": "id;dag;spm;svar\nA;2024-01-15;trygg;4\nA;2024-11-15;trygg;5\n"}
    dates = [pd.Timestamp(day).date() for day in ("2024-01-14", "2024-11-15", "2024-11-16")]
    breaks = tuple({"date": day, "title": "Nytt skjema"} for day in dates)
    extract = read(tmp_path, files, shape="responses", columns=ASKED, breaks=breaks)
    assert [one.parameters["index"] for one in extract.findings if one.code == "coding_break"] == [1]
