"""Options of the before-after methods: what they share with other comparisons of rates, and what is their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benefits.measurement.options import InvalidOption, RateOptions
from benefits.measurement.two_groups.group_options import one_of

Interval = Literal["auto", "robust", "exact", "quasi_poisson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfterOptions(RateOptions):
    """Options of a before-after comparison of rates.

    Attributes
    ----------
    interval
        ``robust``: a sandwich estimate over persons, or periods. ``quasi_poisson``: the spread between the periods of a
        series is the dispersion. ``exact``: of two Poisson counts, given their sum; for few events, and a ratio.
        ``auto``: robust for persons, quasi-Poisson for a series.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds, or an exact interval is asked for of a difference.
    """

    interval: Interval = "auto"

    def __post_init__(self) -> None:
        RateOptions.__post_init__(self)
        one_of("interval", self.interval, ("auto", "robust", "exact", "quasi_poisson"))
        if self.interval == "exact":
            one_of("scale", self.scale, ("ratio",))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedOptions(RateOptions):
    """Options of a before-after comparison of means or of shares.

    Attributes
    ----------
    scale
        Always a difference.
    paired
        Whether the same persons are compared with themselves; None: when at least half of those seen after were also
        seen before.
    occasions
        Whether a row is what was seen in one month, as a measurement is, however far the rows are apart. Otherwise a
        period is taken to last until the next, and one that the start falls within is used on neither side.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    scale: Literal["difference"] = "difference"
    paired: bool | None = None
    occasions: bool = False

    def __post_init__(self) -> None:
        one_of("scale", self.scale, ("difference",))
        RateOptions.__post_init__(self)
        for name, allowed in (("paired", {None, True, False}), ("occasions", {True, False})):
            value = getattr(self, name)
            if value not in allowed:
                raise InvalidOption("option_value", option=name, value=str(value), allowed="true, false")
