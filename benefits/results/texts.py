"""The project's own texts in its first language, which is how they stand in the language-free JSON."""

from __future__ import annotations

from benefits.project.fields import Text
from benefits.project.model import Project


def in_first_language(project: Project, text: Text | None) -> str:
    """Return a text in the project's first language, or an empty string."""
    return text.in_language(project.first_language, first=project.first_language)[0] if text is not None else ""
