"""Values reported beside the project file, in ``reported/``: read with it, known from the day they were reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from benefits.errors import InvalidInput, Parameter, Problem
from benefits.identity_numbers import has_national_id
from benefits.project.benefit import Benefit, Measurement
from benefits.project.model import Project
from benefits.project.places import Places, known_place
from benefits.project.reading import read_as
from benefits.project.reported_file import ReportedValue, ReportFile, broken_rules

FOLDER = "reported"
ENDINGS = frozenset({".yaml", ".yml"})
"""Of files that are read, in small or capital letters; a hidden file is none of ours."""
PROBLEM_CODES: frozenset[str] = frozenset(
    {
        "report_named_by_number",
        "report_other_project",
        "report_outside",
        "report_unit_changed",
        "report_unknown_benefit",
        "report_without_indicator",
        "reported_twice",
        "value_negative",
        "workbook_not_project",
    }
)
"""Problems of such files, beside those of every file of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A file of reported values.

    Attributes
    ----------
    content
        What it says.
    file
        Its path from the project file's folder.
    shown
        How it is named in messages.
    sha256
        Of its bytes, in hexadecimal.
    places
        The line of every value.
    """

    content: ReportFile
    file: str
    shown: str
    sha256: str
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A value reported again for the same gevinst and the same days, otherwise: the later stands."""

    benefit: str
    old: Measurement
    new: Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A project with the values that were known on a day, the reports they are from, and what was corrected by then."""

    project: Project
    reports: tuple[Report, ...]
    corrections: tuple[Correction, ...]


def read_reports(project_file: Path, *, shown_as: str) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Read every file of reported values beside a project file, and every problem of them; in the order of their names.

    A link out of the project's folder is not followed.

    Parameters
    ----------
    project_file
        The project file; its folder holds ``reported/``.
    shown_as
        How the project file is named in messages.
    """
    folder, home = project_file.parent / FOLDER, project_file.parent.resolve()
    reports: list[Report] = []
    problems: list[Problem] = []
    named = sorted(folder.iterdir()) if folder.is_dir() else ()
    for path in (one for one in named if one.suffix.lower() in ENDINGS and not one.name.startswith(".")):
        file = f"{FOLDER}/{path.name}"
        shown = (PurePath(shown_as).parent / file).as_posix()

        def made(content: ReportFile, places: Places, checksum: str, file: str = file, shown: str = shown) -> Report:
            return Report(content=content, file=file, shown=shown, sha256=checksum, places=places)

        if has_national_id(path.name):
            # Reports list the names of the files they are made of.
            place = (PurePath(shown_as).parent / FOLDER).as_posix()
            problems.append(Problem(place=place, code="report_named_by_number"))
            continue
        if _leads_out(path, home):
            problems.append(Problem(place=shown, code="report_outside"))
            continue
        try:
            reports.append(read_as(path, shown, model=ReportFile, rules=broken_rules, made=made))
        except InvalidInput as mistake:
            problems += mistake.problems
    return tuple(reports), tuple(problems)


def _leads_out(path: Path, home: Path) -> bool:
    try:
        return not path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):
        # A link to itself leads nowhere, which is told when it is read.
        return False


def misfits(project: Project, reports: Iterable[Report]) -> tuple[Problem, ...]:
    """Return a problem for each file of another project, and each value no gevinst of this one can take."""
    return tuple(problem for report in reports for problem in _misfits(project, report))


def fits(project: Project, value: ReportedValue) -> tuple[str, dict[str, Parameter]]:
    """Return why a gevinst of a project cannot take a reported value, as a code and parameters; empty when it can."""
    benefit = next((one for one in project.benefits if one.id == value.benefit), None)
    if benefit is None:
        return "report_unknown_benefit", {}
    if benefit.indicator is None:
        return "report_without_indicator", {}
    now = (benefit.indicator.unit, benefit.indicator.per)
    if now != (value.unit, value.per):
        return "report_unit_changed", {"unit": now[0], "per": now[1]}
    return "", {}


def known_on(project: Project, reports: Iterable[Report], *, day: date | None = None) -> Known:
    """Return a project with every value that was known on a day, in its own file and in reports.

    Parameters
    ----------
    project
        As its own file has it.
    reports
        Files of reported values; those of another project, and values no gevinst can take, are left out.
    day
        The day; None: everything that is known.

    Notes
    -----
    A value is known from the day it was reported, in its own file from its last day where no such day is told. Of two
    reported values of a gevinst for the same days the later stands; with the same day the one from the later file.
    """
    own_reports = (one for one in reports if one.content.project == project.id)
    heard = sorted(
        (one for one in own_reports if day is None or one.content.reported_on <= day),
        key=lambda one: (one.content.reported_on, one.file),
    )
    benefits: list[Benefit] = []
    corrections: list[Correction] = []
    for benefit in project.benefits:
        own = [one for one in benefit.measurements if day is None or _known_from(one) <= day]
        told = [
            _measurement(value, one)
            for one in heard
            for value in one.content.values
            if value.benefit == benefit.id and not fits(project, value)[0]
        ]
        standing, corrected = _standing(own, told)
        corrections += [Correction(benefit=benefit.id, old=old, new=new) for old, new in corrected]
        benefits.append(benefit.model_copy(update={"measurements": standing}))
    whole = project.model_copy(update={"benefits": tuple(benefits)})
    return Known(project=whole, reports=tuple(heard), corrections=tuple(corrections))


def _known_from(one: Measurement) -> date:
    return one.reported_on or one.date


def _standing(
    own: list[Measurement], told: list[Measurement]
) -> tuple[tuple[Measurement, ...], list[tuple[Measurement, Measurement]]]:
    """Return the values that stand, those of the project file first, and the pairs of which the later differs."""
    stand, corrected = list(own), []
    for one in told:
        old = next((other for other in stand if other.grade == "reported" and _days(other) == _days(one)), None)
        if old is None:
            stand.append(one)
            continue
        first, last = (old, one) if _known_from(old) <= _known_from(one) else (one, old)
        if (first.value, first.n) != (last.value, last.n):
            corrected.append((first, last))
        if last is one:
            # By identity: two values may be equal in all they say.
            stand = [other for other in stand if other is not old] + [one]
    return tuple(stand), corrected


def _days(one: Measurement) -> tuple[date, date]:
    return one.start or one.date, one.date


def _measurement(value: ReportedValue, report: Report) -> Measurement:
    return Measurement(
        date=value.date,
        start=value.start,
        value=value.value,
        n=value.n,
        grade="reported",
        source=value.source,
        by=report.content.role,
        comment=value.comment,
        confirmed=value.confirmed,
        reported_on=report.content.reported_on,
    )


def _misfits(project: Project, report: Report) -> Iterator[Problem]:
    def problem(loc: tuple[str | int, ...], code: str, parameters: dict[str, Parameter]) -> Problem:
        _, place = known_place(report.places, loc)
        return Problem(place=f"{report.shown}:{place.line}", code=code, value=place.raw, parameters=parameters)

    if report.content.project != project.id:
        yield problem(("project",), "report_other_project", {"id": project.id})
        return
    for at, value in enumerate(report.content.values):
        code, parameters = fits(project, value)
        if code:
            key = "unit" if code == "report_unit_changed" else "benefit"
            yield problem(("values", at, key), code, parameters)
