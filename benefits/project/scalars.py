"""What one unquoted word of a project file stands for: a number, a date, yes or no, or just text.

YAML 1.2 decides, with three differences that keep a slip of the pen from becoming a wrong number: a number that can be
read in two ways stays both, a date that is in no calendar stays as it was written, and numbers in other bases are text.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from benefits.project.fields import AmbiguousNumber

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_WHOLE = re.compile(r"[+-]?\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGITS = 15
"""More digits than this are no amount, and would not survive as a float."""


class ImpossibleDate(str):
    """A date as it was written that is in no calendar, as ``2025-02-30``."""

    __slots__ = ()


class Unusable(ValueError):
    """A number that no field takes; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def unusable_number(number: float) -> str:
    """Return why no field takes a number, as a code: it is none, or has too many digits; empty when it can be used.

    Examples
    --------
    >>> unusable_number(float("nan")), unusable_number(1e300), unusable_number(12.5)
    ('not_finite', 'number_too_large', '')
    """
    if isinstance(number, float) and not isfinite(number):
        return "not_finite"
    return "number_too_large" if abs(number) >= 10**_DIGITS else ""


def plain_value(raw: str, tag: str) -> Any:
    """Return what an unquoted scalar stands for.

    Parameters
    ----------
    raw
        The scalar as written.
    tag
        Its resolved YAML 1.2 tag.

    Returns
    -------
    Any
        None, bool, int, float, AmbiguousNumber, date, ImpossibleDate or str.

    Raises
    ------
    Unusable
        For infinity, not-a-number and numbers of more than 15 digits.

    Examples
    --------
    >>> plain_value("2025-02-30", "tag:yaml.org,2002:timestamp")
    '2025-02-30'
    >>> plain_value("0301", "tag:yaml.org,2002:int")
    301
    >>> plain_value("1_000", "tag:yaml.org,2002:int").readings
    ('1.000', '1000')
    """
    kind = tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return raw.lower() == "true"
    if kind in ("int", "float"):
        return _number(raw)
    if kind == "timestamp" and _DAY.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return ImpossibleDate(raw)
    return raw


def _number(raw: str) -> Any:
    if raw.lower().lstrip("+-") in (".inf", ".nan"):
        raise Unusable("not_finite")
    if "_" in raw or THOUSANDS.fullmatch(raw):
        try:
            return AmbiguousNumber(raw)
        except ValueError:
            return raw
    if _WHOLE.fullmatch(raw):
        if len(raw.lstrip("+-").lstrip("0")) > _DIGITS:
            raise Unusable("number_too_large")
        return int(raw)
    try:
        number = float(raw)
    except ValueError:
        return raw
    if unusable_number(number):
        raise Unusable("number_too_large")
    return number


def suggested_number(raw: str) -> str | None:
    """Return a number written the Norwegian way as the file wants it; None when it is no number or has two readings.

    Examples
    --------
    >>> [suggested_number(raw) for raw in ("45 000", "12,5", "kr 1.234,50", "16 %", "1,234", "mange")]
    ['45000', '12.5', '1234.50', '0.16', None, None]
    """
    text = re.sub(r"[\s\u00a0\u202f\u2009']", "", raw).replace("\u2212", "-").lower()
    text = re.sub(r"^(kr|nok)\.?|(kr|nok|kroner|,-)\.?$", "", text)
    share = text.endswith("%")
    text = text.removesuffix("%")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
        return None
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", text) and (text.count(".") > 1 or "," in text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text) or THOUSANDS.fullmatch(text):
        return None
    return _hundredth(text) if share else text


def _hundredth(text: str) -> str:
    return f"{(Decimal(text) / 100).normalize():f}"


def suggested_date(raw: str) -> str | None:
    """Return a date written the Norwegian way, or in quotes, as the file wants it; None when it is no date.

    Examples
    --------
    >>> [suggested_date(raw) for raw in ("01.02.2025", "1/2 2025", "2025-2-1", "31.02.2025", "snart")]
    ['2025-02-01', '2025-02-01', '2025-02-01', None, None]
    """
    text = raw.strip()
    if day_first := re.fullmatch(r"(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})", text):
        day, month, year = (int(part) for part in day_first.groups())
    elif year_first := re.match(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$", text):
        year, month, day = (int(part) for part in year_first.groups())
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
