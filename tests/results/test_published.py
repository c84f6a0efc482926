"""Series as they may be shown: small cells are widened in time or hidden, and the numbers stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benefits.activity import Panel, Series
from benefits.project.model import Project
from benefits.results import PublishedSeries, Values
from benefits.results.published import publish
from benefits.results.reading import read_activity

END = date(2024, 12, 31)


def project(**source: Any) -> Project:
    data = {"id": "s", "file": "s.csv", "shape": "panel", "columns": {}, "unit": "admissions", **source}
    return Project.model_validate({"format": 1, "id": "p", "title": "P", "data": (data,)})


def panel(*, persons: int, per_month: int, months: int = 12) -> Panel:
    """The first persons have one event each month; everybody is observed all the time."""
    rows = [
        {
            "person": f"P{person:03d}",
            "unit": "Vik",
            "group": "treated",
            "period": period,
            "count": int(person < per_month),
        }
        for person in range(persons)
        for period in pd.date_range("2024-01-01", periods=months, freq="MS")
    ]
    return Panel(pd.DataFrame(rows).assign(unit="Vik", group="treated", exposure=1 / 12))


def areas(counts: Sequence[int], *, exposure: float = 20_000.0) -> Series:
    names = [f"Område {place}" for place in range(1, len(counts) + 1)]
    frame = pd.DataFrame({"unit": names, "count": list(counts), "group": "all", "exposure": exposure})
    return Series(frame.assign(period=pd.Timestamp("2024-01-01")))


def published(data: Panel | Series, /, **source: Any) -> tuple[PublishedSeries, Values]:
    values = Values()
    (one,) = publish(project(**source), {"s": data}, values, as_of=END)
    return one, values


def test_a_small_group_is_widened_to_the_quarter() -> None:
    """Thirty persons, two admissions a month: 2 < 5, and 6 a quarter in 30 x 3/12 = 7.5 person-years, 0.8 a year."""
    series, values = published(panel(persons=30, per_month=2))
    assert series.step == "quarter"
    assert [point.id for point in series.points] == [
        f"series.s.treated.2024-{month}" for month in ("01", "04", "07", "10")
    ]
    assert [values[point.id].value for point in series.points] == pytest.approx([0.8] * 4)
    assert {values[point.id].per for point in series.points} == {"person_year"}


def test_one_event_a_month_is_widened_to_the_half_year() -> None:
    assert published(panel(persons=30, per_month=1))[0].step == "half_year"


def test_a_large_group_is_shown_by_month() -> None:
    """With fifty persons an event says nothing of whom it befell."""
    series, values = published(panel(persons=50, per_month=2))
    assert series.step == "month"
    assert len(series.points) == len(values) == 12


def test_months_without_events_are_shown() -> None:
    series, values = published(panel(persons=30, per_month=0))
    assert series.step == "month"
    assert {values[point.id].value for point in series.points} == {0.0}


def test_where_nothing_clears_nothing_is_shown() -> None:
    """Four persons are too few at any step."""
    series, values = published(panel(persons=4, per_month=4))
    assert series.step is None
    assert series.points == ()
    assert len(values) == 0


def test_events_too_few_for_a_whole_year_are_not_shown() -> None:
    series, values = published(panel(persons=30, per_month=1, months=3))
    assert (series.step, len(values)) == (None, 0)


def test_a_whole_population_is_shown_as_it_is() -> None:
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=3, freq="MS"), "unit": "Vik", "group": "all"})
    series, values = published(Series(frame.assign(count=[1, 2, 4], exposure=100.0)), shape="series")
    assert series.step == "month"
    assert [values[point.id].value for point in series.points] == pytest.approx([0.01, 0.02, 0.04])


def test_a_series_about_few_persons_is_widened_as_a_panel_of_them_would_be() -> None:
    """1.5 person-years a month are 18 persons: 2 admissions a month are too few, 6 a quarter are not."""
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=12, freq="MS"), "count": 2, "exposure": 1.5})
    series, _ = published(Series(frame.assign(unit="Vik", group="treated")), shape="series")
    assert series.step == "quarter"


@pytest.mark.parametrize("per", ["person", "patient"])
def test_a_series_per_person_is_about_as_many_as_its_exposure(per: str) -> None:
    """Twelve persons, one event every other month: by year six."""
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=12, freq="MS"), "count": [1, 0] * 6})
    series, _ = published(Series(frame.assign(unit="Vik", group="all", exposure=12.0)), shape="series", per=per)
    assert series.step == "year"
    assert (
        published(Series(frame.assign(unit="Vik", group="all", exposure=4.0)), shape="series", per=per)[0].step is None
    )


@pytest.mark.parametrize("per", ["inhabitant", "ten_thousand_inhabitants", "consultation"])
def test_a_series_that_says_nothing_of_persons_has_no_limit(per: str) -> None:
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=12, freq="MS"), "count": [1, 0] * 6})
    series, _ = published(Series(frame.assign(unit="Vik", group="all", exposure=12.0)), shape="series", per=per)
    assert series.step == "month"


def test_a_month_with_few_persons_is_not_shown_alone_though_there_were_many_later() -> None:
    """A quarter of a person-year a month are three persons, then five a month are sixty."""
    frame = pd.DataFrame({"period": pd.date_range("2024-01-01", periods=12, freq="MS"), "count": 9})
    frame = frame.assign(unit="Vik", group="treated", exposure=[0.25] + [5.0] * 11)
    assert published(Series(frame), shape="series")[0].step == "quarter"


def test_the_step_is_that_of_all_the_data_and_only_cells_that_are_over_are_shown() -> None:
    """Twenty-four persons. Were January and February shown as 6 and 6, the quarter's 13 would tell of one in March."""
    months = pd.date_range("2024-01-01", periods=12, freq="MS")
    frame = pd.DataFrame({"period": months, "count": [6, 6, 1, *[6] * 9], "unit": "Vik", "group": "all"})
    data = {"s": Series(frame.assign(exposure=2.0))}
    plan = project(shape="series")
    seen = {}
    for month in (2, 3, 5, 9):
        values = Values()
        (series,) = publish(plan, data, values, as_of=(months[month] - pd.Timedelta(days=1)).date())
        seen[month] = (series.step, [(value.value or 0) * 6 for value in values.values()])
    assert seen[2] == (None, [])
    assert seen[3] == ("quarter", pytest.approx([13]))
    assert seen[5] == ("quarter", pytest.approx([13]))
    assert seen[9] == ("quarter", pytest.approx([13, 18, 18]))


def test_a_share_of_all_but_a_few_in_an_area_is_hidden_as_one_of_a_few_is() -> None:
    """38 of 40: two are left out. 35 of 40: five are."""
    series, values = published(areas([38, 35, 40, 2], exposure=40.0), shape="series", unit="share", per="none")
    assert series.areas
    assert [values[point.id].suppressed for point in series.points] == [True, False, False, True]
    assert [values[f"{point.id}.count"].value for point in series.points] == [None, 35, 40, None]


def test_areas_with_fewer_than_five_are_hidden_with_their_interval() -> None:
    series, values = published(areas([12, 4, 0, 5]), shape="series", per="inhabitant")
    assert series.areas
    hidden = [values[point.id] for point in series.points if values[point.id].suppressed]
    # A sum of all areas may be printed elsewhere, so the next smallest is hidden with the only one.
    assert [one.id for one in hidden] == ["series.s.unit-02", "series.s.unit-04"]
    for id in ("series.s.unit-02", "series.s.unit-02.count"):
        assert values[id].suppressed
        assert (values[id].value, values[id].low, values[id].high) == (None, None, None)
        assert not values[id].reason


def test_an_area_is_shown_per_ten_thousand_with_an_exact_interval() -> None:
    """12 in 20 000 is 6 per 10 000. The exact Poisson limits of 12 are 6.2006 and 20.9616 (Ulm 1990), halved here."""
    _, values = published(areas([12, 40]), shape="series", per="inhabitant")
    rate = values["series.s.unit-01"]
    assert (rate.value, rate.per, rate.unit) == (6.0, "ten_thousand_inhabitants", "admissions")
    assert rate.low == pytest.approx(3.1003, abs=1e-4)
    assert rate.high == pytest.approx(10.4808, abs=1e-4)


def test_an_area_without_events_is_shown_as_zero() -> None:
    _, values = published(areas([0, 40]), shape="series", per="inhabitant")
    zero = values["series.s.unit-01"]
    assert (zero.value, zero.low, zero.suppressed) == (0.0, 0.0, False)
    assert zero.high is not None
    assert zero.high > 0


def test_a_source_that_could_not_be_read_is_left_out() -> None:
    assert publish(project(), {}, Values(), as_of=END) == ()


def asked(tmp_path: Path, *lines: str) -> Project:
    """A project with those who answered yes, of those asked, each month."""
    (tmp_path / "s.csv").write_text("\n".join(["periode;ja;spurt", *lines]) + "\n", encoding="utf-8")
    columns = {"period": "periode", "count": "ja", "exposure": "spurt"}
    return project(shape="series", columns=columns, unit="share")


def shown(tmp_path: Path, *lines: str) -> tuple[PublishedSeries, Values]:
    values = Values()
    plan = asked(tmp_path, *lines)
    (series,) = publish(plan, read_activity(plan, root=tmp_path).shapes, values, as_of=END)
    return series, values


def test_a_share_is_shown_with_wilsons_interval(tmp_path: Path) -> None:
    """81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    series, values = shown(tmp_path, "2024-01;81;263")
    value = values[series.points[0].id]
    assert (value.unit, value.per, value.value) == ("share", "none", pytest.approx(81 / 263))
    assert (value.low, value.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


@pytest.mark.parametrize("few", [2, 38])
def test_a_share_of_all_but_a_few_is_hidden_as_a_share_of_a_few_is(tmp_path: Path, few: int) -> None:
    series, _ = shown(tmp_path, f"2024-01;{few};40")
    assert (series.step, series.points) == (None, ())


def test_a_share_of_few_is_hidden_though_many_are_asked_in_another_month(tmp_path: Path) -> None:
    """Three asked in January, and all of them said yes; with February's sixty it may be told."""
    series, _ = shown(tmp_path, "2024-01;3;3", "2024-02;40;60", "2024-03;40;60")
    assert series.step == "quarter"


def test_a_share_of_more_than_there_are_is_told_with_its_line(tmp_path: Path) -> None:
    found = read_activity(asked(tmp_path, "2024-01;10;20", "2024-02;21;20"), root=tmp_path)
    assert [(one.place, one.code) for one in found.problems] == [("s.csv:3", "count_above_exposure")]
