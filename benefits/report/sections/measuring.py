"""Two plain questions for each benefit: how do we measure, and what do we compare with; and whether that will do."""

from __future__ import annotations

from markupsafe import Markup

from benefits.measurement import Refusal
from benefits.measurement.advice import Admissible, Opening
from benefits.project.benefit import Benefit
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Table
from benefits.report.names import benefit_name
from benefits.report.sections.method_names import method_name
from benefits.report.sections.smallest import too_small
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.advice import MeasuringAdvice
from benefits.results.power.frozen_analysis import BESIDE
from benefits.vocabulary import GRADES

LATER = "staggered_starts"
"""The method that compares with those who have not started yet."""
COLUMNS = ("benefit", "how", "with", "fit")


def measuring(results: Results, voice: Voice) -> Section:
    """Each benefit's method, what it is compared with and whether that will do; and the one thing that would help."""
    heading = voice.say("advice.heading")
    if not results.advice:
        blocks: list[Block] = [Paragraph(voice.say("advice.none"), tone="missing")]
        return Section(id="measuring", heading=heading, blocks=tuple(blocks))
    rows = tuple(_row(one, results, voice) for one in results.advice)
    header = tuple(voice.say(f"advice.column.{name}") for name in COLUMNS)
    blocks = [Table(caption=voice.say("advice.caption"), header=header, rows=rows)]
    if any(one.few for one in results.advice):
        blocks.append(Paragraph(voice.say("advice.few")))
    helps = [
        voice.say("advice.step", benefit=benefit_name(one.benefit, results, voice), words=Markup(" ").join(words))
        for one in results.advice
        if (words := steps(one, results, voice))
    ]
    if helps:
        blocks += [Paragraph(voice.say("advice.steps")), Bullets(tuple(helps))]
    return Section(id="measuring", heading=heading, blocks=tuple(blocks))


def short(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    """Say what it would take where the method of a benefit does not answer; nothing where it does."""
    one = next((one for one in results.advice if one.benefit == benefit.id), None)
    if one is None or one.fit != "refuses":
        return []
    words = steps(one, results, voice) or [voice.say("advice.nothing_opens")]
    return [Paragraph(Markup(" ").join(words))]


def steps_of(one: MeasuringAdvice) -> tuple[Opening, ...]:
    """Return the one thing that helps most: what makes the chosen method answer, else what gives the best knowledge."""
    if one.opening is not None:
        return (one.opening,)
    found = one.advice.plain_openings
    if one.few:
        # The rest is said once of them all: with so few persons a longer wait or another group gives no certain answer.
        return tuple(opening for opening in found if opening.change == "more_persons")
    return found and (max(found, key=lambda opening: (opening.gain != "chart", GRADES.index(opening.grade))),)


def _row(one: MeasuringAdvice, results: Results, voice: Voice) -> tuple[Markup, ...]:
    benefit = next(found for found in results.project.benefits if found.id == one.benefit)
    told = (name_of(one, voice), compared_with(one, benefit, voice), fit(one, results, voice))
    return (voice.text(benefit.title), *told)


def name_of(one: MeasuringAdvice, voice: Voice) -> Markup:
    """Say the chosen method, and the one chart it is followed in."""
    if not one.chosen:
        return voice.say("advice.how.not_chosen")
    return voice.say(f"advice.how.{one.advice.chart}", method=method_name(one.chosen, voice))


def compared_with(one: MeasuringAdvice, benefit: Benefit, voice: Voice) -> Markup:
    """Say what is compared with, in the plan's words, else by the method."""
    if benefit.method is not None and benefit.method.compare_with is not None:
        return voice.text(benefit.method.compare_with)
    if one.chosen == LATER:
        return voice.say("advice.with.later")
    now = one.advice.of(one.chosen)
    if one.chosen in BESIDE or (isinstance(now, Admissible) and now.controlled):
        return voice.say("advice.with.group")
    return voice.say("advice.with.before" if one.fit in {"answers", "refuses"} else "advice.with.nothing")


def fit(one: MeasuringAdvice, results: Results, voice: Voice) -> Markup:
    """Say whether the chosen method will do, at best how well, and what is known to lower that."""
    if one.fit == "answers":
        said = one.advice.of(one.chosen)
        grade = voice.word("grade", said.grade if isinstance(said, Admissible) else "reported")
        if one.few:
            return voice.say("advice.fit.answers.few", grade=grade)
        key = "advice.fit.answers.data" if one.basis == "data" else "advice.fit.answers.plan"
        # A method that answers will not do when the change that is to come is smaller than it can show.
        words = voice.say("advice.fit.too_small" if too_small(one.benefit, results, voice) else key, grade=grade)
        if not isinstance(said, Admissible) or not said.caveats:
            return words
        caveats = voice.listed(voice.say(f"advice.caveat.{code}") for code in said.caveats)
        return Markup(" ").join((words, voice.say("advice.weakened", caveats=caveats)))
    if one.fit == "refuses" and one.refusal is not None:
        reason = reason_of(one.refusal, voice)
        return voice.say("advice.fit.refuses.data" if one.basis == "data" else "advice.fit.refuses.plan", reason=reason)
    if one.fit == "by_judgement":
        return voice.say("advice.fit.reported" if one.chosen == "reported" else "advice.fit.expert")
    return voice.say("advice.fit.not_chosen" if one.fit == "not_chosen" else "advice.fit.not_known")


def reason_of(refusal: Refusal, voice: Voice) -> Markup:
    """Say why a method does not answer; a code of another package has no words here."""
    key = f"refusal.{refusal.code}"
    return voice.say(key) if key in voice.catalogue else voice.text(refusal.code)


def steps(one: MeasuringAdvice, results: Results, voice: Voice) -> list[Markup]:
    """Say what to do: choose another method, and get one more thing, each with what it gives."""
    said: list[Markup] = []
    better = one.better
    if better is not None:
        method, grade = method_name(better.method, voice), voice.word("grade", better.grade)
        said.append(voice.say("advice.use", method=method, grade=grade))
    for opening in steps_of(one):
        named = better.method if better is not None else one.chosen
        said += [_opening(one, opening, results, voice), _then(opening, voice, named=named)]
    return said


def _opening(one: MeasuringAdvice, opening: Opening, results: Results, voice: Voice) -> Markup:
    part = "needs" if opening is one.opening else "opening"
    amount = results.values.get(f"advice.{one.benefit}.{part}.{opening.change}")
    if opening.change == "comparison_group" and one.advice.situation.selected:
        return voice.say("advice.one.comparison_group.alike")
    if opening.change == "more_persons" and (amount is None or amount.value is None):
        return voice.say("advice.one.more_persons.hidden")
    words = {} if amount is None else {"amount": amount}
    return voice.say(f"advice.one.{opening.change}", **words)


def _then(opening: Opening, voice: Voice, *, named: str) -> Markup:
    if opening.gain == "chart":
        return voice.say("advice.then.chart")
    grade = voice.word("grade", opening.grade)
    if opening.method == named:
        return voice.say("advice.then", grade=grade)
    return voice.say("advice.then.method", method=method_name(opening.method, voice), grade=grade)
