"""Options of a weighted comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benefits.measurement.options import ControlledOptions, InvalidOption
from benefits.measurement.two_groups.group_options import between, one_of
from benefits.measurement.two_groups.group_words import Weights
from benefits.vocabulary import words


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedOptions(ControlledOptions):
    """Options of a weighted comparison.

    Attributes
    ----------
    weights
        ``entropy``: as equal as they can be with the treated's means exactly; ``propensity``: by the odds of having
        been treated.
    history_parts
        Parts, 1 to 6, that the time before is divided into; a person's rate in each is a covariate.
    trim
        Quantile that larger propensity weights are cut down to, 0.5 to 1; 1 for none.
    cluster
        What varies by itself: ``person`` or ``unit``.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    weights: Weights = "entropy"
    history_parts: int = 2
    trim: float = 0.99
    cluster: Literal["person", "unit"] = "person"

    def __post_init__(self) -> None:
        ControlledOptions.__post_init__(self)
        one_of("weights", self.weights, words(Weights))
        one_of("cluster", self.cluster, ("person", "unit"))
        between("history_parts", self.history_parts, 1, 6)
        number = isinstance(self.trim, (int, float)) and not isinstance(self.trim, bool)
        if not number or not 0.5 <= self.trim <= 1:
            raise InvalidOption("option_value", option="trim", value=str(self.trim), allowed="0.5-1")
