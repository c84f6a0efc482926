"""Every sum on the page about the eighty patients is right as a sum, and is what the package answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benefits.results import Results

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cases" / "80-pasienter.md"
WORLDS = ("ingen-virkning", "kort-sikt", "maalrettet")

IDS: Mapping[str, str] = {
    "unngåtte innleggelser": "quantity.expected.innleggelser.admissions",
    "frigjorte liggedøgn, 5 per innleggelse": "quantity.expected.innleggelser.bed_days",
    "av dem fylt igjen": "refilled.expected.innleggelser.bed_days",
    "tas ut av budsjettet": "layer.expected.innleggelser.cash",
    "av dette, på grunn av tiltaket": "layer.expected.innleggelser.by_action",
    "frigjort kapasitet, som ikke er penger": "layer.expected.innleggelser.capacity",
    "kostnad som består": "layer.expected.innleggelser.not_avoided",
    "hele gjennomsnittskostnaden": "layer.expected.innleggelser.whole",
    "hjemmesykepleie, kroner": "replaced.expected.innleggelser.hjemmesykepleie.kroner",
    "kommunal akutt døgnenhet, kroner": "replaced.expected.innleggelser.kad.kroner",
    "pårørende, timer": "replaced.expected.innleggelser.omsorg.hours",
    "ISF for innleggelser, staten → RHF": "transfer.expected.innleggelser.isf.rhf",
    "ISF for innleggelser, RHF → helseforetaket": "transfer.expected.innleggelser.isf-videre.hf",
    "ISF for video, staten → RHF": "transfer.expected.new_activity.video.isf.rhf",
    "ISF for video, RHF → helseforetaket": "transfer.expected.new_activity.video.isf-videre.hf",
    "døgnpris, kommunen → helseforetaket": "transfer.expected.innleggelser.doegnpris.hf",
    "dekket reise, helseforetaket → pasientene": "transfer.expected.innleggelser.travel.reimbursement.pasientene",
    "egenandel, pasientene → helseforetaket": "transfer.expected.new_activity.video.egenandel.hf",
    "egenandel ved frikort, staten → helseforetaket": "transfer.expected.new_activity.video.egenandel.exempt.hf",
    "tilskudd, staten → kommunen": "transfer.expected.financing.tilskudd.kommunen",
    "tjenestepris, helseforetaket → kommunen": "transfer.expected.service.dho.kommunen",
    "kommunen, kostnad": "actor.kommunen.expected.cost",
    "kommunen, overføringer": "actor.kommunen.expected.transfer",
    "kommunen, netto": "actor.kommunen.expected.net",
    "helseforetaket, kostnad": "actor.hf.expected.cost",
    "helseforetaket, tas ut av budsjettet": "actor.hf.expected.cash",
    "helseforetaket, overføringer": "actor.hf.expected.transfer",
    "helseforetaket, netto": "actor.hf.expected.net",
    "RHF, netto": "actor.rhf.expected.net",
    "staten, netto": "actor.staten.expected.net",
    "pasientene, netto": "actor.pasientene.expected.net",
    "samfunnet, netto": "society.expected.net",
    "sykepleiere i helseforetaket, frigjort": "staff.expected.hf.nurse.freed.hours",
    "leger i helseforetaket, mer arbeid": "staff.expected.hf.physician.moved.hours",
    "sykepleiere i kommunen, brukt i tjenesten": "staff.expected.kommunen.nurse.used.hours",
    "sykepleiere i kommunen, flyttet dit": "staff.expected.kommunen.nurse.moved.hours",
    "sykepleiere i kommunen, netto": "staff.expected.kommunen.nurse.net.hours",
    "helsefagarbeidere i kommunen, frigjort": "staff.expected.kommunen.health_care_worker.freed.hours",
    "helsefagarbeidere i kommunen, kan brukes til annet": "staff.expected.kommunen.health_care_worker.usable.hours",
    "av dette, i stedet for nye stillinger": "staff.expected.kommunen.health_care_worker.avoided_growth.hours",
    "laveste pris kommunen ikke taper på": "price_interval.dho.cash.low",
    "høyeste pris helseforetaket ikke taper på": "price_interval.dho.cash.high",
    "det som mangler, per pasientmåned": "price_interval.dho.cash.gap",
    "det som mangler, til sammen": "price_interval.dho.cash.gap_in_all",
    "høyeste pris når helseforetaket regner med egen kapasitet": "price_interval.dho.capacity.high",
    "det de to taper ved avtalt pris": "settlement.dho.need",
    "det staten gir": "settlement.dho.received.staten",
    "det som mangler etterpå": "settlement.dho.left",
    "ingen ISF ført videre, ingen seng fylt igjen": "scenario.none.none.net.hf",
    "all ISF ført videre, alle senger fylt igjen": "scenario.full.all.net.hf",
}


def rows() -> Iterator[tuple[str, list[str]]]:
    """What a line is of, and its cells; those of the table of the worlds themselves are no sums."""
    text = PAGE.read_text(encoding="utf-8").partition("## Hendelser")[2]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in {"Hva", "Hvem", "Fra og til", "---"}:
            yield cells[0].strip("*"), cells[1:]


LINES = dict(rows())


def worked_out(text: str) -> float:
    """A sum as it is written on paper."""
    plain = re.sub(r"(?<=\d) (?=\d)", "", text).replace("−", "-").replace("×", "*").replace(",", ".")
    assert re.fullmatch(r"[-+*/(). \d]+", plain), text
    return float(eval(compile(ast.parse(plain, mode="eval"), "page", "eval")))


def test_every_line_of_the_page_has_an_answer_to_be_held_to() -> None:
    assert list(LINES) == list(IDS)


@pytest.mark.parametrize("name", IDS)
def test_the_sum_is_right_and_is_what_the_package_answers(name: str, worlds: Mapping[str, Results]) -> None:
    for world, cell in zip(WORLDS, LINES[name], strict=True):
        found = worlds[world].values.get(IDS[name])
        answer = found.value if found is not None else None
        if not cell:
            assert answer is None
            continue
        *sums, told = cell.split(" = ")
        # An answer that does not end is told to two decimals.
        near = 0.005 if "/ 2 880" in cell else 1e-9
        assert [worked_out(one) for one in sums] == pytest.approx([worked_out(told)] * len(sums), abs=near)
        assert (answer or 0.0) == pytest.approx(worked_out(told), abs=max(near, 1e-8))


def test_a_wrong_sum_would_be_seen() -> None:
    assert worked_out("−100 + 40 × (400 − 250) / 2") == 2_900
    assert worked_out("1 282,5") == 1_282.5
