"""The schema explains every key, accepts every file that can be used, and refuses what an editor should mark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from pydantic import BaseModel

from benefits.cli import main
from benefits.forms import TEMPLATES, Template
from benefits.forms.key_texts import KINDS_OF_WORDS, meaning, model_name, parts
from benefits.forms.schema import project_schema
from benefits.forms.starters import starter
from benefits.language import catalogue
from benefits.project.fields import Quantity
from benefits.vocabulary import Language, words

LANGUAGES: tuple[Language, ...] = words(Language)
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "params").glob("*/project.yaml"))
AsJson = Callable[[str], Any]
KEYS = [(part, key) for part in [*parts(), Quantity] for key in part.model_fields]


@pytest.fixture(scope="module")
def check() -> Draft7Validator:
    return Draft7Validator(project_schema("nb"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_project_file_is_explained(language: Language) -> None:
    said = catalogue(language)
    assert all(meaning(said, part, key).strip() for part, key in KEYS)


def test_no_explanation_is_of_a_key_there_is_none_of() -> None:
    explained = {key for key in catalogue("nb").entries if key.startswith("key.")}
    known = {f"key.{model_name(one)}.{key}" for part, key in KEYS for one in part.__mro__ if issubclass(one, BaseModel)}
    anywhere = {f"key.any.{key}" for _, key in KEYS}
    assert explained <= known | anywhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_schema_is_one_and_every_key_in_it_is_explained(language: Language) -> None:
    schema = project_schema(language)
    Draft7Validator.check_schema(schema)
    for part in [schema, *schema["definitions"].values()]:
        for key, inner in part.get("properties", {}).items():
            assert inner["description"].strip(), key


def test_words_have_the_names_reports_give_them() -> None:
    kind = project_schema("nb")["definitions"]["Actor"]["properties"]["kind"]
    assert dict(zip(kind["enum"], kind["enumDescriptions"], strict=True))["hf"] == "helseforetak"


@pytest.mark.parametrize("kind", KINDS_OF_WORDS.values())
def test_every_family_of_names_is_there(kind: str) -> None:
    assert any(key.startswith(f"{kind}.") for key in catalogue("nb").entries)


def test_no_text_from_the_code_is_in_it() -> None:
    text = json.dumps(project_schema("nb"))
    assert "numpydoc" not in text
    assert ">>>" not in text
    assert "``" not in text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_is_accepted(path: Path, check: Draft7Validator, as_json: AsJson) -> None:
    assert [str(one.message) for one in check.iter_errors(as_json(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_new_project_is_accepted(
    template: Template, language: Language, check: Draft7Validator, as_json: AsJson
) -> None:
    assert list(check.iter_errors(as_json(starter(template, language, id="ny")))) == []


@pytest.mark.parametrize(
    "rest",
    [
        "titel: DHO",
        "phase: someday",
        "go_live: [2025]",
        "languages: [de]",
        "languages: []",
        "horizon_years: 0",
        "actors: [{id: a, kind: kommune}]",
        "actors: [{id: A B, kind: kommune, name: Vik}]",
        "actors: [{id: a, kind: city, name: Vik}]",
        "patient_group: {category: other, volume: {snart: 4}}",
        "patient_group: {category: other, volume: {2025: -4}}",
        "assumptions: {Med Mellomrom: {value: 1, unit: share}}",
        "benefits: [{id: g, title: {de: Nutzen}}]",
        "benefits: [{id: g, title: Noe, types: [speed]}]",
        "costs: [{id: c, title: Noe, kind: running, actor: k, amount: mye}]",
        "costs: [{id: c, title: Noe, kind: running, actor: k, amount: {lowest: 4}}]",
    ],
)
def test_what_is_wrong_is_refused(rest: str, check: Draft7Validator, as_json: AsJson) -> None:
    good = "format: 1\nid: dho\ntitle: DHO\n"
    assert list(check.iter_errors(as_json(good))) == []
    assert list(check.iter_errors(as_json(good + rest)))


@pytest.mark.parametrize("lacking", ["format", "id", "title"])
def test_what_must_be_there_must(lacking: str, check: Draft7Validator) -> None:
    file = {"format": 1, "id": "dho", "title": "DHO"}
    del file[lacking]
    assert list(check.iter_errors(file))


@pytest.mark.parametrize(
    "rest",
    [
        "title: {nb: Gevinst, nn: Gevinst, en: Benefit}",
        "title: DHO\nactors:\ncosts:\nparticipation:\nphase:",
        "title: DHO\ncosts: [{id: c, title: Noe, kind: running, actor: k, amount: 300}]",
        "title: DHO\ncosts: [{id: c, title: Noe, kind: running, actor: k, amount: {low: 1, likely: 2, high: 3}}]",
        "title: DHO\npatient_group: {category: other, volume: {2025: 4.5}}",
        "title: DHO\nbenefits: [{id: g, title: Noe, category: Vår egen}]",
    ],
)
def test_each_way_to_write_a_thing_is_accepted(rest: str, check: Draft7Validator, as_json: AsJson) -> None:
    assert list(check.iter_errors(as_json(f"format: 1\nid: dho\n{rest}\n"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_the_schema(language: Language) -> None:
    result = CliRunner().invoke(main, ["schema", "--lang", language])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == project_schema(language)
