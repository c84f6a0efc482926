"""What points to reference values: whether what it points to exists, and can be used as it is."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from benefits.errors import Problem
from benefits.project import Loaded
from benefits.project.places import Loc, known_place
from benefits.reference import Library, load_library
from benefits.results.references import own_of, with_own
from benefits.vocabulary import Unit


def reference_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield every problem of a project's own reference values, and of what its file points to, with its line.

    What is pointed to is a reference value, of the package or its own; an index is a yearly growth.
    """
    own, problems = own_of(loaded)
    yield from problems
    # A file that cannot be used or found may hold the very value that is pointed to.
    named = loaded.project.reference.files if loaded.project.reference is not None else ()
    library = None if problems or len(own) < len(named) else with_own(load_library(), own)
    if library is not None:
        for loc, id in _references(loaded):
            if id not in library.ids():
                nearest = get_close_matches(id, library.ids(), n=1, cutoff=0.0)[0]
                yield _problem(loaded, loc, code="unknown_reference", nearest=nearest)
        yield from _unfit(loaded, library)


def _references(loaded: Loaded) -> Iterator[tuple[Loc, str]]:
    project = loaded.project
    for name, assumption in project.assumptions.items():
        for field in ("reference", "instead_of"):
            if (id := getattr(assumption, field)) is not None:
                yield ("assumptions", name, field), id
    for field in ("price_index", "real_growth"):
        if project.reference is not None and (id := getattr(project.reference, field)) is not None:
            yield ("reference", field), id
    for place, service in enumerate(project.services):
        if service.regulation is not None:
            yield ("services", place, "regulation", "index"), service.regulation.index


def _unfit(loaded: Loaded, library: Library) -> Iterator[Problem]:
    """An index or a growth that is none, and an own number in another unit than what it stands instead of."""
    indices = library.indices()
    known = ", ".join(indices)
    for loc, id in _references(loaded):
        if loc[-1] in {"price_index", "index"} and id in library.ids() and id not in indices:
            yield _problem(loaded, loc, code="not_an_index", known=known)
        if loc[-1] == "real_growth" and id in library.ids() and _unit(library, id) != "share":
            yield _problem(loaded, loc, code="not_a_growth")
    for name, assumption in loaded.project.assumptions.items():
        replaced, unit = assumption.instead_of, assumption.unit
        if replaced is not None and unit is not None and replaced in library.ids() and _unit(library, replaced) != unit:
            yield _problem(
                loaded,
                ("assumptions", name, "instead_of"),
                code="instead_of_other_unit",
                unit=str(_unit(library, replaced)),
            )


def _unit(library: Library, id: str) -> Unit | None:
    history, empty = library.history(id), library.empty_entry(id)
    return history[-1].unit if history else empty.unit if empty is not None else None


def _problem(loaded: Loaded, loc: Loc, *, code: str, **parameters: str) -> Problem:
    _, place = known_place(loaded.places, loc)
    return Problem(place=f"{loaded.file}:{place.line}", code=code, value=place.raw, parameters=parameters)
