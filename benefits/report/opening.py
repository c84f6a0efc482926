"""What a notebook calls: open a report once, then show its sections one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from markupsafe import Markup

from benefits.errors import BenefitsError, InvalidInput
from benefits.language import catalogue
from benefits.report import avoided_cost, data_request, follow_up, plan, portfolio, price
from benefits.report.blocks import Section
from benefits.report.html import section_html
from benefits.report.voice import Voice, voice_in
from benefits.results import (
    COMPARED_KINDS,
    InvalidPeriod,
    Period,
    PortfolioResults,
    Results,
    assess,
    assess_portfolio,
    compared,
    stem,
    write_json,
)
from benefits.vocabulary import Audience, Language, words

SECTION_TYPE = "application/vnd.benefits.section+json"

KINDS: Mapping[str, Mapping[str, Callable[[Any, Voice], Section]]] = {
    "plan": plan.SECTIONS,
    "follow-up": follow_up.SECTIONS,
    "avoided-cost": avoided_cost.SECTIONS,
    "price": price.SECTIONS,
    "data-request": data_request.SECTIONS,
    "portfolio": portfolio.SECTIONS,
}
"""Report kind -> its sections by id, in the order a reader meets them."""


class UnknownReport(BenefitsError):
    """A notebook asked for a kind, a language or a section there is none of."""


class UnusableProject(BenefitsError):
    """A project file cannot be used; says so in the report's language, all problems at once.

    Jupyter shows a short message without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True, slots=True)
class Shown:
    """One section as a notebook shows it: finished HTML, and a bundle that tells a template what it is."""

    html: str
    bundle: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self.html, SECTION_TYPE: dict(self.bundle), "text/plain": self.bundle["heading"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of one project in one language.

    Attributes
    ----------
    kind
        One of ``KINDS``.
    results
        The assessed project, or portfolio; an analyst can look at ``report.results.values`` and work on.
    """

    kind: str
    results: Results | PortfolioResults
    voice: Voice

    @property
    def sections(self) -> tuple[str, ...]:
        """Ids of the sections, in order."""
        return tuple(KINDS[self.kind])

    @property
    def title(self) -> str:
        """Title of the report: its kind and the project's title."""
        return str(title(self.kind, self.results, self.voice).striptags())

    def show(self, section: str) -> Shown:
        """Return a section, which a notebook displays; one that has nothing to say shows nothing.

        Raises
        ------
        UnknownReport
            When this kind has no such section; names those there are.
        """
        if section not in KINDS[self.kind]:
            raise UnknownReport(f"{section!r}: {', '.join(self.sections)}")
        made = KINDS[self.kind][section](self.results, self.voice)
        shown = (made, *made.others) if made.blocks or made.others else ()
        bundle = {
            "format": 1,
            "kind": self.kind,
            "section": section,
            "heading": made.heading.striptags(),
            "sections": [{"id": one.id, "heading": one.heading.striptags()} for one in shown],
            "language": self.voice.language,
            "title": self.title,
            "project": self.results.project.id,
            "as_of": self.results.as_of.isoformat(),
            "constructed": self.results.project.constructed,
            "audience": self.results.audience,
        }
        # The page has its own banner and leaves this notice out; a notebook has nothing else to say it.
        notices = [("constructed", bundle["constructed"]), ("internal", bundle["audience"] == "internal")]
        said = [self.voice.say(f"page.{name}") for name, holds in notices if holds and section == self.sections[0]]
        notice = "".join(Markup("<p><strong>{}</strong></p>\n").format(words) for words in said)
        html = str(section_html(made)) if shown else ""
        return Shown(notice + html, bundle | {"notice": notice})


def title(kind: str, results: Results | PortfolioResults, voice: Voice) -> Any:
    """Return the title of a report: gevinstplan early on, gevinstrealiseringsplan from the plan phase."""
    if isinstance(results, PortfolioResults):
        if not results.named:
            return voice.say("title.portfolio.several", count=results.values["portfolio.projects"])
        return voice.say("title.portfolio", project=results.project.title)
    early = results.project.phase in {None, "idea", "concept"}
    key = "title.plan.early" if kind == "plan" and early else f"title.{kind}"
    return voice.say(key, project=results.project.title)


def open_report(
    kind: str,
    project: str | Path,
    *,
    language: str = "nb",
    as_of: str = "",
    out_dir: str = "",
    period: str = "",
    audience: str = "public",
    since: str = "",
    references: str = "",
) -> Report:
    """Read and assess a project, and open a report on it.

    Parameters
    ----------
    kind
        One of ``KINDS``, as ``plan`` or ``follow-up``.
    project
        Project file; a relative one is looked for from the working directory upwards. For a portfolio also a portfolio
        file, a folder, or several of these, one a line.
    language
        nb, nn or en.
    as_of
        ISO date that decides which data and reference values apply; empty: the file's own, else the last whole month in
        its data.
    out_dir
        Folder to write ``<kind>.json`` into, or ``<kind>.internal.json``; empty: nothing is written.
    period
        Year, tertial or month (2025, 2025T2, 2025-03) a follow-up looks at; its last day is as_of where none is given.
    audience
        public, or internal: small counts are kept, and every page says so.
    since
        An earlier report's file of results, or a folder of reports with ``<project>/<kind>.json`` in it: what has
        changed since is told. A relative one is looked for from the working directory upwards. Empty: nothing is.
    references
        ISO date the set of reference values is of: what came later is left out. Empty: the file's own choice.

    Raises
    ------
    UnusableProject
        When the file or its data cannot be used; the message lists all problems.
    UnknownReport
        When the kind, the language or the audience is unknown, or as_of or references is no date, or period none.
    LanguageNotReady
        When there is no catalogue for the language yet.
    """
    if kind not in KINDS:
        raise UnknownReport(f"{kind!r}: {', '.join(KINDS)}")
    if language not in words(Language):
        raise UnknownReport(f"{language!r}: {', '.join(words(Language))}")
    if audience not in words(Audience):
        raise UnknownReport(f"{audience!r}: {', '.join(words(Audience))}")
    shown_to = cast(Audience, audience)
    said = catalogue(language)
    when, set_of = _day("as_of", as_of), _day("references", references)
    try:
        looked_at = Period.parse(period) if period else None
    except InvalidPeriod as mistake:
        raise UnknownReport(f"period {mistake}") from None
    try:
        results: Results | PortfolioResults
        if kind == "portfolio":
            results = assess_portfolio(project, as_of=when, audience=shown_to, references=set_of)
        else:
            results = assess(project, as_of=when, period=looked_at, audience=shown_to, references=set_of)
            if since and kind in COMPARED_KINDS:
                results = compared(results, kind=kind, since=since, out_dir=out_dir)
    except InvalidInput as mistake:
        raise UnusableProject("\n".join(said.problem(problem) for problem in mistake.problems)) from None
    if out_dir:
        Path(out_dir).mkdir(parents=True, exist_ok=True)
        write_json(results, kind=kind, path=Path(out_dir) / f"{stem(kind, shown_to)}.json")
    return Report(kind=kind, results=results, voice=voice_in(said.language, first=results.project.first_language))


def _day(name: str, written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UnknownReport(f"{name} {written!r}: YYYY-MM-DD") from None
