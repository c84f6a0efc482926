"""The report on the price of a service: its sections in order, and page one with what concerns a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import (
    arena,
    closing,
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
from benefits.results.price.gaps import price_gaps


def _first_page(results: Results, voice: Voice) -> Section:
    """Page one with what is offered, and the claims and gaps of a price first; effects stand in other reports."""
    own = replace(_of_price(results), not_claimed=tuple(_not_claimed(results)), contrary=())
    return first_page("price", own, voice, offered=tuple(price_offer.offer(results, voice)))


def _gaps(results: Results, voice: Voice) -> Section:
    return closing.gaps(_of_price(results), voice)


def _of_price(results: Results) -> Results:
    """The results with the gaps of a report on a price, and how many they are."""
    values = {**results.values, "count.gaps": results.values["count.price_gaps"]}
    return replace(results, gaps=price_gaps(results.project, results.gaps), values=values)


def _not_claimed(results: Results) -> Iterator[Claim]:
    if not results.services and not results.project.test_arenas:
        yield Claim(code="no_price", benefit="", values={})
    for priced in results.services:
        subject, prefix = f"service.{priced.service}", f"service.{priced.service}"
        yield Claim(code="price_is_for_volume", benefit=subject, values={"volume": f"{prefix}.volume"})
        yield Claim(code="full_is_not_marginal", benefit=subject, values={"marginal": f"{prefix}.marginal"})
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
    "gaps": _gaps,
    "sources": closing.sources,
}
