"""The day a set of reference values is of is asked for on the command line, and the list of reports keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benefits.batch.runs import read_runs, record
from benefits.cli import main


def test_a_report_is_asked_for_with_the_reference_values_of_a_day(orders: list[Any]) -> None:
    for asked in ([], ["--references", "2025-06-30"]):
        assert CliRunner().invoke(main, ["report", "plan", ".", *asked]).exit_code == 0
    assert [order.references for order in orders] == ["", "2025-06-30"]


@pytest.mark.parametrize("day", ["i går", "2025-02-30", "30.06.2025", "2025-W01-1"])
def test_a_day_that_is_none_is_wrong_use(orders: list[Any], day: str) -> None:
    answer = CliRunner().invoke(main, ["report", "plan", ".", "--references", day])
    assert (answer.exit_code, orders) == (2, [])


def test_the_list_of_reports_keeps_the_day_and_reads_one_from_before_there_was_any(tmp_path: Path) -> None:
    from benefits.batch.run import Outcome

    failed = Outcome(subject="a", source=tmp_path / "a.yaml", kind="plan", language="nb", failure=("x",))
    record([failed], out=tmp_path, messages="nb", references="2025-06-30")
    assert [run.references for run in read_runs(tmp_path / "runs.csv")] == ["2025-06-30"]
    lines = (tmp_path / "runs.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "old.csv").write_text("\n".join(line.rpartition(";")[0] for line in lines), encoding="utf-8-sig")
    assert [(run.project, run.references) for run in read_runs(tmp_path / "old.csv")] == [("a", "")]
