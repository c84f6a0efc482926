"""The request for data: its sections in order. Each is a function of Results and a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benefits.report.blocks import Section
from benefits.report.sections import data_request
from benefits.report.voice import Voice
from benefits.results import Results

SECTIONS: Mapping[str, Callable[[Results, Voice], Section]] = {
    "first_page": data_request.first_page,
    "requests": data_request.pages,
}
