"""Take out of an executed notebook what differs from run to run: stamps, paths and random ids."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


def tidy(notebook: NotebookNode, *, parameters: Mapping[str, str], folder: Path) -> NotebookNode:
    """Return the notebook with the same bytes for the same inputs, able to run again from where it will lie.

    Parameters
    ----------
    notebook
        As papermill left it; changed in place.
    parameters
        What it ran with, and is to run with again; ``project`` names one file, or one a line, and ``since`` a file
        or a folder.
    folder
        Where the notebook will lie; the files ``project`` and ``since`` name become paths from there.
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
            files = [path_from(folder, Path(file)) for file in parameters["project"].split("\n")]
            given = {**parameters, "project": "\n".join(files)}
            if given.get("since"):
                given["since"] = path_from(folder, Path(given["since"]))
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    return notebook


def path_from(folder: Path, file: Path) -> str:
    """Return a file as seen from a folder; where they share no folder but the root, its own last two parts."""
    there, here = file.resolve(), folder.resolve()
    try:
        shared = Path(os.path.commonpath([there, here]))
    except ValueError:
        shared = Path(there.anchor)
    if shared == Path(shared.anchor):
        return Path(*there.parts[-2:]).as_posix()
    return Path(os.path.relpath(there, here)).as_posix()
