"""What a frozen plan keeps of how much was hoped for: patients, effect and kroner, so that a bridge begins at the plan.

Plans frozen before this was kept lack it; what they lack is then as the project file has it now, and that is said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeGuard

from pydantic import BeforeValidator

from benefits.project.benefit import Benefit
from benefits.project.fields import ByYear, Part, Quantity, Share, Year
from benefits.project.model import Project
from benefits.project.money import Assumption
from benefits.project.valuation import CashByAction

VALUED = "valued"
"""Key of what a benefit's plan counts its events by."""
NUMBERS = ("effect", "unit_cost", "cash_share", "staff_share", "realisation_share", "refill_share", "bed_days", "hours")
"""Keys of a valuation that name an assumption, and are kept as numbers."""
ACTION = ("action_share", "action_due")
"""What is kept of an action that takes more out of a budget: its share, as a number, and its day; of none, nothing."""


def _with_studies(held: Any) -> Any:
    """A file has a list where several studies are mixed; an assumption holds them as a tuple."""
    return held | {"mix": tuple(held["mix"])} if isinstance(held, dict) and isinstance(held.get("mix"), list) else held


KeptNumber = Annotated[Assumption, BeforeValidator(_with_studies)]
"""A number, or what it points to, as it is kept."""


class KeptValuation(Part):
    """The form of what is kept of a valuation."""

    effect: KeptNumber | None = None
    unit_cost: KeptNumber | None = None
    cash_share: KeptNumber | None = None
    staff_share: KeptNumber | None = None
    realisation_share: KeptNumber | None = None
    refill_share: KeptNumber | None = None
    bed_days: KeptNumber | None = None
    hours: KeptNumber | None = None
    action_share: KeptNumber | None = None
    action_due: date | None = None
    effect_scale: str = "ratio"
    persistence: dict[Year, Share] = {}
    volume: ByYear = {}


def valued(benefit: Benefit, project: Project) -> dict[str, Any]:
    """Return what is kept of a benefit's valuation; nothing where it has none.

    Numbers are kept as the plan gives them, or as what they point to, and kroner with the year they are of.
    """
    if benefit.valuation is None:
        return {}
    kept: dict[str, Any] = {
        name: number(project.assumptions[id], project)
        for name in NUMBERS
        if (id := getattr(benefit.valuation, name)) in project.assumptions
    }
    action = benefit.valuation.cash_by_action
    # An action without somebody responsible or a day takes nothing out of a budget, and was not part of the plan.
    if _stands(action) and action.share in project.assumptions:
        kept |= {"action_share": number(project.assumptions[action.share], project), "action_due": action.due}
    further = {"persistence": benefit.valuation.persistence, "volume": benefit.volume}
    return kept | further | {"effect_scale": benefit.valuation.effect_scale}


def _stands(action: CashByAction | None) -> TypeGuard[CashByAction]:
    """Whether it is said what is to be done, by whom and when."""
    return action is not None and None not in (action.action, action.owner, action.due)


def number(assumption: Assumption, project: Project) -> dict[str, Any]:
    """Return a number as the plan gives it, or what it points to; not where it is from."""
    names = (*Quantity.model_fields, "reference", "evidence", "mix", "unit", "per")
    found = {name: getattr(assumption, name) for name in names}
    of_year = assumption.price_year or project.price_year
    return found | {
        "ratio": assumption.ratio or None,
        "price_year": of_year if assumption.unit == "kroner" else None,
        "value_of": assumption.value_of,
        "standing": assumption.standing,
    }


def as_planned(project: Project, plan: Mapping[str, Any]) -> tuple[Project, frozenset[str]]:
    """Return the project with what a frozen plan holds, and what of it the plan does not hold.

    Parameters
    ----------
    project
        As it is now.
    plan
        What was frozen, as of :func:`benefits.project.freezing.plan_of`.

    Returns
    -------
    tuple
        The project with the start, the patients, the phasing in and the numbers that were frozen, under the names they
        have now, so that a number that has not moved has the same draws; and which of ``volume``, ``effect`` and
        ``price`` some benefit has now and the plan does not hold.
    """
    lacking = {"volume"} if "volume" not in plan and project.patient_group is not None else set()
    put: dict[str, Assumption] = {}
    benefits: list[Benefit] = []
    for benefit in project.benefits:
        held: Mapping[str, Any] = plan["benefits"].get(benefit.id, {})
        if benefit.valuation is not None and VALUED not in held:
            lacking |= {"effect", "price"} if benefit.valuation.unit_cost is not None else {"effect"}
        benefits.append(_benefit(benefit, held, put))
    whole: dict[str, Any] = {"benefits": tuple(benefits), "assumptions": {**project.assumptions, **put}}
    if "go_live" in plan:
        whole["go_live"] = date.fromisoformat(plan["go_live"])
    if "volume" in plan and project.patient_group is not None:
        volume = {int(year): float(patients) for year, patients in plan["volume"].items()}
        whole["patient_group"] = project.patient_group.model_copy(update={"volume": volume})
    return project.model_copy(update=whole), frozenset(lacking)


def _benefit(benefit: Benefit, held: Mapping[str, Any], put: dict[str, Assumption]) -> Benefit:
    """Return a benefit as it was planned, and put its numbers among the assumptions."""
    if benefit.valuation is None:
        return benefit
    changes: dict[str, Any] = {}
    if "target" in held and benefit.target is not None:
        ramp = {int(year): float(share) for year, share in held["target"].get("ramp", {}).items()}
        then = {"ramp": ramp, "date": date.fromisoformat(held["target"]["date"])}
        changes["target"] = benefit.target.model_copy(update=then)
    valuation: dict[str, Any] = {}
    if "without" in held:
        valuation["expected_events"] = _named("expected_events", held["without"], benefit, put)
        valuation["expected_from"] = "assumption"
    if VALUED in held:
        kept = KeptValuation.model_validate_json(json.dumps(held[VALUED]))
        changes["volume"] = kept.volume
        valuation["persistence"] = kept.persistence
        valuation["effect_scale"] = kept.effect_scale
        for name in NUMBERS:
            found = held[VALUED].get(name)
            valuation[name] = _named(name, found, benefit, put) if found is not None else None
        valuation["effect_from"] = "assumption"
        valuation["cash_by_action"] = _action(benefit, kept, held[VALUED].get("action_share"), put)
    return benefit.model_copy(update={**changes, "valuation": benefit.valuation.model_copy(update=valuation)})


def _action(benefit: Benefit, kept: KeptValuation, share: Any, put: dict[str, Assumption]) -> CashByAction | None:
    """Return the action as it was planned: what stands now and was not planned is none, and the other way round."""
    now = benefit.valuation.cash_by_action if benefit.valuation is not None else None
    if share is None or kept.action_due is None:
        return None if _stands(now) else now
    # Neither what was to be done nor by whom is kept: that they were said is all that counts here.
    own = f"{benefit.id}-action-share"
    id = _put(now.share if now is not None else own, share, own=own, put=put)
    said = {"action": (now and now.action) or benefit.title, "owner": (now and now.owner) or benefit.title}
    return CashByAction(share=id, due=kept.action_due, **said)


def _named(name: str, held: Any, benefit: Benefit, put: dict[str, Assumption]) -> str:
    """Put a number under the name it has now, else under one of its own; return the name."""
    own = f"{benefit.id}-{name.replace('_', '-')}"
    return _put(getattr(benefit.valuation, name) or own, held, own=own, put=put)


def _put(id: str, held: Any, *, own: str, put: dict[str, Assumption]) -> str:
    """Put a number under a name, or under its own where another frozen number has that name; return the name."""
    number = Assumption.model_validate(_with_studies(held))
    # Two benefits may share a number now that had one each when the plan was frozen.
    name = id if put.get(id, number) == number else own
    put[name] = number
    return name
