"""A tornado: for each number a bar from the answer where it is low to the answer where it is high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill, shorten

from benefits.language import Numbers
from benefits.report.figures import BLACK, BLUE, GREY, ORANGE, drawing, number_axis, png_of
from benefits.results import Value

LONGEST = 40
"""Characters of a label before it goes on to its second line, which is the last."""
_ROW = 0.35
"""Inches of a bar with its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoBar:
    """One number: what it is called, and the answer with the interval it has from this number alone.

    ``best_when_low`` tells which end of the interval is where the number is low.
    """

    label: str
    net: Value
    best_when_low: bool


def tornado(
    bars: Sequence[TornadoBar],
    *,
    whole: tuple[str, Value],
    ends: tuple[str, str],
    axis: str,
    numbers: Numbers,
    divisor: float = 1.0,
) -> bytes:
    """Draw the bars from the top, under the answer with its whole interval; return a PNG.

    Parameters
    ----------
    bars
        The widest first.
    whole
        Label and Value of the answer with everything uncertain at once.
    ends
        What the two markers mean: where a number is low, and where it is high.
    axis
        Words under the axis, with the unit.
    numbers
        How the language writes the numbers on the axis.
    divisor
        What the numbers on the axis are divided by.

    Raises
    ------
    ValueError
        When the answer or a bar has no interval.
    """
    label, answer = whole
    if answer.value is None or answer.low is None or answer.high is None:
        raise ValueError("the answer needs its interval")
    last = len(bars)
    named = [_in_two_lines(one) for one in (*(bar.label for bar in reversed(bars)), label)]
    rows = _ROW * (last + 1)
    with drawing(height=rows + 1.3) as (figure, axes):
        axes.axvline(answer.value, color=GREY, lw=1, ls=":")
        axes.plot([answer.low, answer.high], [last, last], color=BLACK, lw=2)
        axes.plot(answer.value, last, marker="D", ms=6, color=BLACK)
        for place, bar in enumerate(reversed(bars)):
            if bar.net.low is None or bar.net.high is None:
                raise ValueError(f"the bar {bar.label} needs its interval")
            worst, best = bar.net.low, bar.net.high
            axes.plot([worst, best], [place, place], color=BLUE, lw=5, solid_capstyle="butt")
            low, high = (best, worst) if bar.best_when_low else (worst, best)
            axes.plot(low, place, marker="o", ms=8, color=BLUE, mfc="white", mew=2)
            axes.plot(high, place, marker="s", ms=8, color=ORANGE)
        axes.plot([], [], "o", ms=8, color=BLUE, mfc="white", mew=2, label=ends[0])
        axes.plot([], [], "s", ms=8, color=ORANGE, label=ends[1])
        held = [answer.low, answer.high]
        if min(held) < 0 < max(held):
            axes.axvline(0, color=BLACK, lw=1)
        axes.set_yticks(range(last + 1), named, parse_math=False, size="small")
        axes.set_ylim(-0.6, last + 0.6)
        axes.set_xlabel(axis)
        axes.margins(x=0.08)
        number_axis(axes.xaxis, numbers, divisor)
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.5 / (rows + 0.1)), ncols=2)
        return png_of(figure)


def _in_two_lines(label: str) -> str:
    """A label too long for two lines ends in dots; the table beside the figure holds it whole."""
    return fill(shorten(label, 2 * LONGEST - 6, placeholder=" …"), LONGEST)
