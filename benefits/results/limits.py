"""The limit below which numbers of persons, or of events in a small group, are not shown."""

LIMIT = 5
"""Fewest persons, or events in a small group, that may be shown."""
