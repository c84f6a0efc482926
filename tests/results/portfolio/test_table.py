"""Counts and sums of a table: zero and no were printed, an empty cell was not; of a missing column nothing is said."""

from __future__ import annotations

from benefits.results.portfolio.registry import RegistryRow
from benefits.results.portfolio.table import COLUMNS, add_table_values
from benefits.results.values import Values
from benefits.vocabulary import Phase


def row(number: int, *, hours: float | None = None, dho: bool | None = None, **more: object) -> RegistryRow:
    return RegistryRow(line=number + 1, number=number, project=f"P{number}", hours=hours, dho=dho, **more)  # type: ignore[arg-type]


def counted(*rows: RegistryRow, columns: frozenset[str] = frozenset(COLUMNS)) -> dict[str, float | None]:
    values = Values()
    add_table_values(rows, columns, values)
    return {id.removeprefix("portfolio.registry."): value.value for id, value in values.items()}


def test_zero_hours_and_no_were_printed_and_an_empty_cell_was_not() -> None:
    found = counted(row(1, hours=0.0, dho=False), row(2))
    assert (found["rows_with_hours"], found["hours"], found["row.1.hours"]) == (1, 0, 0)
    assert (found["not_printed.hours"], found["not_printed.dho"], found["dho"]) == (1, 1, 0)
    assert "row.2.hours" not in found


def test_hours_that_nobody_printed_are_no_sum() -> None:
    assert counted(row(1), row(2))["hours"] is None


def test_rows_without_a_region_are_counted_apart() -> None:
    found = counted(row(1, hours=5.0, health_region="helse_vest"), row(2, hours=7.0))
    assert (found["region.helse_vest.hours"], found["region.blank.hours"], found["region.helse_nord.rows"]) == (5, 7, 0)


def test_a_project_moves_on_stands_still_or_goes_back_and_else_is_unknown() -> None:
    moves: list[tuple[Phase | None, Phase | None]] = [
        ("concept", "plan"),
        ("plan", "plan"),
        ("execute", "concept"),
        ("concept", None),
    ]
    found = counted(*(row(n, phase_start=start, phase_end=end) for n, (start, end) in enumerate(moves, start=1)))
    assert [found[f"phase.{name}"] for name in ("further", "same", "back", "blank")] == [1, 1, 1, 1]


def test_of_a_column_the_table_does_not_have_nothing_is_said() -> None:
    assert counted(row(1), columns=frozenset()) == {"rows": 1}
