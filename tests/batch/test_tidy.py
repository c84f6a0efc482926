"""What differs from run to run is taken out of a notebook; what it shows stays."""

from __future__ import annotations

from pathlib import Path

import nbformat

from benefits.batch.tidy import tidy

v4 = nbformat.v4


def executed() -> nbformat.NotebookNode:
    stamps = {"papermill": {"start_time": "2025-01-01T10:00:00"}, "execution": {"iopub.status.busy": "2025"}}
    return v4.new_notebook(
        metadata={"papermill": {"duration": 2.5}, "kernelspec": {"name": "python3", "display_name": "Python 3"}},
        cells=[
            v4.new_code_cell('project = "a"', metadata={"tags": ["parameters"], **stamps}),
            v4.new_code_cell('project = "elsewhere"', metadata={"tags": ["injected-parameters"], **stamps}),
            v4.new_code_cell("report", metadata={"ExecuteTime": {"end_time": "2025"}}, execution_count=3),
        ],
    )


def tidied(folder: Path, **parameters: str) -> nbformat.NotebookNode:
    given = {"project": str(folder / "a" / "project.yaml"), "language": "nb", "as_of": "", "out_dir": "", **parameters}
    return tidy(executed(), parameters=given, folder=folder / "out")


def given_to(notebook: nbformat.NotebookNode) -> dict[str, str]:
    given: dict[str, str] = {}
    exec(notebook.cells[1].source, {}, given)
    return given


def test_two_runs_in_two_folders_leave_the_same_notebook(tmp_path: Path) -> None:
    assert nbformat.writes(tidied(tmp_path / "x")) == nbformat.writes(tidied(tmp_path / "y" / "z"))


def test_stamps_and_the_runs_own_paths_are_gone_and_the_rest_stays(tmp_path: Path) -> None:
    notebook = tidied(tmp_path)
    nbformat.validate(notebook)
    assert notebook.metadata == {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    assert [dict(cell.metadata) for cell in notebook.cells] == [
        {"tags": ["parameters"]},
        {"tags": ["injected-parameters"]},
        {},
    ]
    assert [cell.source for cell in notebook.cells][::2] == ['project = "a"', "report"]
    assert notebook.cells[1].source.splitlines()[0] == "project = '../a/project.yaml'"
    assert notebook.cells[2].execution_count == 3


def test_every_parameter_it_ran_with_is_given_again(tmp_path: Path) -> None:
    given = given_to(tidied(tmp_path, as_of="2025-12-31", period="2025T2"))
    assert given == {
        "project": "../a/project.yaml",
        "language": "nb",
        "as_of": "2025-12-31",
        "out_dir": "",
        "period": "2025T2",
    }


def test_an_earlier_report_is_named_as_seen_from_the_notebook(tmp_path: Path) -> None:
    assert given_to(tidied(tmp_path, since=str(tmp_path / "earlier")))["since"] == "../earlier"
    assert given_to(tidied(tmp_path, since=""))["since"] == ""


def test_a_name_with_quotes_stays_a_name(tmp_path: Path) -> None:
    file = tmp_path / 'it\'s "a"' / "project.yaml"
    assert given_to(tidied(tmp_path, project=str(file)))["project"] == '../it\'s "a"/project.yaml'


def test_several_files_are_one_a_line_each_seen_from_the_notebook(tmp_path: Path) -> None:
    files = "\n".join(str(tmp_path / name / "project.yaml") for name in "ab")
    assert given_to(tidied(tmp_path, project=files))["project"] == "../a/project.yaml\n../b/project.yaml"
