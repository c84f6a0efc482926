"""What is stored speaks of the project alone: no machine, no registry, no note to self."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ELSEWHERE = re.compile(
    r"""
      (?<![\w./-])/(?:work|root|opt|tmp)/[\w.]   # a path on somebody's machine
    | (?<![\w./-])/(?:home|Users)/\w
    | \b[A-Z]:\\(?:Users|work)\b
    | \.\./shared\b
    | \b(?:pypi|npmjs|anaconda|crates)\.(?:org|com|io)\b    # a registry
    | \bpythonhosted\.org\b
    | \bdeb\.debian\.org\b
    | \b(?:T[O]DO|F[I]XME|X[X]X)\b            # a note to self
    | \bdesign\.md\b
    """,
    re.VERBOSE,
)


def stored(root: Path) -> list[Path]:
    """Files git holds or would hold; the whole tree where there is no git, as in an unpacked source archive."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        return [path for path in root.rglob("*") if path.is_file() and not {".venv", "out"} & set(path.parts)]
    return [root / name for name in answer.stdout.split("\0") if name and (root / name).is_file()]


def text_of(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_stored_file_speaks_of_a_machine_a_registry_or_unfinished_work(root: Path) -> None:
    paths = stored(root)
    assert root / "benefits" / "errors.py" in paths
    found = [
        f"{path.relative_to(root).as_posix()}:{number}: {line.strip()[:100]}"
        for path in paths
        if path != Path(__file__).resolve()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if ELSEWHERE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "see /work/main/benefits",
        "open('/root/.cache')",
        "/home/kari/plan.yaml",
        "/Users/kari/plan.yaml",
        "C:\\Users\\kari",
        "--find-links /opt/wheels",
        "from ../shared/facts",
        "https://pypi.org/simple",
        "# T" + "ODO later",
    ],
)
def test_a_line_that_does_is_found(line: str) -> None:
    assert ELSEWHERE.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "https://www.ssb.no/work/123",
        "params/work/project.yaml",
        "framework/work",
        "and/or",
        "out/tmp/x",
        "../shared_ward",
    ],
)
def test_a_line_that_does_not_is_left_alone(line: str) -> None:
    assert not ELSEWHERE.search(line)
