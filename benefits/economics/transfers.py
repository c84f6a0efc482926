"""Money that moves between two actors when an event does not happen, each kind with its own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benefits.economics.flows import Line
from benefits.economics.inputs import Input
from benefits.economics.pricing import Pricing, Rows
from benefits.economics.product import Yearly
from benefits.errors import Gap
from benefits.project.valuation import Transfer
from benefits.vocabulary import TransferKind, Unit

WEIGHTS: Mapping[str, int] = {
    "isf_without_weight": 45,
    "isf_without_share": 60,
    "day_price_without_days": 55,
    "copayment_without_exempt_share": 55,
    "isf_passed_on_above_isf": 58,
}
"""How much each gap matters, beside those of the plan itself."""

BY_DRG: frozenset[TransferKind] = frozenset({"isf", "isf_passed_on"})
"""Kinds that follow DRG points: amount per point, points per event, and the share that is paid or passed on."""
_WEIGHTS_IN: Mapping[TransferKind, tuple[Unit, ...]] = {"day_price": ("bed_days",)}
_POINTS: tuple[Unit, ...] = ("points", "ratio", "count")
_ROUNDING = 1e-9


def transfer_lines(
    rows: Rows, transfer: Transfer, *, subject: str, pricing: Pricing, gaps: list[Gap], refill: Input | None = None
) -> Iterator[Line]:
    """Yield the two rows of one transfer, or the four of a co-payment that the state pays for some.

    For each event that does not happen the payer keeps, and the receiver loses, ``amount x weight x share``:

    ==================  =======================  =======================  ==============================================
    kind                amount                   weight                   share
    ==================  =======================  =======================  ==============================================
    isf                 unit price of ISF        DRG points per event     the ISF share, which the state pays to the RHF
    isf_passed_on       unit price of ISF        DRG points per event     what the RHF passes on, of the unit price
    day_price           price of a day           days per event, where    as written
                                                 an event is not a day
    copayment           the patient's payment    as written               as written
    any other           as written               as written               as written
    ==================  =======================  =======================  ==============================================

    Of a co-payment ``exempt_share`` is paid by ``paid_by``, the rest by the patient. DRG points nobody has given count
    as one, with a gap; without the share of ISF, or the days of an event that is not a day, there are no rows. Of the
    beds freed, ``refill`` is the share filled again, by patients who bring the same ISF: that share of it is not lost.
    """
    amount = pricing.kroner(transfer.amount, subject, gaps)
    if amount is None or transfer.payer == transfer.receiver:
        return
    used = [amount]
    for name, units in ((transfer.weight, _WEIGHTS_IN.get(transfer.kind, _POINTS)), (transfer.share, ("share",))):
        one = pricing.in_unit(name, units, subject, gaps)
        if one is None and name is not None:
            return
        used += [one] if one is not None else []
    lack = _lacks(transfer, rows.events.unit)
    if lack is not None:
        gaps.append(
            Gap(code=lack, subject=subject, weight=WEIGHTS[lack], parameters={"name": f"{rows.item}.{transfer.id}"})
        )
        if lack != "isf_without_weight":
            return
    kept: Yearly = rows.events.avoided
    for one in used:
        kept = kept * pricing.column(one)
    if refill is not None and transfer.kind in BY_DRG:
        kept = kept * (1.0 - pricing.column(refill))
        used.append(refill)
    kept = pricing.grown(kept, amount, rows.events.years)
    if transfer.kind != "copayment":
        yield from _both_ends(rows, kept, transfer.payer, transfer.receiver, transfer.id, used)
        return
    exempt = pricing.in_unit(transfer.exempt_share, ("share",), subject, gaps)
    if exempt is None or transfer.paid_by is None:
        code = "copayment_without_exempt_share"
        gaps.append(
            Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters={"name": f"{rows.item}.{transfer.id}"})
        )
        return
    share = pricing.column(exempt)
    used.append(exempt)
    yield from _both_ends(rows, kept * (1.0 - share), transfer.payer, transfer.receiver, transfer.id, used)
    item = f"{transfer.id}.exempt"
    yield from _both_ends(rows, kept * share, transfer.paid_by, transfer.receiver, item, used)


def tell_of_more_passed_on(
    transfers: tuple[Transfer, ...], *, item: str, subject: str, pricing: Pricing, gaps: list[Gap]
) -> None:
    """Tell where a regional trust passes on more of the unit price than the state pays it: both are shares of that."""
    paid = {one.receiver: one.share for one in transfers if one.kind == "isf"}
    for transfer in transfers:
        if transfer.kind != "isf_passed_on" or transfer.payer not in paid:
            continue
        passed_on, received = pricing.find(transfer.share), pricing.find(paid[transfer.payer])
        if passed_on is not None and received is not None and passed_on.mean > received.mean * (1 + _ROUNDING):
            code, name = "isf_passed_on_above_isf", f"{item}.{transfer.id}"
            gaps.append(Gap(code=code, subject=subject, weight=WEIGHTS[code], parameters={"name": name}))


def _lacks(transfer: Transfer, unit: Unit) -> str | None:
    """What the kind of transfer needs and the plan does not give; None when nothing."""
    if transfer.kind in BY_DRG and transfer.share is None:
        return "isf_without_share"
    if transfer.kind in BY_DRG and transfer.weight is None:
        return "isf_without_weight"
    if transfer.kind == "day_price" and transfer.weight is None and unit != "bed_days":
        return "day_price_without_days"
    return None


def _both_ends(rows: Rows, kept: Yearly, payer: str, receiver: str, part: str, used: list[Input]) -> Iterator[Line]:
    yield rows("kroner", "transfer", kept, *used, actor=payer, part=part, other=receiver)
    yield rows("kroner", "transfer", -kept, *used, actor=receiver, part=part, other=payer)
