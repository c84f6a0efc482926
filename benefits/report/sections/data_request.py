"""A request for data, indicator by indicator: what to send to whoever pulls them, and what must be decided first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from benefits.project.benefit import Benefit
from benefits.project.data import DataRequest, DataSource
from benefits.project.data import Table as FileTable
from benefits.report.blocks import Block, Bullets, Paragraph, Section, Subheading, Table
from benefits.report.names import benefit, benefit_name
from benefits.report.sections.method_names import method_name
from benefits.report.voice import Voice
from benefits.results import RequestedColumn, RequestedTable, RequestPage, Results
from benefits.results.data_request import TIMED
from benefits.results.power.frozen_analysis import BESIDE

NOW_AND_THEN = frozenset({"survey", "time_study"})
"""Methods that need what was measured some times before and after, not every month between."""

_SENTENCE, _LINE = Markup(" "), Markup("<br>")


def first_page(results: Results, voice: Voice) -> Section:
    """What is asked for, what must be decided before it is sent, and which benefits there is nothing to ask for."""
    found = results.requests
    blocks: list[Block] = []
    if not found.pages:
        blocks.append(Paragraph(voice.say("request.none"), tone="missing"))
    else:
        blocks += [
            Paragraph(voice.say("request.intro", as_of=results.as_of)),
            Subheading(voice.say("request.asked")),
            Paragraph(voice.say("request.asked.count", count=results.values["request.pages"])),
            Bullets(tuple(_asked(page, results, voice) for page in found.pages)),
            Subheading(voice.say("request.missing")),
            *_missing(results, voice),
        ]
    if found.without:
        blocks.append(Subheading(voice.say("request.without")))
        points = (
            voice.say(f"request.why.{why}", benefit=benefit_name(id, results, voice)) for id, why in found.without
        )
        blocks.append(Bullets(tuple(points)))
    return Section(id="first_page", heading=voice.say("request.heading"), blocks=tuple(blocks))


def pages(results: Results, voice: Voice) -> Section:
    """One section for each indicator, each on a page of its own."""
    made = [_page(page, results, voice) for page in results.requests.pages]
    if not made:
        missing = (Paragraph(voice.say("request.none"), tone="missing"),)
        return Section(id="requests", heading=voice.say("request.pages"), blocks=missing)
    return replace(made[0], others=tuple(made[1:]))


def _asked(page: RequestPage, results: Results, voice: Voice) -> Markup:
    one, request = _benefit(page, results), _said(page, results)
    definition = voice.text(one.indicator.definition if one.indicator is not None else None)
    delivery = voice.day(request.delivery if request is not None else None)
    return voice.say("request.asked.line", benefit=voice.text(one.title), definition=definition, delivery=delivery)


def _missing(results: Results, voice: Voice) -> Iterator[Block]:
    lacking: dict[str, list[str]] = {}
    for page in results.requests.pages:
        for lack in page.lacks:
            lacking.setdefault(lack, []).append(page.benefit)
    if not lacking:
        yield Paragraph(voice.say("request.missing.none"))
        return
    points = []
    for code, ids in lacking.items():
        said = voice.say(f"request.lack.{code}")
        names = voice.listed(benefit_name(id, results, voice) for id in ids)
        every = len(ids) == len(results.requests.pages)
        points.append(said if every else voice.say("request.missing.of", lack=said, benefits=names))
    yield Bullets(tuple(points))


def _page(page: RequestPage, results: Results, voice: Voice) -> Section:
    one = _benefit(page, results)
    lead = voice.say("request.lead" if page.lacks else "request.lead.ready", project=results.project.title)
    blocks: list[Block] = [Paragraph(lead)]
    if page.lacks:
        blocks.append(Paragraph(voice.say("request.before_sending"), tone="missing"))
        blocks.append(Bullets(tuple(voice.say(f"request.lack.{lack}") for lack in page.lacks)))
    header = (voice.say("request.column.what"), voice.say("request.column.asked"))
    rows = tuple((voice.say(f"request.row.{name}"), said) for name, said in _rows(page, one, results, voice))
    blocks.append(Table(caption=voice.say("request.caption"), header=header, rows=rows))
    blocks += [_columns(table, voice) for table in page.tables]
    blocks += [Subheading(voice.say("request.use")), Bullets(tuple(_use(one, results, voice)))]
    otherwise = tuple(voice.say(f"request.otherwise.{code}") for code in page.otherwise)
    blocks += [Subheading(voice.say("request.otherwise")), Bullets(otherwise)]
    return Section(id=f"request-{page.benefit}", heading=voice.text(one.title), blocks=tuple(blocks), new_page=True)


def _rows(page: RequestPage, one: Benefit, results: Results, voice: Voice) -> Iterator[tuple[str, Markup]]:
    source, request = _source(page, results), _said(page, results)
    yield "who", _who(page, one, results, voice)
    chosen = one.baseline.selection if one.baseline is not None else None
    rule = voice.text(chosen.rule) if chosen is not None else voice.say("request.inclusion.none")
    yield "inclusion", _LINE.join([rule, voice.say("request.everyone")]) if page.followed else rule
    yield "comparison", _comparison(one, voice)
    yield "counted", _counted(one, voice)
    yield "unit", _unit(one, voice)
    yield "period", _period(page, one, results, voice)
    timed = one.method is not None and one.method.id == TIMED
    yield "detail", voice.say("request.detail.timed" if timed else f"request.detail.{page.shape}")
    yield "filters", _filters(source, voice)
    small = "request.small.sums" if page.shape == "series" else "request.small.persons"
    yield "small", voice.say(small, limit=results.values["request.limit"])
    yield "persons", voice.say("request.persons.sums" if page.shape == "series" else "request.persons.pseudonym")
    yield "legal_basis", voice.text(request.legal_basis if request is not None else None)
    yield "sender", voice.text(request.sender if request is not None else None)
    yield "recipient", voice.text(request.recipient if request is not None else None)
    yield "delivery", voice.day(request.delivery if request is not None else None)
    yield "format", _format(page.tables[0].form, voice)
    if request is not None and request.note is not None:
        yield "note", voice.text(request.note)


def _who(page: RequestPage, one: Benefit, results: Results, voice: Voice) -> Markup:
    request, group = _said(page, results), results.project.patient_group
    if request is not None and request.population is not None:
        return voice.text(request.population)
    if group is not None and group.description is not None:
        return voice.text(group.description)
    return voice.text(one.hypothesis.target_group if one.hypothesis is not None else None)


def _comparison(one: Benefit, voice: Voice) -> Markup:
    method = one.method
    if method is not None and method.compare_with is not None:
        return voice.text(method.compare_with)
    beside = method is not None and method.id in BESIDE
    return voice.say("blank" if beside or method is None else "request.comparison.none")


def _counted(one: Benefit, voice: Voice) -> Markup:
    indicator = one.indicator
    assert indicator is not None
    definition = voice.text(indicator.definition)
    if indicator.numerator is None and indicator.denominator is None:
        return definition
    numerator, denominator = voice.text(indicator.numerator), voice.text(indicator.denominator)
    return _LINE.join([definition, voice.say("request.fraction", numerator=numerator, denominator=denominator)])


def _unit(one: Benefit, voice: Voice) -> Markup:
    assert one.indicator is not None
    unit = voice.say(f"axis.{one.indicator.unit}", count=2)
    alone = one.indicator.per == "none" or one.indicator.unit == "share"
    return unit if alone else voice.say(f"per.{one.indicator.per}", amount=unit)


def _period(page: RequestPage, one: Benefit, results: Results, voice: Voice) -> Markup:
    if page.because != "source" and one.method is not None and one.method.id in NOW_AND_THEN:
        start, often = voice.day(results.project.go_live), voice.text(one.method.frequency)
        return voice.say("request.period.now_and_then", start=start, frequency=often)
    if page.first is None or page.last is None:
        return voice.say("request.period.none")
    why = voice.say(f"request.period.{page.because}")
    before = results.values.get(f"request.{page.benefit}.before")
    if before is None:
        return _SENTENCE.join([voice.say("request.period.alone", first=page.first, last=page.last), why])
    said = voice.say(
        "request.period",
        first=page.first,
        last=page.last,
        before=before,
        after=results.values[f"request.{page.benefit}.after"],
        start=voice.day(results.project.go_live),
    )
    return _SENTENCE.join([said, why, voice.say("request.period.later")])


def _filters(source: DataSource | None, voice: Voice) -> Markup:
    said: list[Markup] = []
    for one in (one for _, table in source.tables for one in table.filters) if source is not None else ():
        column = voice.text(one.column)
        if one.one_of:
            said.append(
                voice.say("request.filter.one_of", column=column, listed=voice.listed(map(voice.text, one.one_of)))
            )
        if one.not_one_of:
            listed = voice.listed(map(voice.text, one.not_one_of))
            said.append(voice.say("request.filter.not_one_of", column=column, listed=listed))
        if one.at_least is not None:
            said.append(voice.say("request.filter.at_least", column=column, bound=voice.text(_bound(one.at_least))))
        if one.at_most is not None:
            said.append(voice.say("request.filter.at_most", column=column, bound=voice.text(_bound(one.at_most))))
    return _SENTENCE.join(said) if said else voice.say("request.filters.none")


def _bound(bound: object) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)


def _format(form: FileTable, voice: Voice) -> Markup:
    ending = (form.file or "").rpartition(".")[2].lower()
    if form.database is not None or ending in {"parquet", "duckdb"}:
        return voice.say("request.format.other", name=voice.text(form.origin))
    if ending in {"xlsx", "xlsm"}:
        return voice.say("request.format.excel")
    marks = {";": "semicolon", ",": "comma", ".": "point", "\t": "tab", "|": "bar"}
    return voice.say(
        "request.format.csv",
        encoding=voice.text(form.encoding.upper()),
        delimiter=_mark(form.delimiter, marks, voice),
        decimal=_mark(form.decimal, marks, voice),
    )


def _mark(mark: str, marks: Mapping[str, str], voice: Voice) -> Markup:
    return voice.say(f"request.mark.{marks[mark]}") if mark in marks else voice.text(mark)


def _columns(table: RequestedTable, voice: Voice) -> Table:
    header = tuple(voice.say(f"request.columns.{name}") for name in ("name", "what", "kind", "example", "key"))
    rows = tuple(
        (
            voice.text(column.name),
            _content(column, voice),
            _kind(column, voice),
            voice.text(column.example),
            voice.text(column.key),
        )
        for column in table.columns
    )
    caption, note = voice.say(f"request.columns.{table.table}"), voice.say("request.columns.note")
    return Table(caption=caption, header=header, rows=rows, note=note)


def _content(column: RequestedColumn, voice: Voice) -> Markup:
    if column.per is None:
        return voice.say(f"request.content.{column.key}")
    return voice.say("request.exposure", unit=voice.say(f"exposure.{column.per}"))


def _kind(column: RequestedColumn, voice: Voice) -> Markup:
    if not column.allowed:
        return voice.say(f"request.kind.{column.kind}")
    return voice.say("request.one_of", listed=voice.listed(map(voice.text, column.allowed)))


def _use(one: Benefit, results: Results, voice: Voice) -> Iterator[Markup]:
    state = voice.word("baseline_state", one.baseline.state) if one.baseline is not None else voice.say("blank")
    yield voice.say("request.use.baseline", state=state)
    method = method_name(one.method.id, voice) if one.method is not None else voice.say("blank")
    yield voice.say("request.use.method", method=method)
    target = results.values.get(f"benefit.{one.id}.target")
    if target is not None and one.target is not None:
        yield voice.say("request.use.target", target=target, date=one.target.date)


def _benefit(page: RequestPage, results: Results) -> Benefit:
    found = benefit(page.benefit, results)
    assert found is not None
    return found


def _source(page: RequestPage, results: Results) -> DataSource | None:
    return next((one for one in results.project.data if one.id == page.data), None)


def _said(page: RequestPage, results: Results) -> DataRequest | None:
    source = _source(page, results)
    return source.request if source is not None else None
