"""A report held against an earlier one of the same project: what changed, and why each figure moved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from benefits.errors import Gap, InvalidInput, Parameter, Problem
from benefits.project.frozen_valuation import VALUED
from benefits.project.load import shown
from benefits.results.comparison.bridges import bridges
from benefits.results.comparison.earlier import Earlier, find_earlier, read_earlier
from benefits.results.comparison.inputs import file_changes, known_changes, number_changes
from benefits.results.comparison.model import Comparison, NumberChange, VerdictChange
from benefits.results.comparison.told import counts, of_deviations, then, told, uptake_of, with_values
from benefits.results.deviations import Deviation, deviations
from benefits.results.json_file import stem
from benefits.results.model import Results
from benefits.results.price.gaps import price_gaps
from benefits.results.values import Value

KINDS = frozenset({"plan", "follow-up", "avoided-cost", "price"})
"""Kinds of reports that can be held against an earlier one."""
Lack = tuple[str, str, tuple[tuple[str, Parameter], ...]]
"""What a plan lacks: the code and subject of a gap, and the parameters that make it another."""
MEASURED_OTHERWISE = ("method.", "data.", "indicator.")
"""Beginnings of the codes of what makes two measurements of other things; dates of verdict do not."""


def compared(results: Results, *, kind: str, since: str | Path, out_dir: str | Path = "") -> Results:
    """Return results held against an earlier report of the same kind, with the numbers this takes among their values.

    Parameters
    ----------
    results
        What was assessed now.
    kind
        The kind of report.
    since
        The earlier report's file of results, or a folder of reports with ``<project>/<kind>.json`` in it.
    out_dir
        Where the results are to be written: the earlier ones must not lie in their place.

    Raises
    ------
    InvalidInput
        When the file cannot be used, or would be written over.
    """
    path = find_earlier(since, project=results.project.id, kind=kind, audience=results.audience)
    if path is None:
        return replace(results, since=Comparison())
    target = Path(out_dir) / f"{stem(kind, results.audience)}.json" if out_dir else None
    if target is not None and target.resolve() == path.resolve():
        raise InvalidInput((Problem(place=shown(since), code="since_is_written_over"),))
    place = shown(since) if Path(since).name == path.name else f"{shown(since)}/{results.project.id}/{path.name}"
    earlier = read_earlier(path, place=place, results=results, kind=kind)
    found, values = _compared(earlier, results, kind)
    return replace(
        results,
        since=found,
        values=with_values(results.values, values),
        files={**results.files, found.file: found.sha256},
    )


def _compared(earlier: Earlier, results: Results, kind: str) -> tuple[Comparison, list[Value]]:
    values: list[Value] = []
    plan = earlier.plan
    differences = tuple(_told_as_plan(deviations(plan, results.project))) if plan is not None else ()
    values += of_deviations(differences, earlier, results)
    otherwise = _measured_otherwise(earlier, results, differences)
    taken_apart = []
    for bridge, lines in bridges(earlier, results, kind=kind, changed=otherwise):
        whole, further = told(bridge, lines, earlier.values, results.values)
        taken_apart.append(whole)
        values += further
    said = frozenset(f"benefit.{one.benefit}.baseline" for one in differences if one.code == "baseline.value")
    uptake, of_uptake = uptake_of(earlier, results)
    values += of_uptake
    numbers = []
    for id in number_changes(earlier.values, results.values, told=said):
        were = [then(earlier.values[id])] if id in earlier.values else []
        values += were
        old, new = were[0].id if were else "", id if id in results.values else ""
        numbers.append(NumberChange(id=id, old=old, new=new))
    held = earlier.held
    freeze = (held.follow_up.freeze.as_of if held.follow_up.freeze else None, _frozen(results))
    years = (held.compared_by.price_year if held.compared_by else None, results.project.price_year)
    closed, opened = _gaps(earlier, results, kind)
    called = held.compared_by.titles if held.compared_by else {}
    comparison = Comparison(
        as_of=held.as_of,
        file=earlier.name,
        sha256=earlier.sha256,
        files=tuple(file_changes(earlier, results)),
        known=tuple(known_changes(earlier, results)),
        plan_known=plan is not None,
        plan=differences,
        freeze=freeze if freeze[0] != freeze[1] else None,
        price_year=years if held.compared_by and years[0] != years[1] else None,
        numbers=tuple(numbers),
        uptake=uptake,
        bridges=tuple(taken_apart),
        verdicts=tuple(_verdicts(earlier, results)) if kind == "follow-up" else (),
        closed=closed,
        opened=opened,
        titles={id: {str(tongue): one for tongue, one in words.items()} for id, words in called.items()},
    )
    values += counts(comparison)
    return comparison, values


def _told_as_plan(found: Iterable[Deviation]) -> Iterator[Deviation]:
    """What differs in the plan, but for patients and the numbers events are counted by: those are told as numbers."""
    return (one for one in found if one.code != "volume" and not one.code.startswith(f"{VALUED}."))


def _measured_otherwise(earlier: Earlier, results: Results, differences: tuple[Deviation, ...]) -> frozenset[str]:
    """Return the benefits that are measured by another method, with other options, from another start or of others."""
    found = {one.benefit for one in differences if one.benefit and _is_of_measuring(one.code)}
    data = {one.data for one in differences if one.data}
    for benefit in results.project.benefits:
        whole = any(one.code in {"go_live", "abnormal_periods"} for one in differences)
        if whole or (benefit.method is not None and benefit.method.data in data):
            found.add(benefit.id)
    options = {(one.benefit, one.method): one.options for one in earlier.held.estimates}
    for estimate in results.estimates:
        was = options.get((estimate.benefit, estimate.method))
        if was is not None and was != json.loads(json.dumps(dict(estimate.options), default=str)):
            found.add(estimate.benefit)
    return frozenset(found)


def _is_of_measuring(code: str) -> bool:
    return code != "method.verdict_dates" and code.startswith(MEASURED_OTHERWISE)


def _verdicts(earlier: Earlier, results: Results) -> Iterator[VerdictChange]:
    old = {one.benefit: one for one in earlier.held.follow_up.verdicts}
    new = {one.benefit: one for one in results.follow_up.verdicts}
    for benefit in dict.fromkeys([*new, *old]):
        was, now = old.get(benefit), new.get(benefit)
        if (was and (was.code, was.reason)) != (now and (now.code, now.reason)):
            yield VerdictChange(
                benefit=benefit,
                old=was.code if was else None,
                old_reason=was.reason if was else None,
                new=now.code if now else None,
                new_reason=now.reason if now else None,
            )


def _gaps(earlier: Earlier, results: Results, kind: str) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Return what the plan lacks no more, and what it lacks now and did not."""
    now = price_gaps(results.project, results.gaps) if kind == "price" else results.gaps
    was = tuple(one.gap for one in earlier.held.gaps)
    keys = [{_lack(one) for one in side} for side in (was, now)]
    return tuple(_not_in(keys[1], was)), tuple(_not_in(keys[0], now))


def _not_in(known: set[Lack], gaps: tuple[Gap, ...]) -> Iterator[Gap]:
    for one in gaps:
        if _lack(one) not in known:
            yield one


def _lack(gap: Gap) -> Lack:
    """Return what makes two gaps one: a value still carried forward is the same lack when one more year has passed."""
    passing = {"wants"} if gap.code == "reference_carried_forward" else set()
    return gap.code, gap.subject, tuple(sorted(one for one in gap.parameters.items() if one[0] not in passing))


def _frozen(results: Results) -> date | None:
    return results.follow_up.freeze.as_of if results.follow_up.freeze is not None else None
