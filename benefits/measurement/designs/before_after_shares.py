"""Before and after for shares: how many of how many, of the same persons or of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import inf
from typing import Any

import pandas as pd
from scipy import stats

from benefits.activity import Data
from benefits.measurement.contract import Check, Detail, Estimate, Refusal
from benefits.measurement.one_group.frame import one_group
from benefits.measurement.one_group.options import PairedOptions
from benefits.measurement.one_group.share_difference import Pairs, paired_interval, unpaired_interval
from benefits.measurement.one_group.sides import Sides, sides_of
from benefits.measurement.options import read_options
from benefits.measurement.preparation import Prepared
from benefits.reference.quantiles import from_limits
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfterShares:
    """Share after minus share before; the count is those counted, of the exposure.

    The same persons on both sides, each counted or not: Newcombe's interval for pairs, and McNemar's exact test.
    Others, or periods: Newcombe's interval for two samples, in a series on counts divided by how much more the periods'
    shares vary than chance would make them.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17:873-890 and 17:2635-2650. McNemar (1947), Psychometrika 12:153-157.
    Rao and Scott (1992), Biometrics 48:577-585.
    """

    id: str = "before_after_shares"
    grade: Grade = "before_after"
    references: tuple[str, ...] = (
        "Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven "
        "methods. Stat Med 1998;17:873-890.",
        "Newcombe RG. Improved confidence intervals for the difference between binomial proportions based on paired "
        "data. Stat Med 1998;17:2635-2650.",
        "McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages. "
        "Psychometrika 1947;12:153-157.",
        "Rao JNK, Scott AJ. A simple method for the analysis of clustered binary data. Biometrics 1992;48:577-585.",
        "Barnett AG, van der Pols JC, Dobson AJ. Regression to the mean: what it is and how to deal with it. "
        "Int J Epidemiol 2005;34:215-220.",
    )
    assumptions: tuple[str, ...] = (
        "nothing_else_changed",
        "not_chosen_in_a_bad_period",
        "recorded_the_same_way",
        "same_kind_of_persons",
    )
    options: type[PairedOptions] = PairedOptions

    def estimate(
        self,
        data: Data,
        *,
        benefit: str,
        indicator: str,
        go_live: date,
        options: Mapping[str, Any],
    ) -> Estimate | Refusal:
        """Answer from the treated (or all, when the data name no groups); other groups only serve as a placebo.

        Raises
        ------
        InvalidOption
            When an option is unknown or has a value that cannot be used.

        Examples
        --------
        Newcombe's example: 48 of 80 before, 56 of 70 after.

        >>> from benefits.activity import Series
        >>> frame = pd.DataFrame({"period": pd.date_range("2023-11-01", periods=4, freq="MS"), "unit": "Vik",
        ...                       "group": "all", "count": [24, 24, 28, 28], "exposure": [40.0, 40.0, 35.0, 35.0]})
        >>> answer = BeforeAfterShares().estimate(Series(frame), benefit="g1", indicator="share",
        ...                                       go_live=date(2024, 1, 1), options={})
        >>> round(answer.effect, 4), round(answer.low, 4), round(answer.high, 4)
        (0.2, 0.0524, 0.3339)
        """
        chosen = read_options(self.options, options)

        def arithmetic(prepared: Prepared) -> Estimate | Refusal:
            refusal = self._no_shares(prepared)
            if refusal is not None:
                return refusal
            sides = sides_of(prepared, method=self.id, options=chosen)
            if isinstance(sides, Refusal):
                return sides
            spread = 1.0 if prepared.persons else design_effect(prepared.cells)
            before, after = (_share(side) for side in (sides.before, sides.after))
            details: dict[str, Detail] = {}
            if sides.paired:
                pairs = _pairs(sides)
                details["mcnemar_p"] = Detail(value=pairs.mcnemar_p, unit="ratio", per="none")

            def limits(level: float) -> tuple[float, float]:
                if sides.paired:
                    return paired_interval(pairs, level=level)
                sizes = [float(number) / spread for side in (sides.before, sides.after) for number in side.sum()]
                return unpaired_interval(*sizes, level=level)

            low, high = limits(chosen.level)
            checks = (sides.check,) if prepared.persons else (_dispersion(spread),)
            return Estimate(
                benefit=benefit,
                indicator=indicator,
                method=self.id,
                options=asdict(chosen),
                scale="difference",
                effect=after - before,
                low=low,
                high=high,
                level=chosen.level,
                se=(high - low) / 2 / float(stats.norm.ppf((1 + chosen.level) / 2)),
                df=inf,
                n=len(sides.after) if sides.paired else prepared.size(1),
                exposure=float(sides.after["exposure"].sum()),
                observed=after,
                baseline=before,
                counterfactual=before,
                ratio=after / before if before > 0 else None,
                grade=self.grade,
                checks=checks,
                details=details,
                distribution=from_limits(centre=after - before, limits=limits, level=chosen.level),
            )

        return one_group(
            self,
            data,
            go_live=go_live,
            options=chosen,
            scale="difference",
            arithmetic=arithmetic,
            step=1 if chosen.occasions else None,
        )

    def _no_shares(self, prepared: Prepared) -> Refusal | None:
        """Refuse what is not a number of those counted out of a number of those who could have been."""
        rows, cells = prepared.windows.rows, prepared.cells
        if (rows["count"] > rows["exposure"] + 1e-9).any():
            return Refusal(method=self.id, code="share_above_one", what_would_open_it="counts_within_exposure")
        if not prepared.whole or (cells["exposure"] % 1 != 0).any():
            return Refusal(method=self.id, code="shares_not_counted", what_would_open_it="counted_of_how_many")
        if prepared.persons and (cells["exposure"] != 1).any():
            return Refusal(method=self.id, code="several_answers_a_person", what_would_open_it="means_of_persons")
        return None


def design_effect(cells: pd.DataFrame) -> float:
    """Return how much more the shares of periods vary than chance would make them, and never less than one.

    Pearson's X2 around the share of each side, over its degrees of freedom.

    References
    ----------
    McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989, section 4.5.

    Examples
    --------
    Hand-worked: 2 and 8 of 10 before, 5 and 5 after; expected 5, variance 2.5: X2 = 2 x 9 / 2.5, 2 degrees of freedom.

    >>> design_effect(pd.DataFrame({"post": [0, 0, 1, 1], "count": [2, 8, 5, 5], "exposure": 10.0}))
    3.6
    """
    sums = cells.groupby("post")[["count", "exposure"]].transform("sum")
    share = sums["count"] / sums["exposure"]
    variance = cells["exposure"] * share * (1 - share)
    some = variance > 0
    square = float(((cells["count"] - cells["exposure"] * share)[some] ** 2 / variance[some]).sum())
    return max(1.0, square / (len(cells) - 2))


def _dispersion(spread: float) -> Check:
    return Check(code="over_dispersion", passed=True, parameters={"dispersion": spread})


def _share(side: pd.DataFrame) -> float:
    return float(side["count"].sum() / side["exposure"].sum())


def _pairs(sides: Sides) -> Pairs:
    before, after = (side["count"].to_numpy() > 0 for side in (sides.before, sides.after))
    return Pairs(
        both=int((before & after).sum()),
        only_after=int((after & ~before).sum()),
        only_before=int((before & ~after).sum()),
        neither=int((~before & ~after).sum()),
    )
