"""The list of checks: what warns comes first, what is in order takes one paragraph."""

from __future__ import annotations

from markupsafe import Markup

from benefits.report.blocks import Bullets, Paragraph
from benefits.report.sections.check_list import check_list
from benefits.report.voice import Voice


def test_warnings_come_first_then_what_is_uncertain_and_the_rest_is_one_paragraph(voice: Voice) -> None:
    said = [
        (True, Markup("A.")),
        (None, Markup("B.")),
        (False, Markup("C.")),
        (True, Markup("D.")),
        (False, Markup("E.")),
    ]
    points, in_order = check_list(said, voice)
    assert isinstance(points, Bullets)
    assert isinstance(in_order, Paragraph)
    assert [str(point) for point in points.points] == ["Advarsel: C.", "Advarsel: E.", "Usikkert: B."]
    assert str(in_order.words) == "I orden: A. D."


def test_there_is_no_empty_list_where_nothing_warns_and_no_empty_paragraph_where_nothing_is_in_order(
    voice: Voice,
) -> None:
    assert [type(block) for block in check_list([(True, Markup("A."))], voice)] == [Paragraph]
    assert [type(block) for block in check_list([(None, Markup("A."))], voice)] == [Bullets]
    assert check_list([], voice) == []
