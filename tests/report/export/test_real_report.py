"""A whole plan as Word and PDF: the same words as its page, in the same order, and no error of accessibility."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from docx import Document
from docx.oxml.ns import qn

from benefits.report import open_report
from benefits.report.export import to_docx, to_pdf
from benefits.report.page import html_page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
v4 = nbformat.v4
EXAMPLES = Path(__file__).resolve().parents[3] / "params"
WordsOf = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def plan() -> str:
    report = open_report("plan", EXAMPLES / "eksempel-kommune" / "project.yaml", language="nn")
    bundles = [report.show(section)._repr_mimebundle_() for section in report.sections]
    cells = [v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=bundle)]) for bundle in bundles]
    return html_page(v4.new_notebook(cells=cells))


def test_the_word_file_has_every_word_in_order_and_every_figure_described(plan: str, words_of: WordsOf) -> None:
    body = Document(BytesIO(to_docx(plan))).element.body
    texts = ["".join(one.text or "" for one in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    # Between title and banner, and the last line.
    assert " ".join(texts[2:-1]).split() == words_of(plan)
    drawings = [one.get("descr", "") for one in body.iter(qn("wp:docPr"))]
    assert len(drawings) == plan.count("<figure>") >= 3
    assert all(drawings)


def test_the_pdf_has_every_word_and_no_error_of_accessibility(
    plan: str, words_of: WordsOf, tmp_path: Path, program: Callable[[str], str]
) -> None:
    import pdfua

    file = tmp_path / "plan.pdf"
    file.write_bytes(to_pdf(plan))
    assert [one for one in pdfua.validate(str(file)).findings if one.severity == pdfua.Severity.ERROR] == []
    command: list[Any] = [program("pdftotext"), file, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = text.replace("\u00ad\n", "").replace("\u200b", "")
    whole, squeezed = set(text.split()), "".join(text.replace("-", "").split())
    # A word with a hyphen or a dash may end a line in the middle, where the reader of the file drops the hyphen.
    divided = {word for word in words_of(plan) if "-" in word or "–" in word}
    assert sorted(set(words_of(plan)) - divided - whole) == []
    assert sorted(word for word in divided if word.replace("-", "") not in squeezed) == []
