"""Present value per actor: beside the plain sum, with its rate and source, and at other rates."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.names import actor_name
from benefits.report.sections.investments import investments
from benefits.report.sections.payback import payback
from benefits.report.voice import Voice
from benefits.results import Discounting, Results

SOCIETY = "society"


def present_value(results: Results, voice: Voice) -> Iterator[Block]:
    """Yield what the present values rest on, and the values; or what it takes to have any."""
    used = results.discounting
    if used is None:
        yield Paragraph(voice.say("present_value.none"), tone="missing")
        yield from payback(results, voice)
        return
    yield Paragraph(Markup(" ").join([voice.say("present_value.intro"), _first_year(used, voice)]))
    yield Paragraph(Markup(" ").join([*_rates(used, results, voice), _source(used, results, voice)]))
    yield _beside_sum(used, results, voice)
    yield Paragraph(_tax(results, voice))
    yield from investments(results, voice)
    yield from payback(results, voice)
    yield _at_other_rates(used, results, voice)


def _first_year(used: Discounting, voice: Voice) -> Markup:
    base = voice.year(used.base_year)
    if used.discount_first_year:
        return voice.say("present_value.first_year.discounted", base=base)
    return voice.say("present_value.first_year", base=base)


def _rates(used: Discounting, results: Results, voice: Voice) -> Iterator[Markup]:
    """Each rate with the last year it holds for, and how far the analysis goes."""
    first, second, third = (results.values[step.rate] for step in used.steps)
    until, later = (step.last_year for step in used.steps[:2])
    years = {"until": voice.year(until), "later": voice.year(later)}
    yield voice.say("present_value.rate", first=first, second=second, third=third, **years)
    only = until is None or used.last_year <= until
    last = voice.year(used.last_year)
    yield voice.say("present_value.horizon", last=last) if only else voice.say("present_value.horizon.more", last=last)


def _tax(results: Results, voice: Voice) -> Markup:
    """Whether tax-financing cost is counted; never that in silence."""
    chosen = results.project.present_value
    if chosen is None or chosen.tax_financing is None:
        return voice.say("tax_financing.off")
    if not results.worth.taxed:
        return voice.say("tax_financing.without_number")
    share = results.values[f"assumption.{chosen.tax_financing}"]
    source = voice.text(share.source) if share.source else voice.say("blank")
    return voice.say("tax_financing.on", share=voice.interval(share), source=source)


def _source(used: Discounting, results: Results, voice: Voice) -> Markup:
    """Where the rate is from, and what the library warns of."""
    value = results.references.library.at(used.steps[0].rate, results.references.on)
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
    rows += _taxed(results, voice, blank=len(names) == 2)
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


def _taxed(results: Results, voice: Voice, *, blank: bool) -> Iterator[tuple[Markup, ...]]:
    """Tax-financing cost and society's net with it, under that without; nothing when it is not counted."""
    if not results.worth.taxed:
        return
    said = {"tax_financing": voice.say("tax_financing.row"), "net_with_tax": voice.say("tax_financing.with")}
    for id, words in said.items():
        cells = [results.values[f"{prefix}{SOCIETY}.expected.{id}"] for prefix in ("", "present_value.")]
        yield (words, *((Markup(""),) * 2 if blank else ()), *map(voice.short_interval, cells))


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
