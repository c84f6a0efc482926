"""The run list of a folder of reports, ``runs.csv``, and its page ``index.html``: what was made, what was not, and why.

The list is the state of the folder, not a log: one row per project, kind, edition and language, the latest wins, and
there is no clock in it. It is written the way a spreadsheet in Norway opens it: semicolons, because the comma is the
decimal sign there, and a byte order mark, without which letters like æ, ø and å are read wrongly.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from pathlib import Path

from benefits.batch.making import NotWritable
from benefits.batch.notebooks import takes_period
from benefits.batch.run import Outcome
from benefits.batch.tidy import path_from
from benefits.report.index import Run, index_page
from benefits.vocabulary import Audience, Language, ReportKind, words

RUNS, INDEX = "runs.csv", "index.html"
# How long another run may take to write its rows.
_PATIENCE = 60.0
_NAMES = tuple(field.name for field in fields(Run))
# A list written before there were editions or sets of reference values has no such columns: public ones, of no set.
_LATER = {"audience": "public", "references": ""}
_BETWEEN_FILES = " | "
# A cell that begins so is taken for a formula; an apostrophe before it says that it is text.
_FORMULA = re.compile(r"[=+\-@\t\r']")
_ABSOLUTE = re.compile(r"(?<![\w.:/-])(?:/|[A-Za-z]:[\\/])(?:[^\s'\"«»:;,()\\/]+[\\/])+")


def record(
    outcomes: Iterable[Outcome], *, out: Path, messages: Language, period: str = "", references: str = ""
) -> tuple[Path, ...]:
    """Enter outcomes in the run list of a folder and make its page again; return both files.

    Rows of earlier runs stay as long as their files do. Several runs may do this at once.

    Parameters
    ----------
    outcomes
        What came of the reports.
    out
        The folder of the reports.
    messages
        The language of the page.
    period
        The period that was asked for, if any; entered for the kinds that take one.
    references
        The day of the set of reference values that was asked for, if any.

    Raises
    ------
    NotWritable
        When the list cannot be written.
    """
    from filelock import FileLock

    new = [_run(outcome, out, period, references) for outcome in outcomes]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / ".runs.lock", timeout=_PATIENCE):
            runs = merged(read_runs(out / RUNS), new)
            runs = [run for run in (_existing(run, out) for run in runs) if run.files or run.reason]
            _replace(out / RUNS, _written(runs).encode("utf-8-sig"))
            _replace(out / INDEX, index_page(runs, language=messages).encode("utf-8"))
    except OSError as mistake:
        raise NotWritable(out) from mistake
    return (out / RUNS, out / INDEX)


def read_runs(path: Path) -> list[Run]:
    """Return the rows of a run list; none when there is no list, or something else stands there."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return []
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    if not set(_NAMES) - set(_LATER) <= set(rows.fieldnames or ()):
        return []
    runs = [_read(row) for row in rows if row["kind"] in words(ReportKind)]
    return [run for run in runs if run.audience in words(Audience)]


def merged(earlier: Iterable[Run], latest: Iterable[Run]) -> list[Run]:
    """Return the rows of both, sorted; of two for the same report the latest, with files that are as new as it.

    Examples
    --------
    >>> before = Run(project="a", kind="plan", language="nb", state="failed", source="a.yaml", reason="no title")
    >>> [run.state for run in merged([before], [replace(before, state="made", reason="", files=("a/plan.nb.html",))])]
    ['made']
    """
    latest = list(latest)
    kept = {_report(run): run for run in earlier}
    # A file that could not be used in any language is no longer so when it has been used in one, and the reverse.
    for run in latest:
        for key in [key for key, old in kept.items() if _same_file(old, run) and not (old.language and run.language)]:
            if not kept[key].files:
                del kept[key]
    for run in latest:
        old = kept.get(_report(run))
        kept[_report(run)] = _with_files_of(old, run) if old else run
    kinds, audiences = words(ReportKind), words(Audience)
    tongues = ("", *words(Language))
    return sorted(
        kept.values(),
        key=lambda run: (
            run.project or run.source,
            kinds.index(run.kind),
            audiences.index(run.audience),
            tongues.index(run.language),
            run.source,
        ),
    )


def _report(run: Run) -> tuple[str, str, str, str]:
    return (run.project or run.source, run.kind, run.language, run.audience)


def _same_file(one: Run, other: Run) -> bool:
    return (one.source, one.kind, one.audience) == (other.source, other.kind, other.audience)


def _with_files_of(old: Run, new: Run) -> Run:
    """The new row, with files that are still there: made from the same results, or left by a failure."""
    made_from = [(run.checksum, run.as_of, run.period, run.references) for run in (old, new)]
    if new.files and (made_from[0] != made_from[1]):
        return new
    if not new.files:
        return replace(new, files=old.files, title=old.title, as_of=old.as_of, checksum=old.checksum)
    return replace(new, files=tuple(sorted({*old.files, *new.files})))


def _existing(run: Run, out: Path) -> Run:
    return replace(run, files=tuple(file for file in run.files if (out / file).is_file()))


def _run(outcome: Outcome, out: Path, period: str, references: str) -> Run:
    made = outcome.made
    return Run(
        project=outcome.subject,
        kind=outcome.kind,
        language=outcome.language,
        state="failed" if made is None else "incomplete" if outcome.failure else "made",
        source=path_from(out, outcome.source),
        title=made.title if made else "",
        as_of=made.as_of if made else "",
        period=period if period and takes_period(outcome.kind) else "",
        files=tuple(sorted(path_from(out, file) for file in outcome.files)),
        checksum=made.checksum if made else "",
        # Where the folder lies is for nobody it is sent to.
        reason="\n".join(_ABSOLUTE.sub("…/", line) for line in outcome.failure),
        audience=outcome.audience,
        references=references,
    )


def _written(runs: Iterable[Run]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=_NAMES, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for run in runs:
        row = asdict(run) | {"files": _BETWEEN_FILES.join(run.files)}
        writer.writerow({name: f"'{cell}" if _FORMULA.match(cell) else cell for name, cell in row.items()})
    return text.getvalue()


def _read(row: dict[str, str]) -> Run:
    cells = {name: row.get(name) or "" for name in _NAMES}
    cells |= {name: cells[name] or otherwise for name, otherwise in _LATER.items()}
    cells = {name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell for name, cell in cells.items()}
    files = tuple(file for file in cells.pop("files").split(_BETWEEN_FILES) if file)
    return Run(**cells, files=files)


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
