"""The project file as a JSON Schema, with each key explained, for editors that complete and check as one writes.

The schema is made from the model. It says less than ``benefits check``: no rule between two keys, no files, no dates in
the calendar. What it accepts may therefore still be refused; what it refuses is always wrong.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from benefits.forms.key_texts import meaning, parts, words_of
from benefits.language import catalogue
from benefits.project.fields import Quantity, Text
from benefits.project.model import Project
from benefits.vocabulary import Language

_SET_ASIDE = ("title", "description", "default", "ge", "gt", "le")
_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}
_YEAR = "^(199[0-9]|20[0-9]{2}|2100)$"


def project_schema(language: Language = "nb") -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of a project file.

    Parameters
    ----------
    language
        The language keys and words are explained in.

    References
    ----------
    https://json-schema.org/draft-07

    Examples
    --------
    >>> project_schema("en")["properties"]["go_live"]["description"]
    'First day of the service. It separates before from after.'
    """
    said = catalogue(language)
    raw = Project.model_json_schema(ref_template="#/definitions/{model}")
    every: list[type[BaseModel]] = [*parts(), Quantity, Text]
    models = {part.__name__: part for part in every}
    definitions = raw.pop("$defs") | {Project.__name__: raw}
    for name, model in models.items():
        definitions[name] = _part(definitions[name], model)
        for key, schema in definitions[name]["properties"].items():
            if model is not Text:
                schema["description"] = meaning(said, model, key)
                _name_words(schema, words_of(said, model, key))
    definitions[Text.__name__] = _text(definitions[Text.__name__])
    definitions[Quantity.__name__] = {"anyOf": [{"type": "number"}, definitions[Quantity.__name__]]}
    whole: dict[str, Any] = definitions.pop(Project.__name__)
    first: dict[str, Any] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": said.text("starter.schema_title"),
    }
    return first | whole | {"definitions": dict(sorted(definitions.items()))}


def _part(raw: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    required = raw.get("required", [])
    properties = {key: _plain(schema) for key, schema in raw["properties"].items()}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            # A key may stand there with nothing after it as long as it need not be there.
            key: _either(schema) if key not in required else ({"allOf": [schema]} if "$ref" in schema else schema)
            for key, schema in properties.items()
        },
        **({"required": required} if required else {}),
    }


def _either(schema: dict[str, Any]) -> dict[str, Any]:
    branches = schema.get("anyOf", [schema])
    nothing = {"type": "null"}
    return {"anyOf": [*branches, *([] if nothing in branches else [nothing])]}


def _plain(schema: Any) -> Any:
    """The schema in the words of draft 7: limits as it names them, years as keys, without names made from code."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _plain(value) for key, value in schema.items() if key not in _SET_ASIDE}
    kept |= {_LIMITS[key]: schema[key] for key in _LIMITS if key in schema}
    values = kept.get("additionalProperties")
    if isinstance(values, dict) and values.get("type") == "number":
        kept["propertyNames"] = {"pattern": _YEAR}
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept


def _name_words(schema: dict[str, Any], names: dict[str, str]) -> None:
    """Put the name of each word beside it, where an editor shows it; or the words in the explanation."""
    if not any(names.values()):
        return
    for one in _lists_of_words(schema):
        if set(one["enum"]) == set(names):
            one["enumDescriptions"] = [names[value] for value in one["enum"]]
            return
    schema["description"] += " " + ", ".join(names)


def _lists_of_words(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for one in schema for found in _lists_of_words(one)]
    if not isinstance(schema, dict):
        return []
    return [*([schema] if "enum" in schema else []), *_lists_of_words(list(schema.values()))]


def _text(raw: dict[str, Any]) -> dict[str, Any]:
    languages = {key: {"type": "string", "minLength": 1} for key in raw["properties"] if key != "plain"}
    in_several = {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": languages}
    return {"anyOf": [{"type": "string", "minLength": 1}, in_several]}
