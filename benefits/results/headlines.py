"""Which figures stand on page one, and what a reader must not conclude from the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benefits.economics import Input
from benefits.economics.expected_rate import effect_of
from benefits.measurement import Estimate
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.results.model import Claim, Headline
from benefits.results.power.values import NOTHING
from benefits.results.values import Value, Values
from benefits.results.verdicts.verdict import Verdict

ORDER = (
    *("effect", "events", "bed_days", "price", "price_difference", "net", "society_net", "cash"),
    *("price_hours", "hours", "arena_result", "arena_needed"),
)
"""Most important first; within a code, the order of the project file."""
ON_AVOIDED_COST = (
    *("effect", "events.measured", "hours.measured", "bed_days.measured", "net.measured", "cash.measured"),
    *("events.expected", "hours.expected", "bed_days.expected", "net.expected", "cash.expected"),
)
"""Of one benefit: what was measured before what is hoped for, and events and capacity before kroner."""
SOCIETY = "society.expected.net"
BOTH, PLAN, AVOIDED = frozenset({"plan", "avoided-cost"}), frozenset({"plan"}), frozenset({"avoided-cost"})
FOLLOW_UP, PRICE = frozenset({"follow-up"}), frozenset({"price"})
"""Shows what was measured, not what was hoped for."""


def headlines(
    project: Project, estimates: tuple[Estimate, ...], inputs: dict[str, Input], values: Values
) -> tuple[Headline, ...]:
    """Return the figures of page one, most important first.

    Only values with an interval qualify, and kroner only where the unit cost is more than assumed: an illustration is
    no headline.
    """
    found: list[Headline] = []
    for estimate in estimates:
        id = f"estimate.{estimate.benefit}.{estimate.method}.effect"
        actor = _gainer(project, estimate.benefit)
        found.append(Headline(code="effect", value=id, benefit=estimate.benefit, actor=actor, kinds=BOTH | FOLLOW_UP))
    found += _of_services(project, values)
    found += _of_arenas(project, values)
    measured = {estimate.benefit for estimate in estimates}
    for benefit in project.benefits:
        if benefit.valuation is None or benefit.indicator is None:
            continue
        basis = "measured" if benefit.id in measured else "expected"
        actor, unit = benefit.valuation.actor, benefit.indicator.unit
        kind = "hours" if unit in {"hours", "minutes"} else "events"
        seen = FOLLOW_UP if basis == "measured" else frozenset()
        wanted = [(f"{kind}.{basis}", f"quantity.{basis}.{benefit.id}.{unit}", BOTH | seen)]
        if unit != "bed_days":
            wanted.append((f"bed_days.{basis}", f"quantity.{basis}.{benefit.id}.bed_days", AVOIDED | seen))
        if _is_priced(benefit, inputs):
            wanted.append((f"cash.{basis}", f"layer.{basis}.{benefit.id}.cash", AVOIDED))
            wanted.append((f"net.{basis}", f"actor.{actor}.{basis}.net", AVOIDED))
        found += [
            Headline(code=code, value=id, benefit=benefit.id, actor=actor, kinds=kinds)
            for code, id, kinds in wanted
            if id in values
        ]
    illustrated = any(
        one.valuation and not _is_priced(one, inputs) for one in project.benefits if _has_layers(one, values)
    )
    if project.costs and not illustrated:
        for one in project.actors:
            id = f"actor.{one.id}.expected.net"
            if id in values:
                found.append(Headline(code="net.expected", value=id, benefit="", actor=one.id, kinds=PLAN))
        if SOCIETY in values:
            found.append(Headline(code="society_net", value=SOCIETY, benefit="", actor="", kinds=AVOIDED))
    shown = [one for one in found if _has_interval(values[one.value])]
    return tuple(sorted(shown, key=lambda one: ORDER.index(one.code.partition(".")[0])))


def on_page_one(found: Iterable[Headline], kind: str, project: Project) -> tuple[Headline, ...]:
    """Return the figures of a kind of report in the order its page one shows them.

    In a report on avoided cost the main benefit comes first, as far as its kroner, then what it all comes to for
    everybody together, then other benefits. What can leave a budget stands there only where no income is lost with it:
    else the net says it, and the two beside each other would be taken for two amounts.
    """
    of_kind = [one for one in found if kind in one.kinds]
    if kind != "avoided-cost" or not of_kind:
        return tuple(of_kind)
    netted = {(one.benefit, one.code.partition(".")[2]) for one in of_kind if one.code.startswith("net.")}
    shown = [
        one
        for one in of_kind
        if not (one.code.startswith("cash.") and (one.benefit, one.code.partition(".")[2]) in netted)
    ]
    benefits = [one.benefit for one in shown if one.code != "society_net"]
    main = project.main_indicator if project.main_indicator in benefits else next(iter(benefits), "")

    def place(one: Headline) -> tuple[int, int]:
        if one.code == "society_net":
            return 1, 0
        return 0 if one.benefit == main else 2, ON_AVOIDED_COST.index(one.code)

    return tuple(sorted(shown, key=place))


def _of_services(project: Project, values: Values) -> Iterator[Headline]:
    """Full price, what the provider is left with after cost in the year with most patients, and hours used."""
    for service in project.services:
        prefix = f"service.{service.id}"
        differences = [id for id in values if id.startswith(f"{prefix}.year.") and id.endswith(".difference")]
        largest = max(differences, key=lambda id: values[id.replace("difference", "volume")].value or 0.0, default="")
        wanted = (
            ("price", f"{prefix}.full", PLAN | PRICE),
            ("price_difference", largest, PRICE),
            ("price_hours", f"{prefix}.hours", PRICE),
        )
        for code, id, kinds in wanted:
            if id in values:
                yield Headline(code=code, value=id, benefit=prefix, actor=service.provider, kinds=kinds)


def _of_arenas(project: Project, values: Values) -> Iterator[Headline]:
    """What is left of income, and the sales that would cover the cost, in the first year with planned sales."""
    for arena in project.test_arenas:
        prefix = f"arena.{arena.id}.year.{min(arena.years, default=0)}"
        wanted = (("arena_result", f"{prefix}.result"), ("arena_needed", f"{prefix}.share_needed"))
        for code, id in wanted:
            if id in values:
                actor = arena.provider
                yield Headline(code=code, value=id, benefit=f"arena.{arena.id}", actor=actor, kinds=PRICE)


def not_claimed(
    project: Project,
    estimates: tuple[Estimate, ...],
    compared: tuple[Estimate, ...],
    inputs: dict[str, Input],
    values: Values,
    *,
    verdicts: Iterable[Verdict] = (),
    further: Iterable[Claim] = (),
) -> tuple[Claim, ...]:
    """Return what must not be concluded, by what numbers, checks and verdicts say, and ``further`` before sums."""
    claims: list[Claim] = []
    for one in verdicts:
        # A level was reached; whether it was there all along, or would have come anyway, nobody has measured.
        if one.reason == "at_target_twice":
            claims.append(Claim(code="reached_without_comparison", benefit=one.benefit, values={}))
    for estimate in estimates:
        claims += _of_estimate(estimate)
    for estimate in (*estimates, *compared):
        if any(check.code == "regression_to_the_mean" and check.passed is False for check in estimate.checks):
            values_of = {"effect": f"estimate.{estimate.benefit}.{estimate.method}.effect"}
            after = "after_a_dip" if estimate.effect > 0 else "after_a_peak"
            code = "naive" if estimate.chosen_in_a_bad_period else after
            claims.append(Claim(code=code, benefit=estimate.benefit, values=values_of))
        if any(check.code == "comparison_selected_alike" and check.passed is False for check in estimate.checks):
            values_of = {"effect": f"estimate.{estimate.benefit}.{estimate.method}.effect"}
            claims.append(Claim(code="not_selected_alike", benefit=estimate.benefit, values=values_of))
    claims += further
    measured = {estimate.benefit for estimate in estimates}
    for benefit in project.benefits:
        claims += _of_benefit(project, benefit, benefit.id in measured, inputs, values)
    told = {claim.benefit for claim in claims if claim.code in {"expectation_holds_zero", "dis_benefit_holds_zero"}}
    claims += _hours(project, values, told)
    if any(id.startswith("layer.") for id in values):
        claims.append(Claim(code="capacity_is_not_cash", benefit="", values={}))
    if not claims:
        claims.append(Claim(code="nothing_measured", benefit="", values={}))
    return tuple(claims)


def _of_estimate(estimate: Estimate) -> Iterator[Claim]:
    values = {"effect": f"estimate.{estimate.benefit}.{estimate.method}.effect"}
    if estimate.includes_zero:
        yield Claim(code="no_effect_shown", benefit=estimate.benefit, values=values)
    if estimate.grade not in {"controlled", "randomised"}:
        yield Claim(code="not_controlled", benefit=estimate.benefit, values=values)


def _of_benefit(
    project: Project, benefit: Benefit, measured: bool, inputs: dict[str, Input], values: Values
) -> Iterator[Claim]:
    smallest, hoped = (values.get(f"benefit.{benefit.id}.{name}") for name in ("smallest", "hoped"))
    if smallest and hoped and smallest.value and hoped.value and hoped.value < smallest.value:
        ids = {"smallest": smallest.id, "hoped": hoped.id}
        yield Claim(code="too_small_to_show", benefit=benefit.id, values=ids)
    elif smallest and smallest.reason == NOTHING and hoped and hoped.value:
        yield Claim(code="nothing_to_show", benefit=benefit.id, values={"hoped": hoped.id})
    valuation = benefit.valuation
    if valuation is None or measured:
        return
    effect = effect_of(benefit, inputs)
    if effect is not None and effect.evidence_id:
        yield Claim(code="measured_elsewhere", benefit=benefit.id, values={"effect": f"assumption.{effect.name}"})
    elif effect is not None:
        yield Claim(code="only_assumed", benefit=benefit.id, values={"effect": f"assumption.{effect.name}"})
    whole = f"quantity.expected.{benefit.id}.{benefit.indicator.unit}" if benefit.indicator else ""
    quantity = values.get(whole)
    if quantity is not None and quantity.holds_no_effect:
        year = _fullest_year(project, whole, values)
        if year is not None:
            ids = {"quantity": f"{whole}.{year}"}
            code = "dis_benefit_holds_zero" if benefit.dis_benefit else "expectation_holds_zero"
            yield Claim(code=code, benefit=benefit.id, values=ids, year=year)


def _hours(project: Project, values: Values, told: set[str]) -> Iterator[Claim]:
    """Hours are not net where the service uses hours itself; both per year, unless those freed are told already.

    The hours of the actor that provides the service go before those of another, which the service does not use.
    """
    found = [(service, id) for service in project.services if (id := f"service.{service.id}.hours") in values]
    used = [id for _, id in found]
    providers = {service.provider for service, _ in found}
    own = [one for one in project.benefits if one.valuation is not None and one.valuation.actor in providers]
    for benefit in (*own, *project.benefits) if used else ():
        for basis in ("expected", "measured"):
            whole = f"quantity.{basis}.{benefit.id}.hours"
            if whole not in values:
                continue
            year = _fullest_year(project, whole, values)
            if year is None or benefit.id in told:
                yield Claim(code="hours_before_service", benefit=benefit.id, values={"hours": used[0]})
            else:
                ids = {"hours": used[0], "freed": f"{whole}.{year}"}
                yield Claim(code="hours_before_service.freed", benefit=benefit.id, values=ids, year=year)
            return


def _fullest_year(project: Project, whole: str, values: Values) -> int | None:
    """The first year in which most is expected or measured of what a sum covers."""
    amounts = {year: one for year in project.years if (one := values.get(f"{whole}.{year}")) is not None}
    return max(amounts, key=lambda year: (abs(amounts[year].value or 0.0), -year), default=None)


def _is_priced(benefit: Benefit, inputs: dict[str, Input]) -> bool:
    """Whether the unit cost is more than assumed, so that its kroner may stand on page one."""
    unit_cost = inputs.get(benefit.valuation.unit_cost or "") if benefit.valuation is not None else None
    return unit_cost is not None and unit_cost.standing != "assumed"


def _has_layers(benefit: Benefit, values: Values) -> bool:
    return any(f"layer.{basis}.{benefit.id}.whole" in values for basis in ("expected", "measured"))


def _gainer(project: Project, benefit_id: str) -> str:
    benefit = next(one for one in project.benefits if one.id == benefit_id)
    if benefit.valuation is not None:
        return benefit.valuation.actor
    return benefit.gains[0] if benefit.gains else ""


def _has_interval(value: Value) -> bool:
    return value.value is not None and value.low is not None and value.high is not None
