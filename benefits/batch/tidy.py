"""Take out of an executed notebook what differs from run to run: stamps, paths and random ids."""

from __future__ import annotations

import os
from pathlib import Path

from nbformat import NotebookNode


def tidy(notebook: NotebookNode, *, project: Path, folder: Path, language: str, as_of: str) -> NotebookNode:
    """Return the notebook with the same bytes for the same inputs, able to run again from where it will lie.

    Parameters
    ----------
    notebook
        As papermill left it; changed in place.
    project
        The project file.
    folder
        Where the notebook will lie; its ``project`` parameter becomes a path from there.
    language, as_of
        The parameters it ran with.
    """
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        for stamp in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(stamp, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            relative = Path(os.path.relpath(project.resolve(), folder.resolve())).as_posix()
            given = {"project": relative, "language": language, "as_of": as_of, "out_dir": ""}
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    return notebook
