from __future__ import annotations

import pandas as pd

from benefits.activity.tables.typed import fingerprint, typed


def of(*texts: str | None, name: str = "a") -> str:
    return fingerprint(pd.DataFrame({name: pd.Series(texts, dtype="str")}))


def test_any_other_table_has_another_fingerprint():
    tables = [
        of("a", None),
        of(None, "a"),
        of("a", ""),
        of("", "a"),
        of("ab", "c"),
        of("a", "bc"),
        of("a", None, name="b"),
    ]
    assert len(set(tables)) == len(tables)


def test_the_same_table_has_the_same_fingerprint_whichever_types_an_engine_gave():
    kinds = {"unit": "text", "count": "whole", "date": "date"}
    days = pd.Series(["2024-02-01", "2024-01-31"])
    one = {"unit": pd.Series([7, 8]), "count": pd.Series([2, 1]), "date": pd.to_datetime(days)}
    other = {
        "unit": pd.Series(["8", "7"], dtype="object"),
        "count": pd.Series([1.0, 2.0]),
        "date": pd.Series([day.date() for day in pd.to_datetime(days[::-1])]),
    }
    assert fingerprint(typed(one, kinds)) == fingerprint(typed(other, kinds))
    pd.testing.assert_frame_equal(typed(one, kinds), typed(other, kinds))
