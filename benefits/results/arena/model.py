"""What a report shows of a test arena, by the ids of its numbers."""

from __future__ import annotations

from dataclasses import dataclass

LINES = ("direct", "overhead", "full", "margin", "price", "vat", "with_vat")
"""The lines of a price, in order: each is a Value of every offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedYear:
    """A year with planned sales: its hours by what they are of, and what there are too few hours of.

    With ``short`` nothing is said of cost and income: what is planned cannot be sold. ``enough`` says whether there are
    hours for the sales that would cover the year; None when no number of sales would.
    """

    year: int
    hours: tuple[str, ...]
    short: tuple[str, ...]
    enough: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedArena:
    """A test arena as it could be priced: offers with a price, and years with planned sales; numbers by Value ids."""

    arena: str
    offers: tuple[str, ...]
    years: tuple[PricedYear, ...]
