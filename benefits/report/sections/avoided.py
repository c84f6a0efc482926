"""Sections on avoided cost: events, published evidence and break-even."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from benefits.economics.event_kinds import EVENT_KINDS
from benefits.project.benefit import Benefit
from benefits.reference import Evidence
from benefits.report.blocks import Block, Figure, Paragraph, Section, Subheading, Table
from benefits.report.figures import intervals
from benefits.report.names import actor_name, benefit_name
from benefits.report.periods import period_words, years_covered
from benefits.report.sections import references
from benefits.report.sections.carried import carried
from benefits.report.sections.event_basis import REFUSED, event_basis
from benefits.report.sections.replacements import replacement_warning
from benefits.report.voice import Voice
from benefits.results import Results, Value

MOST_COLUMNS = 4
"""Benefits a table on paper has room for beside each other."""
COUNTED = ("freed", "good", "bad")
"""What is counted is freed, avoided, or changes and nobody hopes for it."""


def events(results: Results, voice: Voice) -> Section:
    """Avoided events per benefit: what they are the product of, what is expected by year, and what was measured."""
    valued = [benefit for benefit, _ in results.project.valued]
    blocks: list[Block] = []
    if not valued:
        blocks.append(Paragraph(voice.say("events.none"), tone="missing"))
    for benefit in valued:
        blocks.append(Subheading(voice.text(benefit.title)))
        blocks += event_basis(benefit, results, voice)
        blocks += _events(benefit, results, voice)
        blocks += carried((benefit,), results, voice)
    blocks += _by_year(valued, results, voice)
    blocks += _events_figures(valued, results, voice)
    return Section(id="events", heading=voice.say("events.heading"), blocks=tuple(blocks))


def evidence(results: Results, voice: Voice) -> Section:
    """What has been published on the same outcomes, with its range, and which of it is used."""
    used = {id for one in results.inputs.values() for id in one.studies}
    names = ("studies", "population", "caution")
    header = tuple(voice.say(f"evidence.column.{name}") for name in names)
    together: dict[tuple[str, str], list[Evidence]] = {}
    written = references.written(results.project)
    for study in _nearest_first(results, used):
        # Results of one study have their population and source in common, told once.
        key = (_population(study, results, voice).striptags(), study.source.title)
        together.setdefault(key, []).append(study)
    rows = tuple(
        (
            Markup("<br>").join(_one(study, study.id in used, results, voice) for study in studies),
            voice.say(
                "evidence.who",
                who=_population(studies[0], results, voice),
                source=voice.text(written.get(studies[0].source.title, studies[0].source.title)),
            ),
            _cautions(studies, voice),
        )
        for studies in together.values()
    )
    blocks: list[Block] = [Paragraph(voice.say("evidence.intro"))]
    if not used:
        blocks.append(Paragraph(voice.say("evidence.none_chosen")))
    blocks.append(
        Table(caption=voice.say("evidence.caption"), header=header, rows=rows, note=voice.say("evidence.note"))
    )
    return Section(id="evidence", heading=voice.say("evidence.heading"), blocks=tuple(blocks))


def break_even(results: Results, voice: Voice) -> Section:
    """How many events would have to be avoided a year for money to cover cost, against the events expected at all."""
    blocks: list[Block] = []
    for one in results.break_evens:
        prefix = f"break_even.{one.benefit}.{one.actor or 'society'}"
        who = actor_name(one.actor, results, voice) if one.actor else voice.say("society")
        words = {
            "who": who,
            "benefit": benefit_name(one.benefit, results, voice),
            "needed": voice.interval(results.values[f"{prefix}.events_needed"]),
            "expected": results.values[f"{prefix}.events_expected"],
            "cost": voice.interval(results.values[f"{prefix}.cost"]),
            "per_event": results.values[f"{prefix}.net_per_event"],
        }
        if one.events_needed == 0:
            key = "break_even.covered"
        elif one.events_needed is None:
            key = "break_even.never"
        elif one.possible is None:
            key = "break_even.unknown"
        else:
            key = "break_even.possible" if one.possible else "break_even.impossible"
        blocks.append(Paragraph(voice.say(key, **words), tone="plain" if one.possible else "warning"))
    if blocks:
        blocks.insert(0, Paragraph(voice.say("break_even.intro")))
        blocks += replacement_warning(results, voice)
    else:
        key = "break_even.none" if results.project.costs else "break_even.no_costs"
        blocks.append(Paragraph(voice.say(key), tone="missing"))
    return Section(id="break_even", heading=voice.say("break_even.heading"), blocks=tuple(blocks))


def _events(benefit: Benefit, results: Results, voice: Voice) -> list[Block]:
    unit = _unit(benefit, results)
    expected, measured = (
        results.values.get(f"quantity.{basis}.{benefit.id}.{unit}") for basis in ("expected", "measured")
    )
    blocks: list[Block] = []
    if expected is None and not any(gap.subject == benefit.id and gap.code in REFUSED for gap in results.gaps):
        blocks.append(Paragraph(voice.say("events.nothing_expected"), tone="missing"))
    if measured is None:
        blocks.append(Paragraph(voice.say("events.not_measured")))
    else:
        blocks.append(
            Paragraph(
                voice.say(
                    "events.measured",
                    amount=voice.interval(measured),
                    grade=voice.word("grade", measured.grade or "assumed"),
                )
            )
        )
    return blocks


def _by_year(valued: list[Benefit], results: Results, voice: Voice) -> Iterator[Table]:
    """What is expected of each benefit by year, a column each; what differs in unit is never added."""
    project, values = results.project, results.values
    ids = {one.id: f"quantity.expected.{one.id}.{_unit(one, results)}" for one in valued}
    expected = [one for one in valued if ids[one.id] in values]
    for start in range(0, len(expected), MOST_COLUMNS):
        shown = expected[start : start + MOST_COLUMNS]
        years = [year for year in project.years if any(project.volume(year, one) for one in shown)]
        rows = [
            (voice.year(year), *(_amount(f"{ids[one.id]}.{year}", results, voice) for one in shown)) for year in years
        ]
        rows.append((voice.say("events.all_years"), *(_amount(ids[one.id], results, voice) for one in shown)))
        yield Table(
            caption=voice.say("events.expected.caption"),
            header=(voice.say("column.year"), *(_counted(one, results, voice) for one in shown)),
            rows=tuple(rows),
            numeric=frozenset(range(1, len(shown) + 1)),
            note=voice.say("events.expected.note", level=values["level"]),
        )


def _amount(id: str, results: Results, voice: Voice) -> Markup:
    value = results.values.get(id)
    return voice.say("nothing") if value is None else voice.short_interval(value)


def _counted(benefit: Benefit, results: Results, voice: Voice) -> Markup:
    unit = _unit(benefit, results)
    what = voice.say(f"events.column.{_kind(unit, [benefit])}", unit=voice.say(f"axis.{unit}", count=2))
    return voice.say("events.column.of", benefit=voice.text(benefit.title), what=what)


def _kind(unit: str, of: list[Benefit]) -> str:
    """Return which of ``COUNTED`` holds for what some benefits count in a unit."""
    if unit in {"hours", "minutes"}:
        return "freed"
    return "bad" if all(benefit.dis_benefit for benefit in of) else "good"


def _unit(benefit: Benefit, results: Results) -> str:
    """What the benefit's events are counted in: the indicator's unit, else that of the quantities there are."""
    if benefit.indicator is not None:
        return benefit.indicator.unit
    prefix = f"quantity.expected.{benefit.id}."
    return next((id.removeprefix(prefix).partition(".")[0] for id in results.values if id.startswith(prefix)), "count")


def _events_figures(valued: list[Benefit], results: Results, voice: Voice) -> list[Figure]:
    """One figure per unit, as admissions and hours share no axis; where anything is measured, of what is measured.

    What is only expected is one line, which the table of it has in its last row.
    """
    units = dict.fromkeys(_unit(benefit, results) for benefit in valued)
    counted = {unit: [one for one in valued if _unit(one, results) == unit] for unit in units}
    measured = [unit for unit in units if _measured_years(unit, counted[unit], results)]
    units = dict.fromkeys(measured) or units
    figures = [_events_figure(unit, valued, results, voice) for unit in units]
    return [figure for figure in figures if figure is not None]


def _events_figure(unit: str, valued: list[Benefit], results: Results, voice: Voice) -> Figure | None:
    counted = [one for one in valued if _unit(one, results) == unit]
    years = _measured_years(unit, counted, results)
    rows = list(_events_rows(unit, counted, years, results, voice))
    if not rows:
        return None
    listed = "; ".join(f"{label}: {voice.plain_interval(value)}" for label, value in rows)
    kind = _kind(unit, counted)
    axis = voice.catalogue.text(f"events.figure.axis.{kind}", unit=voice.catalogue.text(f"axis.{unit}", count=2))
    return Figure(
        png=intervals(rows, axis=axis, numbers=voice.numbers),
        caption=voice.say("events.figure.caption.measured" if years else "events.figure.caption"),
        alternative=voice.catalogue.text("events.figure.alternative", listed=listed),
        values=tuple(value for _, value in rows),
    )


def _measured_years(unit: str, counted: list[Benefit], results: Results) -> tuple[int, ...]:
    """The years in which anything counted in a unit was measured."""
    totals = [results.values.get(f"quantity.measured.{benefit.id}.{unit}") for benefit in counted]
    return tuple(sorted({year for total in totals if total is not None for year in years_covered(total, results)}))


def _events_rows(
    unit: str, counted: list[Benefit], years: tuple[int, ...], results: Results, voice: Voice
) -> Iterator[tuple[str, Value]]:
    """Year by year where something was measured, so that what shares an axis covers the same time; else all years."""
    for benefit in counted:
        for year in years or (None,):
            for basis in ("expected", "measured"):
                total = f"quantity.{basis}.{benefit.id}.{unit}"
                value = results.values.get(total if year is None else f"{total}.{year}")
                if value is None or value.low is None or value.high is None:
                    continue
                period = period_words(years_covered(value, results) if year is None else (year,), voice)
                said = {"basis": voice.catalogue.text(f"basis.{basis}"), "period": period.striptags()}
                title = voice.plain_text(benefit.title)
                yield voice.catalogue.text("events.figure.label", benefit=title, **said), value


def _one(study: Evidence, used: bool, results: Results, voice: Voice) -> Markup:
    return voice.say("evidence.one", study=_title(study, used, voice), finding=_finding(study, results, voice))


def _cautions(studies: list[Evidence], voice: Voice) -> Markup:
    """Every caution on some results, without those that another one holds."""
    said = list(dict.fromkeys(one.caution[voice.language] for one in studies if one.caution is not None))
    whole = [one for one in said if not any(one != other and one in other for other in said)]
    return Markup(" ").join(voice.text(one) for one in whole) if whole else voice.say("nothing")


def _title(study: Evidence, used: bool, voice: Voice) -> Markup:
    title = voice.text(study.titles[voice.language])
    if study.own:
        title = voice.say("evidence.own", study=title)
    return voice.say("evidence.used", study=title) if used else title


def _nearest_first(results: Results, used: set[str]) -> list[Evidence]:
    """Those that are used, then those of the same events, then the others; each by name."""
    kinds = [EVENT_KINDS[one.kind] for one in results.published_ranges]
    same = {outcome for one in kinds for outcome in (*one.outcomes, *one.beside)}
    return sorted(results.evidence, key=lambda study: (study.id not in used, study.outcome not in same, study.id))


def _population(study: Evidence, results: Results, voice: Voice) -> Markup:
    described, n = voice.text(study.population[voice.language]), results.values.get(f"evidence.{study.id}.n")
    who = described if n is None else voice.say("evidence.population", population=described, n=n)
    months = results.values.get(f"evidence.{study.id}.follow_up")
    return who if months is None else voice.say("evidence.follow_up", who=who, months=months)


def _finding(study: Evidence, results: Results, voice: Voice) -> Markup:
    value = results.values.get(f"evidence.{study.id}")
    if value is None:
        return voice.text(study.finding[voice.language]) if study.finding is not None else voice.say("blank")
    if value.low is None:
        return voice.say(
            "evidence.without_interval", measure=voice.word("measure", study.measure), value=voice.number(value)
        )
    key = "evidence.holds_no_effect" if study.includes_no_effect else "evidence.excludes_no_effect"
    found = voice.say(key, measure=voice.word("measure", study.measure), value=voice.short_interval(value))
    ratio, risk = (results.values.get(f"evidence.{study.id}.{name}") for name in ("risk_ratio", "baseline_risk"))
    if ratio is None or risk is None:
        return found
    return voice.say("evidence.converted", found=found, risk=risk, ratio=voice.short_interval(ratio))
