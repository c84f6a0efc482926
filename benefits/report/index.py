"""The page that lists the reports of a folder: what was made, in which languages and formats, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Table
from benefits.report.html import section_html
from benefits.report.opening import SECTION_TYPE
from benefits.report.page import html_page
from benefits.report.voice import Voice, voice_in
from benefits.vocabulary import Language, ReportKind, words

FORMS = ("html", "pdf", "docx", "ipynb", "json")
"""Endings of the files of a report, in the order they are offered; the first there is carries the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one report: one row of the run list.

    Attributes
    ----------
    project
        Id of what the report is about; empty when its file could not be read so far.
    title
        The report's title in its own language.
    kind, language
        Which report; no language when the file cannot be used in any.
    state
        made, incomplete (some format is lacking) or failed.
    as_of, period
        What it was made as of, and for which period if any.
    files
        The files made, as seen from the folder of the list.
    checksum
        SHA-256 of the results the pages were made from.
    source
        The project file, as seen from the folder of the list.
    reason
        Why it failed or is incomplete, in words; one line per problem.
    audience
        public, or internal: it may show small counts.
    references
        The day of the set of reference values that was asked for, if any.
    """

    project: str
    kind: str
    language: str
    state: str
    source: str
    title: str = ""
    as_of: str = ""
    period: str = ""
    files: tuple[str, ...] = ()
    checksum: str = ""
    reason: str = ""
    audience: str = "public"
    references: str = ""


def index_page(runs: Sequence[Run], *, language: Language) -> str:
    """Return the list of reports as a page in a language; its links are relative to the folder it lies in.

    Examples
    --------
    >>> run = Run(project="a", kind="plan", language="nb", state="made", source="a.yaml", files=("a/plan.nb.html",))
    >>> 'href="a/plan.nb.html"' in index_page([run], language="nb")
    True
    """
    import nbformat

    voice = voice_in(language, first=language)
    title = str(voice.say("index.title").striptags())
    cells = []
    for section in _sections(runs, voice):
        bundle = {
            "section": section.id,
            "heading": str(section.heading.striptags()),
            "language": language,
            "title": title,
            "as_of": max((run.as_of for run in runs), default=""),
            "constructed": False,
            "audience": "public",
        }
        data = {"text/html": str(section_html(section)), SECTION_TYPE: bundle}
        shown = nbformat.v4.new_output("display_data", data=data)  # type: ignore[no-untyped-call]
        cells.append(nbformat.v4.new_code_cell(outputs=[shown]))  # type: ignore[no-untyped-call]
    return html_page(nbformat.v4.new_notebook(cells=cells))  # type: ignore[no-untyped-call]


def _sections(runs: Sequence[Run], voice: Voice) -> Iterator[Section]:
    made = [run for run in runs if run.files]
    failed = [run for run in runs if run.reason]
    points = [voice.say("index.made", count=len(made)) if made else voice.say("index.none_made")]
    points += [voice.say("index.failed", count=len(failed))] if failed else []
    yield Section(id="overview", heading=voice.say("index.overview"), blocks=(Bullets(tuple(points)),))
    if failed:
        yield Section(id="not-made", heading=voice.say("index.not_made"), blocks=_failures(failed, voice))
    for kind in words(ReportKind):
        of_kind = [run for run in made if run.kind == kind]
        if of_kind:
            table = _table(of_kind, voice, caption=voice.say("index.caption", count=len(of_kind)))
            yield Section(id=kind, heading=voice.say(f"index.kind.{kind}"), blocks=(table,))


def _table(runs: Iterable[Run], voice: Voice, *, caption: Markup) -> Table:
    header = tuple(voice.say(f"index.{name}") for name in ("project", "report", "language", "as_of", "files"))
    return Table(caption=caption, header=header, rows=tuple(_row(run, voice) for run in runs))


def _row(run: Run, voice: Voice) -> tuple[Markup, ...]:
    first, *others = sorted(
        run.files, key=lambda file: FORMS.index(_form(file)) if _form(file) in FORMS else len(FORMS)
    )
    title = Markup('<span lang="{}">{}</span>').format(run.language, run.title or run.kind)
    link = Markup('<a href="{}">{}</a>').format(quote(first), title)
    if run.audience == "internal":
        link = voice.say("index.internal", report=link)
    more = [
        Markup('<a href="{}" aria-label="{}">{}</a>').format(
            quote(file),
            voice.say("index.file", form=_name(file), title=run.title or run.kind),
            _name(file),
        )
        for file in others
    ]
    day = voice.day(date.fromisoformat(run.as_of) if run.as_of else None)
    tongue = voice.say(f"index.in.{run.language}")
    return _said(run.project), link, tongue, day, Markup(", ").join(more) or voice.say("blank")


def _failures(runs: Iterable[Run], voice: Voice) -> tuple[Block, ...]:
    rows = tuple(
        (
            _said(run.project or run.source),
            voice.say(f"index.kind.{run.kind}"),
            voice.say(f"index.in.{run.language}") if run.language else voice.say("index.in.any"),
            Markup("<br>").join(_said(line) for line in run.reason.splitlines()),
        )
        for run in runs
    )
    header = tuple(voice.say(f"index.{name}") for name in ("project", "report", "language", "reason"))
    table = Table(caption=voice.say("index.not_made.caption"), header=header, rows=rows)
    return (Paragraph(voice.say("index.not_made.what"), tone="warning"), table)


def _said(text: str) -> Markup:
    return Markup('<span class="said">{}</span>').format(text)


def _form(file: str) -> str:
    return PurePosixPath(file).suffix.removeprefix(".")


def _name(file: str) -> str:
    """How a format is called by those who open it."""
    return {"docx": "Word", "ipynb": "Jupyter", "json": "JSON", "html": "HTML", "pdf": "PDF"}.get(_form(file), file)
