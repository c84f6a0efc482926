"""The staff matrix: hours and full-time years by actor, profession and year; freed, used by the service, moved, net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from benefits.economics.staff import RELATIVES
from benefits.report.blocks import Block, Paragraph, Section, Subheading, Table
from benefits.report.names import actor_name, benefit_name
from benefits.report.sections.actor_years import MOST_YEARS, cells_of_years, columns_of_years
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.staff_values import ALL, NAMES, UNITS, StaffRow
from benefits.vocabulary import Basis

Cell = tuple[StaffRow, str, str]
"""A row of the matrix, the name of a number in it, and its Value id."""
ONLY = ("freed", "used", "moved")
"""What may be all there is of a net."""


def staff(results: Results, voice: Voice) -> Section:
    """Whose time is freed and used by year, in hours and in full-time years; nothing where the plan has no hours."""
    matrix, blocks = results.flow_parts.staff, list(_intro(results, voice))
    for basis in ("expected", "measured"):
        rows = _shown(matrix.of(basis))
        if rows and basis == "measured":
            blocks.append(Subheading(voice.say("staff.measured.heading")))
        for unit in UNITS if rows else ():
            cells = _cells(rows, unit, NAMES)
            blocks += [Paragraph(_note(cells, unit, basis, voice))] if cells else []
            blocks += _by_year(cells, unit, voice.say(f"staff.caption.{unit}.{basis}"), results, voice)
    blocks += _lacking(results, voice)
    return Section(id="staff", heading=voice.say("staff.heading"), blocks=tuple(blocks))


def staff_in_short(results: Results, voice: Voice) -> Section:
    """What is expected over the whole period in hours, and the net of each year in full-time years."""
    rows = _shown(results.flow_parts.staff.of("expected"))
    blocks = list(_intro(results, voice))
    if rows:
        blocks += _in_all(rows, results, voice)
        nets = _cells(rows, "full_time_years", ("net",))
        blocks += _by_year(nets, "full_time_years", voice.say("staff.caption.net"), results, voice)
        blocks += [Paragraph(voice.say("staff.note.full_time_years.expected"))] if nets else []
    blocks += _lacking(results, voice)
    return Section(id="staff", heading=voice.say("staff.heading"), blocks=tuple(blocks))


def _intro(results: Results, voice: Voice) -> Iterator[Block]:
    rows = results.flow_parts.staff.rows
    if rows:
        said = [voice.say("staff.intro")]
        if any(row.profession == RELATIVES for row in rows):
            said.append(voice.say("staff.relatives"))
        again = _filled_again(results)
        if again:
            names = (benefit_name(one, results, voice) for one in again)
            named = voice.listed(voice.say("money_page.quoted", what=name) for name in names)
            said.append(voice.say("staff.filled_again", benefits=named))
        yield Paragraph(Markup(" ").join(said))


def _filled_again(results: Results) -> tuple[str, ...]:
    """The benefits whose hours are of beds that are filled again in part: those hours go to other patients."""
    timed = {line.item for line in results.flow_parts.staff.lines if line.part == "freed"}
    found = [
        line.benefit
        for line in results.layer_parts.lines
        for unit in line.refilled
        if line.benefit in timed and results.values[f"refilled.{line.basis}.{line.benefit}.{unit}"].value
    ]
    return tuple(dict.fromkeys(found))


def _lacking(results: Results, voice: Voice) -> Iterator[Block]:
    rows = results.flow_parts.staff.of("expected")
    if any(row.full_time_years != row.names and row.profession != RELATIVES for row in rows):
        yield Paragraph(voice.say("staff.no_full_time_year"), tone="missing")


def _shown(rows: Sequence[StaffRow]) -> list[StaffRow]:
    """Leave out a sum over one profession, or over one actor: it says the same once more."""
    paid = [row for row in rows if row.profession not in {ALL, RELATIVES}]
    several = {row.actor for row in paid if sum(one.actor == row.actor for one in paid) > 1}
    if len({row.actor for row in paid}) > 1:
        several.add("")
    return [row for row in rows if row.profession != ALL or row.actor in several]


def _cells(rows: Sequence[StaffRow], unit: str, names: Sequence[str]) -> list[Cell]:
    """The numbers of some rows; of an actor's professions together the net alone."""
    return [
        (row, name, f"{row.prefix}.{name}.{unit}")
        for row in rows
        for name in (row.names if unit == "hours" else row.full_time_years)
        if name in names and (name == "net" or row.profession != ALL or not row.actor) and not _is_net(row, name)
    ]


def _is_net(row: StaffRow, name: str) -> bool:
    """Whether a number is all there is of a net, which then says the same, and what it is of."""
    return name != "net" and _only(row) == name


def _only(row: StaffRow) -> str:
    """The one number besides the net, where there are no others; else nothing."""
    others = [name for name in row.names if name != "net"]
    return others[0] if len(others) == 1 and "net" in row.names and others[0] in ONLY else ""


def _by_year(cells: Sequence[Cell], unit: str, caption: Markup, results: Results, voice: Voice) -> Iterator[Table]:
    """Yield the cells by year; those of several names say which."""
    named = len({name for _, name, _ in cells}) > 1 or (unit == "hours" and any(_only(row) for row, _, _ in cells))
    years = _years([id for _, _, id in cells], results)
    for start in range(0, len(years), MOST_YEARS):
        shown = years[start : start + MOST_YEARS]
        # Full-time years of several years are no full-time years of any: they have no sum.
        with_sum = unit == "hours" and len(years) > 1 and shown[-1] == years[-1]
        headings = columns_of_years(shown, voice, with_sum=with_sum)
        what = (voice.say("matrix.column.what"),) if named else ()
        yield Table(
            caption=caption,
            header=(voice.say("staff.column.who"), *what, *headings),
            rows=tuple(
                (
                    _who(row, results, voice),
                    *((_called(row, name, voice),) if named else ()),
                    *cells_of_years(id, shown, results, voice, with_sum=with_sum),
                )
                for row, name, id in cells
            ),
            numeric=frozenset(range(1 + len(what), 1 + len(what) + len(headings))),
        )


def _called(row: StaffRow, name: str, voice: Voice) -> Markup:
    only = _only(row) if name == "net" else ""
    return voice.say(f"staff.only.{only}" if only else f"staff.name.{name}")


def _in_all(rows: Sequence[StaffRow], results: Results, voice: Voice) -> Iterator[Block]:
    """Yield hours over the whole period, a row per actor and profession."""
    names = [name for name in NAMES if any(name in row.names for row in rows)]
    yield Table(
        caption=voice.say("staff.caption.in_all"),
        header=(voice.say("staff.column.who"), *(voice.say(f"staff.name.{name}") for name in names)),
        rows=tuple(
            (
                _who(row, results, voice),
                *(
                    voice.short_interval(results.values[f"{row.prefix}.{name}.hours"])
                    if name in row.names
                    else voice.say("nothing")
                    for name in names
                ),
            )
            for row in rows
        ),
        numeric=frozenset(range(1, len(names) + 1)),
        note=_note(_cells(rows, "hours", NAMES), "hours", "expected", voice),
    )


def _years(ids: Sequence[str], results: Results) -> list[int]:
    """The years in which anything is not nought."""
    values = results.values
    found = {
        year
        for id in ids
        for year in results.years
        if f"{id}.{year}" in values and values[f"{id}.{year}"].value not in (0.0, None)
    }
    return sorted(found)


def _who(row: StaffRow, results: Results, voice: Voice) -> Markup:
    if not row.actor:
        return voice.say("actors.society")
    actor = actor_name(row.actor, results, voice)
    return voice.say("staff.who", actor=actor, profession=voice.word("profession", row.profession))


def _note(cells: Sequence[Cell], unit: str, basis: Basis, voice: Voice) -> Markup:
    said = [voice.say(f"staff.note.{unit}.{basis}")]
    if unit == "hours" and any(name == "avoided_growth" for _, name, _ in cells):
        said.append(voice.say("staff.note.avoided_growth"))
    return Markup(" ").join([*said, voice.say("staff.note.interval")])
