"""Which reference values a report rests on: those that come with the package, as of a day, and the project's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from benefits.economics import Input
from benefits.economics.inputs import date_of_references
from benefits.economics.price_level import growth
from benefits.errors import Problem
from benefits.project import Loaded, Project
from benefits.project.model import ReferenceChoice
from benefits.project.own_references import OwnReferences, read_own_references
from benefits.reference import Library, NoValueYet, ReferenceValue, UnknownReference, load_library
from benefits.results.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The reference values of one report.

    Attributes
    ----------
    library
        Where they are looked up: the set that was known on the day chosen, with the project's own before it.
    shipped
        The same without the project's own.
    on
        The date they are looked up for.
    pinned
        The day the set is of; None: everything the package holds.
    own
        The project's own entries: id -> the file it stands in.
    files
        The files of own entries, from the project file's folder -> sha256.
    used
        The values the report rests on, by id and date.
    """

    library: Library
    shipped: Library
    on: date
    pinned: date | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    used: tuple[ReferenceValue, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the values the report rests on, in hexadecimal: two reports with the same rest on the same."""
        lines = [
            [one.id, one.valid_from.isoformat(), one.value, one.unit, one.price_year, one.source.title]
            for one in self.used
        ]
        return sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()

    def shipped_value(self, id: str) -> ReferenceValue | None:
        """Return the value that comes with the package, whatever the project's own is; None when there is none."""
        try:
            return self.shipped.at(id, self.on)
        except (NoValueYet, UnknownReference):
            return None


def pinned_to(project: Project, *, day: date | None) -> Project:
    """Return a project with its reference values pinned to a day that is asked for, before the one its file chooses."""
    if day is None:
        return project
    chosen = project.reference or ReferenceChoice()
    return project.model_copy(update={"reference": chosen.model_copy(update={"date": day})})


def references_of(loaded: Loaded, project: Project, *, on: date) -> References:
    """Return the reference values of a project's report.

    Parameters
    ----------
    loaded
        Where its own files lie.
    project
        Which files, and the day the set is of, when it is pinned.
    on
        The date of the report.
    """
    chosen = project.reference
    pinned = chosen.date if chosen is not None else None
    known = load_library() if pinned is None else load_library().as_known(pinned)
    own, _ = own_of(loaded)
    return References(
        library=with_own(known, own),
        shipped=known,
        on=date_of_references(project, on=on),
        pinned=pinned,
        own={id: one.file for one in own for id in one.entries},
        files={one.file: one.sha256 for one in own},
    )


def own_of(loaded: Loaded) -> tuple[tuple[OwnReferences, ...], tuple[Problem, ...]]:
    """Read a project's own reference values, and every problem of them."""
    chosen = loaded.project.reference
    files = chosen.files if chosen is not None else ()
    return read_own_references(loaded.path.parent, files, shown_as=loaded.file)


def with_own(library: Library, own: Iterable[OwnReferences]) -> Library:
    """Return a library with a project's own entries before those in it."""
    for one in own:
        library = library.with_own(one.entries)
    return library


def values_used(
    references: References, project: Project, inputs: Mapping[str, Input], values: Values
) -> tuple[ReferenceValue, ...]:
    """Return the reference values a report rests on, by id and date.

    They are those the assumptions point to or stand instead of, the growth that kroner were brought to another year
    by, the real growth, and every one that is shown by its own id, as a discount rate.
    """
    library, found = references.library, dict[tuple[str, date], ReferenceValue]()

    def add(*some: ReferenceValue) -> None:
        found.update({(one.id, one.valid_from): one for one in some})

    shown = [id.removeprefix("reference.") for id in values]
    named = [one.reference_id or one.instead_of for one in inputs.values()]
    real = project.reference.real_growth if project.reference is not None else None
    grown = [real] if real is not None and any(one.growth for one in inputs.values()) else []
    for id in (*named, *grown, *(one for one in shown if one in library.ids())):
        if id:
            try:
                add(library.at(id, references.on))
            except (NoValueYet, UnknownReference):
                continue
    for one in inputs.values():
        if one.converted_from is not None and one.price_year is not None:
            add(*growth(library, one.index, from_year=one.converted_from, to_year=one.price_year))
    return tuple(found[key] for key in sorted(found))


def add_own_beside_shipped(references: References, inputs: Mapping[str, Input], values: Values) -> None:
    """Add, beside each number of the project's own, the shipped value it stands instead of.

    ``shipped.<name>`` is that value, ``before_index.<name>`` a number as it was before an index brought it to the
    project's price year, and ``index_growth.<name>`` what was added to it, as a share.
    """
    for id in [id for id in values if id.removeprefix("reference.") in references.own]:
        name = id.removeprefix("reference.")
        shipped = references.shipped_value(name)
        if shipped is not None:
            _add_shipped(f"shipped.reference.{name}", shipped, values)
    for name, one in inputs.items():
        id = replaced(one, references)
        shipped = references.shipped_value(id) if id else None
        if shipped is not None:
            _add_shipped(f"shipped.{name}", shipped, values)
        if one.converted_from is not None:
            by = one.index_factor
            certain = one.low == one.high
            values.add(
                f"before_index.{name}",
                one.mean / by,
                low=None if certain else one.low / by,
                high=None if certain else one.high / by,
                unit=one.unit,
                per=one.per,
                price_year=one.converted_from,
                standing=one.standing,
                source=one.source,
            )
            values.add(f"index_growth.{name}", by - 1, unit="share", derived=True)


def _add_shipped(id: str, shipped: ReferenceValue, values: Values) -> None:
    values.add(
        id,
        shipped.value,
        unit=shipped.unit,
        per=shipped.per or "none",
        price_year=shipped.price_year,
        standing=shipped.standing,
        source=shipped.source.title,
    )


def replaced(one: Input, references: References) -> str:
    """Return the id of the shipped value that the project's own number stands instead of; empty when it has none."""
    return one.instead_of or (one.reference_id if one.reference_id in references.own else "")
