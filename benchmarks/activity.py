"""A monthly count over many events in Parquet, against the same question asked of DuckDB by hand.

``python benchmarks/activity.py`` makes 100 million events in a temporary folder (0.7 GB) and prints, as medians of five
rounds in which both take turns, the seconds and the processor's seconds each takes, their ratio, and the most memory a
process of its own held. The guard against national identity numbers and the search for repeated rows are priced apart,
once. On a machine that has other work the ratio of the processor's seconds says more than that of the clock's.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

EVENTS, FILES, ROUNDS = 100_000_000, 10, 5
UNITS, PERSONS, MONTHS = 1000, 5_000_000, 48
FILE = "hendelser-*.parquet"
COLUMNS = {"person": "pasient", "unit": "kommune", "group": "gruppe", "date": "dato"}
BY_HAND = """
select date_trunc('month', dato) as maaned, kommune, gruppe, count(*) as antall, count(distinct pasient) as pasienter
from read_parquet(?) group by all
"""
TURNS, APART = ("hand", "ours"), ("guard", "repeated")


def make(folder: Path, events: int) -> None:
    """Write the events: who, where, which group and when follow from a hash of the running number, so from no clock."""
    import duckdb

    connection = duckdb.connect(config={"temp_directory": str(folder / "spill"), "memory_limit": "3GB"})
    connection.execute("set preserve_insertion_order = false")
    each = events // FILES
    for number in range(FILES):
        first = number * each
        last = events if number == FILES - 1 else first + each
        connection.execute(
            f"""
            copy (
                select
                    (hash(i) % {PERSONS})::integer as pasient,
                    'K' || lpad((hash(hash(i) % {PERSONS}) % {UNITS})::varchar, 4, '0') as kommune,
                    case when hash(i) % 2 = 0 then 'treated' else 'comparison' end as gruppe,
                    date '2021-01-01' + (hash(i + {events}) % {MONTHS * 30})::integer as dato,
                    'J' || (hash(i + 2 * {events}) % 100)::varchar as kode
                from range({first}, {last}) as numbers(i)
            ) to '{folder}/hendelser-{number:02d}.parquet' (format parquet, compression zstd)
            """
        )
    connection.close()


def answer(way: str, folder: Path) -> dict[str, float]:
    """Run one way in this process; how long it took, the most memory it held, and a sum to compare by."""
    import duckdb  # noqa: F401 - what every way imports is not what is compared

    import benefits.activity.tables.relations  # noqa: F401

    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    total = {"hand": by_hand, "ours": ours, "guard": guard, "repeated": repeated}[way](folder)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return {"seconds": seconds, "processor": processor, "peak": after.ru_maxrss / 2**20, "total": total}


def by_hand(folder: Path) -> float:
    import duckdb

    found = duckdb.connect().execute(BY_HAND, [str(folder / FILE)]).df()
    return float(found["antall"].sum() + found["pasienter"].sum())


def ours(folder: Path) -> float:
    found = relation(folder).monthly(COLUMNS)
    return float(found["count"].sum() + found["persons"].sum())


def guard(folder: Path) -> float:
    relation(folder).refuse_national_ids()
    return 0.0


def repeated(folder: Path) -> float:
    """Whole repetitions, over the columns that are used: the dearest of what the quality of events is judged by."""
    return float(relation(folder).repeated(COLUMNS))


def relation(folder: Path):
    """Open the files as a project does, but leave the hash of their bytes out: it is priced in ``main``."""
    from benefits.activity.tables.engines import DuckEngine
    from benefits.activity.tables.relations import relation_of

    return relation_of(DuckEngine(files=tuple(sorted(folder.glob(FILE)))), "", name=FILE, sha256="-")


def in_a_process(way: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--answer", way, "--folder", str(folder)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=EVENTS)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--answer", choices=(*TURNS, *APART), help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.answer:
        print(json.dumps(answer(asked.answer, asked.folder)))
        return
    with TemporaryDirectory(prefix="benefits-bench-") as name:
        folder = Path(name)
        make(folder, asked.events)
        size = sum(file.stat().st_size for file in folder.glob(FILE)) / 1e9
        print(f"{asked.events:,} events in {FILES} files, {size:.2f} GB; {os.cpu_count()} cores, {asked.rounds} rounds")
        in_a_process("hand", folder)  # so that both find the files in memory, or neither
        rounds = [{way: in_a_process(way, folder) for way in TURNS} for _ in range(asked.rounds)]
        assert len({one[way]["total"] for one in rounds for way in TURNS}) == 1
        for way in TURNS:
            say(way, [one[way] for one in rounds])
        for way in APART:
            say(way, [in_a_process(way, folder)])
        for what, said in (("seconds", "as long"), ("processor", "as much of the processor")):
            ratio = median(one["ours"][what] / one["hand"][what] for one in rounds)
            print(f"ours takes {ratio:.2f} times {said} as by hand")


def say(way: str, runs: list[dict[str, float]]) -> None:
    seconds, processor = (median(run[what] for run in runs) for what in ("seconds", "processor"))
    peak = max(run["peak"] for run in runs)
    print(f"{way:8} {seconds:7.2f} s  {processor:7.2f} s of the processor  {peak:5.2f} GiB at most", flush=True)


if __name__ == "__main__":
    main()
