"""A new project file: one page, digital home follow-up with ready-made hypotheses, a test arena, or blank.

No schema is written beside the file. A folder of projects needs one schema, not one each that goes stale with the next
version, and the editor is told once where it is.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from benefits.forms import Template
from benefits.forms.blank import blank
from benefits.project.ids import id_from
from benefits.project.load import PROJECT_FILE
from benefits.vocabulary import Language

AS_OF = "2026-10-31"
"""The date a new file says its plan is made as of, until somebody changes it: the clock decides nothing here."""

_ID = "\nid: prosjekt\n"
_UNNAMED = "prosjekt"


class FolderInUse(FileExistsError):
    """There is a project file in the folder already; nothing was written.

    Attributes
    ----------
    file
        The file that is there.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file.as_posix())
        self.file = file


def starter(template: Template, language: Language, *, id: str) -> str:
    """Return the text of a new project file.

    Parameters
    ----------
    template
        ``dho`` has hypotheses for digital home follow-up, ``light`` is one page, ``testarena`` a price list to
        industry, ``blank`` explains every key.
    language
        The language of its explanations and of the project.
    id
        The project's id.

    Examples
    --------
    >>> starter("light", "nn", id="infusjon").splitlines()[2:5]
    ['format: 1', 'id: infusjon', 'title: "[Skriv namnet på prosjektet her]"']
    """
    if template == "blank":
        return blank(language, id=id, as_of=AS_OF)
    text = files("benefits.forms").joinpath("templates", f"{template}.{language}.yaml").read_text(encoding="utf-8")
    return text.replace(_ID, f"\nid: {id}\n", 1)


def new_project(folder: Path, *, template: Template = "dho", language: Language = "nb") -> Path:
    """Make a folder with a new project file, and return the file.

    Parameters
    ----------
    folder
        The folder; made when it is not there. Its name becomes the project's id.
    template, language
        As ``starter``.

    Raises
    ------
    FolderInUse
        When it holds a project file. Nothing is ever written over.
    OSError
        When the folder or the file cannot be made.
    """
    file = folder / PROJECT_FILE
    text = starter(template, language, id=id_from(folder.resolve().name, otherwise=_UNNAMED))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise FolderInUse(file) from None
    return file
