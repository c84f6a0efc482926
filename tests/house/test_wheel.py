"""The wheel is enough: installed outside the checkout it makes a report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
EXAMPLE = "eksempel-kommune"


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    answer = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def scripts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of a new environment that holds the wheel.

    Its dependencies are those of the environment the tests run in: a path file makes them importable without making
    the editable install beside them count, since path files in a folder added by a path file are not read.
    """
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    venv.create(folder / "env", symlinks=os.name != "nt")
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(folder.glob("*.whl"))
    run(
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--offline",
        "--no-deps",
        "--python",
        folder / "env",
        wheel,
        cwd=folder,
    )
    site = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    # nbconvert finds its base templates beside the environment, where its own wheel puts them.
    shared = Path("share", "jupyter", "nbconvert")
    (folder / "env" / shared).parent.mkdir(parents=True)
    shutil.copytree(Path(sys.prefix) / shared, folder / "env" / shared)
    return programs


def test_the_wheel_is_what_is_imported_and_carries_notebooks_and_templates(scripts: Path, tmp_path: Path) -> None:
    where = "import benefits, pathlib; print(pathlib.Path(benefits.__file__).parent)"
    package = Path(run(scripts / "python", "-c", where, cwd=tmp_path).strip())
    assert package.is_relative_to(scripts.parent)
    assert list((package / "_shipped" / "notebooks").glob("*.ipynb"))
    assert any(path.is_file() for path in (package / "_shipped" / "templates").rglob("*"))


def test_the_wheel_makes_a_plan_outside_the_checkout(scripts: Path, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "params" / EXAMPLE, tmp_path / EXAMPLE)
    made = run(scripts / "benefits", "report", "plan", EXAMPLE, "--lang", "nb", "--out", "out", cwd=tmp_path).split()
    assert made == [f"out/{EXAMPLE}/plan.nb.html", f"out/{EXAMPLE}/plan.nb.ipynb", f"out/{EXAMPLE}/plan.json"]
    page = (tmp_path / made[0]).read_text(encoding="utf-8")
    assert page.count("<h1") == 1
    assert page.count("<section ") > 5
