"""The notebook for exploring: it runs without a browser on a project with data and on one with next to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "utforsk.ipynb"


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def run(project: str, out: Path) -> Any:
    notebook = read()
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    parameters.source += f'\nproject = "{project}"\nlanguage = "nn"\nout_dir = "{out.as_posix()}"'
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    return notebook


def shown(notebook: Any, start: str) -> str:
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith(start)]
    return "".join(
        output.data.get("text/html", output.data["text/plain"]) for output in cell.outputs if "data" in output
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_runs_without_a_browser_and_shows_what_stands_there(tmp_path: Path) -> None:
    made = run("params/eksempel-kommune/project.yaml", tmp_path / "tables")
    assert "Netto for kvar aktør" in shown(made, "panel =")
    assert "society.expected.net" in shown(made, "explorer.explain")
    assert "net_at_low" in shown(made, 'panel.explorer.analyses.show("tornado")')
    assert (tmp_path / "tables" / "actors.parquet").exists()


def test_every_cell_runs_on_a_plan_with_no_kroner_which_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells one after another in this process: a kernel would take ten times as long."""
    monkeypatch.chdir(ROOT)
    cells = [cell.source for cell in read().cells if cell.cell_type == "code"]
    names: dict[str, Any] = {}
    for source in (cells[0] + '\nproject = "params/eksempel-lett/project.yaml"\nlanguage = "nn"', *cells[1:]):
        exec(source, names)
    assert "ingen kroner" in names["panel"].numbers.value
    assert "uvisse" in repr(names["explorer"].analyses.show("two_way"))


def test_a_code_cell_is_three_lines_at_most() -> None:
    cells = [cell for cell in read().cells if cell.cell_type == "code"]
    assert all(len(cell.source.splitlines()) <= 3 for cell in cells[1:])
