"""The method the page for analysts writes in one file can be registered, chosen and shown, and answers rightly."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import benefits
from benefits.activity import Series
from benefits.measurement import Estimate, Refusal, method, methods

pytestmark = pytest.mark.slow

Blocks = Callable[..., list[str]]
PAGE = "docs/analytiker.md"
GO_LIVE = date(2024, 1, 1)


@pytest.fixture
def installed(blocks: Blocks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The file and the entry point of the page, as a package that is installed has them; gives the method's id."""
    (file,) = blocks(PAGE, "python", "filen mean_of_months.py")
    (entry,) = blocks(PAGE, "toml")
    section, line = entry.splitlines()
    group = re.fullmatch(r'\[project\.entry-points\."(.+)"\]', section)
    assert group is not None
    site, name = tmp_path / "site", line.split(" = ")[0]
    (site / "mine-1.0.dist-info").mkdir(parents=True)
    (site / "mean_of_months.py").write_text(file, encoding="utf-8")
    (site / "mine-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (site / "mine-1.0.dist-info" / "entry_points.txt").write_text(f"[{group[1]}]\n{line.replace(chr(34), '')}\n")
    monkeypatch.syspath_prepend(site)
    yield name
    sys.modules.pop("mean_of_months", None)


def months(before: list[int], after: list[int]) -> Series:
    periods = pd.date_range(end="2023-12-01", periods=len(before), freq="MS").append(
        pd.date_range("2024-01-01", periods=len(after), freq="MS")
    )
    return Series(
        pd.DataFrame({"period": periods, "unit": "Vik", "group": "all", "count": [*before, *after], "exposure": 2.0})
    )


def test_the_method_of_the_page_answers_as_worked_by_hand(installed: str) -> None:
    # Rates 1.5, 2.5 by turns before and 1.0, 2.0 after: means 2.0 and 1.5, and a variance of 0.3 on both sides, so that
    # the standard error is sqrt(0.3 / 6 + 0.3 / 6) and Welch's degrees of freedom are those of Student, 10.
    data = months([3, 5] * 3, [2, 4] * 3)
    answer = method(installed).estimate(data, benefit="g1", indicator="g1", go_live=GO_LIVE, options={"selected": True})
    assert isinstance(answer, Estimate)
    assert answer.effect == pytest.approx(-0.5)
    assert answer.se == pytest.approx(0.1**0.5)
    assert answer.df == pytest.approx(10)
    assert answer.high - answer.effect == pytest.approx(2.228139 * 0.1**0.5, rel=1e-6)
    assert (answer.grade, answer.exposure) == ("reported", 12.0)


@pytest.mark.parametrize(("after", "code"), [([2, 4], "too_few_periods"), ([3] * 6, "no_spread")])
def test_the_method_of_the_page_refuses_what_says_too_little(installed: str, after: list[int], code: str) -> None:
    answer = method(installed).estimate(months([3] * 6, after), benefit="g", indicator="g", go_live=GO_LIVE, options={})
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_plan_can_name_the_method_of_the_page_and_shows_it(installed: str, root: Path, tmp_path: Path) -> None:
    assert installed in methods()
    shutil.copytree(root / "params" / "eksempel-kommune", tmp_path / "copy")
    file = tmp_path / "copy" / "project.yaml"
    text = file.read_text(encoding="utf-8")
    assert "also: [before_after]" in text
    file.write_text(text.replace("also: [before_after]", f"also: [{installed}]"), encoding="utf-8")
    shown = re.sub(r"<[^>]+>", "", benefits.open_report("plan", str(file), language="nb").show("measured").html)
    assert f"{installed} ville gitt" in shown
    assert "regresjon mot gjennomsnittet" in shown
