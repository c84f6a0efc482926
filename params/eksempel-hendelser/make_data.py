"""Make the constructed data of the example: events, a cohort, a monthly series, a survey and a time study.

``python params/eksempel-hendelser/make_data.py`` writes the files of data/, the same bytes every time.

The world: in each of two invented kommuner some thousand persons with long-term illness, whose rates of emergency
admission differ (gamma distributed). Each is assessed once, on a day of their own from July 2023 to June 2024; those
with at least two emergency admissions in the year before are included that day, up to the places there are. In Fjordvik
they get the service, in Sundnes they do not. So both groups are chosen after a bad year of their own, and both fall by
themselves. From the day of inclusion the service multiplies the rate of those who get it by ``TRUE_RATIO``. Some die,
some move, and some of those who get the service stop using it; the effect is then gone, and they are still counted.

The series is of calls to the out-of-hours service: fewer in the years of the pandemic, a season, and from July 2023 a
fall in Fjordvik alone. The seed is a plain number chosen before any estimate was seen.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20251
PERSONS = 220
"""Places per group."""
POPULATION = 9000
"""Assessed, per kommune."""
RATE, SHAPE = 0.55, 0.8
"""Emergency admissions per person-year, and the shape of the gamma distribution of rates between persons."""
AT_LEAST, WINDOW_DAYS = 2, 365
TRUE_RATIO = 0.75
DIES, MOVES, STOPS = 0.06, 0.03, 0.15
"""Per person-year after inclusion; only those who get the service can stop."""
GO_LIVE, LAST_INCLUSION, LAST = (pd.Timestamp(day) for day in ("2023-07-01", "2024-06-30", "2025-06-30"))
PLACES = {"treated": "Fjordvik", "comparison": "Sundnes"}
INHABITANTS = {"Fjordvik": 24_000, "Sundnes": 19_000}
CALLS, CALL_RATIO = 0.36, 0.93
"""Calls per inhabitant and year, and what the service multiplies them by in Fjordvik."""
ITEMS = {"trygghet": 3.2, "mestring": 3.0, "tilgjengelighet": 3.4}
FOLDER = Path(__file__).parent / "data"


def simulate(seed: int = SEED) -> dict[str, pd.DataFrame]:
    """Return the tables by file name."""
    stream = np.random.default_rng(seed)
    groups = [_group(stream, group) for group in PLACES]
    cohort = pd.concat([one for one, _ in groups], ignore_index=True)
    events = pd.concat([one for _, one in groups], ignore_index=True)
    number = {old: f"P{at:03d}" for at, old in enumerate(stream.permutation(cohort["pasient"].to_numpy()), start=1)}
    cohort, events = (one.assign(pasient=one["pasient"].map(number)) for one in (cohort, events))
    events = events.sort_values(["dato", "pasient"], kind="stable", ignore_index=True)
    # The same row twice, as when an extract is put together from two systems.
    events = pd.concat([events, events.iloc[[40, 300, 700]]], ignore_index=True)
    return {
        "kohort.csv": cohort.sort_values("pasient", ignore_index=True),
        "innleggelser.csv": events,
        "legevakt.csv": _calls(stream),
        "sporjing.csv": _survey(stream),
        "tidsstudie.csv": _timed(stream),
    }


def write(folder: Path = FOLDER) -> None:
    """Write the example's files as Norwegian extracts: semicolons, decimal commas."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in simulate().items():
        text = frame.to_csv(index=False, sep=";", decimal=",", date_format="%Y-%m-%d", lineterminator="\n")
        (folder / name).write_bytes(text.encode())


def _group(stream: np.random.Generator, group: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cohort of one kommune, and every admission of its members while they were observed."""
    rate = stream.gamma(SHAPE, RATE / SHAPE, POPULATION)
    assessed = GO_LIVE + pd.to_timedelta(stream.integers(0, (LAST_INCLUSION - GO_LIVE).days + 1, POPULATION), unit="D")
    before = stream.poisson(rate * WINDOW_DAYS / 365.25)
    chosen = np.flatnonzero(before >= AT_LEAST)[:PERSONS]
    if len(chosen) < PERSONS:
        raise ValueError(f"only {len(chosen)} persons fulfil the rule")
    members, rows = [], []
    for person in chosen:
        start = assessed[person]
        left = (LAST - start).days
        until = {reason: stream.exponential(365.25 / share) for reason, share in _hazards(group).items()}
        gone, reason = min((days, reason) for reason, days in until.items() if reason != "avsluttet")
        observed = min(left, int(gone))
        stopped = int(min(until.get("avsluttet", np.inf), observed))
        ratio = TRUE_RATIO if group == "treated" else 1.0
        days = [start - pd.Timedelta(days=int(day)) for day in stream.integers(1, WINDOW_DAYS + 1, before[person])]
        for length, factor, shift in ((stopped, ratio, 0), (observed - stopped, 1.0, stopped)):
            for _ in range(stream.poisson(rate[person] * factor * length / 365.25)):
                days.append(start + pd.Timedelta(days=shift + int(stream.integers(0, max(1, length)))))
        key = f"{group}{person}"
        ended, why = (start + pd.Timedelta(days=observed), reason) if observed < left else (pd.NaT, "")
        if pd.isna(ended) and stopped < observed:
            ended, why = start + pd.Timedelta(days=stopped), "avsluttet"
        members.append((key, PLACES[group], group, start, start - pd.Timedelta(days=WINDOW_DAYS), ended, why))
        rows += [(key, day, "akutt") for day in days]
        rows += [(key, start + pd.Timedelta(days=int(day)), "planlagt") for day in stream.integers(-300, 300, 2)]
    columns = ["pasient", "kommune", "gruppe", "inkludert", "observert_fra", "slutt", "arsak"]
    events = pd.DataFrame(rows, columns=["pasient", "dato", "type"])
    return pd.DataFrame(members, columns=columns), events[events["dato"] <= LAST]


def _hazards(group: str) -> dict[str, float]:
    hazards = {"dod": DIES, "flyttet": MOVES}
    return hazards | {"avsluttet": STOPS} if group == "treated" else hazards


def _calls(stream: np.random.Generator) -> pd.DataFrame:
    """Calls to the out-of-hours service per kommune and month."""
    months = pd.date_range("2018-01-01", LAST, freq="MS")
    season = 1 + 0.10 * np.cos(2 * np.pi * (months.month - 1) / 12)
    pandemic = np.where((months >= pd.Timestamp("2020-03-01")) & (months < pd.Timestamp("2022-03-01")), 0.72, 1.0)
    tables = []
    for kommune, inhabitants in INHABITANTS.items():
        ratio = np.where((kommune == "Fjordvik") & (months >= GO_LIVE), CALL_RATIO, 1.0)
        level = stream.gamma(400, 1 / 400, len(months))
        calls = stream.poisson(inhabitants * CALLS / 12 * season * pandemic * ratio * level)
        tables.append(
            pd.DataFrame(
                {"maaned": months, "kommune": kommune, "henvendelser": calls, "personaar": round(inhabitants / 12, 1)}
            )
        )
    return pd.concat(tables, ignore_index=True)


def _survey(stream: np.random.Generator) -> pd.DataFrame:
    """Answers from 1 to 5 on three items, before and after; some answer once, some items are not relevant."""
    rows = []
    for person in range(1, 71):
        own = stream.normal(0, 0.7)
        for day, lift in (("2023-05-15", 0.0), ("2024-11-15", 0.45)):
            if stream.random() < 0.2:
                continue
            for item, level in ITEMS.items():
                score = int(np.clip(np.rint(level + own + lift + stream.normal(0, 0.6)), 1, 5))
                rows.append((f"S{person:02d}", day, item, "" if stream.random() < 0.06 else str(score)))
    return pd.DataFrame(rows, columns=["svar", "sendt", "sporsmal", "skaar"])


def _timed(stream: np.random.Generator) -> pd.DataFrame:
    """Minutes and visits of ten employees' working days, two before and two after."""
    rows = []
    for employee in range(1, 11):
        own = stream.normal(0, 3)
        for month, minutes in (("2023-04", 34.0), ("2023-05", 34.0), ("2024-10", 27.0), ("2024-11", 27.0)):
            visits = int(stream.integers(5, 10))
            rows.append((f"A{employee:02d}", month, round(visits * (minutes + own) + stream.normal(0, 15), 1), visits))
    return pd.DataFrame(rows, columns=["ansatt", "maaned", "minutter", "besok"])


if __name__ == "__main__":
    write()
