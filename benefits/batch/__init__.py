"""Many reports in one go: which reports, from which inputs, into which files."""

from benefits.batch.making import KernelDied, Made, NotebookFailed, NotWritable, Task, make_report
from benefits.batch.notebooks import NOTEBOOKS, takes_period, takes_since
from benefits.batch.run import Order, Outcome, make_reports, subjects_of
from benefits.batch.runs import record
from benefits.batch.since import check_since
from benefits.batch.subjects import Subject, project_files

__all__ = [
    "NOTEBOOKS",
    "KernelDied",
    "Made",
    "NotWritable",
    "NotebookFailed",
    "Order",
    "Outcome",
    "Subject",
    "Task",
    "check_since",
    "make_report",
    "make_reports",
    "project_files",
    "record",
    "subjects_of",
    "takes_period",
    "takes_since",
]
