"""Rules on the parties who share what a service costs: each once, with a share or a key, and patients that add up."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc
from benefits.project.service import Service

_ROUNDING = 1e-9


def _with_parties(project: Project) -> Iterator[tuple[Loc, Service]]:
    for index, service in enumerate(project.services):
        if service.parties:
            yield ("services", index), service


def payer_and_parties(project: Project) -> Iterator[Broken]:
    """A service has one who buys it, or parties who share it, not both."""
    for loc, service in _with_parties(project):
        if service.payer is not None:
            yield Broken(loc=(*loc, "parties"), code="payer_and_parties", first=(*loc, "payer"))


def party_twice(project: Project) -> Iterator[Broken]:
    """An actor is party to a service once."""
    for loc, service in _with_parties(project):
        seen: dict[str, Loc] = {}
        for place, party in enumerate(service.parties):
            here = (*loc, "parties", place, "actor")
            if party.actor in seen:
                yield Broken(loc=here, code="party_twice", first=seen[party.actor], needs=(here,))
            else:
                seen[party.actor] = here


def party_said(project: Project) -> Iterator[Broken]:
    """A party has a share of all of it, or a key; one of the two."""
    for loc, service in _with_parties(project):
        for place, party in enumerate(service.parties):
            at = (*loc, "parties", place)
            if party.share is not None and party.key is not None:
                yield Broken(loc=(*at, "key"), code="party_share_and_key", first=(*at, "share"))
            elif party.share is None and party.key is None:
                needs = ((*at, "share"), (*at, "key"))
                yield Broken(loc=(*at, "actor"), code="party_without_key", needs=needs)


def party_shares(project: Project) -> Iterator[Broken]:
    """The shares are no more than all of it, and all of it when there is nobody to carry the rest."""
    for loc, service in _with_parties(project):
        shares = {place: one.share for place, one in enumerate(service.parties) if one.share is not None}
        total = sum(shares.values())
        if not shares:
            continue
        at = (*loc, "parties", max(shares), "share")
        if total > 1 + _ROUNDING:
            yield Broken(loc=at, code="party_shares_above_one", parameters={"sum": f"{total:g}"})
        elif len(shares) == len(service.parties) and total < 1 - _ROUNDING:
            yield Broken(
                loc=at, code="party_shares_below_one", parameters={"sum": f"{total:g}"}, needs=((*loc, "parties"),)
            )


def party_volumes(project: Project) -> Iterator[Broken]:
    """In a year in which the parties' patients are stated they are, together, those of the service."""
    for loc, service in _with_parties(project):
        years = sorted({year for party in service.parties for year in party.volume})
        for year in years:
            stated = sum(party.volume.get(year, 0.0) for party in service.parties)
            whole = service.volume.get(year, 0.0) if service.volume else project.volume(year)
            if abs(stated - whole) > _ROUNDING * max(stated, whole, 1.0):
                place = max(at for at, party in enumerate(service.parties) if year in party.volume)
                volumes = ((*loc, "parties", at, "volume") for at in range(len(service.parties)))
                where = (*loc, "volume") if service.volume else ("patient_group", "volume")
                yield Broken(
                    loc=(*loc, "parties", place, "volume", year),
                    code="party_volumes",
                    parameters={"year": str(year), "stated": f"{stated:g}", "whole": f"{whole:g}"},
                    needs=((*loc, "parties"), *volumes, where),
                )
