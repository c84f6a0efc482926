"""The portfolio of InnoMed's annual report 2024: the table as printed, and both sides where the report disagrees."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benefits.results import assess_portfolio
from benefits.results.portfolio.model import Held, PortfolioResults

FILE = Path(__file__).resolve().parents[2] / "params" / "innomed-2024" / "portfolio.yaml"


@cache
def results() -> PortfolioResults:
    return assess_portfolio(FILE)


def number(id: str) -> float | None:
    return results().values[id].value


def held(id: str) -> Held:
    return next(one for one in results().held if one.printed.id == id)


def printed(id: str) -> list[float | None]:
    return [results().values[one].value if one else None for one in held(id).statements]


def test_the_table_has_27_rows_and_4160_hours_from_25_of_them() -> None:
    names = ("rows", "rows_with_hours", "hours", "dho")
    assert [number(f"portfolio.registry.{name}") for name in names] == [27, 25, 4160, 3]


def test_rows_and_hours_by_region_add_up_to_the_table() -> None:
    regions = ("helse_nord", "helse_midt_norge", "helse_vest", "helse_sor_ost")
    assert [number(f"portfolio.registry.region.{one}.rows") for one in regions] == [4, 1, 8, 14]
    assert [number(f"portfolio.registry.region.{one}.hours") for one in regions] == [420, 100, 1180, 2460]


def test_the_two_rows_of_the_list_alone_have_no_owner_hours_or_phase() -> None:
    blank = [row for row in results().rows if row.hours is None]
    assert [row.project for row in blank] == ["DHO Bergen", "DHO Helgeland"]
    assert all((row.owner, row.phase_start, row.phase_end) == (None, None, None) for row in blank)
    for column in ("owner", "hours", "phase_start", "phase_end"):
        assert number(f"portfolio.registry.not_printed.{column}") == 2


@pytest.mark.parametrize(
    ("id", "said", "rows", "share"),
    [("size-small", 0.40, 3, 0.12), ("size-medium", 0.60, 21, 0.84), ("size-large", 0.034, 1, 0.04)],
)
def test_the_size_classes_of_the_table_stand_beside_the_printed_ones(
    id: str, said: float, rows: int, share: float
) -> None:
    assert printed(id) == [said]
    assert (number(f"portfolio.printed.{id}.chosen"), number(f"portfolio.printed.{id}.whole")) == (rows, 25)
    assert number(f"portfolio.printed.{id}.table") == share
    assert held(id).differs


def test_43_projects_are_printed_three_times_and_27_listed() -> None:
    assert (printed("projects"), number("portfolio.printed.projects.table")) == ([43, 43, 43, 27], 27)
    assert held("projects").agree == (False, False, False, True)


def test_grants_are_said_to_be_30_to_350_hours_and_are_40_to_300() -> None:
    assert (printed("hours-least"), number("portfolio.printed.hours-least.table")) == ([30], 40)
    assert (printed("hours-most"), number("portfolio.printed.hours-most.table")) == ([350], 300)


def test_the_months_of_the_calls_are_shown_from_all_three_places() -> None:
    calls = held("calls")
    assert (calls.table, len(calls.printed.statements)) == (None, 3)
    words = [str(one.words) for one in calls.printed.statements]
    assert "februar, mai og september" in words[0]
    assert "mai, juni og september" in words[1]


def test_every_text_of_the_portfolio_is_in_three_languages() -> None:
    portfolio = results().portfolio
    assert portfolio.languages == ("nb", "nn", "en")
    registry = portfolio.registry
    assert registry is not None
    assert registry.source is not None
    texts = [portfolio.title, portfolio.summary, registry.title, registry.source.title, registry.source.where]
    texts += list(registry.notes)
    texts += [text for one in registry.printed for text in (one.title, one.note) if text is not None]
    texts += [statement.where for one in registry.printed for statement in one.statements]
    assert all(text is not None and text.nb and text.nn and text.en for text in texts)
