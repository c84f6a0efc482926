"""A table of assumptions as parts of a project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benefits.errors import Problem
from benefits.project.additions import Added
from benefits.project.money import Assumption
from benefits.project.rules_common import nearest
from benefits.report.explore.mistakes import told
from benefits.report.voice import Voice

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

NAME = "utforsk"
ACTORS = (
    {"id": "kommune", "name": "kommune", "kind": "kommune"},
    {"id": "hf", "name": "hf", "kind": "hf"},
)
"""Who can pay and gain in a project that is a table alone."""
YEARS = 5
_WHOLE = frozenset({"price_year"})


def added_of(frame: pd.DataFrame, voice: Voice) -> tuple[Added, ...]:
    """Return each row of a frame as an assumption.

    Raises
    ------
    UnusableHere
        When there is no column ``name``, a row has none, two have the same, or a column is no key of an assumption.
    """
    columns = [str(column) for column in frame.columns]
    keys = [*Assumption.model_fields]
    problems = [
        Problem(place=column, code="frame_unknown_column", parameters={"nearest": nearest(column, ["name", *keys])})
        for column in columns
        if column not in {"name", *keys}
    ]
    if "name" not in columns:
        problems.append(Problem(place="name", code="frame_without_name"))
    if problems:
        raise told(problems, voice)
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    names = [str(row["name"]) if _given(row["name"]) else "" for row in rows]
    for place, name in enumerate(names):
        if not name or name in names[:place]:
            problems.append(
                Problem(place=str(place), code="frame_name_twice" if name else "frame_without_name", value=name)
            )
    if problems:
        raise told(problems, voice)
    return tuple(
        Added(
            under="assumptions",
            name=name,
            keys={key: _value(key, one) for key, one in row.items() if key != "name" and _given(one)},
        )
        for name, row in zip(names, rows, strict=True)
    )


def minimal_text(added: tuple[Added, ...], *, as_of: date | None) -> str:
    """Return a project file with nothing but two actors to pay and gain; the parts are put in beside it."""
    years = [one.keys["price_year"] for one in added if isinstance(one.keys.get("price_year"), int)]
    year = max(years) if years else as_of.year if as_of is not None else None
    project: dict[str, Any] = {"format": 1, "id": NAME, "title": NAME, "actors": [dict(actor) for actor in ACTORS]}
    # JSON is YAML too, but for days, which stand without quotation marks.
    if year is None:
        return json.dumps(project)
    written = json.dumps(project | {"price_year": year, "horizon_years": YEARS}).removesuffix("}")
    return f'{written}, "go_live": {year}-01-01, "as_of": {year}-12-31}}'


def _given(value: Any) -> bool:
    """Whether a cell holds something."""
    import pandas as pd

    return isinstance(value, list | tuple | dict) or not (value is None or value == "" or bool(pd.isna(value)))


def _value(key: str, value: Any) -> Any:
    """A year in a column that holds empty cells is a decimal number to pandas."""
    if key in _WHOLE and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
