"""The report on the price of a service: its sections in order, and page one with what concerns a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from benefits.economics import Input
from benefits.project.quantities import quantities
from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import (
    arena,
    closing,
    price_gaps,
    price_list,
    price_offer,
    price_parts,
    price_ramp,
    price_resources,
    price_service,
    price_split,
    price_staffing,
    price_terms,
    price_volume,
    since,
)
from benefits.report.voice import Voice
from benefits.results import Claim, Results


def _first_page(results: Results, voice: Voice) -> Section:
    """Page one with what is offered, and the claims and gaps of a price first; effects stand in other reports."""
    own = replace(results, inputs=_inputs(results), not_claimed=tuple(_not_claimed(results)), contrary=())
    offered, missing = price_offer.offer(results, voice), price_gaps.heaviest(results, voice)
    return first_page("price", own, voice, offered=(*offered, *arena.offered(results, voice)), missing=tuple(missing))


def _sources(results: Results, voice: Voice) -> Section:
    """The assumptions and numbers the prices rest on; those of benefits stand in the reports on them."""
    if not results.project.services and not results.project.test_arenas:
        return closing.sources(results, voice)
    used = _inputs(results)
    of_price = {
        "costs": (),
        "financing": None,
        "benefits": (),
        "assumptions": {name: one for name, one in results.project.assumptions.items() if name in used},
    }
    project = results.project.model_copy(update=of_price)
    own = replace(results, project=project, inputs=used, estimates=(), compared=(), discounting=None)
    return closing.sources(own, voice)


def _inputs(results: Results) -> dict[str, Input]:
    """The assumptions that a number of a service or a test arena names."""
    priced = {"services", "shared_resources", "test_arenas"}
    named = {number.assumption for at, number in quantities(results.project) if at[0] in priced}
    return {name: one for name, one in results.inputs.items() if name in named}


def _not_claimed(results: Results) -> Iterator[Claim]:
    if not results.services and not results.project.test_arenas:
        yield Claim(code="no_price", benefit="", values={})
    for priced in results.services:
        subject, prefix = f"service.{priced.service}", f"service.{priced.service}"
        yield Claim(code="price_is_for_volume", benefit=subject, values={"volume": f"{prefix}.volume"})
        if not price_parts.same(f"{prefix}.marginal", f"{prefix}.full", results):
            yield Claim(code="full_is_not_marginal", benefit=subject, values={"marginal": f"{prefix}.marginal"})
    for one in results.arenas:
        if one.offers:
            yield Claim(code="arena_hours_unsold", benefit=f"arena.{one.arena}", values={})
    if results.project.benefits:
        yield Claim(code="price_is_not_benefit", benefit="", values={})


SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": _first_page,
    "since": since.since,
    "services": price_service.services,
    "price_list": price_list.price_list,
    "split": price_split.split,
    "price": price_parts.price,
    "volume": price_volume.volume,
    "ramp_up": price_ramp.ramp_up,
    "resources": price_resources.resources,
    "staffing": price_staffing.staffing,
    "arena": arena.arena,
    "terms": price_terms.terms,
    "gaps": price_gaps.gaps,
    "sources": _sources,
}
