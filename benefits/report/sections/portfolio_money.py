"""What may be added up over projects, what the sums do not hold and why, and what each service costs."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.sections.portfolio_names import benefit_title, own, project_name, project_names
from benefits.report.voice import Voice
from benefits.results import PortfolioResults
from benefits.results.portfolio.model import Amount, Member


def money(results: PortfolioResults, voice: Voice) -> Section:
    """Sums of freed hours and of kroner, each of one basis, and the prices of services, which are not added."""
    heading = voice.say("portfolio.money.heading")
    if not results.members:
        none = Paragraph(voice.say("portfolio.money.no_projects"), tone="missing")
        return Section(id="money", heading=heading, blocks=(none,))
    blocks: list[Block] = [*_sums(results, voice)]
    blocks += [Subheading(voice.say("portfolio.left_out.heading")), *_left_out(results, voice)]
    blocks += [Subheading(voice.say("portfolio.prices.heading")), *_prices(results, voice)]
    return Section(id="money", heading=heading, blocks=tuple(blocks))


def _sums(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    yield Paragraph(voice.say("portfolio.money.intro"))
    if not results.sums:
        yield Paragraph(voice.say("portfolio.money.no_sums"), tone="missing")
    else:
        names = ("what", "basis", "sum", "count", "projects")
        header = tuple(voice.say(f"portfolio.money.column.{name}") for name in names)
        rows = tuple(
            (
                voice.say(f"portfolio.sum.{one.code}.{one.basis}"),
                voice.word("basis", one.basis),
                voice.interval(results.values[one.value]),
                voice.number(results.values[f"{one.value}.projects"]),
                project_names(one.projects, results, voice),
            )
            for one in results.sums
        )
        caption, note = voice.say("portfolio.money.caption"), voice.say("portfolio.money.note")
        yield Table(caption=caption, header=header, rows=rows, numeric=frozenset({3}), note=note)
    yield from _of_each(results, voice)


def _of_each(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    """What the sums are made of, project by project."""
    rows = tuple(
        (
            project_name(one, voice),
            _what(amount, one, voice),
            voice.word("basis", amount.basis),
            voice.interval(results.values[amount.value]),
        )
        for one in results.members
        for amount in one.amounts
        if not amount.illustration
    )
    if rows:
        header = tuple(voice.say(f"portfolio.money.column.{name}") for name in ("project", "what", "basis", "amount"))
        yield Table(caption=voice.say("portfolio.money.each"), header=header, rows=rows)


def _what(amount: Amount, member: Member, voice: Voice) -> Markup:
    what = voice.say(f"portfolio.amount.{amount.code}")
    if not amount.item:
        return what
    return voice.say("portfolio.money.of_benefit", what=what, benefit=benefit_title(amount.item, member, voice))


def _left_out(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    if not results.left_out:
        yield Paragraph(voice.say("portfolio.left_out.none"))
        return
    yield Bullets(
        tuple(
            voice.say(
                "portfolio.left_out.line",
                what=voice.say(f"portfolio.amount.{one.code}"),
                why=voice.say(f"portfolio.left_out.{one.reason}"),
                count=results.values[f"portfolio.left_out.{one.code}.{one.reason}"],
                projects=project_names(one.projects, results, voice),
            )
            for one in results.left_out
        )
    )


def _prices(results: PortfolioResults, voice: Voice) -> Iterator[Block]:
    rows = []
    for one in results.members:
        for id, value in one.prices.items():
            service = next(service for service in one.project.services if service.id == id)
            title = own(voice, one).text(service.title)
            rows.append((project_name(one, voice), title, voice.interval(results.values[value])))
    if not rows:
        yield Paragraph(voice.say("portfolio.prices.none"), tone="missing")
        return
    header = tuple(voice.say(f"portfolio.prices.column.{name}") for name in ("project", "service", "price"))
    note = voice.say("portfolio.prices.note")
    yield Table(caption=voice.say("portfolio.prices.caption"), header=header, rows=tuple(rows), note=note)
