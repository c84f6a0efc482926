"""Many reports in one go: which reports, from which inputs, into which files."""

from benefits.batch.run import (
    NOTEBOOKS,
    KernelDied,
    NotebookFailed,
    NotWritable,
    Outcome,
    Task,
    make_report,
    make_reports,
    project_files,
)

__all__ = [
    "NOTEBOOKS",
    "KernelDied",
    "NotWritable",
    "NotebookFailed",
    "Outcome",
    "Task",
    "make_report",
    "make_reports",
    "project_files",
]
