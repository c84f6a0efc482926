"""What every actor is left with, as a table and a picture in HTML."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from benefits.report.explore.names import digits_of, net_name, number_names, plain
from benefits.report.figures import intervals
from benefits.results import Value

if TYPE_CHECKING:
    from benefits.report.explore.explorer import Explorer

MILLION = 1_000_000.0


def net_values(explorer: Explorer) -> Iterator[tuple[str, Value]]:
    """Yield the name of each actor with its net now, where it can be worked out."""
    for actor, row in explorer.net.iterrows():
        if not math.isnan(row["now"]):
            value = Value(
                id=f"now.{actor}",
                value=float(row["now"]),
                low=float(row["low"]),
                high=float(row["high"]),
                unit="kroner",
                basis="expected",
                derived=True,
            )
            yield net_name(str(actor), explorer.results, explorer.voice), value


def numbers_html(explorer: Explorer) -> Markup:
    """Return the net of each actor as a table that a screen reader tells of when it changes, and what is changed."""
    voice, net = explorer.voice, explorer.net
    if net.empty:
        return Markup("<p>{}</p>").format(voice.say("explore.nothing"))
    year = explorer.results.project.price_year
    caption = voice.say("explore.caption.no_year") if year is None else voice.say("explore.caption", year=year)
    heads = (
        voice.say("explore.actor"),
        voice.say("explore.usual"),
        voice.say("explore.now"),
        voice.say("explore.interval"),
        voice.say("explore.change"),
    )
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(words) for words in heads)
    rows = Markup("\n").join(
        Markup('<tr><th scope="row" style="text-align: left">{}</th>{}</tr>').format(
            net_name(str(actor), explorer.results, voice),
            Markup("").join(
                Markup('<td style="text-align: right">{}</td>').format(cell) for cell in _cells(explorer, row)
            ),
        )
        for actor, row in net.iterrows()
    )
    table = Markup("<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>")
    said = Markup("<p>{}</p>").format(_changed(explorer))
    note = Markup("<p>{}</p>").format(voice.say("explore.note"))
    return Markup('<div role="status">{}\n{}\n{}</div>').format(said, table.format(caption, head, rows), note)


def picture_html(explorer: Explorer) -> Markup:
    """Return a picture of the net of each actor with its interval, and its alternative text."""
    voice, rows = explorer.voice, list(net_values(explorer))
    if not rows:
        return Markup("")
    drawn = intervals(rows, axis=plain(voice.say("explore.axis")), numbers=voice.numbers, divisor=MILLION)
    nets = voice.listed(
        [
            voice.say(
                "explore.alternative.one",
                actor=name,
                now=_kroner(explorer, value.value),
                low=_kroner(explorer, value.low),
                high=_kroner(explorer, value.high),
            )
            for name, value in rows
        ]
    )
    return Markup('<img alt="{}" src="data:image/png;base64,{}" style="max-width: min(100%, 44rem)">').format(
        plain(voice.say("explore.alternative", nets=nets)), b64encode(drawn).decode("ascii")
    )


def _cells(explorer: Explorer, row: object) -> Iterator[Markup | str]:
    voice = explorer.voice
    found = {name: float(row[name]) for name in ("usual", "now", "low", "high", "change")}  # type: ignore[index]
    yield _kroner(explorer, found["usual"])
    if math.isnan(found["now"]):
        yield from (voice.say("explore.cannot_be_worked_out"), "", "")
        return
    yield _kroner(explorer, found["now"])
    if math.isclose(found["low"], found["high"], rel_tol=1e-9):
        yield ""
    else:
        yield voice.say("explore.from_to", low=_kroner(explorer, found["low"]), high=_kroner(explorer, found["high"]))
    yield _kroner(explorer, found["change"])


def _kroner(explorer: Explorer, number: float | None) -> Markup:
    """To the nearest thousand: more digits would say that it is known better than it is."""
    rounded = round(number or 0.0, -3)
    return explorer.voice.say("explore.kroner", amount=explorer.voice.numbers.decimal(rounded + 0.0, digits=0))


def _changed(explorer: Explorer) -> Markup:
    voice = explorer.voice
    if not explorer.changes:
        return voice.say("explore.as_planned")
    called = number_names(tuple(explorer.changes), explorer.results, voice)
    told = [
        voice.say(
            "explore.changed.one", title=called[name], value=voice.numbers.decimal(value, digits=digits_of(value))
        )
        for name, value in explorer.changes.items()
    ]
    return voice.say("explore.changed", changes=voice.listed(told))
