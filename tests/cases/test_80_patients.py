"""Eighty patients with digital home follow-up, worked by hand in three worlds and met to nine decimals.

    no effect    1.0 admission per patient-year, none of them avoided; 16 % leaves the budget, ISF is passed on in full
    short run    1.0 per patient-year, a fifth avoided; 16 % leaves the budget, a quarter of the beds are filled again,
                 and the regional trust passes on all ISF (0.40 of the unit price)
    targeted     2.0 per patient-year, a quarter avoided; eight beds are closed from 1 January 2026, so that 64 % more
                 leaves the budget; none is filled again and no ISF is passed on

Innfasing is one half in 2025 and whole in 2026 and 2027. An admission costs 70 000. ISF is 52 248 x 1.2 points x 0.40.
A replaced admission is 3 visits of 600 and 0.2 day of 5 000 = 2 800 for the kommune, 3 x 1 + 0.2 x 6 = 4.2 hours of its
nurses, and 4 hours of relatives. ``docs/cases/80-pasienter.md`` tells the same to a controller.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benefits.project import load
from benefits.results import Results

EIGHTY = Path(__file__).resolve().parents[2] / "params" / "eksempel-aatti"
WORLDS = ("ingen-virkning", "kort-sikt", "maalrettet")
Numbers = float | tuple[float, float, float]
YEARS = (2025, 2026, 2027)

EVENTS: Mapping[str, tuple[Numbers, Numbers, Numbers]] = {
    # 80 patients x innfasing x rate x (1 - ratio): 80 x 0.5 x 1 x 0.2 = 8, and 80 x 0.5 x 2 x 0.25 = 20.
    "quantity.expected.innleggelser.admissions": ((0, 0, 0), (8, 16, 16), (20, 40, 40)),
    # Five days and twenty hours of nurses each.
    "quantity.expected.innleggelser.bed_days": ((0, 0, 0), (40, 80, 80), (100, 200, 200)),
    "quantity.expected.innleggelser.hours": ((0, 0, 0), (160, 320, 320), (400, 800, 800)),
    # A quarter of the beds filled again, or none.
    "refilled.expected.innleggelser.bed_days": ((0, 0, 0), (10, 20, 20), (0, 0, 0)),
    # 80 x 0.5 x 6 hours, and x 10.
    "quantity.expected.tid.hours": ((0, 0, 0), (240, 480, 480), (400, 800, 800)),
    # One consultation each, of three quarters of an hour.
    "quantity.expected.new_activity.video.hours": ((-60, -60, -60), (-60, -60, -60), (-60, -60, -60)),
}

LAYERS: Mapping[str, tuple[Numbers, Numbers, Numbers]] = {
    # 70 000 x 0.16 x (1 - 0.25) = 8 400 an admission; targeted 11 200, and from 2026 70 000 x (0.16 + 0.64) = 56 000.
    "layer.expected.innleggelser.cash": (
        (0, 0, 0),
        (8 * 8_400, 16 * 8_400, 16 * 8_400),
        (20 * 11_200, 40 * 56_000, 40 * 56_000),
    ),
    # Half of 70 000 is staff; targeted 15 %.
    "layer.expected.innleggelser.capacity": (
        (0, 0, 0),
        (8 * 35_000, 16 * 35_000, 16 * 35_000),
        (20 * 10_500, 40 * 10_500, 40 * 10_500),
    ),
    # 70 000 - 8 400 - 35 000 = 26 600; 70 000 - 11 200 - 10 500 = 48 300; 70 000 - 56 000 - 10 500 = 3 500.
    "layer.expected.innleggelser.not_avoided": (
        (0, 0, 0),
        (8 * 26_600, 16 * 26_600, 16 * 26_600),
        (20 * 48_300, 40 * 3_500, 40 * 3_500),
    ),
    # 40 and 100 admissions of 70 000: the three layers together.
    "layer.expected.innleggelser.whole": (0, 2_800_000, 7_000_000),
    # 0.64 of 70 000 for 80 admissions in 2026 and 2027; a part of the cash above.
    "layer.expected.innleggelser.by_action": (None, None, (0, 40 * 44_800, 40 * 44_800)),  # type: ignore[dict-item]
}

REPLACED: Mapping[str, tuple[Numbers, Numbers, Numbers]] = {
    "replaced.expected.innleggelser.hjemmesykepleie.quantity": ((0, 0, 0), (24, 48, 48), (60, 120, 120)),
    "replaced.expected.innleggelser.hjemmesykepleie.kroner": (0, 40 * 3 * 600, 100 * 3 * 600),
    "replaced.expected.innleggelser.kad.quantity": (0, 40 * 0.2, 100 * 0.2),
    "replaced.expected.innleggelser.kad.kroner": (0, 40 * 0.2 * 5_000, 100 * 0.2 * 5_000),
    "replaced.expected.innleggelser.kad.hours": (0, 40 * 0.2 * 6, 100 * 0.2 * 6),
    # Nothing more for the GPs: said, so it is zero rather than missing.
    "replaced.expected.innleggelser.fastlege.quantity": (0, 0, 0),
    "replaced.expected.innleggelser.omsorg.hours": (0, 40 * 4, 100 * 4),
}

TRANSFERS: Mapping[tuple[str, str, str], tuple[float, float, float]] = {
    # What the receiver no longer gets, or gets: payer, receiver. 62 697.6 x 0.40 = 25 079.04 an admission.
    ("innleggelser.isf", "staten", "rhf"): (0, -40 * 25_079.04 * 0.75, -100 * 25_079.04),
    ("innleggelser.isf-videre", "rhf", "hf"): (0, -40 * 25_079.04 * 0.75, 0),
    # Half a day of 5 745.
    ("innleggelser.doegnpris", "kommunen", "hf"): (0, -40 * 2_872.5, -100 * 2_872.5),
    ("innleggelser.travel.reimbursement", "hf", "pasientene"): (0, -40 * 250, -100 * 250),
    # 240 consultations x 52 248 x 0.04 x 0.40 = 835.968 each.
    ("new_activity.video.isf", "staten", "rhf"): (240 * 835.968, 240 * 835.968, 240 * 835.968),
    ("new_activity.video.isf-videre", "rhf", "hf"): (240 * 835.968, 240 * 835.968, 0),
    # Half of the patients pay 350, the state for the other half.
    ("new_activity.video.egenandel", "pasientene", "hf"): (42_000, 42_000, 42_000),
    ("new_activity.video.egenandel.exempt", "staten", "hf"): (42_000, 42_000, 42_000),
    ("financing.tilskudd", "staten", "kommunen"): (200_000, 200_000, 200_000),
    # 80 patients x 12 months x 3 years x 1 250.
    ("service.dho", "hf", "kommunen"): (3_600_000, 3_600_000, 3_600_000),
}

ACTORS: Mapping[str, tuple[Numbers, Numbers, Numbers]] = {
    # The service 1 200 000 a year (one nurse 840 000, licence 192 000, equipment 96 000, platform 72 000), leading the
    # project 300 000 in 2025, and 2 800 for each admission that is replaced.
    "actor.kommunen.expected.cost": (
        (-1_500_000, -1_200_000, -1_200_000),
        (-1_500_000 - 22_400, -1_200_000 - 44_800, -1_200_000 - 44_800),
        (-1_500_000 - 56_000, -1_200_000 - 112_000, -1_200_000 - 112_000),
    ),
    # The price 1 200 000 a year, the grant 200 000 in 2025, and 2 872.5 of day price for each admission.
    "actor.kommunen.expected.transfer": (
        (1_400_000, 1_200_000, 1_200_000),
        (1_400_000 + 22_980, 1_200_000 + 45_960, 1_200_000 + 45_960),
        (1_400_000 + 57_450, 1_200_000 + 114_900, 1_200_000 + 114_900),
    ),
    "actor.kommunen.expected.net": (
        (-100_000, 0, 0),
        (-99_420, 1_160, 1_160),
        (-98_550, 2_900, 2_900),
    ),
    # The coordinator 120 000 and 80 video consultations of 900.
    "actor.hf.expected.cost": ((-192_000,) * 3, (-192_000,) * 3, (-192_000,) * 3),
    # -1 200 000 for the service + 28 000 of co-payment + 66 877.44 of ISF = -1 105 122.56 whatever the effect. Short
    # run: - 18 809.28 of ISF - 2 872.5 of day price + 250 of journeys = -21 431.78 an admission. Targeted, without any
    # ISF: -1 172 000, and -2 872.5 + 250 = -2 622.5 an admission.
    "actor.hf.expected.transfer": (
        (-1_105_122.56,) * 3,
        (
            -1_105_122.56 - 8 * 21_431.78,
            -1_105_122.56 - 16 * 21_431.78,
            -1_105_122.56 - 16 * 21_431.78,
        ),
        (-1_172_000 - 20 * 2_622.5, -1_172_000 - 40 * 2_622.5, -1_172_000 - 40 * 2_622.5),
    ),
    # Short run -1 297 122.56 - 13 031.78 an admission; targeted -1 364 000 + 8 577.5, and + 53 377.5 from 2026.
    "actor.hf.expected.net": (
        (-1_297_122.56,) * 3,
        (-1_401_376.80, -1_505_631.04, -1_505_631.04),
        (-1_192_450, 771_100, 771_100),
    ),
    # What it gets from the state it passes on, but for the targeted world: -25 079.04 an admission + 66 877.44.
    "actor.rhf.expected.net": (
        (0, 0, 0),
        (0, 0, 0),
        (-434_703.36, -936_284.16, -936_284.16),
    ),
    # -66 877.44 of ISF and -14 000 of exemption a year, the grant in 2025, and ISF for what is avoided.
    "actor.staten.expected.net": (
        (-280_877.44, -80_877.44, -80_877.44),
        (-280_877.44 + 150_474.24, -80_877.44 + 300_948.48, -80_877.44 + 300_948.48),
        (-280_877.44 + 501_580.80, -80_877.44 + 1_003_161.60, -80_877.44 + 1_003_161.60),
    ),
    # A journey of 400 is spared, of which 250 was paid back; 40 co-payments of 350 a year.
    "actor.pasientene.expected.net": (
        (-14_000, -14_000, -14_000),
        (-14_000 + 8 * 150, -14_000 + 16 * 150, -14_000 + 16 * 150),
        (-14_000 + 20 * 150, -14_000 + 40 * 150, -14_000 + 40 * 150),
    ),
    # Everybody together: the costs, what leaves a budget and the journeys; no transfer.
    "society.expected.transfer": (0, 0, 0),
    "society.expected.net": (
        -3_900_000 - 576_000,
        -3_900_000 - 112_000 - 576_000 + 336_000 + 40 * 400,
        -3_900_000 - 280_000 - 576_000 + 4_704_000 + 100 * 400,
    ),
}

STAFF: Mapping[str, tuple[Numbers, Numbers, Numbers]] = {
    # Nurses of the hospital: 20 hours an admission, of 1 400 a year.
    "staff.expected.hf.nurse.freed.hours": ((0, 0, 0), (160, 320, 320), (400, 800, 800)),
    "staff.expected.hf.nurse.net.full_time_years": (
        (0, 0, 0),
        (160 / 1_400, 320 / 1_400, 320 / 1_400),
        (400 / 1_400, 800 / 1_400, 800 / 1_400),
    ),
    # Physicians of the hospital: 80 consultations of 45 minutes, of 1 600 hours a year.
    "staff.expected.hf.physician.moved.hours": ((60, 60, 60),) * 3,
    "staff.expected.hf.physician.net.full_time_years": ((-60 / 1_600,) * 3,) * 3,
    # Nurses of the kommune: 960 hours of follow-up, 1.5 for each of 80, 20 and 20 who start, and 4.2 an admission.
    "staff.expected.kommunen.nurse.used.hours": ((1_080, 990, 990),) * 3,
    "staff.expected.kommunen.nurse.moved.hours": ((0, 0, 0), (33.6, 67.2, 67.2), (84, 168, 168)),
    "staff.expected.kommunen.nurse.net.hours": (
        (-1_080, -990, -990),
        (-1_113.6, -1_057.2, -1_057.2),
        (-1_164, -1_158, -1_158),
    ),
    # Health care workers of the kommune: half of the hours can be used, and half of those stand instead of new posts.
    "staff.expected.kommunen.health_care_worker.freed.hours": ((0, 0, 0), (240, 480, 480), (400, 800, 800)),
    "staff.expected.kommunen.health_care_worker.net.hours": ((0, 0, 0), (120, 240, 240), (200, 400, 400)),
    "staff.expected.kommunen.health_care_worker.avoided_growth.hours": ((0, 0, 0), (60, 120, 120), (100, 200, 200)),
    "staff.expected.kommunen.health_care_worker.net.full_time_years": (
        (0, 0, 0),
        (0.1, 0.2, 0.2),
        (200 / 1_200, 400 / 1_200, 400 / 1_200),
    ),
    # Relatives are no staff: a line of their own.
    "staff.expected.paarorende.relatives.moved.hours": ((0, 0, 0), (32, 64, 64), (80, 160, 160)),
}

PRICE: Mapping[str, tuple[float | None, float, float]] = {
    # The kommune without the price: -3 900 000 + 200 000 and + 72.5 an admission, over 80 x 12 x 3 = 2 880 months.
    "price_interval.dho.cash.low": (
        3_700_000 / 2_880,
        (3_700_000 - 40 * 72.5) / 2_880,
        (3_700_000 - 100 * 72.5) / 2_880,
    ),
    # The hospital without the price: -291 367.68; -291 367.68 - 40 x 13 031.78 = -812 638.88; targeted -492 000 +
    # 20 x 8 577.5 + 80 x 53 377.5 = 3 949 750.
    "price_interval.dho.cash.high": (-291_367.68 / 2_880, -812_638.88 / 2_880, 3_949_750 / 2_880),
    # And with the capacity the head of the clinic has decided the use of, which is no money; none without an effect.
    "price_interval.dho.capacity.high": (
        None,
        (-812_638.88 + 1_400_000) / 2_880,
        (3_949_750 + 1_050_000) / 2_880,
    ),
}
SCENARIOS: Mapping[str, tuple[float | None, float | None, float | None]] = {
    # Nothing passed on and no bed filled again: -3 600 000 + 84 000 - 576 000 = -4 092 000 without any effect; short
    # run + 40 x (11 200 - 2 622.5) = 343 100; targeted as it stands.
    "scenario.none.none.net.hf": (-4_092_000, -4_092_000 + 343_100, 349_750),
    # All passed on and every bed filled again: no cash and no ISF lost, so -3 891 367.68 - 2 622.5 an admission.
    "scenario.full.all.net.hf": (None, -3_891_367.68 - 40 * 2_622.5, -3_891_367.68 - 100 * 2_622.5),
    "scenario.full.all.net.rhf": (None, 0, 0),
}
SETTLEMENT: Mapping[str, tuple[float | None, float | None, float | None]] = {
    # At the agreed price the two lose as much together as at any price between their zeros.
    "settlement.dho.need": (100_000 + 3_891_367.68, 97_100 + 4_412_638.88, None),
    # The state alone gains, in the short run: 309 738.88.
    "settlement.dho.received.staten": (None, -309_738.88, None),
    "settlement.dho.received.kommunen": (None, 309_738.88 * 97_100 / 4_509_738.88, None),
    "settlement.dho.received.hf": (None, 309_738.88 * 4_412_638.88 / 4_509_738.88, None),
    "settlement.dho.left": (3_991_367.68, 4_200_000, None),
}
EMPTY: Mapping[str, tuple[float | None, float | None, float | None]] = {
    # What is missing a patient-month, and in all.
    "price_interval.dho.cash.gap": (3_991_367.68 / 2_880, 4_509_738.88 / 2_880, None),
    "price_interval.dho.cash.gap_in_all": (3_991_367.68, 4_509_738.88, None),
}

EVERYTHING = {**EVENTS, **LAYERS, **REPLACED, **ACTORS, **STAFF, **PRICE, **EMPTY, **SCENARIOS, **SETTLEMENT}


def of(results: Results, id: str) -> float | None:
    found = results.values.get(id)
    return found.value if found is not None else None


def told(results: Results, id: str, by_hand: float) -> float | None:
    """The answer; nothing at all is as good as nought where nothing happens."""
    found = of(results, id)
    return 0.0 if found is None and by_hand == 0 else found


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("id", EVERYTHING)
def test_every_line_is_what_it_is_by_hand(id: str, world: str, worlds: Mapping[str, Results]) -> None:
    by_hand = EVERYTHING[id][WORLDS.index(world)]
    results = worlds[world]
    if by_hand is None:
        assert of(results, id) is None
    elif isinstance(by_hand, tuple):
        by_year = [told(results, f"{id}.{year}", one) for year, one in zip(YEARS, by_hand, strict=True)]
        assert by_year == pytest.approx(list(by_hand), abs=1e-9, rel=1e-12)
        assert told(results, id, sum(by_hand)) == pytest.approx(sum(by_hand), abs=1e-9, rel=1e-12)
    else:
        assert told(results, id, by_hand) == pytest.approx(by_hand, abs=1e-9, rel=1e-12)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("key", TRANSFERS)
def test_every_transfer_is_as_much_at_one_end_as_at_the_other(
    key: tuple[str, str, str], world: str, worlds: Mapping[str, Results]
) -> None:
    item, payer, receiver = key
    by_hand = TRANSFERS[key][WORLDS.index(world)]
    got = [of(worlds[world], f"transfer.expected.{item}.{actor}") for actor in (receiver, payer)]
    if by_hand == 0:
        assert all(one in (None, 0.0) for one in got)
    else:
        assert got == pytest.approx([by_hand, -by_hand], abs=1e-9, rel=1e-12)


@pytest.mark.parametrize("world", WORLDS)
def test_no_transfer_is_left_out_of_the_hand_work(world: str, worlds: Mapping[str, Results]) -> None:
    items = {line.item for line in worlds[world].transfers if of(worlds[world], line.first_id)}
    assert items == {item for (item, _, _), by_world in TRANSFERS.items() if by_world[WORLDS.index(world)]}


@pytest.mark.parametrize("world", WORLDS)
def test_nothing_in_the_worlds_is_uncertain(world: str, worlds: Mapping[str, Results]) -> None:
    for id in EVERYTHING:
        found = worlds[world].values.get(id)
        if found is not None and found.low is not None:
            assert found.low == pytest.approx(found.high, abs=1e-9, rel=1e-12)


def marked(world: str) -> tuple[list[str], set[str]]:
    """The lines of a project file that are the same in every world, and the others."""
    lines = (EIGHTY / world / "project.yaml").read_text(encoding="utf-8").splitlines()
    same: list[str] = []
    own: set[str] = set()
    skip = False
    for line in lines:
        if line.strip() == "# verden":
            skip = True
        elif skip and line.strip():
            own.add(line.strip())
            # An assumption of two lines is one number.
            skip = line.rstrip().endswith(":")
        elif not line.startswith("#"):
            same.append(line)
    return same, own


@pytest.mark.parametrize("world", ["ingen-virkning", "maalrettet"])
def test_the_worlds_differ_only_where_they_say_so(world: str) -> None:
    def kept(lines: list[str]) -> list[str]:
        return [line for line in lines if not line.startswith(("id:", "title:"))]

    assert kept(marked(world)[0]) == kept(marked("kort-sikt")[0])
    assert marked(world)[1] != marked("kort-sikt")[1]


@pytest.mark.parametrize("world", WORLDS)
def test_the_file_can_be_used_as_it_stands(world: str) -> None:
    assert load(EIGHTY / world / "project.yaml").constructed
