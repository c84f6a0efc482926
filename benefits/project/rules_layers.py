"""Rules on what leaves a budget, and on what comes instead of an event that is avoided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benefits.project.fields import Quantity
from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc, numbers_of, point_of
from benefits.project.valuation import LARGEST_VARIABLE, Replacement, Valuation
from benefits.vocabulary import ActorKind, ReplacementKind, Unit

PROVIDERS: Mapping[ReplacementKind, tuple[ActorKind, ...]] = {
    "home_nursing": ("kommune", "supplier", "other"),
    "municipal_acute_bed": ("kommune", "other"),
    "gp": ("gp", "kommune", "other"),
    "out_of_hours": ("kommune", "gp", "other"),
    "outpatient": ("hf", "supplier", "other"),
    "relatives": ("relatives", "patient"),
}
"""At whom something that comes instead may be, by kind; a kind that is not here may be at anybody."""
_OWN: Mapping[Unit, str] = {"hours": "hours", "minutes": "hours", "kroner": "unit_cost"}
"""The key that says again what is already counted in its unit."""
_NUMBERS = ("per_event", "unit_cost", "hours")
_ROUNDING = 1e-9


def _valuations(project: Project) -> Iterator[tuple[Loc, Valuation]]:
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation is not None:
            yield ("benefits", index, "valuation"), benefit.valuation


def _replacements(project: Project) -> Iterator[tuple[Loc, Replacement]]:
    for loc, valuation in _valuations(project):
        for place, one in enumerate(valuation.replacements):
            yield (*loc, "replacements", place), one


def replacement_wrong_actor(project: Project) -> Iterator[Broken]:
    """What comes instead is at somebody who may provide it: a GP is no hospital."""
    kinds = {actor.id: actor.kind for actor in project.actors}
    for loc, one in _replacements(project):
        wanted, kind = PROVIDERS.get(one.kind, ()), kinds.get(one.actor)
        if wanted and kind is not None and kind not in wanted:
            said = {"kind": one.kind, "has": kind, "wants": ", ".join(wanted)}
            yield Broken(loc=(*loc, "actor"), code="replacement_wrong_actor", parameters=said, needs=(("actors",),))


def replacement_said_twice(project: Project) -> Iterator[Broken]:
    """What is counted in hours or kroner does not say once more how many hours or kroner one of it is."""
    for loc, one in _replacements(project):
        key = _OWN.get(one.unit)
        if key is not None and getattr(one, key) is not None:
            yield Broken(loc=(*loc, key), code="replacement_said_twice", parameters={"unit": one.unit})


def relatives_as_staff(project: Project) -> Iterator[Broken]:
    """The time of relatives is of no profession."""
    for loc, one in _replacements(project):
        if one.kind == "relatives" and one.profession is not None:
            yield Broken(loc=(*loc, "profession"), code="relatives_as_staff")


def relatives_in_kroner(project: Project) -> Iterator[Broken]:
    """What relatives do is counted in time, or in times, and not in kroner."""
    for loc, one in _replacements(project):
        if one.kind == "relatives" and one.unit == "kroner":
            yield Broken(loc=(*loc, "unit"), code="relatives_in_kroner")


def replacement_below_zero(project: Project) -> Iterator[Broken]:
    """What comes instead is none, or some of it: less than none is another event that is avoided."""
    told: set[str] = set()
    for loc, one in _replacements(project):
        for key in _NUMBERS:
            quantity: Quantity | None = getattr(one, key)
            if quantity is None:
                continue
            at, named = (*loc, key), quantity.assumption
            if named is not None:
                if named in told or named not in project.assumptions:
                    continue
                told.add(named)
                at, quantity = ("assumptions", named), project.assumptions[named]
            below = next((part for part, number in numbers_of(quantity) if number < 0), None)
            if below is not None:
                yield Broken(loc=(*at, below), code="too_small", parameters={"limit": "0"})


def _share(project: Project, name: str | None) -> float:
    """The number of an assumption that is a share; zero where it is none, or points elsewhere."""
    one = project.assumptions.get(name) if name is not None else None
    return (point_of(one) or 0.0) if one is not None and one.unit == "share" else 0.0


def shares_with_action_above_one(project: Project) -> Iterator[Broken]:
    """What an action takes out of a budget is a part of the same average cost as the other two shares."""
    for loc, valuation in _valuations(project):
        if valuation.cash_by_action is None:
            continue
        cash, staff, action = (
            _share(project, name)
            for name in (valuation.cash_share, valuation.staff_share, valuation.cash_by_action.share)
        )
        # A share beyond the short run is not counted beside the action.
        counted = cash if cash <= LARGEST_VARIABLE else 0.0
        if action > 0.0 and counted + staff <= 1 + _ROUNDING < counted + staff + action:
            yield Broken(
                loc=(*loc, "cash_by_action", "share"),
                code="shares_with_action_above_one",
                parameters={"cash_share": counted, "staff_share": staff, "action_share": action},
                needs=(("assumptions",),),
            )
