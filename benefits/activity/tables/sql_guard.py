"""SQL that counts national identity numbers in a column, control digits and all, so that no value leaves the engine."""

from __future__ import annotations

from benefits.activity.tables.engines.contract import Dialect, Kind

# The weights of both control digits, the digit itself last: a number is valid when both sums are divisible by eleven.
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAY = "(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
_MONTH = "(0[1-9]|1[0-2]|4[1-9]|5[0-2]|6[6-9]|7[0-7]|8[1-9]|9[0-2])"
_ELEVEN = "[0-9]{6}[ \u00a0\u2009\u202f-]?[0-9]{5}"
_ALONE = f"^[ \u00a0]*{_ELEVEN}[ \u00a0]*$"
_TEN = "^[0-9]{10}$"
_SMALLEST, _LARGEST = 10**9, 8 * 10**10


def looks_like(column: str, kind: Kind, dialect: Dialect) -> str:
    """Say of a cell whether it may hold a number, cheaply: every cell of the table is asked.

    ``column`` is quoted already.
    """
    if kind in {"whole", "number"}:
        return f"{column} between {_SMALLEST} and {_LARGEST}"
    value = as_text(column, kind, dialect)
    return f"(length({value}) > 9 and {_matches(dialect, value, f'{_ELEVEN}|{_TEN}')})"


def as_text(column: str, kind: Kind, dialect: Dialect) -> str:
    """Write a cell as text, a number without decimals."""
    if kind == "text":
        return column
    whole = f"cast({column} as decimal(20, 0))" if kind == "number" else column
    return f"cast({whole} as {dialect.text})"


def counted(table: str, column: str, kind: Kind, dialect: Dialect) -> str:
    """Count, of the cells that may hold a number, those that do.

    Columns: ``valid`` (eleven digits), ``padded`` (ten digits, valid with a zero before), ``ten`` (ten digits), and
    ``longer`` (more text around, which is not looked into here).
    """
    text = as_text(column, kind, dialect)
    candidates = f"select {text} as v from {table} where {looks_like(column, kind, dialect)}"
    bare = "v"
    for mark in (" ", "\u00a0", "\u2009", "\u202f", "-"):
        bare = f"replace({bare}, '{mark}', '')"
    ten, alone = _matches(dialect, "v", _TEN), _matches(dialect, "v", _ALONE)
    kinds = f"case when {ten} then 'ten' when {alone} then 'eleven' else 'longer' end"
    digits = f"case when {ten} then concat('0', v) when {alone} then {bare} else '00000000000' end"
    sorted_out = f"select {kinds} as sort, {digits} as d from ({candidates}) as candidates"
    valid = (
        f"{_matches(dialect, 'd', f'^{_DAY}{_MONTH}')} "
        f"and mod({_weighted(_FIRST)}, 11) = 0 and mod({_weighted(_SECOND)}, 11) = 0"
    )
    return (
        f"select sum(case when sort = 'eleven' and {valid} then 1 else 0 end) as valid, "
        f"sum(case when sort = 'ten' and {valid} then 1 else 0 end) as padded, "
        "sum(case when sort = 'ten' then 1 else 0 end) as ten, "
        f"sum(case when sort = 'longer' then 1 else 0 end) as longer from ({sorted_out}) as sorted_out"
    )


def longer(table: str, column: str, kind: Kind, dialect: Dialect) -> str:
    """Select the different texts that have eleven digits and something more, and how often each stands there."""
    text = as_text(column, kind, dialect)
    return (
        f"select {text} as v, count(*) as times from {table} where {looks_like(column, kind, dialect)} "
        f"and not {_matches(dialect, text, _ALONE)} and not {_matches(dialect, text, _TEN)} group by {text}"
    )


def _weighted(weights: tuple[int, ...]) -> str:
    return " + ".join(
        f"{weight} * cast(substring(d, {place}, 1) as integer)" for place, weight in enumerate(weights, start=1)
    )


def _matches(dialect: Dialect, value: str, pattern: str) -> str:
    return dialect.matches.format(value=value, pattern=pattern)
