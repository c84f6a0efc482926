"""What a service lacks for a price: what is missing, where it is written, and who usually knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benefits.project.service import Service
from benefits.report.blocks import Block, Paragraph, Table
from benefits.report.voice import Voice
from benefits.results import Results
from benefits.results.price.gaps import UNUSABLE

KEYS: Mapping[str, str] = {
    "service": "services",
    "payer": "services.payer",
    "volume": "services.volume",
    "resources": "services.resources",
    "tasks": "services.tasks",
    "per_patient_month": "services.per_patient_month",
    "equipment": "services.equipment",
    "fixed": "services.fixed",
}
"""What a price rests on, and its key in the project file."""


def lacking(service: Service, results: Results) -> tuple[str, ...]:
    """Return what a service does not state, in the order of ``KEYS``."""
    stated = {
        "service": True,
        "payer": bool(service.parties) or (service.payer is not None and service.agreed_price is not None),
        "volume": any(one.service == service.id for one in results.services) or refused(service, results),
        "resources": bool(service.resources) or _shares(service, results),
        "tasks": bool(service.tasks) or bool(service.uses),
        "per_patient_month": bool(service.per_patient_month) or bool(service.uses),
        "equipment": bool(service.equipment) or bool(service.uses),
        "fixed": bool(service.fixed) or bool(service.uses),
    }
    return tuple(code for code in KEYS if not stated[code])


def refused(service: Service, results: Results) -> bool:
    """Whether a service has no price because a number it rests on cannot be used."""
    return any(gap.subject == f"service.{service.id}" and gap.code in UNUSABLE for gap in results.gaps)


def _shares(service: Service, results: Results) -> bool:
    """Whether a task takes a resource that several services share, or all is done by another service."""
    shared = {one.id for one in results.project.shared_resources}
    return any(task.resource in shared for task in service.tasks) or bool(service.uses)


def lacks_blocks(service: Service, results: Results, voice: Voice) -> Iterator[Block]:
    """Say what a service lacks, or nothing when it lacks nothing."""
    codes, name = lacking(service, results), voice.text(service.title)
    if refused(service, results):
        yield Paragraph(voice.say("service_price.unusable", service=name), tone="missing")
    if codes:
        key = "service_price.lacks.volume" if "volume" in codes else "service_price.lacks"
        yield Paragraph(voice.say(key, service=name), tone="missing")
        yield lacks_table(codes, voice)


def lacks_table(codes: tuple[str, ...], voice: Voice) -> Table:
    """Return a table of what is missing, where to write it, and who knows."""
    header = tuple(voice.say(f"service_price.lacks.column.{name}") for name in ("what", "key", "who"))
    rows = tuple(
        (
            voice.say(f"service_price.lack.{code}"),
            voice.text(KEYS[code]),
            voice.say(f"service_price.lack.{code}.who"),
        )
        for code in codes
    )
    return Table(caption=voice.say("service_price.lacks.caption"), header=header, rows=rows)


def without_price(results: Results, voice: Voice) -> tuple[Block, ...]:
    """Return what stands in a section that needs a priced service, where there is none; else nothing."""
    if results.services or (results.project.test_arenas and not results.project.services):
        return ()
    return (Paragraph(voice.say("service_price.needs_service")),)
