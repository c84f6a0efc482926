"""Tax-financing cost: what it costs society that public money is raised by tax."""

from __future__ import annotations

from benefits.economics.arrays import Array, frozen
from benefits.economics.budget import moving
from benefits.economics.flows import Flows
from benefits.project.model import Project
from benefits.vocabulary import ActorKind

PUBLIC: frozenset[ActorKind] = frozenset({"kommune", "hf", "rhf", "state"})
"""Whose money is raised by tax."""


def tax_financing_cost(project: Project, flows: Flows, *, share: Array) -> Array | None:
    """Return the cost a year, negative where public budgets pay on balance, shape (year, draw); None without any.

    Parameters
    ----------
    project, flows
        The project, whose actors are public or not, and all its flows.
    share
        Kroner of cost per krone of public money, shape (draw,).

    Notes
    -----
    On the net change in public cash: money from one public budget to another is no change, and what an investment is
    worth at last is no cash. Where public budgets gain on balance it is a gain.
    """
    public = {actor.id for actor in project.actors if actor.kind in PUBLIC}
    paid = moving(flows).select(actor=public)
    return frozen(paid.by_year() * share) if len(paid) else None
