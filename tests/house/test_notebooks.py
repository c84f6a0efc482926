"""Notebooks are thin: parameters, one call that opens the report, and one line per section."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

PARAMETERS = ["project", "language", "as_of", "out_dir", "audience", "references"]
# Those of a notebook whose report may be held against an earlier one.
WITH_SINCE = [*PARAMETERS[:-2], "since", "audience", "references"]
# Those of a notebook that looks at one year, tertial or month.
WITH_PERIOD = [*PARAMETERS[:-2], "period", "since", "audience", "references"]
# The notebook in which an analyst explores; it opens the doors of the package by hand.
FREE_HAND = {"utforsk.ipynb"}
FREE_HAND_IMPORTS = {"benefits", "matplotlib", "pandas", "seaborn"}
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.comprehension)


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def faults(notebook: nbformat.NotebookNode, *, free_hand: bool) -> list[str]:
    """Everything in a notebook that breaks a rule."""
    found = []
    kernel = notebook.metadata.get("kernelspec", {})
    if kernel.get("name") != "python3":
        found.append("the kernel is not python3")
    if kernel.get("language") != "python":
        found.append("the kernel's language is not told, and papermill asks for it")
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and "guide" not in tags:
            found.append(f"a markdown cell is not tagged guide: {cell.source!r}")
        if cell.cell_type == "code":
            if cell.outputs or cell.execution_count is not None:
                found.append(f"a cell has been run: {cell.source!r}")
            found += _faults_in_code(cell.source, allowed=FREE_HAND_IMPORTS if free_hand else {"benefits"})
    found += _faults_in_parameters(code(notebook)[:1])
    found += [
        f"only the first code cell holds parameters: {cell.source!r}"
        for cell in code(notebook)[1:]
        if "parameters" in cell.metadata.get("tags", [])
    ]
    if free_hand:
        return found
    declared = _names_in(code(notebook)[:1])
    wanted = WITH_PERIOD if "period" in declared else WITH_SINCE if "since" in declared else PARAMETERS
    opens = code(notebook)[1:] and _opens_report(code(notebook)[1].source, parameters=wanted)
    found += [] if opens else ["code cell 2 opens no report"]
    found += [f"not one section: {cell.source!r}" for cell in code(notebook)[2:] if not _shows_section(cell.source)]
    return found if code(notebook)[2:] else [*found, "no section is shown"]


def _faults_in_code(source: str, *, allowed: set[str]) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [f"imports {name}" for name in names if name.partition(".")[0] not in allowed]
        if isinstance(node, LOGIC):
            found.append(f"logic in a notebook: {source!r}")
    return found


def _faults_in_parameters(first: list[nbformat.NotebookNode]) -> list[str]:
    if not first or first[0].metadata.get("tags") != ["parameters"]:
        return ["the first code cell is not tagged parameters"]
    statements = ast.parse(first[0].source).body
    names = [
        node.targets[0].id
        for node in statements
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    if names not in (PARAMETERS, WITH_SINCE, WITH_PERIOD) or len(statements) != len(names):
        return [f"the parameters are not the strings {', '.join(PARAMETERS)}"]
    return []


def _names_in(first: list[nbformat.NotebookNode]) -> set[str]:
    return {node.id for cell in first for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}


def _opens_report(source: str, *, parameters: list[str]) -> bool:
    *before, last = ast.parse(source).body
    return (
        all(isinstance(node, ast.Import | ast.ImportFrom) for node in before)
        and isinstance(last, ast.Assign)
        and isinstance(last.value, ast.Call)
        and ast.unparse(last.targets[0]) == "report"
        and ast.unparse(last.value.func) in {"benefits.open_report", "open_report"}
        and [keyword.arg for keyword in last.value.keywords] == parameters[1:]
        and [ast.unparse(argument) for argument in last.value.args[1:]] == parameters[:1]
    )


def _shows_section(source: str) -> bool:
    statements = ast.parse(source).body
    return (
        len(source.splitlines()) <= 3
        and len(statements) == 1
        and isinstance(statements[0], ast.Expr)
        and isinstance(call := statements[0].value, ast.Call)
        and ast.unparse(call.func) == "report.show"
        and len(call.args) == 1
        and not call.keywords
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    )


def read(path: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_every_notebook_is_thin_and_stored_without_outputs(root: Path) -> None:
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    assert [path.name for path in paths if path.name not in FREE_HAND]
    broken = {path.name: faults(read(path), free_hand=path.name in FREE_HAND) for path in paths}
    assert {name: found for name, found in broken.items() if found} == {}


def thin() -> nbformat.NotebookNode:
    v4 = nbformat.v4
    opening = (
        'import benefits\n\nreport = benefits.open_report("plan", project,\n'
        "    language=language, as_of=as_of, out_dir=out_dir, audience=audience, references=references)"
    )
    return v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            v4.new_markdown_cell("Run all.", metadata={"tags": ["guide"]}),
            v4.new_code_cell(
                'project = "project.yaml"\nlanguage = "nb"\nas_of = ""\nout_dir = "out"\naudience = "public"\n'
                'references = ""',
                metadata={"tags": ["parameters"]},
            ),
            v4.new_code_cell(opening),
            v4.new_code_cell('report.show("first_page")'),
        ],
    )


def test_a_thin_notebook_has_no_fault() -> None:
    assert faults(thin(), free_hand=False) == []


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        (1, 'project = "project.yaml"\nlanguage = "nb"\nas_of = ""'),
        (1, 'project = "project.yaml"\nlanguage = "nb"\nas_of = None\nout_dir = "out"'),
        (1, 'project = "a"\nlanguage = "nb"\nas_of = ""\nout_dir = "out"'),
        (
            1,
            'project = "a"\nlanguage = "nb"\nas_of = ""\nout_dir = "out"\naudience = "public"\n'
            'references = ""\nlimit = "5"',
        ),
        (
            1,
            'project = "a"\nlanguage = "nb"\nas_of = ""\nout_dir = "out"\n'
            'period = ""\naudience = "public"\nreferences = ""',
        ),
        (
            1,
            'project = "a"\nlanguage = "nb"\nas_of = ""\nout_dir = "out"\n'
            'since = ""\naudience = "public"\nreferences = ""',
        ),
        (2, "import benefits"),
        (2, 'import pandas\nreport = benefits.open_report("plan", project, language=language)'),
        (3, "report"),
        (3, 'report.show("a")\nreport.show("b")'),
        (3, 'report.show(\n"a"\n\n)'),
        (3, "report.show(name)"),
        (3, 'for name in ("a", "b"):\n    report.show(name)'),
        (3, "[report.show(name) for name in names]"),
        (3, "def show(name):\n    return report.show(name)"),
        (3, "import numpy"),
    ],
)
def test_a_cell_that_does_more_is_found(cell: int, source: str) -> None:
    notebook = thin()
    notebook.cells[cell].source = source
    assert faults(notebook, free_hand=False)


@pytest.mark.parametrize("names", [("since",), ("period", "since")])
def test_what_further_is_declared_and_handed_on_is_no_fault(names: tuple[str, ...]) -> None:
    notebook = thin()
    declared, given = "".join(f'{one} = ""\n' for one in names), "".join(f", {one}={one}" for one in names)
    notebook.cells[1].source = notebook.cells[1].source.replace("audience", f"{declared}audience")
    notebook.cells[2].source = notebook.cells[2].source.replace("out_dir=out_dir", f"out_dir=out_dir{given}")
    assert faults(notebook, free_hand=False) == []


def test_a_cell_that_was_run_and_a_guide_without_its_tag_are_found() -> None:
    notebook = thin()
    notebook.cells[0].metadata.tags = []
    notebook.cells[3].execution_count = 1
    notebook.metadata.kernelspec = {"name": "benefits", "display_name": "Benefits"}
    assert len(faults(notebook, free_hand=False)) == 4
