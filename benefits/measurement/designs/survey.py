"""Survey waves: the answers of the last wave after the start against those of the last wave before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from benefits.activity import Data, Responses
from benefits.measurement.checks.data_checks import FEW_PERSONS
from benefits.measurement.contract import Check, Detail, Estimate, Refusal, graded, wrong_shape
from benefits.measurement.one_group.mean_difference import paired_difference, unpaired_difference
from benefits.measurement.one_group.share_difference import unpaired_interval
from benefits.measurement.one_group.sides import SAME
from benefits.measurement.options import InvalidOption, is_number, is_whole, read_options
from benefits.measurement.preparation import SIDES
from benefits.measurement.survey_scores import Measure, Scores, scores
from benefits.reference.quantiles import from_limits
from benefits.reference.shapes import Distribution
from benefits.vocabulary import Grade

FEWEST = 2
MOST_CHANGE = 0.1
"""Change in the share that answers, or finds a question not relevant, above which two waves are not of one kind."""
SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyOptions:
    """Options of a comparison of survey waves.

    Attributes
    ----------
    scale
        Always a difference.
    level
        Coverage of the interval, 0.5 to 0.999.
    measure
        Mean score, or share of the answers that agree.
    agree_from
        Lowest score that is an agreement; needed for shares.
    item
        One item; None for all that were asked both times.
    scale_low, scale_high
        Lowest and highest possible score; answers outside them are refused.
    paired
        Whether the same persons are compared; None: when at least half of those who answered after also did before.
    invited_before, invited_after
        How many were asked.
    permutations
        How many random exchanges the permutation test makes.
    selected
        Whether the persons came in because they were badly off; None when nobody has said.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds.
    """

    scale: Literal["difference"] = "difference"
    level: float = 0.95
    measure: Measure = "mean"
    agree_from: float | None = None
    item: str | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    paired: bool | None = None
    invited_before: int | None = None
    invited_after: int | None = None
    permutations: int = 9999
    selected: bool | None = None

    def __post_init__(self) -> None:
        allowed: dict[str, tuple[bool, str]] = {
            "scale": (self.scale == "difference", "difference"),
            "level": (is_number(self.level) and 0.5 <= self.level <= 0.999, "0.5-0.999"),
            "measure": (self.measure in {"mean", "share"}, "mean, share"),
            "agree_from": (
                is_number(self.agree_from) if self.measure == "share" else self.agree_from is None,
                "measure: share",
            ),
            "scale_high": (
                (self.scale_low is None) == (self.scale_high is None)
                and (self.scale_low is None or self.scale_high is None or self.scale_low < self.scale_high),
                "> scale_low",
            ),
            "paired": (self.paired in {None, True, False}, "true, false"),
            "permutations": (is_whole(self.permutations) and 99 <= self.permutations <= 99_999, "99-99999"),
            "selected": (self.selected in {None, True, False}, "true, false"),
        }
        for name in ("invited_before", "invited_after"):
            value = getattr(self, name)
            allowed[name] = (value is None or (is_whole(value) and value >= 1), ">= 1")
        for name, (holds, said) in allowed.items():
            if not holds:
                raise InvalidOption("option_value", option=name, value=str(getattr(self, name)), allowed=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Mean score, or share that agrees, after minus before.

    Each respondent counts once, with the mean over the items answered. The same persons: Student's t of their
    differences. Not the same: Welch's t; a share of one item by Newcombe's score interval. A permutation test that
    needs no distribution stands beside it.

    References
    ----------
    Welch (1947), Biometrika 34:28-35. Newcombe (1998), Statistics in Medicine 17:873-890. Good (2005), Permutation,
    Parametric and Bootstrap Tests of Hypotheses, 3rd ed.
    """

    id: str = "survey"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Welch BL. The generalization of Student's problem when several different population variances are involved. "
        "Biometrika 1947;34:28-35.",
        "Newcombe RG. Interval estimation for the difference between independent proportions. Stat Med "
        "1998;17:873-890.",
        "Good P. Permutation, Parametric and Bootstrap Tests of Hypotheses. 3rd ed. Springer 2005.",
    )
    assumptions: tuple[str, ...] = ("nothing_else_changed", "answers_mean_the_same", "those_who_answer_are_alike")
    options: type[SurveyOptions] = SurveyOptions

    def estimate(
        self, data: Data, *, benefit: str, indicator: str, go_live: date, options: Mapping[str, Any]
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups); other groups are not looked at.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Hand-worked: three persons go from 2, 3 and 4 to 3, 4 and 6; differences 1, 1 and 2, mean 4/3.

        >>> frame = pd.DataFrame({"respondent": list("abcabc"), "group": "all", "item": "safe",
        ...                       "score": [2, 3, 4, 3, 4, 6],
        ...                       "wave": pd.to_datetime(["2024-01-15"] * 3 + ["2024-11-15"] * 3)})
        >>> answer = Survey().estimate(Responses(frame), benefit="g1", indicator="safe", go_live=date(2024, 6, 1),
        ...                            options={})
        >>> round(answer.effect, 4), round(answer.low, 4), round(answer.high, 4)
        (1.3333, -0.1009, 2.7676)
        """
        chosen = read_options(self.options, options)
        if not isinstance(data, Responses):
            return wrong_shape(self.id, wants="responses")
        group = next((one for one in ("treated", "all") if one in data.groups), None)
        if group is None:
            return Refusal(method=self.id, code="nobody_treated", what_would_open_it="data_on_treated")
        found = scores(
            data,
            group=group,
            go_live=go_live,
            measure=chosen.measure,
            agree_from=chosen.agree_from,
            items=(chosen.item,) if chosen.item else (),
            scale=_scale(chosen),
        )
        refusal = _too_little(found, method=self.id)
        if refusal is not None:
            return refusal
        both = found.before.index.intersection(found.after.index)
        paired = chosen.paired if chosen.paired is not None else len(both) >= SAME * len(found.after)
        if paired and len(both) < FEWEST:
            return Refusal(
                method=self.id,
                code="too_few_pairs",
                parameters={"pairs": len(both), "fewest": FEWEST},
                what_would_open_it="same_respondents_or_unpaired",
            )
        before, after = (found.before[both], found.after[both]) if paired else (found.before, found.after)
        sides = before.to_numpy(), after.to_numpy()
        mean = (paired_difference if paired else unpaired_difference)(*sides)
        if not mean.se > 1e-12:
            return Refusal(method=self.id, code="no_spread", what_would_open_it="more_respondents")
        half = float(stats.t.ppf((1 + chosen.level) / 2, mean.df)) * mean.se
        low, high = mean.effect - half, mean.effect + half
        distribution: Distribution | None = None
        if chosen.measure == "share" and not paired and len(found.items) == 1:
            distribution = _newcombe(before, after, level=chosen.level)
            low, high = distribution.interval(chosen.level)
        checks = _checks(found, both=len(both), paired=paired, options=chosen)
        return Estimate(
            benefit=benefit,
            indicator=indicator,
            method=self.id,
            options=asdict(chosen),
            scale="difference",
            effect=mean.effect,
            low=low,
            high=high,
            level=chosen.level,
            se=mean.se,
            df=mean.df,
            n=len(after),
            exposure=float(len(after)),
            observed=float(after.mean()),
            baseline=float(before.mean()),
            counterfactual=float(before.mean()),
            ratio=None,
            grade=graded(self.grade, checks),
            checks=checks,
            distribution=distribution,
            details=_details(found, before, after, paired=paired, options=chosen),
        )


def permutation_p(
    before: pd.Series, after: pd.Series, *, paired: bool, permutations: int = 9999, seed: int = SEED
) -> float:
    """Return the two-sided p value of no difference, by exchanging who is before and who is after.

    All exchanges are made when there are no more of them than ``permutations``; the test is then exact.

    Examples
    --------
    Hand-worked: of the eight ways to exchange three pairs that all rose by the same, two are as far out: p = 2/8.

    >>> permutation_p(pd.Series([2.0, 3.0, 4.0]), pd.Series([3.0, 4.0, 5.0]), paired=True)
    0.25
    """
    result = stats.permutation_test(
        (after.to_numpy(), before.to_numpy()),
        lambda one, other, axis: np.mean(one, axis=axis) - np.mean(other, axis=axis),
        permutation_type="samples" if paired else "independent",
        vectorized=True,
        n_resamples=permutations,
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)


def _newcombe(before: pd.Series, after: pd.Series, *, level: float) -> Distribution:
    counted = float(before.sum()), float(len(before)), float(after.sum()), float(len(after))

    def limits(one: float) -> tuple[float, float]:
        return unpaired_interval(*counted, level=one)

    return from_limits(centre=float(after.mean() - before.mean()), limits=limits, level=level)


def _too_little(found: Scores, *, method: str) -> Refusal | None:
    if found.outside:
        parameters = {"count": found.outside}
        return Refusal(
            method=method, code="outside_scale", parameters=parameters, what_would_open_it="scores_on_the_scale"
        )
    for side, asked in zip(SIDES, found.asked, strict=True):
        if not asked:
            return Refusal(method=method, code=f"no_answers_{side}", what_would_open_it=f"wave_{side}")
    if not found.items:
        return Refusal(method=method, code="no_item_both_times", what_would_open_it="same_items")
    for side, one in zip(SIDES, (found.before, found.after), strict=True):
        if one.empty:
            return Refusal(method=method, code=f"no_answers_{side}", what_would_open_it=f"wave_{side}")
        if len(one) < FEWEST:
            return Refusal(
                method=method,
                code="too_few_respondents",
                parameters={"side": side, "fewest": FEWEST},
                what_would_open_it="more_respondents",
            )
    return None


def _checks(found: Scores, *, both: int, paired: bool, options: SurveyOptions) -> tuple[Check, ...]:
    before, after = (len(found.before), len(found.after)) if not paired else (both, both)
    not_relevant = {"share_before": found.not_relevant[0], "share_after": found.not_relevant[1]}
    changed = abs(found.not_relevant[1] - found.not_relevant[0]) > MOST_CHANGE
    seen = {"both": both, "before": len(found.before), "after": len(found.after)}
    return (
        Check(code="regression_to_the_mean", passed=None if options.selected is None else not options.selected),
        Check(code="same_respondents", passed=True if paired else None, parameters=seen),
        Check(
            code="enough_respondents",
            passed=min(before, after) >= FEW_PERSONS,
            parameters={"fewest": min(before, after), "few": FEW_PERSONS},
        ),
        _response_rate(found, options),
        Check(code="not_relevant_alike", passed=not changed, parameters=not_relevant),
        Check(code="same_items", passed=found.left_out == 0, parameters={"count": found.left_out}),
    )


def _response_rate(found: Scores, options: SurveyOptions) -> Check:
    """Check that about as many of those asked answered both times; how those who did not would have, nobody knows."""
    if options.invited_before is None or options.invited_after is None:
        return Check(code="response_rate_alike", passed=None)
    before, after = len(found.before) / options.invited_before, len(found.after) / options.invited_after
    parameters = {"share_before": before, "share_after": after}
    alike = abs(after - before) <= MOST_CHANGE and max(before, after) <= 1
    return Check(code="response_rate_alike", passed=alike, parameters=parameters)


def _details(
    found: Scores, before: pd.Series, after: pd.Series, *, paired: bool, options: SurveyOptions
) -> dict[str, Detail]:
    p = permutation_p(before, after, paired=paired, permutations=options.permutations)
    details = {"permutation_p": Detail(value=p, unit="ratio", per="none")}
    for side, invited, answered in (
        ("before", options.invited_before, found.before),
        ("after", options.invited_after, found.after),
    ):
        if invited is not None:
            share = len(answered) / invited
            details[f"response_rate_{side}"] = Detail(value=share, unit="share", per="none")
    return details


def _scale(options: SurveyOptions) -> tuple[float, float] | None:
    if options.scale_low is None or options.scale_high is None:
        return None
    return options.scale_low, options.scale_high
