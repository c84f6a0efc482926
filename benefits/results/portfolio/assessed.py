"""Assesses a portfolio: each project by the one chain, the table as printed, and what they have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from benefits.errors import InvalidInput, Problem
from benefits.project import Portfolio
from benefits.results.assess import DRAWS, assess
from benefits.results.portfolio.headlines import portfolio_headlines
from benefits.results.portfolio.members import member
from benefits.results.portfolio.model import CommonGap, DatedBy, Held, Member, PortfolioResults, Unusable
from benefits.results.portfolio.printed import hold
from benefits.results.portfolio.source import Source, read_portfolio_and_table, read_source
from benefits.results.portfolio.sums import add_sums
from benefits.results.portfolio.table import add_table_values
from benefits.results.values import LEVEL_VALUE, Values
from benefits.vocabulary import Audience, Lifecycle, words


def assess_portfolio(
    source: str | Path,
    *,
    as_of: date | None = None,
    draws: int = DRAWS,
    audience: Audience = "public",
    references: date | None = None,
) -> PortfolioResults:
    """Assess every project of a portfolio, and put beside each other what may stand there.

    Parameters
    ----------
    source
        A portfolio file, a project file, a folder, or several of these, one a line.
    as_of
        The date every project is assessed at; None: the portfolio file's own, else each project at its own.
    draws
        Number of random draws behind every interval of kroner and quantities.
    audience
        Who it is for: ``internal`` keeps small counts, which ``public`` hides.
    references
        The day the set of reference values is of; None: as each project file chooses.

    Returns
    -------
    PortfolioResults
        A project that cannot be used is named in it with its problems; the others are shown.

    Raises
    ------
    InvalidInput
        With every problem of the portfolio file and its table, or of the projects when none can be used and there is no
        table, or when no date can be found.
    """
    read = read_source(source)
    given = as_of or read.portfolio.as_of
    values = Values()
    members, unusable, faults = _assessed(read, given, draws, audience, references, values)
    rows = read.table.rows if read.table is not None else ()
    if unusable and not members and not rows:
        if faults:
            # There is nothing to show in spite of it, and whoever is to find it needs to see where it arose.
            raise faults[0]
        raise InvalidInput(tuple(problem for one in unusable for problem in one.problems))
    when = given or max((one.as_of for one in members), default=None)
    if when is None:
        raise InvalidInput((Problem(place=read.place, code="no_as_of"),))
    dated_by: DatedBy = "option" if as_of else "portfolio" if given else "projects"
    _count(members, unusable, values)
    sums, left_out = add_sums(members, values)
    return PortfolioResults(
        portfolio=_constructed(read, members),
        named=read.named,
        as_of=when,
        dated_by=dated_by,
        audience=audience,
        members=members,
        unusable=unusable,
        rows=rows,
        held=_table(read, values),
        sums=sums,
        left_out=left_out,
        common_gaps=_common_gaps(members, values),
        headlines=portfolio_headlines(members, sums, values),
        values=values,
        files=read.files,
        references=references,
    )


def check_portfolio(path: Path, *, shown_as: str) -> None:
    """Read a portfolio file and its table.

    Raises
    ------
    InvalidInput
        With every problem of both.
    """
    read_portfolio_and_table(path, shown_as=shown_as)


def unforeseen(mistake: Exception, *, place: str) -> Problem:
    """Return what to tell of a project whose file may be right, but which could not be worked out.

    Examples
    --------
    >>> unforeseen(MemoryError(), place="vik/project.yaml").parameters
    {'fault': 'MemoryError'}
    """
    return Problem(place=place, code="not_foreseen", parameters={"fault": type(mistake).__name__})


def _assessed(
    read: Source, given: date | None, draws: int, audience: Audience, references: date | None, values: Values
) -> tuple[tuple[Member, ...], tuple[Unusable, ...], tuple[Exception, ...]]:
    members: dict[str, Member] = {}
    unusable: list[Unusable] = []
    faults: list[Exception] = []
    for file, shown in read.projects:
        try:
            results = assess(file.resolve(), as_of=given, draws=draws, audience=audience, references=references)
        except InvalidInput as mistake:
            problems = tuple(_placed(problem, shown) for problem in mistake.problems)
            unusable.append(Unusable(file=shown, problems=problems))
            continue
        except Exception as mistake:
            # A fault of ours, or of the machine, costs the project it met and not the others.
            problems = (unforeseen(mistake, place=shown),)
            unusable.append(Unusable(file=shown, problems=problems, by_its_file=False))
            faults.append(mistake)
            continue
        id = results.project.id
        if id in members:
            parameters = {"other": members[id].file}
            twice = Problem(place=shown, code="same_project_id", value=id, parameters=parameters)
            unusable.append(Unusable(file=shown, problems=(twice,)))
            continue
        members[id] = member(results, file=shown, values=values)
    return tuple(members.values()), tuple(unusable), tuple(faults)


def _placed(problem: Problem, shown: str) -> Problem:
    """Name the place from the portfolio's folder: the project's own messages name it from the project's."""
    folder = PurePosixPath(shown).parent
    return replace(problem, place=(folder / problem.place).as_posix())


def _constructed(read: Source, members: tuple[Member, ...]) -> Portfolio:
    """Say of a portfolio made of constructed projects alone that it is constructed too."""
    alone = bool(members) and read.table is None and all(one.project.constructed for one in members)
    return read.portfolio.model_copy(update={"constructed": True}) if alone else read.portfolio


def _count(members: tuple[Member, ...], unusable: tuple[Unusable, ...], values: Values) -> None:
    """Counts of projects. Benefits are counted by status in columns of their own, with no total over them."""
    values.add(LEVEL_VALUE.id, LEVEL_VALUE.value, unit=LEVEL_VALUE.unit)
    counts = {
        "named": len(members) + len(unusable),
        "projects": len(members),
        "unusable": len(unusable),
        "constructed": sum(one.project.constructed for one in members),
        "with_effect": sum(bool(one.effects) for one in members),
        "without_effect": sum(not one.effects for one in members),
        "effects": sum(len(one.effects) for one in members),
        "effects_holding_zero": sum(effect.holds_no_effect for one in members for effect in one.effects),
        "effects_without_comparison": sum(
            effect.grade not in {"controlled", "randomised"} for one in members for effect in one.effects
        ),
        "too_small": sum(any(each.shown is False for each in one.detectable) for one in members),
        "only_assumed": sum(any(claim.code == "only_assumed" for claim in one.claims) for one in members),
        "decisions": sum(each.state == "asked" for one in members for each in one.project.decisions),
        "with_realised": sum(
            any(each.status == "realised" for each in one.project.benefits if not each.dis_benefit) for one in members
        ),
    }
    for name, number in counts.items():
        values.add(f"portfolio.{name}", number, unit="count")
    for status in words(Lifecycle):
        number = sum(each.status == status for one in members for each in one.project.benefits if not each.dis_benefit)
        values.add(f"portfolio.status.{status}", number, unit="count")


def _table(read: Source, values: Values) -> tuple[Held, ...]:
    registry = read.portfolio.registry
    if registry is None or read.table is None:
        return ()
    source = read.portfolio.first_language
    title = registry.source.title.in_language(registry.language, first=source)[0] if registry.source else ""
    add_table_values(read.table.rows, frozenset(registry.columns), values, source=title)
    held = hold(registry.printed, read.table.rows, values, source=title)
    values.add("portfolio.printed.held", sum(one.table is not None for one in held), unit="count")
    values.add("portfolio.printed.differing", sum(one.differs for one in held), unit="count")
    return held


def _common_gaps(members: tuple[Member, ...], values: Values) -> tuple[CommonGap, ...]:
    """What projects lack, most common first; of lacks as common, the heaviest."""
    projects: dict[str, dict[str, None]] = {}
    weight: dict[str, int] = {}
    for one in members:
        for gap in one.gaps:
            projects.setdefault(gap.code, {})[one.project.id] = None
            weight[gap.code] = max(weight.get(gap.code, 0), gap.weight)
    order = sorted(projects, key=lambda code: (-len(projects[code]), -weight[code], code))
    for code in order:
        values.add(f"portfolio.gap.{code}.projects", len(projects[code]), unit="count")
    return tuple(CommonGap(code=code, weight=weight[code], projects=tuple(projects[code])) for code in order)
