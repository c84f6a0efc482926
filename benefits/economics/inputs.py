"""Inputs: every assumption of a project as a distribution with unit, source and standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from benefits.economics.evidence_inputs import from_evidence
from benefits.economics.input import LEVEL, Input, joined_sources, weakest_standing
from benefits.economics.price_level import NoIndex, factor, scaled
from benefits.errors import Gap, Parameter
from benefits.project.fields import Quantity, Text
from benefits.project.model import Project
from benefits.project.money import Assumption
from benefits.reference.citation import Texts
from benefits.reference.distributions import (
    Distribution,
    Fixed,
    UnusableDistribution,
    from_interval,
    from_low_likely_high,
    from_mean_se,
)
from benefits.reference.evidence import Evidence
from benefits.reference.values import Library, NoValueYet, UnknownReference
from benefits.vocabulary import Standing

__all__ = [
    "LEVEL",
    "WEIGHTS",
    "Input",
    "date_of_references",
    "distribution_of",
    "inputs",
    "joined_sources",
    "weakest_standing",
]

WEIGHTS: Mapping[str, int] = {
    "unknown_reference": 75,
    "reference_has_no_value": 70,
    "unusable_distribution": 70,
    "reference_carried_forward": 15,
    "index_years_missing": 66,
    "growing_value_without_growth": 20,
}
"""How much each gap matters, beside those of the plan itself."""


def inputs(
    project: Project, *, library: Library, evidence: Mapping[str, Evidence], on: date
) -> tuple[dict[str, Input], tuple[Gap, ...]]:
    """Return every assumption of a project as an Input, and a Gap for each that has no number.

    Kroner of another year are brought to the project's price year when the project names an index for it.

    Parameters
    ----------
    project
        Its ``assumptions`` are read; ``reference.date``, when set, goes before ``on``.
    library
        Reference values, for assumptions that point to one, for the index and for real growth.
    evidence
        Published evidence by id, for assumptions that point to it.
    on
        The date reference values are wanted for.

    Returns
    -------
    tuple
        Inputs by name, in the order of the file, and gaps in the same order.

    Examples
    --------
    >>> from benefits.reference.values import load_library
    >>> project = Project(format=1, id="dho", title=Text(nb="DHO"), assumptions={
    ...     "day": Assumption(reference="discharge_ready.day_price"), "share": Assumption(value=0.5, unit="share")})
    >>> found, gaps = inputs(project, library=load_library(), evidence={}, on=date(2024, 6, 30))
    >>> found["day"].mean, found["day"].price_year, found["share"].standing, gaps
    (5745.0, 2024, 'assumed', ())
    """
    wanted = date_of_references(project, on=on)
    found: dict[str, Input] = {}
    gaps: list[Gap] = []
    for name, assumption in project.assumptions.items():
        if assumption.reference is not None:
            one = _from_reference(name, assumption, project, library, wanted, on, gaps)
        elif assumption.evidence is not None or assumption.mix:
            one = from_evidence(name, assumption, evidence, gaps)
        else:
            one = _as_written(name, assumption, project, gaps)
        if one is not None:
            grows = _growing(one, project, library, wanted, gaps)
            found[name] = _in_kroner_of_the_project(grows, project, library, gaps)
    return found, tuple(gaps)


def date_of_references(project: Project, *, on: date) -> date:
    """Return the date reference values are read for: the one the project pins them by, else the report's own."""
    return project.reference.date if project.reference and project.reference.date else on


def distribution_of(quantity: Quantity, *, share: bool = False) -> Distribution:
    """Return the distribution a quantity stands for, by the way it is said.

    A value is fixed; low, likely and high are a triangle; a mean with its standard error is normal, or beta for a
    share; an estimate with a 95 % interval is normal, or normal on the logarithmic scale when it is a ratio.

    Parameters
    ----------
    quantity
        One of the four ways to say a number.
    share
        Whether it is a share between 0 and 1.

    Raises
    ------
    UnusableDistribution
        When the numbers describe no distribution.
    ValueError
        When the quantity holds no number.

    Examples
    --------
    >>> distribution_of(Quantity(value=0.16)).mean
    0.16
    """
    match quantity:
        case Quantity(form="value", value=float() as value):
            return Fixed(value=value)
        case Quantity(form="low_likely_high", low=float() as low, likely=float() as likely, high=float() as high):
            return from_low_likely_high(low=low, likely=likely, high=high)
        case Quantity(form="mean_se", mean=float() as mean, se=float() as se):
            return from_mean_se(mean=mean, se=se, share=share)
        case Quantity(form="interval", estimate=float() as estimate, low=float() as low, high=float() as high):
            return from_interval(estimate=estimate, low=low, high=high, ratio=quantity.ratio, level=LEVEL)
    raise ValueError("the quantity holds no number")


def _gap(code: str, name: str, **parameters: Parameter) -> Gap:
    return Gap(code=code, subject=name, weight=WEIGHTS[code], parameters={"name": name, **parameters})


def _title(assumption: Assumption, shipped: Texts) -> Text:
    return assumption.title or Text(nb=shipped.nb, nn=shipped.nn, en=shipped.en)


def _as_written(name: str, assumption: Assumption, project: Project, gaps: list[Gap]) -> Input | None:
    try:
        distribution = distribution_of(assumption, share=assumption.unit == "share")
    except UnusableDistribution:
        gaps.append(_gap("unusable_distribution", name))
        return None
    low, high = distribution.interval(LEVEL)
    assert assumption.unit is not None, "the model asks for a unit where a number is written"
    return Input(
        name=name,
        title=assumption.title,
        distribution=distribution,
        mean=distribution.mean,
        low=low,
        high=high,
        unit=assumption.unit,
        per=assumption.per,
        price_year=assumption.price_year,
        source=project.said(assumption.source),
        address=assumption.address or "",
        standing=assumption.standing,
        instead_of=assumption.instead_of or "",
        value_of=assumption.value_of,
    )


def _growing(one: Input, project: Project, library: Library, wanted: date, gaps: list[Gap]) -> Input:
    """The input with its real growth, when it is a value of time, life or health and the project names a growth."""
    if one.value_of is None:
        return one
    named = project.reference.real_growth if project.reference is not None else None
    try:
        growth = library.at(named, wanted).value if named is not None else None
    except (NoValueYet, UnknownReference):
        growth = None
    if growth is None:
        gaps.append(_gap("growing_value_without_growth", one.name))
        return one
    return replace(one, growth=growth)


def _in_kroner_of_the_project(one: Input, project: Project, library: Library, gaps: list[Gap]) -> Input:
    """The input in kroner of the project's price year, when it is not and the project names an index."""
    index = project.reference.price_index if project.reference is not None else None
    year, wanted = one.price_year, project.price_year
    if one.unit != "kroner" or index is None or year is None or wanted is None or year == wanted:
        return one
    try:
        by = factor(library, index, from_year=year, to_year=wanted)
    except NoIndex as refused:
        if refused.code == "index_years_missing":
            gaps.append(_gap(refused.code, one.name, **refused.parameters))
        return one
    return replace(
        one,
        distribution=scaled(one.distribution, by),
        mean=one.mean * by,
        low=one.low * by,
        high=one.high * by,
        price_year=wanted,
        converted_from=year,
        index=index,
        index_factor=by,
    )


def _from_reference(
    name: str,
    assumption: Assumption,
    project: Project,
    library: Library,
    wanted: date,
    on: date,
    gaps: list[Gap],
) -> Input | None:
    assert assumption.reference is not None
    try:
        value = library.at(assumption.reference, wanted)
    except UnknownReference as unknown:
        nearest = ", ".join(unknown.nearest)
        gaps.append(_gap("unknown_reference", name, reference=assumption.reference, nearest=nearest))
        return None
    except NoValueYet:
        gaps.append(_gap("reference_has_no_value", name, reference=assumption.reference, date=wanted.isoformat()))
        return None
    # A set pinned by an early date is no newer for that: its values are held against the date of the report.
    latest = max(wanted, on)
    if value.outdated(latest):
        year = value.valid_from.year
        gaps.append(_gap("reference_carried_forward", name, reference=value.id, has=year, wants=latest.year))
    distribution = Fixed(value=value.value)
    low, high = distribution.interval(LEVEL)
    return Input(
        name=name,
        title=_title(assumption, value.titles),
        distribution=distribution,
        mean=distribution.mean,
        low=low,
        high=high,
        unit=value.unit,
        per=value.per or "none",
        price_year=value.price_year,
        source=value.source.title,
        address=value.source.address,
        standing=_standing(assumption, value.standing),
        reference_id=value.id,
        value_of=assumption.value_of or value.value_of,
        horizon=value.horizon,
    )


def _standing(assumption: Assumption, shipped: Standing) -> Standing:
    """A shipped value used for something else than it was made for: the project may say that it holds less well."""
    return weakest_standing(shipped, assumption.standing) if "standing" in assumption.model_fields_set else shipped
