"""Figures: drawn from Values and finished words only, with an alternative text that says what they show.

Colours pass 3:1 against white, and no meaning rests on colour alone: markers, line styles and direct labels carry it.
Fonts are those matplotlib ships, so the same values give the same bytes.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from benefits.language import Numbers
from benefits.results import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure as Drawing

BLUE, ORANGE, GREEN, BLACK, GREY = "#0173b2", "#d55e00", "#029e73", "#000000", "#767676"
WIDTH, DPI = 6.8, 200
CLOSE_STEPS = 0.08
"""Of the axis: numbers of steps nearer each other than this would run together."""
_ZERO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a time figure: its label, and its points as (first day of the period, Value)."""

    label: str
    points: tuple[tuple[date, Value], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line at a date, numbered so that the caption can name it."""

    day: date
    label: str


def intervals(
    rows: Sequence[tuple[str, Value]],
    *,
    axis: str,
    numbers: Numbers,
    neutral: float = 0.0,
    divisor: float = 1.0,
    quiet: Collection[int] = (),
) -> bytes:
    """Draw one point with its interval per row, and a line at no effect; return a PNG.

    Parameters
    ----------
    rows
        Label and Value, drawn from the top; a Value without an interval is left out by the caller, never drawn bare.
    axis
        Words under the axis, with the unit.
    numbers
        How the language writes the numbers on the axis.
    neutral
        Where no effect is: 0, or 1 for a ratio.
    divisor
        What the numbers on the axis are divided by, as 1 000 where the words under it say thousands.
    quiet
        Rows, from zero, drawn thin and grey: shown beside the others, not used.

    Raises
    ------
    ValueError
        When a value has no interval: a point never stands without it.
    """
    if any(value.value is None or value.low is None or value.high is None for _, value in rows):
        raise ValueError("every row needs a value with its interval")
    with drawing(height=1.1 + 0.42 * len(rows)) as (figure, axes):
        for place, (_, value) in enumerate(reversed(rows)):
            assert value.value is not None
            assert value.low is not None
            assert value.high is not None
            holds, hushed = value.holds_no_effect, len(rows) - 1 - place in quiet
            colour, width, size = (GREY, 1.0, 5) if hushed else (BLUE, 2.0, 8)
            line, style = GREY if holds else colour, "--" if holds else "-"
            axes.plot([value.low, value.high], [place, place], color=line, lw=width, ls=style)
            face = "white" if holds else colour
            axes.plot(value.value, place, marker="o", ms=size, color=colour, mfc=face, mew=width)
        axes.axvline(neutral, color=BLACK, lw=1)
        axes.set_yticks(range(len(rows)), [label for label, _ in reversed(rows)], parse_math=False)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlabel(axis)
        axes.margins(x=0.08)
        number_axis(axes.xaxis, numbers, divisor)
        return png_of(figure)


def over_time(lines: Sequence[Line], *, axis: str, numbers: Numbers, marks: Sequence[Mark] = ()) -> bytes:
    """Draw values over time with their intervals as bands, and dated marks as vertical lines; return a PNG."""
    styles = [(BLUE, "-", "o"), (ORANGE, "--", "s"), (GREEN, ":", "^")]
    with drawing(height=3.4) as (figure, axes):
        for line, (colour, style, marker) in zip(lines, styles, strict=False):
            shown = [(_place(day), value) for day, value in line.points if value.value is not None]
            days = [day for day, _ in shown]
            rates = [value.value or 0.0 for _, value in shown]
            low = [rate if value.low is None else value.low for rate, (_, value) in zip(rates, shown, strict=True)]
            high = [rate if value.high is None else value.high for rate, (_, value) in zip(rates, shown, strict=True)]
            axes.fill_between(days, low, high, color=colour, alpha=0.15, lw=0)
            axes.plot(days, rates, color=colour, ls=style, marker=marker, ms=4, lw=1.5, label=line.label)
        axes.set_ylim(bottom=0)
        _dated(axes, marks)
        axes.set_ylabel(axis)
        axes.xaxis_date()
        axes.xaxis.set_major_formatter(lambda at, _: numbers.short_month(_day(at)))
        number_axis(axes.yaxis, numbers, 1.0)
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=len(lines))
        return png_of(figure)


def control_chart(
    line: Line,
    *,
    limits: Sequence[tuple[Value, ...]],
    signalled: Collection[date],
    axis: str,
    numbers: Numbers,
    marks: Sequence[Mark] = (),
) -> bytes:
    """Draw points over time with centre and limits; points that signal are large and filled; return a PNG.

    ``limits`` holds low limit, centre and high limit once for all points, or of each point.
    """
    with drawing(height=3.0) as (figure, axes):
        days = [_place(day) for day, _ in line.points]
        rates = [value.value or 0.0 for _, value in line.points]
        axes.plot(days, rates, color=GREY, lw=1)
        for wanted, colour, face, size in ((False, BLUE, "white", 4), (True, ORANGE, ORANGE, 7)):
            shown = [
                (day, rate)
                for day, rate, (period, _) in zip(days, rates, line.points, strict=True)
                if (period in signalled) is wanted
            ]
            axes.plot(*zip(*shown, strict=True) if shown else ((), ()), "o", color=colour, mfc=face, ms=size)
        for values, style in zip(zip(*limits, strict=True), ("--", "-", "--"), strict=True):
            # A limit at or below zero is none where a rate cannot be, nor one of a share at the whole or above it.
            at = [_reachable(value) for value in values]
            if len(at) == 1 and at[0] is not None:
                axes.axhline(at[0], color=BLACK, lw=1, ls=style)
            elif len(at) > 1:
                levels = [math.nan if one is None else one for one in at]
                axes.step(days, levels, where="mid", color=BLACK, lw=1, ls=style)
        axes.set_ylim(0, 1.15 * max(*rates, *(high.value or 0.0 for *_, high in limits)))
        _dated(axes, marks)
        axes.set_ylabel(axis)
        axes.xaxis_date()
        axes.xaxis.set_major_formatter(lambda at, _: numbers.short_month(_day(at)))
        number_axis(axes.yaxis, numbers, 1.0)
        return png_of(figure)


def _reachable(limit: Value) -> float | None:
    """The limit where a point could pass it, the centre included."""
    whole = math.inf if limit.unit != "share" else 1.0
    return limit.value if limit.value is not None and 0 < limit.value < whole else None


def _dated(axes: Axes, marks: Sequence[Mark]) -> None:
    for mark in marks:
        axes.axvline(_place(mark.day), color=BLACK, lw=1, ls="-.")
        at = (_place(mark.day), 1)
        axes.annotate(mark.label, at, xycoords=("data", "axes fraction"), xytext=(3, -10), textcoords="offset points")


@dataclass(frozen=True, slots=True)
class Across:
    """A level stated as it is, drawn as a line across the figure: its label, and the Value."""

    label: str
    value: Value


def by_amount(
    points: Sequence[tuple[Value, Value]],
    *,
    across: str,
    up: str,
    numbers: Numbers,
    marked: float | None = None,
    steps: Sequence[float] = (),
    level: Across | None = None,
    line: Sequence[tuple[float, float]] = (),
) -> bytes:
    """Draw values with their intervals by an amount, and a line at one amount; return a PNG.

    Parameters
    ----------
    points
        Amount and the value there.
    across, up
        Words of the axes, with units.
    numbers
        How the language writes the numbers on the axes.
    marked
        Where the vertical line is.
    steps
        Amounts at which something jumps, each with a thin dotted line and its number.
    level
        What stands across the figure, as an agreed price.
    line
        Amounts and values of a thin line behind the points.

    Raises
    ------
    ValueError
        When a value has no interval: a point never stands without it.
    """
    held = [(at.value, one.value, one.low, one.high) for at, one in points]
    with drawing(height=3.4) as (figure, axes):
        axes.plot([at for at, _ in line], [value for _, value in line], color=GREY, lw=1)
        for at, value, low, high in held:
            if at is None or value is None or low is None or high is None:
                raise ValueError("every point needs a value with its interval")
            axes.plot([at, at], [low, high], color=BLUE, lw=2)
            axes.plot(at, value, marker="o", ms=6, color=BLUE)
        if marked is not None:
            axes.axvline(marked, color=BLACK, lw=1, ls="-.")
        _steps(axes, steps, most=max((at or 0.0 for at, *_ in held), default=0.0), numbers=numbers)
        if level is not None and level.value.value is not None:
            axes.axhline(level.value.value, color=ORANGE, lw=1.2, ls="--")
            where = (1, level.value.value)
            axes.annotate(
                level.label, where, xycoords=("axes fraction", "data"), xytext=(0, 3), textcoords="offset points",
                ha="right", color=ORANGE, size="small",
            )  # fmt: skip
        axes.set_xlim(left=0)
        across_it = level.value.value or 0.0 if level is not None else 0.0
        axes.set_ylim(0, 1.1 * max([across_it, *(high or 0.0 for *_, high in held), *(value for _, value in line)]))
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        number_axis(axes.xaxis, numbers, 1.0)
        number_axis(axes.yaxis, numbers, 1.0)
        return png_of(figure)


def _steps(axes: Axes, steps: Sequence[float], *, most: float, numbers: Numbers) -> None:
    """A dotted line at each step with its number above the axis, higher where the one before is close by."""
    before, height = -math.inf, 0
    for step in steps:
        height = height + 1 if step - before < CLOSE_STEPS * most else 0
        before = step
        axes.axvline(step, color=GREY, lw=1, ls=":")
        axes.annotate(
            numbers.decimal(step),
            (step, 0),
            xycoords=("data", "axes fraction"),
            xytext=(2, 3 + 11 * height),
            textcoords="offset points",
            size="small",
        )


def prices_by_party(
    rows: Sequence[tuple[str, Value]],
    *,
    axis: str,
    numbers: Numbers,
    level: Across | None = None,
    between: tuple[float, float] | None = None,
) -> bytes:
    """Draw a price with its interval per row, one stated price across them, and the prices all can agree on.

    Parameters
    ----------
    rows
        Label and Value, drawn from the top, each with its interval.
    axis
        Words under the axis, with the unit.
    numbers
        How the language writes the numbers on the axis.
    level
        The stated price, as a labelled line down the figure.
    between
        From which to which price a band is drawn; None where there is none.

    Raises
    ------
    ValueError
        When a value has no interval: a point never stands without it.
    """
    with drawing(height=1.1 + 0.32 * len(rows)) as (figure, axes):
        for place, (_, value) in enumerate(reversed(rows)):
            if value.value is None or value.low is None or value.high is None:
                raise ValueError("every row needs a value with its interval")
            axes.plot([value.low, value.high], [place, place], color=BLUE, lw=2)
            axes.plot(value.value, place, marker="o", ms=8, color=BLUE)
        if between is not None:
            axes.axvspan(*between, facecolor="none", edgecolor=GREEN, hatch="//", lw=0.8, alpha=0.6)
        if level is not None and level.value.value is not None:
            axes.axvline(level.value.value, color=ORANGE, lw=1.2, ls="--")
            where = (level.value.value, 1)
            axes.annotate(
                level.label, where, xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                ha="center", color=ORANGE, size="small",
            )  # fmt: skip
        axes.axvline(0.0, color=BLACK, lw=1)
        axes.set_yticks(range(len(rows)), [label for label, _ in reversed(rows)], parse_math=False)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlabel(axis)
        axes.margins(x=0.08)
        number_axis(axes.xaxis, numbers, 1.0)
        return png_of(figure)


@contextmanager
def drawing(*, height: float) -> Iterator[tuple[Drawing, Axes]]:
    """Give an empty figure in the style of all figures, and its axes.

    Parameters
    ----------
    height
        Inches; the width is ``WIDTH``.
    """
    import seaborn
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Canvas

    style: Any = {**seaborn.axes_style("ticks"), **seaborn.plotting_context("paper", font_scale=1.15)}
    with rc_context(style | {"font.family": "DejaVu Sans", "font.sans-serif": ["DejaVu Sans"]}):
        figure = Canvas(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        seaborn.despine(ax=axes)
        yield figure, axes


def _place(day: date) -> int:
    """Where a day is on matplotlib's axis of dates: days since 1970."""
    return (day - _ZERO).days


def _day(at: float) -> date:
    return _ZERO + timedelta(days=round(at))


def number_axis(axis: Axis, numbers: Numbers, divisor: float) -> None:
    """Give an axis few round ticks, written as the language writes numbers, with as many decimals as they need."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ticks = axis.get_majorticklocs()
    step = abs(float(ticks[1] - ticks[0])) / divisor if len(ticks) > 1 else 1.0
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    axis.set_major_formatter(lambda at, _: numbers.decimal(at / divisor, digits=digits))


def png_of(figure: Drawing) -> bytes:
    """Return a figure as a PNG, the same bytes each time."""
    buffer = BytesIO()
    with warnings.catch_warnings():
        # A sign the shipped font lacks is warned of and drawn as a box; the words stand in the alternative text too.
        warnings.simplefilter("ignore", UserWarning)
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()
