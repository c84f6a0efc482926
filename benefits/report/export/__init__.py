"""Word and PDF from the finished page, so that the three say the same: headings, tables, figures, notes, words."""

from benefits.report.export.failed import ExportFailed
from benefits.report.export.pdf import to_pdf
from benefits.report.export.word import to_docx

__all__ = ["ExportFailed", "to_docx", "to_pdf"]
