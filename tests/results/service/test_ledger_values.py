"""The ledger as values: counts, shares and what was used per patient-month; few persons are hidden in all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.measurement import proportion_interval
from benefits.project.model import Project
from benefits.results import Values
from benefits.results.service.ledger_values import add_ledger_values


def added(*rows: dict[str, Any], go_live: date | None = None) -> Values:
    ledger = tuple({"date": date(2025, at, 28), **counts} for at, counts in enumerate(rows, start=1))
    plan = {"format": 1, "id": "p", "title": "P", "ledger": ledger, "go_live": go_live}
    values = Values()
    add_ledger_values(Project.model_validate({name: one for name, one in plan.items() if one is not None}), values)
    return values


def year(**amounts: Any) -> Values:
    """One row at the end of the first year of a service."""
    return of(Project.model_validate(base({"date": date(2025, 12, 31), **amounts})))


def base(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"format": 1, "id": "p", "title": "P", "go_live": date(2025, 1, 1), "ledger": rows}


def of(project: Project) -> Values:
    values = Values()
    add_ledger_values(project, values)
    return values


def test_a_hidden_count_has_no_value_and_says_that_it_is_hidden() -> None:
    values = added({"started": 20, "active": 3, "ended": 17})
    found = {id: (value.value, value.suppressed) for id, value in values.items() if not id.endswith("share")}
    prefix = "ledger.2025-01-28"
    assert found == {
        f"{prefix}.started": (20, False),
        f"{prefix}.active": (None, True),
        f"{prefix}.ended": (None, True),
    }


def test_how_many_units_take_part_is_never_hidden() -> None:
    assert added({"units": 3})["ledger.2025-01-28.units"].value == 3


def test_a_share_is_shown_with_wilsons_interval() -> None:
    share = added({"invited": 100, "accepted": 80})["ledger.2025-01-28.accepted.share"]
    assert (share.value, share.low, share.high) == (0.8, *proportion_interval(80, 100))


@pytest.mark.parametrize(
    ("counts", "name"),
    [
        # What it is of is hidden: two more were invited than at the date before. Who accepted is shown.
        ({"invited": 42, "accepted": 30}, "accepted"),
        # What it is a part of is shown, and the part hidden.
        ({"invited": 80, "accepted": 78}, "accepted"),
    ],
)
def test_a_share_is_hidden_where_either_of_its_counts_is(counts: dict[str, int], name: str) -> None:
    values = added({"invited": 40}, counts)
    hidden = [values[f"ledger.2025-02-28.{field}"].suppressed for field in counts]
    assert sorted(hidden) == [False, True]
    share = values[f"ledger.2025-02-28.{name}.share"]
    assert (share.value, share.low, share.high, share.suppressed) == (None, None, None, True)


def test_drop_out_is_a_share_of_those_who_started() -> None:
    share = added({"started": 50, "ended": 20, "fell_out": 10})["ledger.2025-01-28.fell_out.share"]
    assert (share.value, share.low, share.high) == (0.2, *proportion_interval(10, 50))


def test_what_was_used_is_told_per_patient_month() -> None:
    """Six patient-years: 72 patient-months; 7200 minutes are 100 each, 144 alerts 2, 108 000 kroner 1500."""
    values = year(active=6, patient_months=72, minutes=7200, alerts=144, cost=108_000)
    rates = {name: values[f"ledger.2025-12-31.{name}.rate"].value for name in ("minutes", "alerts", "cost")}
    assert rates == {"minutes": 100, "alerts": 2, "cost": 1500}
    assert values["ledger.2025-12-31.cost.rate"].price_year == 2025


def test_kroner_of_a_row_that_goes_over_a_new_year_are_of_no_year() -> None:
    rows = ({"date": date(2025, 9, 30), "active": 9}, {"date": date(2026, 3, 31), "active": 9, "cost": 9000})
    assert of(Project.model_validate(base(*rows)))["ledger.2026-03-31.cost"].price_year is None


@pytest.mark.parametrize(
    "amounts",
    [
        # Three in the service, on average or on the date.
        {"patient_months": 36},
        {"active": 3, "patient_months": 72},
        # Estimated from those active, who are hidden, since two have ended.
        {"started": 20, "active": 18, "ended": 2},
    ],
)
def test_patient_months_that_would_tell_of_a_few_are_hidden_and_what_is_told_per_each(amounts: dict[str, int]) -> None:
    values = year(minutes=3600, cost=90_000, **amounts)
    prefix = "ledger.2025-12-31"
    hidden = {
        name for name, value in values.items() if value.suppressed and not name.endswith(("active", "ended.share"))
    }
    assert {f"{prefix}.patient_months", f"{prefix}.minutes.rate", f"{prefix}.cost.rate"} <= hidden
    # Minutes are of staff, kroner of accounts.
    assert values[f"{prefix}.minutes"].value == 3600
    assert values[f"{prefix}.cost"].value == 90_000


def test_patient_months_are_hidden_when_those_active_the_last_time_were_few() -> None:
    rows = ({"date": date(2025, 6, 30), "active": 4}, {"date": date(2025, 12, 31), "active": 20, "patient_months": 72})
    assert of(Project.model_validate(base(*rows)))["ledger.2025-12-31.patient_months"].suppressed


def test_patient_months_of_a_quiet_month_are_hidden_where_those_active_are() -> None:
    """Ten started and three have ended; 7 patient-months in a month are the seven active, and 10 - 7 the three."""
    counts = {"started": 10, "active": 7, "ended": 3}
    quiet = {"date": date(2025, 1, 31), **counts, "patient_months": 7, "minutes": 700}
    values = of(Project.model_validate(base(quiet)))
    prefix = "ledger.2025-01-31"
    hidden = {name for name in ("active", "patient_months", "minutes.rate") if values[f"{prefix}.{name}"].suppressed}
    assert hidden == {"active", "patient_months", "minutes.rate"}
    # In a half-year they are 6 x 8.5, which tells of nobody.
    longer = {"date": date(2025, 6, 30), **counts, "patient_months": 51}
    assert of(Project.model_validate(base(longer)))["ledger.2025-06-30.patient_months"].value == 51


def test_a_few_alerts_are_hidden_in_a_group_of_less_than_fifty() -> None:
    few, many = year(patient_months=12 * 49, alerts=4), year(patient_months=12 * 50, alerts=4)
    assert [one["ledger.2025-12-31.alerts"].value for one in (few, many)] == [None, 4]
    assert [one["ledger.2025-12-31.alerts.rate"].value for one in (few, many)] == [None, 4 / 600]
