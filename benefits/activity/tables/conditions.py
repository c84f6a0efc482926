"""From a declared filter to a condition on a column: each value becomes of the column's kind, or a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from benefits.activity.tables.engines.contract import Bound, Kind
from benefits.activity.tables.sql import Condition
from benefits.activity.tables.texts import missing_columns
from benefits.errors import InvalidInput, Problem

_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,9})?")
_TRUTHS = {"true": True, "false": False}


class Filter(Protocol):
    """Which rows of a table are used, as declared; what is empty or None is not asked about."""

    @property
    def column(self) -> str:
        """The column as the table names it."""

    @property
    def one_of(self) -> tuple[str, ...]:
        """Values, as written."""

    @property
    def not_one_of(self) -> tuple[str, ...]:
        """Values, as written."""

    @property
    def at_least(self) -> float | date | None:
        """A lower bound, itself included."""

    @property
    def at_most(self) -> float | date | None:
        """An upper bound, itself included."""


def conditions_of(filters: Iterable[Filter], kinds: Mapping[str, Kind], *, place: str) -> tuple[Condition, ...]:
    """Return the filters as conditions.

    Parameters
    ----------
    filters
        As declared.
    kinds
        The table's columns and what they hold.
    place
        The table's name.

    Raises
    ------
    InvalidInput
        For each column that is not there, and each value that no cell of its column could have.
    """
    asked = tuple(filters)
    problems = missing_columns([one.column for one in asked], list(kinds), place=place)
    found: list[Condition] = []
    for one in asked:
        if one.column not in kinds:
            continue
        kind = kinds[one.column]
        words: dict[str, Bound | None] = {word: _word(word, kind) for word in (*one.one_of, *one.not_one_of)}
        limits: list[float | date] = [bound for bound in (one.at_least, one.at_most) if bound is not None]
        bounds = {bound: _bound(bound, kind) for bound in limits}
        wrong = [str(value) for value, made in (*words.items(), *bounds.items()) if made is None]
        parameters = {"column": one.column}
        problems += [
            Problem(place=place, code="filter_value_unlike_column", value=value, parameters=parameters)
            for value in wrong
        ]
        if not wrong:
            found.append(
                Condition(
                    column=one.column,
                    kind=kind,
                    one_of=tuple(made for word in one.one_of if (made := words[word]) is not None),
                    not_one_of=tuple(made for word in one.not_one_of if (made := words[word]) is not None),
                    at_least=None if one.at_least is None else bounds[one.at_least],
                    at_most=None if one.at_most is None else bounds[one.at_most],
                )
            )
    if problems:
        raise InvalidInput(tuple(problems))
    return tuple(found)


def _word(value: str, kind: Kind) -> Bound | None:
    text = str(value).strip()
    if kind == "whole":
        return int(text) if _WHOLE.fullmatch(text) else None
    if kind == "number":
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    if kind in {"date", "time"}:
        return _day(text)
    if kind == "truth":
        return _TRUTHS.get(text.lower())
    return str(value)


def _bound(value: float | date, kind: Kind) -> Bound | None:
    """A text column has no order to lie between in; dates and numbers have each their own."""
    if isinstance(value, date):
        # A datetime is a date too; its day is what counts.
        day = value.date() if isinstance(value, datetime) else value
        return day if kind in {"date", "time"} else None
    if kind not in {"whole", "number"}:
        return None
    return int(value) if float(value).is_integer() else float(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
