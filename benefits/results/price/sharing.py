"""Who pays what for a service in each year: parts of a whole by share, by key and by use."""

from __future__ import annotations

import numpy as np

from benefits.economics.refusals import CannotCompute
from benefits.economics.service import MONTHS, split
from benefits.project.service import Service
from benefits.results.model import PricedParty, PricedSplit
from benefits.results.price.adding import Adding


def add_splits(service: Service, adding: Adding, *, years: tuple[int, ...]) -> tuple[PricedSplit, ...]:
    """Add what each party carries in each year, and of what; a year that cannot be split is left out."""
    found: list[PricedSplit] = []
    for year in years if service.parties else ():
        one = _add_split(service, adding, year)
        if one is not None:
            found.append(one)
    return tuple(found)


def _add_split(service: Service, adding: Adding, year: int) -> PricedSplit | None:
    try:
        found = split(adding.project, service, numbers=adding.numbers, year=year)
    except CannotCompute:
        return None
    prefix = f"split.{year}"
    for name, amounts in (("total", found.total), ("fixed", found.fixed), ("by_use", found.by_use)):
        adding.worked_out(f"{prefix}.{name}", amounts, "kroner", per="year")
    for name in ("of_share", "of_fixed", "of_use"):
        whole = np.sum([getattr(part, name) for part in found.parties], axis=0)
        adding.certain(f"{prefix}.sum.{name}", float(whole.mean()), "kroner", per="year")
    adding.certain(f"{prefix}.sum.in_all", float(found.total.mean()), "kroner", per="year")
    parties: list[PricedParty] = []
    stated = {party.actor: party for party in service.parties}
    for part in found.parties:
        own = f"{prefix}.party.{part.actor}"
        # Beside the amount with its interval, means as exactly as they are: a table is to be added up.
        for name in ("of_share", "of_fixed", "of_use"):
            adding.certain(f"{own}.{name}", float(getattr(part, name).mean()), "kroner", per="year")
        adding.certain(f"{own}.in_all", float(part.amount.mean()), "kroner", per="year")
        adding.worked_out(f"{own}.amount", part.amount, "kroner", per="year")
        shares = (("key_share", part.key_share), ("use_share", part.use_share))
        for name, share in shares:
            if share is not None:
                adding.worked_out(f"{own}.{name}", np.broadcast_to(share, (adding.numbers.draws.n,)), "share")
        volume = stated[part.actor].volume.get(year)
        if volume:
            adding.certain(f"{own}.volume", volume, "persons")
            per_month = part.amount / (MONTHS * volume)
            adding.worked_out(f"{own}.per_patient_month", per_month, "kroner", per="person_month")
        parties.append(PricedParty(actor=part.actor, provider=part.provider))
    return PricedSplit(year=year, prefix=adding.id(prefix), of_price=found.agreed, parties=tuple(parties))
