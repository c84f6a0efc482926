"""Figures: the same bytes for the same values, no point without its interval, axes in the reader's numbers."""

from __future__ import annotations

import struct
from datetime import date

import matplotlib
import pytest

from benefits.language import numbers
from benefits.report import figures
from benefits.report.figures import Across, Line, Mark, by_amount, intervals, over_time, prices_by_party
from benefits.results import Value

NB = numbers("nb")
ROWS = [
    ("Innleggelser", Value(id="a", value=-0.2, low=-0.4, high=0.1, unit="admissions")),
    ("Liggedøgn", Value(id="b", value=1.5, low=0.5, high=2.5, unit="bed_days")),
]


def months(*amounts: float | None) -> tuple[tuple[date, Value], ...]:
    return tuple(
        (date(2025, number, 1), Value(id=f"m{number}", value=amount, unit="admissions"))
        for number, amount in enumerate(amounts, start=1)
    )


def size(png: bytes) -> tuple[int, int]:
    """Width and height, the first eight bytes of the header chunk."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def chunks(png: bytes) -> dict[str, bytes]:
    """Chunks of a PNG: each is its length, four letters, content and a checksum."""
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found[png[at + 4 : at + 8].decode()] = png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def test_the_same_values_give_the_same_bytes_whatever_the_reader_has_set() -> None:
    first = intervals(ROWS, axis="per år", numbers=NB)
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 20, "lines.linewidth": 9}):
        assert intervals(ROWS, axis="per år", numbers=NB) == first
    lines = [Line("Her", months(3, 2, 1))]
    assert over_time(lines, axis="antall", numbers=NB) == over_time(lines, axis="antall", numbers=NB)


def test_a_quiet_row_is_drawn_otherwise_than_one_that_is_used() -> None:
    drawn = [intervals(ROWS, axis="per år", numbers=NB, quiet=quiet) for quiet in ((), (0,), (1,))]
    assert len(set(drawn)) == 3


def test_drawing_leaves_the_readers_settings_as_they_were() -> None:
    before = dict(matplotlib.rcParams)
    intervals(ROWS, axis="per år", numbers=NB)
    assert dict(matplotlib.rcParams) == before


def test_a_picture_is_sharp_grows_with_its_rows_and_tells_of_no_program_or_time() -> None:
    two, three = (intervals(rows, axis="per år", numbers=NB) for rows in (ROWS, [*ROWS, ROWS[0]]))
    assert size(two)[0] == size(three)[0] >= 1000
    assert size(three)[1] > size(two)[1]
    assert set(chunks(two)) & {"tEXt", "iTXt", "zTXt", "tIME"} == set()


@pytest.mark.parametrize("part", ["value", "low", "high"])
def test_a_point_without_its_interval_is_never_drawn(part: str) -> None:
    whole = {"value": 1.0, "low": 0.0, "high": 2.0}
    reason = {"reason": "not_enough"} if part == "value" else {}
    bare = Value(id="x", unit="admissions", **{**whole, part: None}, **reason)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="interval"):
        intervals([*ROWS, ("Bar", bare)], axis="per år", numbers=NB)


def test_a_hidden_cell_is_not_drawn_as_zero() -> None:
    """A line with its third month hidden is not drawn as if nothing had been counted there."""
    hidden, zero = (
        over_time([Line("Her", months(9, 8, amount, 7))], axis="antall", numbers=NB) for amount in (None, 0)
    )
    assert hidden != zero


def test_a_mark_is_drawn_and_every_line_has_its_own_form() -> None:
    pictures = [
        over_time([Line("Her", months(3, 2, 1))], axis="antall", numbers=NB),
        over_time([Line("Her", months(3, 2, 1))], axis="antall", numbers=NB, marks=[Mark(date(2025, 2, 1), "1")]),
        over_time([Line("Her", months(3, 2, 1)), Line("Der", months(1, 1, 1))], axis="antall", numbers=NB),
    ]
    assert len(set(pictures)) == 3


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2: 0.2126 R + 0.7152 G + 0.0722 B of linear parts."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["BLUE", "ORANGE", "GREEN", "BLACK"])
def test_every_colour_stands_out_from_white(name: str) -> None:
    """WCAG 1.4.11 asks 3:1 of graphics: (1 + 0.05) / (L + 0.05)."""
    assert 1.05 / (luminance(getattr(figures, name)) + 0.05) >= 3


def test_the_contrast_of_black_on_white_is_twenty_one_to_one() -> None:
    assert 1.05 / (luminance("#000000") + 0.05) == pytest.approx(21)


def test_values_by_an_amount_are_drawn_alike_each_time_and_the_marked_amount_is_seen() -> None:
    points = [
        (
            Value(id=f"{at}.patients", value=float(at), unit="persons"),
            Value(id=f"{at}", value=one, low=one - 50, high=one + 50, unit="kroner"),
        )
        for at, one in ((40, 2870.0), (75, 2130.0), (150, 1770.0))
    ]
    drawn = by_amount(points, across="pasienter", up="kroner", numbers=NB)
    assert drawn == by_amount(points, across="pasienter", up="kroner", numbers=NB)
    assert drawn != by_amount(points, across="pasienter", up="kroner", numbers=NB, marked=150.0)


def test_a_value_by_an_amount_never_stands_without_its_interval() -> None:
    bare = Value(id="a", value=1770.0, unit="kroner")
    with pytest.raises(ValueError, match="interval"):
        by_amount([(Value(id="p", value=1.0, unit="persons"), bare)], across="p", up="k", numbers=NB)


def test_prices_of_parties_are_drawn_with_their_intervals_and_the_same_each_time() -> None:
    rows = [(label, Value(id=label, value=at, low=at - 50, high=at + 50, unit="kroner")) for label, at in PRICES]
    level = Across("Avtalt pris", Value(id="agreed", value=600.0, unit="kroner"))
    first, second = (prices_by_party(rows, axis="kr", numbers=NB, level=level, between=(500, 750)) for _ in range(2))
    assert first == second
    assert first != prices_by_party(rows, axis="kr", numbers=NB, level=level)
    bare = [("Vik", Value(id="vik", value=500.0, unit="kroner"))]
    with pytest.raises(ValueError, match="interval"):
        prices_by_party(bare, axis="kr", numbers=NB)


PRICES = (("Vik: må ha minst", 500.0), ("Fonna: kan betale høyst", 750.0))
