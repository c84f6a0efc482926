"""Tables whose rows are Values: a family of ids is a table, and what an id names becomes columns of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benefits.results.values import Value

TAIL = (
    "id",
    "value",
    "low",
    "high",
    "unit",
    "per",
    "price_year",
    "grade",
    "standing",
    "source",
    "suppressed",
    "reason",
)
"""The columns after those of the id."""
_ACTOR, _BASIS, _YEAR = "(?P<actor>[^.]+)", "(?P<basis>expected|measured|realised)", r"(?:\.(?P<year>\d{4}))?"
_MONEY = "cost|cash|capacity|not_avoided|transfer|net"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTable:
    """A table of Values: which ids belong to it, and the columns their named parts become."""

    columns: tuple[str, ...]
    pattern: re.Pattern[str]

    def rows(self, values: Mapping[str, Value]) -> Iterator[dict[str, Any]]:
        """Yield one row per Value whose id is of this table, in the order of the ids."""
        for id, value in values.items():
            found = self.pattern.fullmatch(id)
            if found is not None:
                named = {name: found.groupdict().get(name) for name in self.columns}
                when = named.get("year")
                year = {"year": int(when)} if when else {}
                yield {**named, **year, **{name: getattr(value, name) for name in TAIL}}


def _table(pattern: str, *columns: str) -> ValueTable:
    return ValueTable(columns=columns, pattern=re.compile(pattern))


VALUE_TABLES: Mapping[str, ValueTable] = {
    "actors": _table(
        rf"(?:actor\.{_ACTOR}|society)\.{_BASIS}\.(?P<part>{_MONEY}){_YEAR}", "actor", "basis", "part", "year"
    ),
    "actor_capacity": _table(
        rf"actor_capacity\.{_ACTOR}\.{_BASIS}\.(?P<part>bed_days|hours){_YEAR}", "actor", "basis", "part", "year"
    ),
    "quantities": _table(rf"quantity\.{_BASIS}\.(?P<item>.+?)\.[a-z_]+{_YEAR}", "basis", "item", "year"),
    "layers": _table(
        rf"layer\.{_BASIS}\.(?P<item>.+?)\.(?P<part>whole|by_action|{_MONEY}){_YEAR}", "basis", "item", "part", "year"
    ),
    "transfers": _table(
        rf"transfer\.{_BASIS}\.(?P<item>.+)\.(?P<actor>(?!\d{{4}}$)[^.]+){_YEAR}", "basis", "item", "actor", "year"
    ),
    "replacements": _table(
        rf"replaced\.{_BASIS}\.(?P<benefit>[^.]+)\.(?P<item>[^.]+)\.(?P<part>[a-z_]+){_YEAR}",
        "basis",
        "benefit",
        "item",
        "part",
        "year",
    ),
    "marginal_shares": _table(
        rf"marginal\.{_BASIS}\.(?P<benefit>[^.]+)\.(?P<part>[a-z_]+)", "basis", "benefit", "part"
    ),
    "staff": _table(
        rf"staff\.{_BASIS}\.{_ACTOR}\.(?P<profession>[^.]+)\.(?P<part>[^.]+)\.(?:hours|full_time_years){_YEAR}",
        "basis",
        "actor",
        "profession",
        "part",
        "year",
    ),
    "present_values": _table(
        rf"present_value\.{_ACTOR}\.expected\.(?P<part>cost|net)(?:\.(?P<scenario>discount_rate\..+))?",
        "actor",
        "part",
        "scenario",
    ),
    "financing_gaps": _table(rf"financing_gap\.{_ACTOR}\.(?P<part>[a-z_]+){_YEAR}", "actor", "part", "year"),
    "budgets": _table(
        rf"budget\.{_ACTOR}\.(?:line\.[a-z_]+\.(?P<item>.+)|(?P<part>[a-z_]+))\.(?P<year>\d{{4}})",
        "actor",
        "item",
        "part",
        "year",
    ),
    "break_even": _table(rf"break_even\.(?P<benefit>[^.]+)\.{_ACTOR}\.(?P<part>[a-z_]+)", "benefit", "actor", "part"),
    "service_prices": _table(r"service\.(?P<service>[^.]+)\.(?!input\.|year\.)(?P<part>.+)", "service", "part"),
    "service_years": _table(
        r"service\.(?P<service>[^.]+)\.year\.(?P<year>\d{4})\.(?P<part>.+)", "service", "year", "part"
    ),
    "service_inputs": _table(r"service\.(?P<service>[^.]+)\.input\.(?P<input>.+)", "service", "input"),
    "price_intervals": _table(r"price_interval\.(?P<service>[^.]+)\.(?P<part>.+)", "service", "part"),
    "settlements": _table(
        rf"settlement\.(?P<service>[^.]+)\.(?P<part>[a-z_]+)(?:\.{_ACTOR})?", "service", "part", "actor"
    ),
    "scenarios": _table(
        rf"scenario\.(?P<scenario>[^.]+\.[^.]+)\.(?:(?P<service>(?!net\.)[^.]+)\.)?(?P<part>net|low|high)(?:\.{_ACTOR})?",
        "scenario",
        "service",
        "part",
        "actor",
    ),
    "sensitivity": _table(
        rf"sensitivity\.{_ACTOR}\.(?:(?P<input>.+)\.)?(?P<part>low|high|net|probability)", "actor", "input", "part"
    ),
    "bridges": _table(
        r"bridge\.(?P<benefit>[^.]+)\.(?P<quantity>[^.]+)\.(?P<part>[^.]+)", "benefit", "quantity", "part"
    ),
    "arenas": _table(r"arena\.(?P<service>[^.]+)\.(?P<part>.+)", "service", "part"),
    "estimates": _table(r"estimate\.(?P<benefit>[^.]+)\.(?P<method>[^.]+)\.(?P<part>.+)", "benefit", "method", "part"),
}
"""By the name of the table; society's rows among the actors have no actor."""
