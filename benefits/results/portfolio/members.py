"""One assessed project as a portfolio keeps it: its counts, effects, prices and amounts, under the portfolio's ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from benefits.project.benefit import Benefit
from benefits.results.model import Results
from benefits.results.portfolio.model import Amount, Detectable, Member, MemberEffect
from benefits.results.power.values import NOTHING
from benefits.results.values import Values
from benefits.vocabulary import BASES, Lifecycle, words

PHYSICAL = ("hours", "minutes")
"""Units of time a benefit may free."""


def prefix(project: str) -> str:
    """Return the beginning of the ids of a project's values.

    Examples
    --------
    >>> prefix("dho-vik")
    'portfolio.project.dho-vik'
    """
    return f"portfolio.project.{project}"


def member(results: Results, *, file: str, values: Values) -> Member:
    """Return what a portfolio keeps of a project, and add its numbers.

    Parameters
    ----------
    results
        The project, assessed.
    file
        The project file, as it is to be named.
    values
        Receives the numbers, as ``portfolio.project.dho-vik.gaps``.
    """
    project = results.project
    _counts(results, values)
    return Member(
        project=project,
        file=file,
        as_of=results.as_of,
        files=results.files,
        gaps=results.gaps,
        claims=results.not_claimed,
        effects=tuple(_effects(results, values)),
        detectable=tuple(_detectable(results, values)),
        prices={
            service.service: _copy(f"service.{service.service}.full", results, values) for service in results.services
        },
        amounts=tuple(_amounts(results, values)),
    )


def _copy(id: str, results: Results, values: Values, *, to: str = "") -> str:
    """Add a value of a project under the portfolio's id, and return that id."""
    here = f"{prefix(results.project.id)}.{to or id}"
    fields = asdict(results.values[id])
    values.add(here, fields.pop("value"), **{name: one for name, one in fields.items() if name != "id"})
    return here


def _counts(results: Results, values: Values) -> None:
    project, here = results.project, prefix(results.project.id)
    hoped_for = [one for one in project.benefits if not one.dis_benefit]
    values.add(f"{here}.benefits", len(hoped_for), unit="count")
    values.add(f"{here}.dis_benefits", len(project.benefits) - len(hoped_for), unit="count")
    for status in words(Lifecycle):
        values.add(f"{here}.status.{status}", sum(one.status == status for one in hoped_for), unit="count")
    values.add(f"{here}.gaps", len(results.gaps), unit="count")


def _effects(results: Results, values: Values) -> Iterator[MemberEffect]:
    for one in results.estimates:
        id = f"estimate.{one.benefit}.{one.method}.effect"
        value = _copy(id, results, values, to=f"benefit.{one.benefit}.effect")
        yield MemberEffect(
            benefit=one.benefit,
            method=one.method,
            grade=one.grade,
            value=value,
            holds_no_effect=values[value].holds_no_effect,
        )


def _detectable(results: Results, values: Values) -> Iterator[Detectable]:
    for benefit in results.project.benefits:
        names = {name: f"benefit.{benefit.id}.{name}" for name in ("smallest", "hoped")}
        if benefit.status == "dropped" or names["smallest"] not in results.values:
            continue
        smallest = _copy(names["smallest"], results, values)
        hoped = _copy(names["hoped"], results, values) if names["hoped"] in results.values else None
        least = values[smallest].value
        hope = values[hoped].value if hoped is not None else None
        shown = hope >= least if hope is not None and least is not None else None
        if values[smallest].reason == NOTHING:
            shown = False
        yield Detectable(benefit=benefit.id, smallest=smallest, hoped=hoped, shown=shown)


def _amounts(results: Results, values: Values) -> Iterator[Amount]:
    """Time freed and money that can leave a budget per benefit and basis, and costs, for all actors together.

    Each benefit on its own, so that a sum can leave out what one of them did not bring.
    """
    for benefit in results.project.benefits:
        for basis in BASES:
            for unit in PHYSICAL:
                id = f"quantity.{basis}.{benefit.id}.{unit}"
                if _has(id, results):
                    yield Amount(code=unit, item=benefit.id, basis=basis, value=_copy(id, results, values))
            id = f"layer.{basis}.{benefit.id}.cash"
            if _has(id, results):
                value, only_shows = _copy(id, results, values), _is_illustration(benefit, results)
                yield Amount(code="cash", item=benefit.id, basis=basis, value=value, illustration=only_shows)
    # Of what was measured the only cost is what came instead of the events: it is not what the project cost.
    id = "society.expected.cost"
    if _has(id, results):
        yield Amount(code="cost", item="", basis="expected", value=_copy(id, results, values))


def _has(id: str, results: Results) -> bool:
    return id in results.values and results.values[id].value is not None


def _is_illustration(benefit: Benefit, results: Results) -> bool:
    """Whether the unit cost is only assumed, so that kroner show how the layers work rather than what they hold."""
    one = results.inputs.get(benefit.valuation.unit_cost or "") if benefit.valuation else None
    return one is not None and one.standing == "assumed"
