"""Numbers held at what an analyst has set them to; all else as it was."""

from __future__ import annotations

import numpy as np

from benefits.report.explore import Explorer
from benefits.report.explore.held import with_held


def test_what_is_not_held_has_the_draws_it_had_also_in_a_group_that_hangs_together(explorer: Explorer) -> None:
    model = explorer.model
    first, second = next(group.assumptions for group in model.project.correlated)
    held = with_held(model, {"refill": 0.0, first: 7.0})
    numbers = model.numbers
    assert np.array_equal(held.draws.column(second, numbers[second]), model.draws.column(second, numbers[second]))
    assert set(held.draws.column(first, numbers[first])) == {7.0}
