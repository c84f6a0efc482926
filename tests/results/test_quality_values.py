"""What is told of data and of those included: no number of few persons, and none that could be worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.activity.cohort import Members
from benefits.activity.quality import Finding
from benefits.project.model import Project
from benefits.results import Values
from benefits.results.quality_values import FATES, PARTS, WARNINGS, hidden_fates, qualities
from benefits.results.reading import read_activity

TABLE = "periode;antall;aar\n" + "".join(f"2024-{month:02d};{month + 4};2,0\n" for month in range(1, 13))


def project(**source: Any) -> Project:
    columns = {"period": "periode", "count": "antall", "exposure": "aar"}
    data = {"id": "tall", "file": "tall.csv", "shape": "series", "columns": columns, **source}
    return Project.model_validate({"format": 1, "id": "p", "title": "P", "data": (data,)})


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., tuple[Any, Values]]:
    """What is told of twelve months of counts with some findings, and of those included."""
    (tmp_path / "tall.csv").write_text(TABLE, encoding="utf-8")

    def tell(
        *findings: Finding, members: Members | None = None, as_of: date = date(2024, 12, 31), limit: int = 5
    ) -> Any:
        plan, values = project(), Values()
        extracts = dict(read_activity(plan, root=tmp_path).extracts)
        extracts["tall"] = replace(extracts["tall"], findings=findings, members=members)
        (one,) = qualities(plan, extracts, values, as_of=as_of, limit=limit)
        return one, values

    return tell


def test_a_source_without_findings_is_told_with_its_rows_and_its_first_and_last_day(told: Any) -> None:
    one, values = told()
    assert (one.first, one.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert values["data.tall.rows"].value == 12
    assert one.found == one.warnings == ()


def test_what_happened_after_the_date_of_the_report_is_not_told(told: Any) -> None:
    later = Finding(code="last_period_early", parameters={"period": "2024-12", "last_day": "2024-12-11"})
    change = Finding(code="coding_break", parameters={"index": 0, "date": "2024-03-01"})
    one, _ = told(later, change, as_of=date(2024, 6, 30))
    assert [finding.code for finding in one.found] == ["coding_break"]
    assert one.last == date(2024, 6, 30)


def test_a_finding_that_may_change_what_the_numbers_mean_is_a_warning(told: Any) -> None:
    plain, heavy = (
        Finding(code="history_by_rule", parameters={"months": 12}),
        Finding(code="zero_exposure", parameters={"count": 2}),
    )
    one, values = told(plain, heavy)
    assert [finding.code for finding in one.warnings] == ["zero_exposure"]
    assert values["data.tall.history_by_rule.months"].unit == "months"
    assert values["data.tall.zero_exposure.count"].value == 2


def test_findings_alike_have_ids_of_their_own(told: Any) -> None:
    holes = [
        Finding(
            code="missing_periods",
            parameters={"count": count, "unit": unit, "group": "all", "first": "2024-02", "last": "2024-03"},
        )
        for count, unit in ((2, "Vik"), (1, "Os"))
    ]
    _, values = told(*holes)
    assert [values[f"data.tall.missing_periods.{place}.count"].value for place in (1, 2)] == [2, 1]


@pytest.mark.parametrize(("count", "few"), [(0, False), (4, True), (5, False)])
def test_a_few_persons_are_told_of_without_their_number(told: Any, count: int, few: bool) -> None:
    one, values = told(Finding(code="events_of_others", parameters={"count": count, "share": count / 100}))
    assert one.found[0].few is few
    for name in ("count", "share"):
        value = values[f"data.tall.events_of_others.{name}"]
        assert (value.value is None, value.suppressed) == (few, few)


def test_a_low_last_month_is_told_of_without_how_low_since_the_series_may_hide_that_month(told: Any) -> None:
    parameters = {"period": "2024-12", "count": 3, "usual": 12.0, "share": 0.25}
    one, values = told(Finding(code="last_period_low", parameters=parameters))
    assert one.found[0].said == {"period": "2024-12"}
    assert [id for id in values if "last_period_low" in id] == []


def cohort(died: int, *, of: int = 60) -> Members:
    ended = [pd.Timestamp("2024-05-10")] * died + [pd.NaT] * (of - died)
    rows = pd.DataFrame(
        {"person": range(of), "group": "treated", "unit": "", "ended": pd.Series(ended, dtype="datetime64[ns]")}
    )
    reasons = ["died"] * died + [""] * (of - died)
    start, first = pd.Timestamp("2024-01-15"), pd.Timestamp("2023-01-15")
    return Members(rows=rows.assign(reason=reasons, start=start, first=first), last=date(2024, 12, 31))


def test_deaths_are_counted_by_group_up_to_the_date_of_the_report(told: Any) -> None:
    one, values = told(members=cohort(7))
    assert one.groups == ("treated",)
    numbers = {fate: values[f"data.tall.cohort.treated.{fate}"].value for fate in FATES}
    assert numbers == {"included": 60, "died": 7, "stopped": 0, "moved": 0, "followed": 53}
    _, before = told(members=cohort(7), as_of=date(2024, 4, 30))
    assert before["data.tall.cohort.treated.died"].value == 0


def test_few_deaths_are_hidden_with_what_they_could_be_worked_out_from(told: Any) -> None:
    _, values = told(members=cohort(3))
    hidden = {fate for fate in FATES if values[f"data.tall.cohort.treated.{fate}"].suppressed}
    assert hidden == {"died", "followed"}


def test_those_inside_see_few_deaths(told: Any) -> None:
    _, values = told(members=cohort(3), limit=1)
    assert values["data.tall.cohort.treated.died"].value == 3


@given(st.integers(0, 30), st.integers(0, 12), st.integers(0, 12), st.integers(0, 30))
def test_no_few_persons_can_be_worked_out_of_what_is_shown(followed: int, died: int, moved: int, stopped: int) -> None:
    """Everyone included died, moved or was followed: what is left of those included by any shown is not of few."""
    included = followed + died + moved
    numbers = {
        "included": included,
        "died": died,
        "moved": moved,
        "followed": followed,
        "stopped": min(stopped, included),
    }
    hidden = hidden_fates(numbers)
    known = {fate: number for fate, number in numbers.items() if fate not in hidden}
    assert not [number for number in known.values() if 0 < number < 5]
    shown = [fate for fate in PARTS if fate in known]
    if "included" in known:
        for size in range(len(shown) + 1):
            for some in combinations(shown, size):
                assert not 0 < included - sum(numbers[fate] for fate in some) < 5


def test_a_number_is_hidden_only_where_it_must_be() -> None:
    assert hidden_fates({"included": 150, "died": 8, "stopped": 30, "moved": 5, "followed": 137}) == frozenset()


def test_every_warning_is_a_finding_there_is() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("benefits/activity").rglob("*.py"))
    assert [code for code in sorted(WARNINGS) if f'"{code}"' not in source] == []


@pytest.mark.parametrize(
    ("used_by", "told_of"), [(("time_study",), []), (("time_study", "before_after"), ["missing_share"])]
)
def test_months_between_two_timings_are_not_missing(
    tmp_path: Path, used_by: tuple[str, ...], told_of: list[str]
) -> None:
    (tmp_path / "tall.csv").write_text(TABLE, encoding="utf-8")
    benefits = Project.model_validate(
        {
            "format": 1,
            "id": "p",
            "title": "P",
            "benefits": tuple(
                {"id": id, "title": "T", "types": ("time_saved",), "method": {"id": id, "data": "tall"}}
                for id in used_by
            ),
        }
    ).benefits
    plan = project().model_copy(update={"benefits": benefits})
    extracts = dict(read_activity(plan, root=tmp_path).extracts)
    holes = Finding(code="missing_share", parameters={"count": 160, "of": 200, "share": 0.8})
    extracts["tall"] = replace(extracts["tall"], findings=(holes,))
    (one,) = qualities(plan, extracts, Values(), as_of=date(2024, 12, 31))
    assert [finding.code for finding in one.found] == told_of
