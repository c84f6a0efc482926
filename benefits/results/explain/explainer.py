"""Explains any figure of an assessed project, down to what somebody has stated, found or counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property

from benefits.economics import Flows
from benefits.economics.investment import is_residual
from benefits.results.explain.families import FAMILIES, family_of, parts_of
from benefits.results.explain.model import Explained, How, UnknownFigure
from benefits.results.explain.probing import probed
from benefits.results.explain.rows import ROW_KINDS, RowChains
from benefits.results.flow_values import MONEY
from benefits.results.model import Results
from benefits.results.sensitivity import model_of
from benefits.results.values import Value

_YEAR = re.compile(r"(?P<whole>.+)\.(?P<year>\d{4})")
_BASIS = "(?P<basis>expected|measured|realised)"
_LAYER = "(?P<layer>cost|cash|capacity|not_avoided|transfer)"
_SUMS = (
    rf"actor\.(?P<actor>[^.]+)\.{_BASIS}\.{_LAYER}",
    rf"quantity\.{_BASIS}\.(?P<item>.+)\.(?P<unit>[a-z_]+)",
    rf"layer\.{_BASIS}\.(?P<item>.+)\.{_LAYER}",
    rf"transfer\.{_BASIS}\.(?P<item>.+)\.(?P<actor>[^.]+)",
    rf"budget\.(?P<actor>[^.]+)\.line\.{_LAYER}\.(?P<item>.+)",
    rf"actor_capacity\.(?P<actor>(?!society\.)[^.]+)\.{_BASIS}\.(?P<unit>bed_days|hours)",
)
"""Ids of sums of rows of the flows, with which rows."""
_DEEPEST = 12
KINDS = frozenset(
    {
        *(family.kind for family in FAMILIES),
        *ROW_KINDS,
        "budget",
        "cumulative",
        "discount_factor",
        "discounted",
        "discounted_year",
        "everybody",
        "net",
        "other_rate",
        "sum_of_rows",
        "turned",
        "unknown",
        "whole",
    }
)
"""Every kind of figure there is; ``explain.is.<kind>`` in the catalogues says how it comes about."""


class Explainer:
    """Explains the figures of one assessed project.

    The calculation is looked through once, the first time it is needed, and not again.

    Parameters
    ----------
    results
        One assessed project.

    Examples
    --------
    ``Explainer(results).of("actor.kommune.expected.net")`` is the figure with everything behind it.
    """

    def __init__(self, results: Results) -> None:
        self.results = results
        self._ids = tuple(results.values)
        self._known: dict[str, Explained] = {}

    def of(self, figure: str | Value) -> Explained:
        """Return a figure with everything behind it.

        Parameters
        ----------
        figure
            A Value, or its id.

        Raises
        ------
        UnknownFigure
            When there is no such figure; names those that are near.
        """
        id = figure.id if isinstance(figure, Value) else str(figure)
        if id not in self.results.values:
            raise UnknownFigure(id, near=tuple(get_close_matches(id, self._ids, n=5, cutoff=0.4)))
        return self._of(id, depth=0)

    @cached_property
    def _rows(self) -> RowChains:
        model = model_of(self.results, draws=1)
        return RowChains(self.results, model=model, found=probed(model))

    def _of(self, id: str, *, depth: int) -> Explained:
        if id not in self._known:
            self._known[id] = self._made(id, depth=depth)
        return self._known[id]

    def _made(self, id: str, *, depth: int) -> Explained:
        value = self.results.values[id]
        year = _YEAR.fullmatch(id)
        whole, when = (year["whole"], int(year["year"])) if year is not None else (id, None)
        if when is not None and when not in self.results.flows.years:
            whole, when = id, None
        found = self._of_flows(whole, when, value, depth) if len(self.results.flows) else None
        return found or self._of_family(id, value, depth)

    def _of_family(self, id: str, value: Value, depth: int) -> Explained:
        found = family_of(id)
        if found is None:
            return Explained(id=id, kind="unknown", value=value)
        family, named = found
        signs = dict(parts_of(id, family, named, self._ids)) if depth < _DEEPEST else {}
        signs |= self._behind_input(id)
        parts = tuple(self._signed(one, minus=minus, depth=depth + 1) for one, minus in signs.items())
        name = id.removeprefix("assumption.")
        return Explained(
            id=id,
            kind=family.kind,
            value=value,
            how=family.how if parts else "leaf",
            parts=parts,
            given=_given(family.how, parts) if parts else None,
            input=self.results.inputs.get(name) if name != id else None,
        )

    def _behind_input(self, id: str) -> dict[str, bool]:
        """What an assumption points to: published evidence, or what the project has measured itself."""
        one = self.results.inputs.get(id.removeprefix("assumption.")) if id.startswith("assumption.") else None
        if one is None:
            return {}
        ids = [f"evidence.{one.evidence_id}"] if one.evidence_id else []
        if one.worked_out_from:
            benefit = one.name.partition(".")[2]
            estimate = self.results.estimate(benefit)
            if one.worked_out_from in {"measured", "comparison_group"} and estimate is not None:
                ids.append(f"estimate.{benefit}.{estimate.method}.{'effect' if one.name.startswith('effect') else 'n'}")
            else:
                ids += [f"benefit.{benefit}.baseline", f"benefit.{benefit}.baseline.adjusted"]
        return {one: False for one in ids if one in self.results.values}

    def _signed(self, id: str, *, minus: bool, depth: int) -> Explained:
        one = self._of(id, depth=depth)
        return replace(one, form="minus") if minus else one

    def _of_flows(self, whole: str, year: int | None, value: Value, depth: int) -> Explained | None:
        """A sum of rows, or of such sums; None when the id is of neither."""
        flows = self.results.flows
        for pattern in _SUMS:
            named = re.fullmatch(pattern, whole)
            if named is None:
                continue
            wanted = named.groupdict()
            if whole.startswith("budget."):
                wanted["basis"] = "expected"
            elif whole.startswith("transfer."):
                wanted["layer"] = "transfer"
            elif "unit" not in wanted:
                wanted["unit"] = "kroner"
            return self._sum(value, "sum_of_rows", self._rows.sums(flows.select(**wanted), year=year))
        return self._of_sums(whole, year, value, depth)

    def _of_sums(self, whole: str, year: int | None, value: Value, depth: int) -> Explained | None:
        suffix = f".{year}" if year is not None else ""
        actors = tuple(dict.fromkeys(row.actor for row in self.results.flows.index))
        if named := re.fullmatch(rf"(actor\.[^.]+\.{_BASIS})\.net", whole):
            return self._of_ids(value, "net", (f"{named[1]}.{layer}{suffix}" for layer in MONEY), depth)
        if named := re.fullmatch(rf"society\.{_BASIS}\.(?P<part>cost|cash|transfer|net)", whole):
            ids = (f"actor.{actor}.{named['basis']}.{named['part']}{suffix}" for actor in actors)
            return self._of_ids(value, "everybody", ids, depth)
        if named := re.fullmatch(rf"(layer\.{_BASIS}\..+)\.whole", whole):
            return self._of_ids(
                value, "whole", (f"{named[1]}.{one}" for one in ("cash", "capacity", "not_avoided")), depth
            )
        if named := re.fullmatch(r"actor\.(?P<actor>[^.]+)\.expected\.cumulative", whole):
            return self._cumulative(value, named["actor"], year, depth)
        if named := re.fullmatch(r"present_value\.(?P<actor>[^.]+)\.expected\.(?P<part>cost|net)", value.id):
            return self._discounted(value, named["actor"], named["part"])
        if named := re.fullmatch(
            r"present_value\.([^.]+)\.expected\.(cost|net)\.(?P<rate>discount_rate\..+)", value.id
        ):
            usual = (f"present_value.{named[1]}.expected.{named[2]}", named["rate"])
            return self._of_ids(value, "other_rate", usual, depth, how="function")
        if named := re.fullmatch(r"budget\.(?P<actor>[^.]+)\.(?P<part>investment|running|net)", whole):
            return self._of_ids(value, "budget", self._budget(named["actor"], named["part"], suffix), depth)
        if named := re.fullmatch(r"new_activity\.(?P<x>[^.]+)\.cost", whole):
            part = self.results.flows.select(item=f"new_activity.{named['x']}", layer="cost", unit="kroner")
            rows = tuple(self._rows.sums(part, year=year))
            return Explained(id=value.id, kind="turned", value=value, how="function", parts=rows)
        return None

    def _budget(self, actor: str, part: str, suffix: str) -> Iterable[str]:
        budgets = self.results.worth.budgets
        for one in budgets.actors if budgets is not None else ():
            if one.actor == actor:
                yield from (f"{row.prefix}{suffix}" for row in one.rows if part in {"net", row.group})

    def _cumulative(self, value: Value, actor: str, year: int | None, depth: int) -> Explained:
        assert year is not None
        left = [row for row in self.results.flows.index if row.actor == actor and is_residual(row.item)]
        ids = (f"actor.{actor}.expected.cumulative.{year - 1}", f"actor.{actor}.expected.net.{year}")
        parts = [self._of(id, depth=depth + 1) for id in ids if id in self.results.values]
        parts += [self._minus(one) for row in left for one in self._rows.sums(self._only(row.item, actor), year=year)]
        return self._sum(value, "cumulative", parts)

    def _only(self, item: str, actor: str) -> Flows:
        return self.results.flows.select(item=item, actor=actor)

    @staticmethod
    def _minus(one: Explained) -> Explained:
        return replace(one, form="minus")

    def _discounted(self, value: Value, actor: str, part: str) -> Explained:
        """Each year times what a krone of it is worth."""
        money = self.results.flows.select(unit="kroner", basis="expected", layer=MONEY if part == "net" else "cost")
        money = money if actor == "society" else money.select(actor=actor)
        parts = []
        for year, weight in _discount_factors(self.results).items():
            rows = tuple(self._rows.sums(money, year=year))
            if rows and weight:
                number = sum(one.number or 0.0 for one in rows)
                factor = Explained(id=f"discount_factor.{year}", kind="discount_factor", mean=weight, form="weight")
                of_year = Explained(
                    id=f"{value.id}.{year}",
                    kind="discounted_year",
                    mean=number * weight,
                    year=year,
                    how="function",
                    parts=(*rows, factor),
                )
                parts.append(of_year)
        return self._sum(value, "discounted", parts)

    def _of_ids(self, value: Value, kind: str, ids: Iterable[str], depth: int, *, how: How = "sum") -> Explained:
        parts = tuple(self._of(id, depth=depth + 1) for id in ids if id in self.results.values and id != value.id)
        given = _given(how, parts)
        return Explained(id=value.id, kind=kind, value=value, how=how if parts else "leaf", parts=parts, given=given)

    def _sum(self, value: Value, kind: str, parts: Iterable[Explained]) -> Explained:
        found = tuple(parts)
        return Explained(id=value.id, kind=kind, value=value, how="sum", parts=found, given=_given("sum", found))


def _discount_factors(results: Results) -> dict[int, float]:
    """What a krone of each year of the plan is worth in the base year, by the rates the results are made with."""
    used = results.discounting
    if used is None:
        return {}
    found, left = {}, 1.0
    for year in range(used.base_year, used.last_year + 1):
        if year > used.base_year or used.discount_first_year:
            step = next(one for one in used.steps if one.last_year is None or year <= one.last_year)
            left /= 1.0 + (results.values[step.rate].value or 0.0)
        found[year] = left
    return found


def _given(how: How, parts: tuple[Explained, ...]) -> float | None:
    """What the parts give; None where they do so by no arithmetic that is known here, or one of them is hidden."""
    numbers = [one.number for one in parts]
    if how in {"sum", "difference"}:
        # A part that is not stated adds nothing; what is hidden leaves the sum unknown.
        if any(one.value is not None and one.value.suppressed for one in parts):
            return None
        return sum(
            (-number if one.form == "minus" else number)
            for one, number in zip(parts, numbers, strict=True)
            if number is not None
        )
    if how == "quotient" and len(numbers) == 2 and numbers[0] is not None and numbers[1]:
        return numbers[0] / numbers[1]
    return None
