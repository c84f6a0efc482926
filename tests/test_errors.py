"""Problems and gaps go into sets and through processes as they are."""

from __future__ import annotations

import pickle

import pytest

from benefits.errors import Gap, InvalidInput, Problem

PROBLEM = Problem(place="project.yaml:7", code="unknown_key", value="fase", parameters={"nearest": "phase"})
GAP = Gap(code="no_baseline", subject="g1", weight=90, parameters={"year": 2025})


@pytest.mark.parametrize("one", [PROBLEM, GAP], ids=["problem", "gap"])
def test_it_goes_through_a_pickle_and_equals_itself(one: Problem | Gap) -> None:
    assert pickle.loads(pickle.dumps(one)) == one


def test_equal_ones_are_one_in_a_set_and_other_parameters_make_two() -> None:
    again = Problem(place="project.yaml:7", code="unknown_key", value="fase", parameters={"nearest": "phase"})
    other = Problem(place="project.yaml:7", code="unknown_key", value="fase", parameters={"nearest": "theme"})
    assert len({PROBLEM, again, other}) == 2
    assert len({GAP, Gap(code="no_baseline", subject="g1", weight=90, parameters={"year": 2025})}) == 1


def test_parameters_are_a_copy_of_those_given() -> None:
    given = {"nearest": "phase"}
    problem = Problem(place="p", code="c", parameters=given)
    given["nearest"] = "theme"
    assert problem.parameters == {"nearest": "phase"}


def test_a_refused_file_goes_through_a_pickle_with_its_problems_and_what_could_be_read() -> None:
    found = pickle.loads(pickle.dumps(InvalidInput((PROBLEM,), partial="what was read")))
    assert (found.problems, found.partial, str(found)) == ((PROBLEM,), "what was read", str(PROBLEM))
