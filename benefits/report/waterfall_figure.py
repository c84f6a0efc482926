"""A waterfall: two ends, and between them a bar for each cause that leads from the one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.language import Numbers
from benefits.report.figures import BLACK, BLUE, GREEN, GREY, ORANGE, drawing, number_axis, png_of
from benefits.results import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallBar:
    """One row: what it is called, its number in words beside the bar, and its Value.

    ``end`` is empty for a cause; ``start`` and ``finish`` for the two that stand on zero.
    """

    label: str
    said: str
    value: Value
    end: str = ""


def waterfall(bars: Sequence[WaterfallBar], *, axis: str, numbers: Numbers) -> bytes:
    """Draw the rows from the top, each with its interval about where its bar ends; return a PNG.

    Sign is told by a number with its sign and by hatching, never by colour alone. An interval that holds no change is
    dashed, and a cause that moves nothing has its number and no bar.

    Parameters
    ----------
    bars
        The start, the causes in order, and the finish.
    axis
        Words under the axis, with the unit.
    numbers
        How the language writes the numbers on the axis.

    Raises
    ------
    ValueError
        When an end has no number or no interval: a bar never stands without it.
    """
    if any(one.end and (one.value.value is None or one.value.low is None) for one in bars):
        raise ValueError("both ends need a value with its interval")
    with drawing(height=1.0 + 0.38 * len(bars)) as (figure, axes):
        reached = 0.0
        for place, one in enumerate(bars):
            row, amount = len(bars) - 1 - place, one.value.value or 0.0
            base = 0.0 if one.end else reached
            until = base + amount
            colour = BLUE if one.end == "finish" else GREY if one.end else GREEN if amount > 0 else ORANGE
            hatch = {"start": "..", "finish": ""}.get(one.end, "//" if amount > 0 else "\\\\")
            if amount:
                axes.barh(row, amount, left=base, height=0.55, color="white", edgecolor=colour, hatch=hatch, lw=1.4)
            if one.end == "finish":
                axes.barh(row, amount, left=base, height=0.55, color=colour, alpha=0.35)
            if one.value.low is not None and one.value.high is not None:
                ends = [base + one.value.low, base + one.value.high]
                axes.plot(ends, [row, row], color=BLACK, lw=1.2, ls="--" if one.value.holds_no_effect else "-")
                axes.plot(ends, [row, row], color=BLACK, ls="", marker="|", ms=8)
            right = max(base, until, base + (one.value.high or amount))
            axes.annotate(one.said, (right, row), xytext=(5, 0), textcoords="offset points", va="center", size="small")
            if place < len(bars) - 1:
                axes.plot([until, until], [row - 1, row], color=GREY, lw=0.8, ls=":")
            reached = until
        axes.axvline(0.0, color=BLACK, lw=1)
        axes.set_yticks(range(len(bars)), [one.label for one in reversed(bars)], parse_math=False)
        axes.set_ylim(-0.6, len(bars) - 0.4)
        axes.set_xlabel(axis)
        axes.margins(x=0.16)
        number_axis(axes.xaxis, numbers, 1.0)
        return png_of(figure)
