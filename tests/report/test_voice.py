"""A voice: every number can be read back, every word of others is marked, and an interval without effect is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from benefits.language import ready
from benefits.project.fields import Text
from benefits.report.voice import Voice, voice_in
from benefits.results import Value

EFFECT = Value(id="g1.effect", value=-0.25, low=-0.5, high=-0.04, unit="admissions", per="person_year")
VAGUE = Value(id="g1.vague", value=-0.25, low=-0.5, high=0.04, unit="admissions", per="person_year")
NET = Value(id="a.net", value=-1_234_567.8, low=-2_345_678.9, high=-123_456.7, unit="kroner", price_year=2024)


@pytest.fixture(params=ready())
def voice(request: pytest.FixtureRequest) -> Voice:
    return voice_in(request.param, first="nb")


@pytest.fixture
def nb() -> Voice:
    return voice_in("nb", first="nb")


def without_tags(markup: str) -> str:
    """The text, with its no-break spaces."""
    return Markup(re.sub(r"<[^>]*>", "", str(markup))).unescape()


def spaced(text: str) -> str:
    """Plain text may break where it likes."""
    return " ".join(text.split())


def outside_marks(markup: str) -> str:
    """The words that are the voice's own: not a number, a date or a text of others."""
    return re.sub(r"<(data|time|span)\b.*?</\1>", "", str(markup))


def test_a_number_carries_its_id_and_itself_unrounded(voice: Voice) -> None:
    value = Value(id="g1.effect", value=1 / 3, unit="admissions", per="person_year")
    said = str(voice.number(value))
    assert f'value="{1 / 3!r}"' in said
    assert 'data-id="g1.effect"' in said
    assert "data-part" not in said


@pytest.mark.parametrize(
    ("value", "derived", "written"),
    [
        (-192_307.69230769228, True, "−192 000"),
        (-10_659.453, True, "−10 700"),
        (1_234_567.0, True, "1 234 567"),
        (1_234.5, False, "1 235"),
        (166.667, True, "167"),
    ],
)
def test_kroner_worked_out_to_parts_of_a_krone_are_no_more_exact_than_uncertain_ones(
    nb: Voice, value: float, derived: bool, written: str
) -> None:
    """A stated amount stays, and so does a sum of whole ones."""
    said = without_tags(nb.number(Value(id="pv", value=value, unit="kroner", derived=derived)))
    assert spaced(said) == written


@pytest.mark.parametrize("part", ["low", "high"])
def test_an_end_of_an_interval_says_which_it_is(voice: Voice, part: str) -> None:
    said = str(voice.number(EFFECT, part=part))
    assert f'data-part="{part}"' in said
    assert f'value="{getattr(EFFECT, part)!r}"' in said


def test_a_hostile_id_cannot_leave_its_attribute(voice: Voice) -> None:
    said = str(voice.number(Value(id='x"><script>', value=1.0, unit="hours")))
    assert "<script>" not in said
    assert said.count('"') == 4


def test_a_text_of_the_project_is_escaped_and_marked(voice: Voice) -> None:
    said = voice.text("<img onerror=x> & 100 %")
    assert said == '<span class="said">&lt;img onerror=x&gt; &amp; 100 %</span>'


def test_a_text_in_another_language_says_which(nb: Voice) -> None:
    assert 'lang="en"' in voice_in("nb", first="en").text(Text.model_validate("benefit"))
    assert "lang=" not in nb.text(Text.model_validate("gevinst"))
    assert "lang=" not in voice_in("nb", first="en").text(Text(nb="gevinst", en="benefit"))


def test_a_missing_text_date_year_and_value_are_said_to_be_blank(voice: Voice) -> None:
    blank = voice.say("blank")
    assert (
        voice.text(None) == voice.day(None) == voice.year(None) == voice.number(None) == voice.interval(None) == blank
    )
    assert blank


def test_dates_are_time_elements(nb: Voice) -> None:
    assert nb.day(date(2026, 11, 2)) == '<time datetime="2026-11-02">2. november 2026</time>'
    assert nb.month(date(2026, 11, 1)) == '<time datetime="2026-11">november 2026</time>'
    assert nb.year(2026) == '<time datetime="2026">2026</time>'


def test_an_interval_gives_both_ends_and_the_level(voice: Voice) -> None:
    said = str(voice.interval(EFFECT))
    for mark in ('data-part="low"', 'data-part="high"', 'data-id="level"', 'data-id="g1.effect"'):
        assert mark in said
    assert not re.search(r"\d", outside_marks(said))


def test_an_interval_both_ends_of_which_are_written_as_the_number_is_left_out(nb: Voice) -> None:
    paid = Value(id="x.paid", value=2_132_100.0, low=2_131_000.0, high=2_133_000.0, unit="kroner", price_year=2024)
    assert spaced(without_tags(nb.short_interval(paid))) == "2 130 000"
    assert spaced(without_tags(nb.interval(paid))) == "2 130 000 kr (2024-kroner)"
    assert "(" in nb.short_interval(replace(paid, high=2_141_000.0))


def test_persons_of_a_service_are_its_patients(nb: Voice) -> None:
    counted = Value(id="service.dho.volume", value=210.0, unit="persons")
    assert without_tags(nb.quantity(counted)) == "210 pasienter"
    assert without_tags(nb.quantity(replace(counted, id="service_use.2025.active"))) == "210 personer"


def test_a_weight_per_event_is_not_said_to_be_no_effect(nb: Voice) -> None:
    weight = Value(id="assumption.drg", value=1.0, low=0.84, high=1.16, unit="ratio", per="event")
    assert "endring" not in nb.interval(weight)
    assert "endring" in nb.interval(replace(weight, per="none"))


def test_an_interval_that_holds_no_effect_says_so_in_words(voice: Voice) -> None:
    """The two differ in more than their numbers."""
    assert outside_marks(voice.interval(VAGUE)) != outside_marks(voice.interval(EFFECT))
    assert len(outside_marks(voice.interval(VAGUE))) > len(outside_marks(voice.interval(EFFECT)))
    assert len(voice.plain_interval(VAGUE)) > len(voice.plain_interval(EFFECT)) + 5


def test_kroner_say_their_price_year_also_with_an_interval(voice: Voice) -> None:
    for said in (voice.quantity(NET), voice.interval(NET)):
        assert '<time datetime="2024">2024</time>' in said


def test_an_uncertain_amount_has_three_digits_and_a_certain_one_all(nb: Voice) -> None:
    """-1 234 568 with limits up to 2 345 679 is told in tens of thousands."""
    assert without_tags(nb.number(NET)) == "−1\u00a0230\u00a0000"
    assert without_tags(nb.number(NET, part="high")) == "−120\u00a0000"
    certain = Value(id="c", value=1_234_567.0, unit="kroner", price_year=2024)
    assert without_tags(nb.number(certain)) == "1\u00a0234\u00a0567"


@pytest.mark.parametrize(
    ("value", "low", "high", "written"),
    [
        (10.119, 9.657, 10.581, "10,1"),
        (8.3333, 8.1, 8.6, "8,33"),
        (0.052, 0.01, 0.09, "0,05"),
        (99.96, 90.0, 99.99, "100,0"),
        (204.3, 5.3, 470.1, "204"),
        (12.5, None, None, "12,5"),
        (9.0, None, None, "9"),
        (0.0, None, None, "0"),
    ],
)
def test_a_few_kroner_are_told_with_oere(
    nb: Voice, value: float, low: float | None, high: float | None, written: str
) -> None:
    """The cost of a minute: three digits of the largest, at most two decimals; whole kroner from a hundred."""
    assert without_tags(nb.number(Value(id="m", value=value, low=low, high=high, unit="kroner"))) == written


def test_half_a_step_of_an_uncertain_amount_is_rounded_away_from_zero_too(nb: Voice) -> None:
    """Told in tens of thousands, 1 225 000 lies in the middle, as 0.125 does in hundredths."""
    for sign, mark in ((1, ""), (-1, "−")):
        value = Value(id="h", value=sign * 1_225_000.0, low=-1_500_000.0, high=1_500_000.0, unit="kroner")
        assert without_tags(nb.number(value)) == f"{mark}1\u00a0230\u00a0000"


@pytest.mark.parametrize(("value", "written"), [(0.16, "16"), (0.165, "16,5"), (0.9, "90"), (0.0, "0")])
def test_a_share_has_a_decimal_only_where_it_is_not_whole(nb: Voice, value: float, written: str) -> None:
    assert without_tags(nb.number(Value(id="s", value=value, unit="share"))) == f"{written}\u00a0%"


@pytest.mark.parametrize(("part", "written"), [(0.0214, "0,02"), (-0.0453, "−0,05"), (0.0031, "0,0031")])
def test_a_part_has_no_more_decimals_than_the_whole_unless_it_would_read_as_nothing(
    nb: Voice, part: float, written: str
) -> None:
    one = Value(id="part", value=part, unit="admissions", per="person_year")
    assert without_tags(nb.number(one, beside=(EFFECT, VAGUE))) == written


@pytest.mark.parametrize(
    ("value", "low", "high", "written"),
    [(0.0109, -0.0036, 0.0302, "0,01"), (0.0245, -0.01, 0.0679, "0,02"), (0.66, 0.1, 0.83, "0,66"), (2.5, 2, 3, "2,5")],
)
def test_less_than_a_full_time_year_has_two_decimals(
    nb: Voice, value: float, low: float, high: float, written: str
) -> None:
    one = Value(id="posts", value=value, low=low, high=high, unit="full_time_years", derived=True)
    assert without_tags(nb.number(one)) == written


def test_one_is_singular_and_everything_else_plural(voice: Voice) -> None:
    one, two = (without_tags(voice.quantity(Value(id="n", value=n, unit="admissions"))) for n in (1.0, 2.0))
    assert one.replace("1", "2") != two


def test_a_suppressed_value_is_said_to_be_hidden_and_not_missing(voice: Voice) -> None:
    hidden = Value(id="h", value=None, unit="count", suppressed=True)
    assert voice.number(hidden) == voice.quantity(hidden) == voice.interval(hidden) == voice.say("suppressed")
    assert voice.say("suppressed") != voice.say("blank")
    assert "data-id" not in voice.number(hidden)
    assert voice.plain(hidden) == voice.catalogue.text("suppressed")


@pytest.mark.parametrize("reason", ["missing", "not_finite", "no_number_is_enough", "not_stated"])
def test_a_missing_value_says_why(voice: Voice, reason: str) -> None:
    assert voice.number(Value(id="m", value=None, unit="count", reason=reason)) == voice.say(f"reason.{reason}")


def test_a_sentence_says_values_dates_and_texts_as_such(nb: Voice) -> None:
    said = nb.say("hypotheses.target", target=EFFECT, date=date(2026, 11, 2))
    assert 'data-id="g1.effect"' in said
    assert '<time datetime="2026-11-02">' in said
    assert "&lt;" not in said


def test_a_hostile_value_in_a_sentence_is_escaped(nb: Voice) -> None:
    assert "<b>" not in nb.say("about.owner", actor="<b>", role='"><b>')


def test_a_counted_sentence_shows_the_count_as_a_number(voice: Voice) -> None:
    plurals = sorted(key for key, forms in voice.catalogue.entries.items() if not isinstance(forms, str))
    key = next(one for one in plurals if voice.catalogue.placeholders(one) == {"count"})
    assert 'data-id="count.gaps"' in voice.say(key, count=Value(id="count.gaps", value=3.0, unit="count"))


@pytest.mark.parametrize("value", [EFFECT, VAGUE, NET], ids=lambda one: one.id)
def test_plain_words_say_what_the_page_says(voice: Voice, value: Value) -> None:
    without_year = replace(value, price_year=None)  # the year of the kroner stands in the words around, not in figures
    assert spaced(voice.plain(value)) == spaced(without_tags(voice.quantity(without_year)))
    assert spaced(voice.plain(value, unit=False)) == spaced(without_tags(voice.number(value)))
    for part in ("value", "low", "high"):
        assert spaced(without_tags(voice.number(value, part=part))) in spaced(voice.plain_interval(value))


@pytest.mark.parametrize(
    ("written", "said"), [("Et vedtak", "Et vedtak."), ("Et vedtak.", "Et vedtak."), ("Hva?", "Hva?")]
)
def test_a_sentence_that_ends_in_the_words_of_the_project_has_one_stop(nb: Voice, written: str, said: str) -> None:
    sentence = nb.say("events.rate.raw_baseline.chosen", rate="", because=Text(nb=written))
    assert without_tags(sentence).endswith(f" {said}")


def test_names_in_a_list_are_marked_and_escaped(nb: Voice) -> None:
    said = nb.listed([nb.text("A & B"), nb.text("<C>")])
    assert str(said) == '<span class="said">A &amp; B</span> og <span class="said">&lt;C&gt;</span>'
