"""The page on the project file names every key and every word, says what is required, and its example works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

import benefits.vocabulary as vocabulary
from benefits import load
from benefits.errors import InvalidInput
from benefits.language import catalogue
from benefits.project.fields import Quantity, Text
from benefits.project.model import Project
from benefits.project.money import Assumption
from benefits.project.places import read_yaml
from benefits.project.rules import broken_rules
from benefits.project.shape import annotation_at
from benefits.results import assess

Blocks = Callable[..., list[str]]
PAGE = "docs/prosjektfilen.md"


def parts(model: type[BaseModel] = Project, path: str = "", loc: tuple[str | int, ...] = ()) -> Iterator[Any]:
    """Yield the path on the page and the model of every part of a project file that has keys of its own."""
    yield path or "project", model
    for name in model.model_fields:
        here: tuple[str | int, ...] = (*loc, name)
        kind, said = annotation_at(Project, here), f"{path}.{name}".lstrip(".")
        if get_origin(kind) is tuple:
            kind, here, said = annotation_at(Project, (*here, 0)), (*here, 0), f"{said}[]"
        elif get_origin(kind) is dict:
            kind, here, said = annotation_at(Project, (*here, "x")), (*here, "x"), f"{said}.*"
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in {Text, Quantity}:
            yield from parts(kind, said, here)


def tables(text: str) -> dict[str, dict[str, str]]:
    """Keys in the table under each heading in code type, with what stands in the column on being required."""
    found: dict[str, dict[str, str]] = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        if heading := re.match(r"`([^`]+)`\n", section):
            keys = dict(re.findall(r"^\| `([^`]+)` \| (\S*) ?\| ", section, flags=re.MULTILINE))
            same = re.search(r"^De samme nøklene gjelder for (.*?)\.$", section, flags=re.MULTILINE | re.DOTALL)
            found |= dict.fromkeys((heading[1], *re.findall(r"`([^`]+)`", same[1] if same else "")), keys)
    return found


def test_every_part_has_its_table_and_no_other_has(page: Callable[[str], str]) -> None:
    assert sorted(tables(page(PAGE))) == sorted(path for path, _ in parts())


@pytest.mark.parametrize(("path", "model"), list(parts()))
def test_the_table_names_every_key_and_says_which_must_be_there(
    path: str, model: type[BaseModel], page: Callable[[str], str]
) -> None:
    required = {name: "må" if field.is_required() else "" for name, field in model.model_fields.items()}
    assert tables(page(PAGE))[path] == required


def test_the_ways_to_say_a_number_name_every_key(page: Callable[[str], str]) -> None:
    section = page(PAGE).split("### Tall og usikkerhet")[1].split("###")[0]
    assert all(re.search(rf"\b{name}\b", section) for name in Quantity.model_fields)
    assert set(Quantity.model_fields) <= set(Assumption.model_fields)


WORDS = {name: get_args(words) for name, words in vars(vocabulary).items() if name[0].isupper() and get_args(words)}
NAMED_IN_THE_CATALOGUE = {
    "phase": vocabulary.Phase,
    "health_region": vocabulary.HealthRegion,
    "actor_kind": vocabulary.ActorKind,
    "patient_category": vocabulary.PatientCategory,
    "theme": vocabulary.Theme,
    "innovation_type": vocabulary.InnovationType,
    "type": vocabulary.BenefitType,
    "category": vocabulary.Category,
    "realisation": vocabulary.RealisationForm,
    "lifecycle": vocabulary.Lifecycle,
    "design": vocabulary.Design,
    "grade": vocabulary.Grade,
    "standing": vocabulary.Standing,
    "cost_kind": vocabulary.CostKind,
    "funding_source": vocabulary.FundingSource,
    "level": vocabulary.Level,
    "importance": vocabulary.Importance,
    "extent": vocabulary.Extent,
    "consequence": vocabulary.Consequence,
    "anchoring": vocabulary.Anchoring,
    "item_state": vocabulary.ItemState,
    "group": vocabulary.Group,
}
NEVER_WRITTEN = {"Audience", "Basis", "Horizon", "Layer", "ReportKind", "PageFormat"}


@pytest.mark.parametrize("name", sorted(set(WORDS) - NEVER_WRITTEN))
def test_every_word_a_file_may_hold_is_named(name: str, page: Callable[[str], str]) -> None:
    assert [word for word in WORDS[name] if f"`{word}`" not in page(PAGE)] == []


@pytest.mark.parametrize("prefix", NAMED_IN_THE_CATALOGUE)
def test_words_have_the_names_reports_give_them(prefix: str, page: Callable[[str], str]) -> None:
    said, rows = catalogue("nb"), page(PAGE).splitlines()
    names = [f"| `{word}` | {said.text(f'{prefix}.{word}')} |" for word in get_args(NAMED_IN_THE_CATALOGUE[prefix])]
    assert [row for row in names if row not in rows] == []


def test_the_examples_of_data_are_data_a_project_may_have(page: Callable[[str], str]) -> None:
    section = page(PAGE).split("### Datafiler")[1].split("###")[0]
    fragments = re.findall(r"```yaml\n(.*?)```", section, flags=re.DOTALL)
    assert len(fragments) == 2
    for fragment in fragments:
        data = read_yaml(f"format: 1\nid: dho\ntitle: DHO\n{fragment}").data
        assert list(broken_rules(Project.model_validate(data))) == []


@pytest.fixture
def example(blocks: Blocks, tmp_path: Path) -> Path:
    (whole,) = blocks(PAGE, "yaml", "helt prosjekt")
    path = tmp_path / "project.yaml"
    path.write_text(whole, encoding="utf-8")
    return path


def test_the_example_loads_and_says_what_the_page_says_of_it(example: Path, page: Callable[[str], str]) -> None:
    values = assess(example, draws=100).values
    assert round(values["benefit.innleggelser.hoped"].value or 0, 2) == 0.09
    assert round(values["benefit.innleggelser.smallest"].value or 0, 2) == 0.51
    assert round(values["benefit.innleggelser.smallest.exposure"].value or 0) == 50
    assert "nedgangen er 0,09 innleggelser" in page(PAGE)
    assert "enn 0,51" in page(PAGE)


@pytest.mark.parametrize(
    ("written", "instead", "code"),
    [
        ("likely: 400", "likely: 45.000", "ambiguous_number"),
        ("likely: 400", "likely: 45_000", "ambiguous_number"),
        ("value: 1.4", "value: 12,5", "number_written_otherwise"),
        ("value: 1.4", "value: 16 %", "number_written_otherwise"),
        ('code: "9998"', "code: 0301", "code_unquoted"),
        ("go_live: 2027-02-01", "go_live: 01.02.2027", "date_written_otherwise"),
        ("types: [avoided_cost]", "type: avoided_cost", "unknown_key"),
        ("phase: plan", "phase: plan\nphase: plan", "duplicate_key"),
    ],
)
def test_a_trap_is_caught_as_the_page_says(example: Path, written: str, instead: str, code: str) -> None:
    text = example.read_text(encoding="utf-8")
    assert written in text
    example.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(example)
    assert code in {problem.code for problem in caught.value.problems}
