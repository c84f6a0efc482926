"""Links lead somewhere, lines of prose are short, and blocks of Python run as they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from benefits import vocabulary
from benefits.cli import main
from benefits.vocabulary import ReportKind

Blocks = Callable[..., list[str]]
HERE = Path(__file__).resolve().parents[2]
PAGES = ["README.md", *sorted(path.relative_to(HERE).as_posix() for path in (HERE / "docs").rglob("*.md"))]
LONGEST = 120


def anchors(text: str) -> set[str]:
    """Names a link to a page may end in: those of its headings, and those set by hand."""
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def outside_blocks(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(name: str, root: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)]+)\)", outside_blocks((root / name).read_text(encoding="utf-8"))):
        if re.match(r"https?://", target):
            continue
        file, _, anchor = target.partition("#")
        path = (root / name).parent / file if file else root / name
        if not path.exists() or (anchor and anchor not in anchors(path.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", PAGES)
def test_prose_keeps_to_the_line_length(name: str, page: Callable[[str], str]) -> None:
    lines = outside_blocks(page(name)).splitlines()
    assert [line for line in lines if len(line) > LONGEST and not line.startswith("|")] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_blocks_marked_to_be_run_run(
    name: str, root: Path, blocks: Blocks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    for block in blocks(name, "python", "kjør"):
        exec(compile(block, name, "exec"), {})
        assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", PAGES)
def test_every_command_shown_is_one_there_is(name: str, root: Path, blocks: Blocks) -> None:
    kinds = vocabulary.words(ReportKind)
    for line in (line for block in blocks(name, "") for line in block.splitlines()):
        words = shlex.split(line)
        if not words or words[0] != ".venv/bin/benefits":
            continue
        answer = CliRunner().invoke(main, [words[1], "--help"])
        assert answer.exit_code == 0
        assert all(word in answer.output for word in words if word.startswith("--"))
        assert all((root / word).exists() for word in words if word.startswith("params"))
        if words[1] == "report":
            assert words[2] in kinds


def test_a_link_to_a_heading_that_is_not_there_would_be_seen() -> None:
    assert anchors('# En side\n\n## Små tall, og store\n\n<a id="per"></a>') == {"en-side", "små-tall-og-store", "per"}
