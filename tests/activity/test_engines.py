"""One dataset and one text of SQL: Parquet and a DuckDB file, a PostgreSQL server and a Spark session answer alike."""

from __future__ import annotations

import gc
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from traceback import format_exception
from urllib.parse import quote

import duckdb
import numpy as np
import pandas as pd
import pytest

from benefits.activity.tables.engines import DuckEngine, PostgresEngine, SparkEngine
from benefits.activity.tables.opening import open_table
from benefits.activity.tables.relations import Relation, relation_of
from benefits.activity.tables.texts import TextTable, refuse_national_ids
from benefits.errors import InvalidInput

HOSTILE = """sted; drop table hendelser; -- "a" 'b' `c` %s ? $1 :x"""
COLUMNS = {"person": "pasient", "unit": HOSTILE, "group": "gruppe", "date": "tid", "count": "antall"}
PLACES = ("Bodø", "Ås'); drop table hendelser; --", 'Vik "øst"', "Nes\\")
MONTHS = 24


@dataclass(frozen=True)
class Wanted:
    """A filter as a project file declares it."""

    column: str
    one_of: tuple[str, ...] = ()
    not_one_of: tuple[str, ...] = ()
    at_least: float | date | None = None
    at_most: float | date | None = None


FILTERS = (
    Wanted(HOSTILE, not_one_of=("Nes\\",)),
    Wanted("tid", at_least=date(2023, 2, 1), at_most=date(2024, 11, 30)),
    Wanted("antall", at_most=3),
    Wanted("kode", one_of=("J44", "100 %")),
)


def events(rows: int = 3000) -> pd.DataFrame:
    """Contacts over two years: also at the last moment of a month, and in the hours when the clocks change."""
    rng = np.random.default_rng(20240101)
    drawn = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, MONTHS * 30 * 24 * 60, rows), unit="min")
    edges = ["2023-01-31 23:59:59", "2023-03-26 02:30:00", "2024-02-29 00:00:00", "2023-10-29 02:30:00"]
    times = pd.DatetimeIndex([*pd.to_datetime(edges), *drawn[len(edges) :]]).as_unit("us")
    frame = pd.DataFrame(
        {
            "pasient": rng.integers(1, 200, rows),
            HOSTILE: np.array(PLACES)[rng.integers(0, len(PLACES), rows)],
            "gruppe": np.array(["treated", "comparison"])[rng.integers(0, 2, rows)],
            "tid": times,
            "dag": times.normalize(),
            "antall": rng.integers(1, 5, rows),
            "timer": rng.integers(1, 1000, rows) / 10,
            "kode": np.array(["J44", "100 %", "I50"], dtype=object)[rng.integers(0, 3, rows)],
        }
    )
    frame.loc[frame.index % 50 == 0, "kode"] = None
    return pd.concat([frame, frame.head(7)], ignore_index=True)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return events()


@pytest.fixture(scope="module")
def folder(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same rows as Parquet, whole and in parts, and as a DuckDB file; with marks in its name."""
    folder = tmp_path_factory.mktemp("it's [a] ø")
    quoted = str(folder).replace("'", "''")
    select = "select * replace (cast(dag as date) as dag) from frame"
    duckdb.execute(f"copy ({select}) to '{quoted}/hele.parquet' (format parquet)")
    duckdb.execute(f"copy ({select} limit 1000) to '{quoted}/del 1.parquet' (format parquet)")
    duckdb.execute(f"copy ({select} offset 1000) to '{quoted}/del 2.parquet' (format parquet)")
    with duckdb.connect(str(folder / "base.duckdb")) as connection:
        connection.execute(f"create table hendelser as {select}")
    return folder


# A PostgreSQL server --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    port: int
    password: str
    socket: Path
    user: str = "leser"
    base: str = "helse"

    @property
    def address(self) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{self.base}"


def binary(name: str) -> Path | None:
    """Debian keeps the server's programs away from PATH, a folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    on_path = shutil.which(name)
    return found[-1] if found else Path(on_path) if on_path else None


def run(name: str, *arguments: str, home: Path) -> None:
    """Run a program of the server, which refuses to run as root."""
    other: dict[str, object] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        other = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    subprocess.run(  # type: ignore[call-overload]
        [str(binary(name)), *arguments],
        check=True,
        timeout=60,
        cwd=home,
        env={"LC_ALL": "C", "HOME": str(home), "PATH": os.environ["PATH"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **other,
    )


@pytest.fixture(scope="module")
def running_server(frame: pd.DataFrame) -> Iterator[Server]:
    """A server of the test's own, with the rows in it; it asks for a password and listens on this machine alone."""
    import psycopg

    home = Path(mkdtemp(prefix="PG-"))
    server = Server(port=free_port(), password="hemmelig-7f3a", socket=home)
    secret = home / "pw"
    secret.write_text(server.password, encoding="utf-8")
    if os.geteuid() == 0:
        owner = pwd.getpwnam("nobody")
        for path in (home, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    data = str(home / "data")
    try:
        run(
            "initdb",
            "-D",
            data,
            "-U",
            server.user,
            "-A",
            "scram-sha-256",
            "--pwfile",
            str(secret),
            "-E",
            "UTF8",
            home=home,
        )
        told = f"-p {server.port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-t", "50", "-l", str(home / "log"), "-o", told, "start", home=home)
        try:
            local = {"host": "127.0.0.1", "port": server.port, "user": server.user, "password": server.password}
            with psycopg.connect(**local, dbname="postgres", autocommit=True) as connection:
                connection.execute(f"create database {server.base}")
            with psycopg.connect(**local, dbname=server.base) as connection:
                fill(connection, frame)
            yield server
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "50", "stop", home=home)
    finally:
        shutil.rmtree(home)


def fill(connection, frame: pd.DataFrame) -> None:
    from psycopg import sql

    kinds = ["integer", "text", "varchar(20)", "timestamp", "date", "smallint", "double precision", "text"]
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(n), sql.SQL(k)) for n, k in zip(frame.columns, kinds, strict=True)
    ]
    connection.execute(sql.SQL("create table hendelser ({})").format(sql.SQL(", ").join(columns)))
    connection.execute('create schema "øst"; create table "øst"."år" (n integer)')
    with connection.cursor().copy("copy hendelser from stdin") as copy:
        for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
            copy.write_row(row)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def server(program: Callable[[str], str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Server:
    for name in ("initdb", "pg_ctl"):
        if binary(name) is None:
            program(name)
    found = request.getfixturevalue("running_server")
    monkeypatch.setenv("BENEFITS_DATABASE_PASSWORD", found.password)
    return found


# A Spark session ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[object]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("tests")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        # Translated once and not over again, and cleaned up by one thread: half the work for so few rows.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.log.level": "OFF",
    }.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


# The contract ---------------------------------------------------------------------------------------------------------


def answers(relation: Relation) -> dict[str, object]:
    """Everything a relation can be asked."""
    return {
        "monthly": relation.monthly(COLUMNS),
        "monthly, filtered": relation.monthly(COLUMNS, FILTERS),
        "monthly, dates and hours": relation.monthly({"date": "dag", "count": "timer", "person": "pasient"}),
        "monthly, rows": relation.monthly({"date": "dag"}),
        "daily": relation.daily(COLUMNS, FILTERS),
        "rows": relation.rows({**COLUMNS, "score": "timer", "item": "kode"}, FILTERS),
        "texts": relation.texts({"period": "dag", "count": "timer", "item": "kode", "person": "pasient"}).table,
        "excluded": relation.excluded(FILTERS),
        "repeated": relation.repeated({**COLUMNS, "item": "kode"}),
        "fingerprint": relation.fingerprint,
    }


def assert_same(found: dict[str, object], expected: dict[str, object]) -> None:
    assert found.keys() == expected.keys()
    for name, answer in expected.items():
        if isinstance(answer, pd.DataFrame):
            pd.testing.assert_frame_equal(found[name], answer, check_exact=True, obj=name)
        else:
            assert found[name] == answer, name


@pytest.fixture(scope="module")
def of_duckdb(folder: Path) -> dict[str, object]:
    return answers(relation_of(DuckEngine(database=folder / "base.duckdb"), "hendelser"))


def test_a_duckdb_file_answers_as_pandas_counts(frame, of_duckdb):
    keys = {
        "period": frame["tid"].dt.to_period("M").dt.to_timestamp(),
        "unit": frame[HOSTILE],
        "group": frame["gruppe"],
    }
    counted = (
        frame.assign(**keys)
        .groupby(list(keys), as_index=False)
        .agg(count=("antall", "sum"), persons=("pasient", "nunique"))
    )
    found = of_duckdb["monthly"]
    pd.testing.assert_frame_equal(found, counted, check_dtype=False)
    assert dict(found.dtypes.astype(str)) == {
        "period": "datetime64[us]",
        "unit": "str",
        "group": "str",
        "count": "int64",
        "persons": "int64",
    }
    chosen = frame[
        (frame[HOSTILE] != "Nes\\")
        & frame["tid"].between("2023-02-01", "2024-11-30 23:59:59.999999")
        & (frame["antall"] <= 3)
        & frame["kode"].isin(["J44", "100 %"])
    ]
    assert of_duckdb["monthly, filtered"]["count"].sum() == chosen["antall"].sum()
    assert len(of_duckdb["rows"]) == len(chosen)
    assert of_duckdb["daily"]["count"].sum() == chosen["antall"].sum()
    every, left_out = of_duckdb["excluded"]
    assert (every, every - sum(left_out)) == (len(frame), len(chosen))
    assert of_duckdb["repeated"] == frame.drop(columns=["dag", "timer"]).duplicated().sum()
    by_hours = of_duckdb["monthly, dates and hours"]
    assert by_hours["count"].sum() == pytest.approx(frame["timer"].sum(), rel=1e-12)
    assert set(by_hours["unit"]) == {""}
    assert set(by_hours["group"]) == {"all"}
    assert list(of_duckdb["monthly, rows"].columns) == ["period", "unit", "group", "count"]


@pytest.mark.parametrize("file", ["hele.parquet", "del *.parquet"])
def test_parquet_answers_as_a_duckdb_file(folder, of_duckdb, file):
    relation = open_table(root=folder, file=file)
    found = answers(relation)
    assert found.pop("fingerprint") == relation.sha256
    assert_same(found, {name: answer for name, answer in of_duckdb.items() if name != "fingerprint"})


@pytest.mark.postgres
def test_postgresql_answers_as_a_duckdb_file(server, of_duckdb):
    relation = open_table(root=Path(), database=server.address, table="hendelser")
    assert relation.name == "helse:hendelser"
    assert_same(answers(relation), of_duckdb)


@pytest.mark.slow
@pytest.mark.needs("java")
@pytest.mark.timeout(300)  # a Java machine begins slowly on a busy computer
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # PySpark leaves them to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("zone", ["UTC", "Europe/Oslo"])
def test_spark_answers_as_a_duckdb_file(session, folder, of_duckdb, zone):
    session.conf.set("spark.sql.session.timeZone", zone)
    session.read.parquet(str(folder / "hele.parquet").replace("[", "\\[").replace("]", "\\]")).createOrReplaceTempView(
        "hendelser"
    )
    try:
        assert_same(answers(relation_of(SparkEngine(session), "hendelser")), of_duckdb)
    finally:
        gc.collect()


MOMENTS = ["2024-01-31 22:30:00+00", "2024-01-31 23:30:00+00", "2024-06-30 22:30:00+00"]
"""In Norway: 31 January at half past eleven, 1 February at half past midnight, 1 July at half past midnight."""


def of_moments(relation: Relation) -> tuple[list[str], list[str], int]:
    return (
        relation.monthly({"date": "tid"})["period"].dt.strftime("%Y-%m").tolist(),
        relation.texts({"date": "tid"}).table["tid"].tolist(),
        len(relation.rows({"date": "tid"}, [Wanted("tid", at_most=date(2024, 1, 31))])),
    )


IN_NORWAY = (
    ["2024-01", "2024-02", "2024-07"],
    ["2024-01-31T23:30:00", "2024-02-01T00:30:00", "2024-07-01T00:30:00"],
    1,
)


def test_a_moment_has_the_date_it_has_in_norway(tmp_path):
    listed = ", ".join(f"(timestamptz '{moment}')" for moment in MOMENTS)
    duckdb.execute(f"copy (select * from (values {listed}) as rows(tid)) to '{tmp_path}/a.parquet' (format parquet)")
    assert of_moments(open_table(root=tmp_path, file="a.parquet")) == IN_NORWAY


@pytest.mark.postgres
def test_a_moment_has_the_date_it_has_in_norway_also_in_postgresql(server):
    import psycopg

    settings = {"host": "127.0.0.1", "port": server.port, "user": server.user, "dbname": server.base}
    with psycopg.connect(**settings, password=server.password) as connection:
        connection.execute("create table tider (tid timestamptz, notat json default '{}')")
        for moment in MOMENTS:
            connection.execute("insert into tider values (%s)", [moment])
    relation = open_table(root=Path(), database=server.address, table="tider")
    assert of_moments(relation) == IN_NORWAY
    # A type that PostgreSQL itself cannot compare is compared as its text.
    assert relation.repeated({"note": "notat"}) == len(MOMENTS) - 1


# What each engine refuses ---------------------------------------------------------------------------------------------


def refused(call: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(InvalidInput) as refusal:
        call()
    (problem,) = refusal.value.problems
    return problem.place, problem.code, problem.value


GUARDED = ("pasient", "navn", "nummer", "kort", "desimal", "fritt", "blandet")


@pytest.fixture(scope="module")
def guarded(synthetic_numbers: list[str]) -> pd.DataFrame:
    """Columns that hold numbers in every way one may be stored; of each, how many is worked out by hand below."""
    eleven = [number for number in synthetic_numbers if not number.startswith("0")][:6]
    short = [number for number in synthetic_numbers if number.startswith("0")][:6]
    return pd.DataFrame(
        {
            "pasient": [1, 2, 3, 4, 5, 6],
            "navn": [f"{eleven[0][:6]} {eleven[0][6:]}", eleven[1], f" {eleven[2]} ", "P1", "", None],
            "nummer": [int(number) for number in (*short[:4], *eleven[:2])],
            "kort": [number.lstrip("0") for number in short[:3]] + ["1234567890", "", "P2"],
            "desimal": [float(eleven[0]), 2.5, None, 1e9, 8e10, float(short[0])],
            "fritt": [f"pasient {eleven[3]}, Vik", f"x{eleven[4]}x", f"1{eleven[5]}", "12345678901", "", None],
            "blandet": ["12345678901", "010203 12345", "99999999999", "1234567890", "J44", "2024-01-01"],
        }
    )


EXPECTED = {"navn": 3, "nummer": 6, "kort": 3, "desimal": 2, "fritt": 2}
"""``navn``: one with a space, one bare, one between spaces. ``kort``: three of four with ten digits are valid with a
zero before. ``fritt``: one after a word and one between letters; with a digit before it is another number."""


def found_in(relation: Relation, pseudonyms: tuple[str, ...] = ()) -> dict[str, int]:
    with pytest.raises(InvalidInput) as refusal:
        relation.refuse_national_ids(pseudonyms)
    assert {problem.code for problem in refusal.value.problems} == {"national_ids"}
    assert {problem.place for problem in refusal.value.problems} == {relation.name}
    assert not any(problem.value for problem in refusal.value.problems)
    return {str(one.parameters["column"]): int(one.parameters["count"]) for one in refusal.value.problems}


def test_the_guard_counts_the_numbers_of_every_column(guarded, tmp_path):
    quoted = str(tmp_path).replace("'", "''")
    duckdb.execute(f"copy guarded to '{quoted}/a.parquet' (format parquet)")
    relation = open_table(root=tmp_path, file="a.parquet")
    assert found_in(relation) == EXPECTED
    texts = TextTable(file="a", table=guarded[["navn", "kort", "fritt"]].fillna("").astype("str"), sha256="")
    with pytest.raises(InvalidInput) as refusal:
        refuse_national_ids(texts)
    counted = {one.parameters["column"]: one.parameters["count"] for one in refusal.value.problems}
    assert counted == {name: EXPECTED[name] for name in ("navn", "kort", "fritt")}


@pytest.mark.postgres
def test_the_guard_counts_alike_in_postgresql(guarded, server):
    import psycopg

    settings = {"host": "127.0.0.1", "port": server.port, "user": server.user, "dbname": server.base}
    with psycopg.connect(**settings, password=server.password) as connection:
        kinds = "pasient integer, navn text, nummer bigint, kort varchar, desimal numeric, fritt text, blandet text"
        connection.execute(f"create table vakt ({kinds})")
        with connection.cursor().copy("copy vakt from stdin") as copy:
            for row in guarded.astype(object).where(guarded.notna(), None).itertuples(index=False):
                copy.write_row(row)
    assert found_in(open_table(root=Path(), database=server.address, table="vakt")) == EXPECTED


@pytest.mark.slow
@pytest.mark.needs("java")
@pytest.mark.timeout(300)  # a Java machine begins slowly on a busy computer
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_the_guard_counts_alike_in_spark_and_moments_are_of_its_zone(guarded, session, tmp_path):
    duckdb.execute(f"copy guarded to '{tmp_path}/a.parquet' (format parquet)")
    session.read.parquet(f"{tmp_path}/a.parquet").createOrReplaceTempView("vakt")
    try:
        assert found_in(relation_of(SparkEngine(session), "vakt")) == EXPECTED
        session.conf.set("spark.sql.session.timeZone", "Europe/Oslo")
        listed = ", ".join(f"timestamp '{moment}:00'" for moment in MOMENTS)
        session.sql(f"select explode(array({listed})) as tid").createOrReplaceTempView("tider")
        assert of_moments(relation_of(SparkEngine(session), "tider")) == IN_NORWAY
        place, code, _ = refused(lambda: relation_of(SparkEngine(session), "finnes_ikke"))
        assert (place, code) == ("finnes_ikke", "table_not_found")
    finally:
        gc.collect()


@pytest.mark.postgres
def test_postgresql_is_asked_in_a_transaction_that_can_only_read(server):
    engine = PostgresEngine(
        settings={"host": "127.0.0.1", "port": str(server.port), "dbname": "helse", "user": "leser"}
    )
    assert refused(lambda: engine.fetch("delete from hendelser returning 1", [], place="x"))[1] == "query_failed"
    assert engine.fetch("show transaction_read_only", [], place="x")["transaction_read_only"].tolist() == ["on"]
    assert engine.fetch("show timezone", [], place="x")["TimeZone"].tolist() == ["Europe/Oslo"]


@pytest.mark.postgres
def test_what_postgresql_refuses_is_told_without_a_secret(server, monkeypatch, caplog):
    def told(address: str = server.address, table: str | None = "hendelser") -> tuple[str, str, str]:
        with pytest.raises(InvalidInput) as refusal:
            open_table(root=Path(), database=address, table=table)
        (problem,) = refusal.value.problems
        everything = "".join((*format_exception(refusal.value), repr(problem), caplog.text))
        for secret in (server.password, "feil-passord", server.user, "127.0.0.1", "localhost", str(server.port)):
            assert secret not in everything
        return problem.place, problem.code, problem.value

    assert told(table="finnes_ikke") == ("helse:finnes_ikke", "table_not_found", "finnes_ikke")
    assert told(table="øst.år; drop table hendelser") == (
        "helse:øst.år; drop table hendelser",
        "table_not_found",
        "øst.år; drop table hendelser",
    )
    assert told(table=None) == ("helse", "table_missing", "")
    closed = f"postgresql://{server.user}@127.0.0.1:{free_port()}/helse"
    assert told(closed) == ("helse:hendelser", "database_unreachable", "")
    monkeypatch.setenv("BENEFITS_DATABASE_PASSWORD", "feil-passord")
    assert told()[1] == "database_refuses"
    monkeypatch.delenv("BENEFITS_DATABASE_PASSWORD")
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    assert told()[1] == "database_needs_password"
    monkeypatch.setenv("PGPASSWORD", server.password)
    assert open_table(root=Path(), database=server.address, table="hendelser").kinds["pasient"] == "whole"


@pytest.mark.postgres
def test_a_password_is_in_no_repr_and_no_fingerprint(server):
    relation = open_table(root=Path(), database=server.address, table="hendelser")
    for written in (repr(relation), repr(relation.engine), relation.name, relation.fingerprint):
        for secret in (server.password, server.user, "127.0.0.1", str(server.port)):
            assert secret not in written


@pytest.mark.postgres
def test_a_server_is_reached_through_its_socket_too(server):
    address = f"postgresql://{server.user}@{quote(str(server.socket), safe='')}:{server.port}/{server.base}"
    relation = open_table(root=Path(), database=address, table="hendelser")
    assert (relation.name, relation.kinds["pasient"]) == ("helse:hendelser", "whole")


@pytest.mark.postgres
def test_a_table_in_a_schema_of_its_own_is_found_and_named_among_the_others(server):
    assert list(open_table(root=Path(), database=server.address, table="øst.år").kinds) == ["n"]
    with pytest.raises(InvalidInput) as refusal:
        open_table(root=Path(), database=server.address, table="år")
    assert "øst.år" in str(refusal.value.problems[0].parameters["known"])


def test_without_the_driver_postgresql_is_refused_with_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = "postgresql://leser@127.0.0.1:1/helse"
    refusal = refused(lambda: open_table(root=Path(), database=address, table="hendelser"))
    assert refusal == ("helse:hendelser", "database_driver_missing", "")
