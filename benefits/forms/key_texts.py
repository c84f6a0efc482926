"""What each key of a project file means, and what its words are called, in one language."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from benefits import vocabulary
from benefits.language import Catalogue
from benefits.project.benefit import MethodChoice
from benefits.project.fields import Quantity, Text
from benefits.project.model import Milestone1, Milestone2, Milestone3, Milestones, Project

KINDS_OF_WORDS: dict[Any, str] = {
    vocabulary.Phase: "phase",
    vocabulary.HealthRegion: "health_region",
    vocabulary.ActorKind: "actor_kind",
    vocabulary.PatientCategory: "patient_category",
    vocabulary.Theme: "theme",
    vocabulary.InnovationType: "innovation_type",
    vocabulary.BenefitType: "type",
    vocabulary.RealisationForm: "realisation",
    vocabulary.Lifecycle: "lifecycle",
    vocabulary.Grade: "grade",
    vocabulary.Standing: "standing",
    vocabulary.Direction: "direction",
    vocabulary.CostKind: "cost_kind",
    vocabulary.FundingSource: "funding_source",
    vocabulary.Level: "level",
    vocabulary.Importance: "importance",
    vocabulary.Extent: "extent",
    vocabulary.Consequence: "consequence",
    vocabulary.Anchoring: "anchoring",
    vocabulary.ItemState: "item_state",
    vocabulary.Design: "design",
    vocabulary.LedgerMeasure: "ledger_measure",
    vocabulary.Profession: "profession",
    vocabulary.EventKind: "event_kind",
    vocabulary.Condition: "condition",
    vocabulary.ReplacementKind: "replacement_kind",
}
"""Controlled list -> the family of its names in the catalogues, where it has one."""

_SUGGESTED: dict[tuple[type[BaseModel], str], Any] = {(MethodChoice, "id"): vocabulary.Design}
"""Keys that take more than one list, and the list to suggest."""

_MILESTONES: dict[type[BaseModel], str] = {Milestones: "", Milestone1: "m1.", Milestone2: "m2.", Milestone3: "m3."}


def model_name(model: type[BaseModel]) -> str:
    """Return the name of a part of the project file as the catalogues write it.

    Examples
    --------
    >>> model_name(MethodChoice)
    'method_choice'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


def meaning(said: Catalogue, model: type[BaseModel], key: str) -> str:
    """Return what a key of a part of the project file means.

    Raises
    ------
    MissingText
        When the catalogue has no text for it.
    """
    if model in _MILESTONES:
        item = _MILESTONES[model] + key
        return said.text(f"milestone.{item}")
    names = [model_name(one) for one in model.__mro__ if issubclass(one, BaseModel)]
    name = next((one for one in [*names, "any"] if f"key.{one}.{key}" in said), names[0])
    return said.text(f"key.{name}.{key}")


def words_of(said: Catalogue, model: type[BaseModel], key: str) -> dict[str, str]:
    """Return the words a key takes, or suggests, each with its name; the name is empty where it has none."""
    for annotation in [_SUGGESTED.get((model, key)), *_inside(model.model_fields[key].annotation)]:
        if annotation is not None and get_origin(annotation) is Literal:
            kind = KINDS_OF_WORDS.get(annotation)
            return {str(one): word(said, kind, str(one)) if kind else "" for one in get_args(annotation)}
    return {}


def word(said: Catalogue, kind: str, name: str) -> str:
    """Return the name of a controlled word; empty when the catalogue has none."""
    return said.text(f"{kind}.{name}") if f"{kind}.{name}" in said else ""


def part_at(model: type[BaseModel], key: str) -> tuple[type[BaseModel] | None, str]:
    """Return the part of the project file a key holds, and whether it is ``one``, a ``list`` of them or ``named``.

    The part is None where a plain value, a text or a number stands.
    """
    for annotation in _inside(model.model_fields[key].annotation):
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in {Text, Quantity}:
            origins = {get_origin(one) for one in _inside(model.model_fields[key].annotation)}
            return annotation, "list" if tuple in origins else "named" if dict in origins else "one"
    return None, "one"


def parts(model: type[BaseModel] = Project) -> Iterator[type[BaseModel]]:
    """Yield a part of the project file and every part below it, each once."""
    seen: list[type[BaseModel]] = [model]
    for one in seen:
        yield one
        below = (part_at(one, key)[0] for key in one.model_fields)
        seen.extend(part for part in below if part is not None and part not in seen)


def _inside(annotation: Any) -> Iterator[Any]:
    """An annotation and all it is made of, from the outside in; dictionary keys left out."""
    yield annotation
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = inner[:1]
    elif origin is dict:
        inner = inner[1:]
    elif origin not in (tuple, Union, types.UnionType):
        inner = ()
    for one in inner:
        yield from _inside(one)
