"""The reference values in plain lines: value, unit, price year, validity, standing, source, and where to find newer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benefits.forms.amounts import amount, unit_in_words
from benefits.language import Catalogue, numbers
from benefits.reference import EmptyReference, Library, NoValueYet, ReferenceValue
from benefits.results.values import Value


def reference_lines(
    library: Library, said: Catalogue, *, ids: tuple[str, ...] = (), on: date | None = None
) -> tuple[str, ...]:
    """Return what is known of reference values, those without a value included.

    Parameters
    ----------
    library
        Where they are.
    said
        The language they are told in.
    ids
        Which; empty: all. One that is named is told with every value it has had.
    on
        The day they are wanted for; None: the newest value of each.

    Raises
    ------
    UnknownReference
        When there is none of a name.

    Examples
    --------
    >>> from benefits.language import catalogue
    >>> from benefits.reference import load_library
    >>> lines = reference_lines(load_library(), catalogue("en"), ids=("vsl",))
    >>> lines[0]
    'vsl: Value of a statistical life'
    """
    return tuple(line for id in ids or library.ids() for line in _entry(id, library, said, named=bool(ids), on=on))


def _entry(id: str, library: Library, said: Catalogue, *, named: bool, on: date | None) -> Iterator[str]:
    history, empty = library.history(id), library.empty_entry(id)
    one = history[-1] if history else empty
    title = one.titles[said.language] if one is not None else id
    yield said.text("reference.list.entry", id=id, title=title)
    if empty is not None or one is None:
        yield from _empty(empty, said)
        return
    if on is not None:
        try:
            shown = [library.at(id, on)]
        except NoValueYet:
            shown = []
            yield said.text("reference.list.none_on", day=numbers(said.language).day(on))
    else:
        shown = list(history) if named else [history[-1]]
    for value in shown:
        yield from _value(value, said, on=on)
    if missing := library.missing_years(id):
        yield said.text("reference.list.missing", years=", ".join(map(str, missing)))
    if history[-1].warning is not None:
        yield said.text("reference.list.warning", warning=history[-1].warning[said.language])
    where = library.where_to_find(id)
    if where is not None and where[said.language]:
        yield said.text("reference.list.newer", where=where[said.language])


def _empty(empty: EmptyReference | None, said: Catalogue) -> Iterator[str]:
    if empty is None:
        yield said.text("reference.list.no_value")
        return
    unit = unit_in_words(empty.unit, empty.per or "none", said)
    yield said.text("reference.list.empty", unit=unit)
    if empty.where_to_find[said.language]:
        yield said.text("reference.list.found", where=empty.where_to_find[said.language])


def _value(value: ReferenceValue, said: Catalogue, *, on: date | None) -> Iterator[str]:
    written = numbers(said.language)
    words = amount(Value(id=value.id, value=value.value, unit=value.unit, per=value.per or "none"), said)
    if value.price_year is not None:
        words = said.text("reference.list.price_year", amount=words, year=str(value.price_year))
    days = {"first": written.day(value.valid_from)}
    if value.valid_until is not None:
        valid = said.text("reference.list.valid_until", last=written.day(value.valid_until), **days)
    else:
        valid = said.text("reference.list.valid_from", **days)
    yield said.text("reference.list.value", amount=words, valid=valid, standing=said.text(f"standing.{value.standing}"))
    if on is not None and value.outdated(on):
        yield said.text("reference.list.outdated", day=written.day(on))
    if value.source.address:
        yield said.text("reference.list.source", source=value.source.title, address=value.source.address)
    else:
        yield said.text("reference.list.source_only", source=value.source.title)
