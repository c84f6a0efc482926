"""Checks on what an estimate rests on: enough persons or periods, persons seen on both sides, independence, trend."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from benefits.measurement.contract import Check
from benefits.measurement.preparation import Prepared, has_empty_cell
from benefits.measurement.rates import fit_poisson, pearson_residuals, totals
from benefits.measurement.windows import month_numbers

FEW_PERSONS = 20
"""Cameron and Miller (2015): below 20 to 50 clusters a cluster-robust interval is too narrow."""
FEW_PERIODS = 12
"""Periods on each side; the same number that makes limits of a control chart more than trial limits."""
ONE_SIDED_SHARE = 0.2
SIGNIFICANT = 0.05


def size_checks(prepared: Prepared) -> tuple[Check, ...]:
    """Check that there are enough persons (panel) or periods (series), and events on every side."""
    checks = _person_checks(prepared) if prepared.persons else _period_checks(prepared)
    if has_empty_cell(prepared.cells):
        checks = (*checks, Check(code="events_on_every_side", passed=False))
    return checks


def pre_trend(prepared: Prepared) -> Check:
    """Check whether the groups already moved apart before the start.

    The difference in slope is estimated by a Poisson model on the rows before, with standard errors clustered by person
    (panel) or scaled by Pearson's X2 (series). That no difference is seen does not show that there is none.

    Returns
    -------
    Check
        Unknown with fewer than three periods before or a group without events there; parameters ``ratio_per_year``
        (yearly change of the treated over that of the comparison) and ``p``.
    """
    rows = prepared.windows.rows[prepared.windows.rows["post"] == 0]
    if not prepared.persons:
        rows = rows.groupby(["group", "period"], sort=True, as_index=False)[["count", "exposure"]].sum()
    events = rows.groupby("group")["count"].sum()
    if rows["period"].nunique() < 3 or (events == 0).any() or rows.groupby("group")["period"].nunique().min() < 3:
        return Check(code="pre_trend", passed=None)
    treated = (rows["group"] != "comparison").to_numpy(dtype=float)
    months = month_numbers(rows["period"]).to_numpy(dtype=float)
    years = (months - months.mean()) / 12
    design = np.column_stack([np.ones(len(rows)), treated, years, treated * years])
    clusters = rows["person"].to_numpy() if prepared.persons else None
    result = fit_poisson(
        rows["count"].to_numpy(dtype=float), design, exposure=rows["exposure"].to_numpy(), clusters=clusters
    )
    df = len(rows) - design.shape[1] if clusters is None else len(np.unique(clusters)) - 2
    floor = 1.0 if prepared.whole else 0.0
    spread = max(floor, float(result.pearson_chi2) / df) if clusters is None else 1.0
    variance = float(np.asarray(result.cov_params())[-1, -1]) * spread
    if df <= 0 or not variance > 0:
        return Check(code="pre_trend", passed=None)
    p = 2 * float(stats.t.sf(abs(result.params[-1]) / variance**0.5, df))
    parameters = {"ratio_per_year": float(np.exp(result.params[-1])), "p": p}
    return Check(code="pre_trend", passed=p >= SIGNIFICANT, parameters=parameters)


def over_dispersion(prepared: Prepared, *, allowed_for: bool) -> tuple[Check, ...]:
    """Check whether events vary more between persons, or periods, than independent events of one rate would.

    Parameters
    ----------
    prepared
        Cells of the comparison.
    allowed_for
        Whether the interval takes it into account, as a sandwich estimate, clusters and quasi-Poisson do: then
        nothing is wrong.

    Returns
    -------
    tuple of Check
        Parameter ``dispersion``, Pearson's X2 over its degrees of freedom. Empty for amounts, whose dispersion is in
        their own unit, and without events.

    References
    ----------
    McCullagh P, Nelder JA. Generalized Linear Models. 2nd ed. 1989, section 4.5.
    """
    cells = prepared.cells
    df = len(cells) - len(totals(cells))
    if not prepared.whole or df < 1 or cells["count"].sum() == 0:
        return ()
    square = float((pearson_residuals(cells) ** 2).sum())
    passed = allowed_for or float(stats.chi2.sf(square, df)) >= SIGNIFICANT
    return (Check(code="over_dispersion", passed=passed, parameters={"dispersion": square / df}),)


def _person_checks(prepared: Prepared) -> tuple[Check, ...]:
    treated = prepared.size(1)
    sizes = {"treated": treated} | ({"comparison": prepared.size(0)} if 0 in set(prepared.cells["treated"]) else {})
    sides = prepared.cells.groupby("cluster")["post"].nunique()
    one_sided = int((sides == 1).sum())
    share = one_sided / len(sides)
    return (
        Check(
            code="enough_persons", passed=min(sizes.values()) >= FEW_PERSONS, parameters={**sizes, "few": FEW_PERSONS}
        ),
        Check(
            code="persons_on_both_sides",
            passed=share <= ONE_SIDED_SHARE,
            parameters={"one_sided": one_sided, "persons": len(sides), "share": share},
        ),
    )


def _period_checks(prepared: Prepared) -> tuple[Check, ...]:
    fewest = int(prepared.cells.groupby(["treated", "post"]).size().min())
    return (
        Check(code="enough_periods", passed=fewest >= FEW_PERIODS, parameters={"fewest": fewest, "few": FEW_PERIODS}),
        _independent_periods(prepared.cells),
    )


def _independent_periods(cells: pd.DataFrame) -> Check:
    """Check the correlation between neighbouring periods' residuals: if it is positive the interval is too narrow."""
    residuals = pd.Series(pearson_residuals(cells), index=cells.index)
    within = residuals.groupby([cells["treated"], cells["post"]]).shift(1)
    square = float((residuals**2).sum())
    if len(cells) < 2 * FEW_PERIODS or square == 0:
        return Check(code="independent_periods", passed=None)
    correlation = float((residuals * within).sum()) / square
    limit = 1.96 / len(cells) ** 0.5
    parameters = {"correlation": correlation, "limit": limit}
    return Check(code="independent_periods", passed=correlation <= limit, parameters=parameters)
