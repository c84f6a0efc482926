"""Reports: Results and a language in, sections with prose, tables and figures out; and the page they stand on."""

from benefits.report.opening import KINDS, Report, UnknownReport, UnusableProject, open_report

__all__ = ["KINDS", "Report", "UnknownReport", "UnusableProject", "open_report"]
