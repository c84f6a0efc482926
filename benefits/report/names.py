"""The names a project gives its actors, benefits, costs and data, said by id."""

from __future__ import annotations

from markupsafe import Markup

from benefits.economics.input import Input
from benefits.economics.travel import COST as TRAVEL
from benefits.economics.travel import REIMBURSEMENT
from benefits.project.benefit import Benefit
from benefits.project.titles import titles
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.vocabulary import Category, words


def actor_name(id: str, results: Results, voice: Voice) -> Markup:
    """Say an actor's name."""
    return voice.text(results.project.actor(id).name)


def actor_names(ids: tuple[str, ...], results: Results, voice: Voice) -> Markup:
    """Say the names of actors, or that none is given."""
    if not ids:
        return voice.say("blank")
    return voice.listed(actor_name(id, results, voice) for id in ids)


def benefit(id: str, results: Results) -> Benefit | None:
    """Return the benefit with this id."""
    return next((one for one in results.project.benefits if one.id == id), None)


def benefit_name(id: str, results: Results, voice: Voice) -> Markup:
    """Say a benefit's title; of a cost, grant, service or assumption, its own; of anything else, the id as written."""
    return item_name(id, results, voice)


def category_name(one: Benefit, voice: Voice) -> Markup:
    """Say a benefit's category: a known one by its name, the project's own as written."""
    if one.category is None:
        return voice.say("blank")
    if one.category.plain in words(Category):
        return voice.word("category", str(one.category.plain))
    return voice.text(one.category)


def input_name(one: Input, results: Results, voice: Voice) -> Markup:
    """Say what an input is: its title, else its id; of one that is worked out, what it was worked out from."""
    if one.worked_out_from:
        of = one.name.partition(".")[2]
        return voice.say(f"input.{one.worked_out_from}", benefit=item_name(of, results, voice))
    return voice.text(one.title if one.title is not None else one.name)


def item_name(item: str, results: Results, voice: Voice) -> Markup:
    """Say the title of the cost, grant, service or transfer a flow belongs to, and of what is one part of it."""
    if item.endswith(".exempt"):
        return voice.say("item.exempt", transfer=item_name(item.removesuffix(".exempt"), results, voice))
    if item.endswith(f".{TRAVEL}"):
        return voice.say("item.travel", benefit=item_name(item.removesuffix(f".{TRAVEL}"), results, voice))
    if item.endswith(f".{REIMBURSEMENT}"):
        whole = item.removesuffix(f".{REIMBURSEMENT}")
        return voice.say("item.reimbursement", benefit=item_name(whole, results, voice))
    return voice.text(titles(results.project).get(item, item))
