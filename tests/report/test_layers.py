"""The sections on the three layers and on what comes instead: days before kroner, and nothing called a saving."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benefits.language import ready
from benefits.report.blocks import Figure, Paragraph, Section, Table
from benefits.report.sections.avoided import break_even
from benefits.report.sections.layers import layers
from benefits.report.sections.replacements import replacement_warning, replacements
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, assess
from benefits.results.layer_values import LayerParts

CASES = Path(__file__).resolve().parents[2] / "params" / "eksempel-aatti"
NOT_ASSESSED = {
    "nb": "erstattende ressursbruk er ikke vurdert",
    "nn": "erstattande ressursbruk er ikkje vurdert",
    "en": "replacement resource use has not been assessed",
}
CANNOT = {
    "nb": "kan ikke gå i balanse i kroner",
    "nn": "kan ikkje gå i balanse i kroner",
    "en": "cannot break even in kroner",
}


@pytest.fixture(scope="session")
def closed() -> Results:
    """Eighty patients, and eight beds that are closed from 2026: nothing is uncertain."""
    return assess(CASES / "maalrettet" / "project.yaml", draws=4)


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def said(section: Section) -> list[str]:
    return [block.words.striptags() for block in section.blocks if isinstance(block, Paragraph)]


def unassessed(results: Results, *, told: str | None = None) -> Results:
    """The same where nobody has said what comes instead of an admission."""
    first, *others = results.project.benefits
    assert first.valuation is not None
    valuation = first.valuation.model_copy(update={"replacements": (), "replacement": told})
    benefits = (first.model_copy(update={"valuation": valuation}), *others)
    project = results.project.model_copy(update={"benefits": benefits})
    return replace(results, project=project, layer_parts=replace(results.layer_parts, not_assessed=(first.id,)))


def test_what_is_freed_is_told_in_days_and_hours_before_any_kroner(kommune: Results, voice: Voice) -> None:
    first, *others = tables(layers(kommune, voice))
    assert [cell.striptags() for cell in first.header][2:] == ["Liggedøgn", "Av disse fylt igjen", "Timer"]
    assert all("kroner" in table.caption.striptags() for table in others)
    assert "kroner" not in first.caption.striptags()


def test_capacity_and_cash_stand_in_rows_of_their_own_and_on_no_axis(kommune: Results, voice: Voice) -> None:
    section = layers(kommune, voice)
    assert not [block for block in section.blocks if isinstance(block, Figure)]
    kroner = tables(section)[1]
    assert [row[0].striptags() for row in kroner.rows] == [
        "kan tas ut av budsjettet",
        "frigjort kapasitet",
        "kostnad som består",
        "hele gjennomsnittskostnaden",
    ]


def test_a_share_that_is_counted_is_not_warned_of(kommune: Results, closed: Results, voice: Voice) -> None:
    warning = voice.say("layers.not_variable").striptags()
    assert warning not in [*said(layers(kommune, voice)), *said(layers(closed, voice))]


def test_the_cash_says_how_much_of_it_an_action_brings_and_who_answers_for_it(closed: Results, voice: Voice) -> None:
    """80 admissions from 2026 on of 70 000 kr, 64 %: 3 584 000; with 16 % of 100 admissions, 4 704 000 in all."""
    section = layers(closed, voice)
    rows = {row[0].striptags(): row[1].striptags().replace("\xa0", " ") for row in tables(section)[1].rows}
    assert rows["kan tas ut av budsjettet"] == "4 704 000"
    assert rows["av dette ved tiltaket"] == "3 584 000"
    assert any("Legge ned åtte senger" in one and "Klinikksjef medisin" in one for one in said(section))


def test_an_action_nobody_answers_for_is_said_to_be_no_money(kommune: Results, voice: Voice) -> None:
    assert any("ikke regnet som penger før tiltak, ansvarlig og dato" in one for one in said(layers(kommune, voice)))


@pytest.mark.parametrize("language", ready())
def test_each_share_has_its_horizon_and_its_source_and_the_rows_are_never_added(
    kommune: Results, language: str
) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    *_, presets = tables(layers(kommune, voice))
    assert len(presets.rows) == 4
    assert all(row[-1].striptags() for row in presets.rows)
    assert all(voice.word("horizon", "long_run") in row[1] for row in presets.rows[2:])
    assert all(voice.word("horizon", "short_run") in row[1] for row in presets.rows[:2])


def test_without_kroner_the_section_is_one_sentence(kommune: Results, voice: Voice) -> None:
    assert len(layers(replace(kommune, layer_parts=LayerParts()), voice).blocks) == 1


def test_what_comes_instead_is_told_with_whoever_provides_it_and_zero_is_an_answer(
    kommune: Results, voice: Voice
) -> None:
    section = replacements(kommune, voice)
    (table,) = tables(section)
    assert list(dict.fromkeys(row[1].striptags() for row in table.rows)) == [
        "Eksempelvik kommune (responssenter)",
        "Eksempelvik kommune (hjemmesykepleie)",
        "Eksempelvik kommune (kommunal akutt døgnplass)",
        "Pårørende",
    ]
    assert "Vurdert til null: Konsultasjon hos fastlegen." in said(section)


@pytest.mark.parametrize("language", ready())
def test_what_nobody_has_asked_is_printed_and_the_net_is_no_saving(kommune: Results, language: str) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    for told in (None, "Tilsyn fra hjemmesykepleien"):
        words = said(replacements(unassessed(kommune, told=told), voice))
        assert any(NOT_ASSESSED[language] in one for one in words)
    (warning,) = replacement_warning(unassessed(kommune), voice)
    assert NOT_ASSESSED[language] in warning.words.striptags().lower()
    assert list(replacement_warning(kommune, voice)) == []


def test_nothing_that_comes_instead_is_said_to_be_judged_so(closed: Results, voice: Voice) -> None:
    values = {
        id: replace(one, value=0.0) if id.startswith("replacement.innleggelser.") else one
        for id, one in closed.values.items()
    }
    words = said(replacements(replace(closed, values=values), voice))
    assert "Færre innleggelser: det er vurdert at ingenting kommer i stedet." in words


@pytest.mark.parametrize("language", ready())
def test_more_events_than_there_are_cannot_break_even_in_kroner(kommune: Results, language: str) -> None:
    """Of 210 admissions expected in all, society would have to avoid well over a thousand."""
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    society = next(one for one in kommune.break_evens if not one.actor)
    assert society.possible is False
    assert any(CANNOT[language] in one for one in said(break_even(kommune, voice)))
