"""An executed notebook as one self-contained HTML page, by our own nbconvert template."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import benefits
from benefits.language import Catalogue, catalogue
from benefits.report.opening import SECTION_TYPE

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode


def shipped(*parts: str) -> Path:
    """Return a file or folder that comes with the package, in a checkout or in an installed wheel.

    Examples
    --------
    >>> shipped("templates", "report").is_dir()
    True
    """
    package = Path(benefits.__file__).parent
    installed = package / "_shipped"
    return (installed if installed.is_dir() else package.parent).joinpath(*parts)


def html_page(notebook: NotebookNode) -> str:
    """Return the sections of an executed notebook as a page: no code, no scripts, nothing from another host.

    Raises
    ------
    ValueError
        When the notebook shows no section.
    """
    bundles = [
        output["data"][SECTION_TYPE]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if SECTION_TYPE in output.get("data", {})
    ]
    if not bundles:
        raise ValueError("the notebook shows no section")
    first = bundles[0]
    said = catalogue(first["language"])
    page: dict[str, Any] = {
        "section_type": SECTION_TYPE,
        "language": first["language"],
        "title": first["title"],
        "as_of": first["as_of"],
        "constructed": said.text("page.constructed") if first["constructed"] else "",
        "internal": said.text("page.internal") if first["audience"] == "internal" else "",
        "banner": _printed(said, first),
        "skip": said.text("page.skip"),
        "contents": said.text("page.contents"),
        "made_with": said.text("page.made_with"),
        "sections": [one for bundle in bundles for one in bundle.get("sections", [_own_section(bundle)])],
        "style": shipped("templates", "report", "style.css").read_text(encoding="utf-8"),
    }
    body, _ = _exporter().from_notebook_node(notebook, resources={"benefits": page})
    return str(body)


def _own_section(bundle: dict[str, Any]) -> dict[str, str]:
    return {"id": bundle["section"], "heading": bundle["heading"]}


def _printed(said: Catalogue, first: dict[str, Any]) -> str:
    """The words every printed page carries, safe inside a quoted CSS string."""
    keys = [("constructed", first["constructed"]), ("internal", first["audience"] == "internal")]
    return " ".join(said.text(f"page.{key}") for key, holds in keys if holds).replace("'", "’").replace("\\", "")


@lru_cache(maxsize=1)
def _exporter() -> HTMLExporter:
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.HTMLExporter.template_name = "report"
    config.HTMLExporter.extra_template_basedirs = [str(shipped("templates"))]
    config.HTMLExporter.preprocessors = []
    config.HTMLExporter.default_preprocessors = []
    return HTMLExporter(config=config)  # type: ignore[no-untyped-call]
