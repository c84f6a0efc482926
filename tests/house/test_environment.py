"""pyproject.toml, environment.yml and requirements.lock tell of one environment."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

MANDATED = {"jupyterlab", "pandas", "numpy", "scipy", "seaborn", "papermill", "nbconvert"}


def ranges(lines: list[str]) -> dict[str, SpecifierSet]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


def pyproject(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def locked(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Version and marker of each package in the lock; several where the version depends on Python's."""
    versions: dict[str, list[tuple[str, str]]] = {}
    for line in (root / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==(\S+)(?: ; (.+?))? \\$", line):
            versions.setdefault(canonicalize_name(match[1]), []).append((match[2], match[3] or ""))
    return versions


def test_conda_and_pip_have_the_mandated_packages_in_the_same_ranges(root: Path) -> None:
    project = pyproject(root)["project"]
    assert isinstance(project, dict)
    conda = YAML(typ="safe").load(root / "environment.yml")["dependencies"]
    stated = ranges([line for line in conda if isinstance(line, str) and line != "pip"])
    assert stated.pop("python") == SpecifierSet(project["requires-python"])
    asked = ranges(project["dependencies"])
    assert stated == {name: asked[name] for name in MANDATED}


def test_conda_leaves_the_rest_to_this_package(root: Path) -> None:
    conda = YAML(typ="safe").load(root / "environment.yml")["dependencies"]
    assert [entry["pip"] for entry in conda if isinstance(entry, dict)] == [["-e ."]]


def test_everything_asked_for_is_in_the_lock_within_its_range(root: Path) -> None:
    tables = pyproject(root)
    asked = ranges([*tables["project"]["dependencies"], *tables["dependency-groups"]["dev"]])  # type: ignore[index]
    versions = locked(root)
    assert set(asked) <= set(versions)
    outside = [
        f"{name} {version}"
        for name, specifier in asked.items()
        for version, _ in versions[name]
        if not specifier.contains(version)
    ]
    assert outside == []


def test_every_locked_package_has_a_hash_and_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    blocks = re.split(r"\n(?=\w)", text)[1:]
    assert len(blocks) > len(MANDATED)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
