"""What a measurement method answers with: an Estimate with its checks, or a Refusal that says what would open it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from benefits.activity import Data
from benefits.errors import Parameter
from benefits.reference.distributions import Distribution, latin_hypercube
from benefits.vocabulary import GRADES, Exposure, Grade, Shape, Unit

Scale = Literal["difference", "ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing a method looked at before it answered.

    Attributes
    ----------
    code
        What was looked at; ``check.<code>.passed``, ``.failed`` and ``.unknown`` in the catalogues hold the words.
    passed
        True, False, or None when it cannot be known from the data.
    parameters
        Named values that go into the sentences.
    without
        What the method answers without those that were left out to look; None where nothing was left out.
    """

    code: str
    passed: bool | None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    without: Estimate | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A further figure of a method, beside its effect: a slope, hours in a year, a share, a p value.

    Attributes
    ----------
    value
        Unrounded.
    low, high
        Limits at the level of the estimate; None when it has none.
    unit, per
        What it is counted in and per; None for the indicator's own.
    """

    value: float
    low: float | None = None
    high: float | None = None
    unit: Unit | None = None
    per: Exposure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A method's reasoned no.

    Attributes
    ----------
    method
        Id of the method.
    code
        Why not.
    parameters
        Named values that go into the sentence.
    what_would_open_it
        Code of what it would take.
    """

    method: str
    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    what_would_open_it: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How much an indicator differed from what it would have been.

    Attributes
    ----------
    benefit, indicator, method
        Ids.
    options
        The method's options as used, defaults included.
    scale
        Scale of estimation: a difference of rates, or a ratio of rates (estimated on its logarithm).
    effect, low, high
        Observed minus counterfactual, in the indicator's unit per unit of exposure, with its interval. Negative means
        fewer events; whether that is good is not decided here.
    level
        Coverage the interval is made for, as 0.95.
    se, df
        Standard error on the scale of estimation (of the logarithm for a ratio), and degrees of freedom of Student's t.
    n
        Persons (panel) or periods (series) of the treated group that the estimate rests on.
    exposure
        Exposure of the treated after the start.
    observed, baseline, counterfactual
        Rates of the treated: after, before, and after had nothing been done.
    ratio
        Observed over counterfactual; None when the counterfactual is not above zero.
    details
        Further figures, by code; ``detail.<code>`` in the catalogues holds the words.
    distribution
        Of the effect, where its uncertainty is not Student's t on the scale of estimation (a score interval, a
        bootstrap, a mixture of opinions): ``low`` and ``high`` are then its central interval, and the draws are its.
        :func:`benefits.reference.quantiles.from_limits` makes one from intervals at many levels.
    ratio_limits
        Of the ratio, where there is a distribution; else they are Student's.
    observed_share
        How much of a deviation of the ratio is the observed rate's own, 0 to 1 (see :func:`effect_at`).
    grade
        What kind of knowledge this is, lowered when a check failed.
    checks
        Everything that was looked at.
    """

    benefit: str
    indicator: str
    method: str
    options: Mapping[str, Any]
    scale: Scale
    effect: float
    low: float
    high: float
    level: float
    se: float
    df: float
    n: int
    exposure: float
    observed: float
    baseline: float
    counterfactual: float
    ratio: float | None
    grade: Grade
    checks: tuple[Check, ...]
    observed_share: float = 0.0
    details: Mapping[str, Detail] = field(default_factory=dict)
    distribution: Distribution | None = None
    ratio_limits: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", dict(self.options))
        object.__setattr__(self, "details", dict(self.details))

    @property
    def includes_zero(self) -> bool:
        """Whether no change at all lies within the interval."""
        return self.low <= 0 <= self.high

    @property
    def chosen_in_a_bad_period(self) -> bool:
        """Whether it is said that persons came in because they had been badly off."""
        return self.options.get("selected") is True or self.options.get("selection_at_least") is not None

    @property
    def ratio_interval(self) -> tuple[float, float] | None:
        """Limits of the ratio; None on the difference scale."""
        if self.ratio is None or self.scale != "ratio":
            return None
        if self.distribution is not None:
            return self.ratio_limits
        half = float(stats.t.ppf((1 + self.level) / 2, self.df)) * self.se
        return self.ratio * float(np.exp(-half)), self.ratio * float(np.exp(half))

    def draws(self, n: int, stream: np.random.Generator) -> NDArray[np.float64]:
        """Return draws of the effect, in the indicator's unit per unit of exposure: the only way to its uncertainty.

        Student's t on the scale of estimation, one draw in each of ``n`` equally likely strata, mapped to an effect in
        the way the interval is (see :func:`effect_at`); so the interval is where the draws lie.

        Parameters
        ----------
        n
            Number of draws.
        stream
            The generator the draws are taken from.

        Returns
        -------
        numpy.ndarray
            Shape (n,).
        """
        if self.distribution is not None:
            return self.distribution.ppf(latin_hypercube(n, stream))
        deviates = stats.t.ppf(latin_hypercube(n, stream), self.df) * self.se
        return effect_at(
            deviates,
            scale=self.scale,
            observed=self.observed,
            counterfactual=self.counterfactual,
            observed_share=self.observed_share,
        )


def effect_at(
    deviates: NDArray[np.float64], *, scale: Scale, observed: float, counterfactual: float, observed_share: float
) -> NDArray[np.float64]:
    """Return the effect when the estimate is off by ``deviates`` on its own scale.

    On the difference scale the deviation is added. On the ratio scale the deviation d of the logarithm of the ratio
    belongs partly to the observed rate and partly to the counterfactual: given d, the logarithm of the observed rate is
    expected to be off by ``observed_share`` times d and that of the counterfactual by the rest, the other way. So::

        effect = observed exp(w d) - counterfactual exp(-(1 - w) d),   w = cov(log observed, d) / var(d)

    Zero lies in the interval exactly when one lies in the interval of the ratio. To first order the spread is that of
    the delta method less the part of the rates' own uncertainty that leaves their ratio unmoved.

    Parameters
    ----------
    deviates
        Deviations from the estimate; of the logarithm of the ratio on the ratio scale.
    scale
        Scale of estimation.
    observed, counterfactual
        Rates of the treated after the start: what happened, and what would have.
    observed_share
        The w above, 0 to 1; not used on the difference scale.

    Returns
    -------
    numpy.ndarray
        Same shape as ``deviates``.

    Examples
    --------
    >>> off = np.array([0.0, np.log(2)])
    >>> effect_at(off, scale="ratio", observed=0.8, counterfactual=1.0, observed_share=0.0).round(6).tolist()
    [-0.2, 0.3]
    >>> effect_at(off, scale="ratio", observed=0.8, counterfactual=1.0, observed_share=1.0).round(6).tolist()
    [-0.2, 0.6]
    """
    off = np.asarray(deviates, dtype=float)
    if scale == "difference":
        return observed - counterfactual + off
    return observed * np.exp(observed_share * off) - counterfactual * np.exp(-(1 - observed_share) * off)


def interval_of(
    *,
    scale: Scale,
    observed: float,
    counterfactual: float,
    observed_share: float,
    se: float,
    df: float,
    level: float,
) -> tuple[float, float]:
    """Return the limits of the effect, by the same mapping as the draws.

    Examples
    --------
    >>> low, high = interval_of(scale="difference", observed=1.0, counterfactual=2.0, observed_share=0.0, se=0.5,
    ...                         df=float("inf"), level=0.95)
    >>> round(low, 3), round(high, 3)
    (-1.98, -0.02)
    """
    half = float(stats.t.ppf((1 + level) / 2, df)) * se
    low, high = effect_at(
        np.array([-half, half]),
        scale=scale,
        observed=observed,
        counterfactual=counterfactual,
        observed_share=observed_share,
    )
    return float(low), float(high)


def lowered(grade: Grade) -> Grade:
    """Return the grade one step weaker; the weakest stays.

    Examples
    --------
    >>> lowered("controlled"), lowered("before_after"), lowered("assumed")
    ('before_after', 'reported', 'assumed')
    """
    return GRADES[max(0, GRADES.index(grade) - 1)]


def graded(grade: Grade, checks: tuple[Check, ...]) -> Grade:
    """Return the grade of the design, one step weaker when any check failed.

    Examples
    --------
    >>> graded("controlled", (Check(code="season_balanced", passed=False),))
    'before_after'
    """
    return lowered(grade) if any(check.passed is False for check in checks) else grade


def wrong_shape(method: str, *, wants: Shape) -> Refusal:
    """Return the refusal of data that are not of the shape a method works on.

    Examples
    --------
    >>> wrong_shape("survey", wants="responses").parameters
    {'wants': 'responses'}
    """
    return Refusal(
        method=method, code="wrong_shape", parameters={"wants": wants}, what_would_open_it="data_of_that_shape"
    )


@runtime_checkable
class Method(Protocol):
    """One design that can tell whether an indicator changed. One file per method; registered by its id.

    Attributes
    ----------
    id
        Name in project files.
    grade
        Kind of knowledge the design gives when every check passes.
    references
        Where the method is described.
    assumptions
        Codes of what must hold for the answer to be right.
    options
        Frozen dataclass whose fields are the options and their defaults.
    """

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def grade(self) -> Grade: ...  # noqa: D102

    @property
    def references(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def assumptions(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def options(self) -> type[Any]: ...  # noqa: D102

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer, or refuse with a reason; data of a shape the method cannot use are refused by :func:`wrong_shape`.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value the method cannot use.
        """
        ...
