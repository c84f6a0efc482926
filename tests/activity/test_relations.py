"""Tables in Parquet files and databases: what they answer, what they refuse, and what stays inside."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity.tables.conditions import conditions_of
from benefits.activity.tables.engines import DuckEngine
from benefits.activity.tables.engines.contract import Dialect
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation
from benefits.activity.tables.sql import Condition
from benefits.errors import InvalidInput, Problem

COLUMNS = {"person": "pasient", "unit": "sted", "date": "dato"}


@dataclass(frozen=True)
class Wanted:
    """A filter as a project file declares it."""

    column: str
    one_of: tuple[str, ...] = ()
    not_one_of: tuple[str, ...] = ()
    at_least: float | date | None = None
    at_most: float | date | None = None


def parquet(folder: Path, select: str, *, file: str = "a.parquet") -> Relation:
    quoted = str(folder / file).replace("'", "''")
    duckdb.execute(f"copy ({select}) to '{quoted}' (format parquet)")
    return open_table(root=folder, file=file)


def problems(call: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refusal:
        call()
    return refusal.value.problems


def codes(call: Callable[[], object]) -> list[tuple[str, str, str]]:
    return [(problem.place, problem.code, problem.value) for problem in problems(call)]


EVENTS = """
select * from (values
    (7, 'Vik', date '2024-01-31', 2, 1.5, 'J44'),
    (7, 'Vik', date '2024-01-01', 1, 0.25, 'J44'),
    (8, 'Vik', date '2024-01-31', 1, 0.0, 'I50'),
    (8, 'Bodø', date '2024-02-29', 4, 2.0, null)
) as rows(pasient, sted, dato, antall, timer, kode)
"""


# What a table answers -------------------------------------------------------------------------------------------------


def test_events_are_counted_per_month_and_unit_with_their_persons(tmp_path):
    """Vik in January: three rows of two persons; with the column of counts 2 + 1 + 1 = 4 events; 1.5 + 0.25 hours."""
    relation = parquet(tmp_path, EVENTS)
    rows = relation.monthly(COLUMNS)
    assert rows.astype(str).values.tolist() == [
        ["2024-01-01", "Vik", "all", "3", "2"],
        ["2024-02-01", "Bodø", "all", "1", "1"],
    ]
    assert relation.monthly({**COLUMNS, "count": "antall"})["count"].tolist() == [4, 4]
    assert relation.monthly({**COLUMNS, "count": "timer"})["count"].tolist() == [1.75, 2.0]
    assert relation.monthly({"date": "dato"})["count"].tolist() == [3, 1]


def test_amounts_are_summed_as_they_are_written_and_not_as_binary_fractions(tmp_path):
    """Ten times 0.1 is one; summed as doubles it is a little less, and in another order something else again."""
    relation = parquet(tmp_path, "select date '2024-01-01' as dato, 0.1::double as timer from range(10)")
    assert relation.monthly({"date": "dato", "count": "timer"})["count"].tolist() == [1.0]


def test_events_are_summed_per_person_and_day(tmp_path):
    found = parquet(tmp_path, EVENTS).daily({**COLUMNS, "count": "antall"})
    assert found.drop(columns="date").values.tolist() == [
        ["7", "Vik", "all", 1],
        ["7", "Vik", "all", 2],
        ["8", "Bodø", "all", 4],
        ["8", "Vik", "all", 1],
    ]
    assert found["date"].dt.strftime("%m-%d").tolist() == ["01-01", "01-31", "02-29", "01-31"]


def test_rows_come_as_a_csv_file_with_them_would_be_read(tmp_path):
    relation = parquet(tmp_path, EVENTS)
    text = relation.texts({"person": "pasient", "period": "dato", "count": "timer", "item": "kode"})
    assert text.table.values.tolist() == [
        ["7", "2024-01-01", "0,25", "J44"],
        ["7", "2024-01-31", "1,5", "J44"],
        ["8", "2024-01-31", "0", "I50"],
        ["8", "2024-02-29", "2", ""],
    ]
    assert (text.place(1, "sted"), text.sha256) == ("a.parquet", relation.fingerprint)


def test_the_order_of_rows_and_the_cut_into_files_change_no_answer(tmp_path):
    whole = parquet(tmp_path, EVENTS)
    for part in range(2):
        parquet(tmp_path, f"{EVENTS} order by timer desc limit 2 offset {2 * part}", file=f"del{part}.parquet")
    parts = open_table(root=tmp_path, file="del*.parquet")
    columns = {**COLUMNS, "count": "timer"}
    pd.testing.assert_frame_equal(parts.monthly(columns), whole.monthly(columns))
    pd.testing.assert_frame_equal(parts.rows(columns), whole.rows(columns))
    hashes = [(f"del{part}.parquet", sha256((tmp_path / f"del{part}.parquet").read_bytes())) for part in range(2)]
    listed = "".join(f"{len(name)}:{name}{digest.hexdigest()}" for name, digest in hashes)
    assert parts.fingerprint == sha256(listed.encode()).hexdigest()
    assert whole.fingerprint == sha256((tmp_path / "a.parquet").read_bytes()).hexdigest()


def test_the_fingerprint_of_a_database_follows_what_was_read_from_it(tmp_path):
    with duckdb.connect(str(tmp_path / "b.duckdb")) as connection:
        connection.execute(f"create table a as {EVENTS}; create table b as select * from a limit 3")

    def after(table: str, *questions: Callable[[Relation], object]) -> str:
        relation = open_table(root=tmp_path, database="duckdb:b.duckdb", table=table)
        for question in questions:
            question(relation)
        return relation.fingerprint

    def monthly(relation: Relation) -> object:
        return relation.monthly({"date": "dato"})

    def daily(relation: Relation) -> object:
        return relation.daily(COLUMNS)

    assert after("a", monthly, daily) == after("a", daily, monthly, monthly)
    assert len({after("a", monthly), after("a", daily), after("b", monthly), after("a", monthly, daily)}) == 4


# Filters --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Wanted("kode", one_of=("J44",)), 2),
        (Wanted("kode", not_one_of=("J44",)), 2),  # an empty cell is none of them, and is kept
        (Wanted("dato", at_least=date(2024, 1, 31)), 3),
        (Wanted("dato", at_most=date(2024, 1, 30)), 1),
        (Wanted("dato", one_of=("2024-01-31",)), 2),
        (Wanted("antall", at_least=2, at_most=3.5), 1),
        (Wanted("timer", at_least=0.25), 3),
        (Wanted("pasient", one_of=("7",)), 2),
        (Wanted("sted", one_of=("x' or '1'='1",)), 0),
        (Wanted("sted", not_one_of=("'); drop table a; --", 'a"b', "%", "\\")), 4),
    ],
)
def test_a_filter_keeps_the_rows_it_says(tmp_path, wanted, kept):
    relation = parquet(tmp_path, EVENTS)
    assert len(relation.rows(COLUMNS, [wanted])) == kept
    assert relation.excluded([wanted]) == (4, [4 - kept])


def test_each_filter_counts_what_it_leaves_out_of_what_those_before_it_keep(tmp_path):
    filters = [Wanted("sted", one_of=("Vik",)), Wanted("kode", one_of=("I50",))]
    assert parquet(tmp_path, EVENTS).excluded(filters) == (4, [1, 2])


@pytest.mark.parametrize(
    ("wanted", "code", "value"),
    [
        (Wanted("dato", one_of=("januar",)), "filter_value_unlike_column", "januar"),
        (Wanted("antall", one_of=("1 or 1=1",)), "filter_value_unlike_column", "1 or 1=1"),
        (Wanted("kode", at_least=4), "filter_value_unlike_column", "4"),
        (Wanted("antall", at_most=date(2024, 1, 1)), "filter_value_unlike_column", "2024-01-01"),
        (Wanted("kod", one_of=("J44",)), "missing_column", "kod"),
    ],
)
def test_a_filter_no_cell_can_fit_is_refused_before_anything_is_read(tmp_path, wanted, code, value):
    relation = parquet(tmp_path, EVENTS)
    assert codes(lambda: relation.monthly(COLUMNS, [wanted])) == [("a.parquet", code, value)]


@given(st.text(min_size=1), st.lists(st.text(), min_size=1, max_size=3))
def test_names_and_values_of_any_kind_stay_names_and_values(column, values):
    written = Condition(column=column, kind="text", one_of=tuple(values)).query(Dialect())
    assert written.values == tuple(values)
    name = Dialect().name(column)
    assert written.text == f"{name} in ({', '.join('?' * len(values))})"
    assert name[1:-1].replace('""', "").count('"') == 0


def test_a_bound_that_is_a_whole_number_stays_exact():
    (condition,) = conditions_of([Wanted("n", at_least=float(2**53))], {"n": "whole"}, place="a")
    assert condition.at_least == 2**53
    assert isinstance(condition.at_least, int)


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("null as pasient", ("empty_cells", {"column": "pasient", "count": 4})),
        ("'' as sted", ("empty_cells", {"column": "sted", "count": 4})),
        ("nullif(dato, date '2024-01-31') as dato", ("empty_cells", {"column": "dato", "count": 2})),
        ("nullif(antall, 4) as antall", ("empty_cells", {"column": "antall", "count": 1})),
        ("antall - 2 as antall", ("negative_counts", {"column": "antall", "count": 2})),
    ],
)
def test_events_that_cannot_be_counted_are_counted_as_that(tmp_path, change, found):
    relation = parquet(tmp_path, f"select * replace ({change}) from ({EVENTS})")
    for question in (relation.monthly, relation.daily):
        (problem,) = problems(lambda ask=question: ask({**COLUMNS, "count": "antall"}))
        assert (problem.place, problem.code, dict(problem.parameters)) == ("a.parquet", *found)


def test_dates_and_counts_that_are_texts_are_refused_by_column(tmp_path):
    relation = parquet(tmp_path, f"select * replace ('31.01.2024' as dato, '1,5' as antall) from ({EVENTS})")
    assert codes(lambda: relation.monthly({**COLUMNS, "count": "antall"})) == [
        ("a.parquet", "column_without_dates", "dato"),
        ("a.parquet", "column_without_numbers", "antall"),
    ]


def test_columns_that_are_not_there_or_not_declared_are_all_told_at_once(tmp_path):
    relation = parquet(tmp_path, EVENTS)
    assert codes(lambda: relation.rows({"person": "pasien", "unit": "stad"})) == [
        ("a.parquet", "missing_column", "pasien"),
        ("a.parquet", "missing_column", "stad"),
    ]
    assert codes(lambda: relation.daily({"unit": "sted"})) == [
        ("a.parquet", "column_not_declared", "person"),
        ("a.parquet", "column_not_declared", "date"),
    ]


def test_no_rows_left_are_refused_where_they_are_counted_and_given_where_rows_are_asked_for(tmp_path):
    relation = parquet(tmp_path, f"{EVENTS} limit 0")
    assert codes(lambda: relation.monthly(COLUMNS)) == [("a.parquet", "nothing_left", "")]
    assert relation.rows(COLUMNS).empty
    assert relation.texts(COLUMNS).table.empty
    assert (relation.excluded([Wanted("sted", one_of=("Vik",))]), relation.repeated(COLUMNS)) == ((0, [0]), 0)
    relation.refuse_national_ids()


def test_one_row_is_enough(tmp_path):
    assert parquet(tmp_path, f"{EVENTS} limit 1").monthly(COLUMNS)["count"].tolist() == [1]


def test_parquet_files_that_differ_are_refused_with_the_first_that_does(tmp_path):
    parquet(tmp_path, EVENTS)
    parquet(tmp_path, "select 1 as pasient", file="b.parquet")
    (problem,) = problems(lambda: open_table(root=tmp_path, file="*.parquet"))
    assert (problem.place, problem.code, problem.value) == ("*.parquet", "parquet_files_differ", "b.parquet")
    assert problem.parameters == {"first": "a.parquet"}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("none.parquet", "file_not_found"),
        ("none*.parquet", "file_not_found"),
        ("broken.parquet", "unreadable_parquet"),
        ("empty.parquet", "empty_file"),
        ("../a.parquet", "data_file_outside"),
        ("link.parquet", "data_file_outside"),
        ("l*.parquet", "data_file_outside"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_its_folder(tmp_path, file, code):
    folder = tmp_path / "prosjekt"
    folder.mkdir()
    parquet(tmp_path, EVENTS)
    (folder / "broken.parquet").write_bytes(b"PAR1 no")
    (folder / "empty.parquet").touch()
    (folder / "link.parquet").symlink_to(tmp_path / "a.parquet")
    assert codes(lambda: open_table(root=folder, file=file)) == [(file, code, "")]


def test_a_file_whose_own_name_is_a_pattern_is_that_file(tmp_path):
    parquet(tmp_path, EVENTS, file="[a] *.parquet")
    parquet(tmp_path, "select 1 as annet", file="a b.parquet")
    assert "pasient" in open_table(root=tmp_path, file="[a] *.parquet").kinds


# Addresses of databases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://leser:hemmelig@tjener/helse", "database_with_password"),
        ("postgresql://leser:@tjener/helse", "database_with_password"),
        ("postgresql://tjener/helse?password=hemmelig", "database_with_password"),
        ("postgresql://tjener/helse?user=x&passfile=hemmelig", "database_with_password"),
        ("postgresql://leser:hemmelig@tjener:port/helse", "database_address_unreadable"),
        ("postgresql://leser:hemmelig@[tjener/helse", "database_address_unreadable"),
        ("postgresql://tjener/helse?options=hemmelig", "database_address_unreadable"),
        ("postgresql://tjener/helse?hemmelig", "database_address_unreadable"),
        ("postgresql://tjener", "database_address_unreadable"),
        ("mysql://leser:hemmelig@tjener/helse", "database_unknown"),
        ("host=tjener password=hemmelig", "database_unknown"),
        ("duckdb:/hemmelig.duckdb", "data_file_outside"),
        ("duckdb:../hemmelig.duckdb", "data_file_outside"),
        ("duckdb:", "data_file_outside"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(tmp_path, address, code):
    with pytest.raises(InvalidInput) as refusal:
        open_table(root=tmp_path, database=address, table="hendelser")
    assert [(problem.place, problem.code, problem.value) for problem in refusal.value.problems] == [
        ("database", code, "")
    ]
    assert "hemmelig" not in repr(refusal.value.problems)


def test_a_duckdb_file_that_is_missing_broken_or_has_no_such_table_is_refused(tmp_path):
    (tmp_path / "broken.duckdb").write_bytes(b"not a database")
    with duckdb.connect(str(tmp_path / "b.duckdb")) as connection:
        connection.execute("create table a (i integer); create view v as select 1 as i; create schema s")
        connection.execute("create table s.c (i integer)")

    def opened(file: str, table: str | None) -> list[tuple[str, str, str]]:
        return codes(lambda: open_table(root=tmp_path, database=f"duckdb:{file}", table=table))

    assert opened("none.duckdb", "a") == [("none.duckdb", "file_not_found", "")]
    assert opened("broken.duckdb", "a") == [("broken.duckdb:a", "unreadable_database_file", "")]
    assert opened("b.duckdb", None) == [("b.duckdb", "table_missing", "")]
    assert opened("b.duckdb", 'a"; drop table a; --') == [
        ('b.duckdb:a"; drop table a; --', "table_not_found", 'a"; drop table a; --')
    ]
    (problem,) = problems(lambda: open_table(root=tmp_path, database="duckdb:b.duckdb", table="b"))
    assert problem.parameters == {"known": "a, v, s.c"}
    assert list(open_table(root=tmp_path, database="duckdb:b.duckdb", table="s.c").kinds) == ["i"]


def test_a_view_in_a_file_reaches_nothing_outside_it(tmp_path):
    (tmp_path / "hemmelig.csv").write_text("a\n1\n", encoding="utf-8")
    quoted = str(tmp_path).replace("'", "''")
    with duckdb.connect(str(tmp_path / "b.duckdb")) as connection:
        connection.execute(f"create view v as select * from read_csv('{quoted}/hemmelig.csv')")
    assert codes(lambda: open_table(root=tmp_path, database="duckdb:b.duckdb", table="v")) == [
        ("b.duckdb:v", "query_failed", "")
    ]


# Memory and settings --------------------------------------------------------------------------------------------------


def test_many_events_are_counted_alike_in_little_memory(tmp_path):
    """200 000 events: a limit of 150 MB and one thread change no number, and nothing is left behind in the folder."""
    parquet(
        tmp_path,
        "select (hash(i) % 50000)::int as pasient, 'K' || (hash(i + 1) % 100) as sted, "
        "date '2022-01-01' + (hash(i + 2) % 1440)::int as dato from range(200000) as numbers(i)",
    )
    files = (tmp_path / "a.parquet",)
    plenty = Relation(name="a", engine=DuckEngine(files=files), kinds=DuckEngine(files=files).kinds("", place="a"))
    little = Relation(name="a", engine=DuckEngine(files=files, memory="150MB", threads=1), kinds=plenty.kinds)
    found = little.monthly(COLUMNS)
    pd.testing.assert_frame_equal(found, plenty.monthly(COLUMNS))
    path = str(files[0]).replace("'", "''")
    by_hand = duckdb.execute(
        "select count(*), sum(n), sum(p) from (select count(*) as n, count(distinct pasient) as p "
        f"from '{path}' group by date_trunc('month', dato), sted)"
    ).fetchone()
    assert by_hand == (len(found), found["count"].sum(), found["persons"].sum())
    assert found["count"].sum() == 200_000
    assert os.listdir(tmp_path) == ["a.parquet"]  # noqa: PTH208


def test_too_little_memory_is_a_problem_with_a_remedy(tmp_path):
    parquet(tmp_path, "select i as pasient, 'a' as sted, date '2024-01-01' as dato from range(2000000) as numbers(i)")
    engine = DuckEngine(files=(tmp_path / "a.parquet",), memory="1MB", threads=1)
    kinds = {"pasient": "whole", "sted": "text", "dato": "date"}
    relation = Relation(name="a", engine=engine, kinds=kinds)
    assert codes(lambda: relation.daily(COLUMNS)) == [("a", "query_needs_memory", "")]


@pytest.mark.parametrize(("name", "value"), [("THREADS", "mange"), ("MEMORY", "litt"), ("THREADS", "-1")])
def test_a_setting_that_cannot_be_used_is_refused(tmp_path, monkeypatch, name, value):
    relation = parquet(tmp_path, EVENTS)
    monkeypatch.setenv(f"BENEFITS_DUCKDB_{name}", value)
    assert codes(lambda: relation.monthly(COLUMNS)) == [("a.parquet", "engine_setting", "")]


def test_what_does_not_fit_in_memory_is_written_apart_and_removed(tmp_path):
    parquet(tmp_path, EVENTS)
    asked = "select current_setting('temp_directory') as folder"
    spill = Path(DuckEngine(files=(tmp_path / "a.parquet",)).fetch(asked, [], place="a")["folder"].item())
    assert spill.parent == Path(gettempdir())
    assert not spill.exists()


def test_the_settings_of_the_environment_are_used(tmp_path, monkeypatch):
    monkeypatch.setenv("BENEFITS_DUCKDB_THREADS", "1")
    monkeypatch.setenv("BENEFITS_DUCKDB_MEMORY", "200MiB")
    asked = "select current_setting('threads') as threads, current_setting('memory_limit') as memory"
    parquet(tmp_path, EVENTS)
    found = DuckEngine(files=(tmp_path / "a.parquet",)).fetch(asked, [], place="a")
    assert (found["threads"].item(), found["memory"].item()) == (1, "200.0 MiB")


# Identity numbers -----------------------------------------------------------------------------------------------------


def test_a_few_chance_numbers_are_let_through_in_a_pseudonym_column_and_nowhere_else(tmp_path, synthetic_numbers):
    """One of twenty is 5 %, which is not above it; two are."""
    others = [f"9{number:010d}" for number in range(19)]
    for valid in (1, 2):
        quoted = ", ".join(f"('{number}')" for number in (*synthetic_numbers[10 : 10 + valid], *others)[:20])
        relation = parquet(tmp_path, f"select * from (values {quoted}) as rows(pasient)")
        (problem,) = problems(relation.refuse_national_ids)
        assert problem.parameters == {"column": "pasient", "count": valid}
        if valid == 1:
            relation.refuse_national_ids(["pasient"])
        else:
            assert problems(lambda relation=relation: relation.refuse_national_ids(["pasient"])) == (problem,)


@given(st.lists(st.integers(0, 10**11 - 1).map(lambda number: f"{number:011d}"), max_size=200))
def test_the_control_digits_in_sql_are_those_of_the_guard(numbers):
    from benefits.activity.guard import national_ids
    from benefits.activity.tables.sql_guard import counted

    frame = pd.DataFrame({"v": pd.Series(numbers, dtype="str")})  # noqa: F841 - DuckDB finds it by its name
    valid = duckdb.execute(counted("frame", '"v"', "text", Dialect())).fetchone()[0] or 0
    assert valid == national_ids(numbers)
