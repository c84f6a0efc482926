"""The same project under other rules: how much ISF is passed on, and how many of the beds that are freed are filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from benefits.economics.build import flows
from benefits.economics.draws import Draws
from benefits.economics.flows import Flows, Line
from benefits.economics.inputs import Input
from benefits.economics.marginal import with_refill
from benefits.project.model import Project
from benefits.project.valuation import Transfer
from benefits.reference.distributions import Fixed

PassOn = Literal["none", "stated", "full"]
Refill = Literal["none", "stated", "all"]
PASS_ON: tuple[PassOn, ...] = ("none", "stated", "full")
REFILL: tuple[Refill, ...] = ("none", "stated", "all")
_NOTHING = "scenario.nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One rule of each kind, and the project and inputs under them.

    Attributes
    ----------
    pass_on, refill
        What is passed on to the hospital trust of the ISF the state pays, and how many of the beds freed are filled
        again.
    as_stated
        Whether the project states both.
    """

    pass_on: PassOn
    refill: Refill
    as_stated: bool
    project: Project
    inputs: Mapping[str, Input]

    def flows(self, *, draws: Draws, unmoved: tuple[Line, ...] | None = None) -> Flows:
        """Return what every actor is expected to gain and lose, with the draws of all else as they are.

        No rule changes ``unmoved``, which ``Built`` of the stated rules has too; None: it is worked out.
        """
        return flows(self.project, inputs=self.inputs, estimates={}, draws=draws, unmoved=unmoved).flows


def has_isf(project: Project) -> bool:
    """Return whether any event or new activity of a project is paid for by ISF."""
    return any(one.kind in {"isf", "isf_passed_on"} for one in _transfers(project))


def scenarios(project: Project, *, inputs: Mapping[str, Input]) -> Iterator[Scenario]:
    """Yield the project under each pair of rules that differ, none where nothing is paid for by ISF.

    What is stated stands in place of a rule it is the same as: a project that passes everything on has no other rule of
    passing everything on. All that is passed on is the share of the unit price the state pays to the regional trust;
    where the project does not say what that is, there is no such rule.

    Notes
    -----
    New activity is paid for by the same rules as the events that are avoided. Refill is of every benefit whose events
    free beds (``marginal.with_refill``).
    """
    if not has_isf(project):
        return
    refill_stated = _refill_stated(project, inputs)
    pass_stated = _pass_on_stated(project, inputs)
    for pass_on in PASS_ON:
        if not _possible(pass_on, project) or (pass_on == "stated" and pass_stated != "stated"):
            continue
        passed, known = _with_pass_on(project, inputs, pass_on, stated=pass_stated)
        for refill in REFILL:
            if refill == "stated" and refill_stated != "stated":
                continue
            changed, also = passed, dict(known)
            if refill != refill_stated:
                changed, also = with_refill(passed, known, share=0.0 if refill == "none" else 1.0)
            as_stated = (pass_on, refill) == (pass_stated, refill_stated)
            yield Scenario(pass_on=pass_on, refill=refill, as_stated=as_stated, project=changed, inputs=also)


def _transfers(project: Project) -> Iterator[Transfer]:
    for transfers in _lists(project):
        yield from transfers


def _lists(project: Project) -> Iterator[tuple[Transfer, ...]]:
    yield from (valuation.transfers for _, valuation in project.valued)
    yield from (activity.transfers for activity in project.new_activity)


def _state_share(transfer: Transfer, among: tuple[Transfer, ...]) -> str | None:
    """The share of the unit price that whoever passes it on has from the state."""
    return next((one.share for one in among if one.kind == "isf" and one.receiver == transfer.payer), None)


def _possible(pass_on: PassOn, project: Project) -> bool:
    passed = [(one, among) for among in _lists(project) for one in among if one.kind == "isf_passed_on"]
    if not passed:
        return pass_on == "none"
    return pass_on != "full" or all(_state_share(one, among) is not None for one, among in passed)


def _pass_on_stated(project: Project, inputs: Mapping[str, Input]) -> PassOn:
    """The rule the project states: one of the two ends where it is the same everywhere, else its own."""
    found: set[PassOn] = set()
    for among in _lists(project):
        for one in among:
            if one.kind != "isf_passed_on":
                continue
            share, of_state = inputs.get(one.share or ""), inputs.get(_state_share(one, among) or "")
            if share is None or share.distribution == Fixed(value=0.0):
                found.add("none")
            elif of_state is not None and share.distribution == of_state.distribution:
                found.add("full")
            else:
                found.add("stated")
    if not found:
        return "none"
    return found.pop() if len(found) == 1 else "stated"


def _refill_stated(project: Project, inputs: Mapping[str, Input]) -> Refill:
    found: set[Refill] = set()
    for _, valuation in project.valued:
        one = inputs.get(valuation.refill_share or "")
        if one is None or one.distribution == Fixed(value=0.0):
            found.add("none")
        else:
            found.add("all" if one.distribution == Fixed(value=1.0) else "stated")
    if len(found) == 1:
        return found.pop()
    # Those whose events free no beds say nothing of it.
    said = found - {"none"}
    return said.pop() if len(said) == 1 else "none" if not said else "stated"


def _with_pass_on(
    project: Project, inputs: Mapping[str, Input], pass_on: PassOn, *, stated: PassOn
) -> tuple[Project, dict[str, Input]]:
    if pass_on == stated:
        return project, dict(inputs)
    known = dict(inputs)

    def changed(among: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
        return tuple(_changed(one, among) if one.kind == "isf_passed_on" else one for one in among)

    def _changed(one: Transfer, among: tuple[Transfer, ...]) -> Transfer:
        if pass_on == "full":
            return one.model_copy(update={"share": _state_share(one, among)})
        share = known.get(one.share or "")
        if share is None:
            return one
        known[_NOTHING] = replace(share, name=_NOTHING, distribution=Fixed(value=0.0), mean=0.0, low=0.0, high=0.0)
        return one.model_copy(update={"share": _NOTHING})

    benefits = tuple(
        one
        if one.valuation is None
        else one.model_copy(
            update={"valuation": one.valuation.model_copy(update={"transfers": changed(one.valuation.transfers)})}
        )
        for one in project.benefits
    )
    activity = tuple(one.model_copy(update={"transfers": changed(one.transfers)}) for one in project.new_activity)
    return project.model_copy(update={"benefits": benefits, "new_activity": activity}), known
