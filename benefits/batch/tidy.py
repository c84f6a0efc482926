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
        if "outputs" in cell:
            # What libraries write to the error stream names files of this machine.
            cell["outputs"] = [output for output in cell["outputs"] if output["output_type"] != "stream"]
        for stamp in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(stamp, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            given = {"project": _path_from(folder, project), "language": language, "as_of": as_of, "out_dir": ""}
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    return notebook


def _path_from(folder: Path, project: Path) -> str:
    """The project file as seen from a folder; where they share no folder but the root, its own last two parts."""
    there, here = project.resolve(), folder.resolve()
    try:
        shared = Path(os.path.commonpath([there, here]))
    except ValueError:
        shared = Path(there.anchor)
    if shared == Path(shared.anchor):
        return Path(*there.parts[-2:]).as_posix()
    return Path(os.path.relpath(there, here)).as_posix()
