"""Page one: only figures with an interval, few enough, and what a reader must not conclude."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benefits.report import KINDS
from benefits.results import Results, Values
from benefits.results.headlines import headlines, not_claimed, on_page_one

PROJECTS = ("kommune", "spread")


@pytest.fixture(params=PROJECTS)
def results(request: pytest.FixtureRequest) -> Results:
    found: Results = request.getfixturevalue(request.param)
    return found


def without_intervals(results: Results) -> Values:
    values = Values()
    for id, value in results.values.items():
        rest = {name: getattr(value, name) for name in ("basis", "grade", "price_year", "standing", "per", "reason")}
        values.add(id, value.value, unit=value.unit, suppressed=value.suppressed, **rest)
    return values


def test_no_headline_stands_without_its_interval(results: Results) -> None:
    assert results.headlines
    for headline in results.headlines:
        value = results.values[headline.value]
        assert None not in {value.value, value.low, value.high}, headline.value


def test_figures_without_intervals_are_no_headlines(results: Results) -> None:
    values = without_intervals(results)
    assert headlines(results.project, results.estimates, dict(results.inputs), values) == ()


def test_every_headline_belongs_to_a_kind_of_report(results: Results) -> None:
    for headline in results.headlines:
        assert headline.kinds
        assert headline.kinds <= set(KINDS)
    assert len({headline.value for headline in results.headlines}) == len(results.headlines)


def test_what_was_measured_comes_first_but_for_a_price(kommune: Results) -> None:
    assert next(one for one in kommune.headlines if "price" in one.kinds).value == "service.dho.full"
    for kind in set(KINDS) - {"price", "portfolio", "data-request"}:
        first = next(one for one in kommune.headlines if kind in one.kinds)
        assert (first.code, first.value) == ("effect", "estimate.innleggelser.difference_in_differences.effect")


def test_measured_stands_for_expected_where_there_is_both(kommune: Results) -> None:
    of_benefit = [one.value for one in kommune.headlines if one.benefit == "innleggelser" and one.code != "effect"]
    assert of_benefit
    assert all(".measured." in one for one in of_benefit)


def test_every_headline_has_a_benefit_or_an_actor_of_the_project(results: Results) -> None:
    benefits = {benefit.id for benefit in results.project.benefits}
    actors = {actor.id for actor in results.project.actors}
    for headline in results.headlines:
        service = headline.benefit.removeprefix("service.") in {one.id for one in results.project.services}
        of_all = headline.code == "society_net"
        assert headline.benefit in benefits or service or of_all or (not headline.benefit and headline.actor in actors)
        assert headline.actor in actors | {""}


def test_kroner_from_an_illustration_are_no_headline(spread: Results) -> None:
    """The unit cost is only assumed there."""
    assert spread.inputs["enhetskostnad"].standing == "assumed"
    assert not [one for one in spread.headlines if one.value.startswith("layer.")]


def test_a_claim_takes_only_values_there_are(results: Results) -> None:
    assert results.not_claimed
    for claim in results.not_claimed:
        assert set(claim.values.values()) <= set(results.values)


def test_before_and_after_on_the_worst_patients_is_warned_against(kommune: Results) -> None:
    codes = {claim.code for claim in kommune.not_claimed}
    assert "naive" in codes
    assert "no_effect_shown" not in codes


def test_an_effect_from_elsewhere_whose_interval_holds_zero_is_warned_against(spread: Results) -> None:
    codes = {claim.code for claim in spread.not_claimed if claim.benefit == "innleggelser"}
    assert {"measured_elsewhere", "expectation_holds_zero"} <= codes


def test_an_estimate_whose_interval_holds_zero_is_said_to_show_no_effect(kommune: Results) -> None:
    vague = tuple(replace(one, low=-0.5, high=0.5) for one in kommune.estimates)
    said = not_claimed(kommune.project, vague, (), dict(kommune.inputs), kommune.values)  # type: ignore[arg-type]
    assert "no_effect_shown" in {claim.code for claim in said}


def test_a_dis_benefit_nobody_knows_will_come_is_not_told_as_a_benefit_to_count_on(kommune: Results) -> None:
    said = {claim.benefit: claim.code for claim in kommune.not_claimed if claim.code.endswith("_holds_zero")}
    assert said["fastlegekontakter"] == "dis_benefit_holds_zero"
    assert said["tid-hjemmetjeneste"] == "expectation_holds_zero"


def test_where_there_is_nothing_at_all_that_is_said(kommune: Results) -> None:
    empty = kommune.project.model_copy(update={"benefits": ()})
    assert [claim.code for claim in not_claimed(empty, (), (), {}, Values())] == ["nothing_measured"]


def test_hours_freed_and_hours_used_are_both_told_per_year(kommune: Results) -> None:
    claims = {(claim.code, claim.benefit): claim for claim in kommune.not_claimed}
    used = claims["hours_before_service", "tid-hjemmetjeneste"]
    holds_zero = claims["expectation_holds_zero", "tid-hjemmetjeneste"]
    assert holds_zero.year == 2026
    assert holds_zero.values == {"quantity": "quantity.expected.tid-hjemmetjeneste.hours.2026"}
    assert kommune.values[used.values["hours"]].per == "year"


def test_hours_freed_stand_beside_those_used_where_they_are_told_nowhere_else(kommune: Results) -> None:
    certain = Values()
    for id, value in kommune.values.items():
        low = value.value if id.startswith("quantity.expected.tid-hjemmetjeneste") else value.low
        certain.add(id, value.value, low=low, high=value.high, unit=value.unit, basis=value.basis)
    claims = not_claimed(kommune.project, (), (), dict(kommune.inputs), certain)
    said = {one.code: one for one in claims if one.benefit == "tid-hjemmetjeneste"}
    assert {"expectation_holds_zero", "hours_before_service"}.isdisjoint(said)
    claim = said["hours_before_service.freed"]
    assert claim.year == 2026
    assert claim.values["freed"] == "quantity.expected.tid-hjemmetjeneste.hours.2026"


def test_page_one_on_avoided_cost_has_the_main_benefit_first_and_no_cash_where_income_is_lost_with_it(
    kommune: Results,
) -> None:
    shown = on_page_one(kommune.headlines, "avoided-cost", kommune.project)
    codes = [(one.code, one.benefit) for one in shown]
    assert ("cash.measured", "innleggelser") in {(one.code, one.benefit) for one in kommune.headlines}
    assert codes[:5] == [
        ("effect", "innleggelser"),
        ("events.measured", "innleggelser"),
        ("bed_days.measured", "innleggelser"),
        ("net.measured", "innleggelser"),
        ("society_net", ""),
    ]
    assert "cash.measured" not in {code for code, _ in codes}
    alone = tuple(one for one in kommune.headlines if one.code != "net.measured")
    assert "cash.measured" in {one.code for one in on_page_one(alone, "avoided-cost", kommune.project)}
    others = on_page_one(kommune.headlines, "plan", kommune.project)
    assert list(others) == [one for one in kommune.headlines if "plan" in one.kinds]
