"""Options of the methods that model a series over time: their defaults, and the checks on what a project file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from benefits.measurement.options import ControlledOptions, InvalidOption, RateOptions
from benefits.vocabulary import words

Impact = Literal["level", "slope", "level_and_slope", "temporary"]
Family = Literal["ols", "poisson", "quasi_poisson", "negative_binomial"]
Season = Literal["none", "month_dummies", "harmonics"]
Errors = Literal["model", "hac", "ar1"]
Trend = Literal["none", "linear", "damped"]
Source = Literal["population", "trend_and_season"]

WORDS = frozenset(word for listed in (Impact, Family, Season, Errors, Trend, Source) for word in words(listed))
"""Every word an option here may have as its value."""

PAIRS = 2
"""Most pairs of harmonics: one wave a year, and one each half year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSeriesOptions(ControlledOptions):
    """Options of an interrupted time series.

    Attributes
    ----------
    impact
        The shape the change is expected to have, stated before the data are seen: a jump (level), a new direction from
        the start (slope), both, or a jump that is over after ``temporary_months``.
    temporary_months
        How long a temporary change lasts; only with that impact.
    model
        Least squares on rates (ols), or a log-linear model of counts with exposure as offset.
    season
        Months as factors, harmonics of the year, or none.
    harmonics
        Pairs of sine and cosine, 1 or 2.
    errors
        Standard errors of the model itself, robust to neighbouring periods depending on each other (hac, Newey and
        West), or from first-order autoregressive errors (ar1, least squares only). None is hac for least squares and
        model for counts.
    hac_lags
        Periods back that may depend on each other; None for 4 (n / 100)^(2/9), rounded down.
    fewest_periods
        Periods there must be on each side.
    use_comparison
        Set the change against that of the comparison group, where the data have one.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds, or two do not go together.
    """

    impact: Impact = "level_and_slope"
    temporary_months: int | None = None
    model: Family = "quasi_poisson"
    season: Season = "harmonics"
    harmonics: int = 2
    errors: Errors | None = None
    hac_lags: int | None = None
    fewest_periods: int = 8
    use_comparison: bool = True

    def __post_init__(self) -> None:
        ControlledOptions.__post_init__(self)
        one_of("impact", self.impact, Impact)
        one_of("model", self.model, Family)
        one_of("season", self.season, Season)
        whole_between("harmonics", self.harmonics, 1, PAIRS)
        whole_between("fewest_periods", self.fewest_periods, 3, 120)
        _true_or_false("use_comparison", self.use_comparison)
        if self.hac_lags is not None:
            whole_between("hac_lags", self.hac_lags, 0, 60)
        if self.impact == "temporary":
            whole_between("temporary_months", self.temporary_months, 1, 120)
        elif self.temporary_months is not None:
            raise _wrong("temporary_months", self.temporary_months, "impact: temporary")
        if self.errors is None:
            object.__setattr__(self, "errors", "hac" if self.model == "ols" else "model")
        one_of("errors", self.errors, Errors)
        if self.errors == "ar1" and self.model != "ols":
            raise _wrong("errors", self.errors, "model, hac")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionOptions(RateOptions):
    """Options of a projection.

    Attributes
    ----------
    counterfactual_from
        The rates of the period before in each unit (age group), times the population after; or the trend and season of
        the period before, continued.
    trend
        No trend, the trend as it was, or one that flattens out; only with trend_and_season.
    damping
        Share of its slope a damped trend keeps from one month to the next.
    season, harmonics
        As for an interrupted time series; only with trend_and_season.
    variation
        How the counts vary around their mean: quasi_poisson or negative_binomial; the former with a population.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    counterfactual_from: Source = "trend_and_season"
    trend: Trend = "linear"
    damping: float = 0.9
    season: Season = "harmonics"
    harmonics: int = 2
    variation: Literal["quasi_poisson", "negative_binomial"] = "quasi_poisson"

    def __post_init__(self) -> None:
        RateOptions.__post_init__(self)
        one_of("counterfactual_from", self.counterfactual_from, Source)
        one_of("trend", self.trend, Trend)
        one_of("season", self.season, Season)
        whole_between("harmonics", self.harmonics, 1, PAIRS)
        if self.variation not in {"quasi_poisson", "negative_binomial"}:
            raise _wrong("variation", self.variation, "quasi_poisson, negative_binomial")
        if self.counterfactual_from == "population" and self.variation != "quasi_poisson":
            raise _wrong("variation", self.variation, "quasi_poisson")
        number = isinstance(self.damping, (int, float)) and not isinstance(self.damping, bool)
        if not (number and 0.5 <= self.damping < 1):
            raise _wrong("damping", self.damping, "0.5-0.999")


def one_of(name: str, value: Any, allowed: Any) -> None:
    """Refuse an option that is none of the words of a list.

    Raises
    ------
    InvalidOption
        With the words it may be.

    Examples
    --------
    >>> one_of("season", "summer", Season)
    Traceback (most recent call last):
    benefits.measurement.options.InvalidOption: option_value: option=season, value=summer, ...
    """
    if value not in words(allowed):
        raise _wrong(name, value, ", ".join(words(allowed)))


def whole_between(name: str, value: Any, least: int, most: int) -> None:
    """Refuse an option that is no whole number within its bounds.

    Raises
    ------
    InvalidOption
        With the bounds.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(name, value, f"{least}-{most}")


def _true_or_false(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise _wrong(name, value, "true, false")


def _wrong(name: str, value: Any, allowed: str) -> InvalidOption:
    return InvalidOption("option_value", option=name, value=str(value), allowed=allowed)
