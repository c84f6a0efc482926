"""Read what a project file says of one data source: whichever shape, whichever kind of table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from benefits.activity.quality import Finding, dated_findings, drawn_too_soon, findings_of
from benefits.activity.reading.answers import answers
from benefits.activity.reading.counted import PERSONS, Wanted, counted_rows
from benefits.activity.reading.reading_events import read_events
from benefits.activity.reading.sources import Extract
from benefits.activity.responses import Responses
from benefits.activity.shapes import Panel, Series
from benefits.activity.tables.opened import Tables, fingerprint_of, numbers_of
from benefits.project.data import DataSource
from benefits.project.rules_data import columns_of
from benefits.vocabulary import Unit

AMOUNTS: frozenset[Unit] = frozenset(
    {"hours", "minutes", "points", "kroner", "ratio", "patient_months", "years", "months"}
)
"""Units that are measured, not counted: their values need not be whole."""

AnyExtract = Extract[Series] | Extract[Panel] | Extract[Responses]


def read_source(source: DataSource, *, tables: Tables, unit: Unit, other_events: Sequence[date] = ()) -> AnyExtract:
    """Read a data source with everything it rests on.

    Parameters
    ----------
    source
        What the project file says of it; the rules of the project file have been checked.
    tables
        The project's tables.
    unit
        What is counted.
    other_events
        Dates of other things that may explain a change.

    Raises
    ------
    InvalidInput
        With every problem found.
    """
    breaks = [one.date for one in source.breaks]
    if source.shape == "events" or (source.shape == "panel" and source.cohort):
        extract = read_events(source, tables=tables, whole=unit not in AMOUNTS)
    elif source.shape == "responses":
        asked = _responses(source, tables)
        first, last = asked.shape.waves[0], asked.shape.waves[-1] + pd.Timedelta(days=1)
        return asked.with_findings(dated_findings(first, last, breaks=breaks, events=other_events))
    else:
        extract = _counted(source, tables, unit)
    rows = extract.shape.rows()
    found = findings_of(rows, breaks=breaks, events=other_events)
    return extract.with_findings((*found, *drawn_too_soon(rows, extracted=source.extracted)))


def _counted(source: DataSource, tables: Tables, unit: Unit) -> Extract[Series] | Extract[Panel]:
    columns = {str(ours): theirs for ours, theirs in source.columns.items()}
    text, filtered = tables.texts(source, columns)
    panel = source.shape == "panel"
    wanted = Wanted(
        columns=columns,
        required=columns_of(source)[0],
        numbers=numbers_of(source),
        amounts=unit in AMOUNTS,
        shares=unit == "share",
        names=source.groups,
        period=source.period.start if source.period and not panel else None,
        drop_repeated=source.repeated == "drop",
    )
    key = ("person", "period") if panel else ("unit", "group", "period")
    rows, found = counted_rows(text, wanted, key=key)
    persons = rows[["period", "unit", "group", PERSONS]].reset_index(drop=True) if PERSONS in rows else None
    fingerprint = fingerprint_of(tables.open(source, columns))
    findings: tuple[Finding, ...] = (*filtered, *found)
    given = partial(Extract, sha256=fingerprint, rows=len(rows), files={source.origin: fingerprint}, findings=findings)
    if panel:
        # The ids in the file go no further; a pseudonym may look like an identity number by chance.
        rows["person"] = np.unique(rows["person"].to_numpy(dtype="str"), return_inverse=True)[1]
        return given(shape=Panel(rows))
    return given(shape=Series(rows), persons=persons)


def _responses(source: DataSource, tables: Tables) -> Extract[Responses]:
    columns = {str(ours): theirs for ours, theirs in source.columns.items()}
    text, filtered = tables.texts(source, columns)
    shape, found = answers(
        text,
        columns=columns,
        numbers=numbers_of(source),
        names=source.groups,
        drop_repeated=source.repeated == "drop",
    )
    fingerprint = fingerprint_of(tables.open(source, columns))
    return Extract(
        shape=shape,
        sha256=fingerprint,
        rows=len(shape.rows()),
        files={source.origin: fingerprint},
        findings=(*filtered, *found),
    )
