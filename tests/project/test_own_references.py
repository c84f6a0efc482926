"""A file of own reference values is read as the package's own are, and every mistake in it is told with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benefits.errors import InvalidInput
from benefits.project.own_references import PROBLEM_CODES, read_own_references, read_reference_file
from benefits.reference import load_library

GOOD = """format: 1
references:
  - id: discharge_ready.day_price
    titles: Døgnpris fra brevet
    unit: kroner
    per: bed_day
    standing: official
    yearly: carry
    values:
      - date: 2026-01-01
        value: 6100
        price_year: 2026
        source: {title: Brev fra departementet}
"""
HEAD = "format: 1\nreferences:\n"
SHARE = "  - {id: a, titles: A, unit: share, standing: official, values: [\n      "
PRICE = SHARE.replace("share", "kroner")
OF = "source: {title: S}}"


def codes(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    path = tmp_path / "references.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_reference_file(path, shown_as="references.yaml")
    places = [(problem.place.rpartition(":"), problem.code) for problem in caught.value.problems]
    assert {place[0] for place, _ in places} == {"references.yaml"}
    return [(int(place[2]), code) for place, code in places]


def test_an_own_value_goes_before_the_one_with_its_id(tmp_path: Path) -> None:
    (tmp_path / "references.yaml").write_text(GOOD, encoding="utf-8")
    own, problems = read_own_references(tmp_path, ("references.yaml",), shown_as="project.yaml")
    assert problems == ()
    value = load_library().with_own(own[0].entries).at("discharge_ready.day_price", date(2026, 5, 1))
    assert (value.value, value.price_year, value.titles.nn) == (6100.0, 2026, "Døgnpris fra brevet")
    assert value.valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: a\n  titles: A\n", [(1, "not_a_reference_file")]),
        (f"{HEAD}{PRICE}{{date: 2024-01-01, value: 5, {OF}]}}\n", [(4, "price_year_missing")]),
        (f"{HEAD}{PRICE}{{date: 2024-01-01, value: -5, price_year: 2024, {OF}]}}\n", [(4, "reference_negative")]),
        (f"{HEAD}{SHARE}{{date: 2024-01-01, value: 1.4, {OF}]}}\n", [(4, "share_outside")]),
        (f"{HEAD}{SHARE}{{date: 2024-01-01, value: 0.4, price_year: 2024, {OF}]}}\n", [(4, "price_year_unused")]),
        (f'{HEAD}{SHARE}{{date: "2024-01-01", value: 0.4, {OF}]}}\n', [(4, "date_written_otherwise")]),
        (f"{HEAD}{SHARE}{{date: 2024-01-01, value: 0,4, {OF}]}}\n", [(4, "number_cut_by_comma")]),
        (
            f"{HEAD}{SHARE}{{date: 2024-01-01, value: 0.4, valid_until: 2023-01-01, {OF}]}}\n",
            [(4, "valid_until_too_early")],
        ),
        (
            f"{HEAD}{SHARE}{{date: 2024-01-01, value: 0.4, {OF},\n      {{date: 2024-01-01, value: 0.5, {OF}]}}\n",
            [(5, "reference_date_twice")],
        ),
        (f"{HEAD}  - {{id: a, titles: A, unit: kr, standing: official}}\n", [(3, "not_one_of")]),
        (f"{HEAD}  - {{id: a, titles: A, unit: hours, standing: official}}\n", [(3, "reference_without_value")]),
        (
            f"{HEAD}  - {{id: a, titles: A, unit: hours, index: true, standing: official, where_to_find: B}}\n",
            [(3, "index_not_share")],
        ),
        (
            f"{HEAD}  - {{id: a, titles: A, unit: share, per: year, yearly: exact, index: true, standing: official,\n"
            f"     values: [{{date: 2024-01-01, value: -1, {OF}]}}\n",
            [(4, "growth_below_nothing")],
        ),
        (
            f"{HEAD}" + 2 * "  - {id: a, titles: A, unit: hours, standing: official, where_to_find: B}\n",
            [(4, "duplicate_id")],
        ),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(tmp_path, text) == expected


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("price_year: 2026", "valid_until: 2025-01-01")
    text += "  - {id: b, titles: B, unit: kr, standing: official, where_to_find: C}\n"
    assert codes(tmp_path, text) == [(10, "price_year_missing"), (12, "valid_until_too_early"), (14, "not_one_of")]


def test_a_growth_may_be_negative_and_a_share_may_not(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    entry = "id: a, titles: A, unit: share, per: year, yearly: exact, index: true, standing: official"
    path.write_text(f"{HEAD}  - {{{entry}, values: [{{date: 2024-01-01, value: -0.02, {OF}]}}\n", encoding="utf-8")
    assert read_reference_file(path, shown_as="references.yaml").entries["a"].values[0].value == -0.02


def test_an_id_in_two_files_is_told_in_the_second(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    _, problems = read_own_references(tmp_path, ("*.yaml",), shown_as="project.yaml")
    assert [(problem.place, problem.code) for problem in problems] == [("b.yaml:3", "reference_in_two_files")]


@pytest.mark.parametrize("file", ["../references.yaml", "nowhere.yaml", "folder", "**x.yaml"])
def test_a_file_that_is_not_there_or_outside_is_left_to_the_rules_of_the_project_file(
    tmp_path: Path, file: str
) -> None:
    (tmp_path / "folder").mkdir()
    assert read_own_references(tmp_path, (file,), shown_as="project.yaml") == ((), ())


def test_every_problem_has_its_words() -> None:
    from benefits.language import catalogue, ready

    for language in ready():
        assert [code for code in PROBLEM_CODES if f"problem.{code}.remedy" not in catalogue(language)] == []
