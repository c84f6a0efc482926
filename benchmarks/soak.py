"""Hundreds of projects, some of them broken, made into reports of every kind, killed now and then and begun again.

``python benchmarks/soak.py`` makes up its projects in a temporary folder, the same ones every time. For each kind of
report it makes all of them once undisturbed, and once more in another folder where the command is killed a few times on
the way, by signals that can be heard and by one that cannot, and then run to its end. It holds that

- a broken project is told and listed as failed, and every other one has all its reports;
- no file is ever there that is not whole, whenever the command was killed, and nothing of it goes on running;
- both folders hold the same files with the same bytes;
- the memory of the command, and of the process its kernels are forked from, does not grow with the number of reports.

What does not hold is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benefits.forms.starters import new_project
from benefits.report import KINDS

PROJECTS, KILLS, SEED, JOBS = 200, 3, 1, 2
EVERY_BROKEN = 9
"""One project in so many is broken."""
KILLED_BY = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
GROWTH, SLACK = 1.10, 20 * 2**20
"""How much more memory the last fifth of a run may hold than the second: a share, and bytes on top of it."""
WATCHED = 60
"""Memory is looked at in runs of at least so many reports: the first of them load what the rest use."""
LANGUAGES = ("nb", "nn", "en")
BREAK: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("format: 1", "format: 99", 1),
    lambda text: text + "\nsurprise: 1\n",
    lambda text: text + "\ncosts: [\n",
    lambda text: text.replace("as_of: ", "as_of: someday #", 1),
)
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from benefits.cli import main; main()"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    """What came of it: how many reports, what did not hold, and memory by process in the second and last fifth."""

    reports: int = 0
    failures: tuple[str, ...] = ()
    memory: dict[str, tuple[float, float]] = field(default_factory=dict)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--projects", type=int, default=PROJECTS)
    wanted.add_argument("--kills", type=int, default=KILLS, help="times each kind is killed on its way")
    wanted.add_argument("--kind", action="append", choices=[kind for kind in KINDS if kind != "portfolio"])
    wanted.add_argument("--seed", type=int, default=SEED)
    told = wanted.parse_args()
    kinds = told.kind or [kind for kind in KINDS if kind != "portfolio"]
    failures: list[str] = []
    with TemporaryDirectory(prefix="soak-") as folder:
        broken = write_projects(Path(folder), count=told.projects, seed=told.seed)
        print(f"{told.projects} projects, {len(broken)} of them broken")
        for kind in kinds:
            began = time.monotonic()
            found = soak(Path(folder), kind=kind, broken=broken, kills=told.kills, seed=told.seed)
            held = ", ".join(f"{name} {one:.0f} -> {last:.0f} MiB" for name, (one, last) in found.memory.items())
            print(f"{kind}: {found.reports} reports twice in {time.monotonic() - began:.0f} s; {held}", flush=True)
            failures += [f"{kind}: {failure}" for failure in found.failures]
    print(*failures or ["everything held"], sep="\n")
    sys.exit(1 if failures else 0)


def write_projects(folder: Path, *, count: int, seed: int, every_broken: int = EVERY_BROKEN) -> frozenset[str]:
    """Write made-up projects below ``projects/``, and return the ids of those that are broken."""
    chance = random.Random(seed)
    broken = set()
    for number in range(count):
        id = f"p{number:04d}"
        where = folder / "projects" / id
        text = _starter(where, chance) if number % 3 == 2 else _made_up(id, chance)
        if number % every_broken == every_broken - 1:
            text = chance.choice(BREAK)(text)
            broken.add(id)
        where.mkdir(parents=True, exist_ok=True)
        (where / "project.yaml").write_text(text, encoding="utf-8")
    return frozenset(broken)


def _starter(where: Path, chance: random.Random) -> str:
    file = new_project(where, template=chance.choice(("dho", "blank", "light")), language=chance.choice(LANGUAGES))
    return file.read_text(encoding="utf-8")


def _made_up(id: str, chance: random.Random) -> str:
    """A plan with a few costs and benefits, and numbers that depend on chance."""
    languages = chance.sample(LANGUAGES, chance.randint(1, len(LANGUAGES)))
    first, years = chance.randint(2024, 2027), chance.randint(1, 8)
    both = json.dumps(dict.fromkeys(languages, f"Prosjekt {id}"))
    lines = ["format: 1", f"id: {id}", f"title: {both}", f"languages: [{', '.join(languages)}]", "as_of: 2025-12-31"]
    lines += [f"go_live: {first}-01-01", f"horizon_years: {years}", "price_year: 2024", "actors:"]
    lines += [f"  - {{id: {actor}, kind: {actor}, name: {both}}}" for actor in ("kommune", "hf", "state")]
    volume = {year: chance.randint(5, 400) for year in range(first, first + years)}
    lines += [f"patient_group: {{category: other, volume: {json.dumps(volume)}}}".replace('"', "")]
    lines += ["costs:"] * bool(costs := chance.randint(0, 4))
    lines += [
        f"  - {{id: c{n}, title: {both}, kind: running, actor: kommune, amount: {chance.randint(1, 90) * 10_000}}}"
        for n in range(costs)
    ]
    lines += ["assumptions:"]
    lines += [f"  rate: {{value: {chance.uniform(0.1, 3):.2f}, unit: admissions, per: person_year}}"]
    lines += [f"  effect: {{estimate: {chance.uniform(0.6, 0.95):.2f}, low: 0.5, high: 1.1, ratio: true, unit: ratio}}"]
    lines += [f"  cost: {{value: {chance.randint(20, 90) * 1000}, unit: kroner, price_year: 2024}}"]
    lines += ["  cash: {value: 0.16, unit: share}"]
    units = ("admissions", "visits", "consultations")[: chance.randint(0, 3)]
    lines += ["benefits:"] * bool(units)
    for n, unit in enumerate(units):
        lines += [f"  - id: g{n}", f"    title: {both}", "    realisation: {form: freed_capacity}"]
        lines += [f"    indicator: {{definition: {both}, unit: {unit}, direction: lower_is_better}}"]
        lines += [f"    target: {{value: 0.9, date: {first}-12-31}}"]
        if unit == "admissions":
            lines += [
                "    valuation: {actor: hf, expected_events: rate, effect: effect, unit_cost: cost, cash_share: cash}"
            ]
    return "\n".join([*lines, ""])


def soak(folder: Path, *, kind: str, broken: frozenset[str], kills: int, seed: int, jobs: int = JOBS) -> Soaked:
    """Make every report of one kind twice, once killed on the way, and return what came of it."""
    chance = random.Random(f"{seed} {kind}")
    projects, quiet, rough = folder / "projects", folder / f"{kind}-quiet", folder / f"{kind}-rough"
    watched: dict[str, list[int]] = {"command": [], "parent of kernels": []}
    failures = list(_made(kind, projects, quiet, broken=broken, jobs=jobs, watched=watched))
    reports = len(list(quiet.rglob("*.html"))) - (quiet / "index.html").is_file()
    for number in range(kills):
        after, by = chance.randint(1, max(1, reports // 2)), KILLED_BY[number % len(KILLED_BY)]
        failures += _killed(kind, projects, rough, after=after, by=by, jobs=jobs)
    failures += _made(kind, projects, rough, broken=broken, jobs=jobs)
    failures += _differences(quiet, rough)
    memory = {}
    for name, sizes in watched.items():
        if reports >= WATCHED and len(sizes) >= 10:
            fifth = len(sizes) // 5
            one, last = median(sizes[fifth : 2 * fifth]), median(sizes[-fifth:])
            memory[name] = (one / 2**20, last / 2**20)
            if last > one * GROWTH + SLACK:
                failures.append(f"the {name} grew from {one / 2**20:.0f} to {last / 2**20:.0f} MiB")
    return Soaked(reports=reports, failures=tuple(failures), memory=memory)


def _started(kind: str, projects: Path, out: Path, jobs: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COMMAND, "report", kind, "projects", "--out", out.name, "--jobs", str(jobs)]
    said = (out.with_suffix(".said")).open("w", encoding="utf-8")
    with said:
        return subprocess.Popen(
            command, cwd=projects.parent, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        )


def _made(
    kind: str,
    projects: Path,
    out: Path,
    *,
    broken: frozenset[str],
    jobs: int,
    watched: dict[str, list[int]] | None = None,
) -> Iterator[str]:
    """Run to the end, watch memory on the way, and yield what does not hold."""
    with _started(kind, projects, out, jobs) as process:
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, watched, ended))
        if watched is not None:
            watcher.start()
        process.communicate()
        ended.set()
    said = out.with_suffix(".said").read_text(encoding="utf-8")
    if process.returncode != bool(broken):
        yield f"exit code {process.returncode} with {len(broken)} broken projects"
    if "Traceback" in said:
        yield f"a traceback: {said[said.index('Traceback') :][:2000]}"
    rows = list(csv.DictReader((out / "runs.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    failed = {Path(row["source"]).parent.name for row in rows if row["state"] != "made"}
    whole = {Path(row["source"]).parent.name for row in rows if row["state"] == "made"}
    every = {file.parent.name for file in projects.glob("*/project.yaml")}
    for id in sorted(failed ^ broken):
        yield f"{id} is {'broken and not told' if id in broken else 'whole and told as failed'}"
    for id in sorted(every - broken - whole):
        yield f"{id} has no report"
    yield from _unwhole(out)


def _killed(kind: str, projects: Path, out: Path, *, after: int, by: signal.Signals, jobs: int) -> Iterator[str]:
    """Kill it once so many files are told, and yield what does not hold."""
    with _started(kind, projects, out, jobs) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        below = descendants(process.pid)
        process.send_signal(by)
        process.stdout.read()
    if process.returncode not in {0, 1, -by, 128 + by}:
        yield f"exit code {process.returncode} after {by.name}"
    until = time.monotonic() + 30
    while (alive := [pid for pid in below if _runs(pid)]) and time.monotonic() < until:
        time.sleep(0.2)
    if alive:
        yield f"{len(alive)} processes go on after {by.name}"
    said = out.with_suffix(".said").read_text(encoding="utf-8")
    if by != signal.SIGKILL and "Traceback" in said:
        yield f"a traceback after {by.name}: {said[said.index('Traceback') :][:2000]}"
    yield from _unwhole(out)


def _unwhole(out: Path) -> Iterator[str]:
    """The files that are there and not whole; what a killed run left in hidden folders is nobody's."""
    for file in _files(out):
        content = file.read_bytes()
        try:
            if file.suffix in {".json", ".ipynb"}:
                json.loads(content)
            elif file.suffix == ".html":
                assert content.rstrip().endswith(b"</html>")
            else:
                assert content
        except (ValueError, AssertionError):
            yield f"{file.name} of {file.parent.name} is not whole"


def _files(out: Path) -> Sequence[Path]:
    return [
        file
        for file in sorted(out.rglob("*"))
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(out).parts)
    ]


def _differences(one: Path, other: Path) -> Iterator[str]:
    held = {folder: {file.relative_to(folder): file.read_bytes() for file in _files(folder)} for folder in (one, other)}
    for file in sorted(held[one].keys() ^ held[other].keys()):
        yield f"{file} is in one folder only"
    for file in sorted(held[one].keys() & held[other].keys()):
        if held[one][file] != held[other][file]:
            yield f"{file} has other bytes when the command was killed on the way"


def _watch(pid: int, watched: dict[str, list[int]], ended: threading.Event) -> None:
    """Note the memory of the command, and of the oldest of its own children, until it has ended."""
    while not ended.wait(0.5):
        children = sorted(child for child, parent in parents().items() if parent == pid)
        for name, one in zip(watched, [pid, *children[:1]], strict=False):
            if size := _memory(one):
                watched[name].append(size)


def _memory(pid: int) -> int:
    """Bytes of a process in memory; 0 when it has gone, or where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def parents() -> dict[int, int]:
    """The parent of every process; none where the system does not say."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def descendants(pid: int) -> set[int]:
    """Every process below a process."""
    above, found = parents(), {pid}
    while more := {child for child, parent in above.items() if parent in found} - found:
        found |= more
    return found - {pid}


if __name__ == "__main__":
    main()
