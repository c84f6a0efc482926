"""How figures that are no sums of flows come about, by family of ids: one line each, and one more for a new family."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate

from benefits.results.explain.model import How


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Figures whose ids look alike: which sentence says how they come about, and where their parts are.

    Attributes
    ----------
    pattern
        Of the id; its named groups stand in ``parts``.
    kind
        ``explain.is.<kind>`` in the catalogues.
    how
        How a figure follows from the parts.
    parts
        Ids, with ``*`` for any one step and more, a minus before one that is taken away, and a bar between one and what
        stands instead where it is not there. What there is none of is left out, and a figure of which nothing is left
        is what is found or stated itself.
    """

    pattern: re.Pattern[str]
    kind: str
    how: How = "leaf"
    parts: tuple[str, ...] = ()


def _of(pattern: str, kind: str, how: How = "leaf", *parts: str) -> Family:
    return Family(pattern=re.compile(pattern), kind=kind, how=how, parts=parts)


_B, _A, _S = "(?P<b>[^.]+)", "(?P<a>[^.]+)", "(?P<s>[^.]+)"
_Y = r"(?P<y>(?:\.\d{4})?)"

FAMILIES: tuple[Family, ...] = (
    # What the plan states.
    _of(r"assumption\.(?P<x>.+)", "assumption", "function", "before_index.{x}"),
    _of(r"index_growth\.(?P<x>.+)", "index", "function", "before_index.{x}"),
    _of(r"(before_index|correlated|financing|project|milestone|replacement|request)\..+", "stated"),
    _of(r"cost\.[^.]+", "stated"),
    _of(rf"benefit\.{_B}\.(target|selection\..+)", "stated"),
    _of(r"service\.[^.]+\.(input\..+|agreed)|arena\.[^.]+\.input\..+", "stated"),
    _of(r"early\.[^.]+\.target", "stated"),
    _of(r"carried\..+", "carried"),
    _of(r"count\..+|sensitivity\.[^.]+\.others", "counted_in_plan"),
    _of(r"level|power|chart\.fewest|tests\..+", "setting"),
    # What is published.
    _of(r"(discount_rate|reference|shipped)\..+", "reference"),
    _of(r"published_range\.(?P<b>[^.]+)\.(assumption|target)", "published_range", "function", "benefit.{b}.target"),
    _of(r"published_range\..+", "published_range"),
    _of(r"evidence\..+", "evidence"),
    # What is found in data, reported or measured.
    _of(rf"benefit\.{_B}\.baseline\.(adjusted|expected_drop)", "adjusted", "function", "benefit.{b}.selection.*"),
    _of(rf"benefit\.{_B}\.baseline\..+", "counted"),
    _of(
        rf"benefit\.{_B}\.baseline",
        "baseline",
        "function",
        "benefit.{b}.baseline.events",
        "benefit.{b}.baseline.exposure",
    ),
    _of(rf"benefit\.{_B}\.hoped", "hoped", "function", "benefit.{b}.baseline", "benefit.{b}.target"),
    _of(rf"benefit\.{_B}\.measurement\.(?P<i>\d+)\.change", "change", "function", "benefit.{b}.measurement.{i}"),
    _of(rf"benefit\.{_B}\.measurement\..+", "reported"),
    _of(rf"benefit\.{_B}\.needed\..+", "needed", "function", "benefit.{b}.smallest", "benefit.{b}.smallest.*"),
    _of(rf"benefit\.{_B}\.smallest\..+", "counted"),
    _of(rf"benefit\.{_B}\.smallest", "smallest", "function", "benefit.{b}.smallest.*", "level", "power"),
    _of(r"verdict\.(?P<b>[^.]+)\..+", "verdict", "function", "benefit.{b}.baseline", "benefit.{b}.target"),
    _of(r"(data|realised|answers|deviation|since)\..+", "counted"),
    _of(r"(?P<x>series\..+)\.(count|exposure)", "counted"),
    _of(r"(?P<x>series\.[^.]+\.[^.]+\.chart)\..+", "chart"),
    _of(r"series\..+\.variation\..+", "variation"),
    _of(r"(?P<x>series\..+)", "counted", "function", "{x}.count", "{x}.exposure"),
    _of(
        rf"estimate\.{_B}\.(?P<m>[^.]+)\.(effect|ratio)",
        "measured",
        "function",
        "estimate.{b}.{m}.observed",
        "estimate.{b}.{m}.counterfactual",
        "estimate.{b}.{m}.n",
        "estimate.{b}.{m}.exposure",
    ),
    _of(r"estimate\..+", "measured_part"),
    _of(r"without_heaviest\..+", "without_heaviest"),
    _of(r"(ledger|early)\..+", "reported"),
    _of(r"service_use\.(?P<x>.+)\.difference\..+", "difference_in_use", "function", "service_use.{x}.planned.*"),
    _of(r"service_use\..+\.planned\..+", "planned_use"),
    _of(r"service_use\..+", "reported"),
    _of(r"advice\..+", "advice"),
    # Prices.
    _of(rf"service\.{_S}\.full", "price", "sum", "service.{s}.part.*"),
    _of(
        rf"service\.{_S}\.year\.(?P<y>\d+)\.difference",
        "price_difference",
        "difference",
        "service.{s}.year.{y}.charged",
        "-service.{s}.year.{y}.cost",
    ),
    _of(rf"service\.{_S}\..+", "price_part", "function", "service.{s}.input.*", "project.volume.*"),
    _of(r"shared_resource\.(?P<s>[^.]+)\..+", "price_part", "function", "shared_resource.{s}.input.*"),
    _of(r"arena\.(?P<s>[^.]+)\..+", "arena", "function", "arena.{s}.input.*"),
    # Who pays and who gains.
    _of(rf"layer\.(?P<basis>[^.]+)\.{_B}\.by_action{_Y}", "by_action", "function", "layer.{basis}.{b}.cash{y}"),
    _of(
        rf"break_even\.{_B}\.{_A}\.events_needed",
        "events_needed",
        "quotient",
        "break_even.{b}.{a}.cost",
        "break_even.{b}.{a}.net_per_event",
    ),
    _of(rf"break_even\.{_B}\.{_A}\.events_expected", "events_at_all", "function", "project.volume.*"),
    _of(rf"break_even\.{_B}\.society\.cost", "cost_to_cover", "function", "society.expected.cost"),
    _of(
        rf"break_even\.{_B}\.{_A}\.cost",
        "cost_to_cover",
        "function",
        "actor.{a}.expected.cost",
        "actor.{a}.expected.transfer",
    ),
    _of(
        rf"break_even\.{_B}\..+",
        "net_per_event",
        "function",
        "layer.expected.{b}.cash",
        "quantity.expected.{b}.*",
        "transfer.expected.{b}.*",
    ),
    _of(rf"payback\.{_A}\..+", "payback", "function", "actor.{a}.expected.net"),
    _of(
        rf"financing_gap\.{_A}\.gap{_Y}",
        "gap",
        "difference",
        "financing_gap.{a}.cost{y}",
        "financing_gap.{a}.price_paid{y}",
        "-financing_gap.{a}.grants{y}",
        "-financing_gap.{a}.own{y}",
        "-financing_gap.{a}.price_received{y}",
    ),
    _of(rf"financing_gap\.{_A}\.cost{_Y}", "gap_cost", "function", "actor.{a}.expected.cost{y}"),
    _of(rf"financing_gap\.{_A}\.own{_Y}", "stated", "function", "financing.*"),
    _of(rf"financing_gap\.{_A}\..+?{_Y}", "gap_transfer", "function", "actor.{a}.expected.transfer{y}"),
    _of(r"investment\.(?P<x>[^.]+)\.lifetime", "stated"),
    _of(r"investment\.(?P<x>[^.]+)\..+", "investment", "function", "cost.{x}", "investment.{x}.lifetime"),
    _of(
        rf"yearly_cost\.{_A}\.sum\.(?P<y>\d+)",
        "sum",
        "sum",
        "yearly_cost.{a}.running.{y}",
        "yearly_cost.{a}.investment.*.{y}",
    ),
    _of(rf"yearly_cost\.{_A}\.investment\.(?P<x>[^.]+)\..+", "investment", "function", "investment.{x}.*"),
    _of(rf"yearly_cost\.{_A}\.running\.(?P<y>\d+)", "gap_cost", "function", "actor.{a}.expected.cost.{y}"),
    _of(r"health_value\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.growth", "stated"),
    _of(
        r"health_value\.(?P<basis>[^.]+)\.(?P<b>[^.]+).*",
        "health",
        "function",
        "quantity.{basis}.{b}.qaly",
        "quantity.{basis}.{b}.points",
    ),
    _of(
        r"(present_value\.)?society\.expected\.(tax_financing|with_tax_financing|net_with_tax).*",
        "tax",
        "function",
        "society.expected.net",
    ),
    _of(r"new_activity\.(?P<x>[^.]+)\.quantity.*", "new_activity", "function", "project.volume.*"),
    _of(
        rf"freed_time\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.hours{_Y}",
        "same",
        "sum",
        "quantity.{basis}.{b}.hours{y}",
    ),
    _of(
        rf"freed_time\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.[a-z_]+{_Y}",
        "freed_time",
        "function",
        "freed_time.{basis}.{b}.hours{y}",
    ),
    _of(
        rf"actor_capacity\.society\.(?P<basis>[^.]+)\.(?P<u>[a-z_]+){_Y}",
        "capacity_of_all",
        "function",
        "actor_capacity.*.{basis}.{u}{y}",
    ),
    _of(
        rf"(?P<p>staff\.[^.]+\.[^.]+\.[^.]+|staff_society\.[^.]+)\.net\.(?P<u>[a-z_]+){_Y}",
        "staff_net",
        "difference",
        "{p}.usable.{u}{y}|{p}.freed.{u}{y}",
        "-{p}.used.{u}{y}",
        "-{p}.moved.{u}{y}",
    ),
    _of(
        rf"staff_society\.(?P<basis>[^.]+)\.(?P<n>[^.]+)\.(?P<u>[a-z_]+){_Y}",
        "staff_sum",
        "function",
        "staff.{basis}.*.all.{n}.{u}{y}",
    ),
    _of(
        rf"staff\.(?P<basis>[^.]+)\.(?P<a>[^.]+)\.all\.(?P<n>[^.]+)\.(?P<u>[a-z_]+){_Y}",
        "staff_sum",
        "sum",
        "staff.{basis}.{a}.*.{n}.{u}{y}",
    ),
    _of(
        r"staff\.(?P<basis>[^.]+)\.(?P<a>[^.]+)\.[^.]+\.used\..+",
        "staff_used",
        "function",
        "service.*.input.task.*",
        "project.volume.*",
    ),
    _of(
        r"staff\.(?P<basis>[^.]+)\.(?P<a>[^.]+)\..+",
        "staff_part",
        "function",
        "quantity.{basis}.*.hours",
        "quantity.{basis}.*.minutes",
    ),
    _of(
        rf"refilled\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.(?P<u>[a-z_]+){_Y}",
        "refilled",
        "function",
        "quantity.{basis}.{b}.{u}{y}",
    ),
    _of(r"marginal\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.own", "marginal", "function", "layer.{basis}.{b}.whole"),
    _of(
        r"marginal\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\.(?P<x>.+)",
        "marginal",
        "function",
        "layer.{basis}.{b}.whole",
        "reference.marginal_share.{x}",
    ),
    _of(r"replaced\.(?P<basis>[^.]+)\.(?P<b>[^.]+)\..+", "replaced", "function", "quantity.{basis}.{b}.*"),
    _of(
        rf"price_interval\.{_S}\..+",
        "price_interval",
        "function",
        "service.{s}.agreed",
        "service.{s}.full",
        "actor.*.expected.net",
    ),
    _of(
        rf"settlement\.{_S}\.after\.{_A}",
        "settlement_after",
        "sum",
        "settlement.{s}.before.{a}",
        "settlement.{s}.received.{a}",
    ),
    _of(
        rf"settlement\.{_S}\..+",
        "settlement",
        "function",
        "price_interval.{s}.cash.low",
        "price_interval.{s}.cash.high",
        "actor.*.expected.net",
    ),
    _of(r"scenario\.[^.]+\.[^.]+\.net\.(?P<a>[^.]+)", "scenario", "function", "actor.{a}.expected.net"),
    _of(r"scenario\..+", "scenario", "function", "price_interval.*.cash.low", "price_interval.*.cash.high"),
    _of(rf"sensitivity\.{_A}\.probability", "probability", "function", "actor.{a}.expected.net", "{a}.expected.net"),
    _of(
        rf"sensitivity\.{_A}\.(?P<x>.+)\.(low|high|net)",
        "sensitivity",
        "function",
        "actor.{a}.expected.net",
        "{a}.expected.net",
        "assumption.{x}",
        "cost.{x}",
    ),
    _of(
        rf"bridge\.{_B}\.(?P<q>[^.]+)\.difference",
        "difference",
        "difference",
        "bridge.{b}.{q}.end",
        "-bridge.{b}.{q}.start",
    ),
    _of(
        rf"bridge\.{_B}\.(?P<q>[^.]+)\.end",
        "bridge_end",
        "sum",
        "bridge.{b}.{q}.start",
        "bridge.{b}.{q}.volume",
        "bridge.{b}.{q}.uptake",
        "bridge.{b}.{q}.timing",
        "bridge.{b}.{q}.effect",
        "bridge.{b}.{q}.price",
    ),
    _of(rf"bridge\.{_B}\.cash\.start", "bridge_start", "function", "layer.expected.{b}.cash"),
    _of(rf"bridge\.{_B}\.[^.]+\.start", "bridge_start", "function", "quantity.expected.{b}.*"),
    _of(rf"bridge\.{_B}\.(hoped|patient_months)", "bridge_part"),
    _of(rf"bridge\.{_B}\.(?P<q>[^.]+)\..+", "bridge_cause", "function", "bridge.{b}.{q}.start"),
)
"""In order: an id is of the first family it fits."""


def family_of(id: str) -> tuple[Family, Mapping[str, str]] | None:
    """Return the family of an id and what its named parts are; None when it is of none.

    Examples
    --------
    >>> family, named = family_of("break_even.g1.hf.events_needed")
    >>> family.kind, named["a"]
    ('events_needed', 'hf')
    """
    for family in FAMILIES:
        found = family.pattern.fullmatch(id)
        if found is not None:
            return family, {name: text or "" for name, text in found.groupdict().items()}
    return None


def parts_of(id: str, family: Family, named: Mapping[str, str], ids: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the ids of the parts of a figure there are, and whether each is taken away; never the figure itself."""
    seen = {id}
    for template in family.parts:
        for one in _first_there(template.removeprefix("-").format(**named), ids):
            if one not in seen and not _apart(one):
                seen.add(one)
                yield one, template.startswith("-")


def _first_there(wanted: str, ids: tuple[str, ...]) -> list[str]:
    for one in wanted.split("|"):
        if found := _fitting(one, ids) if "*" in one else [one] if one in ids else []:
            return found
    return []


def _fitting(pattern: str, ids: tuple[str, ...]) -> list[str]:
    # There are thousands of ids, and most do not even begin as the pattern does.
    begins, fits = pattern.partition("*")[0], re.compile(translate(pattern)).match
    return [id for id in ids if id.startswith(begins) and fits(id)]


def _apart(id: str) -> bool:
    """Whether it is on a line of its own, outside every sum: the time of relatives."""
    return id.startswith("staff.") and ".relatives." in id
