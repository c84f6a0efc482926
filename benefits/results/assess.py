"""The chain: a project file in, Results out. Nothing else runs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from benefits.economics import Draws
from benefits.errors import Gap, InvalidInput, Problem
from benefits.project import Loaded, Project, find_project, gaps, read
from benefits.project.additions import Added, at_argument
from benefits.project.freezing import Freeze, known_on, read_freezes, write_freeze
from benefits.results.baselines import with_baselines, work_out
from benefits.results.chain import heaviest_first, results_of
from benefits.results.measuring import method_problems
from benefits.results.model import Results
from benefits.results.period import Period
from benefits.results.reading import Activity, counted, in_ledger_of, last_whole_month, read_activity
from benefits.results.references import pinned_to, references_of
from benefits.results.referring import reference_problems
from benefits.results.service.use import ledger_known
from benefits.results.telling import in_order, not_told
from benefits.results.verdicts.known import up_to
from benefits.vocabulary import Audience

DRAWS = 10_000


def check(path: str | Path, *, as_of: date | None = None, period: Period | None = None) -> Project:
    """Read a project file and its data files, and return the project when a report can be made of it.

    Parameters are those of :func:`assess`.

    Raises
    ------
    InvalidInput
        With every problem of the project file, its data and its choices of method, or when it has no date.
    """
    loaded, activity, _ = _read_all(path)
    _when(loaded, activity, as_of, period)
    return loaded.project


def freeze(path: str | Path, *, as_of: date | None = None) -> str:
    """Freeze the plan of a project, and return the file it was frozen in, as a path from the project file's folder.

    Parameters
    ----------
    path
        Project file; it is not changed.
    as_of
        The date to freeze it for; None: the file's own.

    Raises
    ------
    InvalidInput
        With every problem when the project cannot be used, when no date is given, or when that date is frozen already.
    """
    loaded, activity, _ = _read_all(path)
    when = as_of or loaded.project.as_of
    if when is None:
        raise InvalidInput((Problem(place=f"{loaded.file}:1", code="no_as_of"),))
    project = with_baselines(
        loaded.project, work_out(loaded.project, counted(up_to(loaded.project, activity.shapes, when)))
    )
    return write_freeze(replace(loaded, project=project), as_of=when)


def lacks(path: str | Path, *, as_of: date | None = None) -> tuple[Project, tuple[Gap, ...]]:
    """Return a project and everything it lacks, heaviest first, as its reports say it.

    Without a date it is what its plan lacks.

    Raises
    ------
    InvalidInput
        With every problem of the project file, its data and its choices of method.
    """
    loaded, activity, frozen = _read_all(path)
    if as_of is None and loaded.project.as_of is None and not activity.shapes:
        return loaded.project, heaviest_first(gaps(loaded.project))
    return loaded.project, _assessed(loaded, activity, frozen, as_of=as_of, period=None, draws=DRAWS).gaps


def assess(
    path: str | Path,
    *,
    as_of: date | None = None,
    period: Period | None = None,
    draws: int = DRAWS,
    audience: Audience = "public",
    references: date | None = None,
    added: tuple[Added, ...] = (),
) -> Results:
    """Read a project and its data, and work out everything its reports show.

    Parameters
    ----------
    path
        Project file; a relative one is looked for from the working directory upwards.
    as_of
        Which data and reference values apply, and which freeze; None: the last day of the period, else the file's own
        date, else the last whole month in its data.
    period
        The part of time a follow-up looks at; None for none.
    draws
        Number of random draws behind every interval of kroner and quantities.
    audience
        Who it is for: ``internal`` keeps small counts, which ``public`` hides. Estimates are the same.
    references
        The day the set of reference values is of: what came later is left out. None: the project file's own choice.
    added
        Parts put into the project beside its file, as if they stood in it.

    Returns
    -------
    Results

    Raises
    ------
    InvalidInput
        With every problem, when a file cannot be used or no date can be found.
    """
    try:
        loaded, activity, frozen = _read_all(path, added)
    except InvalidInput as mistake:
        raise at_argument(mistake, added) from None
    return _assessed(
        loaded, activity, frozen, as_of=as_of, period=period, draws=draws, audience=audience, references=references
    )


def _assessed(
    loaded: Loaded,
    activity: Activity,
    frozen: tuple[Freeze, ...],
    *,
    as_of: date | None,
    period: Period | None,
    draws: int,
    audience: Audience = "public",
    references: date | None = None,
) -> Results:
    when = _when(loaded, activity, as_of, period)
    known = loaded.known_on(when)
    project = pinned_to(ledger_known(known.project, activity.ledger, on=when), day=references)
    values_of_reference = references_of(loaded, project, on=when)
    shapes = up_to(project, activity.shapes, when)
    files = {Path(loaded.file).name: loaded.sha256}
    files |= activity.files
    files |= {one.file: one.sha256 for one in known.reports}
    files |= values_of_reference.files
    frozen = known_on(frozen, as_of=when)
    files |= {one.file: one.sha256 for one in frozen}
    whole = counted({name: activity.shapes[name] for name in shapes})
    return results_of(
        project,
        shapes,
        whole=whole,
        extracts=activity.extracts,
        when=when,
        files=files,
        draws=Draws(n=draws),
        frozen=frozen,
        period=period,
        audience=audience,
        corrections=known.corrections,
        references=values_of_reference,
    )


def _when(loaded: Loaded, activity: Activity, as_of: date | None, period: Period | None = None) -> date:
    """The date of a report: the option, else the end of the period, else the file's, else that of its data."""
    ends = period.last if period is not None else None
    when = as_of or ends or loaded.project.as_of or last_whole_month(activity.shapes)
    if when is None:
        raise InvalidInput((Problem(place=f"{loaded.file}:1", code="no_as_of"),))
    return when


def _read_all(path: str | Path, added: tuple[Added, ...] = ()) -> tuple[Loaded, Activity, tuple[Freeze, ...]]:
    found = find_project(path)
    try:
        loaded = read(found, shown_as=_shown(path, found), added=added)
    except InvalidInput as mistake:
        further: tuple[Problem, ...] = ()
        if isinstance(mistake.partial, Loaded):
            activity = read_activity(mistake.partial.project, root=found.parent, place_of=in_ledger_of(mistake.partial))
            further = (*_choices(mistake.partial), *not_told(activity.problems, mistake.problems, mistake.partial))
            further += read_freezes(mistake.partial)[1]
        raise InvalidInput(in_order((*mistake.problems, *further)), partial=mistake.partial) from None
    activity = read_activity(loaded.project, root=found.parent, place_of=in_ledger_of(loaded))
    frozen, damaged = read_freezes(loaded)
    problems = (*_choices(loaded), *activity.problems, *damaged)
    if problems:
        raise InvalidInput(in_order(problems), partial=loaded)
    return loaded, activity, frozen


def _choices(loaded: Loaded) -> tuple[Problem, ...]:
    """Problems with the methods, reference values and studies a project names."""
    return (*method_problems(loaded), *reference_problems(loaded))


def _shown(path: str | Path, found: Path) -> str:
    return Path(path).as_posix() if not Path(path).is_absolute() else found.name
