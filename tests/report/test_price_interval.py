"""The sections on prices neither party loses at, on a settlement, and on other rules for ISF: what they say when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.report.blocks import Figure, Paragraph, Section, Table
from benefits.report.html import section_html
from benefits.report.sections.price_interval import in_one_sentence, price_interval
from benefits.report.sections.scenarios import scenarios
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess
from benefits.vocabulary import Language

Plan = dict[str, Any]


def plan(*, amounts: dict[str, float], service: Plan, costs: tuple[str, ...] = ("drift",)) -> Plan:
    """Vik serves ten patients for two years, 240 patient-months, for 120 000 kr; grants give others what they have."""
    actors = [("vik", "kommune", "Vik"), ("fonna", "hf", "Fonna"), ("rhf", "rhf", "RHF"), ("staten", "state", "Staten")]
    actors += [("nabo", "kommune", "Nabo")]
    running = {"id": "drift", "title": "Drift", "kind": "running", "actor": "vik", "service": "dho"}
    grants = [
        {"id": f"til-{id}", "source": "rhf_funds", "payer": "rhf", "receiver": id, "amounts": {2025: amount}}
        for id, amount in amounts.items()
    ]
    dho = {"id": "dho", "title": "DHO", "provider": "vik", "payer": "fonna"}
    return {
        "format": 1,
        "id": "pris",
        "title": "Pris",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 2,
        "price_year": 2024,
        "actors": [{"id": id, "kind": kind, "name": name} for id, kind, name in actors],
        "patient_group": {"category": "other", "volume": {2025: 10, 2026: 10}},
        "services": [{**dho, "fixed": [{"id": "p", "title": "Plattform", "amount": 60000}], **service}],
        "costs": [running][: len(costs)],
        "financing": {"sources": grants},
    }


@pytest.fixture
def of(tmp_path: Path) -> Any:
    def make(*, service: Plan | None = None, costs: tuple[str, ...] = ("drift",), **amounts: float) -> Results:
        path = tmp_path / "project.yaml"
        with path.open("w", encoding="utf-8") as stream:
            YAML().dump(plan(amounts=amounts, service=service or {}, costs=costs), stream)
        return assess(path, draws=20)

    return make


def words(section: Section) -> str:
    return " ".join(str(section_html(section).striptags()).replace("\xa0", " ").split())


def test_the_example_is_told_there_is_no_such_price_and_why(kommune: Results, voice: Voice) -> None:
    section = price_interval(kommune, voice)
    said = words(section)
    assert "finnes det ingen pris uten tap for en av partene" in said
    assert "Frigjort kapasitet er ikke penger" in said
    assert "Regneeksempel på et oppgjør" in said
    assert "Dette er et regneeksempel, ikke et forslag." in said
    assert "share_with_price" not in str(section_html(section))
    assert [block.tone for block in section.blocks if isinstance(block, Paragraph)][1] == "warning"


def test_the_figure_holds_no_capacity_and_every_point_has_its_interval(kommune: Results, voice: Voice) -> None:
    (figure,) = (block for block in price_interval(kommune, voice).blocks if isinstance(block, Figure))
    assert all(value.low is not None and value.high is not None for value in figure.values)
    assert not [value.id for value in figure.values if "capacity" in value.id]
    assert "Eksempelvik kommune: må ha minst" in figure.alternative


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_sections_are_said_in_every_language(kommune: Results, language: Language) -> None:
    voice = voice_in(language, first="nb")
    (sentence,) = in_one_sentence(kommune, voice)
    assert "Eksempelvik" in sentence
    for section in (price_interval(kommune, voice), scenarios(kommune, voice)):
        assert section_html(section)


@pytest.mark.parametrize(
    ("service", "amounts", "sentence"),
    [
        ({}, {"fonna": 180_000}, "finnes det priser ingen av partene taper på: fra 500 kr per pasientmåned til 750 kr"),
        ({}, {"fonna": 60_000}, "Vik må ha minst 500 kr per pasientmåned, og Fonna kan betale høyst 250 kr"),
        ({}, {"vik": 144_000, "fonna": 60_000}, "taper ingen av partene på noen pris opp til 250 kr per pasientmåned."),
        ({"agreed_price": 600}, {"fonna": 180_000}, "Den avtalte prisen, 600 kr per pasientmåned, er en av dem."),
        ({"agreed_price": 400}, {"fonna": 180_000}, "er lavere enn det den som leverer, må ha."),
        ({"agreed_price": 900}, {"fonna": 180_000}, "er høyere enn det minst én av dem som betaler, kan gi."),
        ({"agreed_price": 400}, {"staten": 90_000}, "De som tjener (Staten), tjener ikke nok."),
        ({"agreed_price": 400}, {"staten": 130_000}, "De som tjener (Staten), tjener nok til sammen"),
        ({"agreed_price": 400}, {}, "Ingen offentlig aktør tjener penger i perioden"),
        ({"payer": "vik"}, {}, "Ingen andre enn Vik betaler for «DHO»"),
        ({"volume": {2030: 5}}, {}, "«DHO» har ingen pasienter i den tiden prisen gjelder"),
    ],
)
def test_each_outcome_has_its_sentence(of: Any, voice: Voice, service: Plan, amounts: Plan, sentence: str) -> None:
    assert sentence in words(price_interval(of(service=service, **amounts), voice))


def test_one_who_could_cover_it_alone_is_named_among_several_who_gain(of: Any, voice: Voice) -> None:
    """Vik lacks 24 000 kr and Fonna 96 000, 120 000 together."""
    alone = "Disse tjener nok til å dekke det alene: Staten."
    agreed = {"agreed_price": 400}
    assert alone in words(price_interval(of(service=agreed, staten=130_000, nabo=10_000), voice))
    assert alone not in words(price_interval(of(service=agreed, staten=110_000, nabo=20_000), voice))


def test_without_the_cost_of_the_service_there_is_one_sentence(of: Any, voice: Voice) -> None:
    section = price_interval(of(costs=(), service={"agreed_price": 400}), voice)
    assert "Kostnaden ved «DHO» er ikke ført hos Vik" in words(section)
    assert len(section.blocks) == 1


def test_what_is_given_and_got_sums_to_zero_in_the_table(of: Any, voice: Voice) -> None:
    """At 400 kr Vik lacks 120 000 - 96 000 kr, and Fonna 96 000 - 60 000; the state gains 130 000 and gives 60 000."""
    results = of(service={"agreed_price": 400}, fonna=60_000, staten=130_000)
    section = price_interval(results, voice)
    (table,) = (one for one in section.blocks if isinstance(one, Table) and "oppgjør" in one.caption)
    cells = [[str(cell.striptags()).replace("\xa0", " ") for cell in row] for row in table.rows]
    assert [row[2] for row in cells] == ["24 000", "36 000", "−60 000", "0"]
    assert [row[3] for row in cells][:3] == ["0", "0", "70 000"]


def test_rules_for_isf_are_absent_where_nothing_is_paid_by_it(of: Any, voice: Voice) -> None:
    assert scenarios(of(), voice).blocks == ()


def test_the_rules_the_plan_states_are_marked_in_one_row(kommune: Results, voice: Voice) -> None:
    (table,) = (block for block in scenarios(kommune, voice).blocks if isinstance(block, Table))
    marked = [row for row in table.rows if "slik planen er" in row[0]]
    assert len(marked) == 1
    found = kommune.worth.scenarios
    assert found is not None
    stated = next(one for one in found.shown if one.as_stated)
    for actor in found.actors:
        assert kommune.values[f"{stated.prefix}.net.{actor}"].value == pytest.approx(
            kommune.values[f"actor.{actor}.expected.net"].value
        )
