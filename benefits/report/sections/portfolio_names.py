"""What a portfolio's projects, benefits and rows are called, each in the language it was written in."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from benefits.project.fields import Text
from benefits.report.voice import Voice
from benefits.results.portfolio.model import Member, PortfolioResults

MOST_NAMES = 6
"""More projects than this are counted and not named."""


def own(voice: Voice, member: Member) -> Voice:
    """Return the voice for a project's own words: its plain texts are in its own first language."""
    return replace(voice, first=member.project.first_language)


def project_name(member: Member, voice: Voice) -> Markup:
    """Say a project's title."""
    return own(voice, member).text(member.project.title)


def project_names(ids: tuple[str, ...], results: PortfolioResults, voice: Voice) -> Markup:
    """Say the titles of some projects, that it is all of them, or that they are too many to name."""
    if len(ids) == len(results.members) > 1:
        return voice.say("portfolio.all_projects")
    if len(ids) > MOST_NAMES:
        return voice.say("portfolio.too_many_to_name")
    return voice.listed(project_name(results.member(id), voice) for id in ids)


def benefit_title(id: str, member: Member, voice: Voice) -> Markup:
    """Say the title of a project's benefit."""
    found = next(one for one in member.project.benefits if one.id == id)
    return own(voice, member).text(found.title)


def actor_of(benefit: str, member: Member, voice: Voice) -> Markup:
    """Say which actor gains from a benefit, or that several do."""
    found = next(one for one in member.project.benefits if one.id == benefit)
    id = found.valuation.actor if found.valuation is not None else next(iter(found.gains), None)
    return own(voice, member).text(member.project.actor(id).name) if id is not None else voice.say("everybody")


def owner_name(member: Member, voice: Voice) -> Markup:
    """Say who owns a project: the actor, else the role."""
    owner = member.project.owner
    if owner is None:
        return voice.say("blank")
    if owner.actor is not None:
        return own(voice, member).text(member.project.actor(owner.actor).name)
    return own(voice, member).text(owner.role)


def as_printed(words: str | None, results: PortfolioResults, voice: Voice) -> Markup:
    """Say words of the table's source, in the language of the source, or that nothing was printed."""
    if words is None:
        return voice.say("portfolio.not_printed")
    registry = results.portfolio.registry
    language = registry.language if registry is not None else voice.first
    return voice.text(Text.model_validate({language: words}))
