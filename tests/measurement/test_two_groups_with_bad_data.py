"""Bad data are answered with a reason by every comparison of two groups, and never with a traceback."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benefits.errors import InvalidInput
from benefits.measurement import Estimate, Refusal, apply

pytestmark = pytest.mark.slow

START = date(2024, 1, 1)
METHODS = (
    "difference_in_differences",
    "repeated_cross_sections",
    "event_study",
    "staggered_starts",
    "weighted_comparison",
)


def persons(size: int = 12, months: int = 24) -> pd.DataFrame:
    stream = np.random.default_rng(0)
    rows = [
        {"person": f"{group}{number}", "group": group, "period": f"{month:%Y-%m-%d}", "count": int(stream.poisson(1))}
        for group in ("treated", "comparison")
        for number in range(size)
        for month in pd.date_range("2023-01-01", periods=months, freq="MS")
    ]
    return pd.DataFrame(rows).assign(exposure=1.0)


def changed(**columns) -> pd.DataFrame:
    return persons().assign(**columns)


def every_third_missing() -> pd.DataFrame:
    frame = persons()
    return frame[np.random.default_rng(1).random(len(frame)) > 0.3]


TABLES = {
    "no rows": persons().head(0),
    "one row": persons().head(1),
    "all zeros": changed(count=0),
    "one event": changed(count=[1] + [0] * (len(persons()) - 1)),
    "backwards": persons().iloc[::-1],
    "negative": changed(count=-1),
    "decimal commas": changed(count="1,5"),
    "no exposure": changed(exposure=0.0),
    "unknown group": changed(group="some"),
    "one group": changed(group="treated"),
    "one person in a group": persons()[
        lambda frame: frame["person"].isin(["comparison0", *[f"treated{n}" for n in range(9)]])
    ],
    "nothing before": persons()[lambda frame: frame["period"] >= "2024-01-01"],
    "nothing after": persons()[lambda frame: frame["period"] < "2024-01-01"],
    "one month after": persons(months=13),
    "a third missing": every_third_missing(),
    "amounts": changed(count=persons()["count"] + 0.25),
    "the same for everybody": changed(count=2),
    "no persons": persons().groupby(["group", "period"], as_index=False)[["count", "exposure"]].sum(),
    "starts after the end": changed(start="2030-01-01"),
    "starts in every month": changed(start=[f"2023-{1 + number // 48:02d}-01" for number in range(len(persons()))]),
}


@pytest.mark.parametrize("scale", ["ratio", "difference"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("table", TABLES)
def test_bad_data_get_a_reason_or_an_answer_with_an_interval(table, method, scale):
    try:
        answer = apply(method, TABLES[table], go_live=START, options={"scale": scale})
    except InvalidInput:
        return
    if isinstance(answer, Refusal):
        assert answer.code
        assert answer.what_would_open_it
        return
    assert isinstance(answer, Estimate)
    assert answer.low <= answer.effect <= answer.high
    assert np.isfinite([answer.low, answer.high, answer.se]).all()
    assert answer.low < answer.high


@pytest.mark.parametrize("method", ["difference_in_differences", "event_study"])
def test_a_third_of_the_months_missing_fails_a_check(method):
    answer = apply(method, TABLES["a third missing"], go_live=START, options={"scale": "difference"})
    assert next(check for check in answer.checks if check.code == "missing_data").passed is False


@pytest.mark.parametrize("table", ["negative", "decimal commas", "no exposure", "unknown group", "no rows"])
def test_a_table_that_cannot_be_used_is_told_with_its_problems(table):
    with pytest.raises(InvalidInput):
        apply("difference_in_differences", TABLES[table], go_live=START)
