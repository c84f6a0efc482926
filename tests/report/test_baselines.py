"""What a reader is told of a baseline, in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from ruamel.yaml import YAML

from benefits.report.blocks import Bullets, Paragraph, Table
from benefits.report.sections.benefits import hypotheses
from benefits.report.voice import voice_in
from benefits.results import Results, assess

pytestmark = pytest.mark.slow

Reads = Callable[..., str]


def data(count: Callable[[int, int], int], *, years: range = range(2018, 2023)) -> str:
    rows = [f"{year}-{month:02d};{count(year, month)};2,0" for year in years for month in range(1, 13)]
    return "\n".join(["periode;antall;aar", *rows]) + "\n"


def assessed(folder: Path, baseline: dict[str, Any], text: str, **more: Any) -> Results:
    plan: dict[str, Any] = {
        "format": 1,
        "id": "liten",
        "title": "Lite prosjekt",
        "go_live": date(2022, 1, 1),
        "as_of": date(2022, 12, 31),
        "data": [
            {
                "id": "tall",
                "title": "Innleggelser fra registeret",
                "file": "tall.csv",
                "shape": "series",
                "columns": {"period": "periode", "count": "antall", "exposure": "aar"},
                "extracted": date(2023, 1, 15),
            }
        ],
        "benefits": [
            {
                "id": "g1",
                "title": "Færre innleggelser",
                "indicator": {
                    "definition": "Innleggelser",
                    "unit": "admissions",
                    "per": "person_year",
                    "direction": "lower_is_better",
                },
                "baseline": {"state": "measured", "data": "tall", **baseline},
            }
        ],
        **more,
    }
    with (folder / "project.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump(plan, stream)
    (folder / "tall.csv").write_text(text, encoding="utf-8")
    return assess(folder / "project.yaml", draws=100)


def said(results: Results, language: str = "nb") -> str:
    section = hypotheses(results, voice_in(language, first="nb"))
    parts: list[Markup] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                parts.append(block.words)
            case Bullets():
                parts += block.points
            case Table():
                parts += [block.caption, *block.header, *(cell for row in block.rows for cell in row)]
    return "\n".join(str(part.striptags()) for part in parts)


def test_it_is_told_what_the_baseline_rests_on(tmp_path):
    text = said(assessed(tmp_path, {}, data(lambda year, month: 2)))
    assert "Nullpunkt: 1 innleggelser per personår" in text or "Nullpunkt: 1,00 innleggelser per personår" in text
    assert "«Innleggelser fra registeret»: 24 innleggelser i alt på 24 personår, i 12 perioder." in text
    assert "Intervallet er eksakt (Poisson)." in text
    assert "Dataene er hentet ut 15. januar 2023." in text
    assert "Nullpunktet går over 12 måneder, som er hele år" in text


def test_it_is_told_why_there_is_none_and_what_would_open_it(tmp_path):
    text = said(assessed(tmp_path, {}, data(lambda year, month: 2, years=range(2022, 2023))))
    assert "Nullpunkt: kan ikke regnes ut, for " in text
    assert "Nullpunkt: skal måles" not in text


def test_a_few_months_lacking_are_counted(tmp_path):
    rows = data(lambda year, month: 2, years=range(2021, 2023)).replace("2021-01;2;2,0\n", "")
    text = said(assessed(tmp_path, {}, rows))
    assert "Det mangler 1 måned av de 12 nullpunktet skal gå over." in text
    assert "Det trengs data for en lengre periode før oppstart." in text


ABNORMAL = [{"start": date(2020, 3, 1), "end": date(2021, 12, 31), "title": "Pandemien"}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "22 unormale måneder er holdt utenfor: mars 2020 til desember 2021."),
        ("nn", "22 unormale månader er haldne utanfor: mars 2020 til desember 2021."),
        ("en", "22 abnormal months are left out: March 2020 to December 2021."),
    ],
)
def test_abnormal_months_are_named_and_both_values_shown(tmp_path, language, words):
    counts = data(lambda year, month: 1 if (2020, 3) <= (year, month) <= (2021, 12) else 4)
    text = said(assessed(tmp_path, {}, counts, abnormal_periods=ABNORMAL), language)
    assert words in text
    assert "Pandemien" in text
    assert "0,50" in text or "0.50" in text


def test_the_persons_own_value_is_shown_with_its_difference(tmp_path):
    text = said(assessed(tmp_path, {"value": 1.4}, data(lambda year, month: 2)))
    assert "Prosjektet har selv oppgitt 1,4" in text
    assert "−0,4" in text


SELECTED = {
    "rule": "Minst to siste år",
    "window_months": 12,
    "at_least": 2,
    "population_rate": 0.5,
    "population_dispersion": 1.0,
}


def test_those_chosen_in_a_bad_period_get_a_size_an_adjusted_baseline_and_the_sound_method(tmp_path):
    text = said(assessed(tmp_path, {"selection": SELECTED}, data(lambda year, month: 2)))
    assert "faller tallet av seg selv med om lag 53,3 %" in text
    assert "Justert nullpunkt: uten tjenesten ventes de valgte å ligge på 0,67 innleggelser per personår" in text
    assert "Bruk en sammenligningsgruppe som er valgt ut med samme regel, eller det justerte nullpunktet." in text


def test_leaving_out_the_peak_is_said_to_correct_too_much_where_it_does(tmp_path):
    baseline = {"selection": SELECTED, "until": date(2020, 12, 31)}
    more = {"abnormal_periods": ABNORMAL}
    text = said(assessed(tmp_path, baseline, data(lambda year, month: 2), **more))
    assert "Da korrigerer det for mye." in text
    assert "Justert nullpunkt" not in text


def test_each_unit_stands_in_a_table(tmp_path):
    rows = "\n".join(
        f"2021-{month:02d};{unit};{count};1,0" for month in range(1, 13) for unit, count in (("Vik", 2), ("Sund", 3))
    )
    source = {
        "id": "tall",
        "file": "tall.csv",
        "shape": "series",
        "columns": {"period": "periode", "unit": "sted", "count": "antall", "exposure": "aar"},
    }
    text = said(assessed(tmp_path, {"per_unit": True}, f"periode;sted;antall;aar\n{rows}\n", data=[source]))
    assert "Nullpunkt for hver enhet: Færre innleggelser" in text
    assert "Vik\n24\n12\n2,00" in text


def test_the_sound_method_is_no_adjusted_baseline_where_there_is_none(tmp_path):
    text = said(assessed(tmp_path, {}, data(lambda year, month: 6 if year == 2021 else 2)))
    assert "Advarsel: De siste 12 månedene før oppstart var klart verre" in text
    assert "det justerte nullpunktet" not in text


def test_an_abnormally_low_time_makes_no_peak_of_the_year_after_it(tmp_path):
    low = data(lambda year, month: 2 if year == 2020 else 6)
    assert "klart verre" in said(assessed(tmp_path, {}, low))
    assert "klart verre" not in said(assessed(tmp_path, {}, low, abnormal_periods=ABNORMAL))


def test_a_baseline_of_one_day_is_measured_on_that_day(tmp_path):
    day = {"start": date(2021, 5, 15), "end": date(2021, 5, 15)}
    one = {"data": None, "value": 1.4, "source": "Journalen", "period": day}
    text = said(assessed(tmp_path, one, data(lambda year, month: 2)))
    assert "målt 15. mai 2021." in text


def test_without_an_exposure_nothing_is_said_to_be_counted_over(tmp_path):
    text = data(lambda year, month: 2)
    results = assessed(tmp_path, {}, text)
    (benefit,) = results.project.benefits
    assert benefit.indicator is not None
    indicator = benefit.indicator.model_copy(update={"per": "none"})
    bare = benefit.model_copy(update={"indicator": indicator})
    shown = said(replace(results, project=results.project.model_copy(update={"benefits": (bare,)})))
    assert "i alt, i 12 perioder." in shown
