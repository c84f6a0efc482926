"""Each person's, or period's, own value before and after, and whether they are compared with themselves."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from benefits.measurement.contract import Check, Refusal, wrong_shape
from benefits.measurement.one_group.options import PairedOptions
from benefits.measurement.preparation import FEWEST, Prepared

SAME = 0.5
"""Share of those seen after that must also have been seen before, to be paired when nobody has said."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sides:
    """Counts and exposure before and after, by person or period.

    Attributes
    ----------
    before, after
        Columns ``count`` and ``exposure``; the same persons in the same order when paired.
    paired
        Whether they are.
    one_sided
        Persons seen on one side only; they are left out when paired.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    paired: bool
    one_sided: int

    @property
    def check(self) -> Check:
        """What was compared with what; not known to be right when others stand in for the same persons."""
        parameters = {"pairs": len(self.after), "one_sided": self.one_sided} if self.paired else {}
        return Check(code="compared_with_themselves", passed=True if self.paired else None, parameters=parameters)


def sides_of(prepared: Prepared, *, method: str, options: PairedOptions) -> Sides | Refusal:
    """Return what is compared, paired when asked for, or when most of those seen after were seen before as well.

    Returns
    -------
    Sides or Refusal
        Refused when pairs are asked for in a series, or there are fewer than two.
    """
    key = "cluster" if prepared.persons else "period"
    before, after = (
        prepared.cells[prepared.cells["post"] == post].set_index(key)[["count", "exposure"]].sort_index()
        for post in (0, 1)
    )
    if not prepared.persons:
        if options.paired:
            return wrong_shape(method, wants="panel")
        return Sides(before=before, after=after, paired=False, one_sided=0)
    both = before.index.intersection(after.index)
    one_sided = len(before) + len(after) - 2 * len(both)
    paired = options.paired if options.paired is not None else len(both) >= SAME * len(after)
    if not paired:
        return Sides(before=before, after=after, paired=False, one_sided=one_sided)
    if len(both) < FEWEST:
        return Refusal(
            method=method,
            code="too_few_seen_twice",
            parameters={"pairs": len(both), "fewest": FEWEST},
            what_would_open_it="same_persons_or_unpaired",
        )
    return Sides(before=before.loc[both], after=after.loc[both], paired=True, one_sided=one_sided)
