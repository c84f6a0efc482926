"""What matters most for the answer, as it is shown: two tornadoes, what to measure first, and why no probability."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benefits.economics.sensitivity.probability import Reason, Unknown
from benefits.language import numbers, ready
from benefits.report.blocks import Bullets, Figure, Paragraph, Section, Table
from benefits.report.sections.sensitivity import sensitivity
from benefits.report.tornado_figure import TornadoBar, tornado
from benefits.report.voice import Voice, voice_in
from benefits.results import Results, Value
from benefits.vocabulary import words


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn has tests of its own."""
    monkeypatch.setattr("benefits.report.sections.sensitivity.tornado", lambda *_, **__: b"")


def words_of(section: Section) -> str:
    said = []
    for block in section.blocks:
        if isinstance(block, Bullets):
            said += [str(point.striptags()) for point in block.points]
        elif isinstance(block, Paragraph):
            said.append(str(block.words.striptags()))
    return "\n".join(said)


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def figures(section: Section) -> list[Figure]:
    return [block for block in section.blocks if isinstance(block, Figure)]


def test_the_owner_and_all_together_have_a_figure_and_the_others_a_line(kommune: Results, voice: Voice) -> None:
    section = sensitivity(kommune, voice)
    assert [figure.values[0].id for figure in figures(section)] == [
        "actor.eksempelvik.expected.net",
        "society.expected.net",
    ]
    *_, others = tables(section)
    named = [row[0].striptags() for row in others.rows]
    assert "Staten" in named
    assert "Eksempelvik kommune" not in named


def test_every_number_in_a_tornado_has_a_name_and_the_range_it_moves_over(kommune: Results, voice: Voice) -> None:
    shown = [row for table in tables(sensitivity(kommune, voice))[:2] for row in table.rows]
    names = [row[0].striptags() for row in shown]
    assert any("antall per unngåtte hendelse" in name for name in names)
    assert not any("." in name for name in names)
    assert all(row[1] for row in shown)


@pytest.mark.parametrize("language", ready())
def test_a_figure_says_its_answer_with_interval_and_every_bar_in_its_alternative_text(
    kommune: Results, language: str
) -> None:
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    owner = next(one for one in kommune.sensitivity if one.actor == "eksempelvik")
    figure = figures(sensitivity(kommune, voice))[0]
    assert voice.plain_interval(kommune.values[owner.net]) in figure.alternative
    for swing in owner.swings:
        assert voice.plain_interval(kommune.values[swing.net]) in figure.alternative


def test_what_is_only_assumed_is_named_in_the_order_it_should_be_measured(kommune: Results, voice: Voice) -> None:
    section = sensitivity(kommune, voice)
    table = tables(section)[0]
    assumed = [row[0].striptags() for row in table.rows if row[-1].striptags() == "antatt"]
    assert len(assumed) >= 3
    first = next(block for block in section.blocks if isinstance(block, Paragraph) and block.tone == "missing")
    assert first.words.striptags().endswith(f": {'; '.join(assumed[:3])}.")


@pytest.mark.parametrize("language", ready())
@pytest.mark.parametrize("reason", words(Reason))
def test_without_a_probability_the_reason_is_said(kommune: Results, language: str, reason: Reason) -> None:
    one = replace(
        kommune.sensitivity[0],
        probability="",
        unknown=(Unknown(benefit="innleggelser", reason=reason), Unknown(benefit="hjemmetid", reason=reason)),
    )
    voice = voice_in(language, first="nb")  # type: ignore[arg-type]
    said = words_of(sensitivity(replace(kommune, sensitivity=(one,)), voice))
    assert "%" not in said.splitlines()[-1]
    assert str(voice.text(kommune.project.actor(one.actor).name).striptags()) in said.splitlines()[-1]


def test_a_probability_is_said_where_there_is_one(kommune: Results, voice: Voice) -> None:
    share = Value(id="sensitivity.eksempelvik.probability", value=0.375, unit="share", basis="expected")
    one = replace(kommune.sensitivity[0], actor="eksempelvik", probability=share.id, unknown=())
    known = replace(kommune, sensitivity=(one,), values={**kommune.values, share.id: share})
    said = words_of(sensitivity(known, voice))
    assert "Eksempelvik kommune: netto er null eller bedre i 37,5 % av beregningene." in " ".join(said.split())
    assert "Derfor er det ikke oppgitt" not in said


def test_where_nothing_is_uncertain_one_sentence_says_so(kommune: Results, voice: Voice) -> None:
    certain = tuple(replace(one, swings=()) for one in kommune.sensitivity)
    section = sensitivity(replace(kommune, sensitivity=certain), voice)
    assert len(section.blocks) == 1
    assert "uten usikkerhet" in words_of(section)


def test_without_kroner_there_is_nothing_to_work_out(kommune: Results, voice: Voice) -> None:
    assert words_of(sensitivity(replace(kommune, sensitivity=()), voice)).startswith("Kan ikke regnes ut")


def test_nothing_is_drawn_without_its_interval() -> None:
    sure = Value(id="net", value=1.0, unit="kroner")
    wide = replace(sure, low=-1.0, high=3.0)
    bare = TornadoBar(label="x", net=sure, best_when_low=True)
    for whole, bars in ((sure, []), (wide, [bare])):
        with pytest.raises(ValueError, match="needs its interval"):
            tornado(bars, whole=("alt", whole), ends=("lav", "høy"), axis="kr", numbers=numbers("nb"))


def test_the_same_values_give_the_same_picture() -> None:
    net = Value(id="net", value=1.0, low=-1.0, high=3.0, unit="kroner")
    bar = TornadoBar(label="Et navn " * 20, net=replace(net, low=0.5, high=1.5), best_when_low=False)
    first, second = (
        tornado([bar], whole=("alt", net), ends=("lav", "høy"), axis="kr", numbers=numbers("nb")) for _ in range(2)
    )
    assert first == second
