"""Parts put into a project beside its file, as an analyst who tries something does: read as if they stood in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from benefits.errors import InvalidInput, Problem
from benefits.identity_numbers import has_national_id
from benefits.project.places import Fault, Loc, Place, Reading
from benefits.project.scalars import unusable_number

_FIRST = 10_000_000
"""Line of the first key put in: after any file, so that a problem with one is known from a problem with the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One part: the key of the project it goes under, its keys, and its name where what is there goes by name.

    Without a name it comes last in a list; a name that is taken takes its place.

    Examples
    --------
    >>> Added(under="assumptions", name="pris", keys={"value": 12.0, "unit": "kroner"}).keys["value"]
    12.0
    """

    under: str
    keys: Mapping[str, Any]
    name: str = ""


def with_added(reading: Reading, added: Iterable[Added]) -> Reading:
    """Return what a file says with some parts put in; as it is when it could not be read.

    A place of what is put in is a line beyond any file; :func:`at_argument` knows it again.
    """
    if reading.data is None:
        return reading
    data, places, faults = dict(reading.data), dict(reading.places), list(reading.faults)
    dropped = set(reading.dropped)
    line = _FIRST
    for one in added:
        there = data.get(one.under)
        loc: Loc
        if one.name:
            held = dict(there) if isinstance(there, Mapping) else {}
            data[one.under], loc = {**held, one.name: _plain(one.keys)}, (one.under, one.name)
        else:
            listed = tuple(there) if isinstance(there, tuple | list) else ()
            data[one.under], loc = (*listed, _plain(one.keys)), (one.under, len(listed))
        places[one.under,] = places.get((one.under,)) or Place(line=line, raw="", key_line=line, key=one.under)
        places[loc] = Place(line=line, raw="", key_line=line, key=one.name)
        for key, value in one.keys.items():
            line += 1
            for inner, stands in _inside((*loc, key), _plain(value)):
                written = "" if stands is None else str(stands)
                places[inner] = Place(line=line, raw=written, key_line=line, key=str(inner[-1]))
                if has_national_id(written):
                    faults.append(Fault(code="national_id_in_text", line=line))
                if isinstance(stands, int | float) and (code := unusable_number(stands)):
                    faults.append(Fault(code=code, line=line, value=written))
                    dropped.add(inner)
        line += 1
    return replace(reading, data=data, places=places, faults=tuple(faults), dropped=frozenset(dropped))


def at_argument(mistake: InvalidInput, added: Iterable[Added]) -> InvalidInput:
    """Return the same mistake with the problems of what was put in placed at the key they were given by."""
    names, line = {}, _FIRST
    for one in added:
        names[line] = one.name or one.under
        for key in one.keys:
            line += 1
            names[line] = key
        line += 1
    return InvalidInput(tuple(_placed(problem, names) for problem in mistake.problems), partial=mistake.partial)


def _placed(problem: Problem, names: Mapping[int, str]) -> Problem:
    _, _, line = problem.place.rpartition(":")
    known = names.get(int(line)) if line.isdecimal() else None
    return problem if known is None else replace(problem, place=known)


def _plain(value: Any) -> Any:
    """As YAML gives it: numbers of other libraries become Python's own, and a list cannot be changed."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    return value.item() if hasattr(value, "item") else value


def _inside(loc: Loc, value: Any) -> Iterator[tuple[Loc, Any]]:
    """Every place within a value, and what stands there; nothing where more stands inside it."""
    if isinstance(value, Mapping | tuple):
        yield loc, None
        for key, one in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _inside((*loc, key), one)
    else:
        yield loc, value
