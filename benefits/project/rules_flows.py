"""Rules on what moves between actors: each kind of transfer has its two ends, and says what its arithmetic needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benefits.project.model import Project
from benefits.project.rules_common import Broken, Loc
from benefits.project.valuation import Transfer, Travel
from benefits.vocabulary import ActorKind, TransferKind, Unit

ENDS: Mapping[TransferKind, tuple[tuple[ActorKind, ...], tuple[ActorKind, ...]]] = {
    "day_price": (("kommune",), ("hf",)),
    "isf": (("state",), ("rhf",)),
    "isf_passed_on": (("rhf",), ("hf",)),
    "copayment": (("patient",), ("kommune", "hf", "gp", "supplier", "other")),
    "travel_reimbursement": (("hf",), ("patient", "relatives")),
    "municipal_fee": (("patient",), ("kommune",)),
}
"""Who pays, and who is paid, by kind; a kind that is not here has no fixed ends."""
ADMITTED: frozenset[Unit] = frozenset({"admissions", "bed_days"})
"""What nobody pays a co-payment for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    loc: Loc
    transfer: Transfer
    unit: Unit | None
    unit_at: Loc


def _transfers(project: Project) -> Iterator[_Placed]:
    for index, benefit in enumerate(project.benefits):
        unit = benefit.indicator.unit if benefit.indicator else None
        for place, transfer in enumerate(benefit.valuation.transfers if benefit.valuation else ()):
            loc: Loc = ("benefits", index, "valuation", "transfers", place)
            yield _Placed(loc=loc, transfer=transfer, unit=unit, unit_at=("benefits", index, "indicator"))
    for index, activity in enumerate(project.new_activity):
        for place, transfer in enumerate(activity.transfers):
            loc = ("new_activity", index, "transfers", place)
            yield _Placed(loc=loc, transfer=transfer, unit=activity.unit, unit_at=("new_activity", index, "unit"))


def _travels(project: Project) -> Iterator[tuple[Loc, Travel]]:
    for index, benefit in enumerate(project.benefits):
        if benefit.valuation and benefit.valuation.travel:
            yield ("benefits", index, "valuation", "travel"), benefit.valuation.travel


def transfer_same_actor(project: Project) -> Iterator[Broken]:
    """A transfer goes from one actor to another, also when a third pays it, and when a journey is paid back."""
    for one in _transfers(project):
        if one.transfer.payer == one.transfer.receiver:
            yield Broken(loc=(*one.loc, "receiver"), code="transfer_same_actor")
        elif one.transfer.paid_by in {one.transfer.payer, one.transfer.receiver}:
            yield Broken(loc=(*one.loc, "paid_by"), code="transfer_same_actor")
    for loc, travel in _travels(project):
        if travel.payer == travel.traveller:
            yield Broken(loc=(*loc, "payer"), code="transfer_same_actor")


def transfer_wrong_actor(project: Project) -> Iterator[Broken]:
    """A transfer of a kind has that kind's payer and receiver: a day price goes from a kommune to a helseforetak."""
    kinds = {actor.id: actor.kind for actor in project.actors}
    for one in _transfers(project):
        transfer = one.transfer
        payers, receivers = ENDS.get(transfer.kind, ((), ()))
        ends: list[tuple[str, str, tuple[ActorKind, ...]]] = [
            ("payer", transfer.payer, payers),
            ("receiver", transfer.receiver, receivers),
        ]
        if transfer.kind == "copayment" and transfer.paid_by is not None:
            ends.append(("paid_by", transfer.paid_by, ("state",)))
        for key, actor, wanted in ends:
            kind = kinds.get(actor)
            if wanted and kind is not None and kind not in wanted:
                said = {"kind": transfer.kind, "has": kind, "wants": ", ".join(wanted)}
                yield Broken(loc=(*one.loc, key), code="transfer_wrong_actor", parameters=said, needs=(("actors",),))


def copayment_for_admissions(project: Project) -> Iterator[Broken]:
    """Nobody pays a co-payment for an admission, or for a day in hospital."""
    for one in _transfers(project):
        if one.transfer.kind == "copayment" and one.unit in ADMITTED:
            yield Broken(loc=(*one.loc, "kind"), code="copayment_for_admissions", needs=(one.unit_at,))


def copayment_without_exempt(project: Project) -> Iterator[Broken]:
    """A co-payment says how many have an exemption card, and who pays for them."""
    for one in _transfers(project):
        if one.transfer.kind == "copayment" and (one.transfer.exempt_share is None or one.transfer.paid_by is None):
            yield Broken(loc=(*one.loc, "kind"), code="copayment_without_exempt")


def exempt_without_copayment(project: Project) -> Iterator[Broken]:
    """Only a co-payment has an exemption card."""
    for one in _transfers(project):
        if one.transfer.kind == "copayment":
            continue
        for key in ("exempt_share", "paid_by"):
            if getattr(one.transfer, key) is not None:
                yield Broken(loc=(*one.loc, key), code="exempt_without_copayment")


def reimbursement_without_payer(project: Project) -> Iterator[Broken]:
    """What is paid back for a journey has somebody who pays it, and somebody who pays says how much."""
    for loc, travel in _travels(project):
        if (travel.reimbursement is None) != (travel.payer is None):
            key = "payer" if travel.reimbursement is None else "reimbursement"
            yield Broken(loc=(*loc, key), code="reimbursement_without_payer")
