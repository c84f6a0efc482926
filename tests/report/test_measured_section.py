"""The section on what was measured: refusals and checks in words, also those of a method from another package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from benefits.measurement import Check, Refusal
from benefits.report.html import section_html
from benefits.report.sections.measured import measured
from benefits.report.voice import Voice
from benefits.results import Results

ROOT = Path(__file__).resolve().parents[2]


def test_a_refusal_is_told_with_what_would_open_it(kommune: Results, voice: Voice) -> None:
    refusal = Refusal(method="difference_in_differences", code="no_comparison", what_would_open_it="comparison_group")
    page = section_html(measured(replace(kommune, estimates=(), refusals=(("innleggelser", refusal),)), voice))
    assert voice.catalogue.text("refusal.no_comparison") in page.unescape()
    assert voice.catalogue.text("opens.comparison_group") in page.unescape()


def test_codes_of_a_method_from_another_package_are_shown_as_they_are(kommune: Results, voice: Voice) -> None:
    refusal = Refusal(method="their_method", code="too_odd", what_would_open_it="something_else")
    estimate = replace(kommune.estimates[0], checks=(Check(code="their_check", passed=False),))
    page = section_html(measured(replace(kommune, estimates=(estimate,), refusals=(("trygghet", refusal),)), voice))
    for code in ("their_method", "too_odd", "their_check"):
        assert f'<span class="said">{code}</span>' in page


def test_what_is_not_used_is_drawn_quietly(kommune: Results, voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, list[int]]] = []

    def seen(rows: list[object], *, quiet: Iterable[int] = (), **_: object) -> bytes:
        drawn.append((len(rows), list(quiet)))
        return b""

    monkeypatch.setattr("benefits.report.sections.estimates.intervals", seen)
    measured(kommune, voice)
    assert drawn == [(2, [1])]


def test_the_naive_comparison_is_never_without_its_warning(kommune: Results, voice: Voice) -> None:
    page = section_html(measured(kommune, voice))
    effect = kommune.values["estimate.innleggelser.before_after.effect"]
    warned = [part for part in page.split('<div class="note warning"')[1:] if f'data-id="{effect.id}"' in part]
    assert warned
    assert "regresjon mot gjennomsnittet" in warned[0]


def test_an_effect_larger_than_was_hoped_for_where_the_hope_cannot_be_shown_is_called_likely_too_large(
    kommune: Results, voice: Voice
) -> None:
    page = section_html(measured(kommune, voice))
    before, figure, _ = page.partition("<figure")
    assert figure
    assert "trolig overdrevet" in before


def test_the_month_of_a_check_is_said_in_words(kommune: Results, voice: Voice) -> None:
    page = section_html(measured(kommune, voice)).striptags()
    assert "den siste perioden (desember 2025) er fullstendig" in page
    assert "2025-12" not in page


def test_the_ends_of_an_interval_in_a_check_do_not_repeat_the_unit(kommune: Results, voice: Voice) -> None:
    page = section_html(measured(kommune, voice)).striptags()
    (check,) = re.findall(r"tenkt oppstart i tiden før \(([^)]*)\)", page)[:1]
    assert check.count("per personår") == 1
