"""Two groups before and after, from clusters: the fit, and the interval when clusters are few."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benefits.activity import Panel, Series
from benefits.measurement.answer import answered
from benefits.measurement.clustered import Clustered, small_sample, tabulated
from benefits.measurement.contract import Check, Detail, Estimate, Method, Refusal, Scale, effect_at, graded
from benefits.measurement.preparation import FEWEST, Prepared, no_spread
from benefits.measurement.rates import Fit
from benefits.measurement.two_groups.clustering import Level, Units, degrees_of_freedom, few, level_of, units_of
from benefits.measurement.two_groups.group_options import GroupOptions
from benefits.measurement.two_groups.group_words import Measure
from benefits.measurement.two_groups.wild_bootstrap import wild_bootstrap
from benefits.reference.quantiles import from_limits

CONTRAST = np.array([1.0, -1.0, -1.0, 1.0])
"""Of the cells comparison before, comparison after, treated before, treated after."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Two groups compared: what varies by itself, the cells it was summed to, and the fit.

    Attributes
    ----------
    level, units
        What the clusters are, and how the units are spread over the groups.
    named
        Whether the data name units at all.
    table, fit
        Clusters by cells, and rates with the standard error of their contrast.
    """

    level: Level
    units: Units
    named: bool
    table: Clustered
    fit: Fit


def compare(data: Panel | Series, prepared: Prepared, *, method: str, options: GroupOptions) -> Compared | Refusal:
    """Fit the four cells, with errors by what varies by itself; refuse when there is nothing to tell the spread from.

    Events per period, summed over units, keep their own model: a Poisson one with the spread between periods as its
    dispersion. Amounts, means, persons and units get a sandwich estimate.
    """
    rows = prepared.windows.rows
    units = units_of(rows)
    level = level_of(data, units, asked=options.cluster)
    if level == "unit" and units.fewest < FEWEST:
        parameters = {"treated": units.treated, "comparison": units.comparison}
        return Refusal(
            method=method, code="one_unit", parameters=parameters, what_would_open_it="more_units_or_persons"
        )
    table = table_of(rows, level=level, measure=options.measure)
    if level == "period" and data.whole and options.measure == "rate":
        fit = prepared.fit(options)
    else:
        fit = fit_clusters(table, scale=options.scale, apart=level != "unit" or units.apart)
    refusal = no_spread(fit, method=method)
    if refusal is not None:
        return refusal
    named = bool((rows["unit"] != "").any())
    return Compared(level=level, units=units, named=named, table=table, fit=fit)


def concluded(
    method: Method,
    *,
    benefit: str,
    indicator: str,
    options: GroupOptions,
    prepared: Prepared,
    compared: Compared,
    checks: tuple[Check, ...],
) -> Estimate | Refusal:
    """Return the effect against the counterfactual of parallel changes, with the bootstrap where units are few."""
    estimate = replace(
        plainly(method, options=options, prepared=prepared, compared=compared),
        benefit=benefit,
        indicator=indicator,
        checks=checks,
        grade=graded(method.grade, checks),
    )
    return bootstrapped(estimate, compared.table) if compared.level == "unit" else estimate


def plainly(method: Method, *, options: GroupOptions, prepared: Prepared, compared: Compared) -> Estimate:
    """Return the effect with Student's t and no checks."""
    return answered(
        method,
        benefit="",
        indicator="",
        options=options,
        prepared=prepared,
        fit=compared.fit,
        counterfactual=_counterfactual(compared.fit, options.scale),
        checks=(),
    )


def own_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn each row's count into its own rate with a weight of one: what a mean of rates is made of.

    Examples
    --------
    >>> own_rates(pd.DataFrame({"count": [6], "exposure": [2.0]}))[["count", "exposure"]].values.tolist()
    [[3.0, 1.0]]
    """
    return rows.assign(count=rows["count"] / rows["exposure"], exposure=1.0)


def table_of(rows: pd.DataFrame, *, level: Level, measure: Measure) -> Clustered:
    """Return counts and exposure per cluster and cell (treated, post), from rows within the windows.

    Persons' rows are summed to one a side before they become rates, and so are units' when units are the clusters.
    """
    keyed = rows.assign(treated=(rows["group"] != "comparison").astype("int64"))
    whole = [name for name in ("person" if "person" in rows else "unit",) if level != "period"]
    by = list(dict.fromkeys([*whole, "unit", "treated", "post", *(["period"] if level == "period" else [])]))
    cells = keyed.groupby(by, sort=True, as_index=False)[["count", "exposure"]].sum()
    if measure == "mean":
        cells = own_rates(cells)
    cells = cells.groupby([level, "treated", "post"], sort=True, as_index=False)[["count", "exposure"]].sum()
    return tabulated(cells, cluster=level, cells=["treated", "post"])


def fit_clusters(table: Clustered, *, scale: Scale, apart: bool) -> Fit:
    """Return the rates of the four cells and the cluster-robust standard error of their contrast.

    The same as weighted least squares on rates (difference) or a Poisson model (ratio) with a sandwich estimate.

    Examples
    --------
    Hand-worked: two treated units fall from 4 and 6 to 2 and 4 (mean 5 to 3), two others stay at 5: effect -2.

    >>> names = pd.DataFrame({"unit": list("abcdabcd"), "group": (["treated"] * 2 + ["comparison"] * 2) * 2})
    >>> names = pd.concat([names[:4].assign(post=0, count=[4, 6, 5, 5]), names[4:].assign(post=1, count=[2, 4, 5, 5])])
    >>> table = table_of(names.assign(exposure=1.0), level="unit", measure="rate")
    >>> fit = fit_clusters(table, scale="difference", apart=True)
    >>> round(float(CONTRAST @ list(fit.rates.values())), 6), fit.df
    (-2.0, 2)
    """
    moved = table.influence(scale)
    off = moved @ CONTRAST
    variance = float((off**2).sum())
    share = float(np.clip(off @ moved[:, -1] / variance, 0, 1)) if scale == "ratio" and variance > 0 else 0.0
    return Fit(
        rates=dict(zip(((0, 0), (0, 1), (1, 0), (1, 1)), map(float, table.rates), strict=True)),
        se=float((small_sample(table) * variance) ** 0.5),
        df=degrees_of_freedom(table, apart=apart),
        observed_share=share,
    )


def bootstrapped(estimate: Estimate, table: Clustered) -> Estimate | Refusal:
    """Give an estimate the interval and the draws of the wild cluster bootstrap, when its clusters are few.

    The p value of no effect is added as the detail ``wild_bootstrap_p``. Refused when so few clusters cannot reject any
    effect, however large: the interval would have no end.
    """
    if not few(table):
        return estimate
    bootstrap = wild_bootstrap(table, contrast=CONTRAST, scale=estimate.scale)
    limits = bootstrap.limits_by_level(estimate.level, step=estimate.se)
    if limits is None:
        return Refusal(
            method=estimate.method,
            code="too_few_clusters",
            parameters={"units": table.clusters},
            what_would_open_it="more_units_or_persons",
        )

    def effects(level: float) -> tuple[float, float]:
        low, high = effect_at(
            np.array(limits(level)) - bootstrap.estimate,
            scale=estimate.scale,
            observed=estimate.observed,
            counterfactual=estimate.counterfactual,
            observed_share=estimate.observed_share,
        )
        return float(low), float(high)

    low, high = effects(estimate.level)
    ratios = np.exp(limits(estimate.level)) if estimate.scale == "ratio" else None
    return replace(
        estimate,
        low=low,
        high=high,
        distribution=from_limits(centre=estimate.effect, limits=effects, level=estimate.level),
        ratio_limits=None if ratios is None else (float(ratios[0]), float(ratios[1])),
        details={**estimate.details, "wild_bootstrap_p": Detail(value=bootstrap.p_value(0.0), unit="ratio")},
    )


def _counterfactual(fit: Fit, scale: Scale) -> float:
    """The treated's rate before, moved as the comparison group's moved."""
    before, after = fit.rates[0, 0], fit.rates[0, 1]
    if scale == "ratio":
        return fit.rates[1, 0] * after / before
    return fit.rates[1, 0] + after - before
