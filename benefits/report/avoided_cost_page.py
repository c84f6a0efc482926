"""Page one of the report on avoided cost: what leaves a budget, what is freed, what only moves, and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from markupsafe import Markup

from benefits.economics.replacements import not_assessed
from benefits.project.benefit import Benefit
from benefits.project.model import Project
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading
from benefits.report.first_page import first_page, not_claimed
from benefits.report.names import actor_name, item_name
from benefits.report.periods import period_words
from benefits.report.sections import closing
from benefits.report.sections.illustration import is_illustration
from benefits.report.sections.price_interval import in_one_sentence
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.vocabulary import TransferKind

MOVES: tuple[str, ...] = tuple(kind for kind in get_args(TransferKind) if kind != "isf_passed_on")
"""What is said to move between actors; ISF is one thing to those who read of it, whoever passes it on."""
OUT_OF_A_BUDGET = ("own_budget", "other_public")
"""Forms of realisation that take kroner out of a budget; of other forms something is used for something else."""
UNITS = ("bed_days", "hours")
MOST_CLAIMS = 4
"""How many things that must not be claimed page one has room for; the others stand with what is missing."""
HEAVIEST = (
    "naive",
    "after_a_peak",
    "after_a_dip",
    "not_selected_alike",
    "raw_baseline_used",
    "assumption_is_raw_baseline",
    "above_published_range",
    "nothing_measured",
    "no_effect_shown",
    "not_controlled",
    "reached_without_comparison",
    "too_small_to_show",
    "nothing_to_show",
    "measured_effect_scaled",
    "only_assumed",
    "measured_elsewhere",
    "other_evidence",
)
"""What must not be claimed first: that a number is the effect, then that there is one, then that it holds here."""
_NEXT_TO_NOTHING = 0.5


def first_page_of_avoided_cost(results: Results, voice: Voice) -> Section:
    """Return page one as every report has it, with what the figures are in money after them."""
    page = first_page("avoided-cost", results, voice, claims=_not_claimed(results, voice))
    at = page.blocks.index(Subheading(voice.say("first_page.not_claimed")))
    told = (*_in_money(results, voice), *_who_pays(results, voice))
    return replace(page, blocks=(*page.blocks[:at], *told, *page.blocks[at:]))


def gaps_and_claims(results: Results, voice: Voice) -> Section:
    """Return all that is missing, and what must not be claimed that page one has no room for."""
    made, further = closing.gaps(results, voice), _claims(results, voice)[MOST_CLAIMS:]
    if not further:
        return made
    heading = Subheading(voice.say("money_page.further_claims"))
    return replace(made, blocks=(*made.blocks, heading, Bullets(further)))


def _claims(results: Results, voice: Voice) -> tuple[Markup, ...]:
    """What must not be claimed, heaviest first; without what the page says of money, unless it is all there is."""
    told = list(not_claimed(results, voice))
    others = [(code, words) for code, words in told if code != "capacity_is_not_cash"]
    weighed = sorted(others or told, key=lambda one: HEAVIEST.index(one[0]) if one[0] in HEAVIEST else len(HEAVIEST))
    return tuple(words for _, words in weighed)


def _not_claimed(results: Results, voice: Voice) -> tuple[Block, ...]:
    said = _claims(results, voice)
    points = Bullets(said[:MOST_CLAIMS])
    if len(said) <= MOST_CLAIMS:
        return (points,)
    return points, Paragraph(voice.say("money_page.more_claims", section=voice.say("gaps.heading")))


def _in_money(results: Results, voice: Voice) -> Iterator[Block]:
    """Say in words, without an amount, what leaves a budget, what is freed, what moves and what stays."""
    points = [*_leaves(results, voice), *_freed(results, voice), *_moves(results, voice), *_stays(results, voice)]
    if points:
        yield Subheading(voice.say("money_page.heading"))
        yield Bullets(tuple(points))
    lacking = not_assessed(results.project, results.flows)
    if lacking:
        named = _quoted((item_name(id, results, voice) for id in lacking), voice)
        yield Paragraph(voice.say("money_page.not_replaced", benefits=named), tone="warning")


def _counted(results: Results) -> list[Benefit]:
    return [benefit for benefit, _ in results.project.valued]


def _with_layer(layer: str, results: Results) -> list[Benefit]:
    """The benefits with kroner in a layer on some basis, whose unit cost is more than an illustration."""
    return [
        one
        for one in _counted(results)
        if not is_illustration(one, results)
        and any(
            (value := results.values.get(f"layer.{basis}.{one.id}.{layer}")) is not None and value.value
            for basis in ("expected", "measured")
        )
    ]


def _leaves(results: Results, voice: Voice) -> Iterator[Markup]:
    documented = {one.benefit for one in results.follow_up.realised if one.code == "documented"}
    taken_out = {
        one.id
        for one in results.project.benefits
        if one.id in documented and one.realisation is not None and one.realisation.form in OUT_OF_A_BUDGET
    }
    alike: dict[tuple[str, str], list[Benefit]] = {}
    for benefit in _with_layer("cash", results):
        assert benefit.valuation is not None
        actor = benefit.valuation.actor
        further = _income(benefit, results)
        words = {"benefit": voice.text(benefit.title), "actor": actor_name(actor, results, voice)}
        stated = benefit.valuation.cash_by_action
        if benefit.id in taken_out:
            sentences = [voice.say("money_page.taken_out", **words)]
        elif stated is not None and f"layer.expected.{benefit.id}.by_action" in results.values:
            words |= {"action": voice.text(stated.action), "due": voice.day(stated.due)}
            sentences = [voice.say("money_page.leaves_by_action", **words)]
        else:
            alike.setdefault((actor, further), []).append(benefit)
            continue
        yield Markup(" ").join((*sentences, *_said_of_income(further, voice)))
    for (actor, further), benefits in alike.items():
        named = _quoted((voice.text(one.title) for one in benefits), voice)
        said = voice.say("money_page.leaves", benefits=named, actor=actor_name(actor, results, voice))
        yield Markup(" ").join((said, *_said_of_income(further, voice)))


def _income(benefit: Benefit, results: Results) -> str:
    """Whether income is lost with a benefit, and whether that is more than what leaves the budget."""
    assert benefit.valuation is not None
    actor = benefit.valuation.actor
    moved = results.flows.select(layer="transfer", actor=actor)
    if not any(row.item.startswith(f"{benefit.id}.") for row in moved.index):
        return ""
    return "more" if _loses(actor, results) else "less"


def _said_of_income(further: str, voice: Voice) -> Iterator[Markup]:
    if further:
        yield voice.say("money_page.more_income" if further == "more" else "money_page.less_income")


def _loses(actor: str, results: Results) -> bool:
    """Whether an actor is left with less by what was measured, whatever it is within its interval."""
    net = results.values.get(f"actor.{actor}.measured.net")
    return net is not None and net.high is not None and net.high < 0.0


def _freed(results: Results, voice: Voice) -> Iterator[Markup]:
    """Say what is freed where, and what it is to be used for; a feared effect frees nothing."""
    freed: list[Markup] = []
    undecided: list[Benefit] = []
    uses: list[Markup] = []
    for benefit in _counted(results):
        assert benefit.valuation is not None
        units = [unit for unit in UNITS if _has(benefit, unit, results)]
        if benefit.dis_benefit or not units:
            continue
        said = voice.listed(voice.say(f"money_page.unit.{unit}") for unit in units)
        freed.append(voice.say("money_page.at", what=said, actor=actor_name(benefit.valuation.actor, results, voice)))
        use = benefit.realisation.use if benefit.realisation is not None else None
        if use is None:
            undecided.append(benefit)
        else:
            uses.append(voice.say("money_page.use", use=voice.text(use)))
    if not freed:
        return
    sentences = [voice.say("money_page.freed", freed=voice.listed(dict.fromkeys(freed))), *uses]
    if undecided:
        named = _quoted((voice.text(one.title) for one in undecided), voice)
        sentences.append(voice.say("money_page.undecided", benefits=named))
    yield Markup(" ").join(sentences)


def _quoted(names: Iterable[Markup], voice: Voice) -> Markup:
    return voice.listed(voice.say("money_page.quoted", what=one) for one in names)


def _has(benefit: Benefit, unit: str, results: Results) -> bool:
    found = [results.values.get(f"quantity.{basis}.{benefit.id}.{unit}") for basis in ("expected", "measured")]
    return any(one is not None and one.value is not None and one.value > 0.0 for one in found)


def _moves(results: Results, voice: Voice) -> Iterator[Markup]:
    kinds = [kind for kind in MOVES if kind in set(_kinds(results.project))] if results.transfers else []
    if kinds:
        yield voice.say("money_page.moves", kinds=voice.listed(voice.say(f"money_page.kind.{one}") for one in kinds))


def _kinds(project: Project) -> Iterator[str]:
    """The kinds of transfers a plan has."""
    priced = [valuation for _, valuation in project.valued]
    for several in (*(one.transfers for one in priced), *(one.transfers for one in project.new_activity)):
        yield from ("isf" if one.kind == "isf_passed_on" else one.kind for one in several)
    if any(one.travel is not None for one in priced):
        yield "travel_reimbursement"
    if any(one.agreed_price is not None for one in project.services):
        yield "service_price"
    sources = project.financing.sources if project.financing is not None else ()
    if any(one.payer != one.receiver for one in sources):
        yield "grant"


def _stays(results: Results, voice: Voice) -> Iterator[Markup]:
    if _with_layer("not_avoided", results):
        yield voice.say("money_page.stays")


def _who_pays(results: Results, voice: Voice) -> Iterator[Block]:
    """Say in a line each who pays and who gains in money, and at which price neither party does worse."""
    if any(is_illustration(one, results) for one in _counted(results)):
        return
    sides: dict[str, list[Markup]] = {"pays": [], "gains": [], "either": []}
    for actor in results.project.actors:
        net = results.values.get(f"actor.{actor.id}.expected.net")
        if net is None or net.value is None or abs(net.value) < _NEXT_TO_NOTHING:
            continue
        low, high = (net.value if end is None else end for end in (net.low, net.high))
        side = "pays" if high < 0.0 else "gains" if low > 0.0 else "either"
        sides[side].append(voice.text(actor.name))
    lines = [voice.say(f"money_page.{side}", actors=voice.listed(named)) for side, named in sides.items() if named]
    lines += in_one_sentence(results, voice)
    if lines:
        yield Subheading(voice.say("money_page.who_pays", period=period_words(results.project.years, voice)))
        yield Bullets(tuple(lines))
        if not results.project.costs:
            yield Paragraph(voice.say("actors.no_costs"), tone="missing")
        yield Paragraph(voice.say("money_page.where", section=voice.say("actors.heading")))
