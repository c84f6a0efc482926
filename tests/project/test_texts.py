"""Every text of a project file is found, however deep it stands."""

from __future__ import annotations

from benefits.project import Project
from benefits.project.texts import texts


def test_texts_in_lists_parts_and_named_entries_are_found() -> None:
    project = Project.model_validate(
        {
            "format": 1,
            "id": "dho",
            "title": "tittel",
            "owner": {"role": "rolle"},
            "assumptions": {"a": {"value": 1.0, "unit": "count", "source": {"nb": "kilde", "en": "source"}}},
            "benefits": ({"id": "g", "title": "gevinst", "preconditions": ("først", "så")},),
        }
    )
    assert {project.said(text) for text in texts(project)} == {"tittel", "rolle", "kilde", "gevinst", "først", "så"}
