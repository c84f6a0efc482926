"""Run each benefit's chosen method, and those named beside it, on its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from benefits.activity import Data, Panel, Responses, Series
from benefits.economics.inputs import LEVEL
from benefits.errors import Parameter, Problem
from benefits.measurement import Estimate, InvalidOption, Refusal, UnknownMethod, UnusableMethod, method, methods
from benefits.measurement.checks.everyone_included import ONLY_ACTIVE, everyone_included
from benefits.measurement.options import RateOptions
from benefits.measurement.preparation import treated_group
from benefits.measurement.registry import is_own
from benefits.measurement.windows import divide
from benefits.project import Loaded
from benefits.project.benefit import Benefit, MethodChoice
from benefits.project.model import Project
from benefits.project.places import known_place
from benefits.results.limits import LIMIT, persons_by_group
from benefits.vocabulary import Design, Exposure, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the methods found: by the chosen one, by those beside it, and the refusals with their benefit."""

    estimates: tuple[Estimate, ...]
    compared: tuple[Estimate, ...]
    refusals: tuple[tuple[str, Refusal], ...]


def measure(
    project: Project, shapes: Mapping[str, Data], *, only_active: Mapping[str, Panel] = MappingProxyType({})
) -> Measured:
    """Run the methods of every benefit that has data.

    Parameters
    ----------
    project
        Its choices of method have been checked by :func:`method_problems`.
    shapes
        Data by id, as known at the date of the report.
    only_active
        The same data by id, of those who took part only while they did, where the project asks for that beside.
    """
    cohorts = {source.id for source in project.data if source.cohort is not None}
    estimates: list[Estimate] = []
    compared: list[Estimate] = []
    refusals: list[tuple[str, Refusal]] = []
    for benefit, choice in _with_data(project):
        shape = shapes.get(choice.data or "")
        if shape is None or project.go_live is None:
            continue
        if isinstance(shape, Responses):
            persons = {str(group): shape.respondents(group) for group in shape.groups}
        else:
            persons = persons_by_group(shape, per=_per(project, choice))
        if min(persons.values(), default=LIMIT) < LIMIT:
            refusal = Refusal(method=choice.id, code="too_few_to_show", what_would_open_it="more_persons")
            refusals.append((benefit.id, refusal))
            continue
        for id, into in [(choice.id, estimates), *((id, compared) for id in choice.also)]:
            answer = _answer(id, shape, benefit=benefit, choice=choice, go_live=project.go_live)
            if isinstance(answer, Estimate):
                into.append(everyone_included(answer, only_active=False) if choice.data in cohorts else answer)
            else:
                refusals.append((benefit.id, answer))
        beside = only_active.get(choice.data or "")
        if beside is not None:
            answer = _answer(choice.id, beside, benefit=benefit, choice=choice, go_live=project.go_live)
            if isinstance(answer, Estimate):
                compared.append(everyone_included(answer, only_active=True))
            else:
                refusals.append((benefit.id, replace(answer, method=f"{answer.method}{ONLY_ACTIVE}")))
    return Measured(estimates=tuple(estimates), compared=tuple(compared), refusals=tuple(refusals))


def _answer(id: str, shape: Data, *, benefit: Benefit, choice: MethodChoice, go_live: date) -> Estimate | Refusal:
    """Answer with one method; another package's method that fails is a refusal under its name, not the report's end."""
    options = _options(benefit, choice, id)
    try:
        return method(id).estimate(shape, benefit=benefit.id, indicator=benefit.id, go_live=go_live, options=options)
    except Exception:
        if is_own(id):
            raise
        return Refusal(method=id, code="method_failed", what_would_open_it="method_mended")


def method_problems(loaded: Loaded) -> tuple[Problem, ...]:
    """Return a problem for every method or option that cannot be used, with its line in the project file."""
    problems: list[Problem] = []
    for at, benefit in enumerate(loaded.project.benefits):
        choice = benefit.method
        if choice is None:
            continue
        if choice.data is None:
            problems.extend(_unknown_design(loaded, at, choice))
            continue
        for loc, id in _places(at, choice):
            try:
                options = method(id).options(**_options(benefit, choice, id))
                if getattr(options, "level", LEVEL) != LEVEL:
                    raise InvalidOption("option_value", option="level", value=str(options.level), allowed=str(LEVEL))
            except UnknownMethod as unknown:
                parameters = {"nearest": unknown.nearest}
                problems.append(_problem(loaded, loc, code="unknown_method", value=id, parameters=parameters))
            except UnusableMethod as unusable:
                parameters = {"found": unusable.found}
                problems.append(_problem(loaded, loc, code="unusable_method", value=id, parameters=parameters))
            except InvalidOption as wrong:
                option = str(wrong.parameters["option"])
                there = ("benefits", at, "method", "options", option)
                problems.append(_problem(loaded, there, code=wrong.code, value=option, parameters=wrong.parameters))
        problems.extend(_unknown_options(loaded, at, choice))
    return tuple(problems)


def exposure_by_year(
    shape: Series | Panel, *, go_live: date, options: Mapping[str, Any] = MappingProxyType({})
) -> dict[int, float]:
    """Return the exposure of the treated after the start, by calendar year, in the months a method's options leave."""
    rows = shape.rows()
    used = RateOptions(lag_months=options.get("lag_months", 0), months_after=options.get("months_after"))
    windows = divide(rows[rows["group"] == treated_group(shape)], go_live=go_live, options=used)
    after = windows.rows[windows.rows["post"] == 1]
    years = after["period"].dt.year
    return {int(year): float(after.loc[years == year, "exposure"].sum()) for year in sorted(set(years))}


def _problem(
    loaded: Loaded, loc: tuple[str | int, ...], *, code: str, value: str, parameters: Mapping[str, Parameter]
) -> Problem:
    _, place = known_place(loaded.places, loc)
    return Problem(place=f"{loaded.file}:{place.line}", code=code, value=value, parameters=parameters)


def _per(project: Project, choice: MethodChoice) -> Exposure:
    return next(source.per for source in project.data if source.id == choice.data)


def _with_data(project: Project) -> Iterator[tuple[Benefit, MethodChoice]]:
    for benefit in project.benefits:
        if benefit.method is not None and benefit.method.data is not None:
            yield benefit, benefit.method


def _places(at: int, choice: MethodChoice) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The places in the project file where a method is named, with its id."""
    yield ("benefits", at, "method", "id"), choice.id
    for place, id in enumerate(choice.also):
        yield ("benefits", at, "method", "also", place), id


def _unknown_design(loaded: Loaded, at: int, choice: MethodChoice) -> Iterator[Problem]:
    known = sorted({*words(Design), *methods()})
    if choice.id not in known:
        nearest = get_close_matches(choice.id, known, n=1, cutoff=0.0)[0]
        loc = ("benefits", at, "method", "id")
        yield _problem(loaded, loc, code="unknown_method", value=choice.id, parameters={"nearest": nearest})


def _known(id: str) -> set[str]:
    return {item.name for item in fields(method(id).options)}


def _unknown_options(loaded: Loaded, at: int, choice: MethodChoice) -> Iterator[Problem]:
    known: set[str] = set()
    for id in (choice.id, *choice.also):
        try:
            known |= _known(id)
        except (UnknownMethod, UnusableMethod):
            return
    for option in choice.options:
        if option not in known:
            nearest = get_close_matches(option, sorted(known), n=1, cutoff=0.0)[0]
            loc = ("benefits", at, "method", "options", option)
            yield _problem(loaded, loc, code="unknown_option", value=option, parameters={"nearest": nearest})


def _options(benefit: Benefit, choice: MethodChoice, id: str) -> dict[str, Any]:
    """Options for one method: those the plan gives and what it says of the selection, as far as the method has them."""
    selection = benefit.baseline.selection if benefit.baseline else None
    said: dict[str, Any] = {}
    if selection is not None:
        said = {
            "selected": True,
            "selection_window_months": selection.window_months,
            "selection_at_least": selection.at_least,
            "population_rate": selection.population_rate,
            "population_dispersion": selection.population_dispersion,
        }
    known = _known(id)
    # A selection the plan has declared is not undone by an option that says there was none.
    chosen = {**said, **choice.options, **({"selected": True} if selection is not None else {})}
    return {name: value for name, value in chosen.items() if name in known}
