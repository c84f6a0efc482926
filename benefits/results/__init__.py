"""One project assessed: every value with its source, what is missing, and the JSON file that keeps it."""

from benefits.results.assess import assess, check, lacks
from benefits.results.json_file import to_json, write_json
from benefits.results.model import (
    Claim,
    Headline,
    Point,
    PricedService,
    PublishedChart,
    PublishedSeries,
    Results,
    TransferLine,
)
from benefits.results.values import LEVEL_VALUE, Value, Values

__all__ = [
    "LEVEL_VALUE",
    "Claim",
    "Headline",
    "Point",
    "PricedService",
    "PublishedChart",
    "PublishedSeries",
    "Results",
    "TransferLine",
    "Value",
    "Values",
    "assess",
    "check",
    "lacks",
    "to_json",
    "write_json",
]
