"""The section on what has changed: absent when nothing was given, else short, in words, and true to the numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from benefits.language import ready
from benefits.report import Report, UnusableProject, open_report
from benefits.report.first_page import first_page
from benefits.report.sections.since import line, since
from benefits.report.sections.since_figures import item
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess, compared, to_json
from benefits.vocabulary import Language

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).resolve().parents[2] / "params" / "eksempel-kommune" / "project.yaml"
Body = dict[str, Any]
Held = Callable[..., Results]


@pytest.fixture(scope="module")
def earlier() -> str:
    then = assess(PROJECT, as_of=date(2025, 6, 30), draws=200)
    return json.dumps(to_json(then, kind="follow-up"))


@pytest.fixture
def held(earlier: str, kommune: Results, tmp_path: Path) -> Held:
    """The example held against what it was half a year before, with whatever is to be otherwise in that."""

    def make(change: Callable[[Body], object] = lambda _: None) -> Results:
        body = json.loads(earlier)
        change(body)
        file = tmp_path / "follow-up.json"
        file.write_text(json.dumps(body), encoding="utf-8")
        return compared(kommune, kind="follow-up", since=file)

    return make


def words(report: Report) -> str:
    """The section as it is read."""
    return " ".join(BeautifulSoup(report.show("since").html, "html.parser").text.split())


def shown(results: Results, voice: Voice) -> Report:
    return Report(kind="follow-up", results=results, voice=voice)


def test_nothing_is_shown_and_nothing_listed_when_no_earlier_report_was_given(kommune: Results, voice: Voice) -> None:
    made = shown(kommune, voice).show("since")
    assert (made.html, made.bundle["sections"]) == ("", [])
    assert list(line(kommune, voice)) == []


def test_the_steering_group_reads_from_what_to_what_and_what_it_comes_from(held: Held, voice: Voice) -> None:
    said = words(shown(held(), voice))
    assert "Hva er endret siden 30. juni 2025?" in said
    assert re.search(r"Gikk fra 18,\d innleggelser .* til 42,\d innleggelser", said)
    assert re.search(
        r"kommer \d+,\d av hvor lenge og for hvor mange det er målt "
        r"og \d,\d av hvor stor endring det regnes med for hver pasient",
        said,
    )
    assert "Hvert av de to tallene ligger innenfor intervallet til det andre." in said
    assert "ikke gjort noen test" in said
    assert "data til og med 31. desember 2025, mot 30. juni 2025 sist" in said


@pytest.mark.parametrize("language", ready())
def test_every_number_is_a_value_of_the_json_and_nothing_is_left_unfilled(language: Language, held: Held) -> None:
    def otherwise(body: Body) -> None:
        for one in body["values"]:
            if one["id"] in {"assumption.liggetid", "cost.maaling", "service.dho.input.fixed.plattform"}:
                one["value"] *= 1.5
        body["values"] = [one for one in body["values"] if one["id"] != "project.volume.2026"]
        plan = body["compared_by"]["plan"]["benefits"]
        plan["trygghet"]["target"]["ramp"] = {"2026": 0.25}
        plan["borte"] = {"title": {"nb": "Det som ble borte"}, "dis_benefit": False}
        body["compared_by"]["price_year"] = 2023
        body["follow_up"]["freeze"] = {"as_of": "2024-06-30"}

    results = held(otherwise)
    report = shown(results, voice_in(language, first="nb"))
    values = {one["id"]: one for one in to_json(results, kind="follow-up")["values"]}
    soup = BeautifulSoup(report.show("since").html, "html.parser")
    numbers = soup.find_all("data")
    assert len(numbers) > 30
    for one in numbers:
        value = values[str(one["data-id"])]
        assert float(str(one["value"])) == value[str(one.get("data-part", "value"))]
        assert not value["suppressed"]
    for text in soup.find_all(string=re.compile(r"\d|\{|\bNone\b")):
        marked = text.find_parent(lambda tag: tag.name in {"data", "time"} or "said" in tag.get("class", []))
        assert marked is not None, text
    assert "Det som ble borte" in soup.text


def test_a_table_leads_from_its_first_number_to_its_last(held: Held, voice: Voice) -> None:
    soup = BeautifulSoup(shown(held(), voice).show("since").html, "html.parser")
    tables = [table for table in soup.find_all("table") if len(table.select("thead th")) == 2]
    assert len(tables) == 3
    for table in tables:
        first, *lines, last = [float(str(one["value"])) for one in table.find_all("data")]
        assert lines
        assert first + sum(lines) == pytest.approx(last)


def test_what_cannot_be_compared_is_said_and_has_no_table(held: Held, voice: Voice) -> None:
    said = words(shown(held(lambda body: body["estimates"][0]["options"].update(lag_months=3)), voice))
    assert said.count("Gevinsten blir nå målt på en annen måte enn sist.") == 3
    assert "Leddene" not in said


def test_words_an_older_version_had_are_shown_as_they_were(held: Held, voice: Voice) -> None:
    def old(body: Body) -> None:
        body["compared_by"]["headlines"].append({"code": "hope", "value": "x", "benefit": "<b>", "actor": "nobody"})
        body["follow_up"]["verdicts"] = [{"benefit": "innleggelser", "code": "promising", "reason": "felt_so"}]
        body["gaps"].append({"code": "no_luck", "subject": "<script>", "weight": 1, "parameters": {}})
        body["gaps"].append({"code": "other_unit", "subject": "trygghet", "weight": 1, "parameters": {}})

    html = shown(held(old), voice).show("since").html
    for word in ("hope", "promising", "no_luck", "other_unit"):
        assert word in html
    assert "<script>" not in html


def test_a_part_of_an_item_is_called_by_the_title_of_the_item(held: Held, voice: Voice) -> None:
    results = held()
    assert results.since is not None
    called = item("innleggelser.travel.reimbursement", results.since, results, voice)
    assert "Færre akutte innleggelser" in called
    assert "travel" not in called


def test_a_file_from_before_there_were_comparisons_says_what_cannot_be_told(held: Held, voice: Voice) -> None:
    said = words(shown(held(lambda body: body.pop("compared_by")), voice))
    assert "sier ikke hvordan planen var" in said


def test_page_one_has_one_line_of_it(held: Held, voice: Voice) -> None:
    results = held()
    (told,) = line(results, voice)
    assert told in first_page("follow-up", results, voice).blocks
    said = BeautifulSoup(str(getattr(told, "words", "")), "html.parser").text
    assert said.startswith("Siden 30. juni 2025: «Færre akutte innleggelser")
    assert "3 hovedtall" in said


def test_nothing_changed_and_nothing_to_compare_with_are_said_in_a_sentence(
    kommune: Results, voice: Voice, tmp_path: Path
) -> None:
    file = tmp_path / "follow-up.json"
    file.write_text(json.dumps(to_json(kommune, kind="follow-up")), encoding="utf-8")
    same = compared(kommune, kind="follow-up", since=file)
    assert len(since(same, voice).blocks) == len(list(line(same, voice))) == 1
    none = compared(kommune, kind="follow-up", since=tmp_path)
    assert "ikke noe å sammenligne med" in str(since(none, voice).blocks)
    assert "ingen tidligere rapport" in str(list(line(none, voice)))


def test_a_report_is_opened_with_it_and_a_file_that_cannot_be_used_is_told_in_its_language(tmp_path: Path) -> None:
    small = tmp_path / "project.yaml"
    small.write_text("format: 1\nid: liten\ntitle: Lite prosjekt\nas_of: 2025-12-31\n", encoding="utf-8")
    open_report("plan", small, out_dir=str(tmp_path / "then"))
    report = open_report("plan", small, since=str(tmp_path / "then" / "plan.json"))
    assert isinstance(report.results, Results)
    assert report.results.since is not None
    assert "Ingenting er endret" in words(report)
    with pytest.raises(UnusableProject, match=r"^plan\.json: .*ikkje «liten»|^plan\.json: .*«price»"):
        open_report("price", small, language="nn", since=str(tmp_path / "then" / "plan.json"))
