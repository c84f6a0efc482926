"""The report on the price of a service: its sections in order, and page one with what concerns a price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from benefits.report.blocks import Section
from benefits.report.first_page import first_page
from benefits.report.sections import closing, price_parts, price_service, price_terms, price_volume
from benefits.report.voice import Voice
from benefits.results import Claim, Results

OF_PRICE = frozenset(
    {"no_price_year", "no_volume", "no_volume_for_cost", "resource_without_task", "unusable_cost", "no_after_grant"}
)
"""Gaps that concern a price; page one names them before others."""


def _first_page(results: Results, voice: Voice) -> Section:
    """Page one with the claims and gaps of a price first; what effects there are stands in other reports."""
    gaps = tuple(sorted(results.gaps, key=lambda gap: gap.code not in OF_PRICE))
    own = replace(results, not_claimed=tuple(_not_claimed(results)), contrary=(), gaps=gaps)
    return first_page("price", own, voice)


def _not_claimed(results: Results) -> Iterator[Claim]:
    if not results.services:
        yield Claim(code="no_price", benefit="", values={})
    for priced in results.services:
        subject, prefix = f"service.{priced.service}", f"service.{priced.service}"
        yield Claim(code="price_is_for_volume", benefit=subject, values={"volume": f"{prefix}.volume"})
        yield Claim(code="full_is_not_marginal", benefit=subject, values={"marginal": f"{prefix}.marginal"})
    if results.project.benefits:
        yield Claim(code="price_is_not_benefit", benefit="", values={})


SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": _first_page,
    "services": price_service.services,
    "resources": price_service.resources,
    "price": price_parts.price,
    "volume": price_volume.volume,
    "agreed": price_terms.agreed,
    "price_list": price_terms.price_list,
    "staffing": price_terms.staffing,
    "gaps": closing.gaps,
    "sources": closing.sources,
}
