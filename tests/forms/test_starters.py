"""A new project can be checked and reported at once, says nothing nobody has said, and never writes over a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benefits import open_report
from benefits.cli import main
from benefits.forms import TEMPLATES, Template
from benefits.forms.blank import EXPLAINS
from benefits.forms.starters import FolderInUse, new_project, starter
from benefits.project import Project, load
from benefits.project.places import read_yaml
from benefits.report import KINDS
from benefits.results import assess
from benefits.vocabulary import Language, words

LANGUAGES: tuple[Language, ...] = words(Language)
EVERY = [(template, language) for template in TEMPLATES for language in LANGUAGES]
AsJson = Callable[[str], Any]


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_new_project_passes_the_check(template: str, language: str, here: Path) -> None:
    made = run("new", "Nærøy", "--template", template, "--lang", language)
    assert (made.exit_code, made.stdout) == (0, "Nærøy/project.yaml\n")
    assert "benefits check Nærøy" in made.stderr
    assert run("check", "Nærøy", "--lang", language).exit_code == 0


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_a_new_project_is_named_after_its_folder_and_speaks_its_language(
    template: Template, language: Language, here: Path
) -> None:
    project = load(new_project(here / "DHO i Ås", template=template, language=language))
    assert project.id == "dho-i-as"
    assert project.languages == (language,)
    assert project.said(project.title).startswith("[")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "portfolio"])
@pytest.mark.parametrize(("template", "language"), EVERY)
def test_every_report_can_be_made_of_a_new_project(
    template: Template, language: Language, kind: str, here: Path
) -> None:
    report = open_report(kind, new_project(here / "ny", template=template, language=language), language=language)
    shown = [report.show(section).html for section in report.sections]
    # A section with nothing to say is absent; the first page never is.
    assert shown[0]
    assert all(html.startswith("<section") for html in shown if html)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "portfolio"])
def test_the_commands_in_a_row_make_a_report(kind: str, here: Path) -> None:
    assert run("new", "ny").exit_code == 0
    assert run("check", "ny").exit_code == 0
    assert run("report", kind, "ny").exit_code == 0
    assert (here / "out" / "ny" / f"{kind}.nb.html").is_file()


@pytest.mark.parametrize(("template", "language"), EVERY)
def test_nothing_is_claimed_for_a_new_project(template: Template, language: Language) -> None:
    """No baseline, target, amount or count that somebody might take for a fact."""
    project = Project.model_validate(without_blanks(read_yaml(starter(template, language, id="ny")).data))
    assert all(cost.amount is None for cost in project.costs)
    assert project.assumptions == {}
    assert project.go_live is None
    for benefit in project.benefits:
        assert benefit.status == "expected"
        assert benefit.target is None
        assert benefit.measurements == ()
        assert benefit.baseline is None or (benefit.baseline.state, benefit.baseline.value) == ("planned", None)
        assert benefit.owner is None or not benefit.owner.line_authority
        assert all(action.due is None for action in benefit.actions)


def without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_blanks(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [without_blanks(one) for one in value]
    return value


def test_the_light_form_has_four_benefits_and_fits_on_a_page_or_two() -> None:
    text = starter("light", "nb", id="ny")
    assert len(re.findall(r"^  - id: ", text.partition("benefits:")[2], flags=re.MULTILINE)) == 4
    assert len(text.splitlines()) < 80


def test_the_form_for_digital_home_follow_up_has_hypotheses_that_can_fail_and_a_dis_benefit(as_json: AsJson) -> None:
    benefits = as_json(starter("dho", "nb", id="ny"))["benefits"]
    assert all(benefit["hypothesis"]["wrong_if"] for benefit in benefits)
    assert all(benefit["method"]["id"] for benefit in benefits)
    assert sum(benefit.get("dis_benefit", False) for benefit in benefits) == 1


NUMBERS = {"hours": "100", "paid_hours": "1950", "lifetime_months": "48", "price": "4800"}
FACTS = {"price_year": "2026", "go_live": "2027-01-01"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_on_a_price_and_on_who_gains_can_be_filled_in_as_they_stand(language: Language, here: Path) -> None:
    """One krone, one minute and one share of everything: what matters is that a price comes of it."""
    text = starter("dho", language, id="ny")
    for key, end in (("affected_groups", "costs:"), ("services", "# data:")):
        block = text[text.index(f"# {key}:") : text.index(end)].split("\n\n")[0]
        lines = re.sub(r"^# ?", "", block, flags=re.MULTILINE)
        filled = re.sub(r"(\w+): (?=[,}])", lambda found: f"{found[1]}: {NUMBERS.get(found[1], '1')}", lines)
        filled = re.sub(r"\b(group|how): 1", r"\1: [x]", filled).replace("[x]", "En gruppe")
        text = text.replace(block, filled.replace("share: 1", "share: 0.3"))
    text = text.replace("  # volume: {2027: , 2028: }", "  volume: {2027: 1, 2028: 1}")
    for key, fact in FACTS.items():
        text = text.replace(f"\n{key}:\n", f"\n{key}: {fact}\n")
    (here / "project.yaml").write_text(text, encoding="utf-8")
    results = assess(here / "project.yaml", draws=10)
    assert len(results.project.affected_groups) == 2
    (service,) = results.project.services
    assert results.values[f"service.{service.id}.full"].value is not None
    assert {name.rpartition(".")[0] for name in results.values if ".split.2027.party." in name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_on_what_admissions_are_worth_can_be_filled_in_as_they_stand(language: Language, here: Path) -> None:
    """Ten patients with two admissions a year each, half of them avoided: ten admissions of two kroner."""
    text = starter("dho", language, id="ny")
    for start, end, indent in (("    # valuation:", "    actions:", "    "), ("# assumptions:", "\nbenefits:", "")):
        block = text[text.index(start) : text.index(end, text.index(start))]
        lines = re.sub(rf"^{indent}# ?", indent, block, flags=re.MULTILINE)
        assert "replacements:" in lines or "reference: marginal_share" in lines
        filled = re.sub(r"(per_event|value): (?=,)", r"\1: 2", lines)
        filled = re.sub(r"(unit_cost|hours): (?=[,}])", r"\1: 100", filled)
        filled = re.sub(r"value: 2, unit: (ratio|share)", r"value: 0.5, unit: \1", filled)
        text = text.replace(block, filled.replace("price_year: ,", "price_year: 2026,"))
    text = text.replace("  # volume: {2027: , 2028: }", "  volume: {2027: 10}")
    for key, fact in FACTS.items():
        text = text.replace(f"\n{key}:\n", f"\n{key}: {fact}\n")
    (here / "project.yaml").write_text(text, encoding="utf-8")
    results = assess(here / "project.yaml", draws=10)
    benefit = results.project.benefits[0]
    assert benefit.valuation is not None
    assert len(benefit.valuation.replacements) == 4
    assert results.values[f"quantity.expected.{benefit.id}.admissions"].value == pytest.approx(10)
    assert results.values[f"layer.expected.{benefit.id}.whole"].value == pytest.approx(20)
    found = {gap.code for gap in results.gaps if gap.subject == benefit.id}
    lacking = {"replacement_not_assessed", "refill_not_stated", "no_cash_share", "no_staff_share"} & found
    assert lacking == set()


def shape(value: Any) -> Any:
    """Keys, rows and what is filled in; not the words."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "text" if isinstance(value, str) and not re.fullmatch(r"[a-z]+(_[a-z]+)+|\d{4}-\d\d-\d\d", value) else value


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_three_languages_fill_in_the_same(template: Template, language: Language, as_json: AsJson) -> None:
    first, other = (as_json(starter(template, one, id="ny")) for one in ("nb", language))
    assert shape(other) == shape(first)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_explanations_are_as_many_and_in_another_language(template: Template, language: Language) -> None:
    first, other = (
        [line for line in starter(template, one, id="ny").splitlines() if re.match(r" *#+ +[^\W\d_]", line)]
        for one in ("nb", language)
    )
    if template != "blank":  # there, lines are broken where they are full
        assert len(other) == len(first)
    sentences = [line for line in other if len(line.split()) > 8 and not re.search(r"[a-z]_[a-z]| eller ", line)]
    assert sum(line in first for line in sentences) <= len(sentences) / 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_form_has_every_key_there_is(language: Language, as_json: AsJson) -> None:
    lines = starter("blank", language, id="ny").splitlines()
    used = [re.sub("^# ", "", line) for line in lines if not line.startswith(EXPLAINS)]
    written = as_json("\n".join(used))
    assert keys_missing(Project, written) == []
    assert all(line == "" or line.startswith(f"{EXPLAINS} ") for line in lines if line.startswith(EXPLAINS))


def keys_missing(model: Any, written: Any, path: str = "") -> list[str]:
    from benefits.forms.key_texts import part_at

    missing = []
    for key in model.model_fields:
        if key not in written:
            missing.append(f"{path}{key}")
            continue
        part, how = part_at(model, key)
        if part is not None:
            below = written[key]
            inner = below[0] if how == "list" else next(iter(below.values())) if how == "named" else below
            missing += keys_missing(part, inner, f"{path}{key}.")
    return missing


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_written_over(template: Template, here: Path) -> None:
    (here / "a").mkdir()
    (here / "a" / "project.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        new_project(here / "a", template=template)
    assert (here / "a" / "project.yaml").read_text(encoding="utf-8") == "mine"
    result = run("new", "a", "--template", template)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a/project.yaml" in result.stderr


def test_a_folder_with_other_files_keeps_them(here: Path) -> None:
    (here / "a").mkdir()
    (here / "a" / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("new", "a").exit_code == 0
    assert sorted(path.name for path in (here / "a").iterdir()) == ["notes.txt", "project.yaml"]
    assert (here / "a" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_a_file_is_told_about(here: Path) -> None:
    (here / "a").write_text("", encoding="utf-8")
    result = run("new", "a")
    assert result.exit_code == 1
    assert result.stderr.startswith("a ")


def test_the_language_of_the_call_is_that_of_the_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENEFITS_LANG", "nn")
    assert run("new", "a").exit_code == 0
    assert load(here / "a" / "project.yaml").languages == ("nn",)


def test_here_is_a_folder_with_a_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "Øygarden").mkdir()
    monkeypatch.chdir(here / "Øygarden")
    assert load(new_project(Path())).id == "oygarden"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_shown_as_an_example_can_be_put_to_use_by_taking_out_the_marks(language: Language) -> None:
    text = starter("dho", language, id="ny")
    example = re.search(r"^# data:\n(?:#  .*\n)+", text, flags=re.MULTILINE)
    assert example is not None
    used = text.replace(example[0], re.sub(r"^# ", "", example[0], flags=re.MULTILINE))
    events, answers = Project.model_validate(without_blanks(read_yaml(used).data)).data
    assert (events.shape, answers.shape) == ("events", "responses")
    assert events.cohort is not None
    assert set(events.cohort.columns) == {"person", "group", "included", "ended", "reason"}
    assert f"data: {events.id}}}" in text
