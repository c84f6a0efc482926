"""Imports between rooms go downwards only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# From the top; rooms on one line do not know each other.
LEVELS = (
    ("__main__",),
    ("cli",),
    ("form_commands", "method_commands", "reference_commands"),
    ("command_input",),
    ("command_language",),
    ("batch",),
    ("report", "forms"),
    ("language",),
    ("results",),
    ("economics",),
    ("measurement",),
    ("activity",),
    ("project",),
    ("reference",),
    ("vocabulary", "errors"),
    ("identity_numbers",),
)
HEIGHT = {room: len(LEVELS) - number for number, rooms in enumerate(LEVELS) for room in rooms}
SPEAKERS = {"cli", "form_commands", "method_commands", "reference_commands", "command_input", "command_language"}
SPEAKERS |= {"batch", "report", "forms"}


def imported(source: str, *, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports from the package, wherever in the module it does so."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.asname or alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.Import):
            # A bare `import benefits` takes nothing yet; what is then asked of it does.
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name != "benefits" or alias.asname)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "benefits":
            if "benefits" in names:
                yield node.lineno, f"benefits.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (start, node.module) if part)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"import_module", "__import__"}:
                yield node.lineno, str(node.args[0].value)


def trespasses(root: Path) -> list[str]:
    """Every import in ``benefits/`` that does not go downwards."""
    found = []
    for path in sorted((root / "benefits").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts == ("benefits", "__init__"):
            continue
        room = parts[1]
        for line, name in imported(path.read_text(encoding="utf-8"), package=parts[:-1]):
            first, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if first != "benefits" or target in {room, "__file__", "__version__"}:
                continue
            place = f"{path.relative_to(root).as_posix()}:{line}"
            if room not in HEIGHT or target not in HEIGHT:
                found.append(f"{place} imports {name}, and {target or 'benefits'} or {room} is no room")
            elif HEIGHT[target] >= HEIGHT[room]:
                found.append(f"{place} imports {name} from above or beside")
            elif target == "language" and room not in SPEAKERS:
                found.append(f"{place} imports {name}, and {room} has no words of its own")
    return found


def test_no_module_imports_from_a_room_above_or_beside_it(root: Path) -> None:
    assert trespasses(root) == []


def test_every_module_at_the_top_is_a_room(root: Path) -> None:
    package = root / "benefits"
    rooms = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/*.py")}
    assert rooms - {"__init__"} <= set(HEIGHT)
    assert {"errors", "vocabulary"} <= rooms


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("project/model.py", "from benefits.results import assess"),
        ("project/model.py", "import benefits.results"),
        ("project/model.py", "from benefits import assess"),
        ("project/model.py", "import benefits\nbenefits.assess(project)"),
        ("project/model.py", "import benefits as b"),
        ("project/model.py", "def load():\n    from benefits import economics"),
        ("project/model.py", "if TYPE_CHECKING:\n    from benefits.activity import Series"),
        ("project/model.py", "from ..results import assess"),
        ("project/parts/model.py", "from ...results import assess"),
        ("project/model.py", "from .. import results"),
        ("project/model.py", "importlib.import_module('benefits.report')"),
        ("results/assess.py", "from benefits.language import Catalogue"),
        ("report/page.py", "from benefits.forms import read"),
        ("errors.py", "from benefits.vocabulary import Phase"),
        ("attic/old.py", "from benefits.errors import Problem"),
    ],
)
def test_an_import_upwards_or_sideways_is_found(tmp_path: Path, module: str, source: str) -> None:
    path = tmp_path / "benefits" / module
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert len(trespasses(tmp_path)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("results/assess.py", "from benefits.project import load"),
        ("results/assess.py", "from .values import Value\nfrom ..errors import Gap\nfrom . import values"),
        ("report/page.py", "from benefits.language import Catalogue"),
        ("report/page.py", "import benefits\nprint(benefits.__version__)"),
        ("project/model.py", "benefits = []\nbenefits.append(1)"),
        ("batch/run.py", "from benefits import __version__\nimport benefits.report.page"),
        ("measurement/power.py", "import benefits.activity.shapes as shapes\nimport numpy as np"),
    ],
)
def test_an_import_downwards_or_at_home_is_left_alone(tmp_path: Path, module: str, source: str) -> None:
    path = tmp_path / "benefits" / module
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert trespasses(tmp_path) == []
