"""A page is taken apart as it was put together, and what is no report is refused in words."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from markupsafe import Markup

from benefits.language import catalogue
from benefits.report.blocks import Figure, Section
from benefits.report.export import ExportFailed, to_docx, to_pdf
from benefits.report.export.source import read_page

PageOf = Callable[..., str]


def test_title_language_date_banner_and_figures_are_read(page: str, png: bytes) -> None:
    source = read_page(page)
    assert (source.language, source.title, source.as_of.isoformat()) == (
        "nb",
        "Gevinstplan: Eksempelvik & omegn",
        "2025-12-31",
    )
    assert [words.partition(":")[0] for words in source.banners] == ["Konstruert eksempel"]
    assert source.figures == {"figure-1.png": png}
    assert "base64" not in source.body


def test_what_only_a_browser_needs_is_left_out(page: str) -> None:
    source = read_page(page)
    assert not any(word in source.body for word in ("<nav", "<style", 'class="skip"', "<h1", "<footer"))
    assert source.colophon == catalogue("nb").text("page.made_with")


@pytest.mark.parametrize(("constructed", "audience", "count"), [(False, "public", 0), (True, "internal", 2)])
def test_each_banner_is_taken_along(page_of: PageOf, constructed: bool, audience: str, count: int) -> None:
    sections = [Section(id="a", heading=Markup("A"), blocks=())]
    source = read_page(page_of(sections, constructed=constructed, audience=audience))
    assert len(source.banners) == count


def test_an_alternative_text_that_looks_like_a_figure_is_only_a_text(page_of: PageOf, png: bytes) -> None:
    words = 'src="data:image/png;base64,AAAA"'
    figure = Figure(png=png, caption=Markup("F"), alternative=words, values=())
    source = read_page(page_of([Section(id="a", heading=Markup("A"), blocks=(figure,))]))
    assert source.figures == {"figure-1.png": png}
    assert words in source.body


@pytest.mark.parametrize(
    "taken", ['lang="nb"', "Gevinstplan: Eksempelvik &amp; omegn", "2025-12-31", "</main>"], ids=lambda one: one[:6]
)
def test_what_is_no_report_is_refused(page: str, taken: str) -> None:
    with pytest.raises(ExportFailed, match="not_a_page"):
        read_page(page.replace(taken, ""))


@pytest.mark.parametrize("make", [to_docx, to_pdf])
def test_a_figure_that_is_not_on_the_page_is_refused(page: str, make: Callable[[str], bytes]) -> None:
    elsewhere = page.replace("data:image/png;base64,", "https://example.org/figure.png?")
    with pytest.raises(ExportFailed, match="figure_elsewhere"):
        make(elsewhere)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_refusal_is_a_sentence_in_each_language_also_from_another_process(language: str) -> None:
    refused = pickle.loads(pickle.dumps(ExportFailed("no_alternative", {"figure": 2})))
    assert "2" in refused.words(catalogue(language))
    assert refused.words(catalogue(language)).endswith(".")
