"""A project an analyst tries things on: change a number, put a part in, and see what every actor is left with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from benefits.economics.inputs import LEVEL
from benefits.economics.sensitivity.model import Model, Nets
from benefits.errors import InvalidInput, Problem
from benefits.language import catalogue
from benefits.project.additions import Added
from benefits.project.scalars import unusable_number
from benefits.report.explore.analyses import Analyses
from benefits.report.explore.explanation import Explanation, explain
from benefits.report.explore.from_frame import added_of, minimal_text
from benefits.report.explore.mistakes import UnknownNumber, UnusableHere, told
from benefits.report.explore.names import number_names, number_value
from benefits.report.explore.table_files import FORMATS, write_tables
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, Value, assess
from benefits.results.sensitivity import model_of
from benefits.results.tables import tables
from benefits.vocabulary import Audience, Language, words

if TYPE_CHECKING:
    import pandas as pd

    from benefits.report.explore.panel import Panel

DRAWS = 2_000
"""Enough for a mean and an interval on a screen."""
MAIN = ("society.expected.net", "society.measured.net")
"""The figure explained when none is named: the first there is."""
_FORMS = frozenset(
    {"value", "low", "likely", "high", "mean", "se", "estimate", "ratio", "reference", "evidence", "mix", "instead_of"}
)
_OF_NUMBER = frozenset({"source", "address", "standing", "note"})
_NO_CHANGES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """One project, with what is tried on it; nothing is written to its file. Each change gives a new explorer.

    Attributes
    ----------
    results
        The project assessed, with the parts that are put in; numbers changed by ``with_number`` are not in it.
    model
        What every actor is left with, as a function of the numbers.
    usual
        The same with the numbers as the project has them.
    changes
        Numbers that are changed, by name.
    voice
        The language of what is said.
    added
        Parts put in.
    """

    results: Results
    model: Model
    usual: Nets
    voice: Voice
    changes: Mapping[str, float] = field(default_factory=lambda: _NO_CHANGES)
    added: tuple[Added, ...] = ()
    source: _Source

    def with_number(self, name: str, value: float) -> Explorer:
        """Return an explorer with one number changed: an assumption, or one written in its place, by ``numbers``.

        Raises
        ------
        UnknownNumber
            When there is no such number; names those that are near.
        UnusableHere
            When it is no number.
        """
        if not isinstance(name, str) or name not in self.model.numbers:
            raise UnknownNumber(str(name), known=tuple(self.model.numbers), voice=self.voice)
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        except OverflowError:
            number = math.inf
        if code := unusable_number(number):
            known = "number_too_large" if code == "number_too_large" else "number_not_finite"
            raise told((Problem(place=name, code=known, value=str(value)),), self.voice)
        return replace(self, changes={**self.changes, name: number})

    def without_changes(self) -> Explorer:
        """Return an explorer with every number as the project has it; parts that are put in stay."""
        return replace(self, changes=_NO_CHANGES)

    def with_assumption(self, name: str, **keys: Any) -> Explorer:
        """Return an explorer with an assumption put in, or another number for one that is there.

        Parameters
        ----------
        name
            Its id. Of one that is there, the unit and the title stay; the source is that of the new number.
        **keys
            As in the project file: ``value``, or ``low``, ``likely`` and ``high``, or ``mean`` and ``se``; ``unit``,
            ``per``, ``price_year``, ``source``, ``standing``; or ``evidence``, a study.

        Raises
        ------
        UnusableHere
            With every problem, as of a file, each at the key it is of.
        """
        if not isinstance(name, str) or not name:
            raise told((Problem(place="name", code="pattern_id", value=str(name)),), self.voice)
        return self._with(Added(under="assumptions", name=name, keys=self._beside_what_is_there(name, keys)))

    def with_study(self, **keys: Any) -> Explorer:
        """Return an explorer with published evidence put in; an assumption names it under ``evidence``.

        Parameters and errors are those of ``studies`` in the project file and of ``with_assumption``.
        """
        return self._with(Added(under="studies", keys=keys))

    def with_cost(self, **keys: Any) -> Explorer:
        """Return an explorer with a cost put in, by the keys of ``costs`` in the project file.

        ``id``, ``title``, ``kind``, ``actor`` and ``amount`` at least. Errors are those of ``with_assumption``.
        """
        return self._with(Added(under="costs", keys=keys))

    def with_correlated(self, id: str, *names: str, correlation: float) -> Explorer:
        """Return an explorer in which some assumptions are high together; errors are those of ``with_assumption``."""
        keys = {"id": id, "assumptions": names, "correlation": correlation}
        return self._with(Added(under="correlated", keys=keys))

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """Every number that can be changed: name, title, mean and interval, unit, and what it is changed to."""
        import pandas as pd

        rows, called = [], number_names(tuple(self.model.numbers), self.results, self.voice)
        for name, distribution in self.model.numbers.items():
            low, high = distribution.interval(LEVEL)
            one = number_value(name, self.results)
            rows.append(
                {
                    "name": name,
                    "title": called[name],
                    "value": float(distribution.mean),
                    "low": float(low) if low < high else math.nan,
                    "high": float(high) if low < high else math.nan,
                    "unit": one.unit if one is not None else None,
                    "per": one.per if one is not None else None,
                    "changed_to": self.changes.get(name, math.nan),
                }
            )
        return pd.DataFrame(rows).set_index("name") if rows else pd.DataFrame(columns=["title", "value"])

    @cached_property
    def net(self) -> pd.DataFrame:
        """What each actor, and all together, is left with over the years: as it is, and with the changes.

        Kroner of the price year: ``usual``, ``now`` with ``low`` and ``high`` (95 %), and ``change``. Cost, cash and
        transfers; freed capacity is no part of it. What cannot be worked out with the changes is not a number.
        """
        import numpy as np
        import pandas as pd

        # The same draws, so that the difference holds no noise.
        nets = self.model.nets((self.changes,)) if self.changes else self.usual
        rows = {}
        for actor, usual in self.usual.items():
            now = nets[actor]
            low, high = np.quantile(now, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
            means = float(usual.mean()), float(now.mean())
            rows[actor] = {"usual": means[0], "now": means[1], "low": low, "high": high, "change": means[1] - means[0]}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["usual", "now", "low", "high", "change"])

    @property
    def analyses(self) -> Analyses:
        """How sure it is, with the changes: tornado, two-way, value of information, global sensitivity."""
        return Analyses(usual=self.model, changes=self.changes, results=self.results, voice=self.voice)

    def explain(self, figure: str | Value = "") -> Explanation:
        """Return the chain of inputs, formula and source behind any figure of ``results``; none: the net of all."""
        wanted = figure or next((id for id in MAIN if id in self.results.values), next(iter(self.results.values)))
        return explain(self.results, wanted, language=self.voice.language)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table of ``results``, by name."""
        return tables(self.results)

    def write_tables(self, folder: str | Path, *, formats: tuple[str, ...] = FORMATS) -> tuple[Path, ...]:
        """Write every table of ``results``, and their dictionary, and return the files; nothing where no folder is."""
        return () if not str(folder) else write_tables(self.results, folder, formats=formats)

    def panel(self) -> Panel:
        """Return a drop-down and a number field, with the numbers and a picture that follow them."""
        from benefits.report.explore.panel import Panel

        return Panel(self)

    def _with(self, *added: Added) -> Explorer:
        # A name put in again takes the place of what was put in before.
        taken = {(one.under, one.name) for one in added if one.name}
        kept = tuple(one for one in self.added if (one.under, one.name) not in taken)
        return _opened(self.source, (*kept, *added), language=self.voice.language, changes=self.changes)

    def _beside_what_is_there(self, name: str, keys: Mapping[str, Any]) -> dict[str, Any]:
        there, found = self.results.project.assumptions.get(name), self.results.inputs.get(name)
        if there is None:
            return dict(keys)
        said = there.model_dump(exclude_unset=True, exclude={"title"}, mode="python")
        known = {"unit": found.unit, "per": found.per, "price_year": found.price_year} if found is not None else {}
        known = {key: value for key, value in known.items() if value is not None}
        gone = _FORMS | _OF_NUMBER if _FORMS & keys.keys() else frozenset()
        kept = {
            key: value for key, value in {**known, **said}.items() if key not in gone and not isinstance(value, dict)
        }
        title = {"title": there.title.model_dump(exclude_none=True)} if there.title is not None else {}
        if title and "plain" in title["title"]:
            title = {"title": title["title"]["plain"]}
        return {**title, **kept, **keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Where a project is from: its file, or the text of one; and how it was asked for."""

    path: Path | None = None
    text: str = ""
    as_of: date | None = None
    draws: int = DRAWS
    audience: Audience = "public"
    references: date | None = None


def explore(
    source: str | Path | pd.DataFrame,
    *,
    project: str | Path = "",
    language: str = "",
    as_of: str = "",
    audience: str = "public",
    references: str = "",
    draws: int = DRAWS,
) -> Explorer:
    """Open a project, or a table of assumptions, to try things on.

    Parameters
    ----------
    source
        A project file; or a frame of assumptions, one a row: ``name``, the keys of the number (``value``; ``low``,
        ``likely``, ``high``; ``mean``, ``se``), ``unit``, and what else ``assumptions`` of a project file take. An
        empty cell is a key that is not given.
    project
        The project file the assumptions of a frame are put into; empty: one that holds nothing else.
    language
        nb, nn or en; empty: the project's first.
    as_of
        ISO date; empty: the file's own, of a frame alone the last day of its latest price year.
    audience
        public, or internal: small counts are kept.
    references
        ISO date the set of reference values is of; empty: the file's own choice.
    draws
        Number of random draws behind every interval.

    Raises
    ------
    UnusableHere
        With every problem of the file or the frame, in words.
    """
    known = language in {"", *words(Language)}
    said = voice_in(catalogue(cast(Language, language if language and known else "nb")).language, first="nb")
    wrong = [] if known else [Problem(place="language", code="unknown_language", value=str(language))]
    if audience not in words(Audience):
        wrong.append(Problem(place="audience", code="unknown_audience", value=str(audience)))
    if not isinstance(draws, int) or draws < 1:
        wrong.append(Problem(place="draws", code="draws_not_whole", value=str(draws)))
    if not isinstance(source, str | Path) and not hasattr(source, "to_dict"):
        wrong.append(Problem(place="source", code="not_a_source", value=type(source).__name__))
    if wrong:
        raise told(wrong, said)
    held = _Source(
        as_of=_day("as_of", as_of, said),
        draws=draws,
        audience=cast(Audience, audience),
        references=_day("references", references, said),
    )
    if isinstance(source, str | Path):
        return _opened(replace(held, path=Path(source)), (), language=language)
    added = added_of(source, said)
    if project:
        return _opened(replace(held, path=Path(project)), added, language=language)
    return _opened(replace(held, text=minimal_text(added, as_of=held.as_of)), added, language=language)


def _day(name: str, written: str | date, voice: Voice) -> date | None:
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        raise told((Problem(place=name, code="as_of_not_a_date", value=str(written)),), voice) from None


def _assessed(source: _Source, path: Path, added: tuple[Added, ...]) -> Results:
    return assess(
        path,
        as_of=source.as_of,
        draws=source.draws,
        audience=source.audience,
        references=source.references,
        added=added,
    )


def _opened(
    source: _Source, added: tuple[Added, ...], *, language: str, changes: Mapping[str, float] = _NO_CHANGES
) -> Explorer:
    from tempfile import TemporaryDirectory

    said = voice_in(catalogue(cast(Language, language or "nb")).language, first="nb")
    try:
        if source.path is not None:
            results = _assessed(source, source.path, added)
        else:
            with TemporaryDirectory() as folder:
                path = Path(folder) / "project.yaml"
                path.write_text(source.text, encoding="utf-8")
                results = _assessed(source, path, added)
    except InvalidInput as mistake:
        raise told(mistake.problems, said) from None
    first = results.project.first_language
    voice = voice_in(catalogue(cast(Language, language or first)).language, first=first)
    model = model_of(results, draws=source.draws)
    known = {name: value for name, value in changes.items() if name in model.numbers}
    usual = model.nets(({},))
    return Explorer(results=results, model=model, usual=usual, voice=voice, changes=known, added=added, source=source)


__all__ = ["Explorer", "UnusableHere", "explore"]
