"""Who a report is for is asked for on the command line, and only those there are."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner

from benefits.cli import main


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
