"""What differs between a plan as it was frozen and as it is now: each difference named, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from benefits.measurement import UnknownMethod, method
from benefits.project.freezing import PARTS, WITHOUT, Freeze, plan_of
from benefits.project.frozen_data import KEYS
from benefits.project.frozen_valuation import ACTION, VALUED
from benefits.project.frozen_valuation import NUMBERS as VALUED_NUMBERS
from benefits.project.model import Project
from benefits.results.values import Values
from benefits.vocabulary import Language

CODES: tuple[str, ...] = (
    "go_live",
    "main_indicator",
    "benefit.added",
    "benefit.removed",
    "benefit.sign",
    WITHOUT,
    "volume",
    *(f"{VALUED}.{key}" for key in (*VALUED_NUMBERS, *ACTION, "persistence", "volume")),
    "abnormal_periods",
    *(f"data.{key}" for key in KEYS),
    *(f"{part}.{key}" for part, keys in PARTS.items() for key in (*keys, "added", "removed")),
)
"""Every code a deviation may have."""
NUMBERS = ("baseline.value", "baseline.low", "baseline.high", "target.value")
"""Codes whose old and new are numbers in the unit of the indicator."""
FOLLOWS = frozenset({"data", "seasons", "until", "value", "low", "high", "period", "before_start"})
"""Keys of a baseline that come and go with its state."""
WITH_THE_VALUE = frozenset({"low", "high", "period"})
"""Keys of a baseline that follow from its value where it is worked out of data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One difference from the frozen plan.

    Attributes
    ----------
    code
        What differs: a part and a key of a benefit (``method.id``, ``target.value``), a part (``baseline.added``), or
        ``go_live``, ``main_indicator``, ``abnormal_periods``, ``benefit.added``, ``benefit.removed``, ``benefit.sign``;
        or of whom the data are (``data.cohort``, ``data.filters``).
    benefit
        Id of the benefit; empty when it is about the whole project, or about data.
    data
        Id of the data, for what is about them.
    option
        Name of the method's option, for ``method.options``.
    old, new
        As plain data; None where there was or is nothing.
    """

    code: str
    benefit: str = ""
    option: str = ""
    data: str = ""
    old: Any = None
    new: Any = None

    @property
    def id(self) -> str:
        """Dotted id of the values that belong to it."""
        return f"deviation.{self.benefit or self.data}.{self.code}"


def deviations(freeze: Freeze, project: Project) -> tuple[Deviation, ...]:
    """Return every difference, in the order of the project file; what was taken out comes last."""
    return tuple(_differences(freeze.plan, plan_of(project), project.first_language))


def add_deviation_values(found: tuple[Deviation, ...], freeze: Freeze, project: Project, values: Values) -> None:
    """Add the numbers of deviations, as ``deviation.<benefit>.<code>.old`` and ``.new``."""
    plans = {"old": freeze.plan, "new": plan_of(project)}
    for one in found:
        for side, plan in plans.items():
            held = getattr(one, side)
            indicator = plan["benefits"].get(one.benefit, {}).get("indicator", {})
            if one.code in NUMBERS and held is not None:
                unit, per = indicator.get("unit", "count"), indicator.get("per", "none")
                values.add(f"{one.id}.{side}", held, unit=unit, per=per, basis="expected")
            if one.code == "target.ramp":
                for year, share in (held or {}).items():
                    values.add(f"{one.id}.{year}.{side}", share, unit="share", basis="expected")


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], first: Language) -> Iterator[Deviation]:
    for code in ("go_live", "main_indicator"):
        if old.get(code) != new.get(code):
            yield Deviation(code=code, old=old.get(code), new=new.get(code))
    # A plan frozen before patients were kept says nothing of them.
    if "volume" in old and old["volume"] != (new.get("volume") or {}):
        yield Deviation(code="volume", old=old["volume"] or None, new=new.get("volume") or None)
    before, now = old["benefits"], new["benefits"]
    for id, benefit in now.items():
        if id in before:
            yield from _of_benefit(id, before[id], benefit, first)
        else:
            yield Deviation(code="benefit.added", benefit=id, new=benefit["title"])
    yield from _of_data(old, new, first)
    for id, benefit in before.items():
        if id not in now:
            yield Deviation(code="benefit.removed", benefit=id, old=benefit["title"])


def _of_data(old: Mapping[str, Any], new: Mapping[str, Any], first: Language) -> Iterator[Deviation]:
    """Whom the data are of: the same source held both then and now; another source is told where it is used."""
    if "data" not in old:
        return
    if (old.get("abnormal_periods") or []) != (new.get("abnormal_periods") or []):
        yield Deviation(code="abnormal_periods", old=old.get("abnormal_periods"), new=new.get("abnormal_periods"))
    for id, source in new["data"].items():
        was = old["data"].get(id)
        for key in KEYS if was is not None else ():
            before, now = was.get(key) or None, source.get(key) or None
            if not _same(before, now, first):
                yield Deviation(code=f"data.{key}", data=id, old=before, new=now)


def _of_benefit(id: str, old: Mapping[str, Any], new: Mapping[str, Any], first: Language) -> Iterator[Deviation]:
    if old["dis_benefit"] != new["dis_benefit"]:
        yield Deviation(code="benefit.sign", benefit=id, old=old["dis_benefit"], new=new["dis_benefit"])
    # A plan frozen before this was kept says nothing of it.
    if WITHOUT in old and old[WITHOUT] != new.get(WITHOUT):
        yield Deviation(code=WITHOUT, benefit=id, old=old[WITHOUT], new=new.get(WITHOUT))
    if VALUED in old:
        yield from _of_valuation(id, old[VALUED], new.get(VALUED) or {})
    for part, keys in PARTS.items():
        was, now = old.get(part), new.get(part)
        if was is None and now is not None:
            yield Deviation(code=f"{part}.added", benefit=id)
        elif was is not None and now is None:
            yield Deviation(code=f"{part}.removed", benefit=id)
        elif was is not None and now is not None:
            yield from _of_part(id, part, keys, was, now, first)


def _of_valuation(id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Deviation]:
    """What the benefit is counted by: a number that is better known, and has not moved, is no other number."""
    for key in (*VALUED_NUMBERS, *ACTION, "persistence", "volume"):
        was, now = old.get(key), new.get(key)
        if _without_standing(was) != _without_standing(now):
            yield Deviation(code=f"{VALUED}.{key}", benefit=id, old=was, new=now)


def _without_standing(held: Any) -> Any:
    return {name: one for name, one in held.items() if name != "standing"} if isinstance(held, dict) else held or {}


def _of_part(
    id: str, part: str, keys: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any], first: Language
) -> Iterator[Deviation]:
    head = {"baseline": "state", "method": "id"}.get(part)
    other_head = head is not None and old.get(head) != new.get(head)
    for key in keys:
        was, now = old.get(key), new.get(key)
        # Another method has other options, and a baseline that has since been measured has a value and a period.
        follows = part == "baseline" and key in FOLLOWS and None in (was, now)
        # What is worked out of the same data moves together: the value says it once.
        if part == "baseline" and key in WITH_THE_VALUE and _worked_out_anew(old, new):
            continue
        if other_head and (follows or (part, key) == ("method", "options")):
            continue
        if (part, key) == ("method", "options"):
            yield from _of_options(id, str(new.get("id", "")), was or {}, now or {})
        elif not _same(was, now, first):
            yield Deviation(code=f"{part}.{key}", benefit=id, old=was, new=now)


def _worked_out_anew(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a baseline is of the same data as before and came out at another value."""
    same_data = old.get("data") is not None and old.get("data") == new.get("data")
    return same_data and old.get("value") != new.get("value")


def _of_options(id: str, method_id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Deviation]:
    usual = _defaults(method_id)
    was, now = {**usual, **old}, {**usual, **new}
    for option in sorted({*was, *now}):
        if was.get(option) != now.get(option):
            names = {"benefit": id, "option": option}
            yield Deviation(code="method.options", **names, old=was.get(option), new=now.get(option))


def _defaults(method_id: str) -> dict[str, Any]:
    """The options of a method when none is given: to write one of them out changes nothing."""
    try:
        return asdict(method(method_id).options())
    except (UnknownMethod, TypeError):
        return {}


def _same(old: Any, new: Any, first: Language) -> bool:
    """Whether two values say the same.

    Of a text in several languages the project's first one decides, so that a translation may be mended; where one of
    the two lacks that, those both have.
    """
    if _is_text(old) and _is_text(new):
        shared = {first} if first in old and first in new else set(old) & set(new)
        return bool(shared) and all(old[tongue] == new[tongue] for tongue in shared)
    if isinstance(old, dict) and isinstance(new, dict):
        return set(old) == set(new) and all(_same(old[key], new[key], first) for key in old)
    return bool(old == new)


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= {"nb", "nn", "en"}
