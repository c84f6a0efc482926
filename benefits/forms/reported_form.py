"""What stands in a form for reported values: the gevinster of one gevinstansvarlig, each with what is known of it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING

from benefits.forms.amounts import amount, unit_in_words
from benefits.language import Catalogue, catalogue, numbers
from benefits.project.fields import Text
from benefits.project.ids import LONGEST, id_from
from benefits.vocabulary import Exposure, Language, Unit

if TYPE_CHECKING:
    from benefits.project.benefit import Benefit
    from benefits.results import Due, Results

NOBODY = "uten-gevinstansvarlig"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One gevinst in a form: its id and unit, and everything a reader is shown, in words."""

    benefit: str
    unit: Unit
    per: Exposure
    title: str
    indicator: str
    baseline: str
    target: str
    last: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form for one gevinstansvarlig.

    Attributes
    ----------
    project, title
        Id and title of the project.
    owner
        The role and actor as one id: names the file, and the values when they are read in.
    role, actor
        The role the plan names and whom it works for; empty when it names none.
    language
        Of its words.
    rows
        The gevinster.
    """

    project: str
    title: str
    owner: str
    role: str
    actor: str
    language: Language
    rows: tuple[FormRow, ...]


def forms_of(results: Results, language: Language) -> tuple[Form, ...]:
    """Return a form for each gevinstansvarlig of a project, in the order the project file names them.

    Gevinster with nobody responsible come in a form of their own. One that is dropped or has no indicator is in none.
    """
    project, said = results.project, catalogue(language)
    rows: dict[str, list[FormRow]] = {}
    roles: dict[str, tuple[str, str]] = {}
    ids: dict[tuple[str, str], str] = {}
    dues = {one.benefit: one for one in results.answers}
    for benefit in project.benefits:
        if benefit.status == "dropped" or benefit.indicator is None:
            continue
        who, *names = _owner(results, benefit, language)
        owner = ids.setdefault(who, _id(who, taken=roles))
        roles.setdefault(owner, (names[0], names[1]))
        rows.setdefault(owner, []).append(_row(results, benefit, dues.get(benefit.id), said))
    title = _told(project.title, results, language)
    return tuple(
        Form(
            project=project.id,
            title=title,
            owner=owner,
            role=roles[owner][0],
            actor=roles[owner][1],
            language=language,
            rows=tuple(mine),
        )
        for owner, mine in rows.items()
    )


def of_role(forms: Iterable[Form], wanted: str) -> tuple[Form, ...]:
    """Return the forms of a role, by its words or its id.

    Examples
    --------
    >>> leader = Form(
    ...     project="dho", title="DHO", owner="leder-vik", role="Leder", actor="Vik", language="nb", rows=()
    ... )
    >>> len(of_role([leader], "leder")), len(of_role([leader], "leder-vik")), len(of_role([leader], "lege"))
    (1, 1, 0)
    """
    word = wanted.strip().casefold()
    return tuple(one for one in forms if word in {one.owner, one.role.casefold()})


def _owner(results: Results, benefit: Benefit, language: Language) -> tuple[tuple[str, str], str, str]:
    """Who answers for a gevinst, the same in every language, and as words: the role and whom it works for."""
    project = results.project
    if benefit.owner is not None:
        role, actor = benefit.owner.role, benefit.owner.actor
    elif benefit.method is not None and benefit.method.responsible is not None:
        role, actor = benefit.method.responsible, None
    else:
        return ("", ""), "", ""
    name = _told(project.actor(actor).name, results, language) if actor is not None else ""
    who = (" ".join(project.said(role).casefold().split()), actor or "")
    return who, _told(role, results, language), name


def _id(who: tuple[str, str], *, taken: Container[str]) -> str:
    """Return an id of nobody else: long roles may begin alike, and some alphabets leave nothing of a role."""
    made = id_from(" ".join(who), otherwise=NOBODY)
    others = (f"{made[: LONGEST - len(f'-{number}')]}-{number}" for number in count(2))
    return next(one for one in chain((made,), others) if one not in taken)


def _row(results: Results, benefit: Benefit, due: Due | None, said: Catalogue) -> FormRow:
    assert benefit.indicator is not None
    language = said.language
    unit, per = benefit.indicator.unit, benefit.indicator.per
    definition = _told(benefit.indicator.definition, results, language)
    return FormRow(
        benefit=benefit.id,
        unit=unit,
        per=per,
        title=_told(benefit.title, results, language),
        indicator=said.text("form.indicator", definition=definition, unit=unit_in_words(unit, per, said)),
        baseline=_baseline(results, benefit, said),
        target=_target(results, benefit, said),
        last=_last(results, benefit, due, said),
        due=_due(due, said),
    )


def _baseline(results: Results, benefit: Benefit, said: Catalogue) -> str:
    value, baseline = results.values.get(f"benefit.{benefit.id}.baseline"), benefit.baseline
    if value is None or baseline is None:
        return said.text("form.no_baseline")
    level, source = amount(value, said), _told(baseline.source, results, said.language)
    if baseline.period is not None:
        days = _days(baseline.period.start, baseline.period.end, said)
        key = "form.baseline.dated" if source else "form.baseline.dated_only"
        return said.text(key, amount=level, period=days, source=source)
    return said.text("form.baseline" if source else "form.baseline.only", amount=level, source=source)


def _target(results: Results, benefit: Benefit, said: Catalogue) -> str:
    value = results.values.get(f"benefit.{benefit.id}.target")
    if value is None or benefit.target is None:
        return said.text("form.no_target")
    return said.text("form.target", amount=amount(value, said), date=numbers(said.language).day(benefit.target.date))


def _last(results: Results, benefit: Benefit, due: Due | None, said: Catalogue) -> str:
    if results.estimate(benefit.id) is not None and due is not None and due.measured_on is not None:
        return said.text("form.last.in_data", date=numbers(said.language).day(due.measured_on))
    if not benefit.measurements:
        return said.text("form.last.never")
    at = max(range(len(benefit.measurements)), key=lambda place: benefit.measurements[place].date)
    last, value = benefit.measurements[at], results.values[f"benefit.{benefit.id}.measurement.{at}"]
    days = _days(last.start or last.date, last.date, said)
    if last.by is None:
        return said.text("form.last", amount=amount(value, said), period=days)
    by = _told(last.by, results, said.language)
    return said.text("form.last.by", amount=amount(value, said), period=days, by=by)


def _due(due: Due | None, said: Catalogue) -> str:
    """The day that is asked for: the one nobody has answered for, else the next."""
    if due is None:
        return ""
    day = due.due if due.due is not None and not due.answered else due.next_due
    return numbers(said.language).day(day) if day is not None else ""


def _days(first: date, last: date, said: Catalogue) -> str:
    written = numbers(said.language)
    return (
        written.day(last) if first == last else said.text("form.days", first=written.day(first), last=written.day(last))
    )


def _told(text: Text | None, results: Results, language: Language) -> str:
    return text.in_language(language, first=results.project.first_language)[0] if text is not None else ""
