"""What every actor is left with, as a table and a picture in HTML."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from benefits.report.explore.names import net_name, number_names
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
    say = voice.catalogue.text
    if net.empty:
        return Markup("<p>{}</p>").format(say("explore.nothing"))
    year = explorer.results.project.price_year
    caption = say("explore.caption.no_year") if year is None else say("explore.caption", year=year)
    heads = ("explore.actor", "explore.usual", "explore.now", "explore.interval", "explore.change")
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(say(key)) for key in heads)
    rows = Markup("\n").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            net_name(str(actor), explorer.results, voice),
            Markup("").join(Markup('<td style="text-align: right">{}</td>').format(cell) for cell in _cells(explorer, row)),
        )
        for actor, row in net.iterrows()
    )
    table = Markup("<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>")
    said = Markup("<p>{}</p>").format(_changed(explorer))
    note = Markup("<p>{}</p>").format(say("explore.note"))
    return Markup('<div role="status">{}\n{}\n{}</div>').format(said, table.format(caption, head, rows), note)


def picture_html(explorer: Explorer) -> Markup:
    """Return a picture of the net of each actor with its interval, and its alternative text."""
    voice, rows = explorer.voice, list(net_values(explorer))
    if not rows:
        return Markup("")
    say = voice.catalogue.text
    drawn = intervals(rows, axis=say("explore.axis"), numbers=voice.numbers, divisor=MILLION)
    nets = voice.numbers.listed(
        [
            say("explore.alternative.one", actor=name, now=_kroner(explorer, value.value), low=_kroner(explorer, value.low), high=_kroner(explorer, value.high))
            for name, value in rows
        ]
    )
    return Markup('<img alt="{}" src="data:image/png;base64,{}" style="max-width: 100%">').format(
        say("explore.alternative", nets=nets), b64encode(drawn).decode("ascii")
    )


def _cells(explorer: Explorer, row: object) -> Iterator[str]:
    say = explorer.voice.catalogue.text
    found = {name: float(row[name]) for name in ("usual", "now", "low", "high", "change")}  # type: ignore[index]
    yield _kroner(explorer, found["usual"])
    if math.isnan(found["now"]):
        yield from (say("explore.cannot_be_worked_out"), "", "")
        return
    yield _kroner(explorer, found["now"])
    if found["low"] == found["high"]:
        yield ""
    else:
        yield say("explore.from_to", low=_kroner(explorer, found["low"]), high=_kroner(explorer, found["high"]))
    yield _kroner(explorer, found["change"])


def _kroner(explorer: Explorer, number: float | None) -> str:
    """To the nearest thousand: more digits would say that it is known better than it is."""
    rounded = round(number or 0.0, -3)
    return explorer.voice.catalogue.text("explore.kroner", amount=explorer.voice.numbers.decimal(rounded + 0.0, digits=0))


def _changed(explorer: Explorer) -> str:
    voice = explorer.voice
    say = voice.catalogue.text
    if not explorer.changes:
        return say("explore.as_planned")
    called = number_names(tuple(explorer.changes), explorer.results, voice)
    told = [
        say("explore.changed.one", title=called[name], value=voice.numbers.decimal(value, digits=_digits(value)))
        for name, value in explorer.changes.items()
    ]
    return say("explore.changed", changes=voice.numbers.listed(told))


def _digits(value: float) -> int:
    return next((digits for digits in range(5) if math.isclose(round(value, digits), value, rel_tol=1e-9)), 4)
