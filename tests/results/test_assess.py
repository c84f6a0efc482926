"""The chain: which date decides, which files are named, and all problems at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benefits.errors import InvalidInput, grouped
from benefits.results import Results, assess, check, lacks

PARAMS = Path(__file__).resolve().parents[2] / "params"
Plan = dict[str, Any]
Written = Callable[..., Path]


def test_the_date_asked_for_goes_before_that_of_the_file(plan: Plan, table: str, written: Written) -> None:
    path = written({**plan, "as_of": date(2024, 9, 30)}, {"tall.csv": table})
    assert assess(path, as_of=date(2024, 6, 30), draws=8).as_of == date(2024, 6, 30)


def test_the_date_of_the_file_goes_before_that_of_the_data(plan: Plan, table: str, written: Written) -> None:
    path = written({**plan, "as_of": date(2024, 9, 30)}, {"tall.csv": table})
    assert assess(path, draws=8).as_of == date(2024, 9, 30)


def test_without_a_date_the_last_month_of_the_data_decides(plan: Plan, table: str, written: Written) -> None:
    assert assess(written(plan, {"tall.csv": table}), draws=8).as_of == date(2024, 12, 31)


def test_without_a_date_and_without_data_there_is_a_problem(plan: Plan, written: Written) -> None:
    path = written({key: value for key, value in plan.items() if key not in {"data", "benefits"}})
    with pytest.raises(InvalidInput) as refused:
        assess(path)
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [("no_as_of", "project.yaml:1")]
    assert assess(path, as_of=date(2024, 6, 30), draws=8).as_of == date(2024, 6, 30)


def test_what_is_missing_can_be_asked_for_without_a_date_and_a_report_cannot(plan: Plan, written: Written) -> None:
    path = written({key: value for key, value in plan.items() if key not in {"data", "benefits", "as_of"}})
    assert "no_benefits" in {gap.code for gap in lacks(path)[1]}
    with pytest.raises(InvalidInput) as refused:
        check(path)
    assert [problem.code for problem in refused.value.problems] == ["no_as_of"]
    assert check(path, as_of=date(2024, 6, 30)).id == "liten"


def test_what_is_missing_is_what_the_reports_say(plan: Plan, table: str, written: Written) -> None:
    path = written(plan, {"tall.csv": table})
    assert lacks(path)[1] == assess(path).gaps


def test_data_after_the_date_is_not_used(plan: Plan, table: str, written: Written) -> None:
    """Until the end of June 2024 there are six months after the start: one event in each of 2.0 person-years."""
    path = written(plan, {"tall.csv": table})
    results = assess(path, as_of=date(2024, 6, 30), draws=8)
    assert results.values["estimate.g1.before_after.exposure"].value == 12.0
    assert max(point.period for point in results.series[0].points) <= date(2024, 6, 1)


def test_a_month_that_had_not_ended_is_not_used(plan: Plan, table: str, written: Written) -> None:
    path = written(plan, {"tall.csv": table})
    assert assess(path, as_of=date(2024, 6, 29), draws=8).values["estimate.g1.before_after.exposure"].value == 10.0


def test_before_there_are_data_a_report_can_still_be_made(plan: Plan, table: str, written: Written) -> None:
    results = assess(written(plan, {"tall.csv": table}), as_of=date(2020, 1, 1), draws=8)
    assert (results.series, results.estimates) == ((), ())


def test_every_file_used_is_named_from_the_folder_with_its_hash(plan: Plan, table: str, written: Written) -> None:
    path = written(plan, {"tall.csv": table})
    results = assess(path, draws=8)
    assert results.files == {
        "project.yaml": sha256(path.read_bytes()).hexdigest(),
        "tall.csv": sha256(table.encode("utf-8")).hexdigest(),
    }


def test_problems_of_project_and_data_come_together_in_order(plan: Plan, table: str, written: Written) -> None:
    path = written({**plan, "phase": "fase"}, {"tall.csv": table.replace("2023-02;2", "2023-02;-2")})
    with pytest.raises(InvalidInput) as refused:
        assess(path)
    assert {(one.code, one.place.partition(":")[0]) for one in refused.value.problems} == {
        ("not_one_of", "project.yaml"),
        ("negative_count", "tall.csv"),
    }
    places = [one.place for one in refused.value.problems]
    assert places == sorted(places)


def test_a_data_file_that_is_missing_is_told_once(plan: Plan, written: Written) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(written(plan))
    assert len(refused.value.problems) == 1


def test_problems_come_by_line_and_not_by_letter(plan: Plan, table: str, written: Written) -> None:
    bad = table.replace("2023-02;2", "2023-02;-2").replace("2024-11;1", "2024-11;-1")
    with pytest.raises(InvalidInput) as refused:
        check(written(plan, {"tall.csv": bad}))
    assert [one.place for one in refused.value.problems] == ["tall.csv:3", "tall.csv:24"]


def test_how_many_more_there_are_comes_after_those_listed(plan: Plan, table: str, written: Written) -> None:
    head, *rows = table.splitlines()
    bad = "\n".join([head, *(row.replace(";", ";-", 1) for row in rows)]) + "\n"
    with pytest.raises(InvalidInput) as refused:
        check(written(plan, {"tall.csv": bad}))
    codes = [one.code for one in refused.value.problems]
    assert codes.index("more_of_the_same") == len(codes) - 1 > 0


def test_a_link_out_of_the_folder_is_told_once(plan: Plan, written: Written, tmp_path: Path) -> None:
    path = written(plan)
    outside = tmp_path.parent / f"{tmp_path.name}.csv"
    outside.write_text("hemmelig\n", encoding="utf-8")
    (path.parent / "tall.csv").symlink_to(outside)
    with pytest.raises(InvalidInput) as refused:
        check(path)
    assert [one.code for one in refused.value.problems] == ["data_file_outside"]


def test_no_problem_shows_an_absolute_path(plan: Plan, written: Written) -> None:
    path = written({**plan, "phase": "fase"})
    with pytest.raises(InvalidInput) as refused:
        check(path)
    assert str(path.parent) not in "\n".join(map(str, refused.value.problems))


def test_a_relative_file_is_named_as_the_user_named_it(
    plan: Plan, table: str, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written({**plan, "phase": "fase"}, {"tall.csv": table})
    monkeypatch.chdir(path.parent.parent)
    with pytest.raises(InvalidInput) as refused:
        check(f"{path.parent.name}/project.yaml")
    assert refused.value.problems[0].place.startswith(f"{path.parent.name}/project.yaml:")


def test_gaps_come_heaviest_first_and_each_once(kommune: Results, spread: Results) -> None:
    for results in (kommune, spread):
        weights = [gap.weight for gap in results.gaps]
        assert weights == sorted(weights, reverse=True)
        assert len({(gap.code, gap.subject, str(dict(gap.parameters))) for gap in results.gaps}) == len(weights)
        assert results.values["count.gaps"].value == len(grouped(results.gaps)) <= len(weights)


def test_an_effect_built_into_constructed_data_is_within_the_interval(kommune: Results) -> None:
    """The data are made with a fifth fewer admissions; what is true must not be refuted."""
    ratio = kommune.values["estimate.innleggelser.difference_in_differences.ratio"]
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low < 0.8 < ratio.high


def test_evidence_from_elsewhere_is_shown_whole_and_marked(spread: Results) -> None:
    """Every published entry on the same outcome is there, not only the one that was chosen."""
    used = {one.evidence_id for one in spread.inputs.values() if one.evidence_id}
    assert used < {study.id for study in spread.evidence}
    for name, one in spread.inputs.items():
        assert spread.values[f"assumption.{name}"].elsewhere is bool(one.evidence_id)


def test_the_problems_of_every_room_come_at_once_each_at_its_own_line(plan: Plan, table: str, written: Written) -> None:
    """A benefit without an id is left out, and those after it keep their lines; the last has the unknown method."""
    broken = {**plan, "phase": "someday", "assumptions": {"pris": {"reference": "isf.unit_prise"}}}
    nameless = {"title": "Uten id"}
    misnamed = {"id": "g2", "title": "To", "method": {"id": "before_aftr"}}
    path = written({**broken, "benefits": [nameless, *plan["benefits"], misnamed]}, {"tall.csv": table + "x;y\n"})
    with pytest.raises(InvalidInput) as refused:
        check(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    told = {problem.code: problem.place for problem in refused.value.problems}
    assert {"not_one_of", "missing", "unknown_method", "unknown_reference"} <= set(told)
    assert "before_aftr" in lines[int(told["unknown_method"].rpartition(":")[2]) - 1]
    assert "isf.unit_prise" in lines[int(told["unknown_reference"].rpartition(":")[2]) - 1]
    assert any(place.startswith("tall.csv:") for place in told.values())


def test_a_start_that_is_no_date_is_one_problem_and_not_also_one_of_each_amount(plan: Plan, written: Written) -> None:
    ledger = {"ledger.csv": "Dato;Minutter;Kostnad\n2024-06-30;80;9000\n"}
    path = written({**plan, "go_live": "01.01.2024", "ledger_file": "ledger.csv", "data": [], "benefits": []}, ledger)
    with pytest.raises(InvalidInput) as refused:
        assess(path)
    assert {problem.value for problem in refused.value.problems} == {"01.01.2024"}
