"""Sums over projects: within one basis and one price year, and what is left out of them is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from benefits.project import Project
from benefits.results.portfolio.model import Amount, LeftOut, Member, Sum
from benefits.results.portfolio.sums import REASONS, add_sums
from benefits.results.values import Values
from benefits.vocabulary import BASES, Basis

Number = tuple[str, Basis, float, float | None, float | None, int | None]
"""Code, basis, value, low, high, price year."""


def member(
    id: str, numbers: Iterable[Number], values: Values, *, status: str = "expected", illustration: bool = False
) -> Member:
    benefit = {"id": "g1", "title": "G", "status": status}
    project = Project.model_validate({"format": 1, "id": id, "title": id, "benefits": (benefit,)})
    amounts = []
    for code, basis, value, low, high, year in numbers:
        name = f"portfolio.project.{id}.{code}.{basis}"
        unit = "hours" if code == "hours" else "minutes" if code == "minutes" else "kroner"
        values.add(name, value, low=low, high=high, unit=unit, basis=basis, price_year=year, grade="before_after")
        item = "" if code == "cost" else "g1"
        amounts.append(Amount(code=code, item=item, basis=basis, value=name, illustration=illustration))
    return Member(
        project=project,
        file=f"{id}/project.yaml",
        as_of=date(2025, 12, 31),
        files={"project.yaml": "0"},
        gaps=(),
        claims=(),
        effects=(),
        detectable=(),
        prices={},
        amounts=tuple(amounts),
    )


def summed(*projects: list[Number], **kind: object) -> tuple[Values, tuple[Sum, ...], tuple[LeftOut, ...]]:
    values = Values()
    members = tuple(member(f"p{n}", numbers, values, **kind) for n, numbers in enumerate(projects))  # type: ignore[arg-type]
    sums, left_out = add_sums(members, values)
    return values, sums, left_out


def test_hours_and_their_limits_are_added() -> None:
    # 100 (50 to 150) and 200 (-20 to 400) hours: 300, from 50 - 20 = 30 to 150 + 400 = 550.
    values, sums, _ = summed([("hours", "expected", 100, 50, 150, None)], [("hours", "expected", 200, -20, 400, None)])
    found = values["portfolio.sum.hours.expected"]
    assert (found.value, found.low, found.high, found.unit) == (300, 30, 550, "hours")
    assert [(one.code, one.projects) for one in sums] == [("hours", ("p0", "p1"))]


def test_a_number_without_an_interval_counts_as_itself_in_both_limits() -> None:
    values, _, _ = summed([("hours", "expected", 100, 50, 150, None)], [("hours", "expected", 10, None, None, None)])
    found = values["portfolio.sum.hours.expected"]
    assert (found.value, found.low, found.high) == (110, 60, 160)


def test_one_project_is_no_sum() -> None:
    _, sums, _ = summed([("hours", "expected", 100, 50, 150, None)], [])
    assert sums == ()


def test_expected_and_measured_are_never_added() -> None:
    _, sums, _ = summed([("hours", "expected", 100, 50, 150, None)], [("hours", "measured", 100, 50, 150, None)])
    assert sums == ()


def test_kroner_of_two_price_years_are_two_sums() -> None:
    projects = [[("cost", "expected", -1000.0, None, None, year)] for year in (2023, 2024, 2024, 2023, 2025)]
    values, sums, _ = summed(*projects)  # type: ignore[arg-type]
    assert [(one.value, one.projects) for one in sums] == [
        ("portfolio.sum.cost.expected.2023", ("p0", "p3")),
        ("portfolio.sum.cost.expected.2024", ("p1", "p2")),
    ]
    assert {values[one.value].price_year for one in sums} == {2023, 2024}


def test_kroner_without_a_price_year_are_left_out_and_it_is_told() -> None:
    _, sums, left_out = summed(*[[("cost", "expected", -1000.0, None, None, None)]] * 2)
    assert sums == ()
    assert ("cost", "no_price_year", ("p0", "p1")) in [(one.code, one.reason, one.projects) for one in left_out]


def test_kroner_that_only_illustrate_are_left_out_and_it_is_told() -> None:
    _, sums, left_out = summed(*[[("cash", "expected", 1000.0, None, None, 2024)]] * 2, illustration=True)
    assert sums == ()
    assert ("cash", "illustration", ("p0", "p1")) in [(one.code, one.reason, one.projects) for one in left_out]


def test_minutes_are_not_added_to_hours_and_it_is_told() -> None:
    values, _, left_out = summed(
        [("hours", "expected", 1, None, None, None)],
        [("hours", "expected", 2, None, None, None), ("minutes", "expected", 600, None, None, None)],
    )
    assert values["portfolio.sum.hours.expected"].value == 3
    assert ("hours", "in_minutes", ("p1",)) in [(one.code, one.reason, one.projects) for one in left_out]


def test_what_was_expected_of_a_benefit_that_did_not_come_is_left_out() -> None:
    numbers: list[Number] = [("hours", "expected", 1, None, None, None)]
    _, sums, left_out = summed(numbers, numbers, status="not_realised")
    assert sums == ()
    assert ("hours", "did_not_come", ("p0", "p1")) in [(one.code, one.reason, one.projects) for one in left_out]


def test_money_expected_of_a_benefit_that_did_not_come_is_left_out_but_no_cost_and_nothing_measured() -> None:
    numbers: list[Number] = [
        ("cash", "expected", 800, 700, 900, 2024),
        ("cash", "measured", 20, 10, 30, 2024),
        ("cost", "expected", -1000, None, None, 2024),
    ]
    values, sums, left_out = summed(numbers, numbers, status="not_realised")
    assert [one.value for one in sums] == ["portfolio.sum.cost.expected.2024", "portfolio.sum.cash.measured.2024"]
    assert values["portfolio.sum.cash.measured.2024"].value == 40
    assert ("cash", "did_not_come", ("p0", "p1")) in [(one.code, one.reason, one.projects) for one in left_out]
    assert [one for one in left_out if one.code == "cost"] == []


def test_of_money_that_only_illustrates_that_is_said_whatever_came_of_the_benefit() -> None:
    numbers: list[Number] = [("cash", "expected", 800, 700, 900, 2024)]
    _, _, left_out = summed(numbers, numbers, status="not_realised", illustration=True)
    assert [one.reason for one in left_out if one.code == "cash"] == ["illustration"]


def test_a_project_that_states_nothing_is_told_and_not_taken_as_zero() -> None:
    numbers: list[Number] = [("hours", "expected", 1, None, None, None)]
    values, _, left_out = summed(numbers, numbers, [])
    assert values["portfolio.sum.hours.expected.projects"].value == 2
    assert ("hours", "nothing_stated", ("p2",)) in [(one.code, one.reason, one.projects) for one in left_out]
    assert values["portfolio.left_out.hours.nothing_stated"].value == 1


numbers = st.tuples(
    st.sampled_from(["hours", "cost", "cash"]),
    st.sampled_from(BASES),
    st.floats(-1e6, 1e6),
    st.floats(0, 1e5),
    st.sampled_from([2023, 2024, None]),
)


@given(st.lists(st.lists(numbers, max_size=4, unique_by=lambda one: one[:2]), max_size=5))
def test_a_sum_is_of_one_basis_and_one_year_and_lies_inside_its_interval(found: list[list[tuple]]) -> None:  # type: ignore[type-arg]
    projects = [
        [
            (code, basis, value, value - half, value + half, year if code != "hours" else None)
            for code, basis, value, half, year in one
        ]
        for one in found
    ]
    values, sums, left_out = summed(*projects)  # type: ignore[arg-type]
    for one in sums:
        total = values[one.value]
        assert len(one.projects) >= 2
        assert total.low is not None
        assert total.high is not None
        assert total.value is not None
        assert total.low - 1e-6 <= total.value <= total.high + 1e-6
        parts = [values[f"portfolio.project.{id}.{one.code}.{one.basis}"] for id in one.projects]
        assert {part.price_year for part in parts} == {total.price_year}
        assert {part.basis for part in parts} == {total.basis}
        assert abs(sum(part.value or 0.0 for part in parts) - total.value) < 1e-6
    assert {one.reason for one in left_out} <= set(REASONS)
