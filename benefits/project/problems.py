"""Turns what the model refuses into problems people understand: one mistake, one problem, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from benefits.errors import Parameter
from benefits.project.fields import ID_PATTERN, AmbiguousNumber
from benefits.project.model import Project
from benefits.project.places import Fault, Loc, Place, Reading, known_place
from benefits.project.rules_common import likeness, nearest
from benefits.project.scalars import ImpossibleDate, suggested_date, suggested_number
from benefits.project.shape import has_year_keys, known_keys

ALIKE = 0.6
"""An unknown key at least this like a missing one is the missing one, misspelt."""

TO_ASSUMPTIONS = frozenset(
    {
        "amount",
        "weight",
        "share",
        "exempt_share",
        "journeys",
        "cost",
        "reimbursement",
        "expected_events",
        "effect",
        "unit_cost",
        "cash_share",
        "staff_share",
        "realisation_share",
        "refill_share",
        "bed_days",
        "hours",
        "hours_per_full_time_year",
        "avoided_growth_share",
        "health_value",
        "available",
        "per_year",
        "per_patient_year",
        "tax_financing",
    }
)
"""Keys about what events are worth that name an assumption, and hold no number themselves."""

_BY_TYPE = {
    "bool_type": "not_true_false",
    "bound_type": "bound_type",
    "string_too_short": "empty_text",
    "text_empty": "empty_text",
    "too_short": "empty_list",
    "finite_number": "not_finite",
    "tuple_type": "list_expected",
    "text_language": "text_language",
    "assumption_form": "assumption_form",
    "assumption_unit": "assumption_unit",
    "price_year_missing": "price_year_missing",
    "quantity_form": "quantity_form",
    "quantity_order": "quantity_order",
    "quantity_ratio": "quantity_ratio",
}
_FORMS = frozenset({"assumption_form", "quantity_form"})
_LIMITS = {
    "greater_than_equal": ("too_small", "ge"),
    "greater_than": ("not_above", "gt"),
    "less_than_equal": ("too_large", "le"),
    "less_than": ("too_large", "lt"),
    "string_too_long": ("text_too_long", "max_length"),
}
_KEY = re.compile(r"[a-z][a-z0-9_]*")
"""What every key of a project file looks like; anything else without a value is the rest of a text."""
_NUMBERS = {"float_type", "int_type", "int_from_float", "quantity_type", "ambiguous_number"}
_UNION = {"str", "int", "float", "bool"}
_Found = tuple[str, dict[str, Parameter]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing the model refuses: the fault to show, and what to leave out of the data to read on."""

    fault: Fault
    loc: Loc
    missing: bool


def refused(errors: Iterable[ErrorDetails]) -> Iterator[tuple[Loc, bool]]:
    """Yield where each value is that the model refuses, and whether it is missing.

    Unlike ``refusals`` nothing is left out, and places are those of the data that was validated.
    """
    for error in errors:
        loc = tuple(error["loc"])
        yield loc[:-1] if loc[-1:] == ("[key]",) else loc, error["type"] == "missing"


def refusals(
    errors: Iterable[ErrorDetails], reading: Reading, *, model: type[BaseModel] = Project
) -> tuple[Refusal, ...]:
    r"""Return one refusal for each mistake the model found.

    Parameters
    ----------
    errors
        ``ValidationError.errors()`` of the project.
    reading
        The file they were found in.
    model
        What the file was to become.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from benefits.project.places import read_yaml
    >>> reading = read_yaml("format: 1\nid: dho\ntitel: Start\n")
    >>> try:
    ...     Project.model_validate(reading.data)
    ... except ValidationError as error:
    ...     found = refusals(error.errors(), reading)
    >>> [(one.fault.code, one.fault.line, one.fault.parameters["nearest"]) for one in found]
    [('unknown_key', 3, 'title')]
    """
    found: dict[tuple[Any, ...], Refusal] = {}
    for error in errors:
        refusal = _refusal(error, reading, model)
        found.setdefault((refusal.loc, refusal.missing), refusal)
    return tuple(_without_echoes(found.values(), reading))


def blank_keys(reading: Reading, model: type[BaseModel] = Project) -> Iterator[Fault]:
    r"""Yield a fault for each key without a value that nothing knows: misspelt, or the rest of a text cut by a comma.

    A blank key is left out before the model looks, which would pass over both.

    Examples
    --------
    >>> from benefits.project.places import read_yaml
    >>> cut = read_yaml("format: 1\nevents: [{date: 2024-01-01, title: Flom, ras og vind}]\nfase:\n")
    >>> [(fault.code, fault.line, fault.value) for fault in blank_keys(cut)]
    [('text_cut_by_comma', 2, 'Flom, ras og vind'), ('unknown_key', 3, 'fase')]
    """
    for loc, before in reading.blank.items():
        known = known_keys(model, loc[:-1])
        if not known or loc[-1] in known:
            continue
        place = reading.places[loc]
        if _KEY.fullmatch(place.key):
            yield _unknown_key(loc, reading, model).fault
        else:
            yield Fault(code="text_cut_by_comma", line=place.key_line, value=f"{before}, {place.key}")


def _without_echoes(found: Iterable[Refusal], reading: Reading) -> Iterator[Refusal]:
    """Leave out what only follows from another mistake.

    That is a missing key that was misspelt, or whose value was refused when the file was read, a number that is not
    said because of that, and a list that is empty because its items are refused.
    """
    everything = list(found)
    unknown = [(one.loc[:-1], str(one.loc[-1])) for one in everything if one.fault.code == "unknown_key"]
    for one in everything:
        if one.missing:
            key = str(one.loc[-1])
            misspelt = any(one.loc[:-1] == parent and likeness(word, key) >= ALIKE for parent, word in unknown)
            if misspelt or one.loc in reading.dropped:
                continue
        else:
            gone = {"empty_list": [other.loc for other in everything]} | {code: [*reading.dropped] for code in _FORMS}
            if any(_is_inside(loc, one.loc) for loc in gone.get(one.fault.code, ())):
                continue
        yield one


def _is_inside(loc: Loc, other: Loc) -> bool:
    return len(loc) > len(other) and loc[: len(other)] == other


def _refusal(error: ErrorDetails, reading: Reading, model: type[BaseModel]) -> Refusal:
    loc, kind = tuple(error["loc"]), error["type"]
    if kind == "missing":
        return _missing(loc, reading)
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(loc, reading, model)
    is_key = loc[-1:] == ("[key]",)
    where, place = known_place(reading.places, loc[:-1] if is_key else loc)
    written = place.key if is_key else place.raw
    code, parameters = _said(error, written, model, is_key=is_key)
    line = place.key_line if is_key else place.line
    return Refusal(fault=Fault(code=code, line=line, value=written, parameters=parameters), loc=where, missing=False)


def _missing(loc: Loc, reading: Reading) -> Refusal:
    _, parent = known_place(reading.places, loc[:-1])
    blank: Place | None = reading.places.get(loc)
    line = blank.key_line if blank is not None else parent.line
    return Refusal(fault=Fault(code="missing", line=line, parameters={"key": str(loc[-1])}), loc=loc, missing=True)


def _unknown_key(loc: Loc, reading: Reading, model: type[BaseModel]) -> Refusal:
    _, place = known_place(reading.places, loc)
    key, known = place.key, known_keys(model, loc[:-1])
    parameters: dict[str, Parameter] = {"nearest": nearest(key, known), "known": ", ".join(known)}
    fault = Fault(code="unknown_key", line=place.key_line, value=key, parameters=parameters)
    return Refusal(fault=fault, loc=loc, missing=False)


def _said(error: ErrorDetails, written: str, model: type[BaseModel], *, is_key: bool) -> _Found:
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    loc = tuple(error["loc"])
    if len(loc) > 1 and loc[-1] in _UNION and "options" in loc:
        return "simple_value_expected", {}
    if is_key and kind not in {"string_pattern_mismatch", "literal_error"}:
        return "year_expected", {}
    if isinstance(given, dict) and loc[0] == "assumptions" and loc[-1] == "value":
        return "fields_in_value", {}
    if isinstance(given, AmbiguousNumber) or kind in _NUMBERS:
        return _number(given, written, kind)
    if kind.startswith(("date_", "date_from")):
        return _date(given, written)
    if kind in ("string_type", "string_pattern_mismatch") and not is_key and _is_number_for_assumption(loc, written):
        return "assumption_expected", {}
    if kind in ("string_type", "text_type"):
        is_code = loc[-1] == "code" and type(given) is int
        return ("code_unquoted" if is_code else "not_a_text"), {}
    if kind == "literal_error":
        return _one_of(written, re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]])
    if kind == "string_pattern_mismatch":
        return _pattern(written, context["pattern"])
    if kind in {"greater_than_equal", "less_than_equal"} and loc[:1] == ("correlated",):
        return "correlation_outside", {}
    if kind == "less_than_equal" and context["le"] == 1:
        return "share_outside", {}
    if kind in _LIMITS:
        code, name = _LIMITS[kind]
        return code, {"limit": f"{context[name]:g}"}
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _keys(loc, model)
    return _BY_TYPE.get(kind, "not_valid"), {}


def _is_number_for_assumption(loc: Loc, written: str) -> bool:
    """Whether a number stands where the name of the assumption that holds it should."""
    named = loc[-1] in TO_ASSUMPTIONS and not {"valuation", "new_activity", "present_value"}.isdisjoint(loc)
    return (named or loc[0] == "full_time_years") and suggested_number(written) is not None


def _number(given: Any, written: str, kind: str) -> _Found:
    if isinstance(given, AmbiguousNumber):
        first, second = given.readings
        if first != second:
            return "ambiguous_number", {"first": first, "second": second, "exact": f"{first}0"}
        return "number_written_otherwise", {"suggestion": second}
    if not isinstance(given, str):
        return ("not_a_whole_number" if kind.startswith("int") else "not_a_number"), {}
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", given.strip()):
        first = given.strip().replace(",", ".")
        return "ambiguous_number", {"first": first, "second": first.replace(".", ""), "exact": f"{first}0"}
    suggestion = suggested_number(given)
    if suggestion is not None and not (kind.startswith("int") and "." in suggestion):
        return "number_written_otherwise", {"suggestion": suggestion}
    return ("not_a_whole_number" if kind.startswith("int") else "not_a_number"), {}


def _date(given: Any, written: str) -> _Found:
    if isinstance(given, ImpossibleDate):
        return "no_such_date", {}
    suggestion = suggested_date(written)
    if suggestion is None:
        looks_like_one = re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{4}", written.strip())
        return ("no_such_date" if looks_like_one else "not_a_date"), {}
    if isinstance(given, date):
        return "not_a_date", {}
    return "date_written_otherwise", {"suggestion": suggestion}


def _one_of(written: str, allowed: list[str]) -> _Found:
    return "not_one_of", {"nearest": nearest(written, allowed), "allowed": ", ".join(allowed)}


def _pattern(written: str, pattern: str) -> _Found:
    if choices := re.fullmatch(r"\^\(([a-z_|]+)\)\$", pattern):
        return _one_of(written, choices[1].split("|"))
    if pattern.startswith("^[0-9]"):
        return "pattern_code", {}
    if pattern == ID_PATTERN:
        return "pattern_id", {}
    return ("pattern_project_id" if "{0,63}" in pattern else "pattern_reference"), {}


def _keys(loc: Loc, model: type[BaseModel]) -> _Found:
    if has_year_keys(model, loc):
        return "years_expected", {}
    known = known_keys(model, loc)
    return ("keys_expected", {"known": ", ".join(known)}) if known else ("entries_expected", {})
