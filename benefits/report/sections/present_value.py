"""Present value per actor: beside the plain sum, with its rate and source, and at other rates."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.reference import load_library
from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.names import actor_name
from benefits.report.voice import Voice
from benefits.results import Discounting, Results

SOCIETY = "society"


def present_value(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield what the present values rest on, and the values; or what it takes to have any."""
    used = results.discounting
    if used is None:
        yield Paragraph(voice.say("present_value.none"), tone="missing")
        return
    yield Paragraph(voice.say("present_value.intro", base=voice.year(used.base_year)))
    yield Paragraph(Markup(" ").join([*_rates(used, results, voice), _source(used, results, voice)]))
    yield _beside_sum(used, results, voice)
    yield _at_other_rates(used, results, voice)


def _rates(used: Discounting, results: Results, voice: Voice) -> Iterator[Markup]:
    for place, step in enumerate(used.steps):
        rate = results.values[step.rate]
        if step.last_year is not None:
            yield voice.say("present_value.rate.until", rate=rate, year=voice.year(step.last_year))
        else:
            yield voice.say("present_value.rate.after" if place else "present_value.rate", rate=rate)


def _source(used: Discounting, results: Results, voice: Voice) -> Markup:
    """Where the rate is from, and what the library warns of."""
    chosen = results.project.reference
    on = chosen.date if chosen is not None and chosen.date is not None else results.as_of
    value = load_library().at(used.steps[0].rate, on)
    warning = voice.text(value.warning[voice.language]) if value.warning is not None else Markup("")
    return voice.say("present_value.rate.source", source=voice.text(value.source.title), warning=warning)


def _beside_sum(used: Discounting, results: Results, voice: Voice) -> Table:
    """Cost and net, each as a plain sum and as a present value; no column for cost where none is stated."""
    names = [name for name in ("cost", "net") if f"present_value.{SOCIETY}.expected.{name}" in results.values]
    rows = []
    for actor in _actors(used, results):
        prefix = SOCIETY if actor == SOCIETY else f"actor.{actor}"
        ids = [f"{at}.expected.{name}" for name in names for at in (prefix, f"present_value.{actor}")]
        cells = [results.values.get(id) for id in ids]
        shown = [voice.short_interval(cell) if cell is not None else voice.say("nothing") for cell in cells]
        rows.append((_name(actor, results, voice), *shown))
    words = {
        "price_year": voice.year(results.project.price_year),
        "first": voice.year(used.base_year),
        "last": voice.year(used.last_year),
    }
    return Table(
        caption=voice.say("present_value.caption", **words),
        header=(
            voice.say("actors.column.actor"),
            *(voice.say(f"present_value.column.{name}") for name in ("cost", "cost_now") if "cost" in names),
            *(voice.say(f"present_value.column.{name}") for name in ("net", "net_now")),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(1, 2 * len(names) + 1)),
        note=voice.say("present_value.note"),
    )


def _at_other_rates(used: Discounting, results: Results, voice: Voice) -> Table:
    rows = tuple(
        (
            _name(actor, results, voice),
            *(
                voice.short_interval(results.values[f"present_value.{actor}.expected.net{rate}"])
                for rate in ("", *(f".{other}" for other in used.others))
            ),
        )
        for actor in _actors(used, results)
    )
    others = [
        voice.say("present_value.column.level", rate=voice.number(results.values[other])) for other in used.others
    ]
    return Table(
        caption=voice.say("present_value.sensitivity.caption", price_year=voice.year(results.project.price_year)),
        header=(voice.say("actors.column.actor"), voice.say("present_value.column.stepwise"), *others),
        rows=rows,
        numeric=frozenset(range(1, len(others) + 2)),
        note=voice.say("present_value.sensitivity.note"),
    )


def _actors(used: Discounting, results: Results) -> tuple[str, ...]:
    """Actors in the order of the project file, and last everybody together."""
    return (*(actor.id for actor in results.project.actors if actor.id in used.actors), SOCIETY)


def _name(actor: str, results: Results, voice: Voice) -> Markup:
    return voice.say("actors.society") if actor == SOCIETY else actor_name(actor, results, voice)
