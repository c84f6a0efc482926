"""Reads YAML text into plain Python values, and remembers on which line each value stood.

Only what a project file needs is read: mappings, lists, texts, numbers, dates, yes and no. Everything that lets a file
mean something else than it looks like is refused with its line: keys given twice, references, types, several documents.
The parser's events are read one by one with a stack of our own, so that a hostile file meets a limit and not the
interpreter's recursion limit or its memory.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

from benefits.errors import Parameter
from benefits.project.scalars import Unusable, plain_value
from benefits.project.syntax import syntax_fault
from benefits.project.textfile import unwanted

Loc = tuple[str | int, ...]
"""Where a value is: keys and list positions from the top of the file."""

MAX_DEPTH = 30
MAX_VALUES = 100_000
_SKIPPED = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The line a value stands on, the value as written (empty for a list or a group of keys), and the same of its key.

    An item of a list has no key: ``key`` is empty and ``key_line`` is its own line.
    """

    line: int
    raw: str
    key_line: int
    key: str = ""


Places = Mapping[Loc, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with the file as YAML: a problem code with its line."""

    code: str
    line: int
    value: str = ""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says: ``data`` is None when it was not read to its end, ``dropped`` is where a fault left a hole.

    ``blank`` is where a key stands without a value; what stood before it in the same mapping comes with it.
    """

    data: dict[str | int, Any] | None
    places: Places
    faults: tuple[Fault, ...]
    dropped: frozenset[Loc]
    blank: Mapping[Loc, str] = field(default_factory=dict)


def known_place(places: Places, loc: Loc) -> tuple[Loc, Place]:
    """Return the longest beginning of ``loc`` that stands in the file, and its place.

    Examples
    --------
    >>> places = {(): Place(line=1, raw="", key_line=1), ("id",): Place(line=2, raw="dho", key_line=2)}
    >>> known_place(places, ("id", "float"))[1].line
    2
    """
    for length in range(len(loc), 0, -1):
        if (place := places.get(loc[:length])) is not None:
            return loc[:length], place
    return (), places.get((), Place(line=1, raw="", key_line=1))


def read_yaml(text: str) -> Reading:
    r"""Read YAML text.

    Parameters
    ----------
    text
        The whole file, with ``\n`` as its line ends.

    Returns
    -------
    Reading
        Mappings as dicts without their blank keys, lists as tuples without their blank items.

    Examples
    --------
    >>> reading = read_yaml("id: dho\nlanguages: [nb]\n")
    >>> reading.data
    {'id': 'dho', 'languages': ('nb',)}
    >>> reading.places["languages", 0].line
    2
    >>> [fault.code for fault in read_yaml("id: a\nid: b\n").faults]
    ['duplicate_key']
    """
    held = _held(text)
    return replace(held, data=deepcopy(held.data))


@lru_cache(maxsize=8)
def _held(text: str) -> Reading:
    """The same text is read once: a third of the time an assessment takes is reading a long project file."""
    return _Reader(text).read()


class _Stop(Exception):
    """The rest of the file is not read."""


@dataclass(slots=True, kw_only=True)
class _Frame:
    """A mapping or list that is being read; ``loc`` is None inside what is left out."""

    loc: Loc | None
    is_list: bool
    items: Any
    line: int
    as_key: bool = False
    key: Any = None
    key_raw: str = ""
    key_line: int = 0
    waiting: bool = False
    last_raw: str = ""
    lines: dict[Any, int] = field(default_factory=dict)

    def child(self) -> Loc | None:
        """Where the next value goes; None when it is left out."""
        if self.loc is None or self.key is _SKIPPED:
            return None
        return (*self.loc, len(self.items) if self.is_list else self.key)


def _is_half_a_number(raw: str) -> bool:
    """Whether a key is what follows a decimal comma, or ``,-``; of a project file's keys only years are numbers."""
    return raw == "-" or (raw.isdecimal() and not (len(raw) == 4 and raw[:2] in {"19", "20", "21"}))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.last = max(len(text.rstrip()) - 1, 0)
        self.resolver = YAML(typ="safe", pure=True).resolver
        self.starts = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]
        self.stack: list[_Frame] = []
        self.places: dict[Loc, Place] = {}
        self.faults: list[Fault] = []
        self.dropped: set[Loc] = set()
        self.blank: dict[Loc, str] = {}
        self.data: dict[str | int, Any] | None = None
        self.documents = 0
        self.values = 0
        self.referred = False

    def read(self) -> Reading:
        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                self._take(event)
            if self.data is None:
                self._fault("empty_file", 1)
        except _Stop:
            self.data = None
        except (YAMLError, OverflowError, ValueError) as error:
            mark = error if isinstance(error, MarkedYAMLError) else None
            code, index, parameters = syntax_fault(self.text, mark)
            line = self._line(index)
            if all(fault.line != line for fault in self.faults):
                self._fault(code, line, value=self.text.split("\n")[line - 1].strip(), parameters=parameters)
            self.data = None
        return Reading(
            data=self.data,
            places=self.places,
            faults=tuple(self.faults),
            dropped=frozenset(self.dropped),
            blank=self.blank,
        )

    def _line(self, index: int) -> int:
        return bisect_right(self.starts, min(index, self.last))

    def _fault(
        self,
        code: str,
        line: int,
        *,
        value: str = "",
        parameters: Mapping[str, Parameter] | None = None,
    ) -> None:
        self.faults.append(Fault(code=code, line=line, value=value, parameters=parameters or {}))

    def _stop(self, code: str, line: int, **parameters: Parameter) -> None:
        self._fault(code, line, parameters=parameters)
        raise _Stop

    def _take(self, event: Any) -> None:
        line = self._line(event.start_mark.index)
        match event:
            case DocumentStartEvent():
                self._document(event, line)
            case MappingStartEvent() | SequenceStartEvent():
                self._open(event, line, is_list=isinstance(event, SequenceStartEvent))
            case MappingEndEvent() | SequenceEndEvent():
                self._close()
            case AliasEvent():
                self._refer(line, f"*{event.anchor}")
                if not self.stack:
                    raise _Stop
                self._scalar(_SKIPPED, line, f"*{event.anchor}")
            case ScalarEvent():
                self._word(event, line)
            case _:
                pass

    def _document(self, event: Any, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop("several_documents", line)
        if event.version is not None or event.tags:
            self._stop("yaml_directive", self._line(self._directive()))

    def _directive(self) -> int:
        found = re.search(r"^%", self.text, re.MULTILINE)
        return found.start() if found else 0

    def _refer(self, line: int, raw: str) -> None:
        """Report a reference: once a file, since the one calls for the other."""
        if not self.referred:
            self._fault("yaml_reference", line, value=raw)
        self.referred = True

    def _tagged(self, event: Any, line: int, allowed: tuple[str, ...]) -> bool:
        tag = event.tag
        if tag is None or tag == "!" or tag in allowed:
            return False
        self._fault("yaml_tag", line, value=self.text[event.start_mark.index :].split("\n", 1)[0].strip())
        return True

    def _open(self, event: Any, line: int, *, is_list: bool) -> None:
        if not self.stack and is_list:
            self._stop("not_a_project", line)
        if len(self.stack) >= MAX_DEPTH:
            self._stop("too_deep", line, limit=MAX_DEPTH)
        loc: Loc | None = ()
        as_key = False
        if self.stack:
            parent = self.stack[-1]
            as_key = not parent.is_list and not parent.waiting
            loc = None if as_key else parent.child()
        if as_key:
            self._fault("key_not_text", line)
        if event.anchor is not None:
            self._refer(line, f"&{event.anchor}")
        if self._tagged(event, line, ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")):
            loc = None
        self.stack.append(_Frame(loc=loc, is_list=is_list, items=[] if is_list else {}, line=line, as_key=as_key))

    def _close(self) -> None:
        frame = self.stack.pop()
        if not self.stack:
            self.places[()] = Place(line=frame.line, raw="", key_line=frame.line)
            self.data = frame.items
            return
        if frame.as_key:
            self.stack[-1].key, self.stack[-1].waiting = _SKIPPED, True
            return
        value = _SKIPPED if frame.loc is None else tuple(frame.items) if frame.is_list else frame.items
        self._put(value, frame.line, "")

    def _word(self, event: Any, line: int) -> None:
        raw: str = event.value
        if event.anchor is not None:
            self._refer(line, f"&{event.anchor}")
        if not self.stack:
            if raw or event.style:
                self._stop("not_a_project", line)
            return
        if self._tagged(event, line, ("tag:yaml.org,2002:str",)):
            self._scalar(_SKIPPED, line, raw)
            return
        if unwanted(raw) is not None:
            self._fault("control_character", line)
            self._scalar(_SKIPPED, line, raw)
            return
        if event.tag is not None or event.style:
            self._scalar(raw, line, raw)
            return
        tag = str(self.resolver.resolve(ScalarNode, raw, (True, False)))
        if tag.endswith(":merge"):
            self._refer(line, raw)
            self._scalar(_SKIPPED, line, raw)
            return
        try:
            self._scalar(plain_value(raw, tag), line, raw)
        except Unusable as error:
            self._fault(error.code, line, value=raw)
            self._scalar(_SKIPPED, line, raw)

    def _scalar(self, value: Any, line: int, raw: str) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop("too_many_values", line, limit=MAX_VALUES)
        frame = self.stack[-1]
        if frame.is_list or frame.waiting:
            self._put(value, line, raw)
        else:
            self._key(frame, value, line, raw)

    def _key(self, frame: _Frame, value: Any, line: int, raw: str) -> None:
        frame.key, frame.key_raw, frame.key_line, frame.waiting = value, raw, line, True
        if value is _SKIPPED:
            return
        if not isinstance(value, str) and type(value) is not int:
            self._fault("key_not_text", line, value=raw)
            frame.key = _SKIPPED
        elif _is_half_a_number(raw):
            # Two numbers cut by a comma may end alike: 55,5 and 75,5. What it is, is told when it has no value.
            return
        elif value in frame.lines:
            if frame.loc is not None:
                self._fault("duplicate_key", line, value=raw, parameters={"first_line": frame.lines[value]})
            frame.key = _SKIPPED
        else:
            frame.lines[value] = line

    def _put(self, value: Any, line: int, raw: str) -> None:
        frame = self.stack[-1]
        loc, frame.waiting = frame.child(), False
        if loc is None:
            return
        if frame.is_list:
            self.places[loc] = Place(line=line, raw=raw, key_line=line)
        else:
            self.places[loc] = Place(line=line, raw=raw, key_line=frame.key_line, key=frame.key_raw)
        if value is _SKIPPED:
            self.dropped.add(loc)
        elif value is None:
            if not frame.is_list and _is_half_a_number(frame.key_raw):
                self._cut_by_comma(frame, line)
            elif not frame.is_list:
                self.blank[loc] = frame.last_raw
            return
        elif frame.is_list:
            frame.items.append(value)
        else:
            frame.items[frame.key], frame.last_raw = value, raw

    def _cut_by_comma(self, frame: _Frame, line: int) -> None:
        """Tell of a decimal comma inside braces: YAML reads what follows it as a field of its own without a value."""
        whole, rest = frame.last_raw, frame.key_raw
        fixed = whole if rest == "-" else f"{whole}.{rest}"
        self._fault("number_cut_by_comma", line, value=f"{whole},{rest}", parameters={"fixed": fixed})
