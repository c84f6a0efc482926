"""A worked example of a settlement."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.economics.settlement import settle

nets = st.dictionaries(st.sampled_from("abcdefg"), st.floats(-1e7, 1e7), min_size=2)
some = st.sets(st.sampled_from("abcdefg"))


def test_those_who_gain_give_in_proportion_to_what_they_gain() -> None:
    """Losses of 60 and 30; gains of 120 and 60 of which half is needed: 60 and 30 are given."""
    before = {"a": -60.0, "b": -30.0, "c": 120.0, "d": 60.0, "patients": 500.0, "e": -10.0}
    found = settle(before, parties=("a", "b", "c"), may_give=("c", "d", "e"))
    assert found.received == pytest.approx({"a": 60.0, "b": 30.0, "c": -60.0, "d": -30.0})
    assert (found.need, found.left) == (90.0, 0.0)


def test_where_they_gain_too_little_the_rest_is_told() -> None:
    """A third of 90 is there: each loss is cut by a third."""
    found = settle({"a": -60.0, "b": -30.0, "c": 30.0}, parties=("a", "b"), may_give=("c",))
    assert found.received == pytest.approx({"a": 20.0, "b": 10.0, "c": -30.0})
    assert found.left == pytest.approx(60.0)


@given(before=nets, parties=some, may_give=some)
def test_what_is_given_is_got_and_nobody_is_made_to_lose(
    before: dict[str, float], parties: set[str], may_give: set[str]
) -> None:
    found = settle(before, parties=parties, may_give=may_give)
    size = 1e-9 * (1.0 + sum(abs(net) for net in before.values()))
    assert abs(math.fsum(found.received.values())) <= size
    for actor, received in found.received.items():
        after = before[actor] + received
        assert after >= -size if before[actor] > 0 else after <= size
    lost = sum(-min(0.0, before[actor] + found.received.get(actor, 0.0)) for actor in before if actor in parties)
    assert lost == pytest.approx(found.left, abs=size)
    assert 0.0 <= found.left <= found.need
