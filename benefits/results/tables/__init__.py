"""Every table of an assessed project as a frame, with what its columns hold; nothing here is rounded or in words."""

from benefits.results.tables.columns import COLUMNS, Column
from benefits.results.tables.frames import TABLES, tables

__all__ = ["COLUMNS", "TABLES", "Column", "tables"]
