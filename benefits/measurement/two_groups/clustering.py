"""What varies by itself: which clusters a comparison of groups rests on, and whether there are enough of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from benefits.activity import Panel, Series
from benefits.measurement.clustered import Clustered
from benefits.measurement.contract import Check
from benefits.measurement.two_groups.group_words import Asked
from benefits.measurement.two_groups.wild_bootstrap import FEW_CLUSTERS

Level = Literal["person", "unit", "period"]

FEWEST_UNITS = 3
"""Of each group, for units to be the clusters when nobody has said what should be."""
FEW_UNITS = 6
"""MacKinnon and Webb (2018), Econometrics Journal 21:114-135: with fewer treated clusters no bootstrap is reliable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """How the units are spread over the groups.

    Attributes
    ----------
    treated, comparison
        Units with rows of each group.
    apart
        Whether no unit has both: the service came to whole units.
    """

    treated: int
    comparison: int
    apart: bool

    @property
    def fewest(self) -> int:
        """Units of the group with fewest."""
        return min(self.treated, self.comparison)


def units_of(rows: pd.DataFrame) -> Units:
    """Count the units of each group.

    Examples
    --------
    >>> units_of(pd.DataFrame({"unit": ["a", "b", "b"], "group": ["treated", "comparison", "comparison"]}))
    Units(treated=1, comparison=1, apart=True)
    """
    treated, comparison = (
        set(rows.loc[(rows["group"] == "comparison") == is_comparison, "unit"].unique())
        for is_comparison in (False, True)
    )
    return Units(treated=len(treated), comparison=len(comparison), apart=not treated & comparison)


def level_of(data: Panel | Series, units: Units, *, asked: Asked) -> Level:
    """Return what the clusters are: what was asked for, else units where the service came to several whole units.

    Errors should be clustered where the service was given: by unit when whole units got it, by person when persons did
    (Abadie, Athey, Imbens and Wooldridge 2023, Quarterly Journal of Economics 138:1-35). With fewer than three units in
    a group units cannot carry an interval, and persons (panel) or periods (series) are used, which
    :func:`unit_checks` says.
    """
    if asked != "auto":
        return asked
    if units.apart and units.fewest >= FEWEST_UNITS:
        return "unit"
    return "person" if isinstance(data, Panel) else "period"


def degrees_of_freedom(table: Clustered, *, apart: bool) -> int:
    """Return clusters less groups; less one when clusters have rows of both groups."""
    return table.clusters - (2 if apart else 1)


def unit_checks(units: Units, *, level: Level, named: bool, bootstrap: bool = True) -> tuple[Check, ...]:
    """Check whether what happens to one unit can be told from the effect, and whether the units are enough.

    Parameters
    ----------
    units
        As :func:`units_of` counts them.
    level
        What the clusters are.
    named
        Whether the data name units at all; else it is not known how many there are.
    bootstrap
        Whether few units are met by the wild cluster bootstrap; without it thirty are wanted in all.

    Returns
    -------
    tuple of Check
        ``shocks_of_one_unit`` fails in a series where a group is a single unit of its own; in a panel the same is not
        known, since persons vary too and may have been chosen alike. ``enough_units`` only when units are the clusters.
    """
    counts = {"treated": units.treated, "comparison": units.comparison}
    alone = units.apart and units.fewest == 1
    known: bool | None = None if not named else not alone
    if alone and level == "person":
        known = None
    checks = [Check(code="shocks_of_one_unit", passed=known, parameters=counts)]
    if level == "unit":
        enough = units.fewest >= FEW_UNITS and (bootstrap or units.treated + units.comparison >= FEW_CLUSTERS)
        checks.append(Check(code="enough_units", passed=enough, parameters={**counts, "few": FEW_UNITS}))
    elif units.apart and units.fewest > 1:
        checks.append(Check(code="units_as_clusters", passed=False if level == "period" else None, parameters=counts))
    return tuple(checks)


def few(table: Clustered) -> bool:
    """Whether the clusters are too few for Student's t to be trusted.

    Examples
    --------
    >>> import numpy as np
    >>> few(Clustered(count=np.ones((29, 1)), exposure=np.ones((29, 1)), cells=((0,),), observations=29))
    True
    """
    return table.clusters < FEW_CLUSTERS
