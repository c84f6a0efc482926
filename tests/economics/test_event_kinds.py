"""All nine kinds of events go the whole way: from a rate and an effect to events avoided, and from a difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benefits.economics.build import Built
from benefits.economics.event_kinds import EVENT_KINDS, event_kind
from benefits.project.benefit import Benefit
from benefits.project.study import Study, evidence_of
from benefits.reference import load_evidence, load_library
from benefits.vocabulary import EVENT_UNITS, EventKind, Unit, words

Plan = dict[str, Any]
Build = Callable[..., Built]
EVERY = [(kind, unit) for kind, units in EVENT_UNITS.items() for unit in units]


def test_every_kind_has_its_units_and_outcomes() -> None:
    assert set(EVENT_UNITS) == set(EVENT_KINDS) == set(words(EventKind))
    assert all(one.outcomes and {*one.sure} <= {*EVENT_UNITS[kind]} for kind, one in EVENT_KINDS.items())


@pytest.mark.parametrize(("kind", "unit"), EVERY)
def test_events_of_every_kind_are_avoided(plan: Plan, valuation: Plan, build: Build, kind: str, unit: str) -> None:
    """10 patients x 2 a year x (1 - 0.9) = 2, in the unit of the plan."""
    plan["benefits"][0]["indicator"]["unit"] = unit
    plan["assumptions"]["rate"] = {"value": 2.0, "unit": unit, "per": "person_year"}
    valuation |= {"event": kind, "bed_days": None, "transfers": ()}
    flows = build(plan).flows.select(item="g1", unit=unit, layer="capacity")
    assert np.allclose(flows.values[0, :, 0], [2.0, 2.0])


@pytest.mark.parametrize("kind", sorted(EVENT_UNITS))
def test_a_study_of_the_same_outcome_can_be_the_effect_of_every_kind(
    plan: Plan, valuation: Plan, kind: EventKind
) -> None:
    """10 patients x 0.5 fewer a year = 5; where heads are counted, under whichever word the plan uses."""
    from datetime import date

    from benefits.economics.build import flows
    from benefits.economics.draws import Draws
    from benefits.economics.inputs import inputs
    from benefits.project.model import Project

    told = {"estimate": -0.5, "low": -0.6, "high": -0.4, "per": "person_year", "measure": "mean_difference"}
    about = {"title": "S", "n": 100, "population": "P", "year": 2024, "grade": "randomised", "source": "S"}
    study = Study.model_validate({"id": "s.x", "outcome": EVENT_KINDS[kind].outcomes[0], **told, **about})
    plan["assumptions"]["effect"] = {"evidence": "s.x"}
    plan["benefits"][0]["indicator"]["unit"] = EVENT_UNITS[kind][0]
    valuation |= {"event": kind, "effect_scale": "difference", "bed_days": None, "transfers": ()}
    project, library = Project.model_validate(plan), load_evidence().with_own([evidence_of(study, first="nb")])
    found, _ = inputs(project, library=load_library(), evidence=library, on=date(2024, 6, 30))
    built = flows(project, inputs=found, estimates={}, draws=Draws(n=200))
    avoided = built.flows.select(item="g1", unit=EVENT_UNITS[kind][0], layer="capacity").values
    assert avoided.mean(axis=2)[0] == pytest.approx([5.0, 5.0], abs=0.01)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("admissions", "admission"),
        ("bed_days", "bed_day"),
        ("short_stay_days", "short_stay"),
        ("journeys", "journey"),
        ("visits", None),
        ("hours", None),
    ],
)
def test_a_kind_is_inferred_only_where_the_unit_leaves_no_doubt(plan: Plan, unit: Unit, kind: EventKind | None) -> None:
    plan["benefits"][0]["indicator"]["unit"] = unit
    assert event_kind(Benefit.model_validate(plan["benefits"][0])) == kind
