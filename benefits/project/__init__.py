"""The project: its model, how its file is read, the rules it must keep, and what its plan lacks."""

from __future__ import annotations

from benefits.project.gaps import gaps
from benefits.project.load import Loaded, find_project, load, projects_in, read
from benefits.project.model import Project

__all__ = ["Loaded", "Project", "find_project", "gaps", "load", "projects_in", "read"]
