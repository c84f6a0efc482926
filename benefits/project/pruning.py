"""Leaves out of a file's data what the model refuses, so that the rest can still be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from benefits.project.fields import Text
from benefits.project.model import Project
from benefits.project.places import Loc
from benefits.project.shape import annotation_at

STAND_INS: Mapping[str, Any] = {"format": 1, "id": "unnamed", "title": "-"}
"""What stands in for a missing top-level key while the rest of the file is looked at."""


@dataclass(slots=True, kw_only=True)
class Pruned:
    """The data of a file with some values left out, and where what is left came from.

    Attributes
    ----------
    model
        What the file is to become.
    dropped
        Places left out.
    filled
        Places where something stands in for what is missing.
    """

    whole: Mapping[str | int, Any]
    model: type[BaseModel] = Project
    dropped: set[Loc] = field(default_factory=set)
    filled: dict[Loc, Any] = field(default_factory=dict)
    origins: dict[Loc, Loc] = field(default_factory=dict)

    def data(self) -> Any:
        """Return the data that is left, and remember where it came from."""
        self.origins = {}
        return self._kept(self.whole, (), ())

    def origin(self, loc: Loc) -> Loc:
        """Return where in the file a place of the data that is left stands."""
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.origins:
                return self.origins[loc[:length]] + loc[length:]
        return loc

    def leave_out(self, loc: Loc, *, missing: bool) -> bool:
        """Leave out a refused value; put a stand-in for a missing one, or leave out what it is missing from.

        Returns
        -------
        bool
            False when nothing would be left.
        """
        if missing and (stand_in := _stand_in(loc, self.model)) is not None:
            self.filled[loc] = stand_in
            return True
        unusable = loc[:-1] if missing else loc
        self.dropped.add(unusable)
        return bool(unusable)

    def touched(self, needs: tuple[Loc, ...]) -> bool:
        """Say whether one of these parts of the file, one of its own values, or an id in it was left out."""
        return any(_concerns(loc, need) for need in needs for loc in self.dropped | self.filled.keys())

    def _kept(self, value: Any, old: Loc, new: Loc) -> Any:
        self.origins[new] = old
        if isinstance(value, Mapping):
            kept = {
                key: self._kept(part, (*old, key), (*new, key))
                for key, part in value.items()
                if (*old, key) not in self.dropped
            }
            return kept | {loc[-1]: stand_in for loc, stand_in in self.filled.items() if loc[:-1] == old}
        if isinstance(value, tuple):
            left = [(index, part) for index, part in enumerate(value) if (*old, index) not in self.dropped]
            return tuple(self._kept(part, (*old, index), (*new, place)) for place, (index, part) in enumerate(left))
        return value


def _concerns(loc: Loc, need: Loc) -> bool:
    if need[: len(loc)] == loc:
        return True
    return loc[: len(need)] == need and (len(loc) == len(need) + 1 or loc[-1] == "id")


def _stand_in(loc: Loc, model: type[BaseModel]) -> Any:
    if len(loc) == 1:
        return STAND_INS.get(str(loc[0]))
    if annotation_at(model, loc) is Text:
        return "-"
    if loc[-1] == "id":
        return "unnamed-" + "-".join(str(step) for step in loc[:-1])
    return None
