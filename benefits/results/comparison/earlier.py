"""An earlier report's results, read back from its JSON file: everything that is wrong with it is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from benefits.errors import Gap, InvalidInput, Parameter, Problem
from benefits.project.freezing import Freeze
from benefits.project.frozen_plan import first_mistake
from benefits.project.load import shown, upwards
from benefits.results.comparison.products import ByYear
from benefits.results.json_file import FORMAT, stem
from benefits.results.model import Results
from benefits.results.values import Value

Tongue = Literal["plain", "nb", "nn", "en"]
LARGEST = 1e18
"""No number of a report is as large; sums of such numbers would be no numbers."""
MOST_TOLD = 10
"""Damaged places named; a file with more is damaged throughout."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class EarlierEstimate(_Kept):
    """What a method found, as far as two of them are held together."""

    benefit: str
    method: str
    options: dict[str, Any]


class EarlierVerdict(_Kept):
    """Where a benefit stood."""

    benefit: str
    code: str
    reason: str


class EarlierGap(_Kept):
    """What the plan lacked."""

    code: str
    subject: str
    weight: int
    parameters: dict[str, Parameter | None]

    @property
    def gap(self) -> Gap:
        """The same as a Gap."""
        known = {name: one for name, one in self.parameters.items() if one is not None}
        return Gap(code=self.code, subject=self.subject, weight=self.weight, parameters=known)


class EarlierFreeze(_Kept):
    """The frozen plan that applied."""

    as_of: date


class EarlierFollowUp(_Kept):
    """How it went."""

    freeze: EarlierFreeze | None = None
    verdicts: tuple[EarlierVerdict, ...] = ()


class EarlierHeadline(_Kept):
    """A figure of page one."""

    code: str
    value: str
    benefit: str
    actor: str


class ComparedBy(_Kept):
    """What a file keeps only to be compared by (see :mod:`benefits.results.comparison.kept`)."""

    plan: dict[str, Any]
    known_until: dict[str, date | None] = {}
    price_year: int | None = None
    headlines: tuple[EarlierHeadline, ...] = ()
    products: dict[str, dict[int, dict[str, float]]] = {}
    titles: dict[str, dict[Tongue, str]] = {}


class EarlierSince(_Kept):
    """The report that one was itself held against."""

    file: str = ""


class EarlierFile(_Kept):
    """The parts of a file of results that a comparison reads; whatever else it holds is left alone."""

    as_of: date
    inputs: dict[str, str]
    estimates: tuple[EarlierEstimate, ...] = ()
    gaps: tuple[EarlierGap, ...] = ()
    follow_up: EarlierFollowUp = EarlierFollowUp()
    compared_by: ComparedBy | None = None
    since: EarlierSince | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier report of the same project and kind.

    Attributes
    ----------
    name
        What it is called among the inputs.
    sha256
        Of the file's bytes, in hexadecimal.
    values
        Its numbers by id.
    held
        The rest of it.
    """

    name: str
    sha256: str
    values: Mapping[str, Value]
    held: EarlierFile

    @property
    def plan(self) -> Freeze | None:
        """Its plan in the form plans are held together in; None when the file does not tell of it."""
        if self.held.compared_by is None:
            return None
        plan = self.held.compared_by.plan
        return Freeze(as_of=self.held.as_of, file=self.name, sha256=self.sha256, plan=plan)

    def products(self, id: str) -> ByYear | None:
        """Return the factors of a number, where the file tells of them."""
        return self.held.compared_by.products.get(id) if self.held.compared_by is not None else None


def find_earlier(since: str | Path, *, project: str, kind: str, audience: Any) -> Path | None:
    """Return the file of an earlier report; None when a folder is named and has none of this project.

    Parameters
    ----------
    since
        A file of results, or a folder of reports; a relative one is looked for from the working directory upwards.
    project, kind, audience
        Of the report now: the file is ``<folder>/<project>/<kind>.json``.

    Raises
    ------
    InvalidInput
        When there is neither such a file nor such a folder.
    """
    for found in upwards(since):
        if found.is_dir():
            within = found / project / f"{stem(kind, audience)}.json"
            return within if within.is_file() else None
        if found.is_file():
            return found
    raise InvalidInput((Problem(place=shown(since), code="file_not_found"),))


def read_earlier(path: Path, *, place: str, results: Results, kind: str) -> Earlier:
    """Read an earlier report that a report is to be held against.

    Parameters
    ----------
    path
        Its file.
    place
        How it is named in messages.
    results, kind
        The report now.

    Raises
    ------
    InvalidInput
        When it cannot be read, is something else, or is of another project, kind or edition, of a newer format, of a
        later date, or damaged.
    """
    try:
        content = path.read_bytes()
        body = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InvalidInput((Problem(place=f"{place}:{error.lineno}", code="since_not_json"),)) from None
    except (OSError, ValueError, RecursionError):
        raise InvalidInput((Problem(place=place, code="since_not_json"),)) from None
    if not isinstance(body, dict) or not {"format", "kind", "project", "values"} <= body.keys():
        raise InvalidInput((Problem(place=place, code="since_not_results"),))
    problems = tuple(_of_another(body, place, results, kind))
    if problems:
        raise InvalidInput(problems)
    held, values = _held(body, place)
    if held.as_of > results.as_of:
        parameters = {"now": results.as_of.isoformat()}
        later = Problem(place=place, code="since_later", value=held.as_of.isoformat(), parameters=parameters)
        raise InvalidInput((later,))
    name = f"{results.project.id}/{stem(kind, results.audience)}.json"
    return Earlier(name=name, sha256=sha256(content).hexdigest(), values=values, held=held)


def _no_number(written: str) -> NoReturn:
    raise ValueError(written)


def _of_another(body: Mapping[str, Any], place: str, results: Results, kind: str) -> Iterator[Problem]:
    """Yield why a file of results is not one to compare with, but for what is in it."""
    version = body["format"]
    if not isinstance(version, int) or isinstance(version, bool):
        yield Problem(place=place, code="since_not_results")
        return
    if version > FORMAT:
        yield Problem(place=place, code="since_newer_format", value=str(version), parameters={"known": FORMAT})
        return
    project = results.project.id
    if body["project"] != project:
        yield Problem(place=place, code="since_other_project", value=str(body["project"]), parameters={"id": project})
    if body["kind"] != kind:
        yield Problem(place=place, code="since_other_kind", value=str(body["kind"]), parameters={"kind": kind})
    # A file from before there were editions is a public one.
    audience = body.get("audience", "public")
    if audience != results.audience:
        parameters = {"audience": results.audience}
        yield Problem(place=place, code="since_other_audience", value=str(audience), parameters=parameters)


def _held(body: Mapping[str, Any], place: str) -> tuple[EarlierFile, dict[str, Value]]:
    """Read what is in the file, or tell of every place that is damaged."""
    damaged: list[str] = []
    values: dict[str, Value] = {}
    held: EarlierFile | None = None
    try:
        read = TypeAdapter(tuple[Value, ...]).validate_json(json.dumps(body["values"]), strict=True)
        values = {one.id: one for one in read}
        if len(values) < len(read):
            damaged.append("values")
        damaged += [f"values.{one.id}" for one in read if one.suppressed and one.value is not None]
        damaged += [f"values.{one.id}" for one in read if _too_large(one)]
    except ValidationError as error:
        damaged += [_where(("values", *one["loc"])) for one in error.errors()]
    try:
        held = EarlierFile.model_validate_json(json.dumps(body), strict=True)
        mistake = first_mistake(held.compared_by.plan) if held.compared_by is not None else None
        damaged += [f"compared_by.plan.{mistake}"] if mistake is not None else []
    except ValidationError as error:
        damaged += [_where(one["loc"]) for one in error.errors()]
    if damaged or held is None:
        found = list(dict.fromkeys(damaged))[:MOST_TOLD]
        raise InvalidInput(tuple(Problem(place=place, code="since_damaged", value=where) for where in found))
    return held, values


def _too_large(one: Value) -> bool:
    return any(part is not None and not abs(part) < LARGEST for part in (one.value, one.low, one.high))


def _where(parts: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in parts)
