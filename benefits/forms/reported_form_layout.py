"""Where everything stands in a form for reported values; what is read back is found by place and id, never by words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

MARK = "benefits.reported-values"
"""In the first cell: this sheet is such a form."""
FORMAT = 1

Column = Literal[
    "title", "indicator", "baseline", "target", "last", "due",
    "value", "n", "start", "date", "source", "comment", "confirmed",
]  # fmt: skip
COLUMNS: tuple[Column, ...] = get_args(Column)
FIRST = 4
"""Number of the first column that is shown: before it stand the hidden ids."""
PLACE: Mapping[Column, int] = MappingProxyType({name: FIRST + at for at, name in enumerate(COLUMNS)})
"""Column -> its number."""
INPUTS: tuple[Column, ...] = ("value", "n", "start", "date", "source", "comment", "confirmed")
WIDTHS: Mapping[Column, int] = MappingProxyType(
    {
        "title": 24, "indicator": 28, "baseline": 24, "target": 20, "last": 22, "due": 12,
        "value": 11, "n": 9, "start": 12, "date": 12, "source": 20, "comment": 24, "confirmed": 11,
    }
)  # fmt: skip

MARK_AT, FORMAT_AT, LANGUAGE_AT = "A1", "B1", "C1"
PROJECT_AT, OWNER_AT = "A2", "A3"
PLANNED_AT, ACTOR_AT, ROLE_AT, DAY_AT = "E4", "F4", "E5", "E6"
"""Hidden: what the form is of. Shown: whom the plan names, who answers, and on which day."""
HEADER = 8
"""Row of the headings; the gevinster follow, each with its id, unit and exposure in the three hidden columns."""
LONGEST = 2000
"""Letters a text in the form may have."""
