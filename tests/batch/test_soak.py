"""What `make soak` does with hundreds of projects, done with two: a run that is killed and begun again, and one not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "soak.py"


@pytest.fixture(scope="module")
def soak() -> ModuleType:
    spec = importlib.util.spec_from_file_location("soak_benchmark", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="which processes go on is read from /proc")
def test_a_run_that_is_killed_and_begun_again_ends_as_one_that_was_not(soak: ModuleType, tmp_path: Path) -> None:
    broken = soak.write_projects(tmp_path, count=2, seed=1, every_broken=2)
    found = soak.soak(tmp_path, kind="price", broken=broken, kills=1, seed=1)
    assert broken == {"p0001"}
    assert found.failures == ()
    assert found.reports >= 1


def test_the_projects_are_the_same_each_time_and_some_are_broken(soak: ModuleType, tmp_path: Path) -> None:
    told = [soak.write_projects(tmp_path / name, count=9, seed=4) for name in ("a", "b")]
    assert told[0] == told[1] == {"p0008"}
    texts = [[file.read_text(encoding="utf-8") for file in sorted((tmp_path / name).rglob("*.yaml"))] for name in "ab"]
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 9


def test_what_is_not_whole_or_not_the_same_is_seen(soak: ModuleType, tmp_path: Path) -> None:
    for out in ("one", "other"):
        for name, content in (("a.json", "{}"), ("a.html", "<html></html>\n"), ("b.html", "<html></html>\n")):
            (tmp_path / out / "p").mkdir(parents=True, exist_ok=True)
            (tmp_path / out / "p" / name).write_text(content, encoding="utf-8")
    one, other = tmp_path / "one", tmp_path / "other"
    assert [*soak._unwhole(one), *soak._differences(one, other)] == []
    (one / "p" / "a.json").write_text("{", encoding="utf-8")
    (one / "p" / "a.html").write_text("<html>", encoding="utf-8")
    (one / "p" / "b.html").unlink()
    assert len(list(soak._unwhole(one))) == 2
    assert len(list(soak._differences(one, other))) == 3
