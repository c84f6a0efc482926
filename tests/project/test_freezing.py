"""A frozen plan: what is in it, that it is never written over, and that a touched one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.errors import InvalidInput
from benefits.project import read
from benefits.project.freezing import Freeze, binding, known_on, plan_of, read_freezes, should_be_frozen, write_freeze
from benefits.project.model import Project

DAY = date(2024, 12, 31)
PLAN = """\
format: 1
id: liten
title: Lite prosjekt
go_live: 2025-01-01
benefits:
  - id: g1
    title: Mer tid
    status: expected
    hypothesis: {action: gjør noe, mechanism: noe skjer}
    indicator: {definition: Timer, unit: hours, per: person_year, direction: lower_is_better}
    baseline: {state: measured, value: 52, source: Et uttrekk}
    method: {id: time_study, responsible: Noen, frequency: Hvert år}
    target: {value: 46, date: 2026-12-31, ramp: {2025: 0.5}}
"""
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "project.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def plan(text: str, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return plan_of(read(path).project)


def problems(file: Path) -> list[tuple[str, str]]:
    return [(one.place, one.code) for one in read_freezes(read(file))[1]]


def test_what_was_decided_is_frozen_and_nothing_else(file: Path) -> None:
    assert plan_of(read(file).project) == {
        "go_live": "2025-01-01",
        "abnormal_periods": [],
        "data": {},
        "benefits": {
            "g1": {
                "title": {"nb": "Mer tid"},
                "dis_benefit": False,
                "hypothesis": {"action": {"nb": "gjør noe"}, "mechanism": {"nb": "noe skjer"}},
                "indicator": {
                    "definition": {"nb": "Timer"},
                    "unit": "hours",
                    "per": "person_year",
                    "direction": "lower_is_better",
                },
                "baseline": {"state": "measured", "value": 52.0},
                "method": {"id": "time_study"},
                "target": {"value": 46.0, "date": "2026-12-31", "ramp": {"2025": 0.5}},
            }
        },
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("action: gjør noe,", 'action: "gjør   noe",'),
        ("title: Mer tid", "title: {nb: Mer tid}"),
        ("status: expected", "status: measured"),
        ("value: 46,", "value: 46.0,"),
        ("responsible: Noen", "responsible: Andre"),
        ("{state: measured, value: 52,", "{value: 52, state: measured,"),
    ],
)
def test_layout_order_and_what_is_not_frozen_leave_the_frozen_plan_as_it_is(
    old: str, new: str, file: Path, tmp_path: Path
) -> None:
    assert old in PLAN
    assert plan(PLAN.replace(old, new), tmp_path) == plan_of(read(file).project)


def test_a_freeze_is_written_beside_the_project_file_and_read_back(file: Path) -> None:
    before = file.read_bytes()
    assert write_freeze(read(file), as_of=DAY) == "frozen/2024-12-31.json"
    assert file.read_bytes() == before
    (freeze,), none = read_freezes(read(file))
    assert none == ()
    assert (freeze.as_of, freeze.file) == (DAY, "frozen/2024-12-31.json")
    assert freeze.plan == plan_of(read(file).project)
    assert [path.name for path in (file.parent / "frozen").iterdir()] == ["2024-12-31.json"]


def test_the_same_plan_freezes_to_the_same_bytes(file: Path, tmp_path: Path) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    first = frozen.read_bytes()
    frozen.unlink()
    write_freeze(read(file), as_of=DAY)
    assert frozen.read_bytes() == first
    assert first.endswith(b"}\n")
    assert json.loads(first)["project_file_sha256"] == read(file).sha256
    assert str(tmp_path).encode() not in first


def test_a_date_that_is_frozen_is_refused_and_left_alone(file: Path) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    before = frozen.read_bytes()
    file.write_text(PLAN.replace("46", "40"), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        write_freeze(read(file), as_of=DAY)
    assert [one.code for one in caught.value.problems] == ["freeze_exists"]
    assert frozen.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(file: Path) -> None:
    (file.parent / "frozen").write_text("a file", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        write_freeze(read(file), as_of=DAY)
    assert [one.code for one in caught.value.problems] == ["freeze_not_writable"]


def changed(change: Change) -> Callable[[bytes], bytes]:
    def apply(content: bytes) -> bytes:
        body = json.loads(content)
        change(body)
        return json.dumps(body).encode()

    return apply


def lower_target(body: dict[str, Any]) -> None:
    body["plan"]["benefits"]["g1"]["target"]["value"] = 50.0


@pytest.mark.parametrize(
    ("touch", "code"),
    [
        (changed(lower_target), "freeze_changed"),
        (changed(lambda body: body.update(as_of="2024-12-30")), "freeze_changed"),
        (changed(lambda body: body.pop("sha256")), "freeze_changed"),
        (changed(lambda body: body.update(more=1)), "freeze_changed"),
        (changed(lambda body: body.update(format=2)), "freeze_newer_format"),
        (lambda content: content[:40], "freeze_unreadable"),
        (lambda content: b"[]", "freeze_unreadable"),
        (lambda content: b"\xff\xfe", "freeze_unreadable"),
        (lambda content: b"", "freeze_unreadable"),
        (lambda content: b"[" * 100_000, "freeze_unreadable"),
    ],
)
def test_a_touched_or_broken_freeze_is_refused_with_its_place(
    touch: Callable[[bytes], bytes], code: str, file: Path
) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    frozen.write_bytes(touch(frozen.read_bytes()))
    ((place, found),) = problems(file)
    assert found == code
    assert place.startswith("frozen/2024-12-31.json")


def test_laying_the_file_out_anew_changes_nothing(file: Path) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    frozen.write_text(json.dumps(json.loads(frozen.read_bytes())), encoding="utf-8")
    assert problems(file) == []


def test_a_freeze_of_another_project_or_another_day_is_refused(file: Path) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    frozen.rename(frozen.with_name("2024-12-30.json"))
    assert problems(file) == [("frozen/2024-12-30.json", "freeze_other_date")]
    file.write_text(PLAN.replace("id: liten", "id: annen"), encoding="utf-8")
    assert problems(file) == [("frozen/2024-12-30.json", "freeze_other_project")]


def test_other_files_in_the_folder_are_nobodys_business(file: Path) -> None:
    write_freeze(read(file), as_of=DAY)
    (file.parent / "frozen" / "notes.json").write_text("{", encoding="utf-8")
    assert problems(file) == []


def sealed(change: Change) -> Callable[[bytes], bytes]:
    """Change a frozen plan and give it the fingerprint that belongs to what it has become."""

    def apply(content: bytes) -> bytes:
        body = json.loads(content)
        del body["sha256"]
        change(body["plan"])
        whole = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return json.dumps(body | {"sha256": sha256(whole.encode()).hexdigest()}).encode()

    return apply


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda plan: plan["benefits"]["g1"].pop("title"), "benefits.g1.title"),
        (lambda plan: plan["benefits"]["g1"].pop("dis_benefit"), "benefits.g1.dis_benefit"),
        (lambda plan: plan["benefits"]["g1"]["target"].pop("value"), "benefits.g1.target.value"),
        (lambda plan: plan["benefits"]["g1"]["target"].update(date="snart"), "benefits.g1.target.date"),
        (lambda plan: plan["benefits"]["g1"]["indicator"].pop("unit"), "benefits.g1.indicator.unit"),
        (lambda plan: plan["benefits"]["g1"]["baseline"].pop("state"), "benefits.g1.baseline.state"),
        (lambda plan: plan["benefits"]["g1"]["baseline"].update(value="52"), "benefits.g1.baseline.value"),
        (lambda plan: plan["benefits"]["g1"]["method"].pop("id"), "benefits.g1.method.id"),
        (lambda plan: plan["benefits"].update(g1=[]), "benefits.g1"),
        (lambda plan: plan.update(go_live=2025), "go_live"),
    ],
)
def test_a_freeze_that_lacks_a_key_is_refused_though_its_fingerprint_fits(
    change: Change, where: str, file: Path
) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    frozen.write_bytes(sealed(lambda plan: None)(frozen.read_bytes()))
    assert problems(file) == []
    frozen.write_bytes(sealed(change)(frozen.read_bytes()))
    ((problem,),) = (read_freezes(read(file))[1],)
    assert (problem.code, problem.value) == ("freeze_incomplete", where)


def test_everything_a_plan_may_freeze_can_be_read_back(file: Path) -> None:
    whole = PLAN.replace(
        "baseline: {state: measured, value: 52, source: Et uttrekk}",
        "baseline: {state: measured, value: 52, low: 50, high: 54, before_start: true, "
        'period: {start: 2024-01-01, end: 2024-12-31}, selection: {rule: " ", window_months: 12, population_rate: 1}}',
    ).replace("{id: time_study,", "{id: time_study, options: {level: 0.95, scale: ratio, selected: true, lag: 3},")
    assert whole.count("population_rate") == whole.count("lag: 3") == 1
    file.write_text(whole, encoding="utf-8")
    write_freeze(read(file), as_of=DAY)
    assert problems(file) == []


def test_half_a_character_in_a_freeze_is_told_and_stumbles_over_nothing(file: Path) -> None:
    frozen = file.parent / write_freeze(read(file), as_of=DAY)
    frozen.write_bytes(frozen.read_bytes().replace(b"Mer tid", b"Mer \\ud83d"))
    assert problems(file) == [("frozen/2024-12-31.json", "freeze_changed")]


def frozen_on(day: date, go_live: date | None = None) -> Freeze:
    start = {"go_live": go_live.isoformat()} if go_live is not None else {}
    return Freeze(as_of=day, file=f"frozen/{day.isoformat()}.json", sha256="", plan={"benefits": {}} | start)


def started(go_live: date | None, *, phase: str | None = None) -> Project:
    return Project.model_validate({"format": 1, "id": "a", "title": "A", "phase": phase, "go_live": go_live})


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@given(days=st.lists(DAYS, unique=True), as_of=DAYS)
def test_a_freeze_of_a_later_day_is_not_known(days: list[date], as_of: date) -> None:
    known = [one.as_of for one in known_on(tuple(frozen_on(day) for day in days), as_of=as_of)]
    assert known == sorted(day for day in days if day <= as_of)


@given(days=st.lists(DAYS, unique=True), as_of=DAYS, start=DAYS)
def test_the_last_freeze_from_before_the_start_applies_else_the_first(
    days: list[date], as_of: date, start: date
) -> None:
    found = binding(tuple(frozen_on(day) for day in days), project=started(start), as_of=as_of)
    known = sorted(day for day in days if day <= as_of)
    before = [day for day in known if day <= start]
    expected = before[-1] if before else known[0] if known else None
    assert (found.as_of if found is not None else None) == expected


def test_moving_the_start_does_not_let_a_later_freeze_in() -> None:
    first = frozen_on(date(2023, 12, 31), go_live=date(2024, 1, 1))
    again = frozen_on(date(2025, 6, 30), go_live=date(2026, 1, 1))
    assert binding((first, again), project=started(date(2026, 1, 1)), as_of=date(2025, 12, 31)) == first
    assert binding((first, again), project=started(None), as_of=date(2025, 12, 31)) == first


@pytest.mark.parametrize(("phase", "expected"), [("plan", 1), (None, 1), ("realise", 0)])
def test_a_plan_without_a_start_may_be_frozen_again_until_its_project_realises(
    phase: str | None, expected: int
) -> None:
    freezes = (frozen_on(date(2023, 12, 31)), frozen_on(date(2024, 6, 30)))
    assert binding(freezes, project=started(None, phase=phase), as_of=date(2025, 1, 1)) == freezes[expected]


@pytest.mark.parametrize(
    ("phase", "go_live", "expected"),
    [
        ("idea", None, False),
        ("plan", date(2026, 1, 1), False),
        ("execute", date(2025, 1, 1), True),
        (None, date(2025, 6, 30), True),
        (None, None, False),
        ("realise", None, True),
        ("realise", date(2026, 1, 1), False),
    ],
)
def test_a_plan_should_be_frozen_once_the_service_has_started(
    phase: str | None, go_live: date | None, expected: bool
) -> None:
    told = {"format": 1, "id": "a", "title": "A", "phase": phase, "go_live": go_live}
    assert should_be_frozen(Project.model_validate(told), as_of=date(2025, 6, 30)) is expected
