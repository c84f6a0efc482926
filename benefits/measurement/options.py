"""Options of the methods that compare rates: their defaults, and the checks on what a project file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, TypeVar

from benefits.errors import BenefitsError, Parameter
from benefits.measurement.contract import Scale

Options = TypeVar("Options")


class InvalidOption(BenefitsError, ValueError):
    """A method's option is unknown, or has a value it cannot use.

    Attributes
    ----------
    code
        ``unknown_option`` or ``option_value``.
    parameters
        Named values that go into the sentence: option, and nearest or value and allowed.
    """

    def __init__(self, code: str, **parameters: Parameter) -> None:
        super().__init__(f"{code}: {', '.join(f'{name}={value}' for name, value in parameters.items())}")
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class RateOptions:
    """Options of a before-after comparison of rates.

    Attributes
    ----------
    scale
        Estimate a ratio or a difference of rates.
    level
        Coverage of the interval, 0.5 to 0.999.
    lag_months
        Months after go-live left out, while the service was being taken up.
    months_before, months_after
        How many months on each side are used; None for all there are.
    min_exposure
        Least exposure on each side of each group, in the unit of the data.
    selected
        Whether the persons came in because their indicator had been bad; None when nobody has said.
    selection_window_months, selection_at_least
        The rule they came in by: at least so many events in so many months before the start.
    population_rate, population_dispersion
        Events per unit of exposure (per year) among everybody the rule was applied to, and the shape of the gamma
        distribution of rates between persons; with them the expected regression to the mean is computed.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    scale: Scale = "ratio"
    level: float = 0.95
    lag_months: int = 0
    months_before: int | None = None
    months_after: int | None = None
    min_exposure: float = 1.0
    selected: bool | None = None
    selection_window_months: int | None = None
    selection_at_least: int | None = None
    population_rate: float | None = None
    population_dispersion: float | None = None

    def __post_init__(self) -> None:
        _require("scale", self.scale, self.scale in {"ratio", "difference"}, "ratio, difference")
        _require("level", self.level, is_number(self.level) and 0.5 <= self.level <= 0.999, "0.5-0.999")
        _whole("lag_months", self.lag_months, least=0)
        for name in ("months_before", "months_after", "selection_window_months", "selection_at_least"):
            _whole(name, getattr(self, name), least=1, may_be_blank=True)
        for name in ("population_rate", "population_dispersion"):
            value = getattr(self, name)
            _require(name, value, value is None or (is_number(value) and value > 0), "> 0")
        _require("min_exposure", self.min_exposure, is_number(self.min_exposure) and self.min_exposure >= 0, ">= 0")
        _require("selected", self.selected, self.selected in {None, True, False}, "true, false")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlledOptions(RateOptions):
    """Options of a comparison with a group that did not get the service.

    Attributes
    ----------
    comparison_selected_alike
        Whether the comparison group came in by the same rule as the treated; None when nobody has said.
    """

    comparison_selected_alike: bool | None = None

    def __post_init__(self) -> None:
        RateOptions.__post_init__(self)
        alike = self.comparison_selected_alike
        _require("comparison_selected_alike", alike, alike in {None, True, False}, "true, false")


def read_options(kind: type[Options], given: Mapping[str, Any]) -> Options:
    """Return the options a project file gives, with defaults for the rest.

    Parameters
    ----------
    kind
        The method's dataclass of options.
    given
        Option -> value.

    Raises
    ------
    InvalidOption
        When a name is unknown or a value cannot be used.

    Examples
    --------
    >>> read_options(RateOptions, {"lag_months": 3}).lag_months
    3
    >>> read_options(RateOptions, {"lag_month": 3})
    Traceback (most recent call last):
    benefits.measurement.options.InvalidOption: unknown_option: option=lag_month, nearest=lag_months
    """
    known = [item.name for item in fields(kind)]  # type: ignore[arg-type]
    for name in given:
        if name not in known:
            nearest = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise InvalidOption("unknown_option", option=name, nearest=nearest)
    return kind(**given)


def is_number(value: Any) -> bool:
    """Whether an option is a number; true and false are none.

    Examples
    --------
    >>> is_number(1.5), is_number(True), is_number("1")
    (True, False, False)
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value: Any) -> bool:
    """Whether an option is a whole number."""
    return isinstance(value, int) and is_number(value)


def _whole(name: str, value: Any, *, least: int, may_be_blank: bool = False) -> None:
    whole = is_whole(value) and value >= least
    _require(name, value, whole or (value is None and may_be_blank), f">= {least}")


def _require(name: str, value: Any, holds: bool, allowed: str) -> None:
    if not holds:
        raise InvalidOption("option_value", option=name, value=str(value), allowed=allowed)
