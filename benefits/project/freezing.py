"""Freezing a plan: what was decided before the result was known, kept in a file that shows when it has been touched.

A freeze holds what an honest follow-up is judged by: the main indicator, hypotheses, indicators, baselines, methods
with their options and dates of verdict, targets, whom the data are of, and how much was hoped for: patients, effect and
kroner per event. Titles are kept so that a benefit taken out later can still be named. Nothing else of the project file
is in it, so that costs, roles and wording elsewhere may change without being called a deviation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from benefits.errors import Gap, InvalidInput, Parameter, Problem
from benefits.project.benefit import Selection
from benefits.project.fields import Part, Quantity, Text
from benefits.project.frozen_data import data_of
from benefits.project.frozen_plan import first_mistake
from benefits.project.frozen_valuation import VALUED, valued
from benefits.project.load import Loaded
from benefits.project.model import Project
from benefits.project.money import Assumption
from benefits.vocabulary import Language

FORMAT = 1
FOLDER = "frozen"
PARTS: Mapping[str, tuple[str, ...]] = {
    "hypothesis": ("action", "target_group", "mechanism", "wrong_if"),
    "indicator": ("definition", "unit", "per", "numerator", "denominator", "direction"),
    "baseline": ("state", "data", "seasons", "until", "value", "low", "high", "period", "before_start", "selection"),
    "method": ("id", "data", "options", "compare_with", "verdict_dates"),
    "target": ("value", "date", "ramp"),
}
"""What is frozen of a benefit: its parts, and the keys of each."""

PROBLEM_CODES: frozenset[str] = frozenset(
    {
        "freeze_changed",
        "freeze_exists",
        "freeze_incomplete",
        "freeze_newer_format",
        "freeze_not_writable",
        "freeze_other_date",
        "freeze_other_project",
        "freeze_unreadable",
    }
)
NO_FREEZE = Gap(code="no_freeze", weight=81)

WITHOUT = "without"
"""Key of what a benefit's plan expects without the service: where the way to its target may begin."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.json")
_STARTED = ("realise", "operation")
Found = tuple[tuple["Freeze", ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A plan as it was frozen.

    Attributes
    ----------
    as_of
        The date it was frozen for.
    file
        Path from the project file's folder.
    sha256
        Of the file's bytes, in hexadecimal.
    plan
        What :func:`plan_of` gave then.
    """

    as_of: date
    file: str
    sha256: str
    plan: Mapping[str, Any]


def plan_of(project: Project) -> dict[str, Any]:
    """Return what is frozen of a project as plain data, the same however its file is laid out.

    Keys without a value are left out, white space in texts is made single, and a plain text is in the first language.

    Examples
    --------
    >>> project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO", "benefits": (
    ...     {"id": "g1", "title": "Mer  tid", "target": {"value": 2.0, "date": date(2026, 1, 1)}},)})
    >>> plan_of(project)["benefits"]["g1"]
    {'title': {'nb': 'Mer tid'}, 'dis_benefit': False, 'target': {'value': 2.0, 'date': '2026-01-01'}}
    """
    benefits: dict[str, Any] = {}
    for benefit in project.benefits:
        kept: dict[str, Any] = {"title": benefit.title, "dis_benefit": benefit.dis_benefit}
        for part, keys in PARTS.items():
            whole = getattr(benefit, part)
            if whole is not None:
                kept[part] = {key: _told_of(getattr(whole, key)) for key in keys}
        expected = benefit.valuation.expected_events if benefit.valuation is not None else None
        if expected in project.assumptions:
            kept[WITHOUT] = _number(project.assumptions[expected])
        kept[VALUED] = valued(benefit, project) or None
        benefits[benefit.id] = kept
    first = project.first_language
    chosen: dict[str, Any] = _plain({"go_live": project.go_live, "main_indicator": project.main_indicator}, first)
    abnormal = [{"start": one.start, "end": one.end} for one in project.abnormal_periods]
    return chosen | {
        "abnormal_periods": _plain(abnormal, first),
        **({"volume": _plain(project.patient_group.volume, first)} if project.patient_group is not None else {}),
        "data": {id: _plain(kept, first) for id, kept in data_of(project).items()},
        "benefits": {id: _plain(kept, first) for id, kept in benefits.items()},
    }


def write_freeze(loaded: Loaded, *, as_of: date) -> str:
    """Write a freeze beside the project file and return its path from there; never touch one that exists.

    Raises
    ------
    InvalidInput
        When that date is frozen already, or the file cannot be written.
    """
    name = f"{FOLDER}/{as_of.isoformat()}.json"
    path = loaded.path.parent / name
    body = {
        "format": FORMAT,
        "project": loaded.project.id,
        "as_of": as_of.isoformat(),
        "project_file_sha256": loaded.sha256,
        "plan": plan_of(loaded.project),
    }
    text = json.dumps(body | {"sha256": _fingerprint(body)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    unfinished = path.with_suffix(".making")
    try:
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            raise InvalidInput((_problem(loaded.file, name, "freeze_exists"),))
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise InvalidInput((_problem(loaded.file, name, "freeze_not_writable"),)) from None
    return name


def read_freezes(loaded: Loaded) -> Found:
    """Return every freeze of a project, oldest first, and a problem for each file that cannot be trusted."""
    freezes: list[Freeze] = []
    problems: list[Problem] = []
    folder = loaded.path.parent / FOLDER
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        try:
            freezes.append(_read(path, named[1], loaded))
        except InvalidInput as mistake:
            problems.extend(mistake.problems)
    return tuple(freezes), tuple(problems)


def known_on(freezes: tuple[Freeze, ...], *, as_of: date) -> tuple[Freeze, ...]:
    """Return the freezes that are not after a date, oldest first."""
    return tuple(sorted((one for one in freezes if one.as_of <= as_of), key=lambda one: one.as_of))


def binding(freezes: tuple[Freeze, ...], *, project: Project, as_of: date) -> Freeze | None:
    """Return the freeze a project is held to at a date: the last from before its start, else the first there is.

    A plan may be frozen again until the service starts, as the plan in force then said it would; after that a new
    freeze moves nothing, or a target could be moved once the figures are known.
    """
    held: Freeze | None = None
    for one in known_on(freezes, as_of=as_of):
        if held is None or _may_be_replaced(held, project, on=one.as_of):
            held = one
    return held


def start_of(freeze: Freeze, project: Project) -> date | None:
    """Return the start of the service as a freeze has it, else as the project has it now."""
    start = freeze.plan.get("go_live")
    return date.fromisoformat(start) if start is not None else project.go_live


def _may_be_replaced(held: Freeze, project: Project, *, on: date) -> bool:
    start = start_of(held, project)
    return on <= start if start is not None else project.phase not in _STARTED


def should_be_frozen(project: Project, *, as_of: date) -> bool:
    """Whether the service has started, so that results may be known: until then a plan may still be shaped."""
    if project.go_live is None:
        return project.phase in _STARTED
    return project.go_live <= as_of


def _read(path: Path, day: str, loaded: Loaded) -> Freeze:
    name = f"{FOLDER}/{path.name}"

    def refused(code: str, *, line: int | None = None, value: str = "", **parameters: Parameter) -> InvalidInput:
        return InvalidInput((_problem(loaded.file, name, code, line=line, value=value, **parameters),))

    try:
        content = path.read_bytes()
        body = json.loads(content.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise refused("freeze_unreadable", line=error.lineno) from None
    except (OSError, UnicodeDecodeError, RecursionError):
        raise refused("freeze_unreadable") from None
    if not isinstance(body, dict):
        raise refused("freeze_unreadable", line=1)
    version = body.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise refused("freeze_newer_format", value=str(version), known=FORMAT)
    if body.pop("sha256", None) != _fingerprint(body):
        raise refused("freeze_changed")
    if not isinstance(body.get("plan"), dict) or not isinstance(body["plan"].get("benefits"), dict):
        raise refused("freeze_unreadable", line=1)
    if body.get("project") != loaded.project.id:
        raise refused("freeze_other_project", value=str(body.get("project")), id=loaded.project.id)
    if body.get("as_of") != day:
        raise refused("freeze_other_date", value=str(body.get("as_of")))
    try:
        as_of = date.fromisoformat(day)
    except ValueError:
        raise refused("freeze_other_date", value=day) from None
    mistake = first_mistake(body["plan"])
    if mistake is not None:
        raise refused("freeze_incomplete", value=mistake)
    return Freeze(as_of=as_of, file=name, sha256=sha256(content).hexdigest(), plan=body["plan"])


def _fingerprint(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A lone surrogate can be written as an escape in JSON, but not as UTF-8.
    return sha256(canonical.encode("utf-8", errors="surrogatepass")).hexdigest()


def _problem(
    file: str, name: str, code: str, *, line: int | None = None, value: str = "", **parameters: Parameter
) -> Problem:
    place = (PurePath(file).parent / name).as_posix() + (f":{line}" if line else "")
    return Problem(place=place, code=code, value=value, parameters=parameters)


def _told_of(value: Any) -> Any:
    """A rule of selection without its source: to cite it better changes nothing."""
    return value.model_copy(update={"source": None}) if isinstance(value, Selection) else value


def _number(assumption: Assumption) -> dict[str, Any]:
    """A number as the plan gives it, or what it points to; not where it is from."""
    names = (*Quantity.model_fields, "reference", "evidence", "unit", "per")
    return {name: getattr(assumption, name) for name in names} | {"ratio": assumption.ratio or None}


def _plain(value: Any, first: Language) -> Any:
    if isinstance(value, Text):
        written = {"nb": value.nb, "nn": value.nn, "en": value.en}
        written[first] = written[first] or value.plain
        return {tongue: " ".join(words.split()) or words for tongue, words in written.items() if words}
    if isinstance(value, Part):
        return _plain({name: getattr(value, name) for name in type(value).model_fields}, first)
    if isinstance(value, dict):
        said = {str(key): _plain(one, first) for key, one in value.items() if one is not None}
        return {key: one for key, one in said.items() if one not in ({}, [])}
    if isinstance(value, (tuple, list)):
        return [_plain(one, first) for one in value]
    return value.isoformat() if isinstance(value, date) else value
