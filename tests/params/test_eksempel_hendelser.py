"""The example of single events: its files are those its script makes, and its answers are honest about the truth."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from benefits.results import Results, assess

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[2] / "params" / "eksempel-hendelser"


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_data", FOLDER / "make_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results() -> Results:
    return assess(FOLDER / "project.yaml", draws=100)


def test_the_files_are_those_the_script_makes(made: ModuleType, tmp_path: Path) -> None:
    made.write(tmp_path)
    names = sorted(path.name for path in (FOLDER / "data").iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert [name for name in names if (FOLDER / "data" / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_everyone_included_has_been_badly_off_on_a_day_of_their_own(made: ModuleType) -> None:
    tables = made.simulate()
    cohort = tables["kohort.csv"]
    events = tables["innleggelser.csv"].query("type == 'akutt'").merge(cohort, on="pasient")
    before = events[(events["dato"] < events["inkludert"]) & (events["dato"] >= events["observert_fra"])]
    assert before.groupby("pasient").size().reindex(cohort["pasient"]).min() >= made.AT_LEAST
    assert cohort["inkludert"].nunique() > 200


@pytest.mark.slow
def test_the_controlled_ratio_covers_what_the_world_gives_and_before_after_does_not(made: ModuleType) -> None:
    """Some stop, so the effect on everyone included is a little weaker than the one on those who go on."""
    results = assess(FOLDER / "project.yaml", draws=100)
    controlled = results.values["estimate.innleggelser.difference_in_differences.ratio"]
    naive = results.values["estimate.innleggelser.before_after.ratio"]
    stopped = 0.15
    truth = made.TRUE_RATIO * (1 - stopped / 2) + stopped / 2
    assert (controlled.low or 0) <= truth <= (controlled.high or 0)
    assert (naive.high or 1) < truth


def test_each_benefit_has_its_answer_and_its_kind_of_knowledge(results: Results) -> None:
    found = {one.benefit: (one.method, one.grade) for one in results.estimates}
    assert found == {
        "innleggelser": ("difference_in_differences", "controlled"),
        "legevakt": ("interrupted_time_series", "before_after"),
        "trygghet": ("survey", "before_after"),
        "besok": ("time_study", "before_after"),
    }
    assert results.refusals == ()


def test_what_was_left_out_is_counted(results: Results) -> None:
    rows = pd.read_csv(FOLDER / "data" / "innleggelser.csv", sep=";")
    planned = int((rows["type"] == "planlagt").sum())
    told = {id: value.value for id, value in results.values.items() if id.startswith("data.innleggelser.")}
    assert planned in told.values()
    assert int(rows[rows["type"] == "akutt"].duplicated().sum()) in told.values()
