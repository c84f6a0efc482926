"""Options of the control chart: its type, its rules, and new limits with their causes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from benefits.measurement.charts.model import Kind, RuleSet
from benefits.measurement.contract import Scale
from benefits.measurement.options import InvalidOption, RateOptions

_REBASE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})\s+(\S.*?)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartOptions(RateOptions):
    """Options of a control chart, beside those of a before-after comparison. Its scale is always a difference.

    Attributes
    ----------
    kind
        Type of chart. An XmR chart takes any rate, and its limits from how the points themselves vary.
    rules
        Named set of rules for signals.
    screen
        Whether moving ranges above 3.267 times their mean are left out of the limits, once.
    rebase
        Days from which new limits are made, each with its cause: ``2024-03-01 New coding; 2025-01-01 New ward``.

    Raises
    ------
    InvalidOption
        When a value is outside its bounds, or a new limit has no cause.

    Examples
    --------
    >>> ChartOptions(rebase="2024-03-01 New coding").rebased
    {datetime.date(2024, 3, 1): 'New coding'}
    """

    scale: Scale = "difference"
    kind: Kind = "xmr"
    rules: RuleSet = "making_data_count"
    screen: bool = False
    rebase: str | None = None

    def __post_init__(self) -> None:
        RateOptions.__post_init__(self)
        for name, allowed in (
            ("scale", ("difference",)),
            ("kind", get_args(Kind)),
            ("rules", get_args(RuleSet)),
            ("screen", (True, False)),
        ):
            value = getattr(self, name)
            if value not in allowed:
                said = ", ".join(str(one).lower() if isinstance(one, bool) else one for one in allowed)
                raise InvalidOption("option_value", option=name, value=str(value), allowed=said)
        self._parsed()

    @property
    def rebased(self) -> Mapping[date, str]:
        """Day -> cause of new limits, in order of time."""
        return dict(sorted(self._parsed().items()))

    def _parsed(self) -> dict[date, str]:
        if self.rebase is None:
            return {}
        found: dict[date, str] = {}
        for part in self.rebase.split(";") if isinstance(self.rebase, str) else [""]:
            match = _REBASE.fullmatch(part)
            day = _day(match[1]) if match else None
            if match is None or day is None:
                raise InvalidOption("option_value", option="rebase", value=str(self.rebase), allowed="YYYY-MM-DD ...")
            found[day] = match[2]
        return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
