"""Years of growth, later years of a price, volumes of services that use each other, and what a service lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benefits.economics.numbers import Numbers
from benefits.economics.refusals import CannotCompute
from benefits.economics.service import own_volume, priced_years, ramp_up, regulated, service_gaps, total_volumes
from benefits.project.model import Project

Plain = dict[str, Any]
Of = Callable[..., Project]


def service(id: str = "s", **changes: Any) -> Plain:
    return {"id": id, "title": "S", "provider": "k", **changes}


def test_the_ramp_up_price_is_the_cost_of_the_years_of_growth_over_their_patient_months(of: Of, one: Numbers) -> None:
    """A nurse of 960 000 for each 80: 20, 60, then 100 patients are 1 + 1 + 2 nurses, 3 840 000 over 12 x 180."""
    nurse = {"id": "n", "title": "N", "cost_per_year": 960_000.0, "patients_per_unit": 80.0}
    volume = {2026: 20.0, 2027: 60.0, 2028: 100.0, 2029: 90.0}
    project = of(service(volume=volume, resources=(nurse,)))
    found = ramp_up(project, project.services[0], numbers=one)
    assert found is not None
    assert {year: float(each.full[0]) for year, each in found.by_year.items()} == pytest.approx(
        {2026: 4_000.0, 2027: 960_000 / 720, 2028: 1_600.0}
    )
    assert found.price[0] == pytest.approx(3_840_000 / 2_160)
    assert ramp_up(of(service()), of(service()).services[0], numbers=one) is None


def test_a_price_is_regulated_as_far_as_the_index_is_known() -> None:
    """2.5 % and 3.1 %: 1 700 x 1.025 x 1.031 = 1 796.5."""
    growth = {2025: 0.025, 2026: 0.031}

    def factor(first: int, last: int) -> float:
        total = 1.0
        for year in range(first + 1, last + 1):
            if year not in growth:
                raise CannotCompute("no_index", year=year)
            total *= 1 + growth[year]
        return total

    regulation = {"index": "cpi.growth", "from_year": 2024}
    plain = service(agreed_price=1_700.0, regulation=regulation)
    dho = Project.model_validate({"format": 1, "id": "p", "title": "P", "services": (plain,)}).services[0]
    found = regulated(dho, factor=factor, years=range(2023, 2028))
    assert found.pop(2027) is None
    assert found == pytest.approx({2023: 1_700.0, 2024: 1_700.0, 2025: 1_742.5, 2026: 1_796.5175})
    assert regulated(dho.model_copy(update={"regulation": None}), factor=factor, years=[2026]) == {}
    assert regulated(dho.model_copy(update={"agreed_price": None}), factor=factor, years=[2026]) == {}


@pytest.mark.parametrize("amount", [{"value": 0.0}, {"assumption": "none"}])
def test_a_service_nothing_is_taken_of_has_no_patients_by_it(amount: Plain, of: Of) -> None:
    project = of(
        service("a", volume={2026: 10.0, 2027: 10.0}, uses=({"service": "b", "amount": amount},)),
        service("b", volume={2027: 5.0}),
        assumptions={"none": {"value": 0.0, "unit": "ratio"}},
    )
    assert priced_years(project.services[1], project) == (2027,)


def test_patients_pass_on_through_every_service_in_between(of: Of, one: Numbers) -> None:
    """100 at 0.5 are 50 and with 10 of its own 60 in the middle; at 2 each, and 0.1 of the first, 130 at the end."""
    project = of(
        service("last", volume={2026: 0.0, 2027: 1.0}),
        service("middle", volume={2026: 10.0}, uses=({"service": "last", "amount": 2.0},)),
        service(
            "first",
            volume={2026: 100.0},
            uses=({"service": "middle", "amount": 0.5}, {"service": "last", "amount": 0.1}),
        ),
    )
    found = total_volumes(project, year=2026, numbers=one)
    assert {id: float(patients[0]) for id, patients in found.items()} == pytest.approx(
        {"first": 100.0, "middle": 60.0, "last": 130.0}
    )
    assert own_volume(project.services[0], project, 2026) == 0.0
    assert priced_years(project.services[0], project) == (2026, 2027)


def test_the_years_are_those_of_the_plan_where_it_has_a_start(of: Of) -> None:
    project = of(
        service(volume={2025: 5.0, 2027: 9.0, 2040: 9.0}), go_live=date(2026, 1, 1), horizon_years=4, price_year=2025
    )
    assert priced_years(project.services[0], project) == (2027,)


def gaps(of: Of, *services: Plain, **rest: Any) -> list[tuple[str, str]]:
    return [(gap.code, gap.subject) for gap in service_gaps(of(*services, **rest))]


def test_a_service_says_what_it_lacks(of: Of) -> None:
    start = {"id": "out", "title": "U", "amount": 900.0}
    end = {"id": "back", "title": "T", "resource": "n", "minutes": 10.0, "per": "end"}
    nurse = {"id": "n", "title": "N", "cost_per_year": 1.0, "hours_per_year": 1.0}
    lacking = service(volume={2026: 80.0}, per_start=(start,), tasks=(end,), resources=(nurse,))
    assert gaps(of, lacking) == [("starting_missing", "service.s"), ("ending_missing", "service.s")]
    assert gaps(of, {**lacking, "starting": {2026: 9.0}, "ending": {2026: 9.0}}) == []
    platform = service(volume={2026: 80.0}, fixed=({"id": "p", "title": "P", "amount": 9.0},))
    assert gaps(of, platform, go_live=date(2026, 1, 1)) == []
    assert gaps(of, platform, go_live=date(2026, 7, 1)) == [("first_year_not_whole", "service.s")]
    assert gaps(of, service(), shared_resources=(nurse,)) == [("shared_resource_unused", "shared_resource.n")]


def test_parties_without_patients_or_price_are_told_of(of: Of) -> None:
    parties = ({"actor": "a", "key": 1.0, "volume": {2026: 80.0}}, {"actor": "b", "share": 0.5})
    found = service(volume={2026: 80.0, 2027: 80.0, 2028: 80.0}, parties=parties)
    (gap, price) = service_gaps(of(found))
    assert (gap.code, gap.parameters["years"]) == ("party_volume_missing", "2027, 2028")
    assert price.code == "agreed_price_missing_for_parties"
    assert gaps(of, {**found, "volume": {2026: 80.0}, "agreed_price": 900.0}) == []
