"""For the analyst: explore what changes what, ask what is behind a figure, and take every table along as data."""

from benefits.report.explore.explanation import Explanation, explain
from benefits.report.explore.explorer import Explorer, explore
from benefits.report.explore.table_files import data_dictionary, write_tables
from benefits.results.tables import tables

__all__ = ["Explanation", "Explorer", "data_dictionary", "explain", "explore", "tables", "write_tables"]
