"""The price at other volumes than the planned one: its steps, and from where an agreed price covers the cost."""

from __future__ import annotations

import numpy as np

from benefits.economics.service import MONTHS, Step, covering, next_steps, prices_at, saw_tooth, volumes_around
from benefits.project.service import Service
from benefits.results.model import PricedStep, PricedVolume
from benefits.results.price.adding import Adding

MOST = 100_000
"""Patients: a service of more has no line between its volumes."""


def add_steps(service: Service, adding: Adding, *, year: int) -> tuple[PricedStep, ...]:
    """Add, for all that comes in steps, the lowest number of patients at which one more is needed."""
    found: list[PricedStep] = []
    for step in next_steps(adding.project, service, numbers=adding.numbers, year=year):
        value = adding.certain(f"next_step.{_name(step, service)}", step.volume, "persons")
        found.append(PricedStep(kind=step.kind, id=step.id, service=step.service, value=value.id))
    return tuple(found)


def _name(step: Step, service: Service) -> str:
    own = {"resource": step.id, "shared_resource": f"shared.{step.id}"}.get(step.kind, f"fixed.{step.id}")
    return own if step.service in {service.id, ""} else f"service.{step.service}.{own}"


def add_volumes(
    service: Service, adding: Adding, *, year: int, planned: float, steps: tuple[PricedStep, ...]
) -> tuple[PricedVolume, ...]:
    """Add the price at volumes around the planned one and on both sides of each step; return the volumes."""
    at = [int(adding.values[step.value].value or 0) for step in steps]
    around = volumes_around(planned, steps=at)
    priced: list[PricedVolume] = []
    for found in prices_at(adding.project, service, numbers=adding.numbers, volumes=around, year=year):
        volume = float(np.mean(found.volume))
        prefix = f"volumes.{f'{volume:.12g}'.replace('.', '_')}"
        adding.certain(f"{prefix}.patients", volume, "persons")
        for name, amounts in (("full", found.full), ("idle", found.full - found.at_used_capacity)):
            adding.worked_out(f"{prefix}.{name}", amounts, "kroner", per="person_month")
        adding.worked_out(f"{prefix}.cost", found.full * (MONTHS * volume), "kroner", per="year")
        own = [use.units for use in found.resources.values() if not use.shared]
        if own:
            adding.worked_out(f"{prefix}.units", np.sum(own, axis=0), "count")
        priced.append(PricedVolume(prefix=adding.id(prefix), volume=volume, planned=volume == planned))
    return tuple(priced)


def add_saw_tooth(
    service: Service, adding: Adding, *, year: int, volumes: tuple[PricedVolume, ...]
) -> tuple[tuple[int, str], ...]:
    """Add the price at whole numbers of patients over the same volumes, each number at its mean; return their ids."""
    first, last = (int(one(volume.volume for volume in volumes)) for one in (min, max))
    if last < MOST:
        found = saw_tooth(adding.project, service, numbers=adding.numbers, year=year, first=max(first, 1), last=last)
        return tuple(
            (at, adding.certain(f"saw_tooth.{at}", amount, "kroner", per="person_month").id) for at, amount in found
        )
    return ()


def add_covering(service: Service, adding: Adding, *, year: int) -> tuple[tuple[str, str], ...]:
    """Add the lowest volume an agreed price covers the cost from; return the stretches above it where it does not."""
    found = covering(adding.project, service, numbers=adding.numbers, year=year)
    if found is None:
        return ()
    adding.certain("break_even", found.lowest, "persons", reason="no_number_is_enough")
    adding.certain("break_even.up_to", found.up_to, "persons")
    if found.always_from is not None:
        adding.certain("break_even.always_from", found.always_from, "persons")
    losing: list[tuple[str, str]] = []
    for place, (first, last) in enumerate(found.losing, 1):
        ends = (adding.certain(f"losing.{place}.{name}", at, "persons") for name, at in (("from", first), ("to", last)))
        losing.append((next(ends).id, next(ends).id))
    return tuple(losing)
