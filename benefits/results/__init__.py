"""One project assessed: every value with its source, what is missing, and the JSON file that keeps it."""

from benefits.results.answers import Due
from benefits.results.assess import assess, check, freeze, lacks
from benefits.results.comparison.compare import KINDS as COMPARED_KINDS
from benefits.results.comparison.compare import compared
from benefits.results.comparison.model import Bridge, Comparison
from benefits.results.data_request import RequestedColumn, RequestedTable, RequestPage
from benefits.results.deviations import Deviation
from benefits.results.follow_up import FollowUp
from benefits.results.json_file import stem, to_json, write_json
from benefits.results.model import (
    Claim,
    Discounting,
    Headline,
    Point,
    PricedService,
    PublishedChart,
    PublishedSeries,
    Results,
    TransferLine,
)
from benefits.results.period import InvalidPeriod, Period
from benefits.results.period_values import Observed, PeriodSummary
from benefits.results.portfolio.assessed import assess_portfolio, check_portfolio
from benefits.results.portfolio.model import PortfolioResults
from benefits.results.quality_values import DataQuality, Told
from benefits.results.values import LEVEL_VALUE, Value, Values
from benefits.results.verdicts.realised import Realised
from benefits.results.verdicts.rules import VERDICTS
from benefits.results.verdicts.verdict import Verdict

__all__ = [
    "COMPARED_KINDS",
    "LEVEL_VALUE",
    "VERDICTS",
    "Bridge",
    "Claim",
    "Comparison",
    "DataQuality",
    "Deviation",
    "Discounting",
    "Due",
    "FollowUp",
    "Headline",
    "InvalidPeriod",
    "Observed",
    "Period",
    "PeriodSummary",
    "Point",
    "PortfolioResults",
    "PricedService",
    "PublishedChart",
    "PublishedSeries",
    "Realised",
    "RequestPage",
    "RequestedColumn",
    "RequestedTable",
    "Results",
    "Told",
    "TransferLine",
    "Value",
    "Values",
    "Verdict",
    "assess",
    "assess_portfolio",
    "check",
    "check_portfolio",
    "compared",
    "freeze",
    "lacks",
    "stem",
    "to_json",
    "write_json",
]
