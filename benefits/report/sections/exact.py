"""Kroner that are to be paid: said to the krone or the øre when they are certain, and with an interval when not."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.voice import Voice
from benefits.results import Value

FEW_KRONER = 100


def exact(value: Value | None, voice: Voice, *, cents: bool = False) -> Markup:
    """Say an amount for a table cell, as exactly as somebody is to pay it.

    What is worked out is elsewhere said in three digits; a price and what makes it up must add up for the reader.

    Parameters
    ----------
    value
        Kroner.
    voice
        The language.
    cents
        Say øre where there are any; they are always said of a few kroner.

    Examples
    --------
    >>> from benefits.report.voice import voice_in
    >>> voice = voice_in("en", first="en")
    >>> price = Value(id="p", value=11_187.5, unit="kroner", derived=True)
    >>> [exact(price, voice, cents=cents).striptags() for cents in (True, False)]
    ['11,187.50', '11,188']
    """
    if value is None or value.value is None or value.low is not None:
        return voice.short_interval(value)
    number = value.value
    whole = abs(number - round(number)) < 0.005
    digits = 0 if whole or not (cents or abs(number) < FEW_KRONER) else 2
    written = voice.numbers.decimal(number, digits=digits)
    return Markup('<data value="{}" data-id="{}">{}</data>').format(repr(number), value.id, written)
