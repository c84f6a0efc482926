"""Who a report is for is asked for on the command line, and only those there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benefits.cli import main

LEAST = "format: 1\nid: vik\ntitle: Vik\nas_of: 2025-12-31\n"


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """The orders given for a project in the working directory; nothing is made."""
    given: list[Any] = []

    def seen(_: Any, order: Any, **__: Any) -> list[Any]:
        given.append(order)
        return []

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("benefits.batch.make_reports", seen)
    Path("project.yaml").write_text(LEAST, encoding="utf-8")
    return given


def test_a_report_is_for_everybody_unless_it_is_asked_for_inside(orders: list[Any]) -> None:
    for asked in ([], ["--audience", "internal"]):
        assert CliRunner().invoke(main, ["report", "plan", ".", *asked]).exit_code == 0
    assert [order.audience for order in orders] == ["public", "internal"]


def test_another_audience_is_wrong_use(orders: list[Any]) -> None:
    answer = CliRunner().invoke(main, ["report", "plan", ".", "--audience", "alle"])
    assert (answer.exit_code, orders) == (2, [])
    assert "public" in answer.output


def test_a_data_request_is_a_kind_of_report(orders: list[Any]) -> None:
    assert CliRunner().invoke(main, ["report", "data-request", "."]).exit_code == 0
    assert orders[0].kind == "data-request"
