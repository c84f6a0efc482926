"""What is realised: documented by somebody with line authority, or for quality measured twice after the project."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.project.model import Project
from benefits.results import Values
from benefits.results.verdicts.realised import Realised, realised

QUALITY: dict[str, Any] = {
    "id": "g1",
    "title": "Tryggere pasienter",
    "types": ("quality",),
    "indicator": {"definition": "Skår", "unit": "points", "direction": "higher_is_better"},
    "target": {"value": 4.5, "date": date(2026, 12, 31)},
}
ENDS = date(2026, 12, 31)


def measured(day: date, value: float = 4.6, *, confirmed: bool = False) -> dict[str, Any]:
    return {"date": day, "value": value, "grade": "reported", "source": "S", "confirmed": confirmed}


def found(benefit: dict[str, Any], *, as_of: date = date(2028, 1, 1), ends: date | None = ENDS) -> Realised:
    project = Project.model_validate({"format": 1, "id": "dho", "title": "DHO", "ends": ends, "benefits": (benefit,)})
    (one,) = realised(project, as_of=as_of, values=Values())
    return one


def quality(*measurements: dict[str, Any], as_of: date = date(2028, 1, 1), ends: date | None = ENDS) -> Realised:
    return found(QUALITY | {"measurements": measurements}, as_of=as_of, ends=ends)


FIRST, SECOND = date(2027, 6, 30), date(2027, 12, 31)


def test_a_quality_gain_at_the_target_twice_after_the_project_and_confirmed_is_realised() -> None:
    one = quality(measured(FIRST), measured(SECOND, confirmed=True))
    assert (one.code, one.lacking, one.on) == ("confirmed_twice", "", SECOND)


@pytest.mark.parametrize(
    ("measurements", "as_of", "lacking"),
    [
        ([measured(FIRST), measured(SECOND)], date(2028, 1, 1), "confirmation"),
        ([measured(SECOND, confirmed=True)], date(2028, 1, 1), "occasions"),
        # Two values of one day are one occasion, and one below the target is none.
        ([measured(SECOND), measured(SECOND, confirmed=True)], date(2028, 1, 1), "occasions"),
        ([measured(FIRST, 4.4), measured(SECOND, confirmed=True)], date(2028, 1, 1), "occasions"),
        # What comes after the report is not known, and while the project goes on nothing is realised.
        ([measured(FIRST), measured(SECOND, confirmed=True)], date(2027, 12, 30), "occasions"),
        ([measured(FIRST), measured(SECOND, confirmed=True)], ENDS, "project_goes_on"),
        # On the day the project ends it is still under way.
        ([measured(ENDS), measured(SECOND, confirmed=True)], date(2028, 1, 1), "occasions"),
    ],
)
def test_what_a_quality_gain_lacks_is_named(measurements: list[dict[str, Any]], as_of: date, lacking: str) -> None:
    one = quality(*measurements, as_of=as_of)
    assert (one.code, one.lacking) == ("no", lacking)


def test_a_project_without_an_end_is_judged_from_the_date_of_the_target() -> None:
    assert quality(measured(ENDS), measured(FIRST, confirmed=True), ends=None).code == "confirmed_twice"


def test_other_gains_are_realised_when_it_is_said_and_documented_and_not_before_it_was_decided() -> None:
    plain = {"id": "g1", "title": "Mer tid", "types": ("time_saved",), "status": "realised"}
    plain |= {"owner": {"role": "Leder", "line_authority": True}}
    taken = plain | {"realisation": {"form": "own_budget", "documentation": "Vedtak", "decided": date(2027, 3, 1)}}
    assert found(taken).code == "documented"
    assert found(taken, as_of=date(2027, 2, 28)).lacking == "decided_later"
    assert found(taken | {"status": "measured"}).lacking == "not_claimed"
