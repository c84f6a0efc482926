"""Who pays which part of a service: shares of all of it, what is fixed by a key, and what follows use by use."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.economics.arrays import Array, frozen
from benefits.economics.numbers import Numbers
from benefits.economics.refusals import CannotCompute
from benefits.economics.service.holding import held_in, part_held
from benefits.economics.service.price import cost_and_use
from benefits.economics.service.volumes import MONTHS, own_volume
from benefits.project.model import Project
from benefits.project.service import Party, Service


class CannotSplit(CannotCompute):
    """A year whose cost cannot be split: nobody has stated whose patients they are, or there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPart:
    """What one party carries in a year; kroner, arrays of shape (draw,).

    Attributes
    ----------
    actor
        Its id.
    share
        Its share of all of it; None when it carries what follows from its key and its use.
    key_share, use_share
        Its share of the keys, and of the patients, of those without a share; None with a share.
    of_share, of_fixed, of_use
        What each of the three comes to.
    amount
        All of it.
    provider
        Whether it is the one who provides the service: what it carries itself is no payment.
    """

    actor: str
    share: float | None
    key_share: float | None
    use_share: float | None
    of_share: Array
    of_fixed: Array
    of_use: Array
    amount: Array
    provider: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What is split in a year and what each party carries of it; kroner, arrays of shape (draw,).

    Attributes
    ----------
    service, year
        Of what.
    total
        The agreed price of the patient-months while it holds, or without an agreed price that part of the full cost.
    fixed, by_use
        The part that goes by key and the part that goes by use, those who carry a share left out.
    agreed
        Whether ``total`` is the agreed price.
    held
        How much of the year's patient-months it is of: 1 but for a year in which the price begins or ends.
    parties
        In the order of the file; their amounts sum to ``total``.
    """

    service: str
    year: int
    total: Array
    fixed: Array
    by_use: Array
    agreed: bool
    held: float
    parties: tuple[PartyPart, ...]

    @property
    def payments(self) -> Mapping[str, Array]:
        """What each party pays the provider."""
        return {one.actor: one.amount for one in self.parties if not one.provider}


def split(project: Project, service: Service, *, numbers: Numbers, year: int) -> Split:
    """Return what each party of a service carries in a year.

    Parameters
    ----------
    project, service, numbers
        As for ``price``.
    year
        A year with patients.

    Raises
    ------
    CannotSplit
        ``split_without_parties``, ``split_without_patients``, or ``split_without_use`` when no party's patients of the
        year are stated.

    Notes
    -----
    What is split is the agreed price times the patient-months, or the full cost. Each party with a share carries that
    share of all of it. The rest is fixed and by use in the same proportion as the price; idle capacity, and time that
    goes with the year, are fixed. What is fixed goes by key, what follows use by each party's patients. A party that
    states its patients, and has none that year, is not in the service yet, or any longer: its key does not count. The
    key of one who starts within the year counts for the days that are left of it.

    In a year in which the price begins or ends, what is split is of the time it holds: each party's patient-months
    within it (``holding.part_held``), and keys by the days within it. A year in which it does not hold at all is split
    as if it did; nobody pays it.

    Examples
    --------
    One nurse of 960 000 kroner who is used all year by 80 patients, and a platform of 240 000. A hospital trust carries
    a quarter of 1 200 000. Of the 900 000 left a fifth is fixed, 180 000, and goes by 3 : 1 inhabitants; 720 000 by
    60 : 20 patients.

    >>> from benefits.economics.draws import Draws
    >>> project = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (
    ...     {"id": "dho", "title": "DHO", "provider": "a", "volume": {2026: 80.0},
    ...      "fixed": ({"id": "platform", "title": "P", "amount": 240_000.0},),
    ...      "resources": ({"id": "nurse", "title": "N", "cost_per_year": 960_000.0, "patients_per_unit": 80.0},),
    ...      "parties": ({"actor": "hf", "share": 0.25}, {"actor": "a", "key": 9000.0, "volume": {2026: 60.0}},
    ...                  {"actor": "b", "key": 3000.0, "volume": {2026: 20.0}})},)})
    >>> found = split(project, project.services[0], numbers=Numbers(draws=Draws(n=1), inputs={}), year=2026)
    >>> [(one.actor, float(one.of_share[0]), float(one.of_fixed[0]), float(one.of_use[0])) for one in found.parties]
    [('hf', 300000.0, 0.0, 0.0), ('a', 0.0, 135000.0, 540000.0), ('b', 0.0, 45000.0, 180000.0)]
    """
    if not service.parties:
        raise CannotSplit("split_without_parties", service=service.id)
    own = own_volume(service, project, year)
    if not own > 0:
        raise CannotSplit("split_without_patients", service=service.id, year=year)
    others = [one for one in service.parties if one.share is None]
    if others and not sum(one.volume.get(year, 0.0) for one in others) > 0:
        raise CannotSplit("split_without_use", service=service.id, year=year)
    within = _Within(project=project, service=service, year=year)
    held, used = within.held(others), {one.actor: within.patients(one) for one in others}
    keys, patients = sum(within.key(one) for one in others), sum(used.values())
    cost, follows = cost_and_use(project, service, numbers=numbers, year=year)
    total = (cost if service.agreed_price is None else np.full_like(cost, service.agreed_price * MONTHS * own)) * held
    left = total * (1.0 - sum(one.share or 0.0 for one in service.parties))
    # With an agreed price and no cost there is nothing to tell fixed from use by: all of it follows use.
    use = np.divide(follows, cost, out=np.ones_like(cost), where=cost > 0)
    by_use = left * use
    fixed = left - by_use

    def part(party: Party) -> PartyPart:
        share = party.share
        # Where nobody is in the service while the price holds there is nothing to split, and every part is nothing.
        use_share = None if share is not None else used[party.actor] / patients if patients > 0 else 0.0
        key_share = None if share is not None else within.key(party) / keys if keys > 0 else use_share
        of_share, of_fixed, of_use = total * (share or 0.0), fixed * (key_share or 0.0), by_use * (use_share or 0.0)
        return PartyPart(
            actor=party.actor,
            share=share,
            key_share=key_share,
            use_share=use_share,
            of_share=frozen(of_share),
            of_fixed=frozen(of_fixed),
            of_use=frozen(of_use),
            amount=frozen(of_share + of_fixed + of_use),
            provider=party.actor == service.provider,
        )

    return Split(
        service=service.id,
        year=year,
        total=frozen(total),
        fixed=frozen(fixed),
        by_use=frozen(by_use),
        agreed=service.agreed_price is not None,
        held=held,
        parties=tuple(part(party) for party in service.parties),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Within:
    """What parties have of keys and patients in the part of a year the price holds."""

    project: Project
    service: Service
    year: int

    @property
    def period(self) -> tuple[date, date] | None:
        return held_in(self.service, self.year)

    def patients(self, party: Party) -> float:
        """The mean number of patients in the year, times how much of their time is within it."""
        return party.volume.get(self.year, 0.0) * self._part(party.starts)

    def held(self, others: list[Party]) -> float:
        """How much of all patient-months are within it: by the parties whose patients they are."""
        whole = sum(one.volume.get(self.year, 0.0) for one in others)
        return sum(self.patients(one) for one in others) / whole if whole > 0 else self._part(None)

    def key(self, party: Party) -> float:
        """Its key, for the days of it the party takes part."""
        here = not party.volume or party.volume.get(self.year, 0.0) > 0
        if not here or party.key is None:
            return 0.0
        period = self.period
        if period is None:
            return party.key * part_of_year(party.starts, self.year)
        first, last = period
        begins = first if party.starts is None else max(first, party.starts)
        return party.key * max(0, (last - begins).days + 1) / ((last - first).days + 1)

    def _part(self, starts: date | None) -> float:
        if self.period is None:
            return 1.0
        return part_held(self.service, self.project, self.year, starts=starts)


def part_of_year(starts: date | None, year: int) -> float:
    """Return how much of a year is left from a day on, by days: all of it after that year, nothing before.

    Examples
    --------
    From 2 July there are 183 of 365 days left of 2026.

    >>> [part_of_year(date(2026, 7, 2), year) for year in (2025, 2026, 2027)] == [0.0, 183 / 365, 1.0]
    True
    """
    if starts is None or starts.year < year:
        return 1.0
    if starts.year > year:
        return 0.0
    return ((date(year, 12, 31) - starts).days + 1) / (366 if isleap(year) else 365)
