"""The run list is the state of the folder: latest wins, the rest stays, and a spreadsheet opens it."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from benefits.batch import Made, NotWritable, Outcome, record
from benefits.batch.notebooks import takes_period
from benefits.batch.runs import merged, read_runs
from benefits.report.index import Run
from benefits.vocabulary import ReportKind, words


def outcome(out: Path, project: str, language: str = "nb", *, kind: str = "plan", **rest: object) -> Outcome:
    """A report that was made: its files exist."""
    file = out / project / f"{kind}.{language}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("", encoding="utf-8")
    made = Made(files=(file,), title=f"Plan: {project}", as_of="2025-12-31", checksum="1")
    source = out.parent / project / "project.yaml"
    given = {"subject": project, "source": source, "kind": kind, "language": language, "made": made, **rest}
    return Outcome(**given)  # type: ignore[arg-type]


def failed(out: Path, project: str, language: str = "", *, why: str = "Tittel mangler.") -> Outcome:
    source = out.parent / project / "project.yaml"
    return Outcome(subject=project, source=source, kind="plan", language=language, failure=(why,))


def listed(out: Path) -> list[tuple[str, str, str, str]]:
    return [(run.project, run.kind, run.language, run.state) for run in read_runs(out / "runs.csv")]


def test_a_row_says_what_was_made_from_what_and_when_and_nothing_of_the_machine(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "a", kind="follow-up")], out=out, messages="nb", period="2025T2")
    assert read_runs(out / "runs.csv") == [
        Run(
            project="a",
            kind="follow-up",
            language="nb",
            state="made",
            source="../a/project.yaml",
            title="Plan: a",
            as_of="2025-12-31",
            period="2025T2",
            files=("a/follow-up.nb.html",),
            checksum="1",
        )
    ]


def test_a_report_that_takes_no_period_is_listed_with_none(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "a", kind=kind) for kind in words(ReportKind)], out=out, messages="nb", period="2025T2")
    taken = {run.kind: run.period for run in read_runs(out / "runs.csv")}
    assert taken == {kind: "2025T2" if takes_period(kind) else "" for kind in words(ReportKind)}
    assert (taken["follow-up"], taken["plan"]) == ("2025T2", "")


def test_rows_are_sorted_and_those_of_earlier_runs_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "b", "en"), outcome(out, "b", "nn"), outcome(out, "a", kind="price")], out=out, messages="nb")
    record([outcome(out, "a"), failed(out, "c")], out=out, messages="nb")
    assert listed(out) == [
        ("a", "plan", "nb", "made"),
        ("a", "price", "nb", "made"),
        ("b", "plan", "nn", "made"),
        ("b", "plan", "en", "made"),
        ("c", "plan", "", "failed"),
    ]


def test_the_same_outcomes_give_the_same_bytes(tmp_path: Path) -> None:
    bytes_of = []
    for folder in ("x/out", "y/elsewhere/out"):
        out = tmp_path / folder
        outcomes = [outcome(out, "b"), failed(out, "a"), outcome(out, "a", "nn")]
        record(outcomes, out=out, messages="nn")
        record(reversed(outcomes), out=out, messages="nn")
        bytes_of.append([(out / name).read_bytes() for name in ("runs.csv", "index.html")])
    assert bytes_of[0] == bytes_of[1]


def test_a_file_that_has_been_mended_is_no_longer_listed_as_broken(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([failed(out, "a")], out=out, messages="nb")
    record([outcome(out, "a"), outcome(out, "a", "nn")], out=out, messages="nb")
    assert listed(out) == [("a", "plan", "nb", "made"), ("a", "plan", "nn", "made")]


def test_a_report_that_could_not_be_made_again_keeps_the_files_of_the_last_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "a"), outcome(out, "b")], out=out, messages="nb")
    record([failed(out, "a", "nb"), failed(out, "b")], out=out, messages="nb")
    rows = {(run.project, run.language): run for run in read_runs(out / "runs.csv")}
    assert rows["a", "nb"].state == "failed"
    assert rows["a", "nb"].files == ("a/plan.nb.html",)
    assert rows["b", ""].state == "failed"
    assert rows["b", "nb"].files == ("b/plan.nb.html",)


def test_pages_made_earlier_are_listed_as_long_as_the_results_are_the_same() -> None:
    html = Run(project="a", kind="plan", language="nb", state="made", source="a", files=("a.html",), checksum="1")
    pdf = replace(html, files=("a.pdf",))
    assert merged([html], [pdf])[0].files == ("a.html", "a.pdf")
    assert merged([html], [replace(pdf, checksum="2")])[0].files == ("a.pdf",)
    assert merged([html], [replace(pdf, as_of="2025-12-31")])[0].files == ("a.pdf",)


def test_a_report_whose_files_are_gone_is_not_listed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "a"), outcome(out, "b")], out=out, messages="nb")
    (out / "a" / "plan.nb.html").unlink()
    record([], out=out, messages="nb")
    assert listed(out) == [("b", "plan", "nb", "made")]


def test_a_report_that_lacks_a_format_is_incomplete_and_both_listed_and_explained(tmp_path: Path) -> None:
    out = tmp_path / "out"
    record([outcome(out, "a", failure=("a: pdf ble ikke laget.",))], out=out, messages="nb")
    (run,) = read_runs(out / "runs.csv")
    assert (run.state, run.files, run.reason) == ("incomplete", ("a/plan.nb.html",), "a: pdf ble ikke laget.")
    page = BeautifulSoup((out / "index.html").read_bytes(), "html.parser")
    assert [link["href"] for link in page.select("main a")] == ["a/plan.nb.html"]
    assert "pdf ble ikke laget" in page.select_one("#not-made").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/srv/kari/prosjekt/project.yaml:6: «x»", "…/project.yaml:6: «x»"),
        ("OSError: '/var/x1/kernel.json'", "OSError: '…/kernel.json'"),
        ("C:\\Brukere\\kari\\plan\\project.yaml: feil", "…/project.yaml: feil"),
        ("../a/project.yaml: se https://www.ssb.no/a/b", "../a/project.yaml: se https://www.ssb.no/a/b"),
        ("kroner/år og 1/3", "kroner/år og 1/3"),
    ],
)
def test_a_reason_does_not_tell_where_the_folder_lies(tmp_path: Path, said: str, kept: str) -> None:
    record([failed(tmp_path / "out", "a", why=said)], out=tmp_path / "out", messages="nb")
    assert [run.reason for run in read_runs(tmp_path / "out" / "runs.csv")] == [kept]


def test_a_spreadsheet_in_norway_opens_it(tmp_path: Path) -> None:
    """It looks for a byte order mark to read æ, ø and å, and for semicolons because numbers have decimal commas."""
    out = tmp_path / "out"
    record([failed(out, "a", why='Prisen er 1,5; "så" mye for æøå\nog mer')], out=out, messages="nb")
    content = (out / "runs.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfproject;kind;language;state;")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert rows[0]["reason"] == 'Prisen er 1,5; "så" mye for æøå\nog mer'


@given(st.text(alphabet="=+-@'\t;\"\n\rab1,å", max_size=12))
def test_no_cell_is_a_formula_and_every_text_is_read_back(reason: str) -> None:
    from benefits.batch.runs import _read, _written

    run = Run(project="a", kind="plan", language="nb", state="failed", source="s", reason=reason)
    text = _written([run])
    (row,) = csv.DictReader(text.splitlines(keepends=True), delimiter=";")
    assert not re.match(r"[=+\-@\t\r]", row["reason"])
    assert _read(row) == run


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\r\n1,2\r\n", b"project;kind\r\na;plan\r\n"])
def test_something_else_in_its_place_is_written_over(tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "runs.csv").write_bytes(content)
    record([outcome(out, "a")], out=out, messages="nb")
    assert listed(out) == [("a", "plan", "nb", "made")]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotWritable):
        record([failed(tmp_path / "file" / "out", "a")], out=tmp_path / "file" / "out", messages="nb")


def test_two_runs_never_write_the_list_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, here with no patience at all, and then adds its rows to what is there."""
    out = tmp_path / "out"
    record([outcome(out, "a")], out=out, messages="nb")
    monkeypatch.setattr("benefits.batch.runs._PATIENCE", 0.0)
    with FileLock(out / ".runs.lock"), pytest.raises(NotWritable):
        record([outcome(out, "b")], out=out, messages="nb")
    assert [row[0] for row in listed(out)] == ["a"]
    record([outcome(out, "b")], out=out, messages="nb")
    assert [row[0] for row in listed(out)] == ["a", "b"]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "nb", "nn"]), st.booleans()), max_size=8))
def test_no_report_is_listed_twice_and_the_latest_says_how_it_went(steps: list[tuple[str, str, bool]]) -> None:
    runs: list[Run] = []
    for project, language, made in steps:
        files = (f"{project}.{language}",) if made and language else ()
        state = "made" if files else "failed"
        run = Run(project=project, kind="plan", language=language, state=state, source=project, files=files)
        runs = merged(runs, [run])
        assert next(one.state for one in runs if (one.project, one.language) == (project, language)) == state
        keys = [(one.project, one.language) for one in runs]
        assert len(keys) == len(set(keys))
