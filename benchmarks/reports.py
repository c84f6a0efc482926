"""How long a report takes: in kernels forked from a warm parent, and in kernels that start on their own.

Both ways make the same reports in one run, taking turns, so that their ratio stands whatever else the machine does.
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from benefits.batch import Order, Subject, Task, make_report, subjects_of
from benefits.batch.kernel import Kernels

EXAMPLE = Path(__file__).resolve().parents[1] / "params" / "eksempel-kommune"
LANGUAGES = ("nb", "nn", "en")
ROUNDS, AT_A_TIME = 4, min(2, os.cpu_count() or 1)


def seconds(subject: Subject, out: Path, kernels: Kernels) -> float:
    """Wall time per report of one round, one report in each language."""
    tasks = [Task(kind="plan", subject=subject, language=language, out=out) for language in LANGUAGES]
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        list(pool.map(lambda task: make_report(task, kernels), tasks))
    return (time.perf_counter() - began) / len(tasks)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Kernels(warm=True) as warm, Kernels(warm=False) as plain:
        (subject,) = subjects_of([EXAMPLE], Order(kind="plan", out=Path(folder)))
        assert isinstance(subject, Subject)
        first = {name: seconds(subject, Path(folder), one) for name, one in (("warm", warm), ("plain", plain))}
        later = [(seconds(subject, Path(folder), warm), seconds(subject, Path(folder), plain)) for _ in range(ROUNDS)]
    print(f"first round: warm {first['warm']:.2f} s per report, plain {first['plain']:.2f} s")
    print(f"later: warm {median(one for one, _ in later):.2f} s, plain {median(other for _, other in later):.2f} s")
    print(f"plain takes {median(other / one for one, other in later):.1f} times as long as warm")


if __name__ == "__main__":
    main()
