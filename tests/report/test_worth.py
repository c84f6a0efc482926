"""Sections on present value, budget, effects without a price and who gains: what they say, and what they leave out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benefits.report.blocks import Paragraph, Section, Table
from benefits.report.html import section_html
from benefits.report.sections.affected import affected
from benefits.report.sections.budget import budget
from benefits.report.sections.present_value import present_value
from benefits.report.sections.unpriced import unpriced
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess
from benefits.vocabulary import Language

SHOWN: tuple[Callable[[Results, Voice], Section], ...] = (budget, unpriced, affected)


def plan() -> dict[str, Any]:
    actors = [("vik", "kommune", "Vik"), ("fonna", "hf", "Fonna")]
    by_2027 = {"value": 1.0, "date": date(2027, 12, 31)}
    health = {"actor": "vik", "effect": "helse", "effect_scale": "difference", "health_value": "qaly"}
    return {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "as_of": date(2025, 6, 30),
        "go_live": date(2025, 1, 1),
        "horizon_years": 3,
        "price_year": 2024,
        "actors": [{"id": id, "kind": kind, "name": name} for id, kind, name in actors],
        "patient_group": {"category": "other", "volume": dict.fromkeys((2025, 2026, 2027), 10)},
        "costs": [
            {
                "id": "sensorer",
                "title": "Sensorer",
                "kind": "introduction",
                "actor": "vik",
                "amount": {"low": 90000, "likely": 100000, "high": 110000},
                "per": "once",
                "lifetime_years": 2,
                "budget_line": "Investering, IKT",
            },
            {"id": "drift", "title": "Drift", "kind": "running", "actor": "vik", "amount": 20000},
        ],
        "assumptions": {
            "skatt": {"value": 0.2, "unit": "share", "source": "Rundskrivet"},
            "helse": {"value": 0.02, "unit": "qaly", "per": "person_year"},
            "qaly": {"value": 500000, "unit": "kroner", "price_year": 2024, "source": "Styret"},
        },
        "affected_groups": [{"group": "Pårørende", "gains": False, "how": "Må følge opp"}],
        "benefits": [
            {
                "id": "g1",
                "title": "Bedre helse",
                "indicator": {"definition": "d", "unit": "qaly", "direction": "higher_is_better"},
                "target": by_2027,
                "realisation": {"form": "not_priced"},
                "importance": "large",
                "extent": "medium_positive",
                "consequence": "large_positive",
                "valuation": health,
            },
            {"id": "g2", "title": "Støy", "dis_benefit": True, "importance": "small", "extent": "small_negative"},
        ],
    }


def made(folder: Path, written: dict[str, Any]) -> Results:
    path = folder / "project.yaml"
    yaml = YAML()
    yaml.representer.ignore_aliases = lambda _: True
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(written, stream)
    return assess(path, draws=50)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made(tmp_path_factory.mktemp("liten"), plan())


@pytest.fixture(scope="module")
def taxed(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made(tmp_path_factory.mktemp("taxed"), {**plan(), "present_value": {"tax_financing": "skatt"}})


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def said(results: Results, voice: Voice) -> str:
    blocks = present_value(results, voice)
    return " ".join(str(block.words) for block in blocks if isinstance(block, Paragraph))


def test_no_table_holds_both_an_outlay_and_an_annuity(small: Results, voice: Voice) -> None:
    """Told by the ids of the numbers in each cell."""
    held = [" ".join(str(cell) for row in table.rows for cell in row) for table in tables(budget(small, voice))]
    assert [("budget.vik" in text, "yearly_cost.vik" in text) for text in held] == [(True, False), (False, True)]
    assert "annuitet" in held[1]
    assert "Investering, IKT" in held[0]


def test_the_budget_says_whose_prices_and_which_years(small: Results, voice: Voice) -> None:
    text = str(section_html(budget(small, voice)))
    assert "ikke regnet om til prisene i budsjettåret" in text
    assert "prisindeksen" not in text
    assert all(str(year) in text for year in (2025, 2026, 2027))


def test_every_rate_is_told_with_its_last_year_and_whether_the_first_year_is_discounted(
    small: Results, voice: Voice
) -> None:
    text = said(small, voice)
    assert "2065" in text
    assert "2100" in text
    assert "er ikke diskontert" in text
    used = small.discounting
    assert used is not None
    assert "er diskontert med ett helt år" in said(
        replace(small, discounting=replace(used, discount_first_year=True)), voice
    )


def test_tax_financing_cost_is_told_on_or_off_and_has_rows_of_its_own_when_on(
    small: Results, taxed: Results, voice: Voice
) -> None:
    assert "Skattefinansieringskostnad er ikke regnet med" in said(small, voice)
    assert "Rundskrivet" in said(taxed, voice)
    rows = [
        [row[0].striptags() for row in block.rows] for block in present_value(taxed, voice) if isinstance(block, Table)
    ]
    assert rows[0] == [
        "Vik",
        "Alle aktørene til sammen",
        "Skattefinansieringskostnad",
        "Alle aktørene til sammen, med skattefinansieringskostnad",
    ]
    assert all("Skattefinansieringskostnad" not in names for names in rows[1:])


def test_what_is_not_earned_back_is_said_in_words(small: Results, voice: Voice) -> None:
    (table,) = [block for block in present_value(small, voice) if isinstance(block, Table) and "tjent" in block.caption]
    assert "ikke innen" in str(table.rows[0][1])


def test_an_effect_without_a_price_has_the_consequence_the_project_states_and_no_other(
    small: Results, voice: Voice
) -> None:
    judged, health = tables(unpriced(small, voice))
    assert [[str(cell) for cell in row[2:]] for row in judged.rows] == [
        ["stor", "middels positivt", "stor positiv"],
        ["liten", "lite negativt", "ikke oppgitt"],
    ]
    assert "kvalitetsjusterte leveår" in health.rows[0][1]


def test_who_gains_is_a_section_only_where_somebody_is_named(small: Results, voice: Voice) -> None:
    (table,) = tables(affected(small, voice))
    assert [cell.striptags() for cell in table.rows[0]] == ["Pårørende", "taper", "Må følge opp", "ikke oppgitt"]
    nobody = replace(small, project=small.project.model_copy(update={"affected_groups": ()}))
    assert affected(nobody, voice).blocks == ()


def test_without_a_start_there_is_no_budget_and_no_payback(tmp_path: Path, voice: Voice) -> None:
    bare = {key: value for key, value in plan().items() if key != "go_live"}
    results = made(tmp_path, bare)
    (missing,) = budget(results, voice).blocks
    assert isinstance(missing, Paragraph)
    assert missing.tone == "missing"
    assert [block.tone for block in present_value(results, voice) if isinstance(block, Paragraph)] == ["missing"]


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_sentence_is_there_in_the_other_languages(taxed: Results, language: Language) -> None:
    voice = voice_in(language, first="nb")
    blocks = tuple(present_value(taxed, voice))
    assert len(blocks) == len(tuple(present_value(taxed, voice_in("nb", first="nb"))))
    for show in SHOWN:
        assert section_html(show(taxed, voice))


def test_what_only_passes_through_an_actor_is_a_sentence_and_not_lines_that_cancel(
    kommune: Results, voice: Voice
) -> None:
    assert kommune.worth.budgets is not None
    one = next(one for one in kommune.worth.budgets.actors if one.actor == "eksempel-rhf")
    assert len(one.through) >= 4
    years = kommune.worth.budgets.years
    for year in years:
        each = [kommune.values[f"{row.prefix}.{year}"].value or 0.0 for row in one.through]
        assert sum(each) == pytest.approx(0.0, abs=1e-6)
    section = budget(kommune, voice)
    shown = section_html(section)
    assert not any(f'data-id="{row.prefix}.{year}"' in shown for row in one.through for year in years)
    said = [block.words for block in section.blocks if isinstance(block, Paragraph) and "går ut igjen" in block.words]
    assert len(said) == 1
    assert "Eksempel regionale helseforetak" in said[0]
